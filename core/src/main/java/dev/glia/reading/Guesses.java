package dev.glia.reading;

import dev.glia.internal.text.Format;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.ReadColumn.Role;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is guessed of a table: names, kinds, what to predict, what is of no use. */
final class Guesses {

  private static final Set<String> TARGETS = Set.of("target", "label", "class", "y");
  private static final int MOST_CLASSES = 1000;
  private static final int FEW_ROWS = 10; // fewer are a toy, whatever they hold
  private static final int LISTED = 6; // columns in a sentence

  private final RawTable raw;
  private final ReadingOptions options;
  private final List<String> names;
  private final List<String> remarks;
  private final Set<Integer> targets;
  private final boolean commaSeen;

  Guesses(RawTable raw, ReadingOptions options) throws InvalidDataException {
    this.raw = raw;
    this.options = options;
    remarks = new ArrayList<>(raw.remarks());
    names = names();
    checkColumns();
    checkFeatures();
    targets = options.targetsWanted() ? targets() : Set.of();
    commaSeen =
        options.decimalComma() == null
            && IntStream.range(0, names.size())
                .filter(this::isRead)
                .mapToObj(column -> interpretation(raw.columns(), column))
                .anyMatch(i -> i != null && i.showsDecimalComma());
  }

  Reading reading() throws IOException {
    TextColumn texts = raw.columns().getFirst().texts();
    Column known = raw.columns().getFirst().known();
    if ((texts != null && texts.rows() == 0) || (known != null && known.rows() == 0)) {
      throw new InvalidDataException(
          raw.file()
              + (raw.named() ? " has a header and no rows" : " has no rows")
              + ": at least one example is needed.");
    }
    List<ReadColumn> columns = columns();
    sayMissing();
    columns = withoutRowsToPredict(columns);
    String problem = problem(columns);
    if (options.features() == null) {
      columns = withoutUseless(columns);
      sayLeaks(columns);
    }
    sayKinds(columns);
    sayTarget(columns);
    List<Column> kept = new ArrayList<>();
    for (ReadColumn column : columns) {
      if (column.role() != Role.LEFT_OUT && column.column() != null) {
        kept.add(column.column());
      }
    }
    if (kept.isEmpty()) {
      throw new InvalidDataException(
          raw.file() + " has no column to learn from: all are left out.");
    }
    List<String> wanted = options.features();
    if (wanted != null) {
      kept.sort((a, b) -> Integer.compare(place(wanted, a), place(wanted, b)));
    }
    List<String> predicted = targets.stream().map(names::get).toList();
    return new Reading(new Table(raw.title(), kept, predicted), columns, remarks, problem);
  }

  private static int place(List<String> wanted, Column column) {
    int place = wanted.indexOf(column.name());
    return place < 0 ? wanted.size() : place;
  }

  // Names.

  /**
   * The columns' names: those without one are called by their place, a second one gets a number.
   */
  private List<String> names() throws InvalidDataException {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    raw.columns().forEach(column -> taken.add(column.name()));
    Set<String> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (RawColumn column : raw.columns()) {
      String name = column.name().isEmpty() ? "column " + (names.size() + 1) : column.name();
      if (name.length() > OutsideText.NAME) {
        throw new InvalidDataException(
            "%s: the name of column %d is %s, at most %d are possible: shorten it."
                .formatted(
                    raw.file(), names.size() + 1, OutsideText.quoted(name), OutsideText.NAME));
      }
      String free = name;
      for (int i = 1; !seen.add(free); i++) {
        free = taken.contains(name + "." + i) ? free : name + "." + i;
      }
      if (!free.equals(name)) {
        twice.add(name);
      }
      names.add(free);
    }
    if (!twice.isEmpty()) {
      remarks.add(
          "Two columns are called %s: the second is called %s."
              .formatted(OutsideText.list(twice), OutsideText.quoted(twice.getFirst() + ".1")));
    }
    return names;
  }

  private void checkColumns() throws InvalidDataException {
    for (String name : new TreeSet<>(options.columns().keySet())) {
      if (!names.contains(name) && options.features() == null) {
        throw new InvalidDataException(
            "%s has no column %s, which an option names: its columns are %s."
                .formatted(raw.file(), OutsideText.quoted(name), OutsideText.list(names)));
      }
    }
  }

  private void checkFeatures() throws InvalidDataException {
    List<String> wanted = options.features();
    if (wanted == null) {
      return;
    }
    if (IntStream.range(0, names.size()).anyMatch(this::isPicture)) {
      return; // its pixels are the features
    }
    List<String> lacking = wanted.stream().filter(name -> !names.contains(name)).toList();
    if (!lacking.isEmpty()) {
      throw new InvalidDataException(
          "%s lacks the column%s %s: its columns are %s."
              .formatted(
                  raw.file(),
                  lacking.size() == 1 ? "" : "s",
                  OutsideText.list(lacking),
                  OutsideText.list(names)));
    }
  }

  private boolean isPicture(int column) {
    return raw.columns().get(column).known() instanceof Pixels && isFeature(column);
  }

  private @Nullable ColumnKind kind(int column) {
    return options.columns().get(names.get(column));
  }

  /** Whether a column is wanted: all are, but for a model only its own. */
  private boolean isRead(int column) {
    return options.features() == null || isFeature(column) || targets.contains(column);
  }

  /** Whether a column is a feature of the model: by its name, or as a picture of its pixels. */
  private boolean isFeature(int column) {
    List<String> features = options.features();
    return features != null
        && (features.contains(names.get(column))
            || (raw.columns().get(column).known() instanceof Pixels pixels
                && pixels.size().pixelNames().equals(features)));
  }

  // Targets.

  private Set<Integer> targets() throws InvalidDataException {
    Set<Integer> found = new LinkedHashSet<>();
    for (String given : options.targets()) {
      boolean several = given.indexOf(',') >= 0 && !names.contains(given);
      for (String target : several ? given.split(",", -1) : new String[] {given}) {
        found.add(target(several ? target.strip() : target));
      }
    }
    if (!found.isEmpty()) {
      return found;
    }
    List<String> features = options.features();
    if (features != null) {
      for (String known : options.targetNames()) {
        if (names.contains(known)) {
          found.add(names.indexOf(known));
        }
      }
      if (!found.isEmpty()) {
        return found;
      }
      int last = -1;
      for (int column = 0; column < names.size(); column++) {
        last = isFeature(column) ? last : column;
      }
      return last < 0 ? Set.of() : Set.of(last);
    }
    if (!raw.targets().isEmpty()) {
      raw.targets().forEach(target -> found.add(names.indexOf(target)));
      return found;
    }
    if (names.size() == 1) {
      throw new InvalidDataException(
          "%s has one column only, %s: features and a target were expected, with comma, semicolon, tab, bar or blanks between them."
              .formatted(raw.file(), OutsideText.quoted(names.getFirst())));
    }
    int last = names.size() - 1;
    while (last > 0 && kind(last) == ColumnKind.IGNORE) {
      last--;
    }
    List<Integer> called =
        IntStream.range(0, names.size())
            .filter(c -> TARGETS.contains(names.get(c).toLowerCase(Locale.ROOT)))
            .boxed()
            .toList();
    return Set.of(called.size() == 1 ? called.getFirst() : last);
  }

  /** A target by its name or its number from 1. */
  private int target(String given) throws InvalidDataException {
    int named = names.indexOf(given);
    if (named >= 0) {
      return named;
    }
    if (given.isEmpty() || !given.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new InvalidDataException(
          raw.named()
              ? "%s has no column %s to predict: its columns are %s."
                  .formatted(raw.file(), OutsideText.quoted(given), OutsideText.list(names))
              : "%s has no header, so the column to predict must be given by its number, 1 to %d; got %s."
                  .formatted(raw.file(), names.size(), OutsideText.quoted(given)));
    }
    long number = given.length() > 9 ? Long.MAX_VALUE : Long.parseLong(given);
    if (number < 1 || number > names.size()) {
      throw new InvalidDataException(
          "%s has the columns 1 to %d: there is no column %s to predict."
              .formatted(raw.file(), names.size(), OutsideText.shown(given)));
    }
    return (int) number - 1;
  }

  // Columns.

  private @Nullable Interpretation interpretation(List<RawColumn> columns, int column) {
    TextColumn texts = columns.get(column).texts();
    ColumnKind kind = kind(column);
    Column known = columns.get(column).known();
    if (known != null && kind != ColumnKind.IGNORE && !KnownColumn.is(known, kind)) {
      texts = KnownColumn.texts(known);
    }
    if (texts == null || kind == ColumnKind.IGNORE) {
      return null;
    }
    boolean target = targets != null && targets.contains(column);
    if (target && kind == null && options.task() == Task.Kind.CLASSES && texts.wordCount() > 0) {
      kind = ColumnKind.CATEGORY;
    }
    boolean numbersWanted = target && options.task() == Task.Kind.NUMBER;
    return new Interpretation(raw, names.get(column), texts, kind, target, numbersWanted);
  }

  private List<ReadColumn> columns() throws IOException {
    List<RawColumn> columns = raw.columns();
    Map<Integer, ReadColumn> read = new TreeMap<>();
    Set<Integer> again = new HashSet<>();
    for (int column = 0; column < columns.size(); column++) {
      ReadColumn found = column(columns, column);
      if (found == null) {
        again.add(column);
      } else {
        read.put(column, found);
      }
    }
    if (!again.isEmpty()) {
      List<RawColumn> texts = raw.asTexts(again);
      for (int column : again) {
        ReadColumn found = column(texts, column);
        if (found == null) {
          throw new IllegalStateException("All texts of a column are known by now.");
        }
        read.put(column, found);
      }
    }
    return List.copyOf(read.values());
  }

  /** What a column holds; null where the texts of its numbers are needed. */
  private @Nullable ReadColumn column(List<RawColumn> columns, int column) throws IOException {
    String name = names.get(column);
    Role role = targets.contains(column) ? Role.TARGET : Role.FEATURE;
    if (!isRead(column)) {
      return new ReadColumn(name, null, Role.LEFT_OUT, null);
    }
    if (kind(column) == ColumnKind.IGNORE) {
      return new ReadColumn(name, null, Role.LEFT_OUT, "to be ignored");
    }
    Interpretation interpretation = interpretation(columns, column);
    if (interpretation == null) {
      Column known = columns.get(column).known();
      return new ReadColumn(
          name, known == null ? null : KnownColumn.named(known, name), role, null);
    }
    Column found = interpretation.column(options.decimalComma(), commaSeen);
    if (role == Role.TARGET
        && options.task() == Task.Kind.CLASSES
        && found instanceof Numbers numbers) {
      found = Categories.of(numbers);
    }
    return found == null ? null : new ReadColumn(name, found, role, interpretation.remark());
  }

  private void sayMissing() {
    Map<String, Integer> marks = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      TextColumn texts = raw.columns().get(column).texts();
      if (texts != null && isRead(column) && kind(column) != ColumnKind.IGNORE) {
        texts.marks().forEach((mark, count) -> marks.merge(mark, count, Integer::sum));
      }
    }
    if (!marks.isEmpty()) {
      List<String> shown = new ArrayList<>();
      marks.forEach(
          (mark, count) -> shown.add(OutsideText.quoted(mark) + " (" + Format.count(count) + ")"));
      remarks.add(
          "Taken for missing: %s; --missing names others, --missing \"\" none."
              .formatted(String.join(", ", shown.subList(0, Math.min(shown.size(), LISTED)))));
    }
  }

  /** Rows that have no value to predict are left out, and counted. */
  private List<ReadColumn> withoutRowsToPredict(List<ReadColumn> columns)
      throws InvalidDataException {
    List<Column> predicted = new ArrayList<>();
    for (int target : targets) {
      Column column = columns.get(target).column();
      if (column == null) {
        throw new InvalidDataException(
            "%s: column %s is to be predicted and to be ignored: name another target."
                .formatted(raw.file(), OutsideText.quoted(names.get(target))));
      }
      predicted.add(column);
    }
    if (predicted.isEmpty()) {
      return columns;
    }
    int rows = predicted.getFirst().rows();
    int[] kept =
        IntStream.range(0, rows)
            .filter(row -> predicted.stream().noneMatch(column -> column.missing(row)))
            .toArray();
    if (kept.length == rows) {
      return columns;
    }
    String called = OutsideText.list(predicted.stream().map(Column::name).toList());
    if (kept.length == 0) {
      throw new InvalidDataException(
          "%s: no row has a value to predict in the column %s. Name another column with --target: there are %s."
              .formatted(raw.file(), called, OutsideText.list(names)));
    }
    remarks.add(
        "Left out: %s without a value to predict (%s)."
            .formatted(Format.count(rows - kept.length, "row"), called));
    List<ReadColumn> selected = new ArrayList<>();
    for (ReadColumn column : columns) {
      selected.add(column.column() == null ? column : column.of(column.column().select(kept)));
    }
    return selected;
  }

  /** Why nothing can be learnt of a target, and what to do; null if all is well. */
  private @Nullable String problem(List<ReadColumn> columns) {
    if (options.features() != null) {
      return null;
    }
    for (int target : targets) {
      Column column = columns.get(target).column();
      String reason = null;
      if (column instanceof Dates) {
        reason = "holds dates";
      } else if (column != null && isSingleClass(column)) {
        reason = "has the same value in all rows";
      } else if (column instanceof Categories categories) {
        int levels = categories.levels().size();
        if (levels > MOST_CLASSES) {
          reason = "has over %d different words".formatted(MOST_CLASSES);
        } else if (levels > 2 && 2 * levels > categories.rows() && categories.rows() >= FEW_ROWS) {
          reason =
              "has %d different words in %s, hardly any twice"
                  .formatted(levels, Format.count(categories.rows(), "row"));
        }
      }
      if (reason != null) {
        return "%s: the column %s%s %s, which cannot be learnt. Say with --target which column to predict: there are %s."
            .formatted(
                raw.file(),
                OutsideText.quoted(names.get(target)),
                options.targets().isEmpty() ? " (the last one is predicted)" : "",
                reason,
                OutsideText.list(
                    names.stream().filter(n -> !n.equals(names.get(target))).toList()));
      }
    }
    return null;
  }

  private boolean isSingleClass(Column column) {
    Categories classes = options.task().classes(column);
    return classes != null
        && classes.rows() >= FEW_ROWS
        && Arrays.stream(classes.counts()).filter(count -> count > 0).count() == 1;
  }

  // What is of no use.

  private List<ReadColumn> withoutUseless(List<ReadColumn> columns) {
    List<ReadColumn> useful = new ArrayList<>();
    boolean some = false;
    for (int i = 0; i < columns.size(); i++) {
      ReadColumn column = columns.get(i);
      String reason = null;
      // A model of a file without a header counts its columns: the last one tells how many.
      boolean counted = !raw.named() && i == columns.size() - 1;
      if (column.role() == Role.FEATURE && column.column() != null && kind(i) == null && !counted) {
        reason = Usefulness.reason(column.column(), raw.columns().get(i).name());
      }
      ReadColumn kept = reason == null ? column : column.leftOut(reason);
      some |= kept.role() == Role.FEATURE;
      useful.add(kept);
    }
    if (!some) {
      return columns; // better than nothing
    }
    List<String> out = new ArrayList<>();
    for (int i = 0; i < useful.size(); i++) {
      if (useful.get(i).role() == Role.LEFT_OUT && columns.get(i).role() != Role.LEFT_OUT) {
        out.add(OutsideText.quoted(names.get(i)) + " (" + useful.get(i).remark() + ")");
      }
    }
    if (!out.isEmpty()) {
      remarks.add(
          "Left out: %s%s; --columns \"%s:%s\" keeps it."
              .formatted(
                  String.join(", ", out.subList(0, Math.min(out.size(), LISTED))),
                  out.size() > LISTED ? " and %d more columns".formatted(out.size() - LISTED) : "",
                  OutsideText.shown(firstLeftOut(useful, columns).name()),
                  firstLeftOut(useful, columns).column() instanceof Numbers
                      ? "number"
                      : "category"));
    }
    return useful;
  }

  private static ReadColumn firstLeftOut(List<ReadColumn> now, List<ReadColumn> before) {
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).role() != before.get(i).role()) {
        return now.get(i);
      }
    }
    throw new IllegalStateException("One was left out.");
  }

  private void sayLeaks(List<ReadColumn> columns) {
    if (targets.size() != 1) {
      return;
    }
    Column target = columns.get(targets.iterator().next()).column();
    List<String> leaks = new ArrayList<>();
    for (ReadColumn column : columns) {
      if (column.role() == Role.FEATURE
          && column.column() != null
          && target != null
          && Usefulness.givesAway(column.column(), target, options.task())) {
        leaks.add(column.name());
      }
    }
    if (!leaks.isEmpty() && target != null) {
      boolean one = leaks.size() == 1;
      remarks.add(
          "%s %s %s away: each value goes with one. If %s not known when you predict, leave %s out with --columns \"%s\"."
              .formatted(
                  OutsideText.list(leaks),
                  one ? "gives" : "give",
                  OutsideText.quoted(target.name()),
                  one ? "it is" : "they are",
                  one ? "it" : "them",
                  leaks.stream()
                      .limit(LISTED)
                      .map(name -> OutsideText.shown(name) + ":ignore")
                      .collect(Collectors.joining(","))));
    }
  }

  // What is said.

  private void sayKinds(List<ReadColumn> columns) {
    for (ReadColumn column : columns) {
      if (column.role() != Role.LEFT_OUT && column.remark() != null) {
        remarks.add("%s: %s.".formatted(OutsideText.quoted(column.name()), column.remark()));
      }
    }
  }

  private void sayTarget(List<ReadColumn> columns) {
    if (targets.isEmpty() || options.features() != null) {
      return;
    }
    if (options.targets().isEmpty()) {
      int target = targets.iterator().next();
      boolean last = target == names.size() - 1;
      remarks.add(
          "To predict: %s, %s; --target names another."
              .formatted(
                  OutsideText.quoted(names.get(target)), last ? "the last column" : "by its name"));
    }
    if (targets.size() == 1
        && columns.get(targets.iterator().next()).column() instanceof Numbers numbers) {
      String remark = Usefulness.remarkOnWholeNumbers(numbers, options.task());
      if (remark != null) {
        remarks.add(remark);
      }
    }
  }
}

package dev.glia.reading;

import dev.glia.internal.text.Format;
import dev.glia.internal.text.NumberText;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.DateFormat;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What a column of texts turns out to hold: numbers, dates or words. */
final class Interpretation {

  private static final int FEW = 20; // one of so many values may be none
  private static final int LEAST = 8; // from so many values on one that is none is a slip
  private static final int MANY = 5; // one of so many values that is none makes words of all
  private static final int SHOWN = 3; // values in a sentence
  static final int SAMPLE = 100; // different texts that tell whether a column holds dates

  private final RawTable raw;
  private final String name;
  private final TextColumn texts;
  private final Map<String, Integer> words; // how often each text stands there
  private final @Nullable ColumnKind kind; // as a user says
  private final boolean target;
  private final boolean numbersWanted; // of the target
  private final List<String> remarks = new ArrayList<>();

  Interpretation(
      RawTable raw,
      String name,
      TextColumn texts,
      @Nullable ColumnKind kind,
      boolean target,
      boolean numbersWanted) {
    this.raw = raw;
    this.name = name;
    this.texts = texts;
    this.words = texts.words();
    this.kind = kind;
    this.target = target;
    this.numbersWanted = numbersWanted;
  }

  /** What a user should know of it; null if all is as expected. */
  @Nullable String remark() {
    return remarks.isEmpty() ? null : String.join("; ", remarks);
  }

  private int values() {
    return texts.plainCount() + texts.wordCount();
  }

  /** Whether commas in the numbers can only stand before decimals. */
  boolean showsDecimalComma() {
    NumberFormat format = NumberFormat.of(words, texts.plainCount(), null);
    return format != null && NumberFormat.showsDecimalComma(words.keySet(), format);
  }

  /**
   * The column; null where its numbers' texts are needed, too.
   *
   * @param comma whether numbers have a decimal comma; null if nobody has said so
   * @param commaSeen whether another column of the file has
   * @throws InvalidDataException if it is neither one nor the other
   */
  @Nullable Column column(@Nullable Boolean comma, boolean commaSeen) throws IOException {
    if (kind == ColumnKind.CATEGORY) {
      return categories();
    }
    if (values() == 0) {
      return new Numbers(name, texts.numbers());
    }
    if (kind != null && kind.isDate()) {
      return dates(true);
    }
    boolean pointsMayPart = texts.pointed() && (comma == null ? commaSeen : comma);
    if (texts.wordCount() == 0 && !pointsMayPart) {
      return new Numbers(name, texts.numbers());
    }
    if (pointsMayPart && !texts.keepsTexts()) {
      return null; // 1.234 may be a thousand: its text tells
    }
    if (pointsMayPart) {
      NumberFormat commas = NumberFormat.of(words, texts.plainCount(), true);
      Map<String, Integer> rest = bad(commas);
      if (rest.isEmpty()) {
        return numbers(commas, rest);
      }
    }
    NumberFormat format = format(comma, commaSeen);
    if (format != null && format.decimalComma() && texts.pointed() && !texts.keepsTexts()) {
      return null; // 1.234 may be a thousand: its text tells
    }
    Map<String, Integer> bad = bad(format);
    int badCount = bad.values().stream().mapToInt(Integer::intValue).sum();
    if (texts.wordCount() == 0 && badCount > 0) {
      return new Numbers(name, texts.numbers()); // the points are decimal points after all
    }
    if (badCount == 0) {
      return numbers(format, bad);
    }
    if (kind != ColumnKind.NUMBER && !numbersWanted) {
      Column dates = dates(false);
      if (dates != null) {
        return dates;
      }
    }
    int tooLarge =
        bad.entrySet().stream()
            .filter(word -> NumberText.isTooLarge(word.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    int wordsLeft = badCount - tooLarge;
    boolean few = isFew(badCount, values());
    if (kind == ColumnKind.NUMBER || (few && !target)) {
      remarks.add(
          "%s taken for missing: %s; --columns \"%s:category\" takes all for words"
              .formatted(
                  badCount == 1
                      ? "1 value is no number and"
                      : Format.count(badCount) + " values are no numbers and",
                  shown(bad),
                  name));
      return numbers(format, bad);
    }
    boolean small = values() < FEW; // where a single slip is more than a few
    boolean mostAreNumbers =
        few
            || (wordsLeft * MANY < values() && different() > FEW)
            || (small && 2 * badCount < values());
    if (mostAreNumbers || numbersWanted || 2 * tooLarge > values()) {
      throw notNumbers(bad, badCount);
    }
    return categories();
  }

  private int different() {
    int plain =
        texts.keepsTexts()
            ? 0
            : (int)
                Arrays.stream(texts.numbers())
                    .filter(v -> !Double.isNaN(v))
                    .distinct()
                    .limit(FEW + 1L)
                    .count();
    return plain + words.size();
  }

  private static boolean isFew(int bad, int values) {
    return (long) bad * FEW <= values || (bad == 1 && values >= LEAST);
  }

  private InvalidDataException notNumbers(Map<String, Integer> bad, int badCount)
      throws IOException {
    String first = bad.keySet().iterator().next();
    int row = texts.rowsOf(List.of(first)).getOrDefault(first, 0);
    return new InvalidDataException(
        "%s, %s, column %s: expected a number%s, got %s%s. Correct %s, or say that %s missing with --columns \"%s:number\", or that all are words with --columns \"%s:category\"."
            .formatted(
                raw.file(),
                raw.place(row),
                OutsideText.quoted(name),
                target ? " to predict" : "",
                OutsideText.quoted(first),
                badCount == 1
                    ? ", all others of %s are numbers".formatted(Format.count(values()))
                    : ". Of %s values %s are no numbers: %s"
                        .formatted(Format.count(values()), Format.count(badCount), shown(bad)),
                badCount == 1 ? "it" : "them",
                badCount == 1 ? "it is" : "they are",
                name,
                name));
  }

  /** Some texts with the places where they stand first. */
  private String shown(Map<String, Integer> counts) throws IOException {
    List<String> first = counts.keySet().stream().limit(SHOWN).toList();
    Map<String, Integer> rows = texts.rowsOf(first);
    List<String> shown = new ArrayList<>();
    for (String text : first) {
      int count = counts.getOrDefault(text, 0);
      shown.add(
          "%s (%s%s)"
              .formatted(
                  OutsideText.quoted(text),
                  count == 1 ? "" : Format.count(count) + " times, first in ",
                  raw.place(rows.getOrDefault(text, 0))));
    }
    int more = counts.size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** How numbers other than plain ones are written; null if none are. */
  private @Nullable NumberFormat format(@Nullable Boolean comma, boolean commaSeen) {
    NumberFormat format = NumberFormat.of(words, texts.plainCount(), comma);
    if (format == null || comma != null || !NumberFormat.isAmbiguous(words.keySet(), format)) {
      return format;
    }
    boolean decimal = commaSeen || raw.separator() == ';';
    return NumberFormat.of(words, texts.plainCount(), decimal);
  }

  /** How often each text stands there that is no number. */
  private Map<String, Integer> bad(@Nullable NumberFormat format) {
    Map<String, Integer> bad = new LinkedHashMap<>();
    words.forEach((text, count) -> {
      Double plain = texts.keepsTexts() && format == null ? NumberText.parse(text) : null;
      boolean number =
          (plain != null && NumberText.isUsable(plain))
              || (format != null && format.parse(text) != null);
      if (!number) {
        bad.put(text, count);
      }
    });
    return bad;
  }

  private Numbers numbers(@Nullable NumberFormat format, Map<String, Integer> bad) {
    double[] values = texts.numbers();
    if (format == null) {
      return new Numbers(name, values);
    }
    List<String> all = texts.texts();
    double[] numbers = new double[all.size()];
    for (int i = 0; i < numbers.length; i++) {
      Double number = format.parse(all.get(i));
      numbers[i] = number == null ? Double.NaN : number;
    }
    for (int row = 0; row < values.length; row++) {
      int word = texts.word(row);
      if (word != TextColumn.NO_WORD) {
        values[row] = numbers[word];
      }
    }
    words.keySet().stream()
        .filter(word ->
            !bad.containsKey(word) && !Objects.equals(format.parse(word), NumberText.parse(word)))
        .findFirst()
        .ifPresent(example ->
            remarks.add(
                format.words(example)
                    + (NumberFormat.isAmbiguous(words.keySet(), format)
                        ? "; --decimal %s reads it the other way"
                            .formatted(format.decimalComma() ? "point" : "comma")
                        : "")));
    return new Numbers(name, values);
  }

  // Dates.

  /**
   * The dates; null if the texts are none.
   *
   * @param wanted whether they must be
   */
  private @Nullable Dates dates(boolean wanted) throws IOException {
    if (texts.plainCount() > 0 && !texts.keepsTexts() && !wanted) {
      if (!isFew(texts.plainCount(), values())) {
        return null;
      }
    }
    if (!wanted && !looksLikeDates()) {
      return null;
    }
    DateFormat format =
        kind == ColumnKind.DAY_FIRST
            ? DateFormat.DAY_FIRST
            : kind == ColumnKind.MONTH_FIRST ? DateFormat.MONTH_FIRST : null;
    int day = 0; // values that can be read with the day first
    int month = 0;
    String example = null; // of those whose day and month could change places
    for (Map.Entry<String, Integer> word : words.entrySet()) {
      day += Double.isNaN(DateFormat.DAY_FIRST.parse(word.getKey())) ? 0 : word.getValue();
      month += Double.isNaN(DateFormat.MONTH_FIRST.parse(word.getKey())) ? 0 : word.getValue();
      if (example == null && DateFormat.hasOrder(word.getKey())) {
        example = word.getKey();
      }
    }
    boolean guessed = format == null && example != null && day == month;
    if (format == null) {
      boolean dayFirst = day > month || (guessed && example != null && example.indexOf('.') >= 0);
      format = dayFirst || example == null ? DateFormat.DAY_FIRST : DateFormat.MONTH_FIRST;
    }
    Map<String, Integer> bad = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> word : words.entrySet()) {
      if (Double.isNaN(format.parse(word.getKey()))) {
        bad.put(word.getKey(), word.getValue());
      }
    }
    int badCount =
        bad.values().stream().mapToInt(Integer::intValue).sum()
            + (texts.keepsTexts() ? 0 : texts.plainCount());
    if (!isFew(badCount, values()) && !wanted) {
      return null;
    }
    if (badCount == values()) {
      throw new InvalidDataException(
          "%s, column %s: dates were expected, such as 2024-03-01, got %s."
              .formatted(raw.file(), OutsideText.quoted(name), shown(bad)));
    }
    if (badCount > 0) {
      remarks.add(
          "%s taken for missing%s"
              .formatted(
                  badCount == 1
                      ? "1 value is no date and"
                      : Format.count(badCount) + " values are no dates and",
                  bad.isEmpty() ? "" : ": " + shown(bad)));
    }
    if (guessed && example != null) {
      boolean dayFirst = format == DateFormat.DAY_FIRST;
      remarks.add(
          "%s is read with the %s first; --columns \"%s:%s\" reads it the other way"
              .formatted(
                  OutsideText.quoted(example),
                  dayFirst ? "day" : "month",
                  name,
                  dayFirst ? "month_first" : "day_first"));
    }
    List<String> all = texts.texts();
    double[] seconds = all.stream().mapToDouble(format::parse).toArray();
    double[] rows = new double[texts.rows()];
    Arrays.setAll(
        rows, row -> texts.word(row) == TextColumn.NO_WORD ? Double.NaN : seconds[texts.word(row)]);
    return new Dates(name, rows, format);
  }

  private boolean looksLikeDates() {
    int seen = 0;
    int dates = 0;
    for (String word : words.keySet()) {
      if (seen++ == SAMPLE) {
        break;
      }
      boolean date =
          !Double.isNaN(DateFormat.DAY_FIRST.parse(word))
              || !Double.isNaN(DateFormat.MONTH_FIRST.parse(word));
      dates += date ? 1 : 0;
    }
    return 2 * dates > Math.min(seen, SAMPLE);
  }

  // Words.

  /** The words as categories; null where the texts of numbers among them are not known. */
  private @Nullable Column categories() throws IOException {
    if (texts.plainCount() > 0 && !texts.keepsTexts()) {
      return null;
    }
    for (String word : words.keySet()) {
      if (word.length() > OutsideText.NAME) {
        if (target) {
          throw new InvalidDataException(
              "%s, %s, column %s: expected a word of at most %d characters, got %s."
                  .formatted(
                      raw.file(),
                      raw.place(texts.rowsOf(List.of(word)).getOrDefault(word, 0)),
                      OutsideText.quoted(name),
                      OutsideText.NAME,
                      OutsideText.quoted(word)));
        }
        remarks.add(
            "texts of over %d characters are taken for missing".formatted(OutsideText.NAME));
        break;
      }
    }
    List<String> levels = levels();
    Map<String, Integer> places = new HashMap<>();
    levels.forEach(level -> places.put(level, places.size()));
    int[] codes =
        texts.texts().stream()
            .mapToInt(text -> places.getOrDefault(text, Categories.MISSING))
            .toArray();
    int[] rows = new int[texts.rows()];
    Arrays.setAll(
        rows,
        row -> texts.word(row) == TextColumn.NO_WORD ? Categories.MISSING : codes[texts.word(row)]);
    return new Categories(name, rows, levels);
  }

  /** The different words, numbers by their size. */
  private List<String> levels() {
    List<String> all =
        words.keySet().stream().filter(word -> word.length() <= OutsideText.NAME).toList();
    boolean numeric = all.stream().allMatch(text -> NumberText.parse(text) != null);
    ToDoubleFunction<String> number = Double::parseDouble;
    return all.stream()
        .sorted(numeric ? Comparator.comparingDouble(number) : Comparator.naturalOrder())
        .toList();
  }
}

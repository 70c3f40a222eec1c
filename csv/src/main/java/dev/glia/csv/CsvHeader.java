package dev.glia.csv;

import dev.glia.internal.text.NumberText;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.MissingValues;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TextColumn;
import dev.glia.table.DateFormat;
import dev.glia.table.InvalidDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether a CSV file's first line names its columns, and what they are called if not. */
final class CsvHeader {

  /** Numbers with signs that a number for a computer does not have: $1,234.50 or 12 %. */
  private static final Pattern AMOUNT =
      Pattern.compile("[-+]?\\p{Sc}? ?[-+]?\\d[\\d.,]* ?[\\p{Sc}%]?|[-+]?(?i:inf|infinity)");

  /** What stands before the place of a column without a name. */
  private static final String PLACE = "column ";

  private CsvHeader() {}

  /** Whether a file's first line holds names: see {@link CsvOptions.Header}. */
  static boolean isPresent(List<String> first, List<TextColumn> below, CsvOptions options) {
    return switch (options.header()) {
      case PRESENT -> true;
      case ABSENT -> false;
      case DETECT -> {
        List<String> wanted = options.reading().features();
        if (wanted != null && first.containsAll(wanted)) {
          yield true;
        }
        for (String target : options.reading().targets()) {
          if (isName(target) && first.contains(target)) {
            yield true;
          }
        }
        yield differs(first, below)
            || onlyNames(first, below)
            || counts(first, below)
            || namesRows(first, below);
      }
    };
  }

  /** Whether a name stands above numbers or dates. */
  private static boolean differs(List<String> first, List<TextColumn> below) {
    return IntStream.range(0, first.size())
        .anyMatch(
            c -> isName(first.get(c)) && (below.get(c).isNumeric() || below.get(c).holdsDates()));
  }

  /** Whether all fields are names, none of which stands below; the first may have none. */
  private static boolean onlyNames(List<String> first, List<TextColumn> below) {
    return IntStream.range(0, first.size())
        .allMatch(c ->
            (isName(first.get(c)) && !below.get(c).has(first.get(c)))
                || (c == 0 && first.size() > 1 && first.get(c).isEmpty()));
  }

  /** Whether nothing stands above words that are in all rows: the other fields name columns. */
  private static boolean namesRows(List<String> first, List<TextColumn> below) {
    TextColumn rows = below.getFirst();
    return first.size() > 1
        && first.getFirst().isEmpty()
        && first.stream().skip(1).noneMatch(String::isEmpty)
        && rows.rows() > 1
        && !rows.isNumeric()
        && !rows.hasMissing();
  }

  /** Whether the fields are 0, 1, 2 and so on, as a data frame without names writes them. */
  private static boolean counts(List<String> first, List<TextColumn> below) {
    int numbers = 0;
    boolean names = false;
    if (!first.getFirst().equals("0")) {
      return false;
    }
    for (int c = 0; c < first.size(); c++) {
      if (first.get(c).equals(Integer.toString(c))) {
        numbers++;
      } else if (isName(first.get(c)) && !below.get(c).has(first.get(c))) {
        names = true;
      } else {
        return false;
      }
    }
    return names && numbers > 1;
  }

  /** Whether a text may name a column: no number, however written, no date, no missing value. */
  static boolean isName(String text) {
    return NumberText.parse(text) == null
        && !MissingValues.USUAL.contains(text)
        && !AMOUNT.matcher(text).matches()
        && Double.isNaN(DateFormat.DAY_FIRST.parse(text))
        && Double.isNaN(DateFormat.MONTH_FIRST.parse(text));
  }

  /** The names of columns without one: by their places, so that a model knows where each stood. */
  static List<String> places(int columns) {
    return IntStream.rangeClosed(1, columns).mapToObj(column -> PLACE + column).toList();
  }

  /**
   * The names of the columns of a file without a header. A model of such a file knows their places;
   * else its features stand in their order. There may be a target among them, the last unless it is
   * given or its place is known.
   */
  static List<String> withoutHeader(CsvText file, int columns, ReadingOptions options)
      throws InvalidDataException {
    List<String> wanted = options.features();
    if (wanted == null) {
      return places(columns);
    }
    List<String> known = options.targetNames();
    List<String> given = options.targets();
    boolean asKnown =
        known.size() == 1
            && (given.isEmpty()
                || place(given.getFirst(), columns) + 1 == placeOf(known.getFirst()));
    if (asKnown && arePlaces(wanted, known)) {
      int all = count(wanted, known); // those of the file the model is of
      if (columns >= all) {
        return places(columns);
      }
      if (columns == all - 1) {
        List<String> names = new ArrayList<>(places(all));
        names.remove(known.getFirst());
        return names;
      }
    }
    boolean alone = columns == wanted.size() && given.isEmpty();
    if (!alone && columns != wanted.size() + 1) {
      throw new InvalidDataException(
          "%s has no header and %d columns: expected the %d features (%s) and %s."
              .formatted(
                  file,
                  columns,
                  wanted.size(),
                  OutsideText.list(wanted),
                  known.size() == 1 && placeOf(known.getFirst()) > 0
                      ? "the target, " + known.getFirst()
                      : "then the target"));
    }
    List<String> names = new ArrayList<>(wanted);
    if (!alone) {
      int number = given.isEmpty() ? -1 : place(given.getFirst(), columns);
      int target = number >= 0 ? number : columns - 1;
      names.add(target, known.size() == 1 ? known.getFirst() : free("target", wanted));
    }
    return names;
  }

  /** Whether known columns have no names but their places. */
  private static boolean arePlaces(List<String> features, List<String> targets) {
    return Stream.concat(features.stream(), targets.stream()).allMatch(name -> placeOf(name) > 0);
  }

  /** How many columns a file has whose known ones are called by their places. */
  private static int count(List<String> features, List<String> targets) {
    return Stream.concat(features.stream(), targets.stream())
        .mapToInt(CsvHeader::placeOf)
        .max()
        .orElse(0);
  }

  /** The place that a column is called by, from 1; 0 if it has another name. */
  private static int placeOf(String name) {
    String number = name.startsWith(PLACE) ? name.substring(PLACE.length()) : "";
    return NumberText.isShortInt(number) ? Integer.parseInt(number) : 0;
  }

  /** The place that a target's number or name by place stands for, from 0; -1 if it is neither. */
  private static int place(String given, int columns) {
    int place = places(columns).indexOf(given);
    if (place < 0 && NumberText.isShortInt(given)) {
      int number = Integer.parseInt(given);
      place = number >= 1 && number <= columns ? number - 1 : -1;
    }
    return place;
  }

  /** Whether what a model predicts stood behind its features, as far as is known. */
  static boolean targetIsLast(ReadingOptions options) {
    List<String> features = Objects.requireNonNull(options.features());
    List<String> known = options.targetNames();
    return options.targets().isEmpty()
        && (!arePlaces(features, known)
            || known.stream().allMatch(t -> placeOf(t) == count(features, known)));
  }

  private static String free(String name, List<String> taken) {
    return taken.contains(name) ? free(name + "_", taken) : name;
  }
}

package dev.glia.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.glia.data.InvalidDataException;
import dev.glia.internal.text.OutsideText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which columns of a CSV file are features, and which is the target: read off its first row. */
final class CsvColumns {

  private final CsvText file;
  private final CsvOptions options;
  private final List<String> first; // the first row's fields
  private final Map<String, Integer> columns = new HashMap<>(); // by what stands in the first row
  private final boolean hasHeader;
  private final int target; // column number from 0, or -1
  private final int[] features; // column numbers from 0

  private CsvColumns(CsvText file, List<String> first, CsvOptions options, boolean withTarget)
      throws InvalidDataException {
    this.file = file;
    this.options = options;
    this.first = first;
    for (int column = 0; column < first.size(); column++) {
      columns.putIfAbsent(first.get(column), column);
    }
    this.hasHeader = detectHeader();
    if (hasHeader) {
      checkNames();
    }
    List<String> wanted = options.featureNames();
    if (wanted == null) {
      this.target = givenOr(first.size() - 1);
      this.features = allBut(target);
    } else if (hasHeader) {
      this.features = find(wanted);
      this.target = withTarget ? givenOr(lastNot(features)) : -1;
    } else {
      boolean alone = first.size() == wanted.size() && !withTarget;
      checkWidth(wanted.size(), alone);
      int label = alone ? -1 : givenOr(first.size() - 1);
      this.target = withTarget ? label : -1;
      this.features = allBut(label);
    }
    if (features.length == 0) {
      throw new InvalidDataException(
          "%s has one column only, %s: features and a target were expected, with comma,"
                  .formatted(file, OutsideText.quoted(first.get(0)))
              + " semicolon or tab between them.");
    }
  }

  static CsvColumns of(CsvText file, CsvRecord first, CsvOptions options, boolean withTarget)
      throws InvalidDataException {
    List<String> fields = first.getFields().stream().map(String::strip).toList();
    return new CsvColumns(file, fields, options, withTarget);
  }

  private boolean detectHeader() throws InvalidDataException {
    return switch (options.header()) {
      case PRESENT -> true;
      case ABSENT -> false;
      case DETECT -> {
        List<String> wanted = options.featureNames();
        if (wanted != null && columns.keySet().containsAll(wanted)) {
          yield true;
        }
        String given = options.target();
        Integer named = given != null && NumberText.isName(given) ? columns.get(given) : null;
        int label = named == null ? targetNumber(first.size() - 1) : named;
        yield named != null
            || IntStream.of(allBut(label)).anyMatch(c -> NumberText.isName(first.get(c)))
            // A file of one column has no other that could tell.
            || (first.size() == 1 && NumberText.isName(first.get(0)));
      }
    };
  }

  private void checkNames() throws InvalidDataException {
    for (int column = 0; column < first.size(); column++) {
      String name = first.get(column);
      if (name.isEmpty()) {
        throw new InvalidDataException(
            "%s: column %d has no name in the header: give it one, or remove the column."
                .formatted(file, column + 1));
      }
      if (name.length() > OutsideText.NAME) {
        throw new InvalidDataException(
            "%s: the name of column %d is %s, at most %d are possible: shorten it."
                .formatted(file, column + 1, OutsideText.quoted(name), OutsideText.NAME));
      }
      if (!Objects.equals(columns.get(name), column)) {
        throw new InvalidDataException(
            "%s: two columns have the name %s: rename or remove one."
                .formatted(file, OutsideText.quoted(name)));
      }
    }
  }

  /** The target by its name or number if it is given, else the column that is passed. */
  private int givenOr(int column) throws InvalidDataException {
    String given = options.target();
    if (given == null) {
      if (column < 0) {
        throw new InvalidDataException(
            "%s has the features alone (%s): a target column was expected too."
                .formatted(file, shown(first)));
      }
      return column;
    }
    Integer named = hasHeader ? columns.get(given) : null;
    if (named != null) {
      return named;
    }
    int number = targetNumber(-1);
    if (number < 0) {
      throw new InvalidDataException(
          hasHeader
              ? "%s has no column %s to predict: its columns are %s."
                  .formatted(file, OutsideText.quoted(given), shown(first))
              : "%s has no header, so the column to predict must be given by its number, 1 to %d; got %s."
                  .formatted(file, first.size(), OutsideText.quoted(given)));
    }
    return number;
  }

  /** The target if it is given by number, counted from 0, else the column that is passed. */
  private int targetNumber(int otherwise) throws InvalidDataException {
    String given = options.target();
    if (given == null || !NumberText.isShortInt(given)) {
      return otherwise;
    }
    int number = Integer.parseInt(given);
    if (number < 1 || number > first.size()) {
      throw new InvalidDataException(
          "%s has the columns 1 to %d: there is no column %s to predict."
              .formatted(file, first.size(), given));
    }
    return number - 1;
  }

  private int[] find(List<String> wanted) throws InvalidDataException {
    List<String> missing = wanted.stream().filter(name -> !columns.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidDataException(
          "%s lacks the column%s %s: its columns are %s."
              .formatted(file, missing.size() == 1 ? "" : "s", shown(missing), shown(first)));
    }
    return wanted.stream().mapToInt(columns::get).toArray();
  }

  private void checkWidth(int wanted, boolean alone) throws InvalidDataException {
    if (!alone && first.size() != wanted + 1) {
      throw new InvalidDataException(
          "%s has no header and %d columns: expected the %d features (%s) and then the target."
              .formatted(file, first.size(), wanted, shown(options.featureNames())));
    }
  }

  private int[] allBut(int column) {
    return IntStream.range(0, first.size()).filter(c -> c != column).toArray();
  }

  private int lastNot(int[] columns) {
    Set<Integer> taken = new HashSet<>(IntStream.of(columns).boxed().toList());
    return IntStream.range(0, first.size()).filter(c -> !taken.contains(c)).max().orElse(-1);
  }

  /** Names in a sentence: the first few of many. */
  private static String shown(@Nullable List<String> names) {
    return OutsideText.list(names == null ? List.of() : names);
  }

  boolean hasHeader() {
    return hasHeader;
  }

  int width() {
    return first.size();
  }

  /** Column numbers from 0, a fresh array. */
  int[] features() {
    return features.clone();
  }

  /** The target's column number from 0, or -1 if it is not read. */
  int target() {
    return target;
  }

  List<String> featureNames() {
    List<String> wanted = options.featureNames();
    if (wanted != null) {
      return wanted;
    }
    return IntStream.range(0, features.length)
        .mapToObj(i -> hasHeader ? first.get(features[i]) : "x" + (i + 1))
        .toList();
  }

  String targetName() {
    return hasHeader && target >= 0 ? first.get(target) : "target";
  }

  /** A column in a sentence. */
  String describe(int column) {
    return hasHeader ? OutsideText.quoted(first.get(column)) : Integer.toString(column + 1);
  }
}

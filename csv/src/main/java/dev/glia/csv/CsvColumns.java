package dev.glia.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.glia.data.InvalidDataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which columns of a CSV file are features, and which is the target: read off its first row. */
final class CsvColumns {

  private final CsvText file;
  private final CsvOptions options;
  private final List<String> first; // the first row's fields
  private final boolean hasHeader;
  private final int target; // column number from 0, or -1
  private final int[] features; // column numbers from 0

  private CsvColumns(CsvText file, List<String> first, CsvOptions options, boolean withTarget)
      throws InvalidDataException {
    this.file = file;
    this.options = options;
    this.first = first;
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
          "%s has one column only, \"%s\": features and a target were expected, with comma,"
                  .formatted(file, first.get(0))
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
        if (wanted != null && first.containsAll(wanted)) {
          yield true;
        }
        String given = options.target();
        boolean byName = given != null && first.contains(given) && NumberText.isName(given);
        int label = byName ? first.indexOf(given) : targetNumber(first.size() - 1);
        yield byName
            || IntStream.of(allBut(label)).anyMatch(c -> NumberText.isName(first.get(c)))
            // A file of one column has no other that could tell.
            || (first.size() == 1 && NumberText.isName(first.get(0)));
      }
    };
  }

  private void checkNames() throws InvalidDataException {
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < first.size(); column++) {
      String name = first.get(column);
      if (name.isEmpty()) {
        throw new InvalidDataException(
            "%s: column %d has no name in the header: give it one, or remove the column."
                .formatted(file, column + 1));
      }
      if (!seen.add(name)) {
        throw new InvalidDataException(
            "%s: two columns have the name \"%s\": rename or remove one.".formatted(file, name));
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
    if (hasHeader && first.contains(given)) {
      return first.indexOf(given);
    }
    int number = targetNumber(-1);
    if (number < 0) {
      throw new InvalidDataException(
          hasHeader
              ? "%s has no column \"%s\" to predict: its columns are %s."
                  .formatted(file, given, shown(first))
              : "%s has no header, so the column to predict must be given by its number, 1 to %d; got \"%s\"."
                  .formatted(file, first.size(), given));
    }
    return number;
  }

  /** The target if it is given by number, counted from 0, else the column that is passed. */
  private int targetNumber(int otherwise) throws InvalidDataException {
    String given = options.target();
    if (given == null || !given.matches("[0-9]{1,9}")) {
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
    List<String> missing = wanted.stream().filter(name -> !first.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidDataException(
          "%s lacks the column%s %s: its columns are %s."
              .formatted(file, missing.size() == 1 ? "" : "s", shown(missing), shown(first)));
    }
    return wanted.stream().mapToInt(first::indexOf).toArray();
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
    List<String> all = names == null ? List.of() : names;
    int most = 10;
    List<String> some = new ArrayList<>(all.subList(0, Math.min(most, all.size())));
    if (all.size() > most) {
      some.add("... (%d in all)".formatted(all.size()));
    }
    return String.join(", ", some);
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
    return hasHeader ? "\"%s\"".formatted(first.get(column)) : Integer.toString(column + 1);
  }
}

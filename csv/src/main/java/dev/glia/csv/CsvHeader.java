package dev.glia.csv;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.InvalidDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a CSV file are called, and which is the one to predict.
 *
 * @param names one a column; columns without one are not read
 * @param target the number of the column to predict, from 0; -1 if there is none
 */
record CsvHeader(List<@Nullable String> names, int target) {

  /** Whether a file's first line holds names: see {@link CsvOptions.Header}. */
  static boolean isPresent(List<String> first, List<CsvColumn> below, CsvOptions options) {
    return switch (options.header()) {
      case PRESENT -> true;
      case ABSENT -> false;
      case DETECT -> {
        List<String> wanted = options.featureNames();
        if (wanted != null && first.containsAll(wanted)) {
          yield true;
        }
        String target = options.target();
        if (target != null && NumberText.isName(target) && first.contains(target)) {
          yield true;
        }
        boolean aboveNumbers =
            IntStream.range(0, first.size())
                .anyMatch(c -> NumberText.isName(first.get(c)) && below.get(c).isNumeric());
        boolean onlyNames =
            IntStream.range(0, first.size())
                .allMatch(c -> NumberText.isName(first.get(c)) && !below.get(c).has(first.get(c)));
        yield aboveNumbers || onlyNames;
      }
    };
  }

  /**
   * The names that the first line holds, or those of the options for a file without.
   *
   * @throws InvalidDataException if a name is missing or there twice, or columns that are asked for
   *     are not there
   */
  static CsvHeader of(CsvText file, List<String> first, boolean present, CsvOptions options)
      throws InvalidDataException {
    Map<String, Integer> columns = new HashMap<>();
    for (int column = 0; column < first.size(); column++) {
      columns.putIfAbsent(first.get(column), column);
    }
    if (present) {
      checkNames(file, first, columns);
    }
    List<String> wanted = options.featureNames();
    int given = given(file, first, columns, present, options.target());
    if (present && wanted != null) {
      return known(file, first, columns, options, given);
    }
    if (wanted != null) {
      return byPlace(file, first, options, given);
    }
    if (first.size() == 1) {
      throw new InvalidDataException(
          "%s has one column only, %s: features and a target were expected, with comma,"
                  .formatted(file, OutsideText.quoted(first.get(0)))
              + " semicolon or tab between them.");
    }
    int target = given >= 0 ? given : first.size() - 1;
    if (present) {
      return new CsvHeader(new ArrayList<>(first), target);
    }
    return new CsvHeader(places(first.size()), target);
  }

  /** The names of columns without one: by their places, so that a model knows where each stood. */
  private static List<@Nullable String> places(int columns) {
    List<@Nullable String> names = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      names.add("column " + column);
    }
    return names;
  }

  private static void checkNames(CsvText file, List<String> first, Map<String, Integer> columns)
      throws InvalidDataException {
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

  /** The target by its name or its number from 1; -1 if none is given. */
  private static int given(
      CsvText file,
      List<String> first,
      Map<String, Integer> columns,
      boolean present,
      @Nullable String given)
      throws InvalidDataException {
    if (given == null) {
      return -1;
    }
    int named = present ? columns.getOrDefault(given, -1) : places(first.size()).indexOf(given);
    if (named >= 0) {
      return named;
    }
    if (!NumberText.isShortInt(given)) {
      throw new InvalidDataException(
          present
              ? "%s has no column %s to predict: its columns are %s."
                  .formatted(file, OutsideText.quoted(given), OutsideText.list(first))
              : "%s has no header, so the column to predict must be given by its number, 1 to %d; got %s."
                  .formatted(file, first.size(), OutsideText.quoted(given)));
    }
    int number = Integer.parseInt(given);
    if (number < 1 || number > first.size()) {
      throw new InvalidDataException(
          "%s has the columns 1 to %d: there is no column %s to predict."
              .formatted(file, first.size(), given));
    }
    return number - 1;
  }

  /**
   * Known features by their names. The target is the one that is given, else the known ones, else
   * the last column that is no feature.
   */
  private static CsvHeader known(
      CsvText file, List<String> first, Map<String, Integer> columns, CsvOptions options, int given)
      throws InvalidDataException {
    List<String> wanted = Objects.requireNonNull(options.featureNames());
    List<String> missing = wanted.stream().filter(name -> !columns.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidDataException(
          "%s lacks the column%s %s: its columns are %s."
              .formatted(
                  file,
                  missing.size() == 1 ? "" : "s",
                  OutsideText.list(missing),
                  OutsideText.list(first)));
    }
    List<@Nullable String> names = new ArrayList<>();
    for (String name : first) {
      names.add(wanted.contains(name) ? name : null);
    }
    if (options.featuresAlone()) {
      return new CsvHeader(names, -1);
    }
    int target = given >= 0 ? given : names.lastIndexOf(null);
    if (given < 0) {
      for (String known : options.targetNames()) {
        Integer column = columns.get(known);
        if (column != null) {
          target = column;
          names.set(column, known);
        }
      }
    }
    if (target >= 0) {
      names.set(target, first.get(target));
    }
    return new CsvHeader(names, target);
  }

  /**
   * Known features of a file without a header. A model of such a file knows their places; else they
   * stand in their order. There may be a target among them, the last unless it is given or its
   * place is known.
   */
  private static CsvHeader byPlace(CsvText file, List<String> first, CsvOptions options, int given)
      throws InvalidDataException {
    List<String> wanted = Objects.requireNonNull(options.featureNames());
    List<String> known = options.targetNames();
    boolean alone = first.size() == wanted.size() && given < 0;
    int place = place(wanted, known);
    if (!alone && first.size() != wanted.size() + 1) {
      throw new InvalidDataException(
          "%s has no header and %d columns: expected the %d features (%s) and %s."
              .formatted(
                  file,
                  first.size(),
                  wanted.size(),
                  OutsideText.list(wanted),
                  place < 0 ? "then the target" : "the target, " + known.getFirst()));
    }
    int target = alone ? -1 : given >= 0 ? given : place >= 0 ? place : first.size() - 1;
    List<@Nullable String> names = new ArrayList<>(wanted);
    if (target >= 0) {
      names.add(
          target,
          options.featuresAlone()
              ? null
              : known.size() == 1 ? known.getFirst() : free("target", wanted));
    }
    return new CsvHeader(names, options.featuresAlone() ? -1 : target);
  }

  /** Where a model's target stood in a file without a header; -1 if the model is not of one. */
  private static int place(List<String> wanted, List<String> known) {
    if (known.size() != 1) {
      return -1;
    }
    List<@Nullable String> places = places(wanted.size() + 1);
    int target = places.indexOf(known.getFirst());
    if (target >= 0) {
      places.remove(target);
    }
    return places.equals(wanted) ? target : -1;
  }

  /** Whether what a model predicts stood behind its features, as far as is known. */
  static boolean targetIsLast(CsvOptions options) {
    List<String> features = Objects.requireNonNull(options.featureNames());
    int place = place(features, options.targetNames());
    return options.target() == null && (place < 0 || place == features.size());
  }

  private static String free(String name, List<String> taken) {
    return taken.contains(name) ? free(name + "_", taken) : name;
  }
}

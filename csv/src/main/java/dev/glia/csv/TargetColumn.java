package dev.glia.csv;

import dev.glia.data.ClassTarget;
import dev.glia.data.InvalidDataException;
import dev.glia.data.NumberTarget;
import dev.glia.data.Target;
import dev.glia.internal.text.OutsideText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The column to predict, and whether it holds classes or numbers. */
final class TargetColumn {

  private static final int MOST_WHOLE_NUMBERS = 20; // more different ones are numbers to predict
  private static final int MOST_CLASSES = 1000;

  private final CsvText file;
  private final String name;
  private final List<CsvTable.Cell> cells;

  TargetColumn(CsvText file, String name, List<CsvTable.Cell> cells) {
    this.file = file;
    this.name = name;
    this.cells = cells;
  }

  Target toTarget(CsvOptions options) throws InvalidDataException {
    for (CsvTable.Cell cell : cells) {
      if (NumberText.isMissing(cell.text())) {
        throw error(cell, "expected what is to be predicted, " + NumberText.complaint(cell.text()));
      }
    }
    boolean classes =
        switch (options.targetKind()) {
          case CLASSES -> true;
          case NUMBERS -> false;
          case DETECT -> looksLikeClasses();
        };
    return classes ? classes(options.classNames()) : numbers();
  }

  private boolean looksLikeClasses() {
    if (cells.stream().anyMatch(cell -> NumberText.isWord(cell.text()))) {
      return true;
    }
    if (cells.stream().anyMatch(cell -> wholeNumber(cell.text()) == null)) {
      return false;
    }
    long different = cells.stream().map(cell -> wholeNumber(cell.text())).distinct().count();
    return different <= MOST_WHOLE_NUMBERS && (different <= 2 || 2 * different <= cells.size());
  }

  /** The number that a text such as 3, -1 or 2.0 is, or null. */
  private static @Nullable Long wholeNumber(String text) {
    Double number = NumberText.parse(text);
    return number != null && number == Math.rint(number) && Math.abs(number) < 1e15
        ? (Long) number.longValue()
        : null;
  }

  /** Whole numbers count as one class however they are written. */
  private static String className(String text) {
    Long number = wholeNumber(text);
    return number == null ? text : number.toString();
  }

  private ClassTarget classes(@Nullable List<String> known) throws InvalidDataException {
    List<String> names = known == null ? sortedNames() : known;
    Map<String, Integer> index = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      index.put(names.get(c), c);
    }
    int[] classes = new int[cells.size()];
    for (int row = 0; row < classes.length; row++) {
      CsvTable.Cell cell = cells.get(row);
      Integer c = index.getOrDefault(cell.text(), index.get(className(cell.text())));
      if (c == null) {
        throw error(
            cell,
            "expected one of the classes %s, got %s."
                .formatted(OutsideText.list(names), OutsideText.quoted(cell.text())));
      }
      classes[row] = c;
    }
    return new ClassTarget(classes, names);
  }

  private List<String> sortedNames() throws InvalidDataException {
    List<String> names = cells.stream().map(cell -> className(cell.text())).distinct().toList();
    if (names.size() > MOST_CLASSES) {
      throw new InvalidDataException(
          "%s, column %s: %d different classes, at most %d can be told apart. %s"
              .formatted(
                  file,
                  OutsideText.quoted(name),
                  names.size(),
                  MOST_CLASSES,
                  "Is another column the one to predict? Name it as the target."));
    }
    for (CsvTable.Cell cell : cells) {
      if (cell.text().length() > OutsideText.NAME) {
        throw error(
            cell,
            "expected a class of at most %d characters, got %s."
                .formatted(OutsideText.NAME, OutsideText.quoted(cell.text())));
      }
    }
    boolean numeric = names.stream().allMatch(text -> NumberText.parse(text) != null);
    Comparator<String> order =
        numeric ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
    return names.stream().sorted(order).toList();
  }

  private NumberTarget numbers() throws InvalidDataException {
    double[] values = new double[cells.size()];
    for (int row = 0; row < values.length; row++) {
      CsvTable.Cell cell = cells.get(row);
      Double number = NumberText.parse(cell.text());
      if (number == null || Math.abs(number) > Float.MAX_VALUE) {
        throw error(
            cell, "expected a number to predict, got " + OutsideText.quoted(cell.text()) + ".");
      }
      values[row] = number;
    }
    return new NumberTarget(values, name);
  }

  private InvalidDataException error(CsvTable.Cell cell, String message) {
    return new InvalidDataException(
        "%s, line %d, column %s: %s"
            .formatted(file, cell.line(), OutsideText.quoted(name), message));
  }
}

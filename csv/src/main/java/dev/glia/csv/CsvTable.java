package dev.glia.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.glia.data.DenseMatrix;
import dev.glia.data.InvalidDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a CSV file holds: its features as numbers, its target as it is written.
 *
 * @param featureNames one name a column
 * @param features {@code [rows][features]}
 * @param targetName the target column's name
 * @param target {@code [rows]}, empty if it was not asked for
 */
record CsvTable(
    List<String> featureNames, DenseMatrix features, String targetName, List<Cell> target) {

  /**
   * One field of the target.
   *
   * @param text what is written there
   * @param line where it is written, from 1
   */
  record Cell(String text, long line) {}

  static CsvTable read(CsvText file, CsvOptions options, boolean withTarget) throws IOException {
    try (CsvRows rows = CsvRows.open(file, options)) {
      CsvRecord first = rows.next();
      if (first == null) {
        throw new InvalidDataException(
            file + " is empty: a CSV file with a row an example was expected.");
      }
      CsvColumns columns = CsvColumns.of(file, first, options, withTarget);
      Values values = new Values(file, columns);
      CsvRecord row = columns.hasHeader() ? rows.next() : first;
      for (; row != null; row = rows.next()) {
        values.add(row);
      }
      return values.toTable();
    }
  }

  /** The rows read so far. */
  private static final class Values {

    private final CsvText file;
    private final CsvColumns columns;
    private final int[] features; // column numbers
    private final List<Cell> target = new ArrayList<>();
    private double[] numbers = new double[1024]; // [rows][features], the rest still free
    private int used;
    private int rows;

    Values(CsvText file, CsvColumns columns) {
      this.file = file;
      this.columns = columns;
      this.features = columns.features();
    }

    void add(CsvRecord row) throws InvalidDataException {
      if (row.getFieldCount() != columns.width()) {
        throw new InvalidDataException(
            "%s, line %d: expected %d fields as in the first row, got %d."
                .formatted(
                    file, row.getStartingLineNumber(), columns.width(), row.getFieldCount()));
      }
      makeRoom(row);
      for (int column : features) {
        numbers[used++] = number(row, column);
      }
      if (columns.target() >= 0) {
        target.add(new Cell(row.getField(columns.target()).strip(), row.getStartingLineNumber()));
      }
      rows++;
    }

    private void makeRoom(CsvRecord row) throws InvalidDataException {
      long needed = (long) used + features.length;
      if (needed > Integer.MAX_VALUE - 8) {
        throw new InvalidDataException(
            "%s, line %d: there are more than %d numbers in the file, take a part of it."
                .formatted(file, row.getStartingLineNumber(), Integer.MAX_VALUE - 8));
      }
      if (needed > numbers.length) {
        long grown = Math.max(needed, Math.min(2L * numbers.length, Integer.MAX_VALUE - 8));
        numbers = Arrays.copyOf(numbers, (int) grown);
      }
    }

    private double number(CsvRecord row, int column) throws InvalidDataException {
      String text = row.getField(column).strip();
      Double number = NumberText.parse(text);
      if (number == null || Math.abs(number) > Float.MAX_VALUE) {
        throw new InvalidDataException(
            "%s, line %d, column %s: expected a number, %s"
                .formatted(
                    file,
                    row.getStartingLineNumber(),
                    columns.describe(column),
                    NumberText.complaint(text)));
      }
      return number;
    }

    CsvTable toTable() throws InvalidDataException {
      if (rows == 0) {
        throw new InvalidDataException(
            file + " has a header and no rows: at least one example is needed.");
      }
      return new CsvTable(
          columns.featureNames(),
          new DenseMatrix(rows, features.length, Arrays.copyOf(numbers, used)),
          columns.targetName(),
          target);
    }
  }
}

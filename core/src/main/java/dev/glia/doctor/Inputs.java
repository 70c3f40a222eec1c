package dev.glia.doctor;

import dev.glia.table.Matrix;

/**
 * The features of the rows looked at, as the network gets them.
 *
 * @param columns how many there are
 * @param least of all numbers
 * @param greatest of all numbers
 * @param largest the greatest root mean square of a feature
 * @param largestColumn the feature that has it
 */
public record Inputs(
    int columns, double least, double greatest, double largest, int largestColumn) {

  static Inputs of(Matrix features) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double largest = 0;
    int largestColumn = 0;
    double[] squares = new double[features.columns()];
    double[] row = new double[features.columns()];
    for (int r = 0; r < features.rows(); r++) {
      features.copyRow(r, row);
      for (int c = 0; c < row.length; c++) {
        least = Math.min(least, row[c]);
        greatest = Math.max(greatest, row[c]);
        squares[c] += row[c] * row[c];
      }
    }
    for (int c = 0; c < squares.length; c++) {
      double size = Math.sqrt(squares[c] / features.rows());
      if (size > largest) {
        largest = size;
        largestColumn = c;
      }
    }
    return new Inputs(features.columns(), least, greatest, largest, largestColumn);
  }
}

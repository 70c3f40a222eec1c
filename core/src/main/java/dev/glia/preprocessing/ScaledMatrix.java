package dev.glia.preprocessing;

import dev.glia.table.Matrix;

/** Another matrix whose numbers are scaled as they are read. */
final class ScaledMatrix implements Matrix {

  private final Matrix source;
  private final Scaler scaler;

  ScaledMatrix(Matrix source, Scaler scaler) {
    this.source = source;
    this.scaler = scaler;
  }

  @Override
  public int rows() {
    return source.rows();
  }

  @Override
  public int columns() {
    return source.columns();
  }

  @Override
  public double get(int row, int column) {
    return scaler.apply(source.get(row, column), column);
  }

  @Override
  public void copyRow(int row, float[] target, int offset) {
    double[] raw = new double[columns()];
    source.copyRow(row, raw);
    scaler.apply(raw, 0, target, offset);
  }

  @Override
  public void copyRow(int row, double[] target) {
    source.copyRow(row, target);
    for (int column = 0; column < columns(); column++) {
      target[column] = scaler.apply(target[column], column);
    }
  }

  @Override
  public Matrix select(int[] rows) {
    return new ScaledMatrix(source.select(rows), scaler);
  }
}

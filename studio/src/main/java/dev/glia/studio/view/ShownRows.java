package dev.glia.studio.view;

import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.Matrix;
import dev.glia.data.NumberTarget;
import dev.glia.data.Scaler;
import java.util.Arrays;

/** The first rows of a part of the data, which stand for it. */
final class ShownRows {

  private final Dataset data;
  private final float[] scaled; // [rows][features]

  ShownRows(Dataset part, Scaler scaler, int most) {
    int[] rows = new int[Math.min(part.rows(), most)];
    Arrays.setAll(rows, row -> row);
    data = part.select(rows);
    Matrix features = scaler.apply(data.features());
    scaled = new float[rows.length * features.columns()];
    for (int row = 0; row < rows.length; row++) {
      features.copyRow(row, scaled, row * features.columns());
    }
  }

  int rows() {
    return data.rows();
  }

  Dataset data() {
    return data;
  }

  /** The rows as the network takes them, {@code [rows][features]}; not to be changed. */
  float[] scaled() {
    return scaled;
  }

  /** A raw feature of all rows. */
  double[] column(int column) {
    double[] values = new double[rows()];
    Arrays.setAll(values, row -> data.features().get(row, column));
    return values;
  }

  /** The class or the number of all rows. */
  double[] targets() {
    double[] values = new double[rows()];
    Arrays.setAll(
        values,
        row ->
            switch (data.target()) {
              case ClassTarget c -> c.classOf(row);
              case NumberTarget n -> n.value(row);
            });
    return values;
  }
}

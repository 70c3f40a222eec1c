package dev.glia.studio.view;

import dev.glia.preprocessing.Preprocessing;
import dev.glia.table.Categories;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The first rows of a part of the data, which stand for it. */
final class ShownRows {

  private final Table data;
  private final Task task;
  private final float[] scaled; // [rows][inputs]

  ShownRows(Table part, Preprocessing preprocessing, Task task, int most) {
    this.task = task;
    int[] rows = new int[Math.min(part.rows(), most)];
    Arrays.setAll(rows, row -> row);
    data = part.select(rows);
    Matrix features = preprocessing.apply(data);
    scaled = new float[rows.length * features.columns()];
    for (int row = 0; row < rows.length; row++) {
      features.copyRow(row, scaled, row * features.columns());
    }
  }

  int rows() {
    return data.rows();
  }

  Table data() {
    return data;
  }

  /** The rows as the network takes them, {@code [rows][inputs]}; not to be changed. */
  float[] scaled() {
    return scaled;
  }

  /** A raw feature of all rows. */
  double[] column(int column) {
    double[] values = new double[rows()];
    Arrays.setAll(values, row -> data.features().get(row, column));
    return values;
  }

  /** The class or the number of all rows, of several numbers the first. */
  double[] targets() {
    return switch (task) {
      case Classification c -> {
        Categories classes = c.classes(data);
        yield IntStream.range(0, rows()).mapToDouble(classes::code).toArray();
      }
      case Regression r -> r.numbers(data).getFirst().values();
    };
  }
}

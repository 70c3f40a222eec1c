package dev.glia.studio.digits;

import dev.glia.compute.Compute;
import dev.glia.metric.Decision;
import dev.glia.model.Model;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Task;
import dev.glia.training.Examples;
import dev.glia.training.Outputs;

/** What a network reads in each picture of a data set. */
final class Readings {

  private final int[] classes; // [rows]
  private final float[] confidences; // [rows]: the output of that class

  private Readings(int[] classes, float[] confidences) {
    this.classes = classes;
    this.confidences = confidences;
  }

  /** Reads all rows of some examples that the model's scaler has scaled. */
  static Readings of(Model model, Examples examples) {
    if (examples.rows() == 0) {
      return new Readings(new int[0], new float[0]);
    }
    int count = examples.outputs();
    float[] outputs = Outputs.of(model.network(), examples, Compute.all()); // [rows][count]
    int[] classes = new int[examples.rows()];
    float[] confidences = new float[examples.rows()];
    for (int row = 0; row < classes.length; row++) {
      int best = Decision.classOf(outputs, row * count, count);
      float output = outputs[row * count + (count == 1 ? 0 : best)];
      classes[row] = best;
      confidences[row] = count == 1 && best == 0 ? 1 - output : output;
    }
    return new Readings(classes, confidences);
  }

  int rows() {
    return classes.length;
  }

  int classOf(int row) {
    return classes[row];
  }

  /** How sure the network is, 0 to 1 where its outputs are probabilities. */
  float confidence(int row) {
    return confidences[row];
  }

  /** Whether a row is of another class than the one that was read. */
  boolean isWrong(int row, Categories target) {
    return classes[row] != target.code(row);
  }

  /** The classes of the rows, in the order in which they are read. */
  static Categories target(Task task, Table data) {
    if (task instanceof Classification classes) {
      return classes.classes(data);
    }
    throw new IllegalArgumentException(
        data.name() + " has numbers to predict: there are no classes to read wrongly.");
  }
}

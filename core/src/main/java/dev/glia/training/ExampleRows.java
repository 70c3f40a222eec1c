package dev.glia.training;

import dev.glia.network.ForwardPass;
import dev.glia.network.RowBlocks;
import java.util.Arrays;

/** Examples one after the other, on their walk through a network. */
abstract class ExampleRows implements RowBlocks.Visitor {

  private final Examples examples;
  private final int[] order; // [rows]

  ExampleRows(Examples examples) {
    this.examples = examples;
    order = new int[examples.rows()];
    Arrays.setAll(order, row -> row);
  }

  @Override
  public final void run(ForwardPass pass, float[] parameters, int first, int rows) {
    pass.take(examples.features(), order, first);
    pass.run(parameters, 0, rows);
  }
}

package dev.glia.training;

import dev.glia.compute.Compute;
import dev.glia.compute.Padding;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.network.Network;
import dev.glia.network.RowBlocks;
import java.util.concurrent.CancellationException;

/**
 * A network's outputs for examples; where these are mostly 0, several times as fast as for rows.
 */
public final class Outputs {

  private Outputs() {}

  /**
   * The outputs for all rows, the same as {@link Network#predict} gives.
   *
   * @param compute how many threads to use, and which kernel
   * @return {@code [rows][outputs]}
   * @throws IllegalArgumentException if examples and network do not fit
   * @throws CancellationException if the calling thread is interrupted meanwhile
   */
  public static float[] of(Network network, Examples examples, Compute compute) {
    Architecture architecture = network.architecture();
    examples.checkFit(architecture);
    float[] outputs = new float[Math.multiplyExact(examples.rows(), architecture.outputs())];
    Copying copying = new Copying(examples, outputs, Thread.currentThread());
    try (RowBlocks blocks =
        new RowBlocks(architecture, compute.kernel(), compute.threads(), copying)) {
      blocks.walk(network.parameters(), examples.rows());
    }
    return outputs;
  }

  private static final class Copying extends ExampleRows {

    private final float[] outputs; // [rows][units]
    private final int units;
    private final Thread caller;

    Copying(Examples examples, float[] outputs, Thread caller) {
      super(examples);
      this.outputs = outputs;
      units = examples.outputs();
      this.caller = caller;
    }

    @Override
    public void take(ForwardPass pass, int share, int first, int rows) {
      if (caller.isInterrupted()) {
        throw new CancellationException("Nobody waits for these outputs any more.");
      }
      int stride = Padding.stride(units);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(pass.output(), row * stride, outputs, (first + row) * units, units);
      }
    }
  }
}

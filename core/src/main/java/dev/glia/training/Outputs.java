package dev.glia.training;

import dev.glia.internal.kernel.Workers;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.network.Network;
import dev.glia.network.Place;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * A network's outputs for examples; where these are mostly 0, several times as fast as for rows.
 */
public final class Outputs {

  private static final int BLOCK = 128; // rows

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
    float[] parameters = network.parameters();
    int[] order = new int[examples.rows()];
    Arrays.setAll(order, row -> row);
    float[] outputs = new float[Math.multiplyExact(examples.rows(), architecture.outputs())];
    int capacity = Math.min(BLOCK, examples.rows());
    Thread caller = Thread.currentThread();
    try (Workers workers = new Workers(compute.threads())) {
      workers.run((share, count) -> {
        ForwardPass pass = new ForwardPass(architecture, capacity, compute.kernel());
        for (int first = share * BLOCK; first < examples.rows(); first += count * BLOCK) {
          if (caller.isInterrupted()) {
            throw new CancellationException("Nobody waits for these outputs any more.");
          }
          int rows = Math.min(BLOCK, examples.rows() - first);
          pass.take(examples.features(), order, first);
          pass.run(parameters, 0, rows);
          copy(pass, architecture.outputs(), rows, outputs, first);
        }
      });
    }
    return outputs;
  }

  private static void copy(ForwardPass pass, int units, int rows, float[] outputs, int first) {
    int stride = Place.stride(units);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(pass.output(), row * stride, outputs, (first + row) * units, units);
    }
  }
}

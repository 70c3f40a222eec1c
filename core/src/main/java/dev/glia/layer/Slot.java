package dev.glia.layer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named array of a layer, such as its weights: what a model's file, an optimizer and a checkpoint
 * know of it.
 *
 * @param name as PyTorch's modules have it, such as {@code weight} or {@code running_mean}
 * @param shape {@code [units]} or {@code [out][in]}
 * @param trained whether an optimizer changes it by its gradient; if not, the layer's own passes
 *     keep it, as a running mean
 * @param start what all its numbers are before training; null if the initializer draws them
 * @param rate what the learning rate is multiplied by for it
 * @param decay what L2 and an optimizer's weight decay are multiplied by for it
 */
public record Slot(
    String name,
    List<Integer> shape,
    boolean trained,
    @Nullable Float start,
    double rate,
    double decay) {

  /** Checks the shape. */
  public Slot {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.size() > 2 || shape.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "The array %s needs one or two dimensions of at least 1, got %s.".formatted(name, shape));
    }
  }

  /** An array that the initializer draws and the optimizer changes. */
  public static Slot drawn(String name, Integer... shape) {
    return new Slot(name, List.of(shape), true, null, 1, 1);
  }

  /** An array that begins with one number everywhere and that the optimizer changes. */
  public static Slot trained(String name, float start, Integer... shape) {
    return new Slot(name, List.of(shape), true, start, 1, 1);
  }

  /** An array that begins with one number everywhere and that the layer itself keeps. */
  public static Slot running(String name, float start, Integer... shape) {
    return new Slot(name, List.of(shape), false, start, 1, 1);
  }

  /** A copy that takes steps of another length and decays by another share. */
  public Slot withShares(double rate, double decay) {
    return new Slot(name, shape, trained, start, rate, decay);
  }

  /** How many numbers it has. */
  public long size() {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }
}

package dev.glia.optimizer;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an optimizer remembers of a network's parameters: an array for each of its {@linkplain
 * Optimizer#memory names}, and how many steps it has made.
 */
public final class OptimizerMemory {

  private final List<String> names;
  private final float[][] arrays; // [names][size of the network's parameters]
  private long steps;

  private OptimizerMemory(List<String> names, float[][] arrays, long steps) {
    this.names = names;
    this.arrays = arrays;
    this.steps = steps;
  }

  /** The memory before the first step. */
  public static OptimizerMemory before(Optimizer optimizer, int size) {
    List<String> names = optimizer.memory();
    return new OptimizerMemory(names, new float[names.size()][size], 0);
  }

  /**
   * A memory of arrays that {@link #named} gave.
   *
   * @param steps how many have been made
   * @throws IllegalArgumentException if they are not the optimizer's, or not of one length
   */
  public static OptimizerMemory of(Optimizer optimizer, Map<String, float[]> arrays, long steps) {
    List<String> names = optimizer.memory();
    boolean sameLength = arrays.values().stream().mapToInt(a -> a.length).distinct().count() <= 1;
    if (!arrays.keySet().equals(Set.copyOf(names)) || !sameLength) {
      throw new IllegalArgumentException(
          "%s remembers arrays of one length named %s, got %s."
              .formatted(optimizer.name(), names, arrays.keySet()));
    }
    float[][] copies =
        names.stream()
            .map(name -> requireNonNull(arrays.get(name)).clone())
            .toArray(float[][]::new);
    return new OptimizerMemory(names, copies, steps);
  }

  /** Copies of all arrays by the names in the formulas, in order, laid out as the parameters. */
  public Map<String, float[]> named() {
    Map<String, float[]> named = new LinkedHashMap<>();
    for (int i = 0; i < arrays.length; i++) {
      named.put(names.get(i), arrays[i].clone());
    }
    return named;
  }

  /** Counts a step, which then changes {@link #arrays}; gives its number, from 1. */
  public long beginStep() {
    return ++steps;
  }

  /** The arrays themselves, {@code [names][size]}. */
  public float[][] arrays() {
    return arrays;
  }

  /** How many steps have been made. */
  public long steps() {
    return steps;
  }

  /**
   * What is remembered of a parameter by the names in the formulas, with t for the steps so far;
   * empty for an optimizer without memory.
   */
  public Map<String, Double> of(int parameter) {
    Map<String, Double> numbers = new HashMap<>();
    for (int i = 0; i < arrays.length; i++) {
      numbers.put(names.get(i), (double) arrays[i][parameter]);
    }
    if (arrays.length > 0) {
      numbers.put("t", (double) steps);
    }
    return numbers;
  }

  /** A memory of the same numbers; neither changes the other. */
  public OptimizerMemory copy() {
    float[][] copies = arrays.clone();
    for (int i = 0; i < copies.length; i++) {
      copies[i] = copies[i].clone();
    }
    return new OptimizerMemory(names, copies, steps);
  }

  /** How much memory the arrays need, in bytes. */
  public long bytes() {
    long bytes = 0;
    for (float[] array : arrays) {
      bytes += (long) Float.BYTES * array.length;
    }
    return bytes;
  }
}

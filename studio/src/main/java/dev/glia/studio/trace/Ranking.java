package dev.glia.studio.trace;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Which of many numbers matter most. */
final class Ranking {

  private Ranking() {}

  /**
   * Indices by the size of what they weigh, the largest first; what is not a number comes first,
   * too, as it is what went wrong.
   *
   * @param count from 0 to this, exclusive
   * @param most how many indices at most
   */
  static int[] of(int count, int most, IntToDoubleFunction weight) {
    double[] sizes =
        IntStream.range(0, count).mapToDouble(i -> Math.abs(weight.applyAsDouble(i))).toArray();
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> sizes[i]).reversed())
        .limit(most)
        .mapToInt(i -> i)
        .toArray();
  }
}

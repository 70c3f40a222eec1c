package dev.glia.studio.view;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which of many units are drawn: evenly spread, and the same in every part and every frame. */
final class Shown {

  private Shown() {}

  /** At most so many of count indices, growing. */
  static int[] of(int count, int most) {
    int shown = Math.min(count, most);
    int[] indices = new int[shown];
    Arrays.setAll(indices, i -> (int) ((long) i * count / shown));
    return indices;
  }

  static List<Integer> list(int[] indices) {
    return IntStream.of(indices).boxed().toList();
  }
}

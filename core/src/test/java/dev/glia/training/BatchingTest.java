package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchingTest {

  private static int[] sizes(Batching batching, int rows) {
    int[] sizes = new int[batching.count(rows)];
    Arrays.setAll(sizes, batch -> batching.start(batch + 1, rows) - batching.start(batch, rows));
    return sizes;
  }

  @Test
  void batchesHaveTheSizeAndTheLastTheRest() {
    assertThat(sizes(new Batching(4, false), 10)).containsExactly(4, 4, 2);
    assertThat(sizes(new Batching(5, false), 10)).containsExactly(5, 5);
    assertThat(sizes(new Batching(10, false), 10)).containsExactly(10);
    assertThat(sizes(new Batching(11, false), 10)).containsExactly(10);
    assertThat(sizes(new Batching(1, false), 3)).containsExactly(1, 1, 1);
  }

  @Test
  void aFullBatchHasAllRows() {
    assertThat(sizes(Batching.full(), 1)).containsExactly(1);
    assertThat(sizes(Batching.full(), 70_000)).containsExactly(70_000);
    assertThat(sizes(new Batching(Batching.FULL, true), 70_000)).containsExactly(70_000);
  }

  /** NumPy: {@code l, extras = divmod(n, k)}, then extras parts of l + 1 and k - extras of l. */
  @Test
  void evenBatchesAreThoseOfArraySplit() {
    for (int rows = 1; rows <= 60; rows++) {
      for (int size = 1; size <= 61; size++) {
        int parts = Math.max(1, rows / size);
        int[] expected = new int[parts];
        for (int part = 0; part < parts; part++) {
          expected[part] = rows / parts + (part < rows % parts ? 1 : 0);
        }
        Batching batching = new Batching(size, true);
        assertThat(sizes(batching, rows)).as("%d rows by %d", rows, size).isEqualTo(expected);
        assertThat(batching.largest(rows)).isEqualTo(expected[0]);
      }
    }
  }

  /** The first article: 46,900 training rows in {@code array_split(rows, 46900 / 64)}. */
  @Test
  void theFirstArticleHas732Batches() {
    Batching batching = new Batching(64, true);
    assertThat(batching.count(46_900)).isEqualTo(732);
    assertThat(sizes(batching, 46_900)).startsWith(65, 65).endsWith(64);
    assertThat(Arrays.stream(sizes(batching, 46_900)).sum()).isEqualTo(46_900);
  }

  @Test
  void everyRowIsInTheBatchThatHoldsIt() {
    for (boolean even : new boolean[] {false, true}) {
      for (int rows = 1; rows <= 40; rows++) {
        for (int size = 1; size <= 41; size++) {
          Batching batching = new Batching(size, even);
          for (int row = 0; row < rows; row++) {
            int batch = batching.batchOf(row, rows);
            assertThat(row)
                .isGreaterThanOrEqualTo(batching.start(batch, rows))
                .isLessThan(batching.start(batch + 1, rows));
          }
        }
      }
    }
  }

  @Test
  void aBatchOfNothingIsRefused() {
    assertThatThrownBy(() -> new Batching(0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 row, got 0");
  }
}

package dev.glia.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KFoldTest {

  @Test
  void eachRowIsKeptBackOnce() {
    int[][] parts = new KFold(4, 7).parts(new int[10]);
    assertThat(Arrays.stream(parts).mapToInt(part -> part.length)).containsExactly(3, 3, 2, 2);
    assertThat(Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    for (int[] part : parts) {
      assertThat(part).isSorted();
    }
  }

  @Test
  void eachPartHasItsShareOfEachClass() {
    int[] classes = IntStream.range(0, 100).map(row -> row % 10 == 0 ? 1 : 0).toArray();
    for (int[] part : new KFold(5, 0).parts(classes)) {
      assertThat(part).hasSize(20);
      assertThat(Arrays.stream(part).filter(row -> classes[row] == 1).count()).isEqualTo(2);
    }
  }

  @Test
  void theSeedDecides() {
    int[] rows = new int[30];
    assertThat(new KFold(3, 1).parts(rows)).isDeepEqualTo(new KFold(3, 1).parts(rows));
    assertThat(new KFold(3, 1).parts(rows)[0]).isNotEqualTo(new KFold(3, 2).parts(rows)[0]);
  }

  @Test
  void whatCannotBeDealtIsRefused() {
    assertThatThrownBy(() -> new KFold(1, 0))
        .hasMessage("Rows are dealt into at least 2 parts, got 1.");
    assertThatThrownBy(() -> new KFold(5, 0).parts(new int[4]))
        .hasMessage("4 rows cannot be dealt into 5 parts.");
  }
}

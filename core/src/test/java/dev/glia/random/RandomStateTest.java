package dev.glia.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.Golden;
import dev.glia.Hashes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStateTest {

  /**
   * NumPy's logarithm and ours are each within one unit of the true one; the square root halves
   * that, and a division, a root, two products and a sum round after it: four units together.
   */
  private static final int GAUSS_ULPS = 4;

  @ParameterizedTest
  @ValueSource(longs = {0, 42, 12345})
  void givesTheStreamsOfNumPy(long seed) throws IOException {
    Map<?, ?> all = Golden.object(Golden.read("numpy_random_state.json").get("seeds"));
    assertThat(all.keySet().stream().map(String::valueOf)).containsExactly("0", "42", "12345");
    Map<?, ?> golden = Golden.object(all.get(Long.toString(seed)));
    assertThat(golden).hasSize(9); // a case more would need a check more

    RandomState random = new RandomState(seed);
    assertThat(draw(random::randomSample, 8))
        .containsExactly(Golden.numbers(golden.get("random_sample")));
    assertClose(seed, s -> s.randn(), golden.get("randn"));
    assertClose(seed, s -> s.normal(-1, 1), golden.get("normal_mean-1_std1"));
    RandomState uniform = new RandomState(seed);
    assertThat(draw(() -> uniform.uniform(-2, 3), 5))
        .containsExactly(Golden.numbers(golden.get("uniform_-2_3")));
    RandomState integers = new RandomState(seed);
    assertThat(draw(() -> integers.randint(0, 10), 12))
        .containsExactly(Golden.numbers(golden.get("randint_0_10")));
    assertThat(new RandomState(seed).permutation(12))
        .containsExactly(Golden.integers(golden.get("permutation_12")));
    int[] large = new RandomState(seed).permutation(70_000);
    assertThat(Arrays.copyOf(large, 10))
        .containsExactly(Golden.integers(golden.get("permutation_70000_head")));
    assertThat(Hashes.sha256(large)).isEqualTo(golden.get("permutation_70000_sha256_int64le"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 42, 12345})
  void keepsTheSpareGaussWhileSampling(long seed) throws IOException {
    Map<?, ?> all = Golden.object(Golden.read("numpy_random_state.json").get("seeds"));
    List<?> golden =
        Golden.list(Golden.object(all.get(Long.toString(seed))).get("randn_then_sample"));
    RandomState random = new RandomState(seed);
    assertClose(random, RandomState::randn, golden.get(0));
    assertThat(draw(random::randomSample, 2)).containsExactly(Golden.numbers(golden.get(1)));
    assertClose(random, RandomState::randn, golden.get(2));
  }

  private interface Draw {
    double from(RandomState random);
  }

  private static double[] draw(DoubleSupplier stream, int count) {
    double[] drawn = new double[count];
    Arrays.setAll(drawn, i -> stream.getAsDouble());
    return drawn;
  }

  private static void assertClose(long seed, Draw draw, Object golden) {
    assertClose(new RandomState(seed), draw, golden);
  }

  private static void assertClose(RandomState random, Draw draw, Object golden) {
    for (double expected : Golden.numbers(golden)) {
      double unit = Math.ulp(Math.max(1, Math.abs(expected))); // the mean of -1 is as large
      assertThat(draw.from(random)).isCloseTo(expected, within(GAUSS_ULPS * unit));
    }
  }

  /** Computed by NumPy 2.4.6, RandomState(7), in this order. */
  @Test
  void integersOfEverySizeAreNumPys() {
    RandomState random = new RandomState(7);
    long trillion = 1_000_000_000_000L;
    assertThat(random.randint(0, trillion)).isEqualTo(752595690692L);
    assertThat(random.randint(0, trillion)).isEqualTo(108744157686L);
    assertThat(random.randint(0, trillion)).isEqualTo(291964244179L);
    assertThat(random.randint(-5, 1L << 40)).isEqualTo(309610205524L);
    assertThat(random.randint(-5, 1L << 40)).isEqualTo(936371204995L);
    assertThat(random.randint(0, 1L << 32)).isEqualTo(2146978983L);
    assertThat(random.randint(0, 1L << 32)).isEqualTo(2266732518L);
    assertThat(random.randint(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(3306209770279126448L);
    assertThat(random.randint(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(5602996353307369863L);
    assertThat(random.randint(3, 4)).isEqualTo(3); // draws nothing
    assertThat(random.randint(0, 100)).isEqualTo(44);
    assertThat(random.randint(0, 100)).isZero();
    assertThat(random.randint(0, 100)).isEqualTo(75);
  }

  @Test
  void aCopyGoesOnAsTheStreamAndNeitherChangesTheOther() {
    RandomState random = new RandomState(3);
    for (int i = 0; i < 1001; i++) {
      random.randn(); // within a block of 624, with a normal number to spare
    }
    RandomState copy = random.copy();
    double[] numbers = draw(random::randn, 2000);
    RandomState second = copy.copy();
    assertThat(draw(copy::randn, 2000)).containsExactly(numbers);
    assertThat(draw(second::randn, 2000)).containsExactly(numbers);
  }

  @Test
  void shufflesAsItPermutes() {
    int[] values = {0, 1, 2, 3, 4, 5, 6};
    new RandomState(9).shuffle(values);
    assertThat(values).containsExactly(new RandomState(9).permutation(7));
    assertThat(new RandomState(1).permutation(0)).isEmpty();
    assertThat(new RandomState(1).permutation(1)).containsExactly(0);
  }

  @Test
  void theLargestSeedIsTheLast() {
    assertThat(new RandomState(0xFFFFFFFFL).randomSample()).isBetween(0.0, 1.0);
    for (long seed : new long[] {-1, 0x100000000L}) {
      assertThatThrownBy(() -> new RandomState(seed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A seed must be between 0 and 4294967295 (2^32 - 1), got " + seed + ".");
    }
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> new RandomState(0).randint(5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("randint needs low < high, got low 5 and high 5.");
  }
}

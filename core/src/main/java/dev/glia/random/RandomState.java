package dev.glia.random;

import java.util.Arrays;

/**
 * The random numbers of NumPy's {@code numpy.random.RandomState}: the same seed gives the same
 * stream.
 *
 * <p>The generator is MT19937 (Matsumoto and Nishimura, "Mersenne Twister", 1998) with the seeding,
 * the 53-bit doubles, the polar Gauss method and the masked rejection for integers that NumPy keeps
 * for {@code RandomState}. {@link StrictMath} makes the logarithm the same on every machine; NumPy
 * takes the C library's, so a normal number may differ in its last bit.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class RandomState {

  private static final int N = 624;
  private static final int M = 397;

  private final int[] key;
  private int position = N;
  private double spareGauss;
  private boolean hasSpareGauss;

  /**
   * Starts the stream of one seed.
   *
   * @param seed 0 to 2^32 - 1
   * @throws IllegalArgumentException if the seed is out of range
   */
  public RandomState(long seed) {
    if (seed < 0 || seed > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(
          "A seed must be between 0 and 4294967295 (2^32 - 1), got " + seed + ".");
    }
    key = new int[N];
    int s = (int) seed;
    for (int i = 0; i < N; i++) {
      key[i] = s;
      s = 1812433253 * (s ^ (s >>> 30)) + i + 1;
    }
  }

  private RandomState(RandomState other) {
    key = other.key.clone();
    position = other.position;
    spareGauss = other.spareGauss;
    hasSpareGauss = other.hasSpareGauss;
  }

  /**
   * The stream of a {@link #state}.
   *
   * @throws IllegalArgumentException if it has another length or its position is none
   */
  public static RandomState of(int[] state) {
    if (state.length != N + 4 || state[N] < 0 || state[N] > N) {
      throw new IllegalArgumentException(
          "The state of a random stream has %d numbers, got %d.".formatted(N + 4, state.length));
    }
    RandomState stream = new RandomState(0);
    System.arraycopy(state, 0, stream.key, 0, N);
    stream.position = state[N];
    stream.hasSpareGauss = state[N + 1] != 0;
    long bits = ((long) state[N + 2] << 32) | (state[N + 3] & 0xFFFFFFFFL);
    stream.spareGauss = Double.longBitsToDouble(bits);
    return stream;
  }

  /**
   * All that decides how it goes on: NumPy's {@code get_state()} in ints, which are the key, the
   * position, whether a normal number is kept, and the two halves of that number.
   */
  public int[] state() {
    int[] state = Arrays.copyOf(key, N + 4);
    long bits = Double.doubleToRawLongBits(spareGauss);
    state[N] = position;
    state[N + 1] = hasSpareGauss ? 1 : 0;
    state[N + 2] = (int) (bits >>> 32);
    state[N + 3] = (int) bits;
    return state;
  }

  /** A stream that goes on as this one would; drawing from one does not change the other. */
  public RandomState copy() {
    return new RandomState(this);
  }

  /**
   * A number for a generator of another kind, which depends on seed and on what was drawn so far;
   * draws nothing.
   */
  public long key() {
    long sum = position + (hasSpareGauss ? Double.doubleToLongBits(spareGauss) : 0);
    for (int word : key) {
      sum = 0x9E3779B97F4A7C15L * (sum ^ (sum >>> 29)) + word;
    }
    return sum;
  }

  /** A uniform number in [0, 1) with 53 random bits, as {@code random_sample()}. */
  public double randomSample() {
    int a = nextInt32() >>> 5;
    int b = nextInt32() >>> 6;
    return (a * 67108864.0 + b) / 9007199254740992.0;
  }

  /** A uniform number in [low, high), as {@code uniform(low, high)}. */
  public double uniform(double low, double high) {
    return low + (high - low) * randomSample();
  }

  /** A standard normal number, as {@code randn()}: Marsaglia's polar method, which makes pairs. */
  public double randn() {
    if (hasSpareGauss) {
      hasSpareGauss = false;
      return spareGauss;
    }
    double x1;
    double x2;
    double r2;
    do {
      x1 = 2.0 * randomSample() - 1.0;
      x2 = 2.0 * randomSample() - 1.0;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1.0 || r2 == 0.0);
    double f = Math.sqrt(-2.0 * StrictMath.log(r2) / r2);
    spareGauss = f * x1;
    hasSpareGauss = true;
    return f * x2;
  }

  /** A normal number, as {@code normal(mean, std)}. */
  public double normal(double mean, double std) {
    return mean + std * randn();
  }

  /**
   * A uniform integer in [low, high), as {@code randint(low, high)}.
   *
   * @throws IllegalArgumentException if {@code low >= high}
   */
  public long randint(long low, long high) {
    if (low >= high) {
      throw new IllegalArgumentException(
          "randint needs low < high, got low " + low + " and high " + high + ".");
    }
    return low + interval(high - 1 - low);
  }

  /** A random order of 0 to n - 1, as {@code permutation(n)}. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /** Shuffles in place, as {@code shuffle(values)}. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = interval(i);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** A uniform integer in [0, max]: bits under the smallest mask, drawn again when over max. */
  private long interval(long max) {
    if (max == 0) {
      return 0;
    }
    if (max > 0 && max <= Integer.MAX_VALUE) {
      return interval((int) max);
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(max);
    boolean fitsInt = Long.compareUnsigned(max, 0xFFFFFFFFL) <= 0;
    long value;
    do {
      value = (fitsInt ? nextInt32() & 0xFFFFFFFFL : nextInt64()) & mask;
    } while (Long.compareUnsigned(value, max) > 0);
    return value;
  }

  /** The same in ints, for max over 0. */
  private int interval(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value;
    do {
      value = nextInt32() & mask;
    } while (value > max);
    return value;
  }

  private long nextInt64() {
    long high = nextInt32() & 0xFFFFFFFFL;
    return high << 32 | (nextInt32() & 0xFFFFFFFFL);
  }

  private int nextInt32() {
    if (position == N) {
      twist();
      position = 0;
    }
    int y = key[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C5680;
    y ^= (y << 15) & 0xEFC60000;
    return y ^ (y >>> 18);
  }

  /** In three loops, none of which needs the remainder of a place. */
  private void twist() {
    for (int i = 0; i < N - M; i++) {
      key[i] = key[i + M] ^ twisted(key[i], key[i + 1]);
    }
    for (int i = N - M; i < N - 1; i++) {
      key[i] = key[i + M - N] ^ twisted(key[i], key[i + 1]);
    }
    key[N - 1] = key[M - 1] ^ twisted(key[N - 1], key[0]);
  }

  private static int twisted(int high, int low) {
    int y = (high & 0x80000000) | (low & 0x7FFFFFFF);
    return (y >>> 1) ^ (-(y & 1) & 0x9908B0DF);
  }
}

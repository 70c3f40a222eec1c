package dev.glia.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.data.RandomState;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernel gives the scalar kernel's bits, and the scalar one those of plain sums. */
class KernelTest {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private final Kernel scalar = Kernels.scalar();
  private final Kernel vector = Kernels.vector();

  @Test
  void namesSayWhichKernelItIs() {
    assertThat(scalar.name()).isEqualTo("scalar");
    assertThat(vector.name()).matches("vector (64|128|256|512) bit");
    assertThat(Kernels.fastest()).isSameAs(vector);
  }

  @Test
  void stridesAreMultiplesOfTheWidestVector() {
    assertThat(Kernel.stride(1)).isEqualTo(16);
    assertThat(Kernel.stride(16)).isEqualTo(16);
    assertThat(Kernel.stride(17)).isEqualTo(32);
    assertThat(Kernel.stride(784)).isEqualTo(784);
  }

  /** The definition: one chain of fused multiply-adds a sum, in the order of the steps. */
  @Test
  void aProductIsWhatItsDefinitionSays() {
    Operands operands = new Operands(5, 13, 32, 1);
    float[] c = operands.product(scalar, false);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 32; column++) {
        float sum = operands.start[Operands.START_OFFSET + column];
        for (int step = 0; step < 13; step++) {
          sum =
              Math.fma(
                  operands.a[Operands.A_OFFSET + row * 13 + step],
                  operands.b[Operands.B_OFFSET + step * 32 + column],
                  sum);
        }
        assertThat(c[Operands.C_OFFSET + row * 32 + column]).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 207, 4098})
  void productsHaveTheSameBits(int steps) {
    for (int stride : new int[] {16, 32, 48, 208}) {
      for (int rows = 1; rows <= 17; rows++) {
        Operands operands = new Operands(rows, steps, stride, rows + steps + stride);
        for (boolean transposed : new boolean[] {false, true}) {
          assertThat(operands.product(vector, transposed))
              .as("%d x %d x %d, transposed %s", rows, steps, stride, transposed)
              .isEqualTo(operands.product(scalar, transposed));
        }
      }
    }
  }

  @Test
  void productsOfSpecialValuesHaveTheSameBits() {
    Operands operands = new Operands(11, 33, 48, 7);
    RandomState random = new RandomState(8);
    scatterSpecial(operands.a, random);
    scatterSpecial(operands.b, random);
    scatterSpecial(operands.start, random);
    assertSameBits(operands.product(vector, false), operands.product(scalar, false));
  }

  @Test
  void aProductOfNoStepsIsItsStart() {
    for (Kernel kernel : new Kernel[] {scalar, vector}) {
      Operands operands = new Operands(3, 0, 16, 3);
      float[] c = operands.product(kernel, false);
      for (int row = 0; row < 3; row++) {
        int at = Operands.C_OFFSET + row * 16;
        assertThat(Arrays.copyOfRange(c, at, at + 16))
            .isEqualTo(
                Arrays.copyOfRange(
                    operands.start, Operands.START_OFFSET, Operands.START_OFFSET + 16));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 48, 208})
  void functionsHaveTheSameBits(int count) {
    RandomState random = new RandomState(count);
    for (int trial = 0; trial < 50; trial++) {
      float[] z = normal(count + 32, 20, random);
      scatterSpecial(z, random);
      float[] d = normal(count + 32, 1, random);
      scatterSpecial(d, random);
      int to = 16 + count;
      for (float slope : new float[] {0f, 0.05f, 2f}) {
        assertSameBits(
            made(z, a -> vector.leakyRelu(slope, z, a, 16, to)),
            made(z, a -> scalar.leakyRelu(slope, z, a, 16, to)));
        assertSameBits(
            made(d, a -> vector.leakyReluGradient(slope, z, a, 16, to)),
            made(d, a -> scalar.leakyReluGradient(slope, z, a, 16, to)));
      }
      assertSameBits(
          made(d, a -> vector.sigmoid(z, a, 16, to)), made(d, a -> scalar.sigmoid(z, a, 16, to)));
      assertSameBits(
          made(d, a -> vector.tanh(z, a, 16, to)), made(d, a -> scalar.tanh(z, a, 16, to)));
      for (float shift : new float[] {0f, -3.7f, 60f}) {
        assertSameBits(
            made(d, a -> vector.exp(z, shift, a, 16, to)),
            made(d, a -> scalar.exp(z, shift, a, 16, to)));
      }
    }
  }

  /** All orders of size, every 4099th float: a million of them. */
  @Test
  void functionsHaveTheSameBitsOnFloatsOfAllSizes() {
    float[] z = new float[1 << 20];
    for (int i = 0; i < z.length; i++) {
      z[i] = Float.intBitsToFloat(i * 4099);
    }
    assertSameBits(
        made(z, a -> vector.sigmoid(z, a, 0, z.length)),
        made(z, a -> scalar.sigmoid(z, a, 0, z.length)));
    assertSameBits(
        made(z, a -> vector.tanh(z, a, 0, z.length)), made(z, a -> scalar.tanh(z, a, 0, z.length)));
    assertSameBits(
        made(z, a -> vector.exp(z, 0.5f, a, 0, z.length)),
        made(z, a -> scalar.exp(z, 0.5f, a, 0, z.length)));
  }

  @Test
  void leakyReluTakesSlopesOnlyBelowZero() {
    float[] z = {-2f, -0f, 0f, 3f, -1f, 1f, -4f, 8f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f};
    float[] a = made(z, out -> scalar.leakyRelu(0.5f, z, out, 0, 16));
    assertThat(Arrays.copyOf(a, 8)).containsExactly(-1f, -0f, 0f, 3f, -0.5f, 1f, -2f, 8f);
    float[] d = new float[16];
    Arrays.fill(d, 10f);
    scalar.leakyReluGradient(0.5f, z, d, 0, 16);
    assertThat(Arrays.copyOf(d, 8)).containsExactly(5f, 5f, 5f, 10f, 5f, 10f, 5f, 10f);
  }

  private interface Filler {
    void fill(float[] a);
  }

  private static float[] made(float[] before, Filler filler) {
    float[] a = before.clone();
    filler.fill(a);
    return a;
  }

  /** Bit for bit; only which of the many NaNs a NaN is, no standard says. */
  private static void assertSameBits(float[] actual, float[] expected) {
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
    return bits;
  }

  private static float[] normal(int count, double std, RandomState random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.normal(0, std);
    }
    return values;
  }

  private static void scatterSpecial(float[] values, RandomState random) {
    for (int i = 0; i < values.length; i++) {
      if (random.randint(0, 10) == 0) {
        values[i] = SPECIAL[(int) random.randint(0, SPECIAL.length)];
      }
    }
  }

  /** Random operands of a product, none at the start of its array. */
  private static final class Operands {
    static final int A_OFFSET = 3;
    static final int B_OFFSET = 16;
    static final int START_OFFSET = 5;
    static final int C_OFFSET = 32;

    final int rows;
    final int steps;
    final int stride;
    final float[] a; // [rows][steps], or [steps][rows] when read transposed
    final float[] b; // [steps][stride]
    final float[] start; // [stride]

    Operands(int rows, int steps, int stride, long seed) {
      this.rows = rows;
      this.steps = steps;
      this.stride = stride;
      RandomState random = new RandomState(seed);
      a = normal(A_OFFSET + rows * steps, 1, random);
      b = normal(B_OFFSET + steps * stride, 1, random);
      start = normal(START_OFFSET + stride, 1, random);
    }

    /** The result and, around it, what must not be touched. */
    float[] product(Kernel kernel, boolean transposed) {
      float[] c = new float[C_OFFSET + rows * stride + 16];
      Arrays.fill(c, 77f);
      kernel.product(
          a,
          A_OFFSET,
          transposed ? 1 : steps,
          transposed ? rows : 1,
          b,
          B_OFFSET,
          start,
          START_OFFSET,
          c,
          C_OFFSET,
          rows,
          steps,
          stride);
      assertThat(Arrays.copyOf(c, C_OFFSET)).containsOnly(77f);
      assertThat(Arrays.copyOfRange(c, c.length - 16, c.length)).containsOnly(77f);
      return c;
    }
  }
}

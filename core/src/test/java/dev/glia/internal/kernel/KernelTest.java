package dev.glia.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.random.RandomState;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    Operands operands = new Operands(5, 13, 40, 1);
    float[][] c = operands.product(scalar);
    float[][] gradient = operands.gradient(scalar, 1);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 40; column++) {
        float sum = operands.start(column);
        float transposed = 0;
        for (int step = 0; step < 13; step++) {
          sum = Math.fma(operands.a(row, step), operands.b(step, column), sum);
          transposed = Math.fma(operands.a[step * 5 + row], operands.b(step, column), transposed);
        }
        assertThat(c[row][column]).isEqualTo(sum);
        assertThat(gradient[row][column]).isEqualTo(transposed);
      }
    }
  }

  /** Widths around those of vectors and panels; from 64 columns on, five rows are packed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 8, 9, 16, 17, 24, 25, 32, 33, 48, 63, 64, 65, 72, 80, 89, 208})
  void productsHaveTheSameBits(int columns) {
    for (int steps : new int[] {1, 2, 13, 207}) {
      for (int rows = 1; rows <= 40; rows += rows < 21 ? 1 : 19) {
        Operands operands = new Operands(rows, steps, columns, rows + steps + columns);
        String size = "%d x %d x %d".formatted(rows, steps, columns);
        assertThat(operands.product(vector)).as(size).isDeepEqualTo(operands.product(scalar));
        float[][] gradient = operands.gradient(scalar, 1);
        for (int parts : new int[] {1, 3}) {
          assertThat(operands.gradient(vector, parts)).as(size).isDeepEqualTo(gradient);
        }
        assertThat(operands.gradient(scalar, 2)).as(size).isDeepEqualTo(gradient);
      }
    }
  }

  /** More than is packed at a time: 65,536 numbers. */
  @Test
  void longAndTallProductsHaveTheSameBits() {
    for (int[] size : new int[][] {{20, 9001, 70}, {200, 700, 64}, {13, 33_000, 64}}) {
      Operands operands = new Operands(size[0], size[1], size[2], 11);
      assertThat(operands.product(vector)).isDeepEqualTo(operands.product(scalar));
      assertThat(operands.gradient(vector, 1)).isDeepEqualTo(operands.gradient(scalar, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"33, 41", "33, 75", "1, 16", "2, 16", "33, 1"})
  void productsOfSpecialValuesHaveTheSameBits(int steps, int columns) {
    Operands operands = new Operands(11, steps, columns, 7);
    RandomState random = new RandomState(8);
    scatterSpecial(operands.a, random);
    scatterSpecial(operands.b, random);
    assertSameBits(operands.product(vector), operands.product(scalar));
    assertSameBits(operands.gradient(vector, 1), operands.gradient(scalar, 1));
  }

  @Test
  void aProductOfNoStepsIsItsStart() {
    for (Kernel kernel : new Kernel[] {scalar, vector}) {
      Operands operands = new Operands(3, 0, 16, 3);
      for (float[] row : operands.product(kernel)) {
        assertThat(row)
            .isEqualTo(Arrays.copyOfRange(operands.b, operands.startAt, operands.startAt + 16));
      }
    }
  }

  /** Skipping the zeros of a changes no bit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 16, 17, 32, 40, 100})
  void sparseProductsHaveTheBitsOfDenseOnes(int columns) {
    for (int rows = 1; rows <= 9; rows++) {
      for (int zeros : new int[] {0, 6, 9, 10}) { // of ten
        for (int steps : new int[] {64, 65, 131, 200}) {
          Operands operands = new Operands(rows, steps, columns, rows + columns);
          makeZeros(operands.a, zeros, new RandomState(zeros));
          float[][] dense = operands.product(scalar);
          for (Kernel kernel : new Kernel[] {scalar, vector}) {
            assertThat(operands.product(kernel, true)).isDeepEqualTo(dense);
            assertThat(operands.sparseProduct(kernel)).isDeepEqualTo(dense);
          }
        }
      }
    }
  }

  /** More rows than {@link VectorSparseColumns} takes at a time. */
  @ParameterizedTest
  @ValueSource(ints = {127, 128, 129, 300})
  void sparseProductsOfManyRowsHaveTheBitsOfDenseOnes(int rows) {
    for (int columns : new int[] {16, 40, 96, 100}) {
      Operands operands = new Operands(rows, 70, columns, rows);
      makeZeros(operands.a, 8, new RandomState(rows));
      float[][] dense = operands.product(scalar);
      for (Kernel kernel : new Kernel[] {scalar, vector}) {
        assertThat(operands.sparseProduct(kernel)).isDeepEqualTo(dense);
      }
    }
  }

  /** What a kernel keeps to work in outlives a product: nothing of it may come into the next. */
  @Test
  void aSparseProductAfterOneOfOtherColumnsAndWithoutANumberHasItsBits() {
    Operands before = new Operands(40, 200, 100, 1);
    makeZeros(before.a, 8, new RandomState(1));
    Arrays.fill(before.a, before.a.length - 200, before.a.length, Float.NaN); // the last row
    Operands operands = new Operands(40, 66, 100, 2);
    makeZeros(operands.a, 8, new RandomState(2));
    for (Kernel kernel : new Kernel[] {scalar, vector}) {
      before.sparseProduct(kernel);
      assertThat(operands.sparseProduct(kernel)).isDeepEqualTo(operands.product(scalar));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 66, 131, 260, 784})
  void sparseGradientsHaveTheBitsOfDenseOnes(int inputs) {
    for (int rows : new int[] {1, 2, 7, 64, 129, 300}) {
      for (int columns : new int[] {3, 16, 17, 40, 96, 100}) {
        assertSparseGradientIsDense(rows, inputs, columns);
      }
    }
  }

  private void assertSparseGradientIsDense(int rows, int inputs, int columns) {
    int panels = Math.ceilDiv(columns, Kernel.LANES);
    int bPanel = (rows + 2) * Kernel.LANES; // a batch may have fewer rows than there is room for
    int cPanel = inputs * Kernel.LANES;
    RandomState random = new RandomState(rows + columns);
    float[] a = normal(rows * inputs, 1, random); // [rows][inputs]
    makeZeros(a, 8, random);
    float[] d = normal(16 + panels * bPanel, 1, random); // [panels][rows + 2][LANES] from 16
    for (int at = 16; at < d.length; at++) { // its padding is 0
      int column = (at - 16) / bPanel * 16 + at % 16;
      d[at] = column < columns ? d[at] : 0;
    }
    Product product =
        Product.gradient(
            inputs,
            new Panels(16, bPanel / Kernel.LANES, columns),
            new Panels(16, inputs, columns));
    int lines = panels * inputs;
    float[] dense = new float[16 + panels * cPanel];
    scalar.gradient(product, a, d, dense, rows, 0, lines);
    SparseRows sparse = sparse(a, 0, rows, inputs);
    int[] order = new int[rows + 3]; // the rows are the last of an order
    Arrays.setAll(order, i -> Math.max(0, i - 3));
    SparseBatch batch = new SparseBatch(sparse);
    batch.take(order, 3);
    for (Kernel kernel : new Kernel[] {scalar, vector}) {
      float[] all = new float[dense.length];
      for (int part = 0; part < 3; part++) { // as three threads share it
        int from = boundary(sparse, inputs, lines * part / 3);
        int to = boundary(sparse, inputs, lines * (part + 1) / 3);
        kernel.gradient(product, batch, d, all, rows, from, to);
        float[] alone = new float[dense.length];
        Arrays.fill(alone, 77f);
        kernel.gradient(product, batch, d, alone, rows, from, to);
        for (int at = 0; at < alone.length; at++) {
          int line = (at - 16) / 16;
          if (at < 16 || line < from || line >= to) {
            assertThat(alone[at]).as("beside the part").isEqualTo(77f);
          }
        }
      }
      assertThat(all).isEqualTo(dense);
    }
  }

  private static int boundary(SparseRows sparse, int inputs, int line) {
    return line - line % inputs + sparse.boundary(line % inputs);
  }

  private static void makeZeros(float[] a, int ofTen, RandomState random) {
    for (int i = 0; i < a.length; i++) {
      a[i] = random.randint(0, 10) < ofTen ? 0 : a[i];
    }
  }

  @Test
  void sparseRowsGiveTheirRowsBack() {
    for (int columns : new int[] {64, 67, 68, 131, 784}) {
      float[] a = normal(5 * columns, 1, new RandomState(columns));
      makeZeros(a, 7, new RandomState(1));
      Arrays.fill(a, columns, 2 * columns, 0f); // an empty row
      SparseRows rows = sparse(a, 0, 5, columns);
      assertThat(rows.rows()).isEqualTo(5);
      for (int row = 0; row < 5; row++) {
        float[] copy = new float[columns + 2];
        Arrays.fill(copy, 9f);
        rows.copyRow(row, copy, 1);
        assertThat(copy[0]).isEqualTo(9f);
        assertThat(copy[columns + 1]).isEqualTo(9f);
        assertThat(Arrays.copyOfRange(copy, 1, columns + 1))
            .isEqualTo(Arrays.copyOfRange(a, row * columns, (row + 1) * columns));
      }
    }
  }

  @Test
  void sparseRowsAreSharedAtMultiplesOf64ColumnsAndNeverWithinABlock() {
    SparseRows rows = sparse(new float[130], 0, 1, 130);
    assertThat(rows.boundary(0)).isZero();
    assertThat(rows.boundary(63)).isZero();
    assertThat(rows.boundary(64)).isEqualTo(64);
    assertThat(rows.boundary(129)).as("two columns are no block").isEqualTo(64);
    assertThat(rows.boundary(130)).isEqualTo(130);
    assertThat(SparseRows.canHold(63)).isFalse();
    assertThat(SparseRows.canHold(65_537)).isFalse();
  }

  @Test
  void rowsAreFetchedWithoutBeingChangedAlsoTheLastAndEmptyOnes() {
    for (int numbers : new int[] {0, 1, 128 * 30}) { // in 40 rows: none, one, 30 full ones
      float[] a = new float[40 * 128];
      for (int i = 0; i < numbers; i++) {
        a[a.length - 1 - i] = i + 1;
      }
      SparseRows rows = sparse(a, 0, 40, 128);
      rows.fetch(new int[] {39, 0, 38, 39}, 0, 4);
      rows.fetch(new int[] {39, 0, 38, 39}, 0, 4, 64, 128);
      float[] copy = new float[a.length];
      for (int row = 0; row < 40; row++) {
        rows.copyRow(row, copy, row * 128);
      }
      assertThat(copy).isEqualTo(a);
    }
  }

  private static SparseRows sparse(float[] a, int at, int rows, int columns) {
    SparseRows.Builder builder = new SparseRows.Builder(rows, columns, 0);
    for (int row = 0; row < rows; row++) {
      int from = at + row * columns;
      builder.add(Arrays.copyOfRange(a, from, from + columns));
    }
    return builder.build();
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
      assertSmoothReLusHaveTheSameBits(z, d, 16, to);
      for (float shift : new float[] {0f, -3.7f, 60f}) {
        assertSameBits(
            made(d, a -> vector.exp(z, shift, a, 16, to)),
            made(d, a -> scalar.exp(z, shift, a, 16, to)));
      }
    }
  }

  private void assertSmoothReLusHaveTheSameBits(float[] z, float[] d, int from, int to) {
    assertSameBits(
        made(d, a -> vector.elu(1.5f, 0.3f, z, a, from, to)),
        made(d, a -> scalar.elu(1.5f, 0.3f, z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.eluGradient(1.5f, 0.3f, z, a, from, to)),
        made(d, a -> scalar.eluGradient(1.5f, 0.3f, z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.silu(z, a, from, to)), made(d, a -> scalar.silu(z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.siluGradient(z, a, from, to)),
        made(d, a -> scalar.siluGradient(z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.gelu(z, a, from, to)), made(d, a -> scalar.gelu(z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.geluGradient(z, a, from, to)),
        made(d, a -> scalar.geluGradient(z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.softplus(z, a, from, to)),
        made(d, a -> scalar.softplus(z, a, from, to)));
    assertSameBits(
        made(d, a -> vector.softplusGradient(z, a, from, to)),
        made(d, a -> scalar.softplusGradient(z, a, from, to)));
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
    assertSmoothReLusHaveTheSameBits(z, z, 0, z.length);
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

  private static void assertSameBits(float[][] actual, float[][] expected) {
    for (int row = 0; row < expected.length; row++) {
      assertSameBits(actual[row], expected[row]);
    }
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

  @Test
  void allFiniteSeesEachInfinityAndNan() {
    for (Kernel kernel : new Kernel[] {scalar, vector}) {
      float[] values = normal(64, 1, new RandomState(0));
      values[20] = Float.MAX_VALUE;
      values[40] = -Float.MAX_VALUE;
      values[15] = Float.NaN; // before
      values[48] = Float.NaN; // behind
      assertThat(kernel.allFinite(values, 16, 48)).isTrue();
      assertThat(kernel.allFinite(values, 16, 16)).isTrue();
      for (int i = 16; i < 48; i++) {
        for (float bad : new float[] {Float.NaN, 1 / 0f, -1 / 0f, Float.intBitsToFloat(-1)}) {
          float kept = values[i];
          values[i] = bad;
          assertThat(kernel.allFinite(values, 16, 48)).isFalse();
          values[i] = kept;
        }
      }
    }
  }

  private static void scatterSpecial(float[] values, RandomState random) {
    for (int i = 0; i < values.length; i++) {
      if (random.randint(0, 10) == 0) {
        values[i] = SPECIAL[(int) random.randint(0, SPECIAL.length)];
      }
    }
  }

  /** Random operands of a product. */
  private static final class Operands {
    static final int OFFSET = 5; // where what need not stand at the start of its array does
    static final int LANES = Kernel.LANES;

    final int rows;
    final int steps;
    final int columns;
    final int panels;
    final float[] a; // [rows][steps] from OFFSET, or [steps][rows] for a gradient
    final float[] b; // [panel][steps][LANES] from OFFSET, then start, [panel][LANES]
    final int startAt;

    Operands(int rows, int steps, int columns, long seed) {
      this.rows = rows;
      this.steps = steps;
      this.columns = columns;
      panels = Math.ceilDiv(columns, LANES);
      startAt = OFFSET + panels * steps * LANES;
      RandomState random = new RandomState(seed);
      a = normal(OFFSET + rows * steps, 1, random);
      b = normal(startAt + panels * LANES, 1, random);
    }

    float a(int row, int step) {
      return a[OFFSET + row * steps + step];
    }

    float b(int step, int column) {
      return b[OFFSET + (column / LANES * steps + step) * LANES + column % LANES];
    }

    float start(int column) {
      return b[startAt + column];
    }

    private Panels panels(int rows) {
      return new Panels(OFFSET, rows, columns);
    }

    private Product product(boolean manyZeros) {
      return Product.of(steps, panels(steps), startAt, panels * LANES, manyZeros);
    }

    /** The result, {@code [rows][columns]}; around it nothing may be touched. */
    float[][] product(Kernel kernel) {
      return product(kernel, false);
    }

    float[][] product(Kernel kernel, boolean manyZeros) {
      float[] c = emptyResult();
      kernel.product(product(manyZeros), a, OFFSET, b, c, 0, rows);
      return result(c, 0, panels * LANES, LANES);
    }

    /** The same of a without its zeros, its rows the last of an order. */
    float[][] sparseProduct(Kernel kernel) {
      int[] order = new int[rows + 2];
      Arrays.setAll(order, i -> Math.max(0, i - 2));
      SparseBatch batch = new SparseBatch(sparse(a, OFFSET, rows, steps));
      batch.take(order, 2);
      float[] c = emptyResult();
      kernel.product(product(true), batch, b, c, 0, rows);
      return result(c, 0, panels * LANES, LANES);
    }

    /** A product of a transposed, {@code [rows][columns]}, its lines computed in so many parts. */
    float[][] gradient(Kernel kernel, int parts) {
      Product product = Product.gradient(rows, panels(steps), panels(rows));
      float[] c = emptyResult();
      int lines = panels * rows;
      for (int part = 0; part < parts; part++) {
        int from = lines * part / parts;
        kernel.gradient(product, a, b, c, steps, from, lines * (part + 1) / parts);
      }
      return result(c, OFFSET, LANES, rows * LANES);
    }

    private float[] emptyResult() {
      float[] c = new float[OFFSET + rows * panels * LANES + LANES];
      Arrays.fill(c, 77f);
      return c;
    }

    private float[][] result(float[] c, int at, int cRow, int cPanel) {
      for (int i = 0; i < at; i++) {
        assertThat(c[i]).isEqualTo(77f);
      }
      for (int i = at + rows * panels * LANES; i < c.length; i++) {
        assertThat(c[i]).isEqualTo(77f);
      }
      float[][] result = new float[rows][columns];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          result[row][column] = c[at + row * cRow + column / LANES * cPanel + column % LANES];
        }
      }
      return result;
    }
  }
}

package dev.glia.bench;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Kernels;
import dev.glia.internal.kernel.Panels;
import dev.glia.internal.kernel.Product;
import dev.glia.internal.kernel.SparseBatch;
import dev.glia.internal.kernel.SparseRows;
import dev.glia.random.RandomState;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From which density on is a dense first layer faster? A batch of pictures like MNIST's through 784
 * x units, forward and backward, with and without their zeros, on one thread.
 *
 * <p>{@code Examples} keeps rows without zeros below the density at which the pairs of lines cross.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SparseBenchmark {

  private static final int SIDE = 28;
  private static final int INPUTS = SIDE * SIDE;
  private static final int ROWS = 1_280; // more than the caches hold, as in a training
  private static final int BATCH = 64;
  private static final int BLUR = 2; // pixels: what is not 0 stands together, as ink does

  /** The share of pixels that are not 0; MNIST's is 0.19. */
  @Param({"0.05", "0.1", "0.2", "0.3", "0.4", "0.6"})
  public double density;

  /** Units of the first layer. */
  @Param({"16", "64", "128"})
  public int units;

  private final Kernel kernel = Kernels.fastest();
  private SparseBatch batch;
  private Product forward; // sums = pictures * weights
  private Product gradient; // gradients = pictures transposed * panels
  private int lines; // of the weights
  private float[] dense; // [ROWS][INPUTS]
  private int[] order; // [ROWS]
  private int first;
  private int stride;
  private float[] input; // [BATCH][INPUTS]: the batch with its zeros
  private float[] weights; // [stride / LANES][INPUTS][LANES]
  private float[] sums; // [BATCH][stride]
  private float[] panels; // [stride / LANES][BATCH][LANES]: the gradient by the sums
  private float[] gradients; // as the weights

  /** Draws the pictures. */
  @Setup
  public void prepare() {
    RandomState random = new RandomState(0);
    dense = new float[ROWS * INPUTS];
    SparseRows.Builder builder = new SparseRows.Builder(ROWS, INPUTS, ROWS);
    for (int row = 0; row < ROWS; row++) {
      float[] picture = picture(density, random);
      System.arraycopy(picture, 0, dense, row * INPUTS, INPUTS);
      builder.add(picture);
    }
    batch = new SparseBatch(builder.build());
    order = random.permutation(ROWS);
    input = new float[BATCH * INPUTS];
    copyBatch();
    stride = Kernel.stride(units);
    Panels w = new Panels(0, INPUTS, units);
    lines = w.lines();
    forward = Product.of(INPUTS, w, Product.ZERO, stride, false);
    gradient = Product.gradient(INPUTS, new Panels(0, BATCH, units), w);
    weights = noise(stride * INPUTS, random);
    sums = new float[BATCH * stride];
    panels = noise(BATCH * stride, random);
    gradients = new float[stride * INPUTS];
  }

  /** Blurred noise, of which the lightest pixels stay. */
  private static float[] picture(double density, RandomState random) {
    float[] noise = noise(INPUTS, random);
    float[] blurred = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      for (int y = Math.max(0, i / SIDE - BLUR); y <= Math.min(SIDE - 1, i / SIDE + BLUR); y++) {
        for (int x = Math.max(0, i % SIDE - BLUR); x <= Math.min(SIDE - 1, i % SIDE + BLUR); x++) {
          blurred[i] += noise[y * SIDE + x];
        }
      }
    }
    float[] sorted = blurred.clone();
    Arrays.sort(sorted);
    float darkest = sorted[(int) ((1 - density) * INPUTS)];
    for (int i = 0; i < INPUTS; i++) {
      blurred[i] = blurred[i] < darkest ? 0 : 1 + blurred[i] - darkest;
    }
    return blurred;
  }

  private static float[] noise(int length, RandomState random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }

  private void nextBatch() {
    first = first + 2 * BATCH > ROWS ? 0 : first + BATCH;
  }

  /** A batch that is not in a cache; without sparse rows it is copied together first. */
  private void copyBatch() {
    for (int row = 0; row < BATCH; row++) {
      System.arraycopy(dense, order[first + row] * INPUTS, input, row * INPUTS, INPUTS);
    }
  }

  /** Forward, zeros left out. */
  @Benchmark
  public float[] forwardSparse() {
    nextBatch();
    batch.take(order, first);
    kernel.product(forward, batch, weights, sums, 0, BATCH);
    return sums;
  }

  /** Forward, zeros multiplied. */
  @Benchmark
  public float[] forwardDense() {
    nextBatch();
    copyBatch();
    forward();
    return sums;
  }

  private void forward() {
    kernel.product(forward, input, 0, weights, sums, 0, BATCH);
  }

  /** The weights' gradient of the batch that the forward pass has just read, zeros left out. */
  @Benchmark
  public float[] gradientSparse() {
    kernel.gradient(gradient, batch, panels, gradients, BATCH, 0, lines);
    return gradients;
  }

  /** The weights' gradient, zeros multiplied. */
  @Benchmark
  public float[] gradientDense() {
    gradient();
    return gradients;
  }

  private void gradient() {
    kernel.gradient(gradient, input, panels, gradients, BATCH, 0, lines);
  }
}

package dev.glia.bench;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Kernels;
import dev.glia.internal.kernel.Panels;
import dev.glia.internal.kernel.Product;
import dev.glia.internal.kernel.Workers;
import dev.glia.random.RandomState;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The matrix product, rows x steps times steps x columns, beside that of OpenBLAS. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {

  /** Rows x steps x columns: the first article's layers, a wide network's, a square. */
  @Param({"64x784x16", "64x16x10", "128x784x512", "128x512x256", "1024x1024x1024"})
  public String size;

  /** One of Glia's kernels, or OPENBLAS where the build has it. */
  @Param({"VECTOR", "SCALAR"})
  public String kernel;

  /** How many threads share the rows. */
  @Param({"1", "2"})
  public int threads;

  private int rows;
  private int steps;
  private int columns;
  private Runnable product;
  private Runnable close;

  /** Fills the operands. */
  @Setup
  public void prepare() throws IOException {
    String[] sizes = size.split("x", -1);
    rows = Integer.parseInt(sizes[0]);
    steps = Integer.parseInt(sizes[1]);
    columns = Integer.parseInt(sizes[2]);
    if (kernel.equals("OPENBLAS")) {
      prepareOpenBlas();
    } else {
      prepareKernel(Kernels.named(kernel));
    }
  }

  private void prepareKernel(Kernel arithmetic) {
    int stride = Kernel.stride(columns);
    float[] a = random(rows * steps);
    float[] b = random(steps * stride); // [stride / LANES][steps][LANES]
    float[] c = new float[rows * stride];
    Product shape = Product.of(steps, new Panels(0, steps, columns), Product.ZERO, stride, false);
    Workers workers = new Workers(threads);
    Workers.Task task =
        (share, count) ->
            arithmetic.product(shape, a, 0, b, c, rows * share / count, rows * (share + 1) / count);
    product = () -> workers.run(task);
    close = workers::close;
  }

  private void prepareOpenBlas() throws IOException {
    OpenBlas blas = new OpenBlas();
    blas.setThreads(threads);
    Arena arena = Arena.ofShared();
    MemorySegment a = copy(random(rows * steps), arena);
    MemorySegment b = copy(random(steps * columns), arena);
    MemorySegment c = copy(new float[rows * columns], arena);
    product = () -> blas.product(a, b, c, rows, steps, columns);
    close = arena::close;
    product.run();
    check(a, b, c);
  }

  /** A wrong call gives wrong numbers, not an error: one of them is computed here. */
  private void check(MemorySegment a, MemorySegment b, MemorySegment c) {
    double sum = 0;
    for (int s = 0; s < steps; s++) {
      sum +=
          (double) a.getAtIndex(ValueLayout.JAVA_FLOAT, (rows - 1L) * steps + s)
              * b.getAtIndex(ValueLayout.JAVA_FLOAT, s * (long) columns + columns - 1);
    }
    float last = c.getAtIndex(ValueLayout.JAVA_FLOAT, (long) rows * columns - 1);
    if (Math.abs(last - sum) > 1e-3) { // steps of up to 1, each rounded: far less than this
      throw new IllegalStateException("OpenBLAS gave " + last + " instead of " + sum + ".");
    }
  }

  private static MemorySegment copy(float[] values, Arena arena) {
    MemorySegment segment = arena.allocate(4L * values.length, 64); // a line of the cache
    return segment.copyFrom(MemorySegment.ofArray(values));
  }

  private static float[] random(int length) {
    RandomState random = new RandomState(0);
    float[] values = new float[length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }

  /** One product. */
  @Benchmark
  public void product() {
    product.run();
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    close.run();
  }
}

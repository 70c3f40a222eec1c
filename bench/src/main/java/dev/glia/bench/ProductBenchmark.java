package dev.glia.bench;

import dev.glia.data.RandomState;
import dev.glia.internal.kernel.Kernel;
import dev.glia.training.KernelChoice;
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

/** The matrix product on one thread: rows x steps times steps x columns. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductBenchmark {

  /** Rows x steps x columns: the first articles' layers, a wide network's, a square. */
  @Param({"64x784x16", "64x16x10", "128x784x512", "128x512x256", "1024x1024x1024"})
  public String size;

  /** Which kernel. */
  @Param({"VECTOR", "SCALAR"})
  public KernelChoice kernel;

  private Kernel arithmetic;
  private int rows;
  private int steps;
  private int stride;
  private float[] a; // [rows][steps]
  private float[] b; // [steps][stride]
  private float[] start; // [stride]
  private float[] c; // [rows][stride]

  /** Fills the operands. */
  @Setup
  public void fill() {
    String[] sizes = size.split("x", -1);
    arithmetic = kernel.kernel();
    rows = Integer.parseInt(sizes[0]);
    steps = Integer.parseInt(sizes[1]);
    stride = Kernel.stride(Integer.parseInt(sizes[2]));
    RandomState random = new RandomState(0);
    a = fill(new float[rows * steps], random);
    b = fill(new float[steps * stride], random);
    start = new float[stride];
    c = new float[rows * stride];
  }

  private static float[] fill(float[] values, RandomState random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }

  /** One product. */
  @Benchmark
  public float[] product() {
    arithmetic.product(
        a,
        0,
        steps,
        1,
        b,
        0,
        steps * Kernel.LANES,
        start,
        0,
        c,
        0,
        stride,
        Kernel.LANES,
        rows,
        steps,
        columns,
        false);
    return c;
  }
}

package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import dev.glia.cli.bench.BenchFigure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That figures come and mean something; how good they are, no test says. */
class BenchTest {

  @TempDir Path empty; // no MNIST: A and B take digits

  private Run bench(Object... args) {
    Object[] all = new Object[args.length + 5];
    all[0] = "bench";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--seconds";
    all[args.length + 2] = 0.05;
    all[args.length + 3] = "--data-dir";
    all[args.length + 4] = empty;
    return Glia.run(all);
  }

  @ParameterizedTest
  @CsvSource({
    "A,       1, seconds,      784-16-10,      2",
    "B,       1, seconds,      784-512-256-10, 2",
    "C,       1, updates/s,    2-16-16-1,      1",
    "one,     1, microseconds, 784-16-10,      1",
    "many,    2, rows/s,       784-16-10,      2",
    "product, 12, GFLOP/s,     ,               2"
  })
  void everyWorkloadGivesFigures(
      String workload, int lines, String unit, String network, int threads) {
    Run run = bench(workload, "--json", "--threads", 2).ok();
    List<Map<?, ?>> figures = run.events("bench");
    assertThat(figures).hasSize(lines).hasSameSizeAs(run.objects());
    for (Map<?, ?> figure : figures) {
      assertThat(figure.get("workload")).isEqualTo(workload);
      assertThat(figure.get("unit")).isEqualTo(unit);
      assertThat(figure.get("network")).isEqualTo(network);
      assertThat(figure.get("kernel").toString()).contains("bit");
      List<Double> samples = ((List<?>) figure.get("samples")).stream().map(this::number).toList();
      assertThat(samples)
          .isNotEmpty()
          .allSatisfy(sample -> assertThat(sample).isPositive().isFinite());
      double median = number(figure.get("median"));
      assertThat(median).isBetween(min(samples), samples.stream().max(Double::compare).get());
      assertThat(number(figure.get("min"))).isEqualTo(min(samples));
    }
    assertThat(number(figures.getLast().get("threads"))).isEqualTo(threads);
  }

  private double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static double min(List<Double> samples) {
    return samples.stream().min(Double::compare).get();
  }

  @Test
  void aPersonGetsATable() {
    Run run = bench("C", "one", "A", "one", "--rows", 100, "--no-shuffle").ok();
    assertThat(run.out().lines().findFirst().orElseThrow())
        .matches("Kernel .* bit, \\d+ threads?, Java 2.*, \\d+ processors?");
    assertThat(run.out())
        .containsOnlyOnce("one row through 784-16-10")
        .containsPattern("A +an epoch of 784-16-10, 100 rows of digits, not shuffled +[\\d.e-]+ +s")
        .containsPattern("C +updates of 2-16-16-1, 150 rows of moons at once +[\\d,.]+ +updates/s")
        .contains("examples/s");
    assertThat(run.err()).contains("MNIST is not here", "digits");
    assertThat(run.out().indexOf("\nA ")).isLessThan(run.out().indexOf("\nC "));
  }

  @Test
  void quietIsTheTableAlone() {
    Run run = bench("a", "-q", "--layers", "3:relu", "--rows", 10).ok();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("workload").contains("784-3-10");
  }

  @Test
  void theScalarKernelToo() {
    Run run = bench("A", "one", "--kernel", "scalar", "--json", "--threads", 1).ok();
    assertThat(run.values("bench", "kernel")).containsExactly("scalar", "scalar");
    assertThat(run.values("bench", "data")).containsExactly("digits", null);
  }

  @Test
  void badInput() {
    bench("fly").fails(2, "There is no workload \"fly\". There are: A, B, C, one, many, product.");
    bench("A", "--kernel", "fast").fails(2, "--kernel: Expected auto or vector or scalar");
    bench("A", "--threads", 0).fails(2, "The number of threads must be at least 1, got 0.");
    bench("A", "--rows", 0).fails(2, "--rows must be from 1 to the 3350 rows", "digits", "got 0.");
    bench("B", "--rows", 99_999).fails(2, "--rows must be from 1 to", "got 99999.");
    bench("C", "--no-shuffle").fails(2, "are for the workloads A and B");
    bench("A", "--layers", "x").fails(2, "--layers: A layer is written UNITS:ACTIVATION");
    for (String seconds : List.of("0", "-1", "NaN", "Infinity")) {
      Glia.run("bench", "--seconds", seconds).fails(2, "--seconds must be a number over 0");
    }
    Glia.run("bench", "--seconds", "long").fails(2, "--seconds: Expected a number, got \"long\".");
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(BenchFigure.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(BenchFigure.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    assertThat(List.of(1234.6, 123.4, 12.34, 1.234, 0.1234, 0.001234))
        .map(BenchFigure::text)
        .containsExactly("1,235", "123", "12.3", "1.23", "0.1234", "1.23e-03");
  }
}

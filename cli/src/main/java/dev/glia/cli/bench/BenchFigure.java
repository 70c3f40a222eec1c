package dev.glia.cli.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one measurement gave.
 *
 * @param what for people: what was measured
 * @param subject the same for programs, field by field
 * @param samples in the unit; at least one
 * @param examplesPerSecond from the median; null where the unit says it already
 */
public record BenchFigure(
    Workload workload,
    String what,
    Map<String, Object> subject,
    String kernel,
    int threads,
    String unit,
    List<Double> samples,
    @Nullable Double examplesPerSecond) {

  /** The middle sample, or the mean of the middle two. */
  public double median() {
    return median(samples);
  }

  /** The middle number, or the mean of the middle two. */
  public static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The fields of {@code --json}, the same as those of the peers in bench/peers. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "bench");
    fields.put("workload", workload.label());
    fields.putAll(subject);
    fields.put("kernel", kernel);
    fields.put("threads", threads);
    fields.put("unit", unit);
    fields.put("median", median());
    fields.put("min", Collections.min(samples));
    fields.put("samples", samples);
    if (examplesPerSecond != null) {
      fields.put("examples_per_second", examplesPerSecond);
    }
    return fields;
  }

  /** A figure with three or more digits that count. */
  public static String text(double figure) {
    String format;
    if (figure >= 100) {
      format = "%,.0f";
    } else if (figure >= 10) {
      format = "%.1f";
    } else if (figure >= 1) {
      format = "%.2f";
    } else {
      format = figure >= 0.01 ? "%.4f" : "%.2e";
    }
    return String.format(Locale.ROOT, format, figure);
  }
}

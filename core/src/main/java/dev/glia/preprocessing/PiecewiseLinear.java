package dev.glia.preprocessing;

import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A number, scaled, and how far it has come through each of some bins: 1 for a bin that lies below
 * it, 0 for one that lies above, and for its own bin the share of it that lies below.
 *
 * <p>Piecewise-linear encoding by quantiles: Gorishniy, Rubachev and Babenko, "On Embeddings for
 * Numerical Features in Tabular Deep Learning" (2022), section 3.2. A network's first layer then
 * makes any piecewise-linear function of the number, where the number alone gives it a straight
 * line. Beyond the outer edges bins stay at 0 and 1: only the scaled number goes on there.
 */
public final class PiecewiseLinear implements Encoding {

  static final String KIND = "piecewise_linear";

  /** More would make files and networks that nobody can have wanted. */
  static final int MOST_BINS = 1_000;

  private final ScaledNumbers scaled;
  private final double[] edges; // [bins + 1], ascending

  /**
   * An encoding with known edges.
   *
   * @param scaled the number by itself, whose inputs come first
   * @param edges of the bins, ascending, at least two; copied
   * @throws IllegalArgumentException if they are not
   */
  public PiecewiseLinear(ScaledNumbers scaled, double... edges) {
    this.scaled = scaled;
    this.edges = edges.clone();
    boolean ascending = edges.length >= 2 && edges.length <= MOST_BINS + 1;
    for (int i = 0; ascending && i < edges.length; i++) {
      ascending = Double.isFinite(edges[i]) && (i == 0 || edges[i] > edges[i - 1]);
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "The bins of %s need from 2 to %d finite edges, each over the one before, got %s."
              .formatted(
                  OutsideText.quoted(scaled.column()),
                  MOST_BINS + 1,
                  OutsideText.shown(Arrays.toString(edges))));
    }
  }

  /**
   * Learns bins that hold about as many of the numbers each. Where few numbers are different there
   * are fewer bins; where this leaves one bin, the scaled number says as much and stands alone.
   *
   * @param bins how many at most, at least 1
   * @throws IllegalArgumentException if a number is too large to be scaled
   */
  public static Encoding fit(Numbers numbers, Scaler.Kind scaling, int bins) {
    ScaledNumbers scaled = ScaledNumbers.fit(numbers, scaling);
    double[] sorted =
        Arrays.stream(numbers.values()).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return scaled;
    }
    double[] edges = edges(sorted, bins);
    return edges.length <= 2 ? scaled : new PiecewiseLinear(scaled, edges);
  }

  /**
   * Edges from the least number to the greatest, each at a number that there is. A bin ends when it
   * has its share of the numbers that were left when it began; so one number that most rows have,
   * such as 0, takes one edge, and the others share the bins that remain.
   *
   * @param sorted in ascending order
   */
  private static double[] edges(double[] sorted, int bins) {
    double[] edges = new double[bins + 1];
    int count = 0;
    edges[count++] = sorted[0];
    int last = sorted.length - 1;
    int from = after(sorted, 0); // where the running bin begins
    for (int i = from; i <= last; i = after(sorted, i)) {
      int next = after(sorted, i);
      int left = bins + 1 - count; // bins, with the running one
      boolean full = (long) (next - from) * left >= sorted.length - from;
      if (full || next > last) {
        edges[count++] = sorted[i];
        from = next;
      }
    }
    return Arrays.copyOf(edges, count);
  }

  /** The place of the next number that is greater than the one at a place. */
  private static int after(double[] sorted, int place) {
    int next = place + 1;
    while (next < sorted.length && sorted[next] == sorted[place]) {
      next++;
    }
    return next;
  }

  /** The number by itself, whose inputs come first. */
  public ScaledNumbers scaled() {
    return scaled;
  }

  /** The edges of the bins, a copy. */
  public double[] edges() {
    return edges.clone();
  }

  @Override
  public String column() {
    return scaled.column();
  }

  @Override
  public List<String> rawNames() {
    return scaled.rawNames();
  }

  @Override
  public int width() {
    return scaled.width() + edges.length - 1;
  }

  @Override
  public List<String> missing(Table table) {
    return scaled.missing(table);
  }

  @Override
  public Matrix raw(Table table) {
    return scaled.raw(table);
  }

  @Override
  public double raw(Object value) {
    return scaled.raw(value);
  }

  @Override
  public void write(double[] raw, int from, float[] out, int at) {
    scaled.write(raw, from, out, at);
    double x = Double.isNaN(raw[from]) ? scaled.mean() : raw[from];
    int bin = at + scaled.width();
    for (int i = 1; i < edges.length; i++) {
      double below = edges[i - 1];
      double above = edges[i];
      out[bin++] = x >= above ? 1 : x <= below ? 0 : (float) ((x - below) / (above - below));
    }
  }

  @Override
  public List<String> inputNames() {
    List<String> names = new ArrayList<>(scaled.inputNames());
    for (int i = 1; i < edges.length; i++) {
      names.add("%s from %s to %s".formatted(column(), edges[i - 1], edges[i]));
    }
    return names;
  }

  @Override
  public String words() {
    return scaled.words() + " in " + (edges.length - 1) + " bins";
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>(scaled.describe());
    fields.put("kind", KIND);
    fields.put("edges", edges);
    return fields;
  }

  static PiecewiseLinear read(Fields fields) {
    return new PiecewiseLinear(ScaledNumbers.read(fields), fields.array("edges"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PiecewiseLinear o
        && o.scaled.equals(scaled)
        && Arrays.equals(o.edges, edges);
  }

  @Override
  public int hashCode() {
    return 31 * scaled.hashCode() + Arrays.hashCode(edges);
  }

  @Override
  public String toString() {
    return "PiecewiseLinear[scaled=%s, edges=%s]".formatted(scaled, Arrays.toString(edges));
  }
}

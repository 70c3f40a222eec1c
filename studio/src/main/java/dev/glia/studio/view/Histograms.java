package dev.glia.studio.view;

import dev.glia.compute.Padding;
import dev.glia.inspection.Probe;
import dev.glia.network.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How weights, activations and gradients of each layer are spread. */
final class Histograms implements Part {

  private static final int BINS = 40;

  @Override
  public String name() {
    return "histograms";
  }

  @Override
  public Map<String, @Nullable Object> of(Snapshot snapshot) {
    Architecture architecture = snapshot.architecture();
    snapshot.goOn();
    Probe probe = snapshot.probe();
    List<Map<String, @Nullable Object>> layers = new ArrayList<>();
    for (int layer : architecture.denseLayers()) {
      snapshot.goOn();
      layers.add(
          JsonObject.with("weights", histogram(weights(architecture, snapshot.parameters(), layer)))
              .and("activations", histogram(activations(probe, layer)))
              .and("gradients", histogram(probe.weightGradients(layer)))
              .map());
    }
    return JsonObject.with("layers", layers).map();
  }

  /** All units' for all rows, {@code [rows * units]}. */
  private static float[] activations(Probe probe, int layer) {
    int units = probe.activations(layer, 0).length;
    float[] all = new float[probe.rows() * units];
    for (int row = 0; row < probe.rows(); row++) {
      System.arraycopy(probe.activations(layer, row), 0, all, row * units, units);
    }
    return all;
  }

  /** What stands at the places of a layer's weights, {@code [units * inputs]}, without padding. */
  private static float[] weights(Architecture architecture, float[] parameters, int layer) {
    int inputs = architecture.inputsOf(layer);
    int units = architecture.unitsOf(layer);
    float[] weights = new float[inputs * units];
    int start = architecture.weightsAt(layer);
    int at = 0;
    for (int unit = 0; unit < units; unit += Padding.LANES) { // a panel
      int lanes = Math.min(Padding.LANES, units - unit);
      for (int in = 0; in < inputs; in++) {
        System.arraycopy(parameters, start, weights, at, lanes);
        start += Padding.LANES;
        at += lanes;
      }
    }
    return weights;
  }

  private static Map<String, @Nullable Object> histogram(float[] values) {
    Range range = Range.of(values);
    double from = range.from();
    double to = range.to();
    if (from == to) { // a single value stands in the middle
      double half = Math.max(0.5, Math.abs(from) * 0.5);
      from -= half;
      to += half;
    }
    double[] counts = new double[BINS];
    double bins = BINS / (to - from);
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[Math.min(BINS - 1, (int) ((value - from) * bins))]++;
      }
    }
    return JsonObject.with("from", from).and("to", to).and("counts", counts).map();
  }
}

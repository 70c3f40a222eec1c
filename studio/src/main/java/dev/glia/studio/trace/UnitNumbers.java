package dev.glia.studio.trace;

import dev.glia.inspection.ExampleTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every number of one unit of a dense layer, as JSON: forward, back, and what the update makes of
 * its weights.
 */
final class UnitNumbers {

  private static final int MOST = 32; // inputs

  private final ExampleTrace trace;
  private final int layer;
  private final int unit;
  private final double[] x; // [inputs]
  private final int[] shown; // inputs, the largest product first

  UnitNumbers(ExampleTrace trace, int layer, int unit) {
    this.trace = trace;
    this.layer = layer;
    this.unit = unit;
    x = trace.inputs(layer);
    shown = Ranking.of(x.length, MOST, this::product);
  }

  private double product(int input) {
    return x[input] * trace.weight(layer, input, unit);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", unit);
    json.put("terms", terms());
    json.put("rest", rest());
    json.put("z", trace.sums(layer)[unit]);
    json.put("a", trace.activations(layer)[unit]);
    json.put("da", trace.activationGradients(layer)[unit]);
    json.put("dadz", trace.derivatives(layer)[unit]);
    json.put("dz", trace.sumGradients(layer)[unit]);
    json.put("weights", weights());
    json.put("bias", bias());
    PassedBack.put(json, trace, layer, unit);
    return json;
  }

  private List<Map<String, Object>> terms() {
    List<Map<String, Object>> terms = new ArrayList<>();
    for (int input : shown) {
      Map<String, Object> term = new LinkedHashMap<>();
      term.put("input", input);
      term.put("x", x[input]);
      term.put("w", trace.weight(layer, input, unit));
      term.put("product", product(input));
      terms.add(term);
    }
    return terms;
  }

  /** The sum of the products that are not shown. */
  private double rest() {
    double sum = 0;
    for (int input = 0; input < x.length; input++) {
      sum += product(input);
    }
    for (int input : shown) {
      sum -= product(input);
    }
    return shown.length == x.length ? 0 : sum;
  }

  private List<Map<String, Object>> weights() {
    List<Map<String, Object>> weights = new ArrayList<>();
    for (int input : shown) {
      Trace.goOn();
      double gradient = trace.gradient(layer, input, unit);
      double difference = trace.difference(layer, input, unit);
      Map<String, Object> weight = new LinkedHashMap<>();
      weight.put("input", input);
      weight.put("w", trace.weight(layer, input, unit));
      weight.put("x", x[input]);
      Trace.putCheck(weight, gradient, difference);
      weight.put("step", trace.stepGradient(layer, input, unit));
      weight.put("memory", trace.memory(layer, input, unit));
      weight.put("new", trace.updated(layer, input, unit));
      weights.add(weight);
    }
    return weights;
  }

  private Map<String, Object> bias() {
    Map<String, Object> bias = new LinkedHashMap<>();
    bias.put("b", trace.bias(layer, unit));
    Trace.putCheck(bias, trace.biasGradient(layer, unit), trace.biasDifference(layer, unit));
    bias.put("step", trace.biasStepGradient(layer, unit));
    bias.put("memory", trace.biasMemory(layer, unit));
    bias.put("new", trace.updatedBias(layer, unit));
    return bias;
  }
}

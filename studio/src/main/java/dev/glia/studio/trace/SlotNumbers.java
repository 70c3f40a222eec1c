package dev.glia.studio.trace;

import dev.glia.inspection.ExampleTrace;
import dev.glia.layer.Slot;
import dev.glia.network.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every number of one unit of a layer that is not dense, as JSON: what comes in and out, forward
 * and back, and the layer's own numbers for the unit.
 */
final class SlotNumbers {

  private final ExampleTrace trace;
  private final int layer;
  private final int unit;

  SlotNumbers(ExampleTrace trace, int layer, int unit) {
    this.trace = trace;
    this.layer = layer;
    this.unit = unit;
  }

  /** The arrays of a layer that have one number for each unit. */
  static List<Slot> slots(Architecture architecture, int layer) {
    return architecture.slotsOf(layer).stream()
        .filter(slot -> slot.shape().equals(List.of(architecture.unitsOf(layer))))
        .toList();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", unit);
    if (ofEachUnit(trace.architecture(), layer)) {
      json.put("x", trace.inputs(layer)[unit]);
      json.put("dx", trace.inputGradients(layer)[unit]);
    }
    json.put("y", trace.activations(layer)[unit]);
    json.put("dy", trace.activationGradients(layer)[unit]);
    List<Slot> shown = slots(trace.architecture(), layer);
    json.put("arrays", shown.stream().map(this::array).toList());
    json.put(
        "notShown",
        trace.architecture().slotsOf(layer).stream()
            .filter(slot -> !shown.contains(slot))
            .map(Slot::name)
            .toList());
    PassedBack.put(json, trace, layer, unit);
    return json;
  }

  /** Whether as many numbers come in as come out: then each unit has an x of its own. */
  static boolean ofEachUnit(Architecture architecture, int layer) {
    return architecture.inputsOf(layer) == architecture.unitsOf(layer);
  }

  private Map<String, Object> array(Slot slot) {
    Map<String, Object> array = new LinkedHashMap<>();
    array.put("name", slot.name());
    array.put("trained", slot.trained());
    array.put("value", trace.value(layer, slot, unit));
    if (slot.trained()) {
      Trace.goOn();
      ExampleTrace.Parameter parameter = trace.parameter(layer, slot, unit);
      Trace.putCheck(array, parameter.gradient(), parameter.difference());
      array.put("step", parameter.stepGradient());
      array.put("memory", parameter.memory());
      array.put("new", parameter.updated());
      array.put("rate", slot.rate());
      array.put("decay", slot.decay());
    }
    return array;
  }
}

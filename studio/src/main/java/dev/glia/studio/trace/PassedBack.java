package dev.glia.studio.trace;

import dev.glia.inspection.ExampleTrace;
import dev.glia.layer.Dense;
import dev.glia.layer.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the layer above passes back to a unit, as JSON. */
final class PassedBack {

  private static final int MOST = 32; // units of the layer above

  private final ExampleTrace trace;
  private final int above;
  private final int unit;

  private PassedBack(ExampleTrace trace, int layer, int unit) {
    this.trace = trace;
    this.unit = unit;
    above = layer + 1;
  }

  /** Adds it to a unit's JSON; nothing for the output layer. */
  static void put(Map<String, Object> json, ExampleTrace trace, int layer, int unit) {
    if (layer + 1 == trace.architecture().depth()) {
      return;
    }
    PassedBack passed = new PassedBack(trace, layer, unit);
    if (trace.architecture().layers().get(layer + 1) instanceof Dense) {
      passed.putProducts(json);
    } else if (SlotNumbers.ofEachUnit(trace.architecture(), layer + 1)) {
      passed.putUnit(json);
    }
  }

  /** Of a dense layer: the gradient is the sum of w * dz over its units. */
  private void putProducts(Map<String, Object> json) {
    double[] dz = trace.sumGradients(above);
    int[] units = Ranking.of(dz.length, MOST, i -> dz[i] * trace.weight(above, unit, i));
    List<Map<String, Object>> back = new ArrayList<>();
    double rest = 0;
    for (int i = 0; i < dz.length; i++) {
      rest += dz[i] * trace.weight(above, unit, i);
    }
    for (int i : units) {
      double w = trace.weight(above, unit, i);
      rest -= dz[i] * w;
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("unit", i);
      one.put("w", w);
      one.put("dz", dz[i]);
      back.add(one);
    }
    json.put("back", back);
    json.put("backRest", units.length == dz.length ? 0.0 : rest);
  }

  /** Of another layer: what comes back to its own unit, and the numbers of that. */
  private void putUnit(Map<String, Object> json) {
    List<Map<String, Object>> arrays = new ArrayList<>();
    for (Slot slot : SlotNumbers.slots(trace.architecture(), above)) {
      Map<String, Object> array = new LinkedHashMap<>();
      array.put("name", slot.name());
      array.put("value", trace.value(above, slot, unit));
      arrays.add(array);
    }
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("dy", trace.activationGradients(above)[unit]);
    own.put("arrays", arrays);
    json.put("above", own);
  }
}

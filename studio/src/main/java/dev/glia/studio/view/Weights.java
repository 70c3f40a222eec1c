package dev.glia.studio.view;

import dev.glia.network.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights between the units that are drawn, and their biases. */
final class Weights implements Part {

  private static final int MOST = 32; // inputs and units a layer

  @Override
  public String name() {
    return "weights";
  }

  @Override
  public Map<String, @Nullable Object> of(Snapshot snapshot) {
    List<Map<String, @Nullable Object>> layers = new ArrayList<>();
    for (int layer : snapshot.architecture().denseLayers()) {
      snapshot.goOn();
      layers.add(layer(snapshot.architecture(), snapshot.parameters(), layer));
    }
    return JsonObject.with("layers", layers).map();
  }

  private static Map<String, @Nullable Object> layer(
      Architecture architecture, float[] parameters, int layer) {
    int[] inputs = Shown.of(architecture.inputsOf(layer), MOST);
    int[] units = Shown.of(architecture.unitsOf(layer), MOST);
    float[] values = new float[inputs.length * units.length]; // [inputs][units]
    float[] biases = new float[units.length];
    double largest = 0;
    for (int j = 0; j < units.length; j++) {
      biases[j] = parameters[architecture.biasesAt(layer) + units[j]];
      for (int i = 0; i < inputs.length; i++) {
        float weight = parameters[architecture.weightAt(layer, inputs[i], units[j])];
        values[i * units.length + j] = weight;
        largest = Float.isFinite(weight) ? Math.max(largest, Math.abs(weight)) : largest;
      }
    }
    return JsonObject.with("inputs", Shown.list(inputs))
        .and("units", Shown.list(units))
        .and("values", Packed.of(values))
        .and("biases", Packed.of(biases))
        .and("largest", largest)
        .map();
  }
}

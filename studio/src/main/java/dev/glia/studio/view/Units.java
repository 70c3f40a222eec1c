package dev.glia.studio.view;

import dev.glia.compute.KernelChoice;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The activation of every unit over the plane: what each one looks for. */
final class Units implements Part {

  static final int SIZE = 24;
  private static final int MOST = 32; // units a layer

  @Override
  public String name() {
    return "units";
  }

  @Override
  public @Nullable Map<String, @Nullable Object> of(Snapshot snapshot) {
    Grid grid = snapshot.subject().unitsGrid();
    if (grid == null) {
      return null;
    }
    Architecture architecture = snapshot.architecture();
    snapshot.goOn();
    ForwardPass pass = new ForwardPass(architecture, grid.points(), KernelChoice.AUTO);
    pass.run(snapshot.parameters(), grid.scaled(), 0, grid.points());
    List<List<String>> layers = new ArrayList<>();
    List<List<Integer>> shown = new ArrayList<>();
    for (int layer : architecture.denseLayers()) {
      snapshot.goOn();
      int[] units = Shown.of(architecture.unitsOf(layer), MOST);
      shown.add(Shown.list(units));
      layers.add(fields(pass, layer, units, grid.points()));
    }
    return JsonObject.with("size", SIZE)
        .and("extent", snapshot.subject().corners())
        .and("layers", layers)
        .and("shown", shown)
        .map();
  }

  private static List<String> fields(ForwardPass pass, int layer, int[] units, int points) {
    float[][] a = new float[units.length][points]; // [units][points]
    for (int point = 0; point < points; point++) {
      float[] row = pass.activations(layer, point);
      for (int i = 0; i < units.length; i++) {
        a[i][point] = row[units[i]];
      }
    }
    List<String> fields = new ArrayList<>();
    for (float[] values : a) {
      Range range = Range.of(values);
      double largest = Math.max(Math.abs(range.from()), Math.abs(range.to()));
      byte[] bytes = new byte[points];
      for (int point = 0; point < points; point++) {
        bytes[point] = Packed.signed(values[point], largest);
      }
      fields.add(Packed.of(bytes));
    }
    return fields;
  }
}

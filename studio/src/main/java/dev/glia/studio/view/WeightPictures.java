package dev.glia.studio.view;

import dev.glia.network.Architecture;
import dev.glia.table.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first layer's weights of each unit as a picture: what it looks for in an image. */
final class WeightPictures implements Part {

  private static final int MOST = 64; // units

  @Override
  public String name() {
    return "pictures";
  }

  @Override
  public @Nullable Map<String, @Nullable Object> of(Snapshot snapshot) {
    ImageSize size = snapshot.subject().train().image();
    if (size == null) {
      return null;
    }
    Architecture architecture = snapshot.architecture();
    int first = architecture.denseLayers()[0];
    int[] units = Shown.of(architecture.unitsOf(first), MOST);
    float[][] weights = new float[units.length][size.pixels()]; // [units][pixels]
    double largest = 0;
    for (int i = 0; i < units.length; i++) {
      for (int pixel = 0; pixel < size.pixels(); pixel++) {
        float weight = snapshot.parameters()[architecture.weightAt(first, pixel, units[i])];
        weights[i][pixel] = weight;
        largest = Float.isFinite(weight) ? Math.max(largest, Math.abs(weight)) : largest;
      }
    }
    List<String> values = new ArrayList<>();
    for (float[] picture : weights) {
      byte[] bytes = new byte[picture.length];
      for (int pixel = 0; pixel < bytes.length; pixel++) {
        bytes[pixel] = Packed.signed(picture[pixel], largest);
      }
      values.add(Packed.of(bytes));
    }
    return JsonObject.with("width", size.width())
        .and("height", size.height())
        .and("units", Shown.list(units))
        .and("values", values)
        .and("largest", largest)
        .map();
  }
}

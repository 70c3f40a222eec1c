package dev.glia.studio.view;

import dev.glia.metric.Decision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the network says at every point of the plane: a class and how sure it is, or a number. */
final class Field implements Part {

  static final int SIZE = 80;

  @Override
  public String name() {
    return "field";
  }

  @Override
  public @Nullable Map<String, @Nullable Object> of(Snapshot snapshot) {
    Grid grid = snapshot.subject().fieldGrid();
    if (grid == null) {
      return null;
    }
    float[] outputs = snapshot.predict(grid.scaled());
    JsonObject field =
        JsonObject.with("width", SIZE)
            .and("height", SIZE)
            .and("extent", snapshot.subject().corners());
    if (snapshot.subject().classes()) {
      addClasses(field, outputs, outputs.length / grid.points());
    } else {
      Range range = Range.of(outputs);
      field.and("values", Packed.of(outputs)).and("low", range.from()).and("high", range.to());
    }
    return field.map();
  }

  private static void addClasses(JsonObject field, float[] outputs, int count) {
    byte[] classes = new byte[outputs.length / count];
    byte[] confidence = new byte[classes.length];
    for (int point = 0; point < classes.length; point++) {
      int best = Decision.classOf(outputs, point * count, count);
      double share = outputs[point * count + (count == 1 ? 0 : best)];
      classes[point] = (byte) best;
      confidence[point] = Packed.share(count == 1 && best == 0 ? 1 - share : share);
    }
    field.and("classes", Packed.of(classes)).and("confidence", Packed.of(confidence));
  }
}

package dev.glia.studio.view;

import dev.glia.metric.Decision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the network says of the rows that are drawn as points. */
final class Predictions implements Part {

  @Override
  public String name() {
    return "predictions";
  }

  @Override
  public @Nullable Map<String, @Nullable Object> of(Snapshot snapshot) {
    Subject subject = snapshot.subject();
    if (subject.corners() == null) {
      return null;
    }
    return JsonObject.with("train", predictions(snapshot, subject.shownTrain()))
        .and("watched", predictions(snapshot, subject.shownWatched()))
        .map();
  }

  private static String predictions(Snapshot snapshot, ShownRows rows) {
    float[] outputs = snapshot.predict(rows.scaled());
    if (!snapshot.subject().classes()) {
      return Packed.of(outputs);
    }
    int[] classes = Decision.classesOf(outputs, snapshot.architecture().outputs());
    byte[] bytes = new byte[classes.length];
    for (int row = 0; row < bytes.length; row++) {
      bytes[row] = (byte) classes[row];
    }
    return Packed.of(bytes);
  }
}

package dev.glia.studio.view;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The number that the network predicts along its one feature. */
final class Curve implements Part {

  private static final int POINTS = 200;

  @Override
  public String name() {
    return "curve";
  }

  @Override
  public @Nullable Map<String, @Nullable Object> of(Snapshot snapshot) {
    Subject subject = snapshot.subject();
    double[] corners = subject.corners();
    if (subject.kind() != DataKind.CURVE || corners == null) {
      return null;
    }
    double[] x = new double[POINTS];
    float[] scaled = new float[POINTS];
    float[] one = new float[1];
    for (int i = 0; i < POINTS; i++) {
      x[i] = corners[0] + (corners[1] - corners[0]) * i / (POINTS - 1);
      subject.preprocessing().apply(new double[] {x[i]}, one);
      scaled[i] = one[0];
    }
    float[] outputs = snapshot.predict(scaled);
    double[] y = new double[POINTS];
    Arrays.setAll(y, i -> outputs[i]);
    return JsonObject.with("x", x).and("y", y).map();
  }
}

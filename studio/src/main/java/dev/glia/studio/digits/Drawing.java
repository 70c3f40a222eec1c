package dev.glia.studio.digits;

import dev.glia.compute.KernelChoice;
import dev.glia.metric.Decision;
import dev.glia.model.Model;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.table.ImageSize;
import dev.glia.task.Classification;
import dev.glia.task.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A picture that somebody drew, and what a network makes of it. */
final class Drawing {

  static final ImageSize SIZE = new ImageSize(28, 28);

  private final byte[] pixels; // [height][width], 0 to 255

  /**
   * A drawing.
   *
   * @throws IllegalArgumentException if it has another number of pixels
   */
  Drawing(byte[] pixels) {
    if (pixels.length != SIZE.pixels()) {
      throw new IllegalArgumentException(
          "A drawing has %d pixels (%d x %d), got %d."
              .formatted(SIZE.pixels(), SIZE.width(), SIZE.height(), pixels.length));
    }
    this.pixels = pixels.clone();
  }

  /** Refuses models that read something else than drawings, or give something else than a class. */
  static Model readable(String name, Model model) {
    if (!SIZE.equals(model.image())) {
      throw new IllegalArgumentException(
          "%s reads %s; a drawing is a picture of 28 x 28 pixels."
              .formatted(
                  name,
                  model.image() == null
                      ? "%d numbers a row".formatted(model.featureNames().size())
                      : "pictures of %d x %d pixels"
                          .formatted(model.image().width(), model.image().height())));
    }
    if (!(model.task() instanceof Classification)) {
      throw new IllegalArgumentException(name + " predicts a number: a drawing is of a class.");
    }
    return model;
  }

  /** What a model says, with the activations of all its layers, as JSON. */
  Map<String, Object> readBy(Model model) {
    double[] row = new double[pixels.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = pixels[i] & 0xFF;
    }
    float[] scaled = new float[row.length];
    model.preprocessing().apply(row, scaled);
    Architecture architecture = model.network().architecture();
    ForwardPass pass = new ForwardPass(architecture, 1, KernelChoice.AUTO);
    pass.run(model.network().parameters(), scaled, 0, 1);
    List<Map<String, Object>> layers = new ArrayList<>();
    float[] outputs = {};
    for (int layer : architecture.denseLayers()) {
      outputs = pass.activations(layer, 0);
      layers.add(layer(architecture, layer, outputs));
    }
    Prediction prediction = model.prediction(outputs, 0);
    Map<String, Object> reading = new LinkedHashMap<>();
    reading.put("labels", labels(model));
    reading.put("probabilities", prediction.outputs());
    reading.put("layers", layers);
    reading.put("prediction", Decision.classOf(outputs, 0, outputs.length));
    reading.put("confidence", prediction.value());
    return reading;
  }

  static List<String> labels(Model model) {
    return model.task() instanceof Classification classes ? classes.labels() : List.of();
  }

  private static Map<String, Object> layer(
      Architecture architecture, int layer, float[] activations) {
    List<Float> values = new ArrayList<>();
    for (float activation : activations) {
      values.add(activation);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("units", activations.length);
    json.put("activation", architecture.activationOf(layer).name());
    json.put("values", values);
    return json;
  }
}

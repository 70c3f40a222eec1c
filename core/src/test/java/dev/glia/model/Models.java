package dev.glia.model;

import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.loss.Loss;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.preprocessing.OneHot;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.ScaledNumbers;
import dev.glia.preprocessing.ScaledPixels;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small models for tests. */
final class Models {

  private Models() {}

  /** Three features, standardised, four hidden units, two classes behind a softmax. */
  static Model classes() {
    DenseMatrix features =
        DenseMatrix.of(
            new double[] {1, 10, -5}, new double[] {2, 30, -5}, new double[] {4, 20.5, -5});
    return new Model(
        "animals \"é\"",
        Preprocessing.of(List.of("weight", "height", "depth"), Scaler.standard(features)),
        network(3, "4:leaky_relu(0.05),2:softmax"),
        new Classification("pet", List.of("cat", "dog")),
        Loss.parse("cross_entropy"),
        4294967295L,
        Map.of("loss", 0.123456789, "val_accuracy", 1.0, "lost", Double.NaN));
  }

  /** Two features, one output that stands for two classes. */
  static Model twoClasses() {
    return new Model(
        "points",
        Preprocessing.of(List.of("x", "y"), Scaler.none(2)),
        network(2, "1:sigmoid"),
        new Classification("answer", List.of("no", "yes")),
        Loss.parse("bce(sum)"),
        0,
        Map.of());
  }

  /** Images of 3 x 2 pixels, one number. */
  static Model number() {
    ImageSize image = new ImageSize(3, 2);
    return new Model(
        "grey",
        new Preprocessing(
            List.of(
                new ScaledPixels(
                    "image",
                    image,
                    new Scaler(
                        Scaler.Kind.MINMAX,
                        new double[] {-0.0, 0, 1, 2, 3, 4},
                        new double[] {1, 2, 3, 4, 5, 6})))),
        network(6, "17:gelu,3:tanh,1:identity"),
        new Regression("brightness"),
        Loss.parse("huber(0.5)"),
        7,
        Map.of("r2", -0.0));
  }

  /** A town, a size that may be missing and one that may not; two numbers that were scaled. */
  static Model mixed() {
    return new Model(
        "homes",
        new Preprocessing(
            List.of(
                new OneHot("town", List.of("Köln", "Bonn", "")),
                new ScaledNumbers("size", scaler(80, 1 / 30.0), 75.5, true),
                new ScaledNumbers("rooms", scaler(-0.0, 0.1), 3, false))),
        network(6, "5:relu,2:identity"),
        new Regression(
            List.of("price", "rent"),
            new Scaler(
                Scaler.Kind.STANDARD, new double[] {400_000, 0.1}, new double[] {1e-5, 1 / 3.0})),
        Loss.parse("mae"),
        1,
        Map.of("mae", 12_345.678));
  }

  private static Scaler scaler(double shift, double scale) {
    return new Scaler(Scaler.Kind.STANDARD, new double[] {shift}, new double[] {scale});
  }

  static List<Model> all() {
    return List.of(classes(), twoClasses(), number(), mixed());
  }

  static Network network(int inputs, String layers) {
    return Network.initialize(
        new Architecture(inputs, Layer.parseAll(layers)),
        new Initializer.Normal(0, 1),
        new RandomState(inputs));
  }

  static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "f" + i).toList();
  }
}

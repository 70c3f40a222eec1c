package dev.glia.model;

import dev.glia.data.DenseMatrix;
import dev.glia.data.ImageSize;
import dev.glia.data.RandomState;
import dev.glia.data.Scaler;
import dev.glia.network.Architecture;
import dev.glia.network.Initializer;
import dev.glia.network.Layer;
import dev.glia.network.Network;
import dev.glia.training.Loss;
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
        List.of("weight", "height", "depth"),
        Scaler.standard(features),
        network(3, "4:leaky_relu(0.05),2:softmax"),
        new Outcome.Classes(List.of("cat", "dog")),
        Loss.parse("cross_entropy"),
        4294967295L,
        Map.of("loss", 0.123456789, "val_accuracy", 1.0, "lost", Double.NaN),
        null);
  }

  /** Two features, one output that stands for two classes. */
  static Model twoClasses() {
    return new Model(
        "points",
        List.of("x", "y"),
        Scaler.none(2),
        network(2, "1:sigmoid"),
        new Outcome.Classes(List.of("no", "yes")),
        Loss.parse("bce(sum)"),
        0,
        Map.of(),
        null);
  }

  /** Images of 3 x 2 pixels, one number. */
  static Model number() {
    ImageSize image = new ImageSize(3, 2);
    return new Model(
        "grey",
        image.pixelNames(),
        new Scaler(
            Scaler.Kind.MINMAX,
            new double[] {-0.0, 0, 1, 2, 3, 4},
            new double[] {1, 2, 3, 4, 5, 6}),
        network(6, "17:gelu,3:tanh,1:identity"),
        new Outcome.Quantity("brightness"),
        Loss.parse("huber(0.5)"),
        7,
        Map.of("r2", -0.0),
        image);
  }

  static List<Model> all() {
    return List.of(classes(), twoClasses(), number());
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

package dev.glia.studio.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A good place to begin: settings that show something.
 *
 * @param name one word
 * @param title a few words
 * @param description what there is to see
 * @param settings what differs from the data set's recipe
 */
public record Start(String name, String title, String description, Map<String, String> settings) {

  /** The first article's network for the digits that Glia draws, where MNIST is not there. */
  private static final String ARTICLE_1 =
      "data=digits&layers=16:relu&output=sigmoid&loss=squared_error&optimizer=sgd"
          + "&learning-rate=0.1&batch-size=64&even-batches=true&epochs=50";

  private static Start start(String name, String title, String description, String address) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : address.split("&", -1)) {
      int equals = pair.indexOf('=');
      settings.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Start(name, title, description, settings);
  }

  /** All of them, the two articles first. */
  public static List<Start> all(DataSets sets) {
    return List.of(
        start(
            "article2",
            "Two moons",
            "The second article's network, 2-16-16-1 with leaky ReLU, on its two half circles:"
                + " 20,000 updates draw a curved line between them.",
            "data=moons"),
        sets.has("mnist")
            ? start(
                "article1",
                "Written digits",
                "The first article's network, 784-16-10, on MNIST: 16 units tell ten digits apart.",
                "data=mnist")
            : start(
                "article1",
                "Digits",
                "The first article's network, 784-16-10, on digits that Glia draws itself, as MNIST"
                    + " is not on this machine.",
                ARTICLE_1),
        start(
            "xor",
            "XOR",
            "Opposite corners belong together. No straight line parts them, two hidden layers do.",
            "data=xor"),
        start(
            "xor-linear",
            "XOR without hidden layers",
            "The same data and a single unit: whatever it learns is one straight line, so it stays"
                + " about as good as guessing.",
            "data=xor&layers=none&epochs=100"),
        start(
            "circles",
            "A circle in a circle",
            "Rectifiers fold the plane until a ring becomes an inside and an outside.",
            "data=circles&noise=0.03"),
        start(
            "spirals",
            "Two spirals",
            "Two arms about each other, the hardest of the plane's data sets: watch the boundary"
                + " wind inwards.",
            "data=spirals"),
        start(
            "blobs",
            "Five clouds",
            "Five classes and a softmax: one output a class, and straight lines between them.",
            "data=blobs&centers=5&samples=500&data-seed=4"),
        start(
            "sine",
            "A sine",
            "A number instead of a class: the curve bends itself to two periods of a sine.",
            "data=sine"),
        start(
            "hills",
            "Hills",
            "The height of a landscape from two coordinates, as a field.",
            "data=hills"),
        start(
            "digits",
            "Digits with Adam",
            "784-32-10 with softmax and cross entropy: over nine of ten digits are right after the"
                + " first epochs. The first layer's weights become pictures.",
            "data=digits"),
        start(
            "deep",
            "Deep and narrow",
            "Six layers of six tanh units: few weights, many folds. Look at how the gradients differ"
                + " from layer to layer.",
            "data=xor&layers=6:tanh,6:tanh,6:tanh,6:tanh,6:tanh,6:tanh&learning-rate=0.005"),
        start(
            "vanishing",
            "Vanishing gradients",
            "Eight layers of sigmoids and plain gradient descent: each layer takes most of the"
                + " gradient away, so the first ones do not move and the loss stays where it is.",
            "data=xor&layers=8:sigmoid,8:sigmoid,8:sigmoid,8:sigmoid,8:sigmoid,8:sigmoid,8:sigmoid"
                + "&optimizer=sgd&learning-rate=0.1&epochs=200"),
        start(
            "dead",
            "Dead rectifiers",
            "First weights around -2 push every sum of the second layer below 0. A rectifier there"
                + " gives 0 and lets no gradient through: it can never come back.",
            "data=circles&layers=16:relu,16:relu&init=normal(-2,0.3)&epochs=100"),
        start(
            "too-fast",
            "A learning rate that is too high",
            "Steps so long that they jump over the valley: the loss swings instead of falling.",
            "data=circles&optimizer=sgd&learning-rate=20&epochs=100"),
        start(
            "diverging",
            "Numbers that explode",
            "A number to predict, and steps that are too long: each makes the error larger, until"
                + " the numbers are no longer finite and the training stops.",
            "data=sine&layers=16:relu&optimizer=sgd&learning-rate=5"),
        start(
            "overfitting",
            "Learning by heart",
            "Thirty noisy points and 4,000 weights: the training points are all right, those kept"
                + " back get worse while the loss still falls.",
            "data=moons&samples=60&noise=0.4&test-fraction=0.5&layers=64:relu,64:relu"
                + "&optimizer=adam&learning-rate=0.01&epochs=1000&log-every=10"));
  }
}

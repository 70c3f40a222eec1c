package dev.glia.initializer;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.activation.Tanh;
import dev.glia.internal.text.Call;
import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import dev.glia.random.RandomState;
import java.util.List;
import java.util.Map;

/**
 * Where a network's first weights and biases come from.
 *
 * <p>A layer's weights are drawn first, {@code [in][out]} row by row, then its biases; layer after
 * layer from one stream, as the first article does.
 */
public interface Initializer {

  /** The name as settings have it, such as {@code normal(-1,1)}. */
  String name();

  /** One weight of a layer with so many inputs and units, and the activation behind it. */
  double weight(RandomState random, int inputs, int units, Activation activation);

  /** One bias: 0 unless the initializer says otherwise. */
  default double bias(RandomState random) {
    return 0;
  }

  /**
   * The initializer that a text names: {@code he}, {@code glorot}, {@code normal(mean,std)}, {@code
   * uniform(low,high)} or {@code zeros}.
   *
   * @throws IllegalArgumentException if there is none or an argument is out of range
   */
  static Initializer parse(String text) {
    return Initializers.BY_NAME.parse(text);
  }

  /** The names that {@link #parse} knows. */
  static List<String> names() {
    return Initializers.BY_NAME.names();
  }

  /** The numbers that a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Initializers.BY_NAME.parameters(name);
  }

  /**
   * Normal weights with standard deviation {@code sqrt(2 / inputs)}, biases 0.
   *
   * <p>He, Zhang, Ren and Sun, "Delving Deep into Rectifiers" (2015). The factor 2 makes up for the
   * half of the sums that a rectifier drops; a layer whose activation drops none (sigmoid, tanh,
   * softmax, identity) gets {@link Glorot}'s weights instead, which are made for those.
   */
  record He() implements Initializer {
    @Override
    public String name() {
      return "he";
    }

    @Override
    public double weight(RandomState random, int inputs, int units, Activation activation) {
      return switch (activation) {
        case Sigmoid s -> new Glorot().weight(random, inputs, units, activation);
        case Tanh t -> new Glorot().weight(random, inputs, units, activation);
        case Softmax s -> new Glorot().weight(random, inputs, units, activation);
        case Identity i -> new Glorot().weight(random, inputs, units, activation);
        default -> random.normal(0, Math.sqrt(2.0 / inputs));
      };
    }
  }

  /**
   * Uniform weights within {@code sqrt(6 / (inputs + units))} of 0, biases 0.
   *
   * <p>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks" (2010); the uniform variant, Keras' default.
   */
  record Glorot() implements Initializer {
    @Override
    public String name() {
      return "glorot";
    }

    @Override
    public double weight(RandomState random, int inputs, int units, Activation activation) {
      double limit = Math.sqrt(6.0 / (inputs + units));
      return random.uniform(-limit, limit);
    }
  }

  /** Normal weights and biases of a given mean and standard deviation, as both articles have. */
  record Normal(double mean, double std) implements Initializer {
    /** Checks the standard deviation. */
    public Normal {
      if (!(std >= 0)) {
        throw new IllegalArgumentException(
            "normal(mean,std) needs a standard deviation of at least 0, got " + std + ".");
      }
    }

    @Override
    public String name() {
      return Call.text("normal", mean, std);
    }

    @Override
    public double weight(RandomState random, int inputs, int units, Activation activation) {
      return random.normal(mean, std);
    }

    @Override
    public double bias(RandomState random) {
      return random.normal(mean, std);
    }
  }

  /** Uniform weights and biases in [low, high). */
  record Uniform(double low, double high) implements Initializer {
    /** Checks the range. */
    public Uniform {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "uniform(low,high) needs low <= high, got %s and %s.".formatted(low, high));
      }
    }

    @Override
    public String name() {
      return Call.text("uniform", low, high);
    }

    @Override
    public double weight(RandomState random, int inputs, int units, Activation activation) {
      return random.uniform(low, high);
    }

    @Override
    public double bias(RandomState random) {
      return random.uniform(low, high);
    }
  }

  /** All weights and biases 0: nothing breaks the symmetry, so hidden layers cannot learn. */
  record Zeros() implements Initializer {
    @Override
    public String name() {
      return "zeros";
    }

    @Override
    public double weight(RandomState random, int inputs, int units, Activation activation) {
      return 0;
    }
  }
}

/** The table of names. */
final class Initializers {
  static final Named<Initializer> BY_NAME =
      new Named<Initializer>("initialiser")
          .add("he", new Initializer.He())
          .add("glorot", new Initializer.Glorot())
          .add(
              "normal",
              n -> new Initializer.Normal(n[0], n[1]),
              new Parameter("mean", 0),
              new Parameter("std", 1))
          .add(
              "uniform",
              n -> new Initializer.Uniform(n[0], n[1]),
              new Parameter("low", -1),
              new Parameter("high", 1))
          .add("zeros", new Initializer.Zeros());

  private Initializers() {}
}

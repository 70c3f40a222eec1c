package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;
import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import java.util.List;
import java.util.Map;

/**
 * What a layer does to the sums of its units: {@code a = f(z)}, and back: {@code dz} from {@code
 * da}.
 *
 * <p>Each is there twice: on doubles, one row at a time, as the textbook has it (for checks and for
 * readers), and on blocks of float rows, as the engine runs it. A function of single numbers
 * implements {@link Elementwise} and gets both from its value and its derivative.
 */
public interface Activation {

  /** The name as settings and model files have it, such as {@code leaky_relu(0.05)}. */
  String name();

  /** One row forward: a from z, both {@code [units]}. */
  void forward(double[] z, double[] a);

  /** One row back: dz from da, all {@code [units]}. */
  void backward(double[] z, double[] a, double[] da, double[] dz);

  /**
   * Rows forward: a from z, both {@code [rows][stride]}.
   *
   * @param from where the first row starts
   * @param units the columns that count; rows are {@link Padding#stride} apart
   */
  void forward(FloatFunctions functions, float[] z, float[] a, int from, int rows, int units);

  /** Rows back in place: d holds da and then dz, all {@code [rows][stride]}. */
  void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units);

  /**
   * The activation that a text names, such as {@code relu} or {@code leaky_relu(0.05)}.
   *
   * @throws IllegalArgumentException if there is none or an argument is out of range
   */
  static Activation parse(String text) {
    return Activations.BY_NAME.parse(text);
  }

  /** The names that {@link #parse} knows. */
  static List<String> names() {
    return Activations.BY_NAME.names();
  }

  /** The numbers that a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Activations.BY_NAME.parameters(name);
  }
}

/** The table of names. */
final class Activations {
  static final Named<Activation> BY_NAME =
      new Named<Activation>("activation")
          .add("identity", new Identity())
          .add("relu", new Relu())
          .add("leaky_relu", n -> new LeakyRelu(n[0]), new Parameter("slope", 0.01))
          .add("sigmoid", new Sigmoid())
          .add("tanh", new Tanh())
          .add("softmax", new Softmax())
          .add("elu", n -> new Elu(n[0]), new Parameter("alpha", 1))
          .add("selu", new Selu())
          .add("gelu", new Gelu())
          .add("silu", new Silu())
          .add("softplus", new Softplus());

  private Activations() {}
}

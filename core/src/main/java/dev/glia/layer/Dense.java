package dev.glia.layer;

import dev.glia.activation.Activation;
import dev.glia.internal.text.OutsideText;
import java.util.List;

/**
 * A fully connected layer: {@code a = f(z)} with {@code z = weight * x + bias}.
 *
 * @param units at least 1
 * @param activation what is done to each unit's sum
 */
public record Dense(int units, Activation activation) implements Layer {

  /** The weights' name, {@code [out][in]}. */
  static final String WEIGHT = "weight";

  /** The biases' name, {@code [out]}. */
  static final String BIAS = "bias";

  /** Checks the number of units. */
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("A layer needs at least 1 unit, got " + units + ".");
    }
  }

  /** The layer that a text UNITS:ACTIVATION names. */
  static Dense parse(String part) {
    int colon = part.indexOf(':');
    int units;
    try {
      units = Integer.parseInt(part.substring(0, colon).strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "A layer is written UNITS:ACTIVATION with a whole number of units, such as 16:relu, got %s."
              .formatted(OutsideText.quoted(part)),
          e);
    }
    return new Dense(units, Activation.parse(part.substring(colon + 1)));
  }

  @Override
  public String name() {
    return units + ":" + activation.name();
  }

  @Override
  public int outputs(int inputs) {
    return units;
  }

  @Override
  public List<Slot> slots(int inputs) {
    return List.of(Slot.drawn(WEIGHT, units, inputs), Slot.drawn(BIAS, units));
  }

  @Override
  public Pass pass(Place place) {
    return new DensePass(activation, place);
  }

  @Override
  public double[][] textbook(double[][] x, Numbers arrays, Batch batch) {
    double[][] a = new double[x.length][units];
    for (int row = 0; row < x.length; row++) {
      activation.forward(sums(x[row], arrays), a[row]);
    }
    return a;
  }

  /** The sums z of one row, {@code [units]}. */
  public double[] sums(double[] x, Numbers arrays) {
    double[] z = new double[units];
    for (int unit = 0; unit < units; unit++) {
      z[unit] = sum(x, arrays, unit);
    }
    return z;
  }

  /** The sum of one unit. */
  public double sum(double[] x, Numbers arrays, int unit) {
    double[] weights = arrays.get(WEIGHT);
    double sum = arrays.get(BIAS)[unit];
    for (int in = 0; in < x.length; in++) {
      sum += weights[unit * x.length + in] * x[in];
    }
    return sum;
  }

  @Override
  public String toString() {
    return name();
  }
}

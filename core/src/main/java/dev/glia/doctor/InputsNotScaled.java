package dev.glia.doctor;

import dev.glia.preprocessing.Scaler;
import java.util.List;

/**
 * Features that are far larger than the first weights are made for.
 *
 * <p>They should have a mean near 0 and a spread of about 1: LeCun, Bottou, Orr and Müller,
 * "Efficient BackProp" (1998), section 4.3. Initialisers count on it.
 */
final class InputsNotScaled implements Rule {

  /** Ten times what it should be; coordinates, shares and standard scores stay under it. */
  private static final double LARGE = 10;

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient patient = checkup.patient();
    if (!large(patient)) {
      return List.of();
    }
    Inputs inputs = patient.inputs();
    return List.of(
        new Finding(
            "inputs-not-scaled",
            Severity.WARNING,
            null,
            "The inputs are not scaled: %s is about %s, where about 1 is right."
                .formatted(
                    patient.columns().input(inputs.largestColumn()), Rule.number(inputs.largest())),
            Change.scale(inputs)));
  }

  static boolean large(Patient patient) {
    return patient.scaling() == Scaler.Kind.NONE && !(patient.inputs().largest() <= LARGE);
  }
}

package dev.glia.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Sigmoids and tanhs whose sums are so large that their derivative is next to nothing: Glorot and
 * Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010),
 * section 3.
 */
final class SaturatedUnits implements Rule {

  /** Half: a network that has learnt may hold many units at an end, for then they decide. */
  private static final double MANY = 0.5;

  /** Hardly a unit is left that learns. */
  private static final double NEARLY_ALL = 0.9;

  @Override
  public List<Finding> look(Checkup checkup) {
    List<Finding> findings = new ArrayList<>();
    for (LayerCheck layer : checkup.hiddenLayers()) {
      if (layer.saturated() >= MANY) {
        findings.add(
            new Finding(
                "saturated-units",
                layer.saturated() >= NEARLY_ALL ? Severity.PROBLEM : Severity.WARNING,
                layer.layer(),
                "%s of the activations of %s are at an end of their range, where they hardly learn."
                    .formatted(Rule.percent(layer.saturated()), layer.name()),
                change(checkup)));
      }
    }
    return findings;
  }

  private static Change change(Checkup checkup) {
    Change change = Change.ofWhatIsTooLarge(checkup.patient());
    return change == null ? Change.relus(checkup.hidden()) : change;
  }
}

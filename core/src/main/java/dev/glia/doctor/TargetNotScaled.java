package dev.glia.doctor;

import dev.glia.internal.text.OutsideText;
import java.util.List;

/**
 * Numbers to predict that are far larger or smaller than a network's first outputs, so that it
 * spends its steps on getting there.
 */
final class TargetNotScaled implements Rule {

  private static final double LARGE = 30;
  private static final double SMALL = 0.01;

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient patient = checkup.patient();
    double size = patient.targetSize();
    if (size == 0 || (size <= LARGE && size >= SMALL)) {
      return List.of();
    }
    String target = patient.columns().target();
    return List.of(
        new Finding(
            "target-not-scaled",
            Severity.WARNING,
            null,
            "The numbers to predict are not scaled: %s about %s, where about 1 is right."
                .formatted(
                    target.isEmpty() ? "they are" : OutsideText.quoted(target) + " is",
                    Rule.number(size)),
            Change.scaleTarget()));
  }
}

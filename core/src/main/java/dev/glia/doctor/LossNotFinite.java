package dev.glia.doctor;

import java.util.List;

/** The loss is no longer a finite number. */
final class LossNotFinite implements Rule {

  @Override
  public List<Finding> look(Checkup checkup) {
    return checkup.diverged() || !Double.isFinite(checkup.lastLoss())
        ? List.of(finding(checkup.patient()))
        : List.of();
  }

  static Finding finding(Patient patient) {
    Change change = Change.ofWhatIsTooLarge(patient);
    return new Finding(
        "loss-not-finite",
        Severity.PROBLEM,
        null,
        "The loss is no longer a finite number: the training diverged.",
        change == null ? Change.smallerRate(patient.options()) : change);
  }
}

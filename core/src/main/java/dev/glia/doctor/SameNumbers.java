package dev.glia.doctor;

import java.util.List;

/** All rows to train on have the same number to predict: there is nothing to learn. */
final class SameNumbers implements Rule {

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient patient = checkup.patient();
    return patient.sameNumbers()
        ? List.of(
            new Finding(
                "same-numbers",
                Severity.PROBLEM,
                null,
                "All %,d rows to train on have the same number to predict: the network learns to say nothing else."
                    .formatted(patient.rows()),
                Change.none("Predict another column, or find rows with other values.")))
        : List.of();
  }
}

package dev.glia.doctor;

import java.util.List;

/** Too few rows to learn from, and to know how good the network is. */
final class FewRows implements Rule {

  private static final int FEW = 30;

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient patient = checkup.patient();
    if (patient.rows() >= FEW || patient.rows() < 2) {
      return List.of();
    }
    return List.of(
        new Finding(
            "few-rows",
            Severity.HINT,
            null,
            "%d rows to train on are few: with others the network and its scores would be different."
                .formatted(patient.rows()),
            Change.none(
                "Find more rows, or train several times with other values of --split-seed.")));
  }
}

package dev.glia.doctor;

import java.util.List;

/** The rows come class by class, so each update unlearns what the one before learnt. */
final class OneClassBatches implements Rule {

  /** Of batches of 8 rows and more hardly any has one class by chance. */
  private static final double MANY = 0.5;

  @Override
  public List<Finding> look(Checkup checkup) {
    double share = checkup.patient().oneClassBatches();
    boolean several = checkup.patient().classes().stream().filter(c -> c.rows() > 0).count() > 1;
    if (share < MANY || !several) {
      return List.of();
    }
    return List.of(
        new Finding(
            "one-class-batches",
            Severity.PROBLEM,
            null,
            "%s of the batches have rows of one class only, always in the same order."
                .formatted(Rule.percent(share)),
            Change.shuffle()));
  }
}

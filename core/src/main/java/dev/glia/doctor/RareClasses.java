package dev.glia.doctor;

import dev.glia.doctor.Patient.ClassCount;
import java.util.List;
import java.util.Locale;

/** Nearly all rows are of one class, so a high accuracy says little. */
final class RareClasses implements Rule {

  /** Nineteen of twenty: an accuracy that many would be glad of comes for nothing. */
  private static final double NEARLY_ALL = 0.95;

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient patient = checkup.patient();
    for (ClassCount count : patient.classes()) {
      double share = (double) count.rows() / patient.rows();
      if (share >= NEARLY_ALL && count.rows() < patient.rows()) {
        String percent = String.format(Locale.ROOT, "%.1f%%", 100 * share);
        return List.of(
            new Finding(
                "rare-classes",
                Severity.WARNING,
                null,
                "%s of the rows are of class %s: a network that always says %s is right as often."
                    .formatted(percent, count.name(), count.name()),
                Change.none(
                    "Look at the recall of the other classes (glia evaluate), not at the"
                        + " accuracy.")));
      }
    }
    return List.of();
  }
}

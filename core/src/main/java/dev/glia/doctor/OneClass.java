package dev.glia.doctor;

import dev.glia.doctor.Patient.ClassCount;
import java.util.List;

/** All rows to train on are of one class: there is nothing to tell apart. */
final class OneClass implements Rule {

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient patient = checkup.patient();
    for (ClassCount count : patient.classes()) {
      if (count.rows() == patient.rows()) {
        return List.of(
            new Finding(
                "one-class",
                Severity.PROBLEM,
                null,
                "All %,d rows to train on are of class %s: the network learns to say nothing else."
                    .formatted(count.rows(), count.name()),
                Change.stratify()));
      }
    }
    return List.of();
  }
}

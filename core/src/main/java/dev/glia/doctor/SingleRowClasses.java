package dev.glia.doctor;

import dev.glia.doctor.Patient.ClassCount;
import dev.glia.internal.text.OutsideText;
import java.util.List;

/** Classes with a single row to train on, of which nothing general can be learnt. */
final class SingleRowClasses implements Rule {

  @Override
  public List<Finding> look(Checkup checkup) {
    List<String> single =
        checkup.patient().classes().stream()
            .filter(count -> count.rows() <= 1)
            .map(ClassCount::name)
            .toList();
    if (single.isEmpty() || checkup.patient().rows() < 2 * single.size()) {
      return List.of();
    }
    boolean one = single.size() == 1;
    return List.of(
        new Finding(
            "single-row-classes",
            Severity.WARNING,
            null,
            "%s %s no more than one row to train on: too little to learn from."
                .formatted(
                    (one ? "The class " : "The classes ") + OutsideText.list(single),
                    one ? "has" : "have"),
            Change.none("Find more rows of such classes, or join them with another.")));
  }
}

package dev.glia.doctor;

import dev.glia.internal.text.OutsideText;
import java.util.List;

/** Features that name the rows: what is learnt of them holds for no other row. */
final class Identifiers implements Rule {

  @Override
  public List<Finding> look(Checkup checkup) {
    List<String> names = checkup.patient().columns().identifiers();
    if (names.isEmpty()) {
      return List.of();
    }
    boolean one = names.size() == 1;
    return List.of(
        new Finding(
            "identifiers",
            Severity.WARNING,
            null,
            "%s %s the rows: what is learnt of %s holds for no other row."
                .formatted(OutsideText.list(names), one ? "names" : "name", one ? "it" : "them"),
            Change.none(
                "Leave %s out: --columns \"%s:ignore\"."
                    .formatted(one ? "it" : "them", String.join(":ignore,", names)))));
  }
}

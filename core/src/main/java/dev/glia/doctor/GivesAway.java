package dev.glia.doctor;

import dev.glia.internal.text.OutsideText;
import java.util.List;

/** A feature that decides the target by itself: mostly it is not known when one predicts. */
final class GivesAway implements Rule {

  @Override
  public List<Finding> look(Checkup checkup) {
    Patient.Columns columns = checkup.patient().columns();
    List<String> leaks = columns.givingAway();
    if (leaks.isEmpty()) {
      return List.of();
    }
    boolean one = leaks.size() == 1;
    return List.of(
        new Finding(
            "gives-away",
            Severity.WARNING,
            null,
            "%s %s %s away: each value goes with one. The scores are worth nothing if %s not known when you predict."
                .formatted(
                    OutsideText.list(leaks),
                    one ? "gives" : "give",
                    OutsideText.quoted(columns.target()),
                    one ? "it is" : "they are"),
            Change.none(
                "Then leave %s out: --columns \"%s:ignore\"."
                    .formatted(one ? "it" : "them", String.join(":ignore,", leaks)))));
  }
}

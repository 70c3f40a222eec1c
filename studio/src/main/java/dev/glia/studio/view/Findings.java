package dev.glia.studio.view;

import dev.glia.doctor.Checkup;
import dev.glia.doctor.Doctor;
import dev.glia.doctor.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with the training, and what to try. */
final class Findings implements Part {

  @Override
  public String name() {
    return "findings";
  }

  @Override
  public @Nullable List<Map<String, @Nullable Object>> of(Snapshot snapshot) {
    Checkup checkup = snapshot.checkup();
    if (checkup == null) {
      return null;
    }
    return Doctor.examine(checkup).stream().map(Findings::json).toList();
  }

  private static Map<String, @Nullable Object> json(Finding finding) {
    boolean change = !finding.change().isEmpty();
    return Fields.with("rule", finding.rule())
        .and("severity", finding.severity().name().toLowerCase(Locale.ROOT))
        .and("sentence", finding.sentence())
        .and("advice", finding.advice())
        .and("layer", finding.layer())
        .and("change", change ? finding.change() : null)
        .and("changeLabel", finding.changeLabel())
        .map();
  }
}

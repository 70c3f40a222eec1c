package dev.glia.studio.view;

import dev.glia.doctor.Checkup;
import dev.glia.doctor.Doctor;
import dev.glia.doctor.Finding;
import java.util.Arrays;
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
    int[] dense = snapshot.architecture().denseLayers(); // which are all that a page draws
    return Doctor.examine(checkup).stream().map(finding -> json(finding, dense)).toList();
  }

  private static Map<String, @Nullable Object> json(Finding finding, int[] dense) {
    Integer layer = finding.layer();
    boolean change = !finding.change().isEmpty();
    return JsonObject.with("rule", finding.rule())
        .and("severity", finding.severity().name().toLowerCase(Locale.ROOT))
        .and("sentence", finding.sentence())
        .and("advice", finding.advice())
        .and("layer", layer == null ? null : Arrays.binarySearch(dense, layer))
        .and("change", change ? finding.change() : null)
        .and("changeLabel", finding.changeLabel())
        .map();
  }
}

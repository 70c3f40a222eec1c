package dev.glia.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * ReLUs that are never active: they give 0 for every row, their gradient is 0, and they stay so.
 *
 * <p>Too long a step, or first weights that do not fit, push their sums below 0 for all rows (Lu,
 * Shin, Su and Karniadakis, "Dying ReLU and Initialization", 2020).
 */
final class DeadUnits implements Rule {

  /** A few are normal and harmless; with half of them a layer is not what was asked for. */
  private static final double MANY = 0.5;

  @Override
  public List<Finding> look(Checkup checkup) {
    List<Finding> findings = new ArrayList<>();
    for (LayerCheck layer : checkup.hiddenLayers()) {
      if (layer.dead() >= MANY * layer.units()) {
        findings.add(finding(checkup, layer));
      }
    }
    return findings;
  }

  private static Finding finding(Checkup checkup, LayerCheck layer) {
    int rows = checkup.patient().sample().rows();
    String sentence =
        layer.allDead()
            ? "All %d units of %s are dead: they give 0 for each of %d rows, and nothing gets through."
                .formatted(layer.units(), layer.name(), rows)
            : "%d of %d units of %s are dead: they give 0 for each of %d rows."
                .formatted(layer.dead(), layer.units(), layer.name(), rows);
    Change change = Change.ofWhatIsTooLarge(checkup.patient());
    return new Finding(
        "dead-units",
        layer.allDead() ? Severity.PROBLEM : Severity.WARNING,
        layer.layer(),
        sentence,
        change == null ? Change.leaky(checkup.hidden()) : change);
  }
}

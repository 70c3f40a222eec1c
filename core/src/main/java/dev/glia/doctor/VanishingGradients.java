package dev.glia.doctor;

import java.util.List;

/**
 * Gradients that shrink from layer to layer on their way back, so that the first layers do not
 * learn: Hochreiter (1991); Glorot and Bengio (2010), section 4.2.
 */
final class VanishingGradients implements Rule {

  /**
   * A layer that learns a thousand times as slowly as the last one stands still. A sigmoid's
   * derivative is at most 1/4: five layers of it take that much.
   */
  private static final double SLOW = 1e-3;

  /** Where not even a step of a thousand epochs is seen in single precision. */
  private static final double STILL = 1e-6;

  @Override
  public List<Finding> look(Checkup checkup) {
    double last = checkup.output().gradients();
    boolean steps = !Change.adaptive(checkup.patient().options().optimizer());
    for (LayerCheck layer : checkup.hiddenLayers()) {
      double share = layer.gradients() / last;
      // An optimizer that divides by the gradient's size makes up for much, but not for nothing.
      if (share < (steps ? SLOW : STILL) && !checkup.blocked()) {
        return List.of(finding(checkup, layer, share));
      }
    }
    return List.of();
  }

  private static Finding finding(Checkup checkup, LayerCheck layer, double share) {
    boolean flat = checkup.hasFlatUnits();
    boolean start = !Change.sized(checkup.patient().initializer());
    Change change;
    if (flat && start) {
      change = Change.relus(checkup.hidden()).and(Change.he());
    } else if (flat) {
      change = Change.relus(checkup.hidden());
    } else {
      change = start ? Change.he() : Change.adam();
    }
    return new Finding(
        "vanishing-gradients",
        share < STILL ? Severity.PROBLEM : Severity.WARNING,
        layer.layer(),
        "The gradients vanish: those of %s are %s times those of the last layer."
            .formatted(layer.name(), share == 0 ? "0" : Rule.number(share)),
        change);
  }
}

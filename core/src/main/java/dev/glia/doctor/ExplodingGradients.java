package dev.glia.doctor;

import java.util.Comparator;
import java.util.List;

/**
 * Gradients so large that an update replaces the weights instead of changing them (Pascanu, Mikolov
 * and Bengio, "On the difficulty of training recurrent neural networks", 2013).
 */
final class ExplodingGradients implements Rule {

  /** Updates of a thousandth of the weights are usual; this one is as large as they are. */
  private static final double AS_LARGE = 1;

  @Override
  public List<Finding> look(Checkup checkup) {
    LayerCheck worst =
        checkup.layers().stream().max(Comparator.comparingDouble(LayerCheck::update)).orElseThrow();
    if (!(worst.update() >= AS_LARGE)) {
      return List.of();
    }
    Change change = Change.ofWhatIsTooLarge(checkup.patient());
    return List.of(
        new Finding(
            "exploding-gradients",
            Severity.PROBLEM,
            worst.layer(),
            "The gradients explode: an update is %s times as large as the weights of %s."
                .formatted(Rule.number(worst.update()), worst.name()),
            change == null ? Change.clip() : change));
  }
}

package dev.glia.doctor;

import dev.glia.network.Network;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.OfMember;
import dev.glia.training.TrainingListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a network while it trains, and says in a sentence what is wrong and what to try.
 *
 * <p>It looks at the untrained network, at the first, second, fourth, eighth, ... epoch that is
 * logged, and at the last; so the work stays small and does not depend on time. Each finding is
 * told once, and again if it becomes worse.
 */
public final class Doctor implements TrainingListener {

  private static final List<Rule> RULES =
      List.of(
          new LossNotFinite(),
          new InputsNotScaled(),
          new TargetNotScaled(),
          new GivesAway(),
          new Identifiers(),
          new FewRows(),
          new OneClass(),
          new SameNumbers(),
          new OneClassBatches(),
          new RareClasses(),
          new SingleRowClasses(),
          new DeadUnits(),
          new SaturatedUnits(),
          new ExplodingGradients(),
          new VanishingGradients(),
          new LossDoesNotFall(),
          new LossSwings(),
          new Overfitting());

  /** What is not told again. */
  private record Told(String rule, Severity severity) {}

  private final Patient patient;
  private final Consumer<Finding> listener;
  private final List<EpochFinished> history = new ArrayList<>();
  private final Set<Told> told = new HashSet<>();
  private @Nullable Network examined;

  /**
   * A doctor for one training.
   *
   * @param listener hears of each finding, on the training's thread
   */
  public Doctor(Patient patient, Consumer<Finding> listener) {
    this.patient = patient;
    this.listener = listener;
  }

  /** All that is wrong at a moment, the worst first. */
  public static List<Finding> examine(Checkup checkup) {
    List<Finding> findings = new ArrayList<>();
    for (Rule rule : RULES) {
      findings.addAll(rule.look(checkup));
    }
    findings.sort((a, b) -> a.severity().compareTo(b.severity()));
    return findings;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof OfMember of && of.member() == 1) {
      on(of.event());
    }
    if (!(event instanceof EpochFinished epoch)) {
      return;
    }
    int number = history.size(); // of the logged epochs, the untrained network's being 0
    history.add(epoch);
    boolean powerOfTwo = (number & (number - 1)) == 0;
    if (powerOfTwo || epoch.epoch() == patient.options().epochs()) {
      Network network = epoch.network().get();
      examined = network;
      tell(examine(patient.checkup(network, history, false)));
    }
  }

  /**
   * Tells what may have made the training diverge: to be called when it has thrown a {@link
   * dev.glia.training.DivergedException}.
   */
  public void diverged() {
    tell(
        examined == null
            ? List.of(LossNotFinite.finding(patient)) // the untrained network's loss already
            : examine(patient.checkup(examined, history, true)));
  }

  private void tell(List<Finding> findings) {
    for (Finding finding : findings) {
      if (told.add(new Told(finding.rule(), finding.severity()))) {
        listener.accept(finding);
      }
    }
  }
}

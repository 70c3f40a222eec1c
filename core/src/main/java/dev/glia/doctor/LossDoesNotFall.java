package dev.glia.doctor;

import dev.glia.doctor.Patient.ClassCount;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network does not learn. */
final class LossDoesNotFall implements Rule {

  /** What falls by less than a fiftieth is not seen in a curve. */
  private static final double FALLEN = 0.98;

  /** Before so many updates and epochs it is too early to say. */
  private static final int UPDATES = 100;

  private static final int EPOCHS = 4;

  /** Less than a tenth of the way from guessing to knowing is guessing. */
  private static final double LITTLE = 0.1;

  /** Healthy updates change weights by a thousandth; these would need 100,000 to replace them. */
  private static final double SMALL_UPDATE = 1e-5;

  private static final double HEALTHY_UPDATE = 1e-3;

  @Override
  public List<Finding> look(Checkup checkup) {
    EpochFinished last = checkup.last();
    if (last.updates() < UPDATES || last.epoch() < EPOCHS || checkup.blocked()) {
      return List.of(); // blocked: said already, and why
    }
    double first = checkup.firstLoss();
    double least =
        checkup.history().stream().skip(1).mapToDouble(e -> e.train().loss()).min().orElse(0);
    String sentence = null;
    if (checkup.lastLoss() > first || least > FALLEN * first) {
      sentence =
          "The loss does not fall: it was %s at first and is %s after %,d updates."
              .formatted(Rule.number(first), Rule.number(checkup.lastLoss()), last.updates());
    } else if (last.epoch() == checkup.patient().options().epochs()) {
      sentence = learntNothing(checkup);
    }
    return sentence == null
        ? List.of()
        : List.of(
            new Finding("loss-does-not-fall", Severity.PROBLEM, null, sentence, change(checkup)));
  }

  private static @Nullable String learntNothing(Checkup checkup) {
    Double r2 = checkup.scores().r2();
    if (r2 != null) {
      return r2 > LITTLE || r2.isNaN() // not finite: said already
          ? null
          : "The network has learnt next to nothing: its R2 is %s, always saying the mean has 0."
              .formatted(Rule.number(r2));
    }
    Double accuracy = checkup.scores().accuracy();
    int most = checkup.patient().classes().stream().mapToInt(ClassCount::rows).max().orElse(0);
    double guessing = (double) most / checkup.patient().rows();
    return accuracy == null || accuracy > guessing + LITTLE * (1 - guessing)
        ? null
        : "The network has learnt next to nothing: it is right for %s of the rows, always saying the same for %s."
            .formatted(Rule.percent(accuracy), Rule.percent(guessing));
  }

  private static Change change(Checkup checkup) {
    Patient patient = checkup.patient();
    TrainingOptions options = patient.options();
    double rate = options.learningRate();
    double usual = Change.usualRate(options);
    double update = checkup.layers().stream().mapToDouble(LayerCheck::update).max().orElse(0);
    if (InputsNotScaled.large(patient)) {
      return Change.scale(patient.inputs());
    }
    if (!Change.sized(patient.initializer())) {
      return Change.he();
    }
    if (checkup.lastLoss() * FALLEN > checkup.firstLoss()) { // it rose
      return Change.smallerRate(options);
    }
    if (rate < usual && update > 0 && update < SMALL_UPDATE) {
      return Change.longerSteps(Math.min(usual, rate * HEALTHY_UPDATE / update));
    }
    if (checkup.hidden().isEmpty()) {
      return Change.hiddenLayers();
    }
    if (checkup.hasFlatUnits()) {
      return Change.relus(checkup.hidden());
    }
    if (rate > usual) {
      return Change.smallerRate(options);
    }
    return Change.adaptive(options.optimizer())
        ? Change.none("Try more units, or other features: these may not tell what is asked for.")
        : Change.adam();
  }
}

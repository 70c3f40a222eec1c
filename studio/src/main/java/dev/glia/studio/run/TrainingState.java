package dev.glia.studio.run;

import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.split.Parts;
import dev.glia.studio.view.Scored;
import dev.glia.studio.view.Subject;
import dev.glia.table.Table;
import dev.glia.training.Checkpoint;
import dev.glia.training.Examples;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A training with its own recipe and data: a run may start again, with others, between two
 * questions.
 *
 * @param subject its data and how to evaluate on them
 * @param logged the epochs that had been logged by then
 * @param ended whether it has learnt all that it was to learn
 */
public record TrainingState(
    Recipe recipe,
    Parts split,
    Experiment experiment,
    Checkpoint checkpoint,
    Subject subject,
    List<EpochFinished> logged,
    boolean ended) {

  /** After how many updates it was so. */
  public long updates() {
    return checkpoint.updates();
  }

  /** The model as it was, without metrics. */
  public Model model() {
    return experiment.model(checkpoint.network());
  }

  /** The model as it was, with how good these very weights are; tested once it has learnt all. */
  public Trained trained() {
    Scored scored = scored();
    TrainingResult result =
        new TrainingResult(
            checkpoint.network(),
            checkpoint.epoch(),
            checkpoint.updates(),
            checkpoint.seconds(),
            scored.train(),
            scored.validation(),
            ended || split.watchesTest()
                ? experiment.test(checkpoint.network(), scored.validation())
                : null,
            false,
            false,
            checkpoint.epoch());
    return new Trained(experiment.model(result), result);
  }

  /**
   * What is shown of it: before its end not the rows to test on, unless they are looked at while it
   * learns.
   */
  public Parts shown() {
    return ended || split.watchesTest()
        ? split
        : new Parts(split.train(), split.validation(), null);
  }

  /** The epochs that had been logged by then, and this moment as the last. */
  public List<EpochFinished> epochs() {
    if (isLogged()) {
      return logged;
    }
    Scored scored = scored();
    List<EpochFinished> epochs = new ArrayList<>(logged);
    epochs.add(
        new EpochFinished(
            checkpoint.epoch(),
            checkpoint.updates(),
            scored.train(),
            scored.validation(),
            0,
            checkpoint::network));
    return epochs;
  }

  private boolean isLogged() {
    return !logged.isEmpty() && logged.getLast().updates() == updates();
  }

  private Scored scored() {
    return isLogged()
        ? Scored.of(logged.getLast())
        : subject.evaluate(checkpoint.network(), updates());
  }

  /** The rows of a part. */
  public Table data(DataPart part) {
    return part.of(split);
  }

  /** The rows of a part, ready for the network. */
  public Examples examples(DataPart part) {
    return switch (part) {
      case TRAIN -> experiment.trainExamples();
      case WATCHED ->
          Objects.requireNonNullElseGet(
              experiment.validationExamples(),
              () -> experiment.untrained().examples(split.watched()));
    };
  }
}

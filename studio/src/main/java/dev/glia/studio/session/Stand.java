package dev.glia.studio.session;

import dev.glia.data.Dataset;
import dev.glia.data.Split;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.training.Checkpoint;
import dev.glia.training.Examples;

/**
 * A training with its own recipe and data: a run may begin anew, with others, between two
 * questions.
 */
public record Stand(Recipe recipe, Split split, Experiment experiment, Checkpoint checkpoint) {

  /** The model as it was. */
  public Model model() {
    return experiment.model(checkpoint.network());
  }

  /** The rows of a part. */
  public Dataset data(DataPart part) {
    return part.of(split);
  }

  /** The rows of a part, ready for the network. */
  public Examples examples(DataPart part) {
    return switch (part) {
      case TRAIN -> experiment.trainExamples();
      case TEST -> experiment.testExamples();
    };
  }
}

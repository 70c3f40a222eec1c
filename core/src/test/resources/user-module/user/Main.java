package user;

import dev.glia.compute.KernelChoice;
import dev.glia.inspection.GradientCheck;
import dev.glia.layer.Dense;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.source.Moons;
import dev.glia.split.Parts;
import dev.glia.training.Cancellation;
import java.util.List;
import java.util.Map;

/** A network with an activation and a layer of one's own, checked and trained. */
public class Main {

  /**
   * Prints the kernel, whether all gradients are right, the loss after the training, and
   * predictions.
   */
  public static void main(String[] args) {
    Recipe article = Recipe.named("moons");
    Recipe recipe =
        article
            .withHidden(List.of(new Dense(8, new Mish()), new Half()))
            .withTraining(article.training().withEpochs(50));
    Parts parts = recipe.split(Moons.article().generate());
    Experiment experiment = new Experiment(recipe, parts);
    boolean right =
        GradientCheck.run(
                experiment.untrained().network(),
                experiment.trainExamples(),
                recipe.training().loss(),
                KernelChoice.AUTO)
            .stream()
            .allMatch(GradientCheck.Comparison::isRight);
    Trained trained = experiment.train(new Cancellation());
    double loss = trained.result().train().loss();
    System.out.println(
        KernelChoice.AUTO.implementation()
            + ";"
            + right
            + ";"
            + loss
            + ";"
            + ofRecord(trained.model())
            + ";"
            + trained.model().predict(Map.of("x1", 0.5, "x2", 0.5)).label());
  }

  private record Point(double x1, double x2) {}

  private static String ofRecord(Model model) {
    try {
      return model.predict(new Point(0.5, 0.5)).label();
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}

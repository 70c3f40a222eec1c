package user;

import dev.glia.data.Moons;
import dev.glia.data.Split;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.network.Dense;
import dev.glia.network.KernelChoice;
import dev.glia.training.Cancellation;
import dev.glia.training.GradientCheck;
import java.util.List;

/** A network with an activation and a layer of one's own, checked and trained. */
public class Main {

  /** Prints the kernel, whether all gradients are right, and the loss after the training. */
  public static void main(String[] args) {
    Recipe article = Recipe.named("moons");
    Recipe recipe =
        article
            .withHidden(List.of(new Dense(8, new Mish()), new Half()))
            .withTraining(article.training().withEpochs(50));
    Split split = recipe.split(Moons.article().generate());
    Experiment experiment = new Experiment(recipe, split);
    boolean right =
        GradientCheck.run(
                experiment.untrained().network(),
                experiment.trainExamples(),
                recipe.training().loss(),
                KernelChoice.AUTO)
            .stream()
            .allMatch(GradientCheck.Comparison::isRight);
    double loss = experiment.train(new Cancellation()).result().train().loss();
    System.out.println(KernelChoice.AUTO.implementation() + ";" + right + ";" + loss);
  }
}

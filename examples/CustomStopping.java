import dev.glia.metric.EvaluatedEpoch;
import dev.glia.model.Recipe;
import dev.glia.optimizer.Adam;
import dev.glia.source.Moons;
import dev.glia.split.Holdout;
import dev.glia.stopping.Stopping;
import dev.glia.table.Table;
import dev.glia.training.TrainingResult;

// A stopping rule of one's own: to stop where the network knows its rows much better than others.
//
//   java @examples/jvm examples/CustomStopping.java
//
// It trains a network that is large for a hundred points.

void main() {
  Recipe article = Recipe.named("moons").withHoldout(Holdout.of(0.2, 0.2));
  Recipe recipe =
      article.withTraining(
          article
              .training()
              .withOptimizer(new Adam())
              .withLearningRate(0.01)
              .withEpochs(5000)
              .withLogEvery(10)
              .withStopping(new Gap(1.5)));
  Table moons = new Moons(100, 0.3, true, 0).generate();
  TrainingResult result = recipe.train(recipe.split(moons)).result();
  IO.println("stopped " + result.stopped() + " after epoch " + result.epochs());
  IO.println("weights of epoch " + result.bestEpoch());
  IO.println("test loss below 0.3: " + (result.test().loss() < 0.3));
}

/**
 * Stops when the loss on rows kept back is so many times that on the rows to learn from, and gives
 * the weights of the epoch with the least loss on those kept back.
 */
record Gap(double ratio) implements Stopping {

  @Override
  public String name() {
    return "gap(" + ratio + ")";
  }

  @Override
  public boolean stops(List<EvaluatedEpoch> history) {
    EvaluatedEpoch last = history.getLast();
    return last.validationLoss() > ratio * last.train().loss();
  }

  @Override
  public int best(List<EvaluatedEpoch> history) {
    int best = 0;
    for (int i = 1; i < history.size(); i++) {
      best = history.get(i).validationLoss() < history.get(best).validationLoss() ? i : best;
    }
    return best;
  }
}

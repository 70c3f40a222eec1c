import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.optimizer.Adam;
import dev.glia.schedule.Progress;
import dev.glia.schedule.Schedule;
import dev.glia.source.Moons;
import dev.glia.table.Table;

// A schedule of one's own: half a cosine that starts again, each time twice as long.
//
//   java @examples/jvm examples/CustomSchedule.java
//
// It trains the second article's network with it, by Adam.

void main() {
  Schedule schedule = new WarmRestarts(100);
  for (int epoch : new int[] {0, 50, 99, 100, 200, 299, 300}) {
    Progress progress = Progress.of(epoch, 1, 700, List.of());
    IO.println("epoch %d: %.4f".formatted(epoch, schedule.factor(progress)));
  }

  Recipe article = Recipe.named("moons");
  Recipe recipe =
      article.withTraining(
          article
              .training()
              .withOptimizer(new Adam())
              .withLearningRate(0.05)
              .withSchedule(schedule)
              .withEpochs(700));
  Table moons = Moons.article().generate();
  Trained trained = recipe.train(recipe.split(moons));
  IO.println("test accuracy " + trained.result().test().accuracy());
}

/**
 * Loshchilov and Hutter, "SGDR" (2017), as {@code CosineAnnealingWarmRestarts(first, 2)} of
 * PyTorch. A pure function of the progress: a training that is interrupted goes on with the same
 * bits.
 *
 * @param first epochs before the first restart
 */
record WarmRestarts(int first) implements Schedule {

  @Override
  public String name() {
    return "warm_restarts(" + first + ")";
  }

  @Override
  public double factor(Progress progress) {
    double length = (double) first * progress.batches(); // of a cycle, in updates
    double update = progress.update();
    while (update >= length) {
      update -= length;
      length *= 2;
    }
    return (1 + StrictMath.cos(Math.PI * update / length)) / 2; // StrictMath: on all machines
  }
}

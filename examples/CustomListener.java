import dev.glia.model.Recipe;
import dev.glia.source.Moons;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingListener;

// A listener of one's own: the loss as bars, while the network learns.
//
//   java @examples/jvm examples/CustomListener.java

void main() {
  Recipe article = Recipe.named("moons");
  Recipe recipe = article.withTraining(article.training().withEpochs(2000).withLogEvery(200));
  recipe.train(recipe.split(Moons.article().generate()), new Bars());
}

/** One line for each epoch that was evaluated. It is called on the training's thread, in order. */
static class Bars implements TrainingListener {

  private double first = Double.NaN;

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started ->
          IO.println(
              started.architecture().parameterCount() + " parameters learn from " + rows(started));
      case TrainingEvent.EpochFinished epoch -> {
        double loss = epoch.train().loss();
        first = Double.isNaN(first) ? loss : first;
        String bar = "#".repeat((int) Math.round(40 * Math.min(1, loss / first)));
        IO.println("%4d %-40s %.4f".formatted(epoch.epoch(), bar, loss));
      }
      case TrainingEvent.OfMember of -> on(of.event()); // of several networks, side by side
      case TrainingEvent.Finished finished ->
          IO.println("after " + finished.updates() + " updates: " + finished.test().accuracy());
    }
  }

  private static String rows(TrainingEvent.Started started) {
    return started.trainRows() + " rows, " + started.testRows() + " are kept back";
  }
}

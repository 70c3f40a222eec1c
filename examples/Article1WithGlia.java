import dev.glia.activation.Relu;
import dev.glia.activation.Sigmoid;
import dev.glia.image.DataCache;
import dev.glia.image.DownloadProgress;
import dev.glia.image.Mnist;
import dev.glia.layer.Dense;
import dev.glia.loss.SquaredError;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.optimizer.Sgd;
import dev.glia.preprocessing.Scaler;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.task.Prediction;
import dev.glia.training.Batching;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingOptions;

// The first article's network, 784-16-10 on MNIST, with Glia: right gradients, the test part scaled
// as the training part is, and the digits in a new order each epoch.
//
//   java @examples/jvm examples/Article1WithGlia.java [DATA_DIR]
//
// DATA_DIR/mnist holds MNIST's four files, or gets them by download; without DATA_DIR the user's
// cache folder does.

void main(String[] args) throws IOException {
  DataCache cache = args.length > 0 ? new DataCache(Path.of(args[0])) : DataCache.standard();
  Table mnist = cache.load(Mnist.images(), DownloadProgress.NONE);
  Parts parts = Holdout.of(0, 0.33).seed(42).split(mnist);

  TrainingOptions training =
      TrainingOptions.defaults()
          .withLoss(new SquaredError())
          .withOptimizer(new Sgd())
          .withLearningRate(0.1)
          .withBatching(new Batching(64, true))
          .withEpochs(50);
  Recipe recipe = // Recipe.named("mnist") is the same
      Recipe.predict("label")
          .withHidden(List.of(new Dense(16, new Relu())))
          .withOutput(new Sigmoid())
          .withScaling(Scaler.Kind.MINMAX)
          .withTraining(training);
  Experiment experiment = new Experiment(recipe, parts);

  Table first = parts.train().select(new int[] {0});
  Prediction opinion = experiment.untrained().predict(first).getFirst();
  IO.println("I'm " + percent(opinion.value()) + " sure that it's a " + opinion.label() + ".");
  IO.println("The number was a " + ((Categories) first.target()).code(0));

  Trained trained =
      experiment.train(event -> {
        if (event instanceof EpochFinished epoch) { // epoch 0 is the untrained network
          double accuracy = epoch.validation().accuracy();
          IO.println("Epoch " + epoch.epoch() + " Accuracy = " + percent(accuracy));
        }
      });
  trained.model().save(Path.of("runs", "article1", "model.safetensors"));
}

String percent(double share) {
  return Math.rint(share * 1e4) / 100 + "%";
}

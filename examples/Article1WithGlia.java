import dev.glia.data.ClassTarget;
import dev.glia.data.DataCache;
import dev.glia.data.Dataset;
import dev.glia.data.DownloadProgress;
import dev.glia.data.Mnist;
import dev.glia.data.Scaler;
import dev.glia.data.Split;
import dev.glia.model.Experiment;
import dev.glia.model.Prediction;
import dev.glia.model.Recipe;
import dev.glia.network.Dense;
import dev.glia.network.Relu;
import dev.glia.network.Sigmoid;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import dev.glia.training.Sgd;
import dev.glia.training.SquaredError;
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
  Dataset mnist = cache.load(Mnist.images(), DownloadProgress.NONE);
  Split split = Split.of(mnist, 0.33, 42);

  TrainingOptions training =
      TrainingOptions.defaults()
          .withLoss(new SquaredError())
          .withOptimizer(new Sgd())
          .withLearningRate(0.1)
          .withBatching(new Batching(64, true))
          .withEpochs(50);
  Recipe recipe = // Recipe.named("mnist") is the same
      Recipe.forTarget(mnist.target())
          .withHidden(List.of(new Dense(16, new Relu())))
          .withOutput(new Sigmoid())
          .withScaling(Scaler.Kind.MINMAX)
          .withTraining(training);
  Experiment experiment = new Experiment(recipe, split);

  double[] digit = new double[784];
  Arrays.setAll(digit, pixel -> split.train().features().get(0, pixel));
  Prediction opinion = experiment.untrained().predict(digit);
  IO.println("I'm " + percent(opinion.value()) + " sure that it's a " + opinion.label() + ".");
  IO.println("The number was a " + ((ClassTarget) split.train().target()).classOf(0));

  Experiment.Trained trained =
      experiment.train(
          new Cancellation(),
          event -> {
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

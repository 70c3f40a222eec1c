import dev.glia.activation.LeakyRelu;
import dev.glia.activation.Sigmoid;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.metric.Decision;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.Sgd;
import dev.glia.plot.LossAndPredictions;
import dev.glia.plot.LossCurve;
import dev.glia.plot.RealAndPredicted;
import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Examples;
import dev.glia.training.History;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingOptions;
import dev.glia.training.TrainingResult;

// The second article's network, 2-16-16-1 on the moons, with Glia: right gradients, He's weights.
//
//   java @examples/jvm examples/Article2WithGlia.java
//
// The article's graphs are in runs/article2/training.png then.

void main() throws IOException {
  Parts parts = Holdout.of(0, 0.25).split(new Moons(200, 0.2, false, 0).generate());
  Examples train = Examples.of(parts.train().features(), parts.train().target(), 1);
  Examples test = Examples.of(parts.test().features(), parts.test().target(), 1);

  Dense hidden = new Dense(16, new LeakyRelu(0.05));
  Dense output = new Dense(1, new Sigmoid());
  Architecture architecture = new Architecture(2, List.of(hidden, hidden, output));
  RandomState random = new RandomState(0);
  Network untrained = Network.initialize(architecture, new Initializer.He(), random);

  TrainingOptions options =
      TrainingOptions.defaults()
          .withLoss(new BinaryCrossEntropy())
          .withOptimizer(new Sgd())
          .withLearningRate(0.25)
          .withBatching(Batching.full())
          .withEpochs(20_000)
          .withLogEvery(50);
  TrainingListener print =
      event -> {
        if (event instanceof EpochFinished epoch) { // one batch an epoch, so an epoch is a step
          IO.println("loss at step " + epoch.epoch() + " = " + epoch.train().loss());
        }
      };
  History history = new History();
  TrainingResult result = new Trainer(options, print, history).fit(untrained, train, test, random);
  IO.println("Final loss: " + result.validation().loss());
  IO.println("Final accuracy: " + result.validation().accuracy());

  draw(history, parts.test(), result.network());
}

/** The loss on top; below, the test part as it is and as the network sees it. */
void draw(History history, Table test, Network network) throws IOException {
  double[] steps = history.epochs().stream().mapToDouble(EpochFinished::epoch).toArray();
  double[] losses = history.epochs().stream().mapToDouble(epoch -> epoch.train().loss()).toArray();
  Categories target = (Categories) test.target();
  int[] real = IntStream.range(0, test.rows()).map(target::code).toArray();
  int[] predicted = Decision.classesOf(network.predict(test.features()), 1);
  RealAndPredicted points =
      RealAndPredicted.of(
          "Real data",
          "Predictions",
          column(test, 0),
          column(test, 1),
          real,
          predicted,
          target.levels());
  LossCurve loss = LossCurve.of("Loss", "step", steps, losses);
  new LossAndPredictions(loss, points).write(Path.of("runs", "article2", "training.png"));
}

double[] column(Table data, int column) {
  double[] values = new double[data.rows()];
  Arrays.setAll(values, row -> data.features().get(row, column));
  return values;
}

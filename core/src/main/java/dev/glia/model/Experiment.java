package dev.glia.model;

import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.NumberTarget;
import dev.glia.data.RandomState;
import dev.glia.data.Scaler;
import dev.glia.data.Split;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.network.Softmax;
import dev.glia.training.BinaryCrossEntropy;
import dev.glia.training.Cancellation;
import dev.glia.training.Checkpoint;
import dev.glia.training.Compute;
import dev.glia.training.Examples;
import dev.glia.training.Trainer;
import dev.glia.training.Training;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingOptions;
import dev.glia.training.TrainingResult;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipe and its data: fits the scaler on the training part, makes the network, trains it, and
 * puts the model together.
 */
public final class Experiment {

  /** So many names fit a model's file, however long they are. */
  private static final int FEW_NAMES = 2_000;

  private final Recipe recipe;
  private final Split split;
  private final Scaler scaler;
  private final Network untrained;
  private @Nullable Examples trainExamples;
  private @Nullable Examples testExamples;

  /**
   * What a training gave.
   *
   * @param model ready to use and to save
   * @param result how the training went
   */
  public record Trained(Model model, TrainingResult result) {}

  /**
   * Prepares a training: afterwards {@link #untrained} can be asked for predictions.
   *
   * @throws IllegalArgumentException if the recipe does not fit the data
   */
  public Experiment(Recipe recipe, Split split) {
    this.recipe = recipe;
    this.split = split;
    scaler =
        switch (recipe.scaling()) {
          case NONE -> Scaler.none(split.train().features().columns());
          case MINMAX -> Scaler.minMax(split.train().features());
          case STANDARD -> Scaler.standard(split.train().features());
        };
    Architecture architecture = recipe.architecture(split.train());
    recipe.training().loss().after(recipe.output()); // refuses what does not go together
    refuseMeaningless(recipe, split.train());
    untrained = initialize(architecture, new RandomState(recipe.seed()));
    if (architecture.inputs() + (long) architecture.outputs() > FEW_NAMES) {
      ModelFile.checkNames(untrained());
    }
  }

  private Experiment(Experiment other, TrainingOptions training) {
    recipe = other.recipe.withTraining(training);
    split = other.split;
    scaler = other.scaler;
    untrained = other.untrained;
    trainExamples = other.trainExamples();
    testExamples = other.testExamples();
    recipe.training().loss().after(recipe.output()); // refuses what does not go together
    refuseMeaningless(recipe, split.train());
  }

  /**
   * The same data, scaled the same, and the same first weights, to be trained in another way;
   * shares the rows with this one.
   *
   * @throws IllegalArgumentException if the loss does not fit data and output
   */
  public Experiment with(TrainingOptions training) {
    return new Experiment(this, training);
  }

  private Network initialize(Architecture architecture, RandomState random) {
    return Network.initialize(architecture, recipe.initializer(), random);
  }

  private static void refuseMeaningless(Recipe recipe, Dataset data) {
    if (!(data.target() instanceof NumberTarget target)) {
      return;
    }
    if (recipe.output() instanceof Softmax) {
      throw new IllegalArgumentException(
          "A softmax shares 1 among classes, %s predicts the number %s: take identity."
              .formatted(data.name(), target.name()));
    }
    for (int row = 0; row < target.rows(); row++) {
      double value = target.value(row);
      if (recipe.training().loss() instanceof BinaryCrossEntropy && !(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "The loss bce is for values from 0 to 1, %s of %s is also %s: take mse."
                .formatted(target.name(), data.name(), value));
      }
    }
  }

  /** What is trained. */
  public Recipe recipe() {
    return recipe;
  }

  /** The rows, as they were given. */
  public Split split() {
    return split;
  }

  /** The model before training. */
  public Model untrained() {
    return model(untrained);
  }

  /**
   * Trains. Every call begins anew and gives the same.
   *
   * @throws dev.glia.training.DivergedException if numbers stop being finite
   */
  public Trained train(Cancellation cancellation, TrainingListener... listeners) {
    return train(Compute.all(), cancellation, listeners);
  }

  /**
   * Trains on some threads.
   *
   * @throws dev.glia.training.DivergedException if numbers stop being finite
   */
  public Trained train(Compute compute, Cancellation cancellation, TrainingListener... listeners) {
    Trainer trainer = new Trainer(recipe.training(), compute, cancellation, listeners);
    RandomState random = new RandomState(recipe.seed());
    // The stream that gave the weights goes on to the order of the rows.
    Network first = initialize(untrained.architecture(), random);
    TrainingResult result = trainer.fit(first, trainExamples(), testExamples(), random);
    return new Trained(model(result), result);
  }

  /**
   * Begins the training that {@link #train} does in one go, for its caller to step and to close.
   * Every call begins anew and gives the same.
   */
  public Training begin(Compute compute) {
    RandomState random = new RandomState(recipe.seed());
    Network first = initialize(untrained.architecture(), random);
    return Training.begin(
        recipe.training(), compute, first, trainExamples(), testExamples(), random);
  }

  /**
   * Goes on from a checkpoint of this experiment, or of one that differs in its {@link
   * Recipe#training} alone: see {@link Training#resume}.
   *
   * @throws IllegalArgumentException if the checkpoint is of another network or other data
   */
  public Training resume(Compute compute, Checkpoint checkpoint) {
    return Training.resume(
        recipe.training(),
        compute,
        untrained.architecture(),
        trainExamples(),
        testExamples(),
        checkpoint);
  }

  /** The rows to learn from, ready for the network; made at the first call. */
  public synchronized Examples trainExamples() {
    if (trainExamples == null) {
      trainExamples = untrained().examples(split.train());
    }
    return trainExamples;
  }

  /** The rows kept back, ready for the network; made at the first call. */
  public synchronized Examples testExamples() {
    if (testExamples == null) {
      testExamples = untrained().examples(split.test());
    }
    return testExamples;
  }

  /** The model of what a training of this experiment gave, with how good it was. */
  public Model model(TrainingResult result) {
    return model(result.network(), metrics(result));
  }

  private static Map<String, Double> metrics(TrainingResult result) {
    Map<String, Double> metrics = new TreeMap<>(result.train().named(""));
    if (result.validation() != null) {
      metrics.putAll(result.validation().named("val_"));
    }
    return metrics;
  }

  /**
   * A network of this experiment as a model, such as one that is still in training; without
   * metrics.
   *
   * @throws IllegalArgumentException if the network has other inputs or outputs
   */
  public Model model(Network network) {
    return model(network, Map.of());
  }

  private Model model(Network network, Map<String, Double> metrics) {
    Dataset data = split.train();
    return new Model(
        data.name(),
        data.featureNames(),
        scaler,
        network,
        switch (data.target()) {
          case ClassTarget c -> new Outcome.Classes(c.names());
          case NumberTarget n -> new Outcome.Quantity(n.name());
        },
        recipe.training().loss(),
        recipe.seed(),
        metrics,
        data.image());
  }
}

package dev.glia.model;

import dev.glia.data.Holdout;
import dev.glia.data.Parts;
import dev.glia.data.Scaler;
import dev.glia.data.Table;
import dev.glia.internal.text.OutsideText;
import dev.glia.network.Activation;
import dev.glia.network.Architecture;
import dev.glia.network.Dense;
import dev.glia.network.Identity;
import dev.glia.network.Initializer;
import dev.glia.network.Layer;
import dev.glia.network.LeakyRelu;
import dev.glia.network.Relu;
import dev.glia.network.Sigmoid;
import dev.glia.network.Softmax;
import dev.glia.network.Tanh;
import dev.glia.training.Adam;
import dev.glia.training.Batching;
import dev.glia.training.BinaryCrossEntropy;
import dev.glia.training.CrossEntropy;
import dev.glia.training.Loss;
import dev.glia.training.MeanSquaredError;
import dev.glia.training.Sgd;
import dev.glia.training.SquaredError;
import dev.glia.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All settings of a training, from the split to the last epoch.
 *
 * <p>Every built-in data set has one with its defaults ({@link #named}), any other data set gets
 * one by what it predicts ({@link #forTarget}). {@code recipe.withSeed(1)} changes a copy.
 *
 * @param hidden the hidden layers, none for a linear model
 * @param output the activation of the output layer
 * @param initializer where the first weights come from
 * @param scaling how the features are scaled
 * @param testFraction the share of the rows kept back, over 0 and under 1
 * @param splitSeed of the random choice of those rows
 * @param stratify whether each class is split in the same ratio
 * @param seed of the first weights and the order of the rows
 * @param training loss, optimizer, batches, epochs and the like
 */
public record Recipe(
    List<Layer> hidden,
    Activation output,
    Initializer initializer,
    Scaler.Kind scaling,
    double testFraction,
    long splitSeed,
    boolean stratify,
    long seed,
    TrainingOptions training) {

  /** Keeps a copy of the layers. */
  public Recipe {
    hidden = List.copyOf(hidden);
  }

  /**
   * The recipe of a built-in data set.
   *
   * <p>{@code moons} and {@code mnist} have the network, loss, learning rate, batches and length of
   * their articles, with He weights and a new order of the rows in each epoch.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Recipe named(String dataset) {
    return switch (dataset) {
      case "moons" ->
          recipe(
              layers(new LeakyRelu(0.05), 16, 16),
              new Sigmoid(),
              Scaler.Kind.NONE,
              training(new BinaryCrossEntropy(), 20_000, Batching.full())
                  .withOptimizer(new Sgd())
                  .withLearningRate(0.25)
                  .withLogEvery(50));
      case "circles", "xor" ->
          recipe(
              layers(new Relu(), 16, 16),
              new Sigmoid(),
              Scaler.Kind.STANDARD,
              training(new BinaryCrossEntropy(), 300, new Batching(32, false)));
      case "spirals" ->
          recipe(
              layers(new Relu(), 32, 32),
              new Sigmoid(),
              Scaler.Kind.STANDARD,
              training(new BinaryCrossEntropy(), 500, new Batching(32, false)));
      case "blobs" ->
          recipe(
              layers(new Relu(), 16),
              new Softmax(),
              Scaler.Kind.STANDARD,
              training(new CrossEntropy(), 100, new Batching(32, false)));
      case "sine" ->
          recipe(
              layers(new Tanh(), 16, 16),
              new Identity(),
              Scaler.Kind.STANDARD,
              training(new MeanSquaredError(), 400, new Batching(32, false)));
      case "hills" ->
          recipe(
              layers(new Tanh(), 32, 32),
              new Identity(),
              Scaler.Kind.STANDARD,
              training(new MeanSquaredError(), 400, new Batching(32, false)));
      case "digits" ->
          recipe(
              layers(new Relu(), 32),
              new Softmax(),
              Scaler.Kind.MINMAX,
              training(new CrossEntropy(), 20, new Batching(32, false)).withLearningRate(0.003));
      case "mnist" ->
          recipe(
                  layers(new Relu(), 16),
                  new Sigmoid(),
                  Scaler.Kind.MINMAX,
                  training(new SquaredError(), 50, new Batching(64, true))
                      .withOptimizer(new Sgd())
                      .withLearningRate(0.1))
              .withTestFraction(0.33)
              .withSplitSeed(42);
      case "fashion-mnist" ->
          recipe(
                  layers(new Relu(), 128),
                  new Softmax(),
                  Scaler.Kind.MINMAX,
                  training(new CrossEntropy(), 20, new Batching(128, false))
                      .withLearningRate(0.001))
              .withTestFraction(0.33)
              .withSplitSeed(42);
      default -> throw new IllegalArgumentException("There is no recipe for \"" + dataset + "\".");
    };
  }

  /** A recipe for a data set of one's own, by what it predicts. */
  public static Recipe forTarget(Target target) {
    List<Layer> hidden = layers(new Relu(), 32, 32);
    Batching batching = new Batching(32, false);
    return switch (target) {
      case ClassTarget c when c.names().size() <= 2 ->
          recipe(
              hidden,
              new Sigmoid(),
              Scaler.Kind.STANDARD,
              training(new BinaryCrossEntropy(), 100, batching));
      case ClassTarget c ->
          recipe(
              hidden,
              new Softmax(),
              Scaler.Kind.STANDARD,
              training(new CrossEntropy(), 100, batching));
      case NumberTarget n ->
          recipe(
              hidden,
              new Identity(),
              Scaler.Kind.STANDARD,
              training(new MeanSquaredError(), 100, batching));
    };
  }

  /** The loss that goes with an output activation where none is asked for. */
  public static Loss lossFor(Activation output) {
    return switch (output) {
      case Sigmoid sigmoid -> new BinaryCrossEntropy();
      case Softmax softmax -> new CrossEntropy();
      default -> new MeanSquaredError();
    };
  }

  private static Recipe recipe(
      List<Layer> hidden, Activation output, Scaler.Kind scaling, TrainingOptions training) {
    return new Recipe(hidden, output, new Initializer.He(), scaling, 0.25, 0, false, 0, training);
  }

  private static List<Layer> layers(Activation activation, int... units) {
    List<Layer> layers = new ArrayList<>();
    for (int u : units) {
      layers.add(new Dense(u, activation));
    }
    return layers;
  }

  private static TrainingOptions training(Loss loss, int epochs, Batching batching) {
    return TrainingOptions.defaults()
        .withLoss(loss)
        .withOptimizer(new Adam())
        .withLearningRate(0.01)
        .withEpochs(epochs)
        .withBatching(batching);
  }

  /** Splits a data set as the recipe says. */
  public Split split(Dataset data) {
    return stratify
        ? Split.stratified(data, testFraction, splitSeed)
        : Split.of(data, testFraction, splitSeed);
  }

  /**
   * The network for a data set: two classes need one output, or two behind a softmax.
   *
   * @throws IllegalArgumentException if the data set has a single class
   */
  public Architecture architecture(Dataset data) {
    int outputs =
        switch (data.target()) {
          case NumberTarget n -> 1;
          case ClassTarget c when c.names().size() < 2 ->
              throw new IllegalArgumentException(
                  "%s has a single class (%s): at least two are needed to learn from."
                      .formatted(data.name(), OutsideText.list(c.names())));
          case ClassTarget c ->
              c.names().size() == 2 && !(output instanceof Softmax) ? 1 : c.names().size();
        };
    List<Layer> layers = new ArrayList<>(hidden);
    layers.add(new Dense(outputs, output));
    return new Architecture(data.features().columns(), layers);
  }

  /** A copy with other hidden layers. */
  public Recipe withHidden(List<Layer> hidden) {
    return with(draft -> draft.hidden = hidden);
  }

  /** A copy with another output activation. */
  public Recipe withOutput(Activation output) {
    return with(draft -> draft.output = output);
  }

  /** A copy with another initializer. */
  public Recipe withInitializer(Initializer initializer) {
    return with(draft -> draft.initializer = initializer);
  }

  /** A copy with another scaling. */
  public Recipe withScaling(Scaler.Kind scaling) {
    return with(draft -> draft.scaling = scaling);
  }

  /** A copy with another test fraction. */
  public Recipe withTestFraction(double testFraction) {
    return with(draft -> draft.testFraction = testFraction);
  }

  /** A copy with another seed of the split. */
  public Recipe withSplitSeed(long splitSeed) {
    return with(draft -> draft.splitSeed = splitSeed);
  }

  /** A copy with another choice about stratifying. */
  public Recipe withStratify(boolean stratify) {
    return with(draft -> draft.stratify = stratify);
  }

  /** A copy with another seed. */
  public Recipe withSeed(long seed) {
    return with(draft -> draft.seed = seed);
  }

  /** A copy with other training options. */
  public Recipe withTraining(TrainingOptions training) {
    return with(draft -> draft.training = training);
  }

  private Recipe with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.recipe();
  }

  /** A copy while a setting of it changes. */
  private static final class Draft {
    List<Layer> hidden;
    Activation output;
    Initializer initializer;
    Scaler.Kind scaling;
    double testFraction;
    long splitSeed;
    boolean stratify;
    long seed;
    TrainingOptions training;

    Draft(Recipe recipe) {
      hidden = recipe.hidden;
      output = recipe.output;
      initializer = recipe.initializer;
      scaling = recipe.scaling;
      testFraction = recipe.testFraction;
      splitSeed = recipe.splitSeed;
      stratify = recipe.stratify;
      seed = recipe.seed;
      training = recipe.training;
    }

    Recipe recipe() {
      return new Recipe(
          hidden, output, initializer, scaling, testFraction, splitSeed, stratify, seed, training);
    }
  }
}

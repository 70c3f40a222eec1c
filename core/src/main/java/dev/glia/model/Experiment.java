package dev.glia.model;

import dev.glia.compute.Compute;
import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Layer;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.random.RandomState;
import dev.glia.split.Parts;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Answers;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import dev.glia.training.Cancellation;
import dev.glia.training.Checkpoint;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Trainer;
import dev.glia.training.Training;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingOptions;
import dev.glia.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipe and its data: fits preprocessing and task on the training part, makes the network,
 * trains it, and puts the model together.
 */
public final class Experiment {

  /** So many names fit a model's file, however long they are. */
  private static final int FEW_NAMES = 1_000;

  private final Recipe recipe;
  private final Parts parts;
  private final Preprocessing preprocessing;
  private final Task task;
  private final Network untrained;
  private final @Nullable Model start; // null where a network begins with first weights
  private @Nullable Examples trainExamples;
  private @Nullable Examples validationExamples;
  private @Nullable Examples testExamples;

  /**
   * Prepares a training: afterwards {@link #untrained} can be asked for predictions.
   *
   * @throws IllegalArgumentException if the recipe does not fit the data
   */
  public Experiment(Recipe recipe, Parts parts) {
    this(recipe, parts, null);
  }

  /**
   * Prepares a training that goes on with a model, on rows that may be others: its preprocessing,
   * what it predicts and its weights are kept, and whatever the recipe says of layers, output, loss
   * and members. The optimizer begins with an empty memory.
   *
   * @throws IllegalArgumentException if columns or classes of the rows do not fit the model
   */
  public static Experiment goingOn(Model model, Recipe recipe, Parts parts) {
    return new Experiment(recipe.goingOnWith(model), parts, model);
  }

  private Experiment(Recipe recipe, Parts parts, @Nullable Model start) {
    this.start = start;
    this.parts = recipe.targets().isEmpty() ? parts : parts.predicting(recipe.targets());
    Table train = this.parts.train();
    if (recipe.features(train).featureColumns().isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no columns to predict from: it has %s, which %s predicted."
              .formatted(
                  train.name(),
                  OutsideText.list(train.targets()),
                  train.targets().size() == 1 ? "is" : "are"));
    }
    if (start != null) {
      preprocessing = start.preprocessing();
      task = start.task();
    } else {
      preprocessing = Preprocessing.fit(recipe.features(train), recipe.scaling(), recipe.bins());
      Task found = Task.of(this.parts, recipe.task(), recipe.targetScaling());
      task = recipe.clamp() && found instanceof Regression numbers ? numbers.heldBy(train) : found;
    }
    this.recipe = recipe.forTask(task);
    Architecture architecture = this.recipe.architecture(preprocessing.inputs(), task);
    refuseMeaningless();
    untrained =
        start == null
            ? initialize(architecture, new RandomState(recipe.seed()))
            : start.members().getFirst();
    if (architecture.inputs() + (long) architecture.outputs() > FEW_NAMES) {
      ModelFile.checkNames(untrained());
    }
  }

  private Experiment(Experiment other, TrainingOptions training) {
    start = other.start;
    recipe = other.recipe.withTraining(training);
    parts = other.parts;
    preprocessing = other.preprocessing;
    task = other.task;
    untrained = other.untrained;
    trainExamples = other.trainExamples();
    validationExamples = other.validationExamples();
    testExamples = other.testExamples();
    refuseMeaningless();
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

  /** First weights of the next numbers of a stream, or those that a member goes on with. */
  Network initialize(RandomState random, int member) {
    Network first = initialize(untrained.architecture(), random); // the stream goes on behind it
    return start == null ? first : start.members().get(member);
  }

  /** Rows of this experiment's table to learn from, with what each counts. */
  Examples toLearn(Table table) {
    Examples examples = examples(table);
    double[] weights = recipe.classWeights().of(task, examples.answers());
    String column = recipe.rowWeights();
    if (column != null) {
      if (!(table.column(column) instanceof Numbers numbers)) {
        throw new IllegalArgumentException(
            "The column %s of %s must hold numbers: it says what each row counts."
                .formatted(OutsideText.quoted(column), table.name()));
      }
      table.refuseMissing(numbers);
      double[] counts = weights == null ? numbers.values() : weights;
      if (weights != null) {
        Arrays.setAll(counts, row -> counts[row] * numbers.get(row));
      }
      weights = counts;
    }
    return weights == null ? examples : examples.weighted(weights);
  }

  /** Rows of this experiment's table, ready for the network. */
  Examples examples(Table table) {
    return untrained().examples(table);
  }

  /**
   * Refuses a loss that makes no sense of the output layer, or of what it should give, to choose by
   * the rows to test on, and batches of a row for a layer that looks at all rows of one.
   */
  private void refuseMeaningless() {
    TrainingOptions options = recipe.training();
    boolean chooses = options.stopping().needsValidation() || options.schedule().needsValidation();
    if (chooses && parts.watchesTest()) {
      throw new IllegalArgumentException(
          "%s looks at the rows to validate on, and there are none beside those to test on: keep some back, with validation-fraction 0.2 for instance."
              .formatted(
                  options.stopping().needsValidation()
                      ? options.stopping().name()
                      : options.schedule().name()));
    }
    for (Layer layer : recipe.hidden()) {
      if (layer.looksAtBatch() && options.batching().size() == 1) {
        throw new IllegalArgumentException(
            "%s takes mean and variance of a batch, so batch-size must be at least 2, got 1."
                .formatted(layer.name()));
      }
    }
    recipe.training().loss().after(recipe.output());
    Answers answers = task.answers(parts.train(), task.outputs(recipe.output()));
    for (int row = 0; row < answers.rows(); row++) {
      for (int output = 0; output < answers.outputs(); output++) {
        float y = answers.target(row, output);
        if (!recipe.training().loss().allows(y)) {
          throw new IllegalArgumentException(
              "The loss %s is for values from 0 to 1, %s of %s is also %s: take mse."
                  .formatted(
                      recipe.training().loss().name(),
                      task.targets().get(output),
                      parts.train().name(),
                      y));
        }
      }
    }
  }

  /** What is trained. */
  public Recipe recipe() {
    return recipe;
  }

  /** The model before training: one network, also where several will be averaged. */
  public Model untrained() {
    return model(untrained);
  }

  /**
   * Trains with all processors. Every call starts again and gives the same.
   *
   * @throws dev.glia.training.DivergedException if numbers stop being finite
   */
  public Trained train(TrainingListener... listeners) {
    return train(new Cancellation(), listeners);
  }

  /**
   * Trains until it is cancelled.
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
    if (recipe.members() > 1) {
      TrainingResult average = new Ensemble(this, compute, cancellation, listeners).train();
      return new Trained(model(average), average);
    }
    Trainer trainer = new Trainer(recipe.training(), compute, cancellation, listeners);
    RandomState random = new RandomState(recipe.seed());
    // The stream that gave the weights goes on to the order of the rows.
    Network first = initialize(random, 0);
    TrainingResult result =
        trainer.fit(first, trainExamples(), validationExamples(), testExamples(), random);
    return new Trained(model(result), result);
  }

  /**
   * Begins the training that {@link #train} does in one go, for its caller to step and to close.
   * Every call starts again and gives the same.
   *
   * @throws IllegalStateException if the recipe has several members: a caller steps one network
   */
  public Training begin(Compute compute) {
    refuseSeveral();
    RandomState random = new RandomState(recipe.seed());
    Network first = initialize(random, 0);
    return Training.begin(
        recipe.training(),
        compute,
        first,
        trainExamples(),
        validationExamples(),
        testExamples(),
        random);
  }

  /**
   * Goes on from a checkpoint of this experiment, or of one that differs in its {@link
   * Recipe#training} alone: see {@link Training#resume}.
   *
   * @throws IllegalArgumentException if the checkpoint is of another network or other data
   */
  public Training resume(Compute compute, Checkpoint checkpoint) {
    refuseSeveral();
    return Training.resume(
        recipe.training(),
        compute,
        untrained.architecture(),
        trainExamples(),
        validationExamples(),
        testExamples(),
        checkpoint);
  }

  private void refuseSeveral() {
    if (recipe.members() > 1) {
      throw new IllegalStateException(
          "A training that is stepped has one network, this recipe's model averages %d: take withMembers(1)."
              .formatted(recipe.members()));
    }
  }

  /** The rows to learn from, ready for the network; made at the first call. */
  public synchronized Examples trainExamples() {
    if (trainExamples == null) {
      trainExamples = toLearn(parts.train());
    }
    return trainExamples;
  }

  /** The rows to validate on, ready for the network, made at the first call; null for none. */
  public synchronized @Nullable Examples validationExamples() {
    if (validationExamples == null && parts.validation() != null) {
      validationExamples =
          parts.watchesTest() ? testExamples() : untrained().examples(parts.validation());
    }
    return validationExamples;
  }

  /** The rows to test on, ready for the network, made at the first call; null for none. */
  public synchronized @Nullable Examples testExamples() {
    if (testExamples == null && parts.test() != null) {
      testExamples = untrained().examples(parts.test());
    }
    return testExamples;
  }

  /**
   * How good a network is on the rows to test on; null if there are none.
   *
   * @param validation how good it is on the rows to validate on, which may be the same
   */
  public @Nullable Scores test(Network network, @Nullable Scores validation) {
    Examples test = testExamples();
    if (test == null) {
      return null;
    }
    if (parts.watchesTest() && validation != null) {
      return validation;
    }
    TrainingOptions options = recipe.training();
    return Evaluation.of(network, options.loss(), options.metrics(), test, Compute.all());
  }

  /** The rows to learn from and those kept back. */
  public Parts parts() {
    return parts;
  }

  /** What is predicted. */
  public Task task() {
    return task;
  }

  /** The model of what a training of this experiment gave, with how good it was. */
  public Model model(TrainingResult result) {
    return model(result.networks(), metrics(result));
  }

  private static Map<String, Double> metrics(TrainingResult result) {
    Map<String, Double> metrics = new TreeMap<>(result.train().named(""));
    if (result.validation() != null) {
      metrics.putAll(result.validation().named("val_"));
    }
    if (result.test() != null) {
      metrics.putAll(result.test().named("test_"));
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
    return model(List.of(network), Map.of());
  }

  private Model model(List<Network> networks, Map<String, Double> metrics) {
    return new Model(
        parts.train().name(),
        preprocessing,
        networks,
        task,
        recipe.training().loss(),
        recipe.seed(),
        metrics);
  }
}

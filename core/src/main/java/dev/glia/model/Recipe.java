package dev.glia.model;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.LeakyRelu;
import dev.glia.activation.Relu;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.activation.Tanh;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Loss;
import dev.glia.loss.MeanSquaredError;
import dev.glia.loss.SquaredError;
import dev.glia.metric.Metric;
import dev.glia.network.Architecture;
import dev.glia.optimizer.Adam;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.Sgd;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.Scaler;
import dev.glia.schedule.Cosine;
import dev.glia.schedule.Schedule;
import dev.glia.split.Groups;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.stopping.Best;
import dev.glia.stopping.Stopping;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.ClassWeights;
import dev.glia.task.Classification;
import dev.glia.task.Task;
import dev.glia.training.Batching;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a training, from the split to the last epoch.
 *
 * <p>Every built-in data set has one with its defaults ({@link #named}), any other table gets one
 * by what is to be predicted ({@link #predict}). {@code recipe.withSeed(1)} changes a copy.
 *
 * @param targets the names of the columns to predict; none for those that the table names
 * @param task what to take whole numbers to predict for
 * @param targetScale how numbers to predict are scaled while learning; null for standard behind the
 *     output {@code identity}, else none
 * @param hidden the hidden layers, none for a linear model
 * @param outputOrNull the activation of the output layer; null for that of the task, whose loss
 *     then comes with it
 * @param initializer where the first weights come from
 * @param scaling how the features are scaled
 * @param bins how many bins a column of numbers is encoded by at most, beside its scaled number; 0
 *     for none
 * @param clamp whether predicted numbers are held within those of the rows to learn from
 * @param members how many networks the model averages, each trained on other rows; 1 for a network
 * @param classWeights what the rows of each class count while a network learns
 * @param rowWeights the column that says what each row counts, which is no feature then; null for
 *     none
 * @param groups the column whose equal values are rows that no split parts, which is no feature
 *     then; null for none
 * @param holdout which rows are kept back
 * @param seed of the first weights and the order of the rows
 * @param training loss, optimizer, batches, epochs and the like
 */
public record Recipe(
    List<String> targets,
    Task.Kind task,
    Scaler.@Nullable Kind targetScale,
    List<Layer> hidden,
    @Nullable Activation outputOrNull,
    Initializer initializer,
    Scaler.Kind scaling,
    int bins,
    boolean clamp,
    int members,
    ClassWeights classWeights,
    @Nullable String rowWeights,
    @Nullable String groups,
    Holdout holdout,
    long seed,
    TrainingOptions training) {

  private static final int OFTEN = 10; // rows of a class, so that each part gets some
  private static final int FEW_ROWS = 20; // too few to keep some back

  /** More networks than this say no more, and take a model's whole file. */
  private static final int MOST_MEMBERS = 1_000;

  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if there are too many or too few bins or members
   */
  public Recipe {
    Preprocessing.checkBins(bins);
    if (members < 1 || members > MOST_MEMBERS) {
      throw new IllegalArgumentException(
          "A model has from 1 to %d members, got %d.".formatted(MOST_MEMBERS, members));
    }
    targets = List.copyOf(targets);
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
              .withHoldout(Holdout.of(0, 0.33).seed(42));
      case "fashion-mnist" ->
          recipe(
                  layers(new Relu(), 128),
                  new Softmax(),
                  Scaler.Kind.MINMAX,
                  training(new CrossEntropy(), 20, new Batching(128, false))
                      .withLearningRate(0.001))
              .withHoldout(Holdout.of(0, 0.33).seed(42));
      default -> throw new IllegalArgumentException("There is no recipe for \"" + dataset + "\".");
    };
  }

  /**
   * A recipe for a table: two hidden layers, Adam, and an output and a loss by what is predicted.
   *
   * @param targets the names of the columns to predict; none for those that the table names
   */
  public static Recipe predict(String... targets) {
    return new Recipe(
        List.of(targets),
        Task.Kind.AUTO,
        null,
        layers(new Relu(), 32, 32),
        null,
        new Initializer.He(),
        Scaler.Kind.STANDARD,
        0,
        false,
        1,
        ClassWeights.NONE,
        null,
        null,
        Holdout.of(0.2, 0.2),
        0,
        training(new CrossEntropy(), 100, new Batching(32, false)));
  }

  /** From so many rows on a network needs no dropout to learn what is not chance. */
  private static final int MANY_ROWS = 20_000;

  /** What all bins together may add to the inputs. */
  private static final int MOST_BINS_OF_ALL = 400;

  /**
   * The recipe for the best prediction from a table: an average of several networks, their number
   * and the epochs by how many rows there are.
   *
   * <p>Numbers are scaled robustly and encoded piecewise-linearly, the learning rate falls along a
   * cosine, and each network keeps the epoch that was best on an eighth of the rows, another one
   * each. What of it pays is measured in the README, "Tables".
   *
   * @param table what will be split and trained on
   * @param targets the names of the columns to predict; none for those that the table names
   */
  public static Recipe tabular(Table table, String... targets) {
    int rows = Math.max(table.rows(), 1);
    if (rows < FEW_ROWS) {
      return predict(targets); // none can be kept back to choose an epoch by
    }
    long numbers = table.featureColumns().stream().filter(c -> c instanceof Numbers).count();
    Recipe simple = predict(targets);
    return simple
        .withHidden(
            Layer.parseAll(
                rows < MANY_ROWS
                    ? "128:relu,dropout(0.1),128:relu,dropout(0.1)"
                    : "128:relu,128:relu"))
        .withScaling(Scaler.Kind.ROBUST)
        .withBins(Math.clamp(MOST_BINS_OF_ALL / Math.max(numbers, 1), 8, 48))
        .withClamp(true)
        .withMembers(rows < MANY_ROWS ? 8 : 5)
        .withValidationFraction(0.125)
        .withTraining(
            simple
                .training()
                .withOptimizer(Optimizer.parse("adamw(0.01)"))
                .withLearningRate(0.002)
                .withSchedule(new Cosine())
                .withBatchSize(rows < 2_000 ? 32 : 256)
                .withEpochs(epochs(rows, table.featureColumns().size()))
                .withStopping(new Best()));
  }

  /**
   * More for few rows, whose updates are few; fewer for many columns, of which a network knows its
   * rows by heart sooner, and for so many rows that time runs out.
   */
  private static int epochs(int rows, int columns) {
    int byRows = Math.clamp(600_000 / rows, 40, 120);
    double byColumns = Math.min(1, 16.0 / columns);
    int enough = Math.max((int) (byRows * byColumns), 30);
    return Math.min(enough, Math.max(2_400_000 / rows, 10));
  }

  /**
   * This recipe with output and loss for a task, where they were left to it.
   *
   * @throws IllegalArgumentException if output and task do not go together
   */
  public Recipe forTask(Task task) {
    Recipe complete = this;
    if (outputOrNull == null) {
      Loss loss = training.loss();
      complete =
          loss instanceof CrossEntropy // nobody has chosen it: it is the default
              ? withOutput(task.output()).withTraining(training.withLoss(lossFor(task.output())))
              : withOutput(loss instanceof BinaryCrossEntropy ? output() : task.output());
    }
    task.check(complete.output());
    return complete;
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
    return new Recipe(
        List.of(),
        Task.Kind.AUTO,
        Scaler.Kind.NONE, // the sets that we make have numbers of about 1 to predict
        hidden,
        output,
        new Initializer.He(),
        scaling,
        0,
        false,
        1,
        ClassWeights.NONE,
        null,
        null,
        Holdout.of(0, 0.25),
        0,
        training);
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

  /**
   * This recipe with output and loss for what a table's target is, where they were left to it. Of
   * fewer than 20 rows it keeps none back: they say nothing, and each is needed. Classes of ten
   * rows or more are kept back in the same shares.
   *
   * @throws IllegalArgumentException if output and target do not go together
   */
  public Recipe complete(Table table) {
    Recipe recipe =
        table.rows() < FEW_ROWS && holdout.equals(predict().holdout) // nobody has chosen it
            ? withHoldout(Holdout.of(0, 0))
            : withStratify(holdout.stratify() || canStratify(of(table)));
    return recipe.forTask(Task.of(Parts.all(of(table)), task, Scaler.Kind.NONE));
  }

  private boolean canStratify(Table table) {
    Categories classes =
        table.targets().size() == 1 && groups == null ? task.classes(table.target()) : null;
    return classes != null
        && Arrays.stream(classes.counts()).allMatch(count -> count == 0 || count >= OFTEN);
  }

  /** A copy with a model's layers, output and loss, and as many members. */
  public Recipe goingOnWith(Model model) {
    List<Layer> layers = model.architecture().layers();
    Task.Kind kind = model.task() instanceof Classification ? Task.Kind.CLASSES : Task.Kind.NUMBER;
    return withTargets(List.of())
        .withTask(model.task().targets().size() == 1 ? kind : Task.Kind.AUTO)
        .withHidden(layers.subList(0, layers.size() - 1))
        .withOutput(model.architecture().output().activation())
        .withTraining(training.withLoss(model.loss()))
        .withMembers(model.members().size());
  }

  /** The table with the columns to predict that the recipe names, if it names some. */
  public Table of(Table table) {
    return targets.isEmpty() ? table : table.predicting(targets);
  }

  /**
   * Splits a table as the recipe says.
   *
   * @throws IllegalArgumentException if a row has no value to predict, and as {@link
   *     Holdout#split(Table)} does
   */
  public Parts split(Table table) {
    Table predicting = of(table);
    Holdout holdout = members > 1 ? withoutValidation() : this.holdout;
    // Before the rows are in another order: the sentence counts those of the table.
    predicting.targets().forEach(t -> predicting.refuseMissing(predicting.column(t)));
    Parts parts = split(predicting, holdout);
    return members > 1 ? new Parts(parts.train(), null, parts.test()) : parts;
  }

  private Parts split(Table table, Holdout holdout) {
    if (groups != null) {
      return holdout.split(table, Groups.of(table.column(groups)));
    }
    return holdout.stratify()
            && task == Task.Kind.CLASSES
            && table.target() instanceof Numbers numbers
        ? holdout.split(table, Categories.of(numbers))
        : holdout.split(table);
  }

  /** Each of several members keeps rows back for itself, of those that it finds to learn from. */
  private Holdout withoutValidation() {
    return new Holdout(0, holdout.test(), holdout.seed(), holdout.stratify());
  }

  /** The activation of the output layer; before it is known sigmoid if the loss asks for it. */
  public Activation output() {
    if (outputOrNull != null) {
      return outputOrNull;
    }
    return training.loss() instanceof BinaryCrossEntropy ? new Sigmoid() : new Identity();
  }

  /** How numbers to predict are scaled while learning. */
  public Scaler.Kind targetScaling() {
    if (targetScale != null) {
      return targetScale;
    }
    return output() instanceof Identity ? Scaler.Kind.STANDARD : Scaler.Kind.NONE;
  }

  /** The network for so many inputs and a task. */
  public Architecture architecture(int inputs, Task task) {
    List<Layer> layers = new ArrayList<>(hidden);
    layers.add(new Dense(task.outputs(output()), output()));
    return new Architecture(inputs, layers);
  }

  /** A copy that predicts other columns; none for those that the table names. */
  public Recipe withTargets(List<String> targets) {
    return with(draft -> draft.targets = targets);
  }

  /** A copy that takes whole numbers to predict for something else. */
  public Recipe withTask(Task.Kind task) {
    return with(draft -> draft.task = task);
  }

  /** A copy with another scaling of numbers to predict. */
  public Recipe withTargetScale(Scaler.@Nullable Kind targetScale) {
    return with(draft -> draft.targetScale = targetScale);
  }

  /** A copy with other hidden layers. */
  public Recipe withHidden(List<Layer> hidden) {
    return with(draft -> draft.hidden = hidden);
  }

  /** A copy with other hidden layers. */
  public Recipe withLayers(Layer... hidden) {
    return withHidden(List.of(hidden));
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

  /** A copy with another number of bins for columns of numbers; 0 for none. */
  public Recipe withBins(int bins) {
    return with(draft -> draft.bins = bins);
  }

  /** A copy that holds predicted numbers within those of the rows to learn from, or does not. */
  public Recipe withClamp(boolean clamp) {
    return with(draft -> draft.clamp = clamp);
  }

  /** A copy whose model averages another number of networks. */
  public Recipe withMembers(int members) {
    return with(draft -> draft.members = members);
  }

  /** A copy in which the rows of some classes count more while a network learns. */
  public Recipe withClassWeights(ClassWeights classWeights) {
    return with(draft -> draft.classWeights = classWeights);
  }

  /** A copy with a column that says what each row counts, and is no feature; null for none. */
  public Recipe withRowWeights(@Nullable String column) {
    return with(draft -> draft.rowWeights = column);
  }

  /** A copy with a column whose equal values no split parts, and that is no feature. */
  public Recipe withGroups(@Nullable String column) {
    return with(draft -> draft.groups = column);
  }

  /** The table without the columns that say something of rows, not of what is to be predicted. */
  public Table features(Table table) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.removeIf(column -> column.name().equals(rowWeights) || column.name().equals(groups));
    return columns.size() == table.columns().size()
        ? table
        : new Table(table.name(), columns, table.targets());
  }

  /** A copy that keeps other rows back. */
  public Recipe withHoldout(Holdout holdout) {
    return with(draft -> draft.holdout = holdout);
  }

  /** A copy with another share of rows to validate on. */
  public Recipe withValidationFraction(double share) {
    return withHoldout(new Holdout(share, holdout.test(), holdout.seed(), holdout.stratify()));
  }

  /** A copy with another share of rows to test on. */
  public Recipe withTestFraction(double share) {
    return withHoldout(
        new Holdout(holdout.validation(), share, holdout.seed(), holdout.stratify()));
  }

  /** A copy that keeps back others of the rows. */
  public Recipe withSplitSeed(long seed) {
    return withHoldout(holdout.seed(seed));
  }

  /** A copy that keeps back the same share of each class, or not. */
  public Recipe withStratify(boolean stratify) {
    return withHoldout(new Holdout(holdout.validation(), holdout.test(), holdout.seed(), stratify));
  }

  /** A copy with another seed. */
  public Recipe withSeed(long seed) {
    return with(draft -> draft.seed = seed);
  }

  /** A copy with other training options. */
  public Recipe withTraining(TrainingOptions training) {
    return with(draft -> draft.training = training);
  }

  /** A copy with another optimizer. */
  public Recipe withOptimizer(Optimizer optimizer) {
    return withTraining(training.withOptimizer(optimizer));
  }

  /** A copy with another length of a step. */
  public Recipe withLearningRate(double learningRate) {
    return withTraining(training.withLearningRate(learningRate));
  }

  /** A copy with another schedule of the learning rate. */
  public Recipe withSchedule(Schedule schedule) {
    return withTraining(training.withSchedule(schedule));
  }

  /** A copy with another number of epochs. */
  public Recipe withEpochs(int epochs) {
    return withTraining(training.withEpochs(epochs));
  }

  /** A copy with another stopping rule. */
  public Recipe withStopping(Stopping stopping) {
    return withTraining(training.withStopping(stopping));
  }

  /** A copy with other metrics beside the scores that are always there. */
  public Recipe withMetrics(Metric... metrics) {
    return withTraining(training.withMetrics(metrics));
  }

  /**
   * Trains: prepares an {@link Experiment} and runs it with all processors.
   *
   * @throws IllegalArgumentException if the recipe does not fit the data
   * @throws dev.glia.training.DivergedException if numbers stop being finite
   */
  public Trained train(Parts parts, TrainingListener... listeners) {
    return new Experiment(this, parts).train(listeners);
  }

  private Recipe with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.recipe();
  }

  /** A copy while a setting of it changes. */
  private static final class Draft {
    List<String> targets;
    Task.Kind task;
    Scaler.@Nullable Kind targetScale;
    List<Layer> hidden;
    @Nullable Activation output;
    Initializer initializer;
    Scaler.Kind scaling;
    int bins;
    boolean clamp;
    int members;
    ClassWeights classWeights;
    @Nullable String rowWeights;
    @Nullable String groups;
    Holdout holdout;
    long seed;
    TrainingOptions training;

    Draft(Recipe recipe) {
      targets = recipe.targets;
      task = recipe.task;
      targetScale = recipe.targetScale;
      hidden = recipe.hidden;
      output = recipe.outputOrNull;
      initializer = recipe.initializer;
      scaling = recipe.scaling;
      bins = recipe.bins;
      clamp = recipe.clamp;
      members = recipe.members;
      classWeights = recipe.classWeights;
      rowWeights = recipe.rowWeights;
      groups = recipe.groups;
      holdout = recipe.holdout;
      seed = recipe.seed;
      training = recipe.training;
    }

    Recipe recipe() {
      return new Recipe(
          targets,
          task,
          targetScale,
          hidden,
          output,
          initializer,
          scaling,
          bins,
          clamp,
          members,
          classWeights,
          rowWeights,
          groups,
          holdout,
          seed,
          training);
    }
  }
}

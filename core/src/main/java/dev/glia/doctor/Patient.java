package dev.glia.doctor;

import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.inspection.Probe;
import dev.glia.internal.text.OutsideText;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.preprocessing.Scaler;
import dev.glia.reading.Usefulness;
import dev.glia.table.Column;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import dev.glia.task.Answers;
import dev.glia.task.Classification;
import dev.glia.task.Task;
import dev.glia.training.Examples;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A training as the doctor knows it before it begins.
 *
 * @param options how it trains
 * @param initializer where the first weights come from
 * @param scaling how the features were scaled
 * @param sample some of the rows to train on
 * @param inputs the features of these rows
 * @param rows how many rows there are to train on
 * @param classes how many of these each class has; empty where a number is predicted
 * @param columns what is known of the table's columns
 * @param targetSize root mean square of the numbers to predict, as the loss sees them; 0 for
 *     classes
 * @param sameNumbers whether numbers are predicted that are the same in all rows
 * @param oneClassBatches share of the batches that have rows of one class only, where the order of
 *     the rows is always the same and batches have at least {@link #FEW} rows; else 0
 */
public record Patient(
    TrainingOptions options,
    Initializer initializer,
    Scaler.Kind scaling,
    Examples sample,
    Inputs inputs,
    int rows,
    List<ClassCount> classes,
    Columns columns,
    double targetSize,
    boolean sameNumbers,
    double oneClassBatches) {

  /** The most rows that are looked at: enough for shares of a per cent, and quick. */
  static final int SAMPLE = 256;

  /** Smaller batches have one class by chance: of two equal ones, every 64th batch of 7 rows. */
  static final int FEW = 8;

  /** A class and how many rows it has. */
  public record ClassCount(String name, int rows) {}

  /**
   * What is known of a table's columns.
   *
   * @param inputs a name for each input of the network; empty where there is none
   * @param givingAway features each of whose values goes with one value of the target
   * @param identifiers features that number the rows, or name nearly every one
   * @param target what is predicted
   */
  public record Columns(
      List<String> inputs, List<String> givingAway, List<String> identifiers, String target) {

    /** Nothing is known. */
    public static final Columns UNKNOWN = new Columns(List.of(), List.of(), List.of(), "");

    /** Keeps copies. */
    public Columns {
      inputs = List.copyOf(inputs);
      givingAway = List.copyOf(givingAway);
      identifiers = List.copyOf(identifiers);
    }

    /** Looks at the columns to learn from. */
    static Columns of(Experiment experiment) {
      Table train = experiment.parts().train();
      List<String> inputs = experiment.untrained().preprocessing().inputNames();
      if (train.targets().size() != 1) {
        return new Columns(inputs, List.of(), List.of(), "");
      }
      List<String> givingAway = new ArrayList<>();
      List<String> identifiers = new ArrayList<>();
      for (Column column : train.featureColumns()) {
        if (Usefulness.givesAway(column, train.target(), experiment.recipe().task())) {
          givingAway.add(column.name());
        } else if (Usefulness.namesRows(column)) {
          identifiers.add(column.name());
        }
      }
      return new Columns(inputs, givingAway, identifiers, train.target().name());
    }

    /** An input in a sentence, counted from 0. */
    String input(int number) {
      return number < inputs.size()
          ? OutsideText.quoted(inputs.get(number))
          : "feature " + (number + 1);
    }
  }

  /** Keeps a copy. */
  public Patient {
    classes = List.copyOf(classes);
  }

  /** Gets to know a training. */
  public static Patient of(Experiment experiment) {
    Recipe recipe = experiment.recipe();
    Model untrained = experiment.untrained();
    Architecture architecture = untrained.architecture();
    Table train = experiment.parts().train();
    return of(
        recipe.training(),
        recipe.initializer(),
        recipe.scaling(),
        untrained.preprocessing().apply(train),
        experiment.task(),
        experiment.task().answers(train, architecture.outputs()),
        Columns.of(experiment));
  }

  /**
   * Gets to know a training.
   *
   * @param features of the training part, {@code [rows][features]}, scaled
   * @param task what is predicted
   * @param answers of the training part
   * @throws IllegalArgumentException if there are no rows, or they do not fit the network
   */
  public static Patient of(
      TrainingOptions options,
      Architecture architecture,
      Initializer initializer,
      Scaler.Kind scaling,
      Matrix features,
      Task task,
      Answers answers) {
    return of(options, initializer, scaling, features, task, answers, Columns.UNKNOWN);
  }

  private static Patient of(
      TrainingOptions options,
      Initializer initializer,
      Scaler.Kind scaling,
      Matrix features,
      Task task,
      Answers answers,
      Columns columns) {
    int count = Math.min(SAMPLE, features.rows());
    int[] some = new int[count];
    for (int i = 0; i < count; i++) {
      some[i] = (int) ((long) features.rows() * i / count); // spread over all
    }
    Matrix sample = features.select(some);
    return new Patient(
        options,
        initializer,
        scaling,
        Examples.of(sample, answers.select(some)),
        Inputs.of(sample),
        features.rows(),
        counts(task, answers),
        columns,
        targetSize(answers.select(some)),
        sameNumbers(answers),
        oneClassBatches(options, answers));
  }

  private static List<ClassCount> counts(Task task, Answers answers) {
    List<ClassCount> counts = new ArrayList<>();
    if (task instanceof Classification classes && answers instanceof Answers.Labels labels) {
      int[] rows = new int[classes.labels().size()];
      for (int row = 0; row < labels.rows(); row++) {
        rows[labels.label(row)]++;
      }
      for (int c = 0; c < rows.length; c++) {
        counts.add(new ClassCount(classes.labels().get(c), rows[c]));
      }
    }
    return counts;
  }

  private static double targetSize(Answers answers) {
    if (!(answers instanceof Answers.Values)) {
      return 0;
    }
    double squares = 0;
    for (int row = 0; row < answers.rows(); row++) {
      for (int output = 0; output < answers.outputs(); output++) {
        squares += (double) answers.target(row, output) * answers.target(row, output);
      }
    }
    return Math.sqrt(squares / answers.rows() / answers.outputs());
  }

  private static boolean sameNumbers(Answers answers) {
    for (int row = 1; row < answers.rows(); row++) {
      for (int output = 0; output < answers.outputs(); output++) {
        if (answers.target(row, output) != answers.target(0, output)) {
          return false;
        }
      }
    }
    return answers instanceof Answers.Values && answers.rows() > 1;
  }

  private static double oneClassBatches(TrainingOptions options, Answers answers) {
    int rows = answers.rows();
    int batches = options.batching().count(rows);
    if (!(answers instanceof Answers.Labels labels)
        || options.shuffle()
        || batches < 2
        || options.batching().largest(rows) < FEW) {
      return 0;
    }
    int same = 0;
    for (int batch = 0; batch < batches; batch++) {
      int first = options.batching().start(batch, rows);
      int end = options.batching().start(batch + 1, rows);
      int row = first;
      while (row < end && labels.label(row) == labels.label(first)) {
        row++;
      }
      same += row == end ? 1 : 0;
    }
    return (double) same / batches;
  }

  /**
   * Looks at a moment of the training.
   *
   * @param network as it is
   * @param history the scores so far, the untrained network's first
   * @param diverged whether the training has stopped as its numbers were no longer finite
   */
  public Checkup checkup(Network network, List<EpochFinished> history, boolean diverged) {
    Probe probe = Probe.of(network, options.loss(), sample, KernelChoice.AUTO);
    Steps steps = Steps.of(options, network.architecture(), probe, rows);
    List<LayerCheck> layers = new ArrayList<>();
    for (int layer : network.architecture().denseLayers()) {
      layers.add(LayerCheck.of(network, probe, layer, steps));
    }
    return new Checkup(this, network, history, layers, diverged);
  }
}

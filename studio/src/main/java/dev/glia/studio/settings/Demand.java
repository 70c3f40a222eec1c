package dev.glia.studio.settings;

import dev.glia.model.Recipe;
import dev.glia.network.Architecture;
import dev.glia.studio.view.Drawn;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.training.TrainingOptions;
import java.util.Comparator;
import java.util.List;

/**
 * What a run asks of the machine: data, network and what is drawn of them together. Reckoned once
 * the data are there, which {@link RunLimits} bound, and limited before anything is made of them.
 */
public final class Demand {

  /** Rows that an evaluation takes through the network at a time. */
  private static final int BLOCK = 128;

  /** Bytes of a logged epoch. */
  private static final long LOGGED_BYTES = 200;

  /** Arrays as long as the parameters: gradients, an optimizer's memory, copies to look at. */
  private static final long COPIES = 10;

  /** Numbers of a checkpoint for each parameter. */
  private static final long KEPT = 3;

  /** Kept whatever their size: the first, the latest and one between. */
  private static final long LEAST_MOMENTS = 3;

  private final Table data;
  private final DataChoice choice;
  private final TrainingOptions training;
  private final Architecture architecture;
  private final int trainRows;

  /**
   * A run's demand.
   *
   * @param choice of these data
   * @param trainRows how many of the rows are trained on
   */
  Demand(Table data, DataChoice choice, Recipe recipe, Architecture architecture, int trainRows) {
    this.data = data;
    this.choice = choice;
    this.architecture = architecture;
    this.trainRows = trainRows;
    training = recipe.training();
  }

  /**
   * Something that needs memory.
   *
   * @param setting to lower
   */
  private record Need(String what, String setting, long bytes) {}

  /**
   * Refuses more classes than can be drawn, which alone make every network large.
   *
   * @throws IllegalArgumentException if there are too many, naming the setting
   */
  static void checkClasses(Table data, DataChoice choice) {
    if (data.target() instanceof Categories target) {
      String setting = choice.classSetting();
      long classes = target.levels().size();
      limit(setting, classes, RunLimits.OUTPUTS, "classes");
      long numbers = classes * data.rows();
      if (numbers > RunLimits.OUTPUT_NUMBERS) {
        throw new IllegalArgumentException(
            "%s: %d classes for each of %d rows are too much for the studio: take fewer classes, or at most %d rows."
                .formatted(setting, classes, data.rows(), RunLimits.OUTPUT_NUMBERS / classes));
      }
    }
  }

  /**
   * Refuses what would take too long or too much.
   *
   * @throws IllegalArgumentException naming the setting to lower
   */
  void check() {
    checkInputs();
    limit("layers", architecture.depth() - 1, RunLimits.LAYERS, "hidden layers");
    limit("layers", units(), RunLimits.UNITS, "units in all layers");
    limit("layers", architecture.parameterCount(), RunLimits.PARAMETERS, "parameters");
    limit("epochs", training.epochs(), RunLimits.EPOCHS, "epochs");
    limit("log-every", training.epochs() / training.logEvery(), RunLimits.LOGGED, "logged epochs");
    limit(
        "epochs",
        (long) training.epochs() * training.batching().count(trainRows),
        Integer.MAX_VALUE,
        "updates");
    checkWork();
  }

  /** Words become an input each: a few columns may make many. */
  private void checkInputs() {
    int inputs = architecture.inputs();
    if (choice.isOwn()
        && (inputs > RunLimits.FEATURES || (long) inputs * data.rows() > RunLimits.NUMBERS)) {
      throw new IllegalArgumentException(
          "%s: the studio takes at most %d inputs of a network and %d in all rows; the columns of %s make %d for each of %d rows."
              .formatted(
                  choice.rowSetting(),
                  RunLimits.FEATURES,
                  RunLimits.NUMBERS,
                  data.name(),
                  inputs,
                  data.rows()));
    }
  }

  private void checkWork() {
    long parameters = architecture.parameterCount();
    if (data.rows() * parameters > RunLimits.EVALUATION) {
      throw new IllegalArgumentException(
          "layers: one evaluation of %d rows through %s is too long for the studio: take smaller layers, or at most %d rows."
              .formatted(data.rows(), architecture.sizes(), RunLimits.EVALUATION / parameters));
    }
    long most = Math.min(RunLimits.BATCH / floatsOfRow(), RunLimits.UPDATE / parameters);
    int batch = training.batching().largest(trainRows);
    if (batch > most) {
      throw new IllegalArgumentException(
          "batch-size: a batch of %d rows through %s is too large for the studio: at most %d rows."
              .formatted(batch, architecture.sizes(), most));
    }
  }

  private static void limit(String key, long count, long most, String what) {
    if (count > most) {
      throw new IllegalArgumentException(
          "%s: the studio takes at most %d %s, got %d.".formatted(key, most, what, count));
    }
  }

  /**
   * About how many bytes a run needs, its past included; of data that all runs share only what is
   * made of them.
   */
  public long bytes() {
    return needs().stream().mapToLong(Need::bytes).sum();
  }

  /**
   * Refuses a run that would not even fit alone.
   *
   * @param most bytes that there are for all runs
   * @throws IllegalArgumentException naming the setting to lower
   */
  public void checkFits(long most) {
    if (bytes() > most) {
      Need largest = needs().stream().max(Comparator.comparingLong(Need::bytes)).orElseThrow();
      throw new IllegalArgumentException(
          "%s: this run would need about %,d MB of memory, of these %,d for %s; the studio has %,d for all runs."
              .formatted(
                  largest.setting, bytes() >> 20, largest.bytes >> 20, largest.what, most >> 20));
    }
  }

  private List<Need> needs() {
    long numbers = (long) data.rows() * data.features().columns();
    boolean images = data.image() != null; // of these most pixels are 0
    long own = choice.isOwn() ? (images ? 1 : Double.BYTES) * numbers : 0;
    long inputs = (long) data.rows() * architecture.inputs();
    long parameters = (long) Float.BYTES * architecture.paddedLength();
    long passes = 2L * Runtime.getRuntime().availableProcessors() * BLOCK * Float.BYTES;
    long outputs = (long) architecture.outputs() * data.rows();
    long drawn = Drawn.floats(architecture, data.features().columns() == 2) + outputs;
    return List.of(
        new Need("the rows", choice.rowSetting(), own + Float.BYTES * inputs / (images ? 3 : 1)),
        new Need(
            "the network and its past",
            "layers",
            COPIES * parameters
                + Math.max(RunLimits.MOMENT_BYTES, LEAST_MOMENTS * KEPT * parameters)
                + passes * floatsOfRow() / 2),
        new Need("a batch", "batch-size", Float.BYTES * batchFloats()),
        new Need("what is drawn", "layers", Float.BYTES * drawn),
        new Need(
            "the history", "log-every", LOGGED_BYTES * training.epochs() / training.logEvery()));
  }

  private long batchFloats() {
    return floatsOfRow() * training.batching().largest(trainRows);
  }

  private long units() {
    long units = 0;
    for (int layer = 0; layer < architecture.depth(); layer++) {
      units += architecture.unitsOf(layer);
    }
    return units;
  }

  /** Inputs, and for each layer its sums, its activations and both of their gradients. */
  private long floatsOfRow() {
    long floats = architecture.inputs();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      floats += 4L * architecture.strideOf(layer);
    }
    return floats;
  }
}

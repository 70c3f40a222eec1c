package dev.glia.model;

import dev.glia.compute.Compute;
import dev.glia.layer.Layer;
import dev.glia.loss.Loss;
import dev.glia.metric.Metric;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import dev.glia.task.Prediction;
import dev.glia.task.Task;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Outputs;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A trained model as its user holds it: it takes rows as they are in the data, by the names of
 * their columns, prepares them, runs the network, and says what the outputs mean.
 *
 * <p>It may have several networks of one architecture, its members: then all it says is of the
 * average of their outputs, and {@link #network} refuses to single one out.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param dataset what it was trained on
 * @param preprocessing from the columns to the network's inputs, fitted on the rows it learnt from
 * @param members the networks from inputs to outputs, of one architecture, whose outputs are
 *     averaged; most models have one
 * @param task what the outputs stand for
 * @param loss what it was trained to make small
 * @param seed of its weights and the order of its rows
 * @param metrics figures at the end of training by name, such as {@code test_accuracy}
 */
public record Model(
    String dataset,
    Preprocessing preprocessing,
    List<Network> members,
    Task task,
    Loss loss,
    long seed,
    Map<String, Double> metrics) {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if numbers of inputs or outputs differ
   */
  public Model {
    metrics = Map.copyOf(metrics);
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("A model needs at least one network, got none.");
    }
    Architecture architecture = members.getFirst().architecture();
    for (Network member : members) {
      if (!member.architecture().equals(architecture)) {
        throw new IllegalArgumentException(
            "The members of a model have one architecture, got %s and %s."
                .formatted(architecture.sizes(), member.architecture().sizes()));
      }
    }
    int inputs = architecture.inputs();
    int outputs = architecture.outputs();
    if (preprocessing.inputs() != inputs) {
      throw new IllegalArgumentException(
          "The network has %d inputs, but the columns make %d."
              .formatted(inputs, preprocessing.inputs()));
    }
    if (!task.fits(outputs)) {
      throw new IllegalArgumentException(
          "The network has %d outputs, which cannot stand for %s."
              .formatted(outputs, task.words()));
    }
  }

  /**
   * A model of one network.
   *
   * @throws IllegalArgumentException if numbers of inputs or outputs differ
   */
  public Model(
      String dataset,
      Preprocessing preprocessing,
      Network network,
      Task task,
      Loss loss,
      long seed,
      Map<String, Double> metrics) {
    this(dataset, preprocessing, List.of(network), task, loss, seed, metrics);
  }

  /**
   * The network of a model that has one: what shows weights or follows a row through layers needs
   * it.
   *
   * @throws IllegalStateException if the model averages several, none of which gives its outputs
   */
  public Network network() {
    if (members.size() > 1) {
      throw new IllegalStateException(
          "This model averages %d networks, and one of them is asked for: train with 1 member, or take one of members()."
              .formatted(members.size()));
    }
    return members.getFirst();
  }

  /** The shape that all its networks have. */
  public Architecture architecture() {
    return members.getFirst().architecture();
  }

  /** A name for each number of a raw row: a column's, or one a pixel. */
  public List<String> featureNames() {
    return preprocessing.rawNames();
  }

  /** The pictures' size where a picture is the only feature, else null. */
  public @Nullable ImageSize image() {
    return preprocessing.image();
  }

  /** A predictor of raw rows: one for each thread, allocates nothing when it predicts. */
  public ModelPredictor predictor() {
    return new ModelPredictor(this);
  }

  /**
   * The outputs for one raw row: the network's, or the average of several.
   *
   * @param row {@code [features]}: a number as it is in the data, NaN where it is missing, a
   *     category as its place among the model's levels
   * @return {@code [outputs]}; for numbers before they are brought to their unit, see {@link
   *     #prediction}
   * @throws IllegalArgumentException if the row has another length
   */
  public float[] outputs(double... row) {
    float[] outputs = new float[architecture().outputs()];
    predictor().outputs(row, outputs);
    return outputs;
  }

  /**
   * The outputs for raw rows.
   *
   * @param rows {@code [rows][features]}, as in the data
   * @return {@code [rows][outputs]}
   * @throws IllegalArgumentException if there is another number of columns
   */
  public float[] outputs(Matrix rows) {
    return average(preprocessing.apply(rows));
  }

  /**
   * The outputs for the rows of a table, whose columns are found by their names.
   *
   * @return {@code [rows][outputs]}
   * @throws IllegalArgumentException if a column is not there or of another kind
   */
  public float[] outputs(Table table) {
    return average(preprocessing.apply(table));
  }

  private float[] average(Matrix inputs) {
    return average(members, network -> network.predict(inputs));
  }

  /** The average of what some networks give, as {@link ModelPredictor} takes it for a row. */
  static float[] average(List<Network> members, Function<Network, float[]> outputs) {
    if (members.size() == 1) {
      return outputs.apply(members.getFirst());
    }
    double[] sums = new double[0];
    for (Network member : members) {
      float[] own = outputs.apply(member);
      sums = sums.length == 0 ? new double[own.length] : sums;
      for (int i = 0; i < own.length; i++) {
        sums[i] += own[i];
      }
    }
    float[] average = new float[sums.length];
    for (int i = 0; i < average.length; i++) {
      average[i] = (float) (sums[i] / members.size());
    }
    return average;
  }

  /**
   * What the model says of one raw row, see {@link #outputs}.
   *
   * @throws IllegalArgumentException if the row has another length
   */
  public Prediction predict(double... row) {
    return prediction(outputs(row), 0);
  }

  /**
   * What the model says of one row that is given by its columns' names.
   *
   * @param row a number, a truth or a word a column; null where it is missing. Other names do not
   *     matter
   * @throws IllegalArgumentException if a column is not there or its value is of another kind
   */
  public Prediction predict(Map<String, ? extends @Nullable Object> row) {
    return predict(preprocessing.raw(row));
  }

  /**
   * What the model says of one row that is a record whose components have the columns' names.
   *
   * @throws IllegalArgumentException if a component is not there or its value is of another kind
   */
  public Prediction predict(Record row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      try {
        component.getAccessor().trySetAccessible(); // the record may be a private one
        values.put(component.getName(), component.getAccessor().invoke(row));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalArgumentException(
            "The component %s of %s cannot be read: open its package to dev.glia.core, or give a Map."
                .formatted(component.getName(), row.getClass().getSimpleName()),
            e);
      }
    }
    return predict(values);
  }

  /**
   * What the model says of each row of a table, whose columns are found by their names.
   *
   * @throws IllegalArgumentException if a column is not there or of another kind
   */
  public List<Prediction> predict(Table table) {
    float[] outputs = outputs(table);
    List<Prediction> predictions = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      predictions.add(prediction(outputs, row));
    }
    return predictions;
  }

  /**
   * What some outputs mean.
   *
   * @param outputs {@code [rows][outputs]}
   */
  public Prediction prediction(float[] outputs, int row) {
    int count = architecture().outputs();
    return task.prediction(outputs, row * count, count);
  }

  /** Whether the outputs lie between 0 and 1, so that they can be read as probabilities. */
  public boolean givesProbabilities() {
    return task.givesProbabilities(architecture().output().activation());
  }

  /**
   * How good the model is on a data set of the same features and classes.
   *
   * @param metrics what else to say of it
   * @throws IllegalArgumentException if features or classes do not fit
   */
  public Scores evaluate(Table data, Metric... metrics) {
    return evaluate(data, Compute.all(), metrics);
  }

  /**
   * The same on some threads.
   *
   * @throws IllegalArgumentException if features or classes do not fit
   */
  public Scores evaluate(Table data, Compute compute, Metric... metrics) {
    return scores(members, loss, List.of(metrics), examples(data), compute);
  }

  /** How good the average of some networks is; of one what {@link Evaluation} says of it. */
  static Scores scores(
      List<Network> members, Loss loss, List<Metric> metrics, Examples examples, Compute compute) {
    if (members.size() == 1) {
      return Evaluation.of(members.getFirst(), loss, metrics, examples, compute);
    }
    float[] outputs = average(members, network -> Outputs.of(network, examples, compute));
    return Evaluation.of(outputs, loss, metrics, examples.answers());
  }

  /**
   * A table as examples for this model's network: prepared, its classes in the model's order.
   *
   * @throws IllegalArgumentException if columns or classes do not fit
   */
  public Examples examples(Table data) {
    return Examples.of(preprocessing.apply(data), task.answers(data, architecture().outputs()));
  }

  /**
   * A model of weights that PyTorch has trained: an {@code nn.Sequential} of {@code Linear} layers
   * and activations, saved as safetensors.
   *
   * @param file as {@code safetensors.torch.save_file(network.state_dict(), file)} writes it
   * @param preprocessing from the columns to the network's inputs, such as {@code
   *     Preprocessing.of(names, Scaler.none(names.size()))}
   * @param task what its outputs stand for
   * @param layers all of them with their activations, the output layer last
   * @throws dev.glia.table.InvalidDataException if the file's tensors are not those of the layers
   * @throws IOException if it can't be read
   */
  public static Model ofSequential(
      Path file, Preprocessing preprocessing, Task task, Layer... layers) throws IOException {
    Architecture architecture = new Architecture(preprocessing.inputs(), List.of(layers));
    return new Model(
        String.valueOf(file.getFileName()),
        preprocessing,
        List.of(ModelFile.sequential(file, architecture)),
        task,
        Recipe.lossFor(architecture.output().activation()),
        0,
        Map.of());
  }

  /**
   * A model that has learnt from more rows, once through all of them: its preprocessing and classes
   * stay as they are, its weights go on from here. As scikit-learn's {@code partial_fit}; {@link
   * Experiment#goingOn} takes a recipe.
   *
   * @param rows with the model's columns, the one to predict among them
   * @throws IllegalArgumentException if columns or classes do not fit
   */
  public Model partialFit(Table rows) {
    Recipe recipe =
        Recipe.predict()
            .withHoldout(Holdout.of(0, 0))
            .withLearningRate(0.001)
            .withEpochs(1)
            .withSeed(seed);
    return Experiment.goingOn(this, recipe.withMembers(1), Parts.all(rows)).train().model();
  }

  /**
   * Writes the model as safetensors; an older file survives until the new one is complete.
   *
   * @throws IOException if it can't be written
   * @throws IllegalArgumentException if a layer or an activation is one of the user's own, which no
   *     file could give back, or the names are longer than a file has room for
   */
  public void save(Path file) throws IOException {
    ModelFile.write(this, file);
  }

  /**
   * Writes what {@link #save} writes to a file.
   *
   * @throws IOException if the stream fails
   */
  public void write(OutputStream out) throws IOException {
    ModelFile.write(this, out);
  }

  /**
   * Reads a model from the content of a file that {@link #save} wrote.
   *
   * @param name of the file, for sentences
   * @throws dev.glia.table.InvalidDataException if it is cut, altered or not a model
   * @throws IOException never for another reason
   */
  public static Model read(String name, byte[] content) throws IOException {
    return ModelFile.read(name, content);
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws dev.glia.table.InvalidDataException if the file is cut, altered or not a model
   * @throws IOException if it can't be read
   */
  public static Model load(Path file) throws IOException {
    return ModelFile.read(file);
  }
}

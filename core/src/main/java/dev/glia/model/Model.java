package dev.glia.model;

import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.ImageSize;
import dev.glia.data.Matrix;
import dev.glia.data.NumberTarget;
import dev.glia.data.Scaler;
import dev.glia.data.Target;
import dev.glia.internal.text.OutsideText;
import dev.glia.metric.Decision;
import dev.glia.metric.Scores;
import dev.glia.network.Network;
import dev.glia.network.Sigmoid;
import dev.glia.network.Softmax;
import dev.glia.training.Compute;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Loss;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained model as its user holds it: it takes rows as they are in the data, scales them, runs
 * the network, and says what the outputs mean.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param dataset what it was trained on
 * @param featureNames one name an input
 * @param scaler fitted on the rows it was trained on
 * @param network from scaled rows to outputs
 * @param outcome what the outputs stand for
 * @param loss what it was trained to make small
 * @param seed of its weights and the order of its rows
 * @param metrics figures at the end of training by name, such as {@code val_accuracy}
 * @param image the images' size when the inputs are pixels, else null
 */
public record Model(
    String dataset,
    List<String> featureNames,
    Scaler scaler,
    Network network,
    Outcome outcome,
    Loss loss,
    long seed,
    Map<String, Double> metrics,
    @Nullable ImageSize image) {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if numbers of inputs or outputs differ, or two features have
   *     one name
   */
  public Model {
    featureNames = OutsideText.names("feature", featureNames);
    metrics = Map.copyOf(metrics);
    int inputs = network.architecture().inputs();
    int outputs = network.architecture().outputs();
    if (featureNames.size() != inputs || scaler.columns() != inputs) {
      throw new IllegalArgumentException(
          "The network has %d inputs, but there are %d feature names and a scaler of %d columns."
              .formatted(inputs, featureNames.size(), scaler.columns()));
    }
    if (image != null && image.pixels() != inputs) {
      throw new IllegalArgumentException(
          "The network has %d inputs, but images of %d x %d."
              .formatted(inputs, image.width(), image.height()));
    }
    boolean fits =
        switch (outcome) {
          case Outcome.Classes c -> c.labels().size() == Math.max(2, outputs);
          case Outcome.Quantity n -> outputs == 1;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "The network has %d outputs, which cannot stand for %s."
              .formatted(
                  outputs,
                  switch (outcome) {
                    case Outcome.Classes c -> c.labels().size() + " classes";
                    case Outcome.Quantity n -> "a number";
                  }));
    }
  }

  /** A predictor of raw rows: one for each thread, allocates nothing when it predicts. */
  public ModelPredictor predictor() {
    return new ModelPredictor(this);
  }

  /**
   * The network's outputs for one raw row.
   *
   * @param row {@code [features]}, as in the data
   * @return {@code [outputs]}
   * @throws IllegalArgumentException if the row has another length
   */
  public float[] outputs(double... row) {
    float[] outputs = new float[network.architecture().outputs()];
    predictor().outputs(row, outputs);
    return outputs;
  }

  /**
   * The network's outputs for raw rows.
   *
   * @param rows {@code [rows][features]}, as in the data
   * @return {@code [rows][outputs]}
   * @throws IllegalArgumentException if there is another number of columns
   */
  public float[] outputs(Matrix rows) {
    return network.predict(scaler.apply(rows));
  }

  /**
   * What the model says of one raw row.
   *
   * @throws IllegalArgumentException if the row has another length
   */
  public Prediction predict(double... row) {
    return prediction(outputs(row), 0);
  }

  /**
   * What some outputs mean.
   *
   * @param outputs {@code [rows][outputs]}
   */
  public Prediction prediction(float[] outputs, int row) {
    int count = network.architecture().outputs();
    int at = row * count;
    return switch (outcome) {
      case Outcome.Quantity n -> new Prediction(n.name(), outputs[at], List.of());
      case Outcome.Classes c -> {
        int best = Decision.classOf(outputs, at, count);
        Double[] shares = new Double[c.labels().size()];
        for (int i = 0; i < shares.length; i++) {
          double share = outputs[at + (count == 1 ? 0 : i)];
          shares[i] = count == 1 && i == 0 ? 1 - share : share;
        }
        yield new Prediction(c.labels().get(best), shares[best], List.of(shares));
      }
    };
  }

  /** Whether the outputs lie between 0 and 1, so that they can be read as probabilities. */
  public boolean givesProbabilities() {
    return switch (network.architecture().output().activation()) {
      case Softmax softmax -> outcome instanceof Outcome.Classes;
      case Sigmoid sigmoid -> outcome instanceof Outcome.Classes;
      default -> false;
    };
  }

  /**
   * How good the model is on a data set of the same features and classes.
   *
   * @throws IllegalArgumentException if features or classes do not fit
   */
  public Scores evaluate(Dataset data) {
    return evaluate(data, Compute.all());
  }

  /**
   * The same on some threads.
   *
   * @throws IllegalArgumentException if features or classes do not fit
   */
  public Scores evaluate(Dataset data, Compute compute) {
    return Evaluation.of(network, loss, examples(data), compute);
  }

  /**
   * A data set as examples for this model's network: scaled, its classes in the model's order.
   *
   * @throws IllegalArgumentException if features or classes do not fit
   */
  public Examples examples(Dataset data) {
    return Examples.of(
        scaler.apply(checked(data).features()), align(data), network.architecture().outputs());
  }

  private Dataset checked(Dataset data) {
    if (data.features().columns() != featureNames.size()) {
      throw new IllegalArgumentException(
          "The model takes %d features, %s has %d."
              .formatted(featureNames.size(), data.name(), data.features().columns()));
    }
    return data;
  }

  /** The data's target with the model's class numbers. */
  public Target align(Dataset data) {
    return switch (outcome) {
      case Outcome.Quantity n -> {
        if (data.target() instanceof NumberTarget target) {
          yield target;
        }
        throw new IllegalArgumentException(
            "The model predicts the number %s, %s has classes.".formatted(n.name(), data.name()));
      }
      case Outcome.Classes c -> {
        if (!(data.target() instanceof ClassTarget target)) {
          throw new IllegalArgumentException(
              "The model predicts classes (%s), %s has numbers."
                  .formatted(OutsideText.list(c.labels()), data.name()));
        }
        Map<String, Integer> known = new HashMap<>();
        for (String label : c.labels()) {
          known.put(label, known.size());
        }
        int[] classes = new int[target.rows()];
        for (int row = 0; row < classes.length; row++) {
          String name = target.names().get(target.classOf(row));
          Integer found = known.get(name);
          if (found == null) {
            throw new IllegalArgumentException(
                "Row %d of %s is of class %s, the model knows: %s."
                    .formatted(
                        row + 1,
                        data.name(),
                        OutsideText.quoted(name),
                        OutsideText.list(c.labels())));
          }
          classes[row] = found;
        }
        yield new ClassTarget(classes, c.labels());
      }
    };
  }

  /**
   * Writes the model as safetensors; an older file survives until the new one is complete.
   *
   * @throws IOException if it can't be written
   * @throws IllegalArgumentException if a layer or an activation is one of the user's own, which no
   *     file could give back
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
   * @throws dev.glia.data.InvalidDataException if it is cut, altered or not a model
   * @throws IOException never for another reason
   */
  public static Model read(String name, byte[] content) throws IOException {
    return ModelFile.read(name, content);
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws dev.glia.data.InvalidDataException if the file is cut, altered or not a model
   * @throws IOException if it can't be read
   */
  public static Model load(Path file) throws IOException {
    return ModelFile.read(file);
  }
}

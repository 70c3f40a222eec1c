package dev.glia.plot.training;

import dev.glia.internal.text.Format;
import dev.glia.metric.ConfusionMatrix;
import dev.glia.metric.Decision;
import dev.glia.metric.Scores;
import dev.glia.model.Model;
import dev.glia.model.Trained;
import dev.glia.plot.ConfusionMatrixPlot;
import dev.glia.plot.DecisionField;
import dev.glia.plot.DigitGrid;
import dev.glia.plot.Extent;
import dev.glia.plot.Figure;
import dev.glia.plot.GreyImage;
import dev.glia.plot.LabelledImage;
import dev.glia.plot.LossAndPredictions;
import dev.glia.plot.LossCurve;
import dev.glia.plot.PredictedAgainstReal;
import dev.glia.plot.RealAndPredicted;
import dev.glia.plot.ScatterPlot;
import dev.glia.preprocessing.ScaledNumbers;
import dev.glia.preprocessing.Scaler;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Prediction;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pictures of a training and of a model, by what the data are. */
public final class Pictures {

  private static final int FIELD_CELLS = 160; // a side of the field behind the points
  private static final int GALLERY = 40; // images

  private Pictures() {}

  /**
   * The pictures of a training by their names: the one of the training part first. The others show
   * the rows kept back: those to test on, else those to validate on, else those it learnt from.
   *
   * @param epochs the training's history; of several networks the first one's
   */
  public static Map<String, Figure> ofTraining(
      Trained trained, Parts parts, List<EpochFinished> epochs) {
    Model model = trained.model();
    Map<String, Figure> pictures = new LinkedHashMap<>();
    int members = model.members().size();
    String whose = members == 1 ? "" : ", the first of %d networks".formatted(members);
    LossCurve loss =
        loss(epochs, parts.watchesTest() ? "test" : "validation", unit(model.task()) + whose);
    Table kept = parts.test() != null ? parts.test() : parts.validation();
    if (isPlane(model, parts)) {
      pictures.put(
          "training",
          new LossAndPredictions(
              loss,
              realAndPredicted(
                  model, parts.train(), "Training data", "Predictions on the training data")));
      if (kept != null) {
        boolean test = parts.test() != null;
        Scores scores = test ? trained.result().test() : trained.result().validation();
        pictures.put(
            test ? "test" : "validation",
            realAndPredicted(
                model,
                kept,
                test ? "Test data" : "Validation data",
                "Predictions" + lossOf(scores)));
      }
      return pictures;
    }
    pictures.put("loss", loss);
    Table shown = kept == null ? parts.train() : kept;
    String part = parts.test() != null ? "test" : kept == null ? "training" : "validation";
    if (model.task() instanceof Classification) {
      if (shown.image() != null) {
        pictures.put("digits", digits(model, shown));
      }
      pictures.put("confusion", confusion(model, shown, " on the %s data".formatted(part)));
    } else {
      pictures.put("predictions", regression(model, shown, ", %s data".formatted(part)));
    }
    return pictures;
  }

  /** What a loss is of, where that is not the numbers as they are. */
  private static String unit(Task task) {
    return task instanceof Regression numbers && numbers.scaler().kind() != Scaler.Kind.NONE
        ? ", of %s scaled (%s)"
            .formatted(String.join(", ", numbers.targets()), numbers.scaler().kind().id())
        : "";
  }

  private static String lossOf(@Nullable Scores scores) {
    return scores == null ? "" : ", loss " + Format.loss(scores.loss());
  }

  /** Losses and accuracies over the epochs, on the rows to learn from and to validate on. */
  public static LossCurve loss(List<EpochFinished> epochs) {
    return loss(epochs, "validation", "");
  }

  private static LossCurve loss(List<EpochFinished> epochs, String watched, String unit) {
    double[] steps = epochs.stream().mapToDouble(EpochFinished::epoch).toArray();
    EpochFinished last = epochs.getLast();
    LossCurve curve =
        LossCurve.of(
            "Loss = " + Format.loss(last.train().loss()) + unit,
            "epoch",
            steps,
            values(epochs, EpochFinished::train, Scores::loss));
    if (last.validation() != null) {
      curve = curve.withValidationLoss(values(epochs, EpochFinished::validation, Scores::loss));
    }
    if (last.train().accuracy() != null) {
      curve = curve.withAccuracy(values(epochs, EpochFinished::train, Scores::accuracy));
      if (last.validation() != null) {
        curve =
            curve.withValidationAccuracy(
                values(epochs, EpochFinished::validation, Scores::accuracy));
      }
    }
    return curve.withNames("training", watched);
  }

  private static double[] values(
      List<EpochFinished> epochs,
      Function<EpochFinished, @Nullable Scores> part,
      Function<Scores, @Nullable Double> figure) {
    return epochs.stream()
        .mapToDouble(epoch -> {
          Scores scores = part.apply(epoch);
          Double value = scores == null ? null : figure.apply(scores);
          return value == null ? Double.NaN : value;
        })
        .toArray();
  }

  /** Whether the model tells classes of points of a plane. */
  public static boolean isPlane(Model model) {
    return model.preprocessing().rawWidth() == 2
        && model.preprocessing().encodings().stream().allMatch(e -> e instanceof ScaledNumbers)
        && model.task() instanceof Classification;
  }

  /** Whether all rows are points of a plane with classes: none lacks a number. */
  public static boolean isPlane(Model model, Parts parts) {
    return isPlane(model)
        && Stream.of(parts.train(), parts.validation(), parts.test())
            .filter(Objects::nonNull)
            .flatMap(part -> part.featureColumns().stream())
            .allMatch(column -> column instanceof Numbers numbers && numbers.missing() == 0);
  }

  /** The article's pair: real classes beside predicted ones. */
  public static RealAndPredicted realAndPredicted(
      Model model, Table data, String realTitle, String predictedTitle) {
    Categories target = classes(model, data);
    Matrix points = model.preprocessing().raw(data);
    double[] x = column(points, 0);
    double[] y = column(points, 1);
    int[] real = IntStream.range(0, target.rows()).map(target::code).toArray();
    int[] predicted = predicted(model, data);
    RealAndPredicted pair =
        RealAndPredicted.of(realTitle, predictedTitle, x, y, real, predicted, target.levels())
            .withLabels(model.featureNames().get(0), model.featureNames().get(1));
    return model.givesProbabilities() ? pair.withField(field(model, x, y)) : pair;
  }

  /** The points with the decision boundary behind them. */
  public static Figure boundary(Model model, Table data) {
    if (!model.givesProbabilities()) {
      throw new IllegalArgumentException(
          "A boundary needs probabilities: this model's output is %s, not sigmoid or softmax."
              .formatted(model.architecture().output().activation().name()));
    }
    Categories target = classes(model, data);
    Matrix points = model.preprocessing().raw(data);
    double[] x = column(points, 0);
    double[] y = column(points, 1);
    int[] real = IntStream.range(0, target.rows()).map(target::code).toArray();
    ScatterPlot plot =
        ScatterPlot.of(data.name() + " and the decision boundary", x, y, real, target.levels())
            .withLabels(model.featureNames().get(0), model.featureNames().get(1));
    return plot.withField(field(model, x, y));
  }

  private static DecisionField field(Model model, double[] x, double[] y) {
    Extent extent = Extent.around(x, y);
    double[] gridX = extent.gridX(FIELD_CELLS);
    double[] gridY = extent.gridY(FIELD_CELLS);
    double[] points = new double[FIELD_CELLS * FIELD_CELLS * 2]; // [rows][columns][x, y]
    int at = 0;
    for (double py : gridY) {
      for (double px : gridX) {
        points[at++] = px;
        points[at++] = py;
      }
    }
    float[] outputs = model.outputs(new DenseMatrix(FIELD_CELLS * FIELD_CELLS, 2, points));
    return new DecisionField(extent, FIELD_CELLS, FIELD_CELLS, outputs);
  }

  /** The first images with their labels and what the model says of them. */
  public static Figure digits(Model model, Table data) {
    Categories target = classes(model, data);
    ImageSize size = data.image();
    if (size == null) {
      throw new IllegalArgumentException(data.name() + " has no images to show.");
    }
    Table shown = data.select(IntStream.range(0, Math.min(GALLERY, data.rows())).toArray());
    int[] predicted = predicted(model, shown);
    List<LabelledImage> images = new ArrayList<>();
    for (int row = 0; row < predicted.length; row++) {
      images.add(
          new LabelledImage(
              image(shown.features(), row, size),
              target.levels().get(target.code(row)),
              target.levels().get(predicted[row])));
    }
    return DigitGrid.of("Labels and predictions", images);
  }

  /** Images with their labels. */
  public static Figure digits(Table data) {
    ImageSize size = data.image();
    if (size == null || !(data.target() instanceof Categories target)) {
      throw new IllegalArgumentException(data.name() + " has no images to show.");
    }
    List<LabelledImage> images = new ArrayList<>();
    for (int row = 0; row < Math.min(GALLERY, target.rows()); row++) {
      images.add(
          new LabelledImage(
              image(data.features(), row, size), target.levels().get(target.code(row))));
    }
    return DigitGrid.of(data.name(), images);
  }

  private static GreyImage image(Matrix features, int row, ImageSize size) {
    float[] pixels = new float[features.columns()];
    features.copyRow(row, pixels, 0);
    float greatest = 1e-9f;
    for (float pixel : pixels) {
      greatest = Math.max(greatest, pixel);
    }
    return GreyImage.of(size.width(), size.height(), pixels, 0, greatest);
  }

  /** How often each class was taken for each. */
  public static Figure confusion(Model model, Table data) {
    return confusion(model, data, "");
  }

  private static Figure confusion(Model model, Table data, String where) {
    ConfusionMatrix matrix = ConfusionMatrix.of(classes(model, data), predicted(model, data));
    return new ConfusionMatrixPlot(
        "Accuracy " + Format.percent(matrix.accuracy()) + where, matrix.names(), matrix.counts());
  }

  /** Predicted numbers over real ones; of several numbers the first. */
  public static Figure regression(Model model, Table data) {
    return regression(model, data, "");
  }

  private static Figure regression(Model model, Table data, String where) {
    if (!(model.task() instanceof Regression task)) {
      throw new IllegalArgumentException("This picture needs numbers, the model predicts classes.");
    }
    double[] real = task.numbers(data).getFirst().values();
    double[] predicted = model.predict(data).stream().mapToDouble(Prediction::value).toArray();
    return new PredictedAgainstReal(
        "Predicted and real" + where, task.targets().getFirst(), real, predicted);
  }

  private static Categories classes(Model model, Table data) {
    if (model.task() instanceof Classification task) {
      return task.classes(data);
    }
    throw new IllegalArgumentException(
        "This picture needs classes, the model predicts a number: take regression.");
  }

  private static int[] predicted(Model model, Table data) {
    return Decision.classesOf(model.outputs(data), model.architecture().outputs());
  }

  private static double[] column(Matrix features, int column) {
    double[] values = new double[features.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = features.get(row, column);
    }
    return values;
  }
}

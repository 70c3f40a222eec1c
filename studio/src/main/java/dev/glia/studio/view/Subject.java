package dev.glia.studio.view;

import dev.glia.compute.Compute;
import dev.glia.doctor.Patient;
import dev.glia.loss.Loss;
import dev.glia.model.Experiment;
import dev.glia.network.Network;
import dev.glia.plot.Extent;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.split.Parts;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Task;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import java.time.Duration;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What does not change while a network learns, prepared for drawing: rows, extent and grids.
 *
 * <p>Safe to share between threads.
 */
public final class Subject {

  /** Rows of each part that are drawn. */
  private static final int ROWS = 1_000;

  private final DataKind kind;
  private final Patience patience;
  private final Experiment experiment;
  private final Table train;
  private final Preprocessing preprocessing;
  private final Patient patient;
  private final ShownRows shownTrain;
  private final ShownRows shownWatched;
  private final long evaluationWork;
  private final @Nullable Extent extent; // of the plane or the curve
  private final @Nullable Grid field;
  private final @Nullable Grid units;

  /** Prepares a run's data. */
  public Subject(Experiment experiment, Parts parts) {
    this(experiment, parts, Patience.USUAL);
  }

  /**
   * Prepares a run's data.
   *
   * @param most how long a part of a frame may take
   */
  Subject(Experiment experiment, Parts parts, Duration most) {
    patience = new Patience(most);
    this.experiment = experiment;
    patient = Patient.of(experiment);
    train = parts.train();
    preprocessing = experiment.untrained().preprocessing();
    Task task = experiment.task();
    kind = DataKind.of(parts, task instanceof Classification);
    shownTrain = new ShownRows(train, preprocessing, task, isDrawn() ? ROWS : 0);
    shownWatched = new ShownRows(parts.watched(), preprocessing, task, isDrawn() ? ROWS : 0);
    Extent around = isDrawn() ? extent(parts) : null;
    extent = around;
    evaluationWork =
        (long) (train.rows() + parts.watched().rows())
            * experiment.untrained().network().architecture().parameterCount();
    boolean plane = kind == DataKind.PLANE;
    field = around != null && plane ? Grid.over(around, Field.SIZE, preprocessing) : null;
    units = around != null && plane ? Grid.over(around, Units.SIZE, preprocessing) : null;
  }

  private boolean isDrawn() {
    return kind == DataKind.PLANE || kind == DataKind.CURVE;
  }

  private Extent extent(Parts parts) {
    Task task = experiment.task();
    ShownRows train = new ShownRows(parts.train(), preprocessing, task, Integer.MAX_VALUE);
    ShownRows watched = new ShownRows(parts.watched(), preprocessing, task, Integer.MAX_VALUE);
    double[] x = both(train.column(0), watched.column(0));
    double[] y =
        kind == DataKind.PLANE
            ? both(train.column(1), watched.column(1))
            : both(train.targets(), watched.targets());
    return Extent.around(x, y);
  }

  private static double[] both(double[] a, double[] b) {
    return DoubleStream.concat(DoubleStream.of(a), DoubleStream.of(b)).toArray();
  }

  /** How the data can be drawn. */
  public DataKind kind() {
    return kind;
  }

  /** The points of the plane or of the curve as JSON; null for other data. */
  public @Nullable Map<String, @Nullable Object> points() {
    if (extent == null) {
      return null;
    }
    return JsonObject.with("extent", corners())
        .and("train", points(shownTrain))
        .and("watched", points(shownWatched))
        .map();
  }

  private Map<String, @Nullable Object> points(ShownRows rows) {
    double[] targets = rows.targets();
    return JsonObject.with("x", rows.column(0))
        .and("y", kind == DataKind.PLANE ? rows.column(1) : targets)
        .and("target", targets)
        .map();
  }

  /** The corners of what is drawn: least x, largest x, least y, largest y; null for other data. */
  double @Nullable [] corners() {
    return extent == null
        ? null
        : new double[] {extent.minX(), extent.maxX(), extent.minY(), extent.maxY()};
  }

  /** Whether classes are to be told apart, rather than a number predicted. */
  public boolean classes() {
    return experiment.task() instanceof Classification;
  }

  /** The training as a doctor knows it, with some of its rows. */
  Patient patient() {
    return patient;
  }

  /** How long parts of frames may take. */
  Patience patience() {
    return patience;
  }

  /** The multiply-adds of an evaluation, about. */
  public long evaluationWork() {
    return evaluationWork;
  }

  /** Evaluates on one thread, which gives the same bits as the training's own evaluation. */
  public Scored evaluate(Network network, long updates) {
    Loss loss = experiment.recipe().training().loss();
    Compute one = Compute.onThreads(1);
    Examples validation = experiment.validationExamples();
    return new Scored(
        updates,
        Evaluation.of(network, loss, experiment.trainExamples(), one),
        validation == null ? null : Evaluation.of(network, loss, validation, one));
  }

  Table train() {
    return train;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  /** What is predicted. */
  Task task() {
    return experiment.task();
  }

  ShownRows shownTrain() {
    return shownTrain;
  }

  ShownRows shownWatched() {
    return shownWatched;
  }

  /** The grid of the part {@code field}; null but for planes. */
  @Nullable Grid fieldGrid() {
    return field;
  }

  /** The grid of the part {@code units}; null but for planes. */
  @Nullable Grid unitsGrid() {
    return units;
  }
}

package dev.glia.cli.bench;

import dev.glia.activation.Softmax;
import dev.glia.compute.Compute;
import dev.glia.initializer.Initializer;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Kernels;
import dev.glia.internal.kernel.Panels;
import dev.glia.internal.kernel.Product;
import dev.glia.internal.kernel.Workers;
import dev.glia.internal.text.Format;
import dev.glia.layer.Layer;
import dev.glia.loss.CrossEntropy;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.network.Predictor;
import dev.glia.optimizer.Adam;
import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.split.Parts;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import dev.glia.training.Examples;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Started;
import dev.glia.training.TrainingOptions;
import dev.glia.training.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs workloads and times them.
 *
 * @param seconds how long each is measured
 * @param compute the threads and the kernel
 * @param images what A and B learn from, 28 x 28 pixels; may be null if neither runs
 * @param shuffle whether A and B take the rows in a new order in each epoch
 * @param rows how many of the rows A and B take; null for all
 * @param hidden other hidden layers for A and B, or null
 */
public record Bench(
    double seconds,
    Compute compute,
    @Nullable Table images,
    boolean shuffle,
    @Nullable Integer rows,
    @Nullable List<Layer> hidden) {

  private static final double WARM_UP = 1; // seconds at least, for a workload
  private static final double LONGEST_WARM_UP = 10; // where code gets faster all the time
  private static final int ROUNDS = 6; // in the shortest warm-up
  private static final int PATIENCE = 4; // rounds

  private static final int SAMPLES = 10; // about so many are taken
  private static final int MANY = 10_000; // rows
  private static final int FOREVER = Integer.MAX_VALUE; // epochs

  /**
   * A matrix product: c of rows x columns, sums of so many steps.
   *
   * @param gradient whether a is read transposed and c is in panels, as weights and their gradients
   */
  private record Size(int rows, int steps, int columns, boolean gradient) {
    @Override
    public String toString() {
      return rows + "x" + steps + "x" + columns;
    }

    double flops() {
      return 2.0 * rows * steps * columns;
    }
  }

  /** What B computes for a batch, and a square. */
  private static final List<Size> SIZES =
      List.of(
          new Size(128, 784, 512, false),
          new Size(128, 512, 256, false),
          new Size(128, 256, 512, false),
          new Size(784, 128, 512, true),
          new Size(512, 128, 256, true),
          new Size(1024, 1024, 1024, false));

  /** Measures a workload. */
  public List<BenchFigure> run(Workload workload) {
    return switch (workload) {
      case A, B -> List.of(epochs(workload));
      case C -> List.of(updates());
      case ONE -> List.of(one());
      case MANY -> threadCounts().mapToObj(this::many).toList();
      case PRODUCT -> products();
    };
  }

  // ---------------------------------------------------------------------------------- training

  private BenchFigure epochs(Workload workload) {
    Recipe recipe = Recipe.named("mnist");
    if (workload == Workload.B) {
      recipe =
          recipe
              .withHidden(Layer.parseAll("512:relu,256:relu"))
              .withOutput(new Softmax())
              .withTraining(
                  recipe
                      .training()
                      .withLoss(new CrossEntropy())
                      .withOptimizer(new Adam())
                      .withLearningRate(0.001)
                      .withBatching(new Batching(128, false)));
    }
    recipe = hidden == null ? recipe : recipe.withHidden(hidden);
    recipe = recipe.withTraining(recipe.training().withShuffle(shuffle));
    Parts split = recipe.split(Objects.requireNonNull(images));
    Table train = first(split.train());
    Timed timed = train(recipe, new Parts(train, split.watched()));
    Map<String, Object> subject = subject(timed, train);
    subject.put("shuffle", shuffle);
    return new BenchFigure(
        workload,
        "an epoch of %s, %s of %s%s"
            .formatted(
                timed.architecture().sizes(),
                Format.count(train.rows(), "row"),
                train.name(),
                shuffle ? "" : ", not shuffled"),
        subject,
        kernel().name(),
        timed.threads(),
        "seconds",
        timed.epochs(),
        train.rows() / BenchFigure.median(timed.epochs()));
  }

  private Table first(Table train) {
    if (rows == null) {
      return train;
    }
    if (rows < 1 || rows > train.rows()) {
      throw new IllegalArgumentException(
          "--rows must be from 1 to the %d rows that %s has to train on, got %d."
              .formatted(train.rows(), train.name(), rows));
    }
    return train.select(IntStream.range(0, rows).toArray());
  }

  private BenchFigure updates() {
    Recipe recipe = Recipe.named("moons");
    Parts split = recipe.split(Moons.article().generate());
    Timed timed = train(recipe, split);
    List<Double> perSecond = timed.epochs().stream().map(epoch -> 1 / epoch).toList();
    Table train = split.train();
    return new BenchFigure(
        Workload.C,
        "updates of %s, %s of %s at once"
            .formatted(
                timed.architecture().sizes(), Format.count(train.rows(), "row"), train.name()),
        subject(timed, train),
        kernel().name(),
        timed.threads(),
        "updates/s",
        perSecond,
        train.rows() * BenchFigure.median(perSecond));
  }

  private static Map<String, Object> subject(Timed timed, Table train) {
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("data", train.name());
    subject.put("network", timed.architecture().sizes());
    subject.put("rows", train.rows());
    return subject;
  }

  /**
   * A training that was timed.
   *
   * @param threads how many took part
   * @param epochs seconds that an epoch took, without evaluation, sample by sample
   */
  private record Timed(Architecture architecture, int threads, List<Double> epochs) {}

  private Timed train(Recipe recipe, Parts split) {
    Model model = new Experiment(recipe, split).untrained();
    Examples examples = model.examples(split.train());
    TrainingOptions endless = recipe.training().withEpochs(FOREVER);

    TrainingOptions untold = endless.withLogEvery(FOREVER);
    int updates = recipe.training().batching().count(examples.rows()); // an epoch
    double epoch =
        warmUp(span -> updates * secondsAnUpdate(untold, model.network(), examples, span));

    // Between two events the network is evaluated: not too often, and not counted.
    int logEvery = (int) Math.max(1, Math.min(FOREVER, seconds / SAMPLES / epoch));
    List<Double> epochs = new ArrayList<>();
    int[] threads = new int[1];
    Cancellation enough = new Cancellation();
    long began = System.nanoTime();
    new Trainer(
            endless.withLogEvery(logEvery),
            compute,
            enough,
            event -> {
              if (event instanceof Started started) {
                threads[0] = started.threads();
              } else if (event instanceof EpochFinished e && e.epoch() > 0) {
                epochs.add(e.seconds() / logEvery);
                if (secondsSince(began) >= seconds) {
                  enough.cancel();
                }
              }
            })
        .fit(model.network(), examples, null, new RandomState(0));
    return new Timed(model.network().architecture(), threads[0], List.copyOf(epochs));
  }

  /** Trains for some seconds. */
  private double secondsAnUpdate(
      TrainingOptions endless, Network network, Examples examples, double span) {
    Cancellation end = new Cancellation();
    CompletableFuture.delayedExecutor((long) (span * 1e9), TimeUnit.NANOSECONDS)
        .execute(end::cancel);
    TrainingResult result =
        new Trainer(endless, compute, end).fit(network, examples, null, new RandomState(0));
    return result.updates() == 0 ? span : result.seconds() / result.updates();
  }

  // -------------------------------------------------------------------------------- prediction

  private static Network network() {
    Architecture architecture = new Architecture(784, Layer.parseAll("16:relu,10:sigmoid"));
    return Network.initialize(architecture, new Initializer.He(), new RandomState(0));
  }

  private BenchFigure one() {
    Network network = network();
    float[] x = random(784);
    float[] outputs = new float[10];
    List<Double> times;
    try (Predictor predictor = network.predictor(compute.kernel())) {
      times = time(() -> predictor.predict(x, outputs), 1);
    }
    return new BenchFigure(
        Workload.ONE,
        "one row through " + network.architecture().sizes(),
        Map.of("network", network.architecture().sizes()),
        kernel().name(),
        1,
        "microseconds",
        times.stream().map(time -> 1e6 * time).toList(),
        null);
  }

  private BenchFigure many(int threads) {
    Network network = network();
    float[] x = random(MANY * 784);
    float[] outputs = new float[MANY * 10];
    List<Double> times;
    try (Predictor predictor = network.predictor(compute.kernel(), threads)) {
      times = time(() -> predictor.predict(x, outputs), 1.0 / threadCounts().count());
    }
    return new BenchFigure(
        Workload.MANY,
        "%s through %s, %s"
            .formatted(
                Format.count(MANY, "row"),
                network.architecture().sizes(),
                Format.count(threads, "thread")),
        Map.of("network", network.architecture().sizes()),
        kernel().name(),
        threads,
        "rows/s",
        times.stream().map(time -> MANY / time).toList(),
        null);
  }

  // ----------------------------------------------------------------------------------- product

  private List<BenchFigure> products() {
    List<BenchFigure> figures = new ArrayList<>();
    long count = SIZES.size() * threadCounts().count(); // that share the time
    for (Size size : SIZES) {
      threadCounts().forEach(threads -> figures.add(product(size, threads, count)));
    }
    return figures;
  }

  private BenchFigure product(Size size, int threads, long count) {
    int rows = size.rows();
    int steps = size.steps();
    int columns = size.columns(); // of all sizes they divide by LANES
    float[] a = random(rows * steps);
    float[] b = random(steps * columns); // [columns / LANES][steps][LANES]
    float[] c = new float[rows * columns];
    Panels panels = new Panels(0, steps, columns);
    Kernel kernel = kernel();
    Workers.Task task;
    if (size.gradient()) {
      Panels result = new Panels(0, rows, columns);
      Product product = Product.gradient(rows, panels, result);
      int lines = result.lines();
      task =
          (share, of) ->
              kernel.gradient(
                  product, a, b, c, steps, lines * share / of, lines * (share + 1) / of);
    } else {
      Product product = Product.of(steps, panels, Product.ZERO, columns, false);
      task =
          (share, of) ->
              kernel.product(product, a, 0, b, c, rows * share / of, rows * (share + 1) / of);
    }
    List<Double> times;
    try (Workers workers = new Workers(threads)) {
      times = time(() -> workers.run(task), 1.0 / count);
    }
    return new BenchFigure(
        Workload.PRODUCT,
        size + ", " + Format.count(threads, "thread"),
        Map.of("size", size.toString()),
        kernel.name(),
        threads,
        "GFLOP/s",
        times.stream().map(time -> size.flops() / time / 1e9).toList(),
        null);
  }

  // ------------------------------------------------------------------------------------ timing

  /**
   * Warms up, then gives the seconds that one run takes, sample by sample.
   *
   * @param share of the seconds that the workload has
   */
  private List<Double> time(Runnable run, double share) {
    double span = seconds * share;
    long each = (long) Math.max(1, span / SAMPLES / warmUp(time -> repeat(run, time)));
    List<Double> samples = new ArrayList<>();
    long began = System.nanoTime();
    do {
      long sample = System.nanoTime();
      for (long i = 0; i < each; i++) {
        run.run();
      }
      samples.add(secondsSince(sample) / each);
    } while (secondsSince(began) < span);
    return List.copyOf(samples);
  }

  /**
   * Runs for a second, and on until it gets no faster: before it is compiled, the Vector API is a
   * hundred times slower. Who measures shortly does not wait long, though.
   *
   * @param round runs for so many seconds and gives the seconds of one run
   * @return the seconds of one run at its best
   */
  private double warmUp(DoubleUnaryOperator round) {
    double most = Math.clamp(10 * seconds, WARM_UP, LONGEST_WARM_UP);
    double best = Double.POSITIVE_INFINITY;
    int noFaster = 0;
    long began = System.nanoTime();
    double passed = 0;
    while (passed < WARM_UP || (passed < most && noFaster < PATIENCE)) {
      double time = round.applyAsDouble(WARM_UP / ROUNDS);
      noFaster = time < 0.95 * best ? 0 : noFaster + 1;
      best = Math.min(best, time);
      passed = secondsSince(began);
    }
    return best;
  }

  /** Runs again and again for a while; the seconds of one run. */
  private static double repeat(Runnable run, double seconds) {
    long began = System.nanoTime();
    long runs = 0;
    do {
      run.run();
      runs++;
    } while (secondsSince(began) < seconds);
    return secondsSince(began) / runs;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  /** One, and as many as there may be. */
  private IntStream threadCounts() {
    return IntStream.of(1, compute.threads()).distinct();
  }

  private Kernel kernel() {
    return Kernels.named(compute.kernel().name());
  }

  private static float[] random(int length) {
    RandomState random = new RandomState(0);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.randomSample();
    }
    return values;
  }
}

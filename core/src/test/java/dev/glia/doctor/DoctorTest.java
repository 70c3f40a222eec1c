package dev.glia.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.SharedFolder;
import dev.glia.image.IdxFolder;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.source.BuiltIn;
import dev.glia.source.Digits;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.stopping.Stopping;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Task;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import dev.glia.training.DivergedException;
import dev.glia.training.Examples;
import dev.glia.training.NanPolicy;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real trainings with bad settings, what the doctor says, and the same with its advice. */
class DoctorTest {

  /** What a training came to. */
  private record Run(List<Finding> findings, @Nullable Double loss) {

    List<String> rules() {
      return findings.stream().map(Finding::rule).distinct().toList();
    }

    Finding of(String rule) {
      return findings.stream()
          .filter(f -> f.rule().equals(rule))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + rule + " among " + findings));
    }
  }

  private static Run train(Recipe recipe, Table data) {
    Experiment experiment = new Experiment(recipe, recipe.split(data));
    List<Finding> findings = new ArrayList<>();
    Doctor doctor = new Doctor(Patient.of(experiment), findings::add);
    try {
      double loss = experiment.train(new Cancellation(), doctor).result().train().loss();
      return new Run(findings, loss);
    } catch (DivergedException e) {
      doctor.diverged();
      return new Run(findings, null);
    }
  }

  /** The settings of a text such as {@code layers=16:relu epochs=5}. */
  private static Recipe with(Recipe recipe, String settings) {
    for (String setting : settings.split(" ", -1)) {
      String[] pair = setting.split("=", 2);
      recipe = with(recipe, pair[0], pair[1]);
    }
    return recipe;
  }

  private static Recipe with(Recipe recipe, String name, String value) {
    TrainingOptions options = recipe.training();
    return switch (name) {
      case "layers" -> recipe.withHidden(Layer.parseAll(value));
      case "init" -> recipe.withInitializer(Initializer.parse(value));
      case "scale" -> recipe.withScaling(Scaler.Kind.of(value));
      case "stratify" ->
          recipe.withHoldout(
              Boolean.parseBoolean(value) ? recipe.holdout().stratified() : recipe.holdout());
      case "split-seed" -> recipe.withHoldout(recipe.holdout().seed(Long.parseLong(value)));
      case "learning-rate" ->
          recipe.withTraining(options.withLearningRate(Double.parseDouble(value)));
      case "optimizer" -> recipe.withTraining(options.withOptimizer(Optimizer.parse(value)));
      case "epochs" -> recipe.withTraining(options.withEpochs(Integer.parseInt(value)));
      case "clip-norm" -> recipe.withTraining(options.withClipNorm(Double.parseDouble(value)));
      case "shuffle" -> recipe.withTraining(options.withShuffle(Boolean.parseBoolean(value)));
      case "batch-size" ->
          recipe.withTraining(options.withBatching(new Batching(Integer.parseInt(value), false)));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Recipe with(Recipe recipe, Map<String, String> change) {
    for (Map.Entry<String, String> setting : change.entrySet()) {
      recipe = with(recipe, setting.getKey(), setting.getValue());
    }
    return recipe;
  }

  private static Table builtIn(String name) {
    return name.equals("digits")
        ? new Digits(1000, 0.05, true, 0).generate()
        : BuiltIn.named(name).orElseThrow().generator().generate();
  }

  /** Each rule is provoked, and mended by the change that it proposes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dead-units          | moons   | layers=16:relu,16:relu init=normal(-1,0.1) epochs=1000      | init=he
          dead-units          | circles | learning-rate=0.2                                           | learning-rate=0.01
          dead-units          | xor     | layers=16:relu,16:relu,16:relu optimizer=momentum(0.95) learning-rate=0.1 epochs=100 | layers=16:leaky_relu(0.05),16:leaky_relu(0.05),16:leaky_relu(0.05)
          saturated-units     | moons   | layers=16:tanh,16:tanh init=normal(0,20) epochs=1000        | init=he
          saturated-units     | digits  | layers=16:sigmoid scale=none epochs=10                      | scale=minmax
          saturated-units     | circles | layers=16:tanh,16:tanh learning-rate=1 epochs=50            | learning-rate=0.01
          exploding-gradients | moons   | layers=32:leaky_relu,32:leaky_relu,32:leaky_relu,32:leaky_relu init=normal(0,1) epochs=1000 | init=he
          exploding-gradients | blobs   | optimizer=sgd learning-rate=10 epochs=50                    | learning-rate=0.1
          exploding-gradients | digits  | optimizer=sgd learning-rate=0.1 scale=none epochs=20        | scale=minmax
          vanishing-gradients | moons   | layers=16:sigmoid,16:sigmoid,16:sigmoid,16:sigmoid,16:sigmoid,16:sigmoid epochs=2000 | layers=16:relu,16:relu,16:relu,16:relu,16:relu,16:relu
          loss-not-finite     | moons   | layers=32:leaky_relu,32:leaky_relu,32:leaky_relu,32:leaky_relu learning-rate=3 epochs=1000 | learning-rate=0.1
          loss-does-not-fall  | moons   | learning-rate=1e-7 epochs=1000                              | learning-rate=0.01
          loss-does-not-fall  | xor     | learning-rate=1e-8 epochs=100                               | learning-rate=0.001
          loss-does-not-fall  | xor     | layers=none epochs=100                                      | layers=16:relu,16:relu
          loss-does-not-fall  | moons   | init=zeros epochs=1000                                      | init=he
          loss-does-not-fall  | moons   | learning-rate=3 epochs=100                                  | learning-rate=0.1
          loss-swings         | blobs   | optimizer=sgd learning-rate=10 epochs=50                    | learning-rate=0.1
          inputs-not-scaled   | digits  | scale=none epochs=5                                         | scale=minmax
          """)
  void aRuleIsProvokedAndItsChangeMends(String rule, String name, String bad, String change) {
    Table data = builtIn(name);
    Recipe recipe = with(Recipe.named(name), bad);
    Run run = train(recipe, data);
    Finding finding = run.of(rule);
    assertThat(finding.severity()).isNotEqualTo(Severity.HINT);
    assertThat(finding.sentence()).endsWith(".");
    assertThat(finding.advice()).endsWith(".");
    assertThat(finding.changeLabel()).isNotBlank();
    assertThat(finding.change()).isEqualTo(settings(change));
    Run mended = train(with(recipe, finding.change()), data);
    assertThat(mended.rules()).doesNotContain(rule);
    assertThat(mended.loss()).isNotNull();
    if (run.loss() != null) {
      assertThat(mended.loss()).isLessThan(run.loss());
    }
  }

  private static Map<String, String> settings(String text) {
    String[] pair = text.split("=", 2);
    return Map.of(pair[0], pair[1]);
  }

  /** Where nothing else is wrong, the norm is what to limit. */
  @Test
  void gradientsOfHugeTargetsAreClipped() {
    Table sine = builtIn("sine");
    double[] values = new double[sine.rows()];
    Arrays.setAll(values, row -> 1e4 * ((Numbers) sine.target()).get(row));
    Table huge = Table.of("huge", sine.featureNames(), sine.features(), new Numbers("y", values));
    Recipe recipe = with(Recipe.named("sine"), "optimizer=sgd learning-rate=0.1 epochs=20");
    Finding finding = train(recipe, huge).of("exploding-gradients");
    assertThat(finding.change()).containsExactly(Map.entry("clip-norm", "1"));
    assertThat(train(with(recipe, finding.change()), huge).rules())
        .doesNotContain("exploding-gradients", "loss-not-finite");
  }

  @Test
  void aNumberThatIsTheSameInAllRowsIsTold() {
    double[] x = new double[24];
    Arrays.setAll(x, i -> i % 7);
    double[] same = new double[24];
    Arrays.fill(same, 0.1);
    for (String targetScale : List.of("standard", "none")) {
      Recipe recipe =
          with(Recipe.predict("y"), "epochs=3").withTargetScale(Scaler.Kind.of(targetScale));
      Table constant =
          Table.of("c", List.of("x"), new DenseMatrix(24, 1, x), new Numbers("y", same.clone()));
      Finding finding = train(recipe.withTask(Task.Kind.NUMBER), constant).of("same-numbers");
      assertThat(finding.sentence()).startsWith("All 14 rows to train on have the same number");
    }
  }

  /** The label has nothing to do with the features. */
  @Test
  void rowsLearntByHeartAreToldAndStoppingHelps() {
    RandomState random = new RandomState(3);
    double[] x = new double[120 * 6];
    Arrays.setAll(x, i -> random.randn());
    int[] classes = new int[120];
    Arrays.setAll(classes, i -> random.uniform(0, 1) < 0.5 ? 0 : 1);
    Table noise =
        Table.of(
            "noise",
            List.of("a", "b", "c", "d", "e", "f"),
            new DenseMatrix(120, 6, x),
            new Categories("y", classes, List.of("no", "yes")));
    Recipe recipe = Recipe.predict("y");
    Finding finding = train(recipe, noise).of("overfitting");
    assertThat(finding.sentence()).startsWith("The network learns its rows by heart: on rows kept");
    assertThat(finding.change()).containsExactly(Map.entry("patience", "patience(10)"));
    double learntByHeart = recipe.train(recipe.split(noise)).result().validation().loss();
    Recipe stopped = recipe.withStopping(Stopping.parse(finding.change().get("patience")));
    assertThat(train(stopped, noise).rules()).doesNotContain("overfitting");
    assertThat(stopped.train(stopped.split(noise)).result().validation().loss())
        .isLessThan(learntByHeart / 1.5);
    Recipe allRows = recipe.withHoldout(Holdout.of(0, 0)); // where nobody can know
    assertThat(train(allRows, noise).rules()).doesNotContain("overfitting");
  }

  /** One feature; the rows of the second class come last. */
  private static Table imbalanced(int most, int few) {
    double[] x = new double[most + few];
    int[] classes = new int[most + few];
    for (int row = 0; row < x.length; row++) {
      classes[row] = row < most ? 0 : 1;
      x[row] = classes[row] + row * 0.001;
    }
    return Table.of(
        "rare",
        List.of("x"),
        new DenseMatrix(x.length, 1, x),
        new Categories("label", classes, List.of("common", "rare")));
  }

  @Test
  void rowsOfOneClassOnlyAreTold() {
    Table data = imbalanced(40, 2);
    Recipe recipe = with(Recipe.predict().withHoldout(Holdout.of(0, 0.25)), "epochs=2");
    int seed = 0;
    while (((Categories) holdout(recipe, seed).split(data).train().target()).counts()[1] > 0) {
      seed++;
    }
    Recipe unlucky = holdout(recipe, seed);
    Run run = train(unlucky, data);
    assertThat(run.of("one-class").severity()).isEqualTo(Severity.PROBLEM);
    assertThat(run.of("one-class").sentence()).contains("of class common");
    assertThat(run.rules()).doesNotContain("rare-classes");
    assertThat(train(with(unlucky, run.of("one-class").change()), data).rules())
        .doesNotContain("one-class");
  }

  private static Recipe holdout(Recipe recipe, int seed) {
    return recipe.withHoldout(recipe.holdout().seed(seed));
  }

  @Test
  void aClassOfNearlyAllRowsIsTold() {
    Table data = imbalanced(98, 2);
    Recipe recipe =
        with(Recipe.predict().withHoldout(Holdout.of(0, 0.25).stratified()), "epochs=2");
    Finding finding = train(recipe, data).of("rare-classes");
    assertThat(finding.sentence())
        .isEqualTo(
            "97.3% of the rows are of class common: a network that always says common is right as"
                + " often.");
    assertThat(finding.change()).isEmpty();
    assertThat(finding.changeLabel()).isEmpty();
    assertThat(train(recipe, imbalanced(80, 20)).rules()).doesNotContain("rare-classes");
  }

  /** The library's user gives the rows as they are: class by class. */
  @Test
  void batchesOfOneClassAreToldAndShufflingMends() {
    Table data = builtIn("moons");
    Recipe recipe = with(Recipe.named("moons"), "batch-size=10 epochs=5 shuffle=false");
    Task task = Task.of(Parts.all(data), Task.Kind.AUTO, Scaler.Kind.NONE);
    Network network =
        Network.initialize(
            recipe.architecture(2, task), recipe.initializer(), new RandomState(recipe.seed()));
    Map<Boolean, List<String>> rules = new HashMap<>();
    for (boolean shuffle : new boolean[] {false, true}) {
      TrainingOptions options = recipe.training().withShuffle(shuffle);
      Patient patient =
          Patient.of(
              options,
              network.architecture(),
              recipe.initializer(),
              recipe.scaling(),
              data.features(),
              task,
              task.answers(data, 1));
      List<Finding> findings = new ArrayList<>();
      new Trainer(options, new Doctor(patient, findings::add))
          .fit(network, Examples.of(data.features(), data.target(), 1), null, new RandomState(0));
      rules.put(shuffle, findings.stream().map(Finding::rule).toList());
      if (!shuffle) {
        assertThat(findings.getFirst().change()).containsExactly(Map.entry("shuffle", "true"));
        assertThat(findings.getFirst().sentence()).startsWith("100% of the batches");
      }
    }
    assertThat(rules.get(false)).contains("one-class-batches");
    assertThat(rules.get(true)).doesNotContain("one-class-batches");
  }

  /** A loss that is infinite before the first update leaves no network to look at. */
  @Test
  void aTrainingThatDivergesAtOnceGetsItsFindingToo() {
    Table moons = builtIn("moons");
    double[] huge = new double[2 * moons.rows()];
    Arrays.setAll(huge, i -> 1e38 * moons.features().get(i / 2, i % 2));
    Table data =
        Table.of(
            "huge", moons.featureNames(), new DenseMatrix(moons.rows(), 2, huge), moons.target());
    Run run = train(with(Recipe.named("moons"), "epochs=5"), data);
    assertThat(run.loss()).isNull();
    assertThat(run.of("loss-not-finite").change()).containsExactly(Map.entry("scale", "standard"));
  }

  /** Where {@code nan=zero} goes on with a loss that is none, no other rule reckons with it. */
  @Test
  void aLossThatIsNoNumberIsToldOnceAndNotReckonedWith() {
    Recipe recipe =
        with(Recipe.named("sine"), "optimizer=sgd learning-rate=5 epochs=30 layers=16:relu");
    Recipe goesOn = recipe.withTraining(recipe.training().withNanPolicy(NanPolicy.ZERO));
    Run run = train(goesOn, builtIn("sine"));
    assertThat(run.rules()).contains("loss-not-finite");
    assertThat(run.findings())
        .extracting(Finding::sentence)
        .noneMatch(sentence -> sentence.contains("NaN") || sentence.contains("Infinity"));
  }

  static List<String> names() {
    return BuiltIn.all().stream().map(BuiltIn::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void recipesGiveNoFalseAlarm(String name) {
    Table data = BuiltIn.named(name).orElseThrow().generator().generate();
    assertThat(train(Recipe.named(name), data).findings()).isEmpty();
  }

  @Test
  void mnistGivesNoFalseAlarm() throws IOException {
    Recipe recipe = with(Recipe.named("mnist"), "epochs=8");
    assertThat(train(recipe, IdxFolder.read(SharedFolder.mnist())).findings()).isEmpty();
  }

  @Test
  void theDoctorLooksAtPowersOfTwoAndTheLast() {
    Recipe recipe = with(Recipe.named("xor"), "epochs=41 learning-rate=1e-9");
    Experiment experiment = new Experiment(recipe, recipe.split(builtIn("xor")));
    List<Integer> examined = new ArrayList<>();
    List<String> told = new ArrayList<>();
    Doctor doctor = new Doctor(Patient.of(experiment), finding -> told.add(finding.rule()));
    TrainingListener watched =
        event ->
            doctor.on(
                event instanceof EpochFinished e
                    ? new EpochFinished(
                        e.epoch(),
                        e.updates(),
                        e.train(),
                        e.validation(),
                        e.seconds(),
                        () -> {
                          examined.add(e.epoch());
                          return e.network().get();
                        })
                    : event);
    experiment.train(new Cancellation(), watched);
    assertThat(examined).containsExactly(0, 1, 2, 4, 8, 16, 32, 41);
    assertThat(told).containsExactly("loss-does-not-fall");
  }

  @Test
  void aCheckupIsPartOfTheLibrary() {
    Recipe recipe = with(Recipe.named("digits"), "scale=none");
    Experiment experiment = new Experiment(recipe, recipe.split(builtIn("digits")));
    EpochFinished[] untrained = new EpochFinished[1];
    experiment.train(
        new Cancellation(),
        event ->
            untrained[0] = event instanceof EpochFinished e && e.epoch() == 0 ? e : untrained[0]);
    Network network = experiment.untrained().network();
    Checkup checkup = Patient.of(experiment).checkup(network, List.of(untrained[0]), false);
    assertThat(Doctor.examine(checkup).stream().map(Finding::rule)).contains("inputs-not-scaled");
    assertThat(Doctor.examine(checkup)).isEqualTo(Doctor.examine(checkup));
    assertThatThrownBy(() -> Patient.of(experiment).checkup(network, List.of(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A check-up needs at least the untrained network's scores, got none.");
  }

  private static final int ROWS = 120;

  /** y = x + 1000 z + noise, in a table with whatever other columns. */
  private static Table priced(double unit, Column... others) {
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      x[row] = row * 37 % 101;
      y[row] = unit * (x[row] + row % 7);
    }
    List<Column> columns = new ArrayList<>(List.of(new Numbers("area", x)));
    columns.addAll(List.of(others));
    columns.add(new Numbers("price", y));
    return new Table("homes", columns, List.of("price"));
  }

  @Test
  void aTargetThatIsNotScaledIsToldAndScalingMends() {
    Table data = priced(1000);
    Recipe recipe =
        Recipe.predict()
            .withTask(Task.Kind.NUMBER)
            .withTargetScale(Scaler.Kind.NONE)
            .withEpochs(40);
    Run ill = train(recipe, data);
    Finding finding = ill.of("target-not-scaled");
    assertThat(finding.sentence()).contains("\"price\" is about");
    assertThat(finding.change()).isEqualTo(Map.of("target-scale", "standard"));
    Recipe mended = RecipeSettings.apply(finding.change(), recipe);
    assertThat(train(mended, data).rules()).doesNotContain("target-not-scaled");
    double before = r2(recipe, data);
    double after = r2(mended, data);
    assertThat(after).isGreaterThan(0.9).isGreaterThan(before);
  }

  private static double r2(Recipe recipe, Table data) {
    return Objects.requireNonNull(
        Objects.requireNonNull(recipe.train(recipe.split(data)).result().test()).r2());
  }

  @Test
  void columnsThatNameRowsOrGiveTheTargetAwayAreNamed() {
    double[] ids = new double[ROWS];
    Arrays.setAll(ids, row -> 5000 - row);
    double[] leak = new double[ROWS];
    Table plain = priced(1);
    Arrays.setAll(leak, row -> 3 * ((Numbers) plain.target()).get(row) + 1);
    Recipe recipe = Recipe.predict().withTask(Task.Kind.NUMBER).withEpochs(1);
    Run run = train(recipe, priced(1, new Numbers("customer_id", ids), new Numbers("tax", leak)));
    assertThat(run.of("identifiers").sentence()).startsWith("customer_id names the rows");
    assertThat(run.of("identifiers").advice()).contains("--columns \"customer_id:ignore\"");
    assertThat(run.of("gives-away").sentence()).startsWith("tax gives \"price\" away");
    assertThat(train(recipe, plain).rules()).doesNotContain("identifiers", "gives-away");
  }

  @Test
  void fewRowsAndClassesOfOneRowAreTold() {
    String[] words = new String[24];
    Arrays.setAll(words, row -> row == 0 ? "rare" : row % 2 == 0 ? "even" : "odd");
    List<String> levels = List.of("even", "odd", "rare");
    int[] codes = Arrays.stream(words).mapToInt(levels::indexOf).toArray();
    double[] x = new double[words.length];
    Arrays.setAll(x, row -> row % 5);
    Table data =
        new Table(
            "few",
            List.of(new Numbers("x", x), new Categories("kind", codes, levels)),
            List.of("kind"));
    Run run = train(Recipe.predict().withHoldout(Holdout.of(0, 0)).withEpochs(1), data);
    assertThat(run.of("few-rows").sentence()).startsWith("24 rows to train on are few");
    assertThat(run.of("single-row-classes").sentence())
        .startsWith("The class rare has no more than one row");
  }
}

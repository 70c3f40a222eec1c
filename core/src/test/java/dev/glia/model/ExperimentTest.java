package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.SharedFolder;
import dev.glia.activation.Activation;
import dev.glia.activation.Relu;
import dev.glia.compute.Compute;
import dev.glia.image.IdxFolder;
import dev.glia.layer.BatchNorm;
import dev.glia.layer.Dense;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.CrossEntropy;
import dev.glia.metric.Decision;
import dev.glia.network.Network;
import dev.glia.preprocessing.ScaledNumbers;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.source.Blobs;
import dev.glia.source.BuiltIn;
import dev.glia.source.Circles;
import dev.glia.source.Digits;
import dev.glia.source.Generator;
import dev.glia.source.Moons;
import dev.glia.source.Spirals;
import dev.glia.source.Xor;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import dev.glia.training.Checkpoint;
import dev.glia.training.History;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.Started;
import dev.glia.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From a data set and a recipe to a model that knows something. */
class ExperimentTest {

  private static Trained train(Recipe recipe, Table data) {
    return new Experiment(recipe, recipe.split(data)).train(new Cancellation());
  }

  private static Recipe named(String name, int epochs) {
    Recipe recipe = Recipe.named(name);
    return recipe.withTraining(recipe.training().withEpochs(epochs));
  }

  /** The second article in full: 20,000 updates, which is what `glia train moons` does. */
  @Test
  void moonsLearnsItsTrainingPartAndKnowsItsTestPart(@TempDir Path folder) throws IOException {
    Recipe recipe = Recipe.named("moons");
    Parts parts = recipe.split(Moons.article().generate());
    Experiment experiment = new Experiment(recipe, parts);
    History history = new History();
    Trained trained = experiment.train(new Cancellation(), history);
    assertThat(trained.result().updates()).isEqualTo(20_000);
    assertThat(history.epochs()).hasSize(401);
    assertThat(trained.result().train().loss()).isLessThan(0.05);
    assertThat(trained.result().validation().accuracy()).isGreaterThanOrEqualTo(0.94);

    Model model = trained.model();
    assertThat(model.metrics())
        .containsEntry("loss", trained.result().train().loss())
        .containsEntry("accuracy", trained.result().train().accuracy())
        .containsEntry("val_loss", trained.result().validation().loss())
        .containsEntry("val_accuracy", trained.result().validation().accuracy())
        .containsEntry("test_loss", trained.result().test().loss())
        .containsEntry("test_accuracy", trained.result().test().accuracy());
    model.save(folder.resolve("moons.safetensors"));
    Model read = Model.load(folder.resolve("moons.safetensors"));
    assertThat(read.evaluate(parts.test())).isEqualTo(trained.result().test());
    assertThat(trained.result().test())
        .as("there are two parts")
        .isEqualTo(trained.result().validation());
    assertThat(experiment.test(model.network(), null)).isEqualTo(trained.result().test());
    assertThat(experiment.test(model.network(), trained.result().validation()))
        .isSameAs(trained.result().validation());
  }

  /**
   * Data sets that their recipes know within seconds: how many epochs, and an accuracy far over
   * chance and under what they reach.
   */
  static List<Arguments> dataSets() {
    return List.of(
        Arguments.of("circles", new Circles(200, 0.05, true, 0), 150, 0.95),
        Arguments.of("xor", new Xor(200, 0.05, true, 0), 60, 0.9),
        Arguments.of("spirals", new Spirals(300, 0.05, true, 0), 200, 0.9),
        Arguments.of("blobs", new Blobs(300, 3, 0.5, true, 0), 20, 0.95),
        Arguments.of("digits", new Digits(1000, 0.05, true, 0), 10, 0.85));
  }

  @ParameterizedTest
  @MethodSource("dataSets")
  void recipesLearnTheirDataSets(String name, Generator generator, int epochs, double accuracy) {
    Trained trained = train(named(name, epochs), generator.generate());
    assertThat(trained.result().validation().accuracy()).isGreaterThan(accuracy);
    assertThat(trained.model().dataset()).isEqualTo(name);
  }

  /** As `glia train sine` and `glia train hills` do, in full, with three seeds. */
  @ParameterizedTest
  @CsvSource({"sine, 0", "sine, 1", "sine, 2", "hills, 0", "hills, 1", "hills, 2"})
  void recipesLearnTheirNumbers(String name, long seed) {
    Recipe recipe = Recipe.named(name).withSeed(seed);
    Table data = BuiltIn.named(name).orElseThrow().generator().generate();
    assertThat(train(recipe, data).result().validation().r2()).isGreaterThan(0.9);
  }

  /** The article's split, its 732 batches and its network on the real digits, for two epochs. */
  @Test
  void mnistIsKnownToFivePartsInSixAfterTwoEpochs() throws IOException {
    Table mnist = IdxFolder.read(SharedFolder.mnist());
    Recipe recipe = named("mnist", 2);
    Parts parts = recipe.split(mnist);
    assertThat(parts.test().rows()).isEqualTo(23_100);
    Trained trained = new Experiment(recipe, parts).train(new Cancellation());
    assertThat(trained.result().updates()).isEqualTo(2 * 732);
    assertThat(trained.result().validation().accuracy()).isGreaterThan(0.85);
  }

  /** y = 3 x - 2 with the default recipe of a table: 0 and 1 stand for its least and greatest. */
  @Test
  void aTableOfNumbersIsLearnt() {
    RandomState random = new RandomState(1);
    int rows = 200;
    double[] x = new double[rows];
    double[] y = new double[rows];
    for (int row = 0; row < rows; row++) {
      x[row] = random.uniform(0, 10);
      y[row] = 3 * x[row] - 2;
    }
    Table line = Table.of("line", List.of("x"), new DenseMatrix(rows, 1, x), new Numbers("y", y));
    Recipe recipe = Recipe.predict();
    Trained trained = train(recipe, line);
    assertThat(trained.result().validation().r2()).isGreaterThan(0.99);
    assertThat(trained.result().test().r2()).isGreaterThan(0.99);
    assertThat(trained.model().task().targets()).containsExactly("y");
    assertThat(trained.model().metrics())
        .containsOnlyKeys(
            "loss",
            "r2",
            "mae",
            "val_loss",
            "val_r2",
            "val_mae",
            "test_loss",
            "test_r2",
            "test_mae");
  }

  @Test
  void theScalerLearnsFromTheTrainingPartAlone() {
    Recipe recipe = named("circles", 1).withScaling(Scaler.Kind.MINMAX);
    Parts parts = recipe.split(new Circles(60, 0.3, true, 0).generate());
    Model model = new Experiment(recipe, parts).train(new Cancellation()).model();
    Scaler expected = Scaler.minMax(parts.train().features());
    assertThat(scalers(model)).isEqualTo(scalers(expected));
    Recipe standard = recipe.withScaling(Scaler.Kind.STANDARD);
    assertThat(scalers(new Experiment(standard, parts).untrained()))
        .isEqualTo(scalers(Scaler.standard(parts.train().features())));
  }

  private static List<Scaler> scalers(Model model) {
    return model.preprocessing().encodings().stream()
        .map(encoding -> ((ScaledNumbers) encoding).scaler())
        .toList();
  }

  /** One a column. */
  private static List<Scaler> scalers(Scaler scaler) {
    return IntStream.range(0, scaler.columns())
        .mapToObj(i ->
            new Scaler(
                scaler.kind(), new double[] {scaler.shift()[i]}, new double[] {scaler.scale()[i]}))
        .toList();
  }

  @Test
  void theUntrainedModelHasTheFirstWeightsOfItsSeed() {
    Recipe recipe = named("moons", 0).withSeed(5);
    Parts parts = recipe.split(Moons.article().generate());
    Experiment experiment = new Experiment(recipe, parts);
    Network expected =
        Network.initialize(
            recipe.architecture(2, experiment.task()), recipe.initializer(), new RandomState(5));
    assertThat(experiment.untrained().network().parameters()).isEqualTo(expected.parameters());
    assertThat(experiment.untrained().seed()).isEqualTo(5);
    assertThat(experiment.untrained().metrics()).isEmpty();
    Trained trained = experiment.train(new Cancellation());
    assertThat(trained.model().network().parameters()).isEqualTo(expected.parameters());
  }

  @Test
  void anotherSeedIsAnotherTrainingAndTheSameSeedTheSame() {
    Table circles = new Circles(100, 0.1, true, 0).generate();
    Recipe recipe = named("circles", 2);
    Experiment experiment = new Experiment(recipe, recipe.split(circles));
    float[] first = experiment.train(new Cancellation()).model().network().parameters();
    assertThat(experiment.train(new Cancellation()).model().network().parameters())
        .isEqualTo(first);
    assertThat(train(recipe, circles).model().network().parameters()).isEqualTo(first);
    assertThat(train(recipe.withSeed(1), circles).model().network().parameters())
        .isNotEqualTo(first);
  }

  @Test
  void aModelPredictsWhatItsScoresSay() {
    Recipe recipe = named("blobs", 5);
    Parts parts = recipe.split(new Blobs(120, 3, 1, true, 0).generate());
    Trained trained = new Experiment(recipe, parts).train(new Cancellation());
    float[] outputs = trained.model().outputs(parts.test().features());
    int[] predicted = Decision.classesOf(outputs, 3);
    int right = 0;
    for (int row = 0; row < predicted.length; row++) {
      int actual = ((Categories) parts.test().target()).code(row);
      right += predicted[row] == actual ? 1 : 0;
    }
    assertThat((double) right / predicted.length)
        .isEqualTo(trained.result().validation().accuracy());
  }

  /** Stepped, interrupted and gone on with, an experiment gives what it gives in one go. */
  @Test
  void anExperimentCanBeSteppedAndResumed() {
    Recipe recipe = named("circles", 4);
    recipe =
        recipe.withTraining(
            recipe.training().withBatching(new Batching(40, false)).withShuffle(true));
    Experiment experiment =
        new Experiment(recipe, recipe.split(new Circles(200, 0.05, true, 0).generate()));
    Trained trained = experiment.train(new Cancellation());
    Checkpoint checkpoint;
    try (Training training = experiment.begin(Compute.all())) {
      while (training.updates() < 5) {
        training.update();
      }
      checkpoint = training.checkpoint();
    }
    try (Training resumed = experiment.resume(Compute.all(), checkpoint)) {
      while (!resumed.done()) {
        resumed.update();
      }
      Model model = experiment.model(resumed.network());
      assertThat(model.network().parameters()).isEqualTo(trained.model().network().parameters());
      assertThat(model.metrics()).isEmpty();
      assertThat(resumed.evaluateValidation()).isEqualTo(trained.result().validation());
    }
    assertThat(experiment.trainExamples().rows() + experiment.testExamples().rows()).isEqualTo(200);
  }

  @Test
  void anExperimentWithOtherOptionsIsAsANewOne() {
    Recipe recipe = named("spirals", 3);
    Parts parts = recipe.split(BuiltIn.named("spirals").orElseThrow().generator().generate());
    TrainingOptions other = recipe.training().withEpochs(5).withLearningRate(0.02);
    Experiment anew = new Experiment(recipe.withTraining(other), parts);
    Experiment first = new Experiment(recipe, parts);
    Experiment changed = first.with(other);
    assertThat(changed.recipe()).isEqualTo(recipe.withTraining(other));
    assertThat(changed.trainExamples()).isSameAs(first.trainExamples());
    assertThat(changed.train(new Cancellation()).model().network().parameters())
        .isEqualTo(anew.train(new Cancellation()).model().network().parameters());
    assertThatThrownBy(() -> first.with(other.withLoss(new CrossEntropy())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatANumberCannotBeTrainedOnIsRefusedBeforeTraining() {
    Table prices =
        Table.of(
            "prices",
            List.of("x"),
            new DenseMatrix(4, 1, new double[4]),
            new Numbers("price", 0, 1, 0.5, 2));
    Recipe recipe = Recipe.predict();
    Parts parts = new Parts(prices, prices);
    Recipe softmax = recipe.withOutput(Activation.parse("softmax"));
    assertThatThrownBy(() -> new Experiment(softmax, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A softmax shares 1 among classes, and the number price is to be predicted: take"
                + " identity.");
    Recipe bce =
        recipe
            .withOutput(Activation.parse("sigmoid"))
            .withTraining(recipe.training().withLoss(new BinaryCrossEntropy()));
    assertThatThrownBy(() -> new Experiment(bce, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The loss bce is for values from 0 to 1, price of prices is also 2.0: take mse.");
  }

  /** What is looked at while learning is not what is tested on at the end. */
  @Test
  void threePartsAreLearntFromLookedAtAndTestedOn() {
    Recipe recipe = named("circles", 3).withHoldout(Holdout.of(0.2, 0.3));
    Parts parts = recipe.split(new Circles(200, 0.2, true, 0).generate());
    Experiment experiment = new Experiment(recipe, parts);
    assertThat(experiment.trainExamples().rows()).isEqualTo(100);
    assertThat(experiment.validationExamples().rows()).isEqualTo(40);
    assertThat(experiment.testExamples().rows()).isEqualTo(60);
    History history = new History();
    List<TrainingEvent> events = new ArrayList<>();
    Trained trained = experiment.train(new Cancellation(), history, events::add);
    Started started = (Started) events.getFirst();
    assertThat(List.of(started.trainRows(), started.validationRows(), started.testRows()))
        .containsExactly(100, 40, 60);
    assertThat(trained.result().validation())
        .isEqualTo(trained.model().evaluate(parts.validation()))
        .isEqualTo(history.epochs().getLast().validation());
    assertThat(trained.result().test())
        .isEqualTo(trained.model().evaluate(parts.test()))
        .isEqualTo(((Finished) events.getLast()).test())
        .isNotEqualTo(trained.result().validation());
    assertThat(experiment.test(trained.model().network(), trained.result().validation()))
        .isEqualTo(trained.result().test());
    try (Training training = experiment.begin(Compute.all())) {
      assertThat(training.evaluateValidation()).isEqualTo(history.epochs().getFirst().validation());
      Checkpoint checkpoint = training.checkpoint();
      try (Training resumed = experiment.resume(Compute.all(), checkpoint)) {
        assertThat(resumed.evaluateValidation()).isEqualTo(training.evaluateValidation());
      }
    }
  }

  @Test
  void everythingCanBeLearntFrom() {
    Recipe recipe = named("circles", 1).withHoldout(Holdout.of(0, 0));
    Experiment experiment =
        new Experiment(recipe, recipe.split(new Circles(50, 0.1, true, 0).generate()));
    assertThat(experiment.trainExamples().rows()).isEqualTo(50);
    assertThat(experiment.validationExamples()).isNull();
    assertThat(experiment.testExamples()).isNull();
    assertThat(experiment.parts().watched().rows()).isZero();
    assertThat(experiment.test(experiment.untrained().network(), null)).isNull();
    Trained trained = experiment.train(new Cancellation());
    assertThat(trained.result().validation()).isNull();
    assertThat(trained.result().test()).isNull();
    assertThat(trained.model().metrics()).containsOnlyKeys("loss", "accuracy");
  }

  private static Recipe withBatches(Recipe recipe, int size) {
    return recipe.withTraining(recipe.training().withBatchSize(size));
  }

  @Test
  void aBatchOfOneRowIsRefusedWhereALayerLooksAtAllOfIt() {
    Table moons = new Moons(50, 0.1, true, 0).generate();
    Recipe recipe =
        Recipe.named("moons").withLayers(new Dense(4, new Relu()), new BatchNorm()).withEpochs(1);
    assertThatThrownBy(() -> withBatches(recipe, 1).train(recipe.split(moons)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch_norm takes mean and variance of a batch, so batch-size must be at least 2,"
                + " got 1.");
    withBatches(recipe, 2).train(recipe.split(moons));
  }

  @Test
  void aTableWithoutFeaturesIsRefused() {
    Table table = new Table("t", List.of(new Numbers("y", 0.5, 1.5, 2.5)), List.of("y"));
    assertThatThrownBy(() -> new Experiment(Recipe.predict(), Parts.all(table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t has no columns to predict from: it has y, which is predicted.");
  }

  @Test
  void aLossThatDoesNotTakeTheOutputIsRefusedBeforeTraining() {
    Recipe recipe = named("moons", 1).withOutput(Activation.parse("identity"));
    Parts parts = recipe.split(Moons.article().generate());
    assertThatThrownBy(() -> new Experiment(recipe, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take sigmoid");
    Recipe classes =
        named("moons", 1).withTraining(named("moons", 1).training().withLoss(new CrossEntropy()));
    assertThatThrownBy(() -> new Experiment(classes, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take softmax");
  }
}

package dev.glia.studio.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.activation.Identity;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.image.DataCache;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.CrossEntropy;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.optimizer.Adam;
import dev.glia.optimizer.Momentum;
import dev.glia.preprocessing.Scaler;
import dev.glia.schedule.Step;
import dev.glia.schedule.WarmUp;
import dev.glia.source.Blobs;
import dev.glia.source.BuiltIn;
import dev.glia.source.Moons;
import dev.glia.stopping.Patience;
import dev.glia.studio.Homes;
import dev.glia.studio.SharedFolder;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.task.Task;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import dev.glia.training.NanPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir Path folder;

  private Settings settings(Map<String, String> given) throws IOException {
    return Settings.of(given, new DataSets(new DataCache(folder)));
  }

  /** Settings as in an address: {@code data=moons&seed=3}. */
  private Settings settings(String address) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (String pair : address.split("&", -1)) {
      int equals = pair.indexOf('=');
      given.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return settings(given);
  }

  private void assertRefused(String address, String sentence) {
    assertThatThrownBy(() -> settings(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void nothingGivenIsTheArticlesMoons() throws IOException {
    Settings settings = settings(Map.of());
    assertThat(settings.recipe()).isEqualTo(Recipe.named("moons"));
    assertThat(settings.given()).isEmpty();
    assertThat(settings.changes()).isEqualTo(Map.of("data", "moons"));
    assertSameRows(settings.data(), Moons.article().generate());
  }

  @Test
  void everyOptionHasTheCommandsMeaning() throws IOException {
    Settings settings =
        settings(
            "data=blobs&samples=90&noise=0.5&data-seed=7&centers=4&layers=8:tanh,dropout(0.2),4:relu"
                + "&init=normal(-1,1)&scale=MinMax&seed=3&optimizer=momentum(0.5)&learning-rate=0.02"
                + "&batch-size=full&even-batches=true&epochs=12&shuffle=false&l2=0.001&clip-value=1"
                + "&schedule=warm_up(1,step(4,0.5))&patience=3&l1=0.01&max-norm=2"
                + "&clip-norm=2&nan=zero&log-every=4&test-fraction=0.5&split-seed=9&stratify=true");
    Recipe expected =
        Recipe.named("blobs")
            .withHidden(Layer.parseAll("8:tanh,dropout(0.2),4:relu"))
            .withInitializer(Initializer.parse("normal(-1,1)"))
            .withScaling(Scaler.Kind.MINMAX)
            .withSeed(3)
            .withValidationFraction(0.2) // which patience brings along
            .withTestFraction(0.5)
            .withSplitSeed(9)
            .withStratify(true);
    expected =
        expected.withTraining(
            expected
                .training()
                .withOptimizer(new Momentum(0.5, false))
                .withLearningRate(0.02)
                .withBatching(new Batching(Batching.FULL, true))
                .withEpochs(12)
                .withShuffle(false)
                .withL2(0.001)
                .withClipValue(1)
                .withClipNorm(2)
                .withNanPolicy(NanPolicy.ZERO)
                .withLogEvery(4)
                .withSchedule(new WarmUp(1, new Step(4, 0.5)))
                .withStopping(new Patience(3))
                .withL1(0.01)
                .withMaxNorm(2));
    assertThat(settings.recipe()).isEqualTo(expected);
    assertSameRows(settings.data(), new Blobs(90, 4, 0.5, true, 7).generate());
  }

  @Test
  void anOutputBringsItsLossAndCrossEntropyItsSoftmax() throws IOException {
    Recipe sigmoid = settings("data=digits&output=sigmoid").recipe();
    assertThat(sigmoid.training().loss()).isEqualTo(new BinaryCrossEntropy());
    Recipe kept = settings("data=digits&output=sigmoid&loss=squared_error").recipe();
    assertThat(kept.training().loss().name()).isEqualTo("squared_error");
    Recipe softmax = settings("data=moons&loss=cross_entropy").recipe();
    assertThat(softmax.output()).isEqualTo(new Softmax());
    assertThat(softmax.training().loss()).isEqualTo(new CrossEntropy());
    assertThat(settings("data=moons&output=softmax").recipe().training().loss())
        .isEqualTo(new CrossEntropy());
    assertThat(settings("data=moons").recipe().output()).isEqualTo(new Sigmoid());
  }

  @Test
  void theSameSettingsGiveTheSameBitsAsCore() throws IOException {
    Settings settings = settings("data=moons&seed=3&epochs=100&layers=8:relu&optimizer=adam");
    Recipe recipe = Recipe.named("moons").withSeed(3).withHidden(Layer.parseAll("8:relu"));
    recipe = recipe.withTraining(recipe.training().withEpochs(100).withOptimizer(new Adam()));
    Experiment core = new Experiment(recipe, recipe.split(Moons.article().generate()));
    Experiment ours = new Experiment(settings.recipe(), settings.split());
    assertThat(ours.train(new Cancellation()).model().network().parameters())
        .isEqualTo(core.train(new Cancellation()).model().network().parameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=moons",
        "data=moons&output=softmax",
        "data=moons&output=tanh&loss=mse",
        "data=moons&loss=cross_entropy(sum)",
        "data=digits&output=sigmoid",
        "data=digits&output=sigmoid&loss=squared_error",
        "data=blobs&output=softmax&loss=cross_entropy&centers=5",
        "data=sine&output=identity&loss=huber(0.5)&layers=none",
        "data=xor&learning-rate=0.00001&clip-value=0.5&clip-norm=none&batch-size=7&shuffle=false",
        "data=moons&schedule=one_cycle&patience=patience(5,0.001,accuracy)&l1=0.001&max-norm=3",
        "data=hills&samples=100&noise=0&test-fraction=0.3&split-seed=4&log-every=3",
        "data=points&points=0,0,0;1,1,1;0.5,-0.125,0;2,2,1;3,3,1"
      })
  void changesAreAllThatTheCommandNeeds(String address) throws IOException {
    Settings settings = settings(address);
    Settings again = settings(settings.changes());
    assertThat(again.recipe()).isEqualTo(settings.recipe());
    assertThat(again.complete()).isEqualTo(settings.complete());
    assertSameRows(again.data(), settings.data());
    assertThat(settings(settings.complete()).recipe()).isEqualTo(settings.recipe());
  }

  @Test
  void whatTheRecipeHasAnywayIsNoChange() throws IOException {
    assertThat(settings("data=xor&seed=0&epochs=300&samples=400&l2=0.00001").changes())
        .isEqualTo(Map.of("data", "xor", "l2", "0.00001"));
    assertThat(settings("data=moons&loss=cross_entropy").changes())
        .isEqualTo(Map.of("data", "moons", "output", "softmax"));
  }

  @Test
  void allThatIsCompleteHasEveryKeyOfItsData() throws IOException {
    assertThat(settings("data=blobs").complete())
        .containsEntry("centers", "3")
        .containsEntry("samples", "300")
        .containsEntry("layers", "16:relu")
        .containsEntry("clip-value", "none")
        .containsEntry("batch-size", "32")
        .containsEntry("learning-rate", "0.01")
        .doesNotContainKeys("points", "target", "csv");
    assertThat(settings("data=sine&layers=none").complete())
        .containsEntry("layers", "none")
        .doesNotContainKey("centers");
  }

  @Test
  void pointsAreTheSameDataAsTheirCsvFile() throws IOException {
    Settings painted =
        settings(
            "data=points&points=0.1,0.2,2;-1,1,0;0.125,3,2;1,-2.5,0;4,4,5;0,0,5;1,2,2;1,2,0;1,2,5");
    Table csv =
        Csv.read(
            "points.csv",
            "x1,x2,label\n0.1,0.2,2\n-1,1,0\n0.125,3,2\n1,-2.5,0\n4,4,5\n0,0,5\n1,2,2\n1,2,0\n1,2,5\n",
            CsvOptions.defaults());
    assertThat(painted.data().featureNames()).isEqualTo(csv.featureNames());
    assertThat(numbers(painted.data())).isEqualTo(numbers(csv));
    assertThat(painted.data().target())
        .usingRecursiveComparison()
        .isEqualTo(Task.Kind.AUTO.classes(csv.target())); // which a file has as numbers
    assertThat(RecipeSettings.values(painted.recipe()))
        .isEqualTo(RecipeSettings.values(Recipe.predict().complete(csv)));
  }

  @Test
  void readsCsvText() throws IOException {
    Settings settings =
        settings(
            Map.of(
                "data", "csv",
                "csv", "a,b,price\n1,2,10.5\n2,1,20.25\n3,3,5.5\n4,0,1.5\n",
                "csv-name", "houses.csv",
                "target", "price",
                "epochs", "5"));
    assertThat(settings.data().name()).isEqualTo("houses");
    assertThat(settings.recipe().training().loss().name()).isEqualTo("mse");
    assertThat(settings.complete()).containsEntry("target", "price");
    assertThat(settings.changes()).containsKeys("csv", "csv-name", "target", "epochs");
  }

  @Test
  void aTaskSaysWhatAColumnOfWholeNumbersIsTakenFor() throws IOException {
    Settings found = settings(Homes.given("target", "heat"));
    assertThat(found.recipe().output()).isEqualTo(new Sigmoid());
    assertThat(found.complete()).doesNotContainKey("task");
    Settings number = settings(Homes.given("target", "heat", "task", "Number"));
    assertThat(number.recipe().task()).isEqualTo(Task.Kind.NUMBER);
    assertThat(number.recipe().output()).isEqualTo(new Identity());
    assertThat(number.complete()).containsEntry("task", "number");
    assertThat(number.changes()).containsEntry("task", "number");
    Settings classes = settings(Homes.given("target", "rooms", "task", "classes"));
    assertThat(classes.data().target()).isInstanceOf(Categories.class);
    assertThat(classes.recipe().output()).isEqualTo(new Softmax());
    assertThat(settings(Homes.given("target", "heat", "task", "auto")).changes())
        .doesNotContainKey("task");
    assertThatThrownBy(() -> settings(Homes.given("task", "number")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a number to predict");
  }

  @Test
  void aFileIsSplitInThreeAndItsNumberScaled() throws IOException {
    Settings settings = settings(Homes.given("target", "price"));
    assertThat(settings.complete())
        .containsEntry("validation-fraction", "0.2")
        .containsEntry("test-fraction", "0.2")
        .containsEntry("target-scale", "standard");
    assertThat(settings.split().watchesTest()).isFalse();
    Settings other = settings(Homes.given("target", "price", "output", "tanh"));
    assertThat(other.complete()).containsEntry("target-scale", "none");
    for (Settings one : List.of(settings, other)) {
      assertThat(settings(one.changes()).recipe()).isEqualTo(one.recipe());
      assertThat(settings(one.complete()).recipe()).isEqualTo(one.recipe());
    }
  }

  /** Each word is an input of its own, and takes its memory. */
  @Test
  void wordsCountAsManyInputs() throws IOException {
    StringBuilder many = new StringBuilder("a,b,c,d,e,f,g,h,i,j,k,l,y\n");
    for (int row = 0; row < 900; row++) {
      many.append("w%d,".formatted(row).repeat(12)).append(row % 2).append('\n');
    }
    assertThatThrownBy(() ->
            settings(
                Map.of(
                    "data", "csv",
                    "csv", many.toString(),
                    "layers", "none",
                    "validation-fraction", "0",
                    "test-fraction", "0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("csv: the studio takes at most")
        .hasMessageContaining("inputs of a network");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data=moon | data: there is no data set \"moon\". There are: moons,",
        "sed=3 | There is no setting \"sed\". There are: data, samples,",
        "seed=x | seed: Expected a whole number, got \"x\".",
        "learning-rate=fast | learning-rate: Expected a number, got \"fast\".",
        "learning-rate=-1 | learning-rate: The learning rate must be a number over 0",
        "layers=16 | layers: A layer is written UNITS:ACTIVATION",
        "layers=2:rely | layers: There is no activation \"rely\".",
        "output=x | output: There is no activation",
        "loss=x | loss: There is no loss",
        "init=x | init: There is no",
        "scale=x | scale: Expected none, minmax, standard or robust, got \"x\".",
        "optimizer=x | optimizer: There is no optimizer",
        "batch-size=half | batch-size: Expected a whole number or full, got \"half\".",
        "shuffle=maybe | shuffle: Expected true or false",
        "nan=go | nan: Expected stop or zero, got \"go\".",
        "clip-value=0 | clip-value: Gradients can be clipped to a value over 0",
        "samples=many | samples: Expected a whole number",
        "samples=200000 | samples: the studio takes at most 100000 rows of moons",
        "data=digits&samples=50000 | samples: the studio takes at most 25510 rows of digits",
        "centers=4 | centers: this says nothing about moons.",
        "target=a | target: this says nothing about moons.",
        "task=number | task: this says nothing about moons.",
        "data=csv&csv=a,b&task=word | task: Expected auto, classes or number, got \"word\".",
        "validation-fraction=0.5&test-fraction=0.5 | leave no rows to train on",
        "data=mnist&noise=1 | noise: this says nothing about mnist.",
        "data=mnist | mnist is not on this machine, and the studio downloads nothing",
        "data=csv | csv: data=csv needs this setting.",
        "data=csv&csv=a | data.csv",
        "data=csv&csv=1,2&csv-name=../x | csv-name: expected the name of a file",
        "data=points | points: data=points needs this setting.",
        "data=points&points=1,2 | points: point 1 must be x,y,class such as",
        "data=points&points=1,2,0;x,2,1 | points: point 2 has \"x\" where a number is expected.",
        "data=points&points=1,2,8 | points: point 1 has class \"8\": 0 to 7 are there.",
        "data=points&points=1.2345,2,1 | points: point 1 has 1.2345",
        "data=points&points=1e9,2,1 | points: point 1 has 1e9",
        "data=points&points=1,2,1;2,2,1;3,3,1 | points has a single class (1)",
        "test-fraction=1 | test-fraction: The test fraction must be at least 0 and under 1",
        "epochs=2000000 | epochs: the studio takes at most 1000000 epochs",
        "epochs=1000000&log-every=1 | log-every: the studio takes at most 100000 logged epochs",
        "layers=2000:relu,2000:relu | layers: the studio takes at most 2000000 parameters",
        "samples=100000&layers=500:relu,500:relu | batch-size: a batch of 75000 rows through",
        "data=blobs&samples=100000&centers=100000 | centers: the studio takes at most 256 classes",
        "data=blobs&samples=100000&centers=250 | centers: 250 classes for each of 100000 rows",
        "data=blobs&samples=100000&centers=250 | take fewer classes, or at most 80000 rows",
        "layers=30000:relu | layers: the studio takes at most 20000 units in all layers, got 30001",
        "samples=100000&layers=1000:relu,1000:relu | layers: one evaluation of 100000 rows through",
        "samples=100000&layers=1000:relu,1000:relu | or at most 99502 rows",
        "samples=80000&layers=600:relu,600:relu&scale=none | batch-size: a batch of 60000 rows",
        "samples=80000&layers=600:relu,600:relu&scale=none | too large for the studio: at most 12981"
      })
  void saysWhatIsWrong(String address, String sentence) {
    assertRefused(address, sentence);
  }

  @Test
  void refusesTooManyPointsAndTooLargeFiles() {
    String many = "1,1,0;".repeat(RunLimits.POINTS) + "1,1,1";
    assertRefused("data=points&points=" + many, "at most 2000 points can be painted, got 2001");
    Map<String, String> large = Map.of("data", "csv", "csv", "1,2\n".repeat(RunLimits.CSV / 4 + 1));
    assertThatThrownBy(() -> settings(large)).hasMessageContaining("at most 8 MB");
    Map<String, String> rows =
        Map.of("data", "csv", "csv", "1,2\n3,4\n".repeat(RunLimits.ROWS / 2 + 1));
    assertThatThrownBy(() -> settings(rows)).hasMessageContaining("at most 100000 rows");
  }

  /** What the sentences of {@link #saysWhatIsWrong} advise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=blobs&samples=80000&centers=250",
        "data=blobs&samples=100000&centers=200",
        "samples=99502&layers=1000:relu,1000:relu&batch-size=64",
        "samples=80000&layers=600:relu,600:relu&batch-size=12981",
        "layers=19999:relu"
      })
  void whatIsAdvisedIsTaken(String address) throws IOException {
    settings(address);
  }

  /** A megabyte of each character that a setting knows, and of what is nested or repeated. */
  @Test
  void hostileLengthsAreRefusedBeforeAnybodyReadsThem() {
    List<String> texts =
        List.of(",", ":", "(", ")", " ", "9", "-", ".", ";", "1:relu,", "a(", "0,");
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), // milliseconds; the texts themselves take longer
        () -> {
          for (String text : texts) {
            String value = "1" + text.repeat((9 << 20) / text.length()) + "!";
            for (String key : Settings.keys()) {
              assertThatThrownBy(() -> settings(Map.of(key, value)))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining(key + ": ")
                  .hasMessageMatching("(?s).{1,200}");
            }
          }
        });
  }

  @Test
  void manyOrLongKeysAreRefused() {
    Map<String, String> many = new HashMap<>();
    IntStream.range(0, 100_000).forEach(i -> many.put("key" + i, "1"));
    assertThatThrownBy(() -> settings(many)).hasMessageContaining("There is no setting \"key");
    assertThatThrownBy(() -> settings(Map.of("x".repeat(1 << 20), "1")))
        .hasMessageContaining(
            "There is no setting \"" + "x".repeat(60) + "...\" (1,048,576 characters)");
  }

  @Test
  void everythingThatTakesMemoryCounts() throws IOException {
    String base = "data=moons&samples=400&batch-size=32&epochs=100&layers=16:relu";
    long bytes = settings(base).demand().bytes();
    for (String more :
        List.of(
            base.replace("samples=400", "samples=40000"),
            base.replace("=32", "=full"),
            base.replace("16:relu", "1000:relu,1000:relu"),
            base.replace("16:relu", "16000:relu"),
            base.replace("epochs=100", "epochs=50000"),
            "data=blobs&centers=200&samples=400&batch-size=32&epochs=100&layers=16:relu")) {
      assertThat(settings(more).demand().bytes()).as(more).isGreaterThan(bytes + 50_000);
    }
    assertThatThrownBy(() -> settings(base).demand().checkFits(bytes - 1))
        .hasMessageContaining("layers: this run would need about")
        .hasMessageContaining("for the network and its past; the studio has");
    settings(base).demand().checkFits(bytes);
  }

  /** With half a gigabyte of memory for the JVM, as on a machine with two. */
  @Test
  void everyStartAndMnistFitASmallMachine() throws IOException {
    DataSets sets = new DataSets(new DataCache(SharedFolder.withMnist()));
    List<Start> starts = Start.all(sets);
    assertThat(starts).anyMatch(start -> start.settings().containsValue("mnist"));
    for (Start start : starts) {
      Settings.of(start.settings(), sets).demand().checkFits((long) (0.6 * (512 << 20)));
    }
    Settings.of(Map.of("data", "mnist", "layers", "1000:relu,500:relu"), sets)
        .demand()
        .checkFits((long) (0.6 * (2L << 30)));
  }

  @Test
  void aForkMayChangeHowToTrainButNotWhat() throws IOException {
    DataSets sets = new DataSets(new DataCache(folder));
    Settings settings = settings("data=moons&samples=100&learning-rate=0.5");
    Settings forked =
        settings.forked(
            Map.of("data", "moons", "samples", "100", "learning-rate", "0.1", "optimizer", "adam"),
            sets);
    assertThat(forked.recipe().training().learningRate()).isEqualTo(0.1);
    assertThat(forked.recipe().training().optimizer()).isEqualTo(new Adam());
    assertThat(forked.data().rows()).isEqualTo(100);
    assertThat(settings.forked(Map.of(), sets).recipe().training().learningRate())
        .isEqualTo(0.25); // left out: the recipe's
    assertThatThrownBy(() -> settings.forked(Map.of("layers", "3:relu"), sets))
        .hasMessageContaining("layers: this cannot change in the middle of a training");
    assertThatThrownBy(() -> settings.forked(Map.of("samples", "50"), sets))
        .hasMessageContaining("samples: this cannot change");
  }

  @Test
  void everyBuiltInDataSetCanBeTaken() throws IOException {
    for (BuiltIn builtIn : BuiltIn.all()) {
      Settings settings = settings("data=" + builtIn.name() + "&samples=40");
      assertThat(settings.data().rows()).isEqualTo(40);
      assertThat(settings.recipe()).isEqualTo(Recipe.named(builtIn.name()));
    }
  }

  @Test
  void theSameDataAreMadeOnceForAllRuns() throws IOException {
    DataSets sets = new DataSets(new DataCache(folder));
    Settings one = Settings.of(Map.of("data", "spirals", "seed", "1"), sets);
    Settings two = Settings.of(Map.of("data", "spirals", "layers", "4:relu"), sets);
    Settings other = Settings.of(Map.of("data", "spirals", "noise", "0.5"), sets);
    assertThat(two.data()).isSameAs(one.data());
    assertThat(other.data()).isNotSameAs(one.data());
    sets.keepOnly(List.of(one.data()));
    Settings again = Settings.of(Map.of("data", "spirals", "seed", "2"), sets);
    Settings anew = Settings.of(Map.of("data", "spirals", "noise", "0.5"), sets);
    assertThat(again.data()).isSameAs(one.data());
    assertThat(anew.data()).isNotSameAs(other.data());
  }

  private static void assertSameRows(Table actual, Table expected) {
    assertThat(actual.featureNames()).isEqualTo(expected.featureNames());
    assertThat(numbers(actual)).isEqualTo(numbers(expected));
    assertThat(actual.target()).usingRecursiveComparison().isEqualTo(expected.target());
  }

  private static List<Double> numbers(Table data) {
    return IntStream.range(0, data.rows())
        .boxed()
        .flatMap(row ->
            IntStream.range(0, data.features().columns())
                .mapToObj(column -> data.features().get(row, column)))
        .toList();
  }
}

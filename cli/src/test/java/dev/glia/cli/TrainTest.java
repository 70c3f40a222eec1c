package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {

  @TempDir Path folder;

  private Run train(Object data, Object... args) {
    List<Object> words = Glia.simply(data, args);
    words.addAll(List.of("--json", "--out", folder.resolve("m.safetensors")));
    return Glia.run(words.toArray()).ok();
  }

  private static double number(Map<?, ?> object, String field) {
    return ((Number) object.get(field)).doubleValue();
  }

  @Test
  void jsonTellsStartEpochsAndResult() {
    Run run = train("moons", "--epochs", 150);
    assertThat(run.err()).isEmpty();
    assertThat(run.objects().getFirst().get("event")).isEqualTo("start");
    assertThat(run.objects().getFirst().get("data")).isEqualTo("moons");
    assertThat(run.values("epoch", "epoch")).containsExactly(0L, 50L, 100L, 150L);
    for (Map<?, ?> epoch : run.events("epoch")) {
      assertThat(List.copyOf(epoch.keySet()).toString())
          .isEqualTo("[event, epoch, loss, accuracy, val_loss, val_accuracy, seconds]");
    }
    assertThat(run.objects()).hasSize(6);
    Map<?, ?> result = run.objects().getLast();
    assertThat(List.copyOf(result.keySet()).toString())
        .isEqualTo(
            "[event, epochs, stopped, best_epoch, updates, training_seconds, loss, accuracy, val_loss, val_accuracy,"
                + " test_loss, test_accuracy, model]");
    assertThat(result.get("test_loss")).isEqualTo(result.get("val_loss")); // two parts only
    assertThat(number(result, "epochs")).isEqualTo(150);
    assertThat(number(result, "updates")).isEqualTo(150);
    assertThat(result.get("model")).isEqualTo(folder.resolve("m.safetensors").toString());
    assertThat(result.get("loss")).isEqualTo(run.events("epoch").getLast().get("loss"));
    assertThat(number(result, "loss")).isLessThan(number(run.events("epoch").getFirst(), "loss"));
    assertThat(number(result, "training_seconds")).isPositive();
  }

  @Test
  void withOutNothingElseIsWritten() throws IOException {
    train("moons", "--epochs", 1);
    assertThat(Glia.files(folder)).containsExactly("m.safetensors");
    train("moons", "--epochs", 2, "--plot", folder.resolve("p.svg"));
    assertThat(Glia.files(folder)).containsExactly("m.safetensors", "p.svg");
    assertThat(Files.readString(folder.resolve("p.svg"))).contains("<svg", "</svg>", "Loss = ");
    train("digits", "--samples", 60, "--epochs", 1, "--plot", folder.resolve("p.png"));
    assertThat(Files.readAllBytes(folder.resolve("p.png"))).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void aPersonReadsLossAndAccuracyOfBothParts() {
    Path model = folder.resolve("m.safetensors");
    Run run = Glia.run("train", "moons", "--epochs", 100, "--out", model).ok();
    assertThat(run.out().lines())
        .hasSize(5)
        .anyMatch(line -> line.matches("epoch   0/100  loss .* \\(untrained\\)"))
        .anyMatch(line -> line.matches("training  loss 0\\.\\d{4}  accuracy \\d\\d\\.\\d\\d%"))
        .anyMatch(line -> line.matches("test      loss 0\\.\\d{4}  accuracy \\d\\d\\.\\d\\d%"));
    assertThat(run.err())
        .contains("moons: 150 rows to train on, 50 to test, 2 features, 2 classes")
        .contains("Network 2-16-16-1 (leaky_relu(0.05), leaky_relu(0.05), sigmoid), 337 parameters")
        .contains("Model: " + model);
    Run quiet = Glia.run("train", "moons", "--epochs", 100, "--out", model, "-q").ok();
    assertThat(quiet.err()).isEmpty();
    assertThat(quiet.out().lines()).hasSize(2);
    assertThat(run.out()).endsWith(quiet.out());
  }

  @Test
  void digitsShowOneAndWhatTheUntrainedNetworkThinks() {
    Run run =
        Glia.run(
                "train",
                "digits",
                "--samples",
                100,
                "--epochs",
                1,
                "--out",
                folder.resolve("m.safetensors"))
            .ok();
    assertThat(run.out())
        .containsPattern(
            "It's a \\d! The untrained network is \\d+\\.\\d\\d% sure that it's a \\d\\.");
  }

  @Test
  void trainsATableOfTwoClasses() throws IOException {
    Path file = TestData.table(folder.resolve("t.csv"), row -> TestData.a(row) > 0 ? "1" : "0");
    Run run = train(file, "--epochs", 60);
    assertThat(run.events("start").getFirst().get("network")).isEqualTo("2-32-32-1");
    assertThat(number(run.result(), "accuracy")).isGreaterThan(0.9);
  }

  @Test
  void trainsATableOfWords() throws IOException {
    Path file =
        TestData.table(
            folder.resolve("t.csv"),
            row -> TestData.a(row) > 10 ? "right" : TestData.a(row) < -10 ? "left" : "middle");
    Run run = train(file, "--epochs", 60);
    assertThat(run.events("start").getFirst().get("network")).isEqualTo("2-32-32-3");
    assertThat(number(run.result(), "accuracy")).isGreaterThan(0.9);
  }

  @Test
  void trainsATableOfNumbers() throws IOException {
    Path file =
        TestData.table(
            folder.resolve("t.csv"), row -> String.valueOf(3 * TestData.a(row) - TestData.b(row)));
    Run run = train(file, "--epochs", 100);
    assertThat(run.result().keySet().toString())
        .isEqualTo(
            "[event, epochs, stopped, best_epoch, updates, training_seconds, loss, r2, mae, val_loss, val_r2, val_mae,"
                + " test_loss, test_r2, test_mae, model]");
    assertThat(number(run.events("start").getFirst(), "train_rows")).isEqualTo(36);
    assertThat(number(run.events("start").getFirst(), "validation_rows")).isEqualTo(12);
    assertThat(number(run.events("start").getFirst(), "test_rows")).isEqualTo(12);
    assertThat(number(run.result(), "r2")).isGreaterThan(0.9);
    String text =
        Glia.run(
                "train",
                file,
                "-q",
                "--epochs",
                100,
                "--out",
                folder.resolve("m.safetensors"),
                "--plot",
                folder.resolve("p.svg"))
            .ok()
            .out();
    assertThat(text).containsPattern("training    loss \\S+  R2 0\\.9\\d+  MAE \\d");
    assertThat(text).contains("\nvalidation  loss ").contains("\ntest        loss ");
  }

  @Test
  void aPriceThatIsExactlyLinearIsLearnt() throws IOException {
    Path file = folder.resolve("prices.csv");
    StringBuilder text = new StringBuilder("area,city,price\n");
    List<String> cities = List.of("Oslo", "Rome", "Turin");
    for (int row = 0; row < 300; row++) {
      int area = 30 + row * 37 % 170;
      text.append(
          "%d,%s,%d%n".formatted(area, cities.get(row % 3), 2500 * area + 90_000 * (row % 3)));
    }
    Files.writeString(file, text);
    Run run = train(file);
    assertThat(number(run.result(), "test_r2")).isGreaterThan(0.99);
    assertThat(number(run.result(), "test_mae")).isBetween(1.0, 10_000.0); // in the price's unit
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "city,note,area\nRome,x,100\n,y,\nParis,z,100\n");
    Run predicted = Glia.run("predict", folder.resolve("m.safetensors"), rows).ok();
    assertThat(Double.parseDouble(predicted.out().lines().toList().get(1)))
        .isBetween(330_000.0, 350_000.0);
    assertThat(predicted.err())
        .contains("\"area\" is missing in 1 of 3 rows")
        .contains("\"city\" is missing or a word that the model does not know in 2 of 3 rows");
  }

  @Test
  void allRowsCanBeTrainedOn() throws IOException {
    Path file = TestData.table(folder.resolve("t.csv"), row -> row % 2 == 0 ? "even" : "odd");
    Run run = train(file, "--epochs", 2, "--validation-fraction", 0, "--test-fraction", 0);
    assertThat(rows(run)).isEqualTo(60);
    assertThat(number(run.events("start").getFirst(), "train_rows")).isEqualTo(60);
    assertThat(run.result().keySet().toString())
        .isEqualTo(
            "[event, epochs, stopped, best_epoch, updates, training_seconds, loss, accuracy, model]");
  }

  @Test
  void taskSaysWhatWholeNumbersAre() throws IOException {
    Path file = TestData.table(folder.resolve("t.csv"), row -> String.valueOf(row % 5));
    assertThat(train(file, "--epochs", 1).events("start").getFirst().get("network"))
        .isEqualTo("2-32-32-5");
    assertThat(
            train(file, "--epochs", 1, "--task", "number")
                .events("start")
                .getFirst()
                .get("network"))
        .isEqualTo("2-32-32-1");
    Path ages = TestData.table(folder.resolve("a.csv"), row -> String.valueOf(row % 26));
    assertThat(
            train(ages, "--epochs", 1, "--task", "classes")
                .events("start")
                .getFirst()
                .get("network"))
        .isEqualTo("2-32-32-26");
  }

  @Test
  void targetAndHeaderSayWhatToPredictInATable() throws IOException {
    Path file = TestData.table(folder.resolve("t.csv"), row -> String.valueOf(2 * TestData.a(row)));
    for (String target : List.of("a", "1")) {
      train(file, "--epochs", 1, "--target", target);
      Map<?, ?> model = ModelBytes.read(folder.resolve("m.safetensors")).description();
      assertThat(((Map<?, ?>) model.get("task")).get("targets")).isEqualTo(List.of("a"));
      assertThat(((List<?>) model.get("columns")).stream().map(c -> ((Map<?, ?>) c).get("column")))
          .map(Object::toString)
          .containsExactly("b", "y");
    }
    Path bare = folder.resolve("bare.csv");
    Files.write(bare, Files.readAllLines(file).subList(2, 61));
    assertThat(train(bare, "--epochs", 1).events("start"))
        .isEqualTo(train(bare, "--epochs", 1, "--no-header").events("start"));
    Run header = train(bare, "--epochs", 1, "--header");
    assertThat(rows(header)).isEqualTo(58);
  }

  private static double rows(Run run) {
    Map<?, ?> start = run.events("start").getFirst();
    double kept = number(start, "test_rows");
    if (!List.of("moons", "blobs").contains(start.get("data"))) { // these have two parts
      kept += number(start, "validation_rows");
    }
    return number(start, "train_rows") + kept;
  }

  @Test
  void trainsAFolderOfImages() throws IOException {
    Path images = folder.resolve("images");
    TestData.idx(images, "train", 24, 24);
    TestData.idx(images, "t10k", 6, 6);
    Run run = train(images, "--epochs", 30, "--layers", "8:tanh");
    assertThat(run.events("start").getFirst().get("network")).isEqualTo("6-8-3");
    assertThat(rows(run)).isEqualTo(30);
    assertThat(number(run.result(), "accuracy")).isEqualTo(1);
  }

  @Test
  void trainsTheFirstArticlesNetworkOnMnist() {
    Path data = Glia.shared("data/mnist").getParent();
    Run run = train("mnist", "--data-dir", data, "--epochs", 1);
    Map<?, ?> start = run.events("start").getFirst();
    assertThat(start.get("network")).isEqualTo("784-16-10");
    assertThat(number(start, "train_rows")).isEqualTo(46_900);
    assertThat(number(start, "test_rows")).isEqualTo(23_100);
    assertThat(number(run.result(), "updates")).isEqualTo(732);
    assertThat(number(run.result(), "val_accuracy")).isGreaterThan(0.85);
  }

  /** Moons of 60 rows, of which 45 are trained on, 3 epochs. */
  private Run small(Object... args) {
    Object[] all = new Object[args.length + 6];
    Object[] settings = {"--samples", 60, "--epochs", 3, "--log-every", 1};
    System.arraycopy(settings, 0, all, 0, 6);
    System.arraycopy(args, 0, all, 6, args.length);
    return train("moons", all);
  }

  @Test
  void everyOptionChangesTheTraining() {
    Run base = small();
    assertThat(small().losses()).isEqualTo(base.losses());
    Object[][] options = {
      {"--layers", "8:relu"},
      {"--layers", "none"},
      {"--layers", "4:tanh,3:elu(0.5)"},
      {"--output", "softmax"},
      {"--output", "tanh"},
      {"--loss", "mse"},
      {"--loss", "mse(sum)"},
      {"--loss", "mse", "--output", "softmax"},
      {"--loss", "squared_error", "--output", "softmax"},
      {"--loss", "mae"},
      {"--loss", "huber"},
      {"--learning-rate", 0.1},
      {"--optimizer", "momentum"},
      {"--optimizer", "nesterov"},
      {"--optimizer", "adam"},
      {"--optimizer", "adamw"},
      {"--optimizer", "rmsprop"},
      {"--optimizer", "adagrad"},
      {"--batch-size", 10},
      {"--batch-size", 10, "--even-batches"},
      {"--batch-size", 10, "--no-shuffle"},
      {"--init", "glorot"},
      {"--init", "normal(-1,1)"},
      {"--init", "uniform"},
      {"--clip-value", 0.01},
      {"--clip-norm", 0.01},
      {"--l2", 0.5},
      {"--scale", "standard"},
      {"--scale", "minmax"},
      {"--seed", 1},
      {"--split-seed", 1},
      {"--test-fraction", 0.5},
      {"--stratify"},
      {"--noise", 0.3},
      {"--data-seed", 1},
    };
    Set<List<Object>> seen = new HashSet<>(Set.of(base.losses()));
    for (Object[] option : options) {
      Run run = small(option);
      assertThat(run.losses()).as(List.of(option).toString()).hasSize(8);
      assertThat(seen.add(run.losses())).as(List.of(option).toString()).isTrue();
    }
  }

  @Test
  void defaultsCanBeAskedFor() {
    Run base = small();
    Object[][] options = {
      {"--batch-size", "full"},
      {"--no-even-batches"},
      {"--shuffle"},
      {"--init", "he"},
      {"--optimizer", "sgd"},
      {"--learning-rate", 0.25},
      {"--output", "sigmoid"},
      {"--loss", "bce"},
      {"--nan", "stop"},
      {"--l2", 0},
      {"--scale", "none"},
      {"--seed", 0},
      {"--split-seed", 0},
      {"--test-fraction", 0.25},
      {"--layers", "16:leaky_relu(0.05),16:leaky_relu(0.05)"},
      {"--noise", 0.2},
      {"--data-seed", 0},
      {"--threads", 2},
      {"--kernel", "scalar"}
    };
    for (Object[] option : options) {
      assertThat(small(option).losses()).as(List.of(option).toString()).isEqualTo(base.losses());
    }
  }

  @Test
  void batchesEpochsAndRowsAreCounted() {
    assertThat(number(small("--batch-size", 10).result(), "updates")).isEqualTo(15);
    assertThat(number(small("--batch-size", 10, "--even-batches").result(), "updates"))
        .isEqualTo(12);
    assertThat(rows(small("--test-fraction", 0.5))).isEqualTo(60);
    Run run = train("moons", "--epochs", 5, "--log-every", 2);
    assertThat(run.values("epoch", "epoch")).containsExactly(0L, 2L, 4L, 5L);
    assertThat(train("moons", "--epochs", 0).events("epoch")).hasSize(1);
  }

  private double[] parametersAfter(int epochs, Object... args) throws IOException {
    Object[] all = new Object[args.length + 2];
    all[0] = "--epochs";
    all[1] = epochs;
    System.arraycopy(args, 0, all, 2, args.length);
    train("moons", all);
    return ModelBytes.read(folder.resolve("m.safetensors")).parameters();
  }

  @Test
  void initSetsTheFirstWeights() throws IOException {
    assertThat(parametersAfter(0, "--init", "zeros")).containsOnly(0);
    parametersAfter(0, "--init", "normal(-1,1)");
    float[] weights = ModelBytes.read(folder.resolve("m.safetensors")).tensors().get("2.weight");
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    // 256 draws of standard deviation 1: their mean lies within four times 1/16.
    assertThat(sum / weights.length).isCloseTo(-1, within(0.25));
  }

  /** One full batch of plain descent at 0.25 moves each parameter by 0.25 times its gradient. */
  @Test
  void clippingAndL2ChangeTheGradients() throws IOException {
    double[] before = parametersAfter(0);
    double[] plain = parametersAfter(1);
    double[] value = parametersAfter(1, "--clip-value", 0.01);
    double[] norm = parametersAfter(1, "--clip-norm", 0.01);
    double[] l2 = parametersAfter(1, "--l2", 0.5);
    double rounding = 1e-6; // of parameters around 1 in float32
    double sumOfSquares = 0;
    for (int i = 0; i < before.length; i++) {
      double gradient = (before[i] - plain[i]) / 0.25;
      double clipped = Math.max(-0.01, Math.min(0.01, gradient));
      assertThat(value[i]).isCloseTo(before[i] - 0.25 * clipped, within(rounding));
      assertThat(l2[i]).isCloseTo(plain[i] - 0.25 * 0.5 * before[i], within(rounding));
      sumOfSquares += (before[i] - norm[i]) * (before[i] - norm[i]);
    }
    assertThat(Math.sqrt(sumOfSquares)).isCloseTo(0.25 * 0.01, within(337 * rounding / 10));
  }

  @Test
  void nanZeroGoesOnWhereStopStops() {
    Path model = folder.resolve("m.safetensors");
    Object[] args = {"train", "moons", "--epochs", "9", "--learning-rate", "1e6", "--out", model};
    Glia.run(args).fails(1, "Training diverged in epoch", "learning rate");
    assertThat(model).doesNotExist();
    Object[] zero = Arrays.copyOf(args, args.length + 4);
    zero[args.length] = "--nan";
    zero[args.length + 1] = "zero";
    zero[args.length + 2] = "--clip-value";
    zero[args.length + 3] = "1";
    Glia.run(zero).ok();
    Glia.run("inspect", model).ok();
    Glia.run("evaluate", model, "moons").ok();
  }

  /** The last epoch that was told is not how the training ended. */
  @Test
  void aTrainingThatDivergesHasNoResult() throws IOException {
    Path model = folder.resolve("m.safetensors");
    Object[] args = {"train", "moons", "--epochs", "9", "--out", model};
    Glia.run(args).ok();
    byte[] before = Files.readAllBytes(model);
    Object[] diverging = Arrays.copyOf(args, args.length + 2);
    diverging[args.length] = "--learning-rate";
    diverging[args.length + 1] = "1e6";
    Run said = Glia.run(diverging);
    said.fails(1, "Training diverged");
    assertThat(said.err()).contains(model + " is still the model of an earlier training.");
    assertThat(said.out()).doesNotContain("training  loss");
    assertThat(Files.readAllBytes(model)).isEqualTo(before);

    Object[] json = Arrays.copyOf(diverging, diverging.length + 1);
    json[diverging.length] = "--json";
    Run told = Glia.run(json);
    told.fails(1, "Training diverged");
    assertThat(told.events("result")).isEmpty();
    assertThat(told.events("diverged")).hasSize(1);
    assertThat(String.valueOf(told.events("diverged").getFirst().get("message")))
        .startsWith("Training diverged in epoch");
    assertThat(told.out().lines().toList().getLast()).startsWith("{\"event\":\"diverged\"");
  }

  @Test
  void stratifyKeepsTheSharesOfTheClasses() {
    train("moons", "--epochs", 0);
    Run run =
        Glia.run(
                "evaluate",
                folder.resolve("m.safetensors"),
                "moons",
                "--part",
                "test",
                "--stratify",
                "--test-fraction",
                0.1)
            .ok();
    assertThat(run.out()).containsPattern("(?m)^0 +10 ").containsPattern("(?m)^1 +10 ");
  }
}

package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with a trained model: its file, evaluate, predict, inspect; and gradcheck. */
class ModelUseTest {

  @TempDir Path folder;

  private Path train(Object data, Object... args) {
    Path model = folder.resolve("m.safetensors");
    List<Object> words = Glia.simply(data, args);
    words.addAll(List.of("-q", "--out", model));
    Glia.run(words.toArray()).ok();
    return model;
  }

  private Path words() throws IOException {
    return TestData.table(
        folder.resolve("words.csv"),
        row -> TestData.a(row) > 10 ? "\"right, far\"" : TestData.a(row) < -10 ? "left" : "middle");
  }

  @Test
  void theFileHoldsTheTensorsOfASequential() throws IOException {
    Path model = train(words(), "--epochs", 3, "--layers", "5:relu,4:relu");
    ModelBytes bytes = ModelBytes.read(model);
    assertThat(bytes.shapes().toString())
        .isEqualTo(
            "{0.weight=[5, 2], 0.bias=[5], 2.weight=[4, 5], 2.bias=[4], 4.weight=[3, 4],"
                + " 4.bias=[3]}");
    assertThat(((Map<?, ?>) bytes.description().get("task")).get("labels"))
        .isEqualTo(List.of("left", "middle", "right, far"));
  }

  @Test
  void aLinearNetworkWithTheFilesTensorsPredictsTheSame() throws IOException {
    Path data = words();
    Path model = train(data, "--epochs", 20, "--layers", "9:relu,7:relu");
    ModelBytes bytes = ModelBytes.read(model);
    List<Map<?, ?>> predictions = Glia.run("predict", model, data, "--json").ok().objects();
    assertThat(predictions).hasSize(60);
    for (int row = 0; row < 60; row++) {
      double[] sums = bytes.sums(TestData.a(row), TestData.b(row));
      double greatest = Arrays.stream(sums).max().orElseThrow();
      double[] shares = Arrays.stream(sums).map(sum -> Math.exp(sum - greatest)).toArray();
      double total = Arrays.stream(shares).sum();
      Map<?, ?> prediction = predictions.get(row);
      assertThat(share(prediction, "left")).isCloseTo(shares[0] / total, within(1e-5));
      assertThat(share(prediction, "middle")).isCloseTo(shares[1] / total, within(1e-5));
      assertThat(share(prediction, "right, far")).isCloseTo(shares[2] / total, within(1e-5));
      assertThat(share(prediction, String.valueOf(prediction.get("prediction"))))
          .isGreaterThan(0.33);
    }
  }

  private static double share(Map<?, ?> prediction, String label) {
    return ((Number) prediction.get("probability_" + label)).doubleValue();
  }

  @Test
  void predictWritesCsvToStdoutOrAFile() throws IOException {
    Path data = words();
    Path model = train(data, "--epochs", 3);
    Run stdout = Glia.run("predict", model, data).ok();
    assertThat(stdout.err()).isEmpty();
    assertThat(stdout.out().lines()).hasSize(61);
    assertThat(stdout.out())
        .startsWith("prediction,probability_left,probability_middle,\"probability_right, far\"");
    Path out = folder.resolve("new/p.csv");
    Run file = Glia.run("predict", model, data, "--out", out).ok();
    assertThat(file.out()).isEmpty();
    assertThat(file.err()).contains("Predictions: " + out);
    assertThat(out).hasContent(stdout.out());
    Path json = folder.resolve("p.jsonl");
    Glia.run("predict", model, data, "--json", "--out", json, "-q").ok();
    assertThat(json).hasContent(Glia.run("predict", model, data, "--json").ok().out());
  }

  @Test
  void predictFindsItsColumnsByName() throws IOException {
    Path data = words();
    Path model = train(data, "--epochs", 3);
    String expected = Glia.run("predict", model, data).ok().out();
    StringBuilder alone = new StringBuilder("a,b\n");
    StringBuilder turned = new StringBuilder("b,more,y,a\n");
    StringBuilder bare = new StringBuilder();
    for (int row = 0; row < 60; row++) {
      double a = TestData.a(row);
      double b = TestData.b(row);
      alone.append("%s,%s%n".formatted(a, b));
      turned.append("%s,9,?,%s%n".formatted(b, a));
      bare.append("%s,%s%n".formatted(a, b));
    }
    for (StringBuilder text : List.of(alone, turned, bare)) {
      Path file = Files.writeString(folder.resolve("other.csv"), text);
      assertThat(Glia.run("predict", model, file).ok().out()).isEqualTo(expected);
    }
  }

  @Test
  void predictsNumbers() throws IOException {
    Path data = TestData.table(folder.resolve("t.csv"), row -> String.valueOf(2 * TestData.a(row)));
    Path model = train(data, "--epochs", 50, "--layers", "8:relu");
    List<String> lines = Glia.run("predict", model, data).ok().out().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("prediction");
    ModelBytes bytes = ModelBytes.read(model);
    for (int row = 0; row < 60; row++) {
      double expected = bytes.inItsUnit(bytes.sums(TestData.a(row), TestData.b(row))[0]);
      // Float32 holds numbers around 100 to about 1e-5.
      assertThat(Double.parseDouble(lines.get(row + 1))).isCloseTo(expected, within(1e-4));
      assertThat(lines.get(row + 1))
          .isEqualTo(Float.toString(Float.parseFloat(lines.get(row + 1))));
    }
    Run evaluation = Glia.run("evaluate", model, data, "--json").ok();
    assertThat(evaluation.objects().getFirst().keySet().toString())
        .isEqualTo("[event, rows, loss, r2, mae]");
    Path picture = folder.resolve("r.svg");
    Glia.run("plot", "regression", model, data, "--out", picture).ok();
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void scoresAreNamedSoWhereOutputsAreNoProbabilities() {
    Path model = train("blobs", "--epochs", 1, "--output", "identity");
    assertThat(Glia.run("predict", model, "blobs").ok().out())
        .startsWith("prediction,score_0,score_1,score_2");
  }

  @Test
  void evaluateGivesTheTrainingsFigures() {
    Path model = folder.resolve("m.safetensors");
    Map<?, ?> result =
        Glia.run("train", "moons", "--epochs", 60, "--json", "--out", model).ok().result();
    Map<?, ?> train = evaluate(model, "train");
    Map<?, ?> test = evaluate(model, "test");
    assertThat(train.get("rows")).isEqualTo(150L);
    assertThat(train.get("loss")).isEqualTo(result.get("loss"));
    assertThat(train.get("accuracy")).isEqualTo(result.get("accuracy"));
    assertThat(test.get("rows")).isEqualTo(50L);
    assertThat(test.get("loss")).isEqualTo(result.get("val_loss"));
    assertThat(test.get("accuracy")).isEqualTo(result.get("val_accuracy"));
    assertThat(evaluate(model, "all").get("rows")).isEqualTo(200L);
    Run text = Glia.run("evaluate", model, "moons").ok();
    assertThat(text.out()).startsWith("200 rows  loss 0.").contains("precision", "recall");
    assertThat(Glia.run("evaluate", model, "moons", "-q").ok().out().lines()).hasSize(1);
  }

  private static Map<?, ?> evaluate(Path model, String part) {
    return Glia.run("evaluate", model, "moons", "--part", part, "--json").ok().objects().getFirst();
  }

  @Test
  void inspectShowsAModel() {
    Path model = train("moons", "--epochs", 1);
    assertThat(Glia.run("inspect", model).ok().out())
        .contains("Trained on moons, seed 0, loss bce")
        .containsPattern("(?m)^x2 +a number \\(none\\) +1$")
        .containsPattern("(?m)^2 +16 +16 +leaky_relu\\(0.05\\) +272$")
        .containsPattern("(?m)^all +337$");
    Map<?, ?> json = Glia.run("inspect", model, "--json").ok().objects().getFirst();
    assertThat(json.get("network")).isEqualTo("2-16-16-1");
    assertThat(json.get("parameters")).isEqualTo(337L);
  }

  @Test
  void inspectShowsData() {
    assertThat(Glia.run("inspect", "moons").ok().out())
        .contains("moons: 200 rows, 2 features")
        .containsPattern("(?m)^x1 +number +0 +200 +-1\\.25\\d* .{8} 2\\.31\\d*");
    Run digit = Glia.run("inspect", "digits", "--samples", 10, "--row", 4).ok();
    assertThat(digit.out()).contains("digits: 10 rows, 784 features").contains("It's a ");
    Map<?, ?> json = Glia.run("inspect", "blobs", "--json").ok().objects().getFirst();
    assertThat(json.get("rows")).isEqualTo(300L);
    assertThat(json.get("classes").toString()).isEqualTo("{0=100, 1=100, 2=100}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "moons | 8:sigmoid,5:tanh              | sigmoid  | bce",
        "moons | 8:leaky_relu(0.05),5:relu     | sigmoid  | mse",
        "moons | 8:elu(0.7),5:selu             | softmax  | cross_entropy",
        "blobs | 8:gelu,5:silu                 | softmax  | cross_entropy",
        "blobs | 8:softplus,5:softmax          | softmax  | squared_error",
        "blobs | 8:tanh,5:identity             | sigmoid  | squared_error",
        "blobs | none                          | tanh     | huber",
        "xor   | 8:gelu                        | softplus | mae",
        "xor   | 8:silu                        | identity | mse(sum)",
        "moons | scale,8:tanh,dropout(0.2),5:elu | sigmoid  | bce",
        "blobs | batch_norm,8:identity,batch_norm | softmax | cross_entropy" // no gradient by
        // biases
      })
  void gradientsAreRight(String data, String layers, String output, String loss) {
    for (String kernel : List.of("vector", "scalar")) {
      Run run =
          Glia.run(
                  "gradcheck",
                  data,
                  "--layers",
                  layers,
                  "--output",
                  output,
                  "--loss",
                  loss,
                  "--kernel",
                  kernel)
              .ok();
      assertThat(run.out()).contains("ok").doesNotContain("WRONG");
      assertThat(run.err()).contains("The gradients are right.");
    }
  }

  @Test
  void gradcheckSpeaksJson() {
    List<Map<?, ?>> objects = Glia.run("gradcheck", "moons", "--json").ok().objects();
    assertThat(objects).hasSize(6);
    assertThat(objects.getFirst().keySet().toString())
        .isEqualTo("[layer, parameters, count, difference]");
  }

  /** From the command line to the file and back, with the same numbers. */
  @Test
  void layersWithoutUnitsAreTrainedSavedAndUsed() {
    Path model = folder.resolve("layers.safetensors");
    String layers = "scale(6),16:relu,batch_norm,dropout(0.2),8:tanh,keras_batch_norm";
    Run run =
        Glia.run("train", "blobs", "--layers", layers, "--epochs", 40, "--json", "--out", model)
            .ok();
    assertThat(run.objects().getFirst().get("layers").toString())
        .isEqualTo("[" + layers.replace(",", ", ") + "]");
    Map<?, ?> result = run.objects().getLast();
    assertThat((Double) result.get("val_accuracy")).isGreaterThan(0.9);

    Run inspect = Glia.run("inspect", model).ok();
    assertThat(inspect.out())
        .contains("scale(6)", "batch_norm", "dropout(0.2)", "keras_batch_norm", "relu");
    assertThat(
            (List<?>) Glia.run("inspect", model, "--json").ok().objects().getFirst().get("layers"))
        .hasToString("[" + layers.replace(",", ", ") + ", 3:softmax]");
    Map<?, ?> evaluated = Glia.run("evaluate", model, "blobs", "--json").ok().objects().getFirst();
    assertThat((Double) evaluated.get("accuracy")).isGreaterThan(0.9);
  }

  @Test
  void aLastLayerWithoutUnitsIsNoOutputButMayStandBeforeIt() {
    Glia.run(
            "train",
            "xor",
            "--layers",
            "8:relu,dropout",
            "--epochs",
            1,
            "--out",
            folder.resolve("m"))
        .ok();
    Glia.run("train", "xor", "--layers", "dropout(1)")
        .fails(2, "dropout's share must be at least 0");
    Glia.run("train", "xor", "--layers", "drop(0.2)")
        .fails(2, "got \"drop(0.2)\". Without units there are: dropout, batch_norm");
  }
}

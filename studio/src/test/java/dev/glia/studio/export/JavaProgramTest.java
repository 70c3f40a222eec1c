package dev.glia.studio.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.model.Model;
import dev.glia.studio.OtherValues;
import dev.glia.studio.settings.Settings;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The program is compiled and run as its user does, in a JVM of its own. */
class JavaProgramTest {

  @TempDir Path folder;

  static Stream<Arguments> runs() {
    Map<String, String> csv = new LinkedHashMap<>();
    csv.put("data", "csv");
    csv.put("csv", Runs.CSV);
    csv.put("csv-name", "Häuser \"neu\" $(x).csv");
    csv.put("target", "the \"price\", new");
    csv.put("epochs", "7");
    return Stream.of(
        Runs.named("the article's moons", Runs.settings("data=moons&epochs=300")),
        Runs.named("every setting another", Runs.settings(OtherValues.all())),
        Runs.named(
            "spirals with adam",
            Runs.settings(
                "data=spirals&samples=210&noise=0.03&data-seed=4294967295&layers=8:tanh,5:leaky_relu(0.07)"
                    + "&init=normal(-0.5,1e-1)&optimizer=adam(0.8,0.99,1e-7)&learning-rate=0.02&batch-size=17"
                    + "&even-batches=true&epochs=9&shuffle=false&l2=0.001&clip-value=0.5&clip-norm=2.5"
                    + "&nan=zero&log-every=4&test-fraction=0.3&split-seed=11&stratify=true&seed=5&scale=minmax")),
        Runs.named(
            "blobs behind a softmax",
            Runs.settings(
                "data=blobs&centers=5&samples=150&loss=cross_entropy(sum)&learning-rate=0.001&epochs=4")),
        Runs.named(
            "a sine",
            Runs.settings(
                "data=sine&epochs=5&layers=none&loss=huber(0.5)&optimizer=momentum(0.8)")),
        Runs.named(
            "layers without units",
            Runs.settings("data=circles&layers=batch_norm,8:tanh,dropout(0.1),scale&epochs=5")),
        Runs.named(
            "a schedule, patience and penalties",
            Runs.settings(
                "data=circles&optimizer=adam&epochs=60&patience=4&schedule=warm_up(2,cosine(0.1))"
                    + "&l1=0.0001&max-norm=2.5")),
        Runs.named("digits", Runs.settings("data=digits&samples=200&epochs=1&batch-size=full")),
        Runs.named(
            "painted points",
            Runs.settings(
                "data=points&points=0,0,3;1.5,-0.125,5;-2,0.001,7;1000000,3,3;0.1,0.2,5&epochs=3")),
        Runs.named("a CSV file", Runs.settings(csv)),
        Runs.named("words and missing values", Runs.homes("target", "sold")),
        Runs.named("a number of a CSV file", Runs.homes("target", "price")),
        Runs.named(
            "whole numbers as a number, on all rows",
            Runs.homes(
                "target",
                "heat",
                "task",
                "number",
                "validation-fraction",
                "0",
                "test-fraction",
                "0")),
        Runs.named(
            "numbers as classes, validated alone",
            Runs.homes(
                "target", "heat", "task", "classes", "test-fraction", "0", "stratify", "true")));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theProgramGivesTheEnginesLosses(Settings settings) throws IOException, InterruptedException {
    TrainingResult expected = Runs.train(settings);
    List<String> lines = new ArrayList<>();
    lines.add("loss " + expected.train().loss());
    if (settings.split().validation() != null && !settings.split().watchesTest()) {
      lines.add("validation loss " + expected.validation().loss());
    }
    if (settings.split().test() != null) {
      lines.add("test loss " + expected.test().loss());
    }
    assertThat(run(settings)).isEqualTo(lines);
    Model model = Model.load(folder.resolve("model.safetensors"));
    assertThat(model.network().parameters()).isEqualTo(expected.network().parameters());
  }

  /** A text in a class file has at most 65,535 bytes. */
  @Test
  void manyPointsFit() throws IOException, InterruptedException {
    String points =
        IntStream.range(0, 2000)
            .mapToObj(i -> "-%d.123,%d.456,%d".formatted(100_000 + i, 200_000 + 7 * i, i % 8))
            .collect(Collectors.joining(";"));
    Settings settings = Runs.settings("data=points&epochs=1&points=" + points);
    assertThat(run(settings)).first().isEqualTo("loss " + Runs.train(settings).train().loss());
  }

  private List<String> run(Settings settings) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("Main.java"), JavaProgram.of(settings));
    if (settings.dataName().equals("csv")) {
      Files.write(folder.resolve(DataFile.nameOf(settings)), DataFile.contentOf(settings));
    }
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "--class-path",
                System.getProperty("java.class.path"),
                "--add-modules",
                "jdk.incubator.vector",
                "Main.java")
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(errors) + JavaProgram.of(settings))
        .isZero();
    return out.lines().toList();
  }
}

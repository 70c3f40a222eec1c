package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.image.DataCache;
import dev.glia.model.Experiment;
import dev.glia.studio.export.DataFile;
import dev.glia.studio.export.ShellCommand;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command that the studio gives for a run gives the run's numbers, bit for bit. */
class ExportedCommandTest {

  @TempDir Path folder;

  static Stream<Map<String, String>> runs() {
    return Stream.of(
        settings("data=moons&epochs=60&output=softmax&log-every=7"),
        settings("data=blobs&loss=bce&output=sigmoid&centers=4&samples=80&epochs=3"),
        settings("data=xor&output=tanh&loss=huber(0.7)&epochs=3&clip-norm=1e-3"),
        settings("data=moons&loss=cross_entropy&epochs=5&optimizer=rmsprop&learning-rate=0.01"),
        settings(
            "data=spirals&samples=210&noise=0.03&data-seed=4294967295&layers=8:tanh,5:leaky_relu(0.07)"
                + "&init=normal(-0.5,1e-1)&optimizer=adam(0.8,0.99,1e-7)&learning-rate=0.02"
                + "&batch-size=17&even-batches=true&epochs=9&shuffle=false&l2=0.001&clip-value=0.5"
                + "&clip-norm=2.5&nan=zero&log-every=4&test-fraction=0.3&split-seed=11"
                + "&stratify=true&seed=5&scale=minmax"),
        settings("data=sine&epochs=4&layers=none&loss=huber(0.5)&optimizer=momentum(0.8)"),
        settings(
            "data=moons&noise=0.4&layers=32:relu&optimizer=adam&epochs=300&log-every=1&patience=9"
                + "&schedule=warm_up(3,plateau(0.5,2))&l1=0.0001&max-norm=2"),
        settings("data=digits&samples=100&epochs=1&batch-size=full&scale=none"),
        settings("data=points&points=0,0,3;1.5,-0.125,5;-2,0.001,7;100,3,3;0.1,0.2,5&epochs=3"),
        settings("data=points&points=0,0,1;1,1,0;2,0,1;0,2,0;3,3,1&layers=4:relu&epochs=6"),
        csv("it's $(x) \"new\".csv", "the \"price\", new", "layers=3:relu&seed=2"),
        csv("moons", "heat", "epochs=2"),
        csv("-v.csv", "4", "epochs=2&header=true"));
  }

  private static Map<String, String> settings(String address) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String part : address.split("&", -1)) {
      int equals = part.indexOf('=');
      given.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return given;
  }

  private static Map<String, String> csv(String name, String target, String others) {
    Map<String, String> given = settings(others);
    given.put("data", "csv");
    given.put("csv-name", name);
    given.put("target", target);
    given.put(
        "csv",
        """
        size,"the ""price"", new",heat,mass
        1,yes,0.5,2
        2,yes,0.25,3
        3,no,0.125,3
        4,no,1e-3,1
        5,yes,7,2
        6,no,-1,1
        7,no,0,1
        8,yes,12.5,3
        """);
    if (!target.startsWith("the")) {
      given.computeIfPresent("csv", (key, text) -> text.replace("yes", "1").replace("no", "0"));
    }
    return given;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theCommandGivesTheSameNumbers(Map<String, String> given)
      throws IOException, InterruptedException {
    Settings settings = Settings.of(given, new DataSets(new DataCache(folder)));
    History history = new History();
    new Experiment(settings.recipe(), settings.split()).train(new Cancellation(), history);
    Files.write(folder.resolve(DataFile.nameOf(settings)), DataFile.contentOf(settings));

    List<Object> words = new ArrayList<>(words(ShellCommand.of(settings)));
    words.replaceAll(
        word -> word.toString().startsWith("./") ? folder.resolve(word.toString()) : word);
    words.addAll(List.of("--json", "--out", folder.resolve("model.safetensors")));
    Glia.Run run = Glia.run(words.subList(1, words.size()).toArray()).ok();

    double[] losses =
        run.losses().stream()
            .filter(Objects::nonNull) // few rows are all trained on
            .mapToDouble(loss -> ((Number) loss).doubleValue())
            .toArray();
    double[] expected =
        history.epochs().stream()
            .flatMap(epoch -> Stream.of(epoch.train(), epoch.validation()))
            .filter(Objects::nonNull)
            .mapToDouble(scores -> scores.loss())
            .toArray();
    assertThat(losses).isEqualTo(expected).hasSizeGreaterThan(1);
  }

  /** The words that a shell makes of the command. */
  private List<String> words(String command) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "glia() { printf '%s\\n' glia \"$@\"; }\n" + command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(out).isZero();
    return out.lines().toList();
  }
}

package dev.glia.studio.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.internal.text.Format;
import dev.glia.model.Model;
import dev.glia.studio.Homes;
import dev.glia.studio.Routed;
import dev.glia.studio.Trained;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.DataPart;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import dev.glia.training.HistoryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportRoutesTest {

  private static final String EXPORT = "GET /api/sessions/{id}/export/";

  @TempDir Path folder;
  private final Trained trained = new Trained();
  private final Routed routes = new Routed();

  @BeforeEach
  void register() {
    ExportRoutes.routes(routes, trained.sessions());
  }

  @AfterEach
  void close() {
    trained.close();
  }

  private Answer.File file(String name, Session session) throws IOException {
    return routes.file(EXPORT + name, Map.of("id", session.id()));
  }

  private String text(String name, Session session) throws IOException {
    return new String(file(name, session).content(), StandardCharsets.UTF_8);
  }

  @Test
  void theModelIsTheRunsNowOrAtAMoment() throws IOException, InterruptedException {
    Session session = trained.finished("data=moons&epochs=100");
    Answer.File now = file("model.safetensors", session);
    assertThat(now.name()).isEqualTo("moons.safetensors");
    assertThat(Model.read("m", now.content()).network().parameters())
        .isEqualTo(session.model(null).network().parameters());
    Answer.File first =
        routes.file(EXPORT + "model.safetensors", Map.of("id", session.id(), "moment", 0));
    assertThat(Model.read("m", first.content()).network().parameters())
        .isEqualTo(session.experiment().untrained().network().parameters());
    assertThatThrownBy(() ->
            routes.ask(EXPORT + "model.safetensors", Map.of("id", session.id(), "moment", 12345)))
        .isInstanceOf(Refusal.class);
  }

  /** Of the weights in the file, not of the epoch that was logged last. */
  @Test
  void aModelsMetricsAreThoseOfItsWeights() throws IOException, InterruptedException {
    Session session = trained.finished("data=moons&epochs=1000&log-every=300");
    for (int moment : new int[] {0, 8, 40, 304, 1000}) {
      Answer.File content =
          routes.file(EXPORT + "model.safetensors", Map.of("id", session.id(), "moment", moment));
      Model model = Model.read("m", content.content());
      Map<String, Double> expected = new HashMap<>(scores(model, session, DataPart.TRAIN, ""));
      expected.putAll(scores(model, session, DataPart.WATCHED, "val_"));
      expected.putAll(scores(model, session, DataPart.WATCHED, "test_")); // the same rows
      assertThat(model.metrics()).as("moment %d", moment).isEqualTo(expected);
    }
    assertThat(Model.read("m", file("model.safetensors", session).content()).metrics())
        .isEqualTo(session.experiment().train(new Cancellation()).model().metrics());
  }

  /** Of three parts the last counts once the run is over, in the model and in the pictures. */
  @Test
  void aModelOfWordsPredictsFromTheFileAndKnowsHowGoodItIs()
      throws IOException, InterruptedException {
    Session session = trained.finished(Homes.given("target", "price"));
    Model model = Model.read("m", file("model.safetensors", session).content());
    assertThat(model.metrics())
        .isEqualTo(session.experiment().train(new Cancellation()).model().metrics())
        .containsKeys("loss", "val_loss", "test_loss", "val_mae", "test_r2");
    Answer.File first =
        routes.file(EXPORT + "model.safetensors", Map.of("id", session.id(), "moment", 0));
    assertThat(Model.read("m", first.content()).metrics())
        .containsKey("val_loss")
        .doesNotContainKey("test_loss");
    byte[] data = file("data.csv", session).content();
    assertThat(new String(data, StandardCharsets.UTF_8)).isEqualTo(Homes.CSV);
    Table read =
        Csv.read(
            "homes.csv",
            new String(data, StandardCharsets.UTF_8),
            CsvOptions.defaults().withTarget("price"));
    assertThat(model.predict(read))
        .isEqualTo(session.model(null).predict(session.settings().data()));
    assertThat(new String(picture(session, "predictions.svg").content(), StandardCharsets.UTF_8))
        .contains("Predicted and real, test data");
    assertThat(picture(session, "predictions.svg", 0))
        .contains("Predicted and real, validation data");
  }

  @Test
  void aRunThatKeepsNothingBackGivesAllFiles() throws IOException, InterruptedException {
    Session session =
        trained.finished("data=moons&epochs=100&validation-fraction=0&test-fraction=0");
    assertThat(Model.read("m", file("model.safetensors", session).content()).metrics().keySet())
        .isEqualTo(Set.of("loss", "accuracy"));
    assertThat(text("history.csv", session)).doesNotContain("null");
    assertThat(text("Main.java", session)).doesNotContain("test loss", "validation loss");
    List<?> pictures =
        (List<?>) routes.json(EXPORT + "pictures", Map.of("id", session.id())).get("pictures");
    assertThat(pictures).hasSize(1);
    assertThat(((Map<?, ?>) pictures.getFirst()).get("name")).isEqualTo("training");
  }

  private static Map<String, Double> scores(
      Model model, Session session, DataPart part, String prefix) {
    Table data = part.of(session.split());
    return model.evaluate(data).named(prefix);
  }

  @Test
  void picturesOfAMomentHaveItsLossAndNoLaterEpoch() throws IOException, InterruptedException {
    Session session = trained.finished("data=moons&epochs=1000&log-every=300");
    for (int moment : new int[] {40, 304}) {
      Model model = session.model(moment);
      String svg = picture(session, "training.svg", moment);
      double loss = scores(model, session, DataPart.TRAIN, "").get("loss");
      assertThat(svg).contains("Loss = " + Format.loss(loss));
      double test = scores(model, session, DataPart.WATCHED, "").get("loss");
      assertThat(picture(session, "test.svg", moment))
          .contains("Predictions, loss " + Format.loss(test));
      assertThat(svg).doesNotContain(">1,000<", ">1000<");
    }
    assertThat(picture(session, "training.svg", 1000))
        .contains("Loss = " + Format.loss(session.history().getLast().train().loss()));
  }

  private String picture(Session session, String file, int moment) throws IOException {
    Map<String, Object> names = Map.of("id", session.id(), "file", file, "moment", moment);
    return new String(
        routes.file(EXPORT + "pictures/{file}", names).content(), StandardCharsets.UTF_8);
  }

  @Test
  void aRunThatDivergedGivesItsLastFiniteModel() throws IOException, InterruptedException {
    Session session = trained.ended("data=sine&layers=16:relu&optimizer=sgd&learning-rate=5");
    assertThat(session.status()).isEqualTo(Status.FAILED);
    Model model = Model.read("m", file("model.safetensors", session).content());
    assertThat(model.metrics().get("loss"))
        .isEqualTo(scores(model, session, DataPart.TRAIN, "").get("loss"))
        .isFinite();
  }

  @Test
  void theHistoryIsThatOfTheCommand() throws IOException, InterruptedException {
    Session session = trained.finished("data=blobs&epochs=3");
    History expected = new History();
    session.experiment().train(new Cancellation(), expected);
    Path file = Files.write(folder.resolve("h.csv"), file("history.csv", session).content());
    assertThat(HistoryFile.read(file))
        .extracting(epoch -> List.of(epoch.epoch(), epoch.train(), epoch.validation()))
        .isEqualTo(
            expected.epochs().stream()
                .map(epoch -> List.of(epoch.epoch(), epoch.train(), epoch.validation()))
                .toList());
  }

  @Test
  void commandProgramAndDataAreOfTheRunsSettings() throws IOException {
    Session session = trained.ready("data=xor&samples=20&seed=4");
    assertThat(text("command", session)).isEqualTo("glia train xor --samples 20 --seed 4\n");
    assertThat(file("command", session).name()).as("shown, not saved").isNull();
    assertThat(text("Main.java", session)).contains("new Xor(20, 0.05, true, 0)", ".withSeed(4)");
    assertThat(text("data.csv", session).lines()).hasSize(21);
    assertThat(file("data.csv", session).name()).isEqualTo("xor.csv");
  }

  /** A command cannot change settings in the middle, so it says that this run may have. */
  @Test
  void aForkedRunIsSaidToBeOne() throws IOException, InterruptedException {
    Session session = trained.finished("data=moons&epochs=100");
    session.fork(0, Map.of("data", "moons", "epochs", "100", "learning-rate", "0.5"));
    assertThat(text("command", session))
        .startsWith("# This run was forked after 0 updates.")
        .endsWith("\nglia train moons --learning-rate 0.5 --epochs 100\n");
    assertThat(text("Main.java", session)).startsWith("// This run was forked after 0 updates.");
  }

  @Test
  void tooLargeDataAreNotMadeAFile() throws IOException {
    Session session = trained.ready("data=digits&samples=11000&layers=none");
    assertThatThrownBy(() -> file("data.csv", session))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("11000 rows of 784 numbers");
  }

  @ParameterizedTest
  @CsvSource({
    "data=moons&epochs=60, training test",
    "data=sine&epochs=2, loss predictions",
    "data=digits&samples=60&epochs=1, loss digits confusion"
  })
  void picturesAreThoseOfTheCommandAsPngAndSvg(String address, String names)
      throws IOException, InterruptedException {
    Session session = trained.finished(address);
    List<?> pictures =
        (List<?>) routes.json(EXPORT + "pictures", Map.of("id", session.id())).get("pictures");
    assertThat(pictures.stream().map(picture -> ((Map<?, ?>) picture).get("name")))
        .isEqualTo(List.of(names.split(" ", -1)));
    for (String name : names.split(" ", -1)) {
      Answer.File png = picture(session, name + ".png");
      assertThat(png.type()).isEqualTo("image/png");
      assertThat(png.content()).startsWith(0x89, 'P', 'N', 'G');
      Answer.File svg = picture(session, name + ".svg");
      assertThat(svg.type()).isEqualTo("image/svg+xml");
      assertThat(new String(svg.content(), StandardCharsets.UTF_8)).contains("<svg ");
    }
    for (String other : List.of("loss.gif", "other.png", "..", "loss", "")) {
      assertThatThrownBy(() -> picture(session, other))
          .isInstanceOf(Refusal.class)
          .hasMessage("This run has no picture \"" + other + "\".");
    }
  }

  private Answer.File picture(Session session, String file) throws IOException {
    return routes.file(EXPORT + "pictures/{file}", Map.of("id", session.id(), "file", file));
  }

  @Test
  void anEndedRunGivesNothing() {
    assertThatThrownBy(() -> routes.ask(EXPORT + "command", Map.of("id", "gone")))
        .isInstanceOf(Refusal.class);
  }
}

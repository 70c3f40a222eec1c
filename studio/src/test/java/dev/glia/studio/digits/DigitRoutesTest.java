package dev.glia.studio.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.internal.json.Json;
import dev.glia.metric.ConfusionMatrix;
import dev.glia.metric.Decision;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.source.Digits;
import dev.glia.source.Moons;
import dev.glia.studio.Homes;
import dev.glia.studio.Routed;
import dev.glia.studio.Trained;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Session;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.training.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DigitRoutesTest {

  private static final String DIGITS = "GET /api/sessions/{id}/digits";
  private static final String CONFUSION = "GET /api/sessions/{id}/confusion";
  private static final String SMALL = "data=digits&samples=400&epochs=2&layers=12:relu";

  private final Trained trained = new Trained();
  private final Routed routes = new Routed();

  @BeforeEach
  void register() {
    DigitRoutes.routes(routes, trained.sessions());
  }

  @AfterEach
  void close() {
    trained.close();
  }

  private static int[] predicted(Model model, Table data) {
    return Decision.classesOf(model.outputs(data.features()), 10);
  }

  private static List<Object> values(Map<?, ?> page, String field) {
    List<Object> values = new ArrayList<>();
    for (Object item : (List<?>) page.get("items")) {
      values.add(((Map<?, ?>) item).get(field));
    }
    return values;
  }

  private static List<Object> longs(IntStream numbers) {
    return numbers.mapToObj(i -> (Object) (long) i).toList();
  }

  @Test
  void aPageShowsWhatThePicturesAreAndWhatIsReadInThem() throws IOException, InterruptedException {
    Session session = trained.finished(SMALL);
    Table test = session.split().test();
    int[] predicted = predicted(session.model(null), test);
    Categories target = (Categories) test.target();
    Map<?, ?> page = routes.json(DIGITS, Map.of("id", session.id(), "offset", 60, "limit", 30));
    assertThat(page.get("total")).isEqualTo(100L);
    assertThat(page.get("rows")).isEqualTo(100L);
    assertThat(page.get("width")).isEqualTo(28L);
    assertThat((List<?>) page.get("classes")).hasSize(10);
    assertThat(page.get("wrong"))
        .isEqualTo(IntStream.range(0, 100).filter(i -> predicted[i] != target.code(i)).count());
    assertThat(values(page, "row")).isEqualTo(longs(IntStream.range(60, 90)));
    assertThat(values(page, "label")).isEqualTo(longs(IntStream.range(60, 90).map(target::code)));
    assertThat(values(page, "prediction"))
        .isEqualTo(longs(IntStream.range(60, 90).map(i -> predicted[i])));
    double[] row = new double[784];
    test.features().copyRow(60, row);
    assertThat((double) values(page, "confidence").getFirst())
        .isEqualTo(session.model(null).predict(row).value(), within(1e-7));
    byte[] pixels = Base64.getDecoder().decode((String) values(page, "pixels").getFirst());
    assertThat(pixels).hasSize(784);
    assertThat(IntStream.range(0, 784).map(i -> pixels[i] & 0xFF).toArray())
        .isEqualTo(IntStream.range(0, 784).map(i -> (int) row[i]).toArray());
  }

  @Test
  void picturesAloneAreThoseOfTheGalleryAndNeedNoReading()
      throws IOException, InterruptedException {
    Session session = trained.finished(SMALL);
    String pictures = "GET /api/sessions/{id}/pictures";
    Map<String, ?> asked =
        Map.of("id", session.id(), "part", "train", "offset", 295, "limit", 9); // of 300
    Map<?, ?> page = routes.json(pictures, asked);
    Map<?, ?> gallery = routes.json(DIGITS, asked);
    assertThat(values(page, "row")).isEqualTo(longs(IntStream.range(295, 300)));
    for (String same : List.of("row", "label", "pixels")) {
      assertThat(values(page, same)).isEqualTo(values(gallery, same));
    }
    for (String same : List.of("rows", "width", "height", "classes")) {
      assertThat((Object) page.get(same)).isEqualTo(gallery.get(same));
    }
    assertThat(
            (List<?>) routes.json(pictures, Map.of("id", session.id(), "offset", 300)).get("items"))
        .isEmpty();
  }

  @Test
  void filtersTakeClassesAndMistakesAndPagesFollowOneAnother()
      throws IOException, InterruptedException {
    Session session = trained.finished(SMALL);
    Table train = session.split().train();
    int[] predicted = predicted(session.model(null), train);
    Categories target = (Categories) train.target();
    int[] wrong = IntStream.range(0, 300).filter(i -> predicted[i] != target.code(i)).toArray();
    assertThat(wrong).hasSizeGreaterThan(3);
    List<Object> rows = new ArrayList<>();
    for (int offset = 0; offset < wrong.length; offset += 2) {
      Map<?, ?> page =
          routes.json(
              DIGITS,
              Map.of(
                  "id",
                  session.id(),
                  "part",
                  "train",
                  "wrong",
                  "true",
                  "offset",
                  offset,
                  "limit",
                  2));
      assertThat(page.get("total")).isEqualTo((long) wrong.length);
      rows.addAll(values(page, "row"));
    }
    assertThat(rows).isEqualTo(longs(IntStream.of(wrong)));

    int actual = target.code(wrong[0]);
    int read = predicted[wrong[0]];
    Map<?, ?> cell =
        routes.json(
            DIGITS,
            Map.of("id", session.id(), "part", "train", "actual", actual, "predicted", read));
    assertThat(values(cell, "row"))
        .isEqualTo(
            longs(
                IntStream.range(0, 300)
                    .filter(i -> target.code(i) == actual && predicted[i] == read)));
  }

  @Test
  void theConfusionMatrixIsTheEngines() throws IOException, InterruptedException {
    Session session = trained.finished(SMALL);
    Table test = session.split().test();
    ConfusionMatrix expected =
        ConfusionMatrix.of((Categories) test.target(), predicted(session.model(null), test));
    Map<?, ?> matrix = routes.json(CONFUSION, Map.of("id", session.id()));
    assertThat(matrix.get("accuracy")).isEqualTo(expected.accuracy());
    assertThat(matrix.get("part")).isEqualTo("watched");
    assertThat(matrix.get("rows")).isEqualTo(100L);
    int[][] counts = new int[10][10];
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        counts[i][j] =
            ((Number) ((List<?>) ((List<?>) matrix.get("counts")).get(i)).get(j)).intValue();
      }
    }
    assertThat(counts).isDeepEqualTo(expected.counts());
  }

  @Test
  void aMomentIsReadByItsOwnNetwork() throws IOException, InterruptedException {
    Session session = trained.finished(SMALL);
    Table test = session.split().test();
    Map<?, ?> first = routes.json(CONFUSION, Map.of("id", session.id(), "moment", 0));
    assertThat(first.get("accuracy"))
        .isEqualTo(
            ConfusionMatrix.of(
                    (Categories) test.target(), predicted(session.experiment().untrained(), test))
                .accuracy());
    assertThat(first.get("updates")).isEqualTo(0L);
    Map<?, ?> now = routes.json(CONFUSION, Map.of("id", session.id()));
    assertThat(now.get("accuracy")).isNotEqualTo(first.get("accuracy"));
    assertThat(now.get("updates")).isEqualTo(session.checkpoint(null).updates());
    assertThat(routes.json(DIGITS, Map.of("id", session.id(), "moment", 0)).get("updates"))
        .isEqualTo(0L);
  }

  @Test
  void readingsOfTheSameNumbersAreKept() throws IOException, InterruptedException {
    Session session = trained.finished("data=digits&samples=100&epochs=1&layers=4:relu");
    RecentReadings readings = new RecentReadings();
    Examples examples = session.experiment().testExamples();
    Readings now = readings.of(session.model(null), examples);
    assertThat(readings.of(session.model(null), examples)).isSameAs(now);
    assertThat(readings.of(session.model(0), examples)).isNotSameAs(now);
    assertThat(readings.of(session.model(null), session.experiment().trainExamples()))
        .isNotSameAs(now);
    assertThat(readings.computed()).isEqualTo(3);
  }

  @Test
  void dataThatAreNoPicturesAreRefused() throws IOException {
    Session moons = trained.ready("data=moons");
    assertThatThrownBy(() -> routes.ask(DIGITS, Map.of("id", moons.id())))
        .isInstanceOf(Refusal.class)
        .hasMessage("moons has no pictures to show.");
    assertThat(routes.json(CONFUSION, Map.of("id", moons.id())).get("rows")).isEqualTo(50L);
    Session sine = trained.ready("data=sine");
    assertThatThrownBy(() -> routes.ask(CONFUSION, Map.of("id", sine.id())))
        .hasMessageContaining("there are no classes");
    Session digits = trained.ready("data=digits&samples=40&epochs=1&layers=none");
    for (String wrong : List.of("-1", "1e3", "x", "99999999999")) {
      assertThatThrownBy(() -> routes.ask(DIGITS, Map.of("id", digits.id(), "offset", wrong)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("whole number from 0 on, got \"" + wrong);
    }
    assertThatThrownBy(() -> routes.ask(DIGITS, Map.of("id", digits.id(), "part", "all")))
        .hasMessage("part must be train or watched, got \"all\".");
  }

  /** Whole numbers in a file are classes too, though its column holds numbers. */
  @Test
  void theConfusionOfAFilesClassesIsTheTasks() throws IOException, InterruptedException {
    Session session = trained.finished(Homes.given("target", "heat"));
    Map<?, ?> matrix = routes.json(CONFUSION, Map.of("id", session.id(), "part", "train"));
    assertThat(matrix.get("classes")).isEqualTo(List.of("0", "1"));
    assertThat(((Number) matrix.get("accuracy")).doubleValue())
        .isEqualTo(session.history().getLast().train().accuracy());
    assertThat(matrix.get("rows")).isEqualTo((long) session.split().train().rows());
  }

  @Test
  void aRunThatKeepsNothingBackHasNoPicturesOfAnotherPart()
      throws IOException, InterruptedException {
    Session session = trained.finished(SMALL + "&test-fraction=0");
    Map<?, ?> page = routes.json(DIGITS, Map.of("id", session.id()));
    assertThat(page.get("rows")).isEqualTo(0L);
    assertThat((List<?>) page.get("items")).isEmpty();
    Map<?, ?> matrix = routes.json(CONFUSION, Map.of("id", session.id()));
    assertThat(matrix.get("rows")).isEqualTo(0L);
    assertThat(matrix.containsKey("accuracy")).isFalse();
    assertThat(routes.json(DIGITS, Map.of("id", session.id(), "part", "train")).get("rows"))
        .isEqualTo(400L);
  }

  // Drawing.

  private Map<?, ?> predict(String model, byte[] pixels) throws IOException {
    String body =
        Json.write(Map.of("model", model, "pixels", Base64.getEncoder().encodeToString(pixels)));
    return routes.json("POST /api/predict", Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] pixels(Table digits, int row) {
    byte[] pixels = new byte[784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) digits.features().get(row, i);
    }
    return pixels;
  }

  @Test
  void theShippedModelReadsADrawing() throws IOException {
    Table digits = new Digits(10, 0, false, 77).generate();
    Map<?, ?> reading = predict("shipped", pixels(digits, 7));
    assertThat(reading.get("prediction")).isEqualTo(7L);
    assertThat((double) reading.get("confidence")).isBetween(0.5, 1.0);
    List<?> probabilities = (List<?>) reading.get("probabilities");
    assertThat(probabilities.stream().mapToDouble(p -> ((Number) p).doubleValue()).sum())
        .isEqualTo(1, within(1e-5));
    assertThat(probabilities.get(7)).isEqualTo(reading.get("confidence"));
    assertThat((List<?>) reading.get("labels")).hasSize(10).first().isEqualTo("0");
    List<?> layers = (List<?>) reading.get("layers");
    assertThat(layers.stream().map(layer -> ((Map<?, ?>) layer).get("units")))
        .isEqualTo(List.of(112L, 48L, 10L));
    assertThat((List<?>) ((Map<?, ?>) layers.get(0)).get("values"))
        .hasSize(112)
        .allMatch(value -> ((Number) value).doubleValue() >= 0); // relu
    Map<?, ?> first = (Map<?, ?>) models().getFirst();
    assertThat(first.get("id")).isEqualTo("shipped");
    assertThat(first.get("labels")).isEqualTo(reading.get("labels"));
  }

  private List<Object> models() throws IOException {
    return List.copyOf((List<?>) routes.json("GET /api/models", Map.of()).get("models"));
  }

  @Test
  void aRunReadsADrawingAsItIsNowOrWasAtAMoment() throws IOException, InterruptedException {
    Session session = trained.finished(SMALL);
    Table test = session.split().test();
    Map<?, ?> reading = predict("session:" + session.id(), pixels(test, 5));
    double[] row = new double[784];
    test.features().copyRow(5, row);
    assertThat(((Number) reading.get("confidence")).doubleValue())
        .isEqualTo(session.model(null).predict(row).value());
    assertThat(reading.get("updates")).isEqualTo(session.checkpoint(null).updates());

    String question =
        Json.write(
            Map.of(
                "model",
                "session:" + session.id(),
                "moment",
                0,
                "pixels",
                Base64.getEncoder().encodeToString(pixels(test, 5))));
    Map<?, ?> first =
        routes.json("POST /api/predict", Map.of(), question.getBytes(StandardCharsets.UTF_8));
    assertThat(((Number) first.get("confidence")).doubleValue())
        .isEqualTo(session.experiment().untrained().predict(row).value());
    assertThat(first.get("updates")).isEqualTo(0L);
    Session moons = trained.ready("data=moons");
    assertThatThrownBy(() -> predict("session:" + moons.id(), pixels(test, 5)))
        .hasMessage("This run reads 2 numbers a row; a drawing is a picture of 28 x 28 pixels.");
  }

  private static byte[] file(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  private static Model untrained(Table data, String recipe) {
    Recipe made = Recipe.named(recipe);
    return new Experiment(made, made.split(data)).untrained();
  }

  @Test
  void aUsersModelIsOpened() throws IOException {
    Table digits = new Digits(40, 0, true, 1).generate();
    Model model = untrained(digits, "digits");
    Map<?, ?> opened =
        routes.json("POST /api/models", Map.of("name", "mine.safetensors"), file(model));
    assertThat(opened.get("title")).isEqualTo("mine.safetensors");
    assertThat(models()).hasSize(2).contains(opened);
    double[] row = new double[784];
    digits.features().copyRow(3, row);
    Map<?, ?> reading = predict((String) opened.get("id"), pixels(digits, 3));
    assertThat(((Number) reading.get("confidence")).doubleValue())
        .isEqualTo(model.predict(row).value());
  }

  @Test
  void ofTooManyModelsTheOneOpenedFirstIsClosed() throws IOException {
    byte[] file = file(untrained(new Digits(40, 0, true, 1).generate(), "digits"));
    List<Object> ids = new ArrayList<>();
    for (int i = 0; i <= DrawingModels.MOST; i++) {
      ids.add(routes.json("POST /api/models", Map.of("name", "m" + i), file).get("id"));
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(models()).hasSize(1 + DrawingModels.MOST);
    assertThatThrownBy(() -> predict((String) ids.getFirst(), new byte[784]))
        .isInstanceOf(Refusal.class)
        .hasMessage("This model is not open any more: open its file again.");
    assertThat(predict((String) ids.getLast(), new byte[784]).get("labels")).isNotNull();
  }

  @Test
  void whatIsNoModelOfDrawingsIsRefusedWithASentence() throws IOException {
    Map<String, String> named = Map.of("name", "x.safetensors");
    byte[] file = file(untrained(new Digits(40, 0, true, 1).generate(), "digits"));
    file[file.length - 1] ^= 1;
    assertThatThrownBy(() -> routes.ask("POST /api/models", named, file))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("x.safetensors holds no model that can be read: Its SHA-256");
    assertThatThrownBy(() -> routes.ask("POST /api/models", named, new byte[] {1, 2}))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("x.safetensors cannot be read: it has 2 bytes");
    byte[] moons = file(untrained(new Moons(40, 0, true, 1).generate(), "moons"));
    assertThatThrownBy(() -> routes.ask("POST /api/models", named, moons))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "x.safetensors reads 2 numbers a row; a drawing is a picture of 28 x 28 pixels.");
    assertThat(models()).hasSize(1);
  }

  @Test
  void aBrokenDrawingIsRefused() {
    assertThatThrownBy(() -> predict("shipped", new byte[783]))
        .hasMessage("A drawing has 784 pixels (28 x 28), got 783.");
    assertThatThrownBy(() ->
            routes.ask(
                "POST /api/predict",
                Map.of(),
                "{\"model\":\"shipped\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("A drawing needs a model and pixels.");
    assertThatThrownBy(() ->
            routes.ask(
                "POST /api/predict",
                Map.of(),
                "{\"model\":\"shipped\",\"pixels\":\"?\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("base64");
  }
}

package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.internal.json.Json;
import dev.glia.metric.ConfusionMatrix;
import dev.glia.metric.Decision;
import dev.glia.model.Model;
import dev.glia.network.ForwardPass;
import dev.glia.studio.digits.DigitRoutes;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.training.Outputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Digits: drawn with the mouse and read by a network, and those of a run, right and wrong. */
class DigitsJourneyTest extends PageTest {

  private static final String RUN = "data=digits&samples=1500&layers=24:relu&epochs=2&seed=3";
  private static final int PIXELS = 28 * 28;

  private final List<Response> answers = new ArrayList<>(); // about drawings

  @BeforeAll
  static void waitLong() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  // Drawing.

  @Test
  void aSevenDrawnWithTheMouseIsReadAsSevenWhereverAndHoweverLargeItIs() throws IOException {
    Page page = openDigits("data=moons");
    double[][] places = { // left, top, size
      {0.12, 0.1, 0.76}, {0.3, 0.25, 0.45}, {0.02, 0.55, 0.4}, {0.62, 0.05, 0.35}
    };
    for (double[] place : places) {
      draw(page, SEVEN, place[0], place[1], place[2]);
      assertRead(page, "7");
      assertNumbers(page, shipped());
      button(page, "Clear").click();
      assertThat(page.getByText("Nothing drawn yet")).isVisible();
    }
  }

  @Test
  void otherDigitsAreReadToo() throws IOException {
    Page page = openDigits("data=moons");
    Map<String, double[][]> drawings = Map.of("1", ONE, "0", ZERO, "3", THREE);
    for (Map.Entry<String, double[][]> drawing : drawings.entrySet()) {
      draw(page, drawing.getValue(), 0.2, 0.15, 0.6);
      assertRead(page, drawing.getKey());
      assertNumbers(page, shipped());
      button(page, "Clear").click();
    }
  }

  @Test
  void clearTakesTheDrawingAndItsReadingAway() {
    Page page = openDigits("data=moons");
    assertThat(button(page, "Clear")).isDisabled();
    draw(page, SEVEN, 0.2, 0.2, 0.6);
    assertThat(page.getByText("Draw a digit here")).isHidden();
    button(page, "Clear").click();
    assertThat(page.getByText("Nothing drawn yet")).isVisible();
    assertThat(page.getByText("Draw a digit here")).isVisible();
    assertThat(button(page, "Clear")).isDisabled();
    assertThat(bars(page))
        .hasText(new String[] {"0–", "1–", "2–", "3–", "4–", "5–", "6–", "7–", "8–", "9–"});
    assertThat(seen(page)).containsOnly(0);
  }

  @Test
  void undoTakesTheLastStrokeBack() {
    Page page = openDigits("data=moons");
    draw(page, SEVEN, 0.2, 0.2, 0.6);
    int[] before = seen(page);
    draw(page, new double[][] {{0.9, 0.9}, {1, 1}}, 0.2, 0.2, 0.6);
    assertThat(seen(page)).isNotEqualTo(before);
    button(page, "Undo").click();
    assertThat(seen(page)).isEqualTo(before);
  }

  @Test
  void aModelFileOfTheUsersReadsTheDrawing() throws IOException {
    Page page = openDigits("data=moons");
    EngineRun run =
        EngineRun.whole("data=digits&samples=400&epochs=1&seed=9&layers=12:tanh,8:sigmoid");
    page.getByLabel("Model file").setInputFiles(file("mine.safetensors", content(run.model())));
    assertThat(network(page).locator("option:checked")).hasText("mine.safetensors");
    assertThat(page.getByText("A network 784-12-8-10, trained on digits")).isVisible();
    draw(page, THREE, 0.2, 0.15, 0.6);
    assertNumbers(page, run.model());
  }

  @Test
  void aFileThatIsNoModelGetsASentence() throws IOException {
    Page page = openDigits("data=moons");
    byte[] whole = content(EngineRun.of("data=digits&samples=100&layers=none", 0).model());
    page.getByLabel("Model file")
        .setInputFiles(file("cut.safetensors", Arrays.copyOf(whole, whole.length / 2)));
    Locator problem = page.getByRole(AriaRole.TABPANEL).getByRole(AriaRole.ALERT).first();
    assertThat(problem).containsText("cut.safetensors");
    page.getByLabel("Model file")
        .setInputFiles(file("moons.safetensors", content(EngineRun.of("data=moons", 0).model())));
    assertThat(problem)
        .hasText(
            "moons.safetensors reads 2 numbers a row; a drawing is a picture of 28 x 28 pixels.");
    page.getByLabel("Model file")
        .setInputFiles(file("notes.txt", "no model".getBytes(StandardCharsets.UTF_8)));
    assertThat(problem).containsText("notes.txt");
    // The network from before still reads.
    draw(page, SEVEN, 0.2, 0.2, 0.6);
    assertNumbers(page, shipped());
    forgiveComplaints(); // of the browser's, about answers with status 400
  }

  // A run's pictures.

  @Test
  void theGalleryAndTheMatrixAreTheEngines() {
    Page page = finished(openDigits(RUN));
    EngineRun run = EngineRun.whole(RUN);
    Table data = run.settings().split().test();
    Categories target = (Categories) data.target();
    float[] outputs =
        Outputs.of(run.checkpoint().network(), run.experiment().testExamples(), Compute.all());
    int[] read = new int[data.rows()];
    Arrays.setAll(read, row -> Decision.classOf(outputs, row * 10, 10));
    int[] wrong = rows(data, row -> read[row] != target.code(row));
    assertThat(wrong).as("a run with mistakes to look at").hasSizeGreaterThan(5);
    long updates = run.checkpoint().updates();
    String inAll =
        "In all %d of %d are read wrongly at update %d."
            .formatted(wrong.length, data.rows(), updates);

    assertThat(page.getByText("%d test pictures. %s".formatted(data.rows(), inAll))).isVisible();
    assertTiles(page, target, read, outputs, rows(data, row -> true));

    page.getByLabel("Wrong only").check();
    assertThat(page.getByText("%d wrong test pictures. %s".formatted(wrong.length, inAll)))
        .isVisible();
    assertTiles(page, target, read, outputs, wrong);

    page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Which pictures"))
        .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Is").setExact(true))
        .selectOption("4");
    int[] wrongFours = rows(data, row -> target.code(row) == 4 && read[row] != 4);
    assertThat(wrongFours).isNotEmpty();
    assertThat(
            page.getByText(
                Pattern.compile(
                    "^%d wrong test pictures? that are 4\\.".formatted(wrongFours.length))))
        .isVisible();
    assertTiles(page, target, read, outputs, wrongFours);

    int[][] counts = ConfusionMatrix.of(target, read).counts();
    int most = 1; // the cell of a mistake that is made most
    for (int cell = 0; cell < 100; cell++) {
      if (cell / 10 != cell % 10 && counts[cell / 10][cell % 10] > counts[most / 10][most % 10]) {
        most = cell;
      }
      assertThat(cell(page, cell / 10, cell % 10, counts)).hasCount(1);
    }
    double accuracy = ConfusionMatrix.of(target, read).accuracy();
    assertThat(
            page.getByText(
                "%s of %d pictures read rightly at update %d."
                    .formatted(percent(accuracy), data.rows(), updates)))
        .isVisible();

    int is = most / 10;
    int as = most % 10;
    cell(page, is, as, counts).click();
    int[] those = rows(data, row -> target.code(row) == is && read[row] == as);
    assertThat(those).hasSize(counts[is][as]);
    assertThat(
            page.getByText(
                Pattern.compile(
                    "^%d test pictures? that are %d and read as %d\\."
                        .formatted(those.length, is, as))))
        .isVisible();
    assertTiles(page, target, read, outputs, those);
    assertThat(cell(page, is, as, counts)).hasAttribute("aria-pressed", "true");
    assertFirstPicture(page, data, those[0]);
  }

  @Test
  void theRunItselfReadsDrawingsAtTheMomentShown() {
    Page page = finished(openDigits(RUN));
    network(page).selectOption(new SelectOption().setLabel("This run (784-24-10)"));
    draw(page, SEVEN, 0.2, 0.15, 0.6);
    assertNumbers(page, EngineRun.whole(RUN).model());
    long last = EngineRun.whole(RUN).checkpoint().updates();
    assertThat(page.getByText(Pattern.compile("sure at update %d$".formatted(last)))).isVisible();

    Locator slider =
        page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Moment of the run"));
    slider.fill("4");
    long early = ((Number) page.evaluate("() => glia.moments[4].updates")).longValue();
    assertThat(page.getByText(Pattern.compile("sure at update %d$".formatted(early)))).isVisible();
    assertNumbers(page, EngineRun.of(RUN, early).model());
    assertThat(page.getByText(Pattern.compile("are read wrongly at update %d\\.".formatted(early))))
        .isVisible();
  }

  @Test
  void aRunWithoutPicturesIsAskedForNone() {
    // Whatever the page asks in vain is in its console, which has to stay empty.
    Page page = finished(openDigits(RUN));
    Locator train = page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Moons"));
    train.click();
    assertThat(page.getByText("This run's data are moons: no pictures to look through."))
        .isVisible();
    page.reload();
    assertThat(page.getByText("This run's data are moons: no pictures to look through."))
        .isVisible();
    button(page, "Train on digits").click();
    assertThat(page.getByText(Pattern.compile("^[0-9,]+ test pictures\\."))).isVisible();
  }

  private Page openDigits(String fragment) {
    Page page = open(fragment);
    page.setDefaultTimeout(PATIENCE);
    answers.clear();
    page.onResponse(response -> {
      if (response.url().endsWith("/api/predict") && response.ok()) {
        answers.add(response);
      }
    });
    page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Digits")).click();
    assertThat(network(page).locator("option").first()).hasText("Glia's own");
    return page;
  }

  private static Locator network(Page page) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Draw a digit"))
        .getByRole(
            AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Network").setExact(true));
  }

  private static Page finished(Page page) {
    page.getByLabel("Speed").selectOption("As fast as it can");
    button(page, "Run").click();
    assertThat(
            page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("State of the run")))
        .containsText("Finished");
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator bars(Page page) {
    return page.getByRole(
            AriaRole.LIST, new Page.GetByRoleOptions().setName("Probability of each class"))
        .getByRole(AriaRole.LISTITEM);
  }

  /** Draws with the mouse, as a hand does: in many short moves. */
  private static void draw(Page page, double[][] stroke, double left, double top, double size) {
    Locator board = page.getByLabel("Board to draw a digit on");
    board.scrollIntoViewIfNeeded();
    BoundingBox box = board.boundingBox();
    for (int i = 0; i < stroke.length; i++) {
      page.mouse()
          .move(
              box.x + box.width * (left + size * stroke[i][0]),
              box.y + box.height * (top + size * stroke[i][1]),
              new Mouse.MoveOptions().setSteps(i == 0 ? 1 : 4));
      if (i == 0) {
        page.mouse().down();
      }
    }
    page.mouse().up();
  }

  /** The server's answer about the very pixels that the page shows. */
  private Map<String, Object> answer(Page page) {
    String pixels = Base64.getEncoder().encodeToString(bytes(seen(page)));
    String model = network(page).inputValue();
    List<Map<String, Object>> found = new ArrayList<>();
    page.waitForCondition(
        () -> {
          for (Response response : List.copyOf(answers).reversed()) { // the newest first
            Map<String, Object> question = json(response.request().postData());
            if (pixels.equals(question.get("pixels")) && model.equals(question.get("model"))) {
              found.add(json(response.text()));
              return true;
            }
          }
          return false;
        },
        new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    return found.getFirst();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String text) {
    return (Map<String, Object>) Objects.requireNonNull(Json.read(text));
  }

  private static byte[] bytes(int[] pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return bytes;
  }

  /** The picture that is shown as the network sees it, 0 paper to 255 ink. */
  private static int[] seen(Page page) {
    return opacity(page.getByLabel("What the network sees"), 1, 0, PIXELS, 28);
  }

  /** How opaque a canvas is in the cells of a grid, 0 to 255. */
  private static int[] opacity(Locator canvas, int cell, int offset, int count, int columns) {
    List<?> alphas =
        (List<?>)
            canvas.evaluate(
                """
                (canvas, [cell, offset, count, columns]) => {
                  const { width, height } = canvas;
                  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
                  copy.drawImage(canvas, 0, 0);
                  const { data } = copy.getImageData(0, 0, width, height);
                  return Array.from({ length: count }, (_, i) => {
                    const x = (i % columns) * cell + offset;
                    const y = Math.floor(i / columns) * cell + offset;
                    return data[4 * (y * width + x) + 3];
                  });
                }
                """,
                List.of(cell, offset, count, columns));
    return alphas.stream().mapToInt(alpha -> ((Number) alpha).intValue()).toArray();
  }

  /** The page shows what the model says, reckoned here, of the pixels that the page shows. */
  private void assertNumbers(Page page, Model model) {
    Map<String, Object> answer = answer(page);
    int[] pixels = seen(page);
    double[] row = IntStream.of(pixels).asDoubleStream().toArray();
    List<Double> expected = model.predict(row).outputs();
    List<?> probabilities = (List<?>) answer.get("probabilities");
    double sum = 0;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      double share = ((Number) probabilities.get(i)).doubleValue();
      sum += share;
      assertThat(share).as("probability of " + i).isCloseTo(expected.get(i), within(1e-6));
      texts.add(i + percent(share));
    }
    assertThat(bars(page)).hasText(texts.toArray(String[]::new));
    if (model.givesProbabilities()) {
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
    assertHiddenUnits(page, model, row);
  }

  private static void assertHiddenUnits(Page page, Model model, double[] row) {
    float[] scaled = new float[row.length];
    model.preprocessing().apply(row, scaled);
    ForwardPass pass = new ForwardPass(model.network().architecture(), 1, KernelChoice.SCALAR);
    pass.run(model.network().parameters(), scaled, 0, 1);
    for (int layer = 0; layer + 1 < model.network().architecture().depth(); layer++) {
      float[] units = pass.activations(layer, 0);
      double most = 0;
      for (float unit : units) {
        most = Math.max(most, Math.abs(unit));
      }
      int answering = 0;
      for (float unit : units) {
        answering += unit > 0.05 * most ? 1 : 0;
      }
      Locator canvas =
          page.getByLabel(
              "Activations of layer %d: %d × %s, %d answer"
                  .formatted(
                      layer + 1,
                      units.length,
                      model.network().architecture().activationOf(layer).name(),
                      answering));
      assertThat(canvas).hasCount(1);
      String label = canvas.getAttribute("aria-label");
      String largest = label.substring(label.lastIndexOf(' ') + 1, label.length() - 1);
      assertThat(Double.parseDouble(largest)).isCloseTo(most, within(0.01 * most));
      int columns =
          units.length <= 16 ? units.length : (int) Math.ceil(Math.sqrt(units.length * 4));
      int[] shown = opacity(canvas, 12, 5, units.length, columns);
      for (int unit = 0; unit < units.length; unit++) {
        double opacity =
            1 - (1 - 0.08) * (1 - Math.abs(units[unit]) / most); // over the cell's ground
        assertThat(shown[unit] / 255.0)
            .as("unit %d of layer %d", unit, layer)
            .isCloseTo(opacity, within(0.012));
      }
    }
  }

  private static void assertRead(Page page, String digit) {
    // What a screen reader is told once the hand rests.
    assertThat(page.getByText(Pattern.compile("^Read as " + digit + ", "))).hasCount(1);
    assertThat(page.locator(".reading-answer")).hasText(digit);
  }

  private static Model shipped() throws IOException {
    try (InputStream in = DigitRoutes.class.getResourceAsStream("digits.safetensors")) {
      return Model.read("digits.safetensors", Objects.requireNonNull(in).readAllBytes());
    }
  }

  private static byte[] content(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  private static FilePayload file(String name, byte[] content) {
    return new FilePayload(name, "application/octet-stream", content);
  }

  private static String percent(double share) {
    return new BigDecimal(share * 100).setScale(1, RoundingMode.HALF_UP) + "%";
  }

  private static int[] rows(Table data, IntPredicate taken) {
    return IntStream.range(0, data.rows()).filter(taken).toArray();
  }

  private static Locator cell(Page page, int is, int as, int[][] counts) {
    int count = counts[is][as];
    double share = (double) count / IntStream.of(counts[is]).sum();
    String name =
        "%d read as %d: %d, %s of this row%s"
            .formatted(is, as, count, percent(share).replace("%", " %"), is == as ? ", right" : "");
    return button(page, name);
  }

  /** A page of the gallery is the first of these rows. */
  private static void assertTiles(
      Page page, Categories target, int[] read, float[] outputs, int[] rows) {
    Locator tiles =
        page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Pictures"))
            .getByRole(AriaRole.BUTTON);
    int shown = tiles.count();
    assertThat(shown)
        .isGreaterThanOrEqualTo(Math.min(rows.length, 6))
        .isLessThanOrEqualTo(rows.length);
    List<String> names = new ArrayList<>();
    for (int row : Arrays.copyOf(rows, shown)) {
      int is = target.code(row);
      names.add(
          "%d, %s, %s sure. Example %d. Trace it."
              .formatted(
                  is,
                  is == read[row] ? "read rightly" : "read as %d, wrong".formatted(read[row]),
                  percent(outputs[row * 10 + read[row]]),
                  row + 1));
    }
    List<?> labels =
        (List<?>) tiles.evaluateAll("all => all.map(one => one.getAttribute('aria-label'))");
    assertThat(labels).hasToString(names.toString());
  }

  private static void assertFirstPicture(Page page, Table data, int row) {
    Locator canvas =
        page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Pictures"))
            .locator("canvas")
            .first();
    int[] pixels = opacity(canvas, 1, 0, PIXELS, 28);
    for (int i = 0; i < PIXELS; i++) {
      assertThat(pixels[i]).isEqualTo((int) Math.round(data.features().get(row, i)));
    }
  }

  // Strokes in a box of 1 x 1.

  static final double[][] SEVEN = {
    {0.1, 0.08},
    {0.35, 0.05},
    {0.65, 0.05},
    {0.88, 0.06},
    {0.76, 0.3},
    {0.62, 0.55},
    {0.5, 0.78},
    {0.42, 1}
  };

  private static final double[][] ONE = {
    {0.56, 0}, {0.54, 0.25}, {0.51, 0.5}, {0.49, 0.75}, {0.46, 1}
  };

  private static final double[][] ZERO = arc(0.5, 0.5, 0.34, 0.5, -100, 265);

  private static final double[][] THREE =
      joined(arc(0.45, 0.25, 0.3, 0.25, -150, 90), arc(0.45, 0.75, 0.36, 0.26, -90, 150));

  /** A part of an ellipse; angles in degrees, clockwise from the right. */
  private static double[][] arc(double x, double y, double rx, double ry, int from, int to) {
    int steps = (to - from) / 20;
    double[][] places = new double[steps + 1][];
    for (int i = 0; i <= steps; i++) {
      double angle = Math.toRadians(from + (double) (to - from) * i / steps);
      places[i] = new double[] {x + rx * Math.cos(angle), y + ry * Math.sin(angle)};
    }
    return places;
  }

  private static double[][] joined(double[][] one, double[][] other) {
    double[][] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}

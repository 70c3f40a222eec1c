package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.glia.metric.Decision;
import dev.glia.metric.Scores;
import dev.glia.model.Model;
import dev.glia.model.Trained;
import dev.glia.network.FullyConnected;
import dev.glia.training.TrainingResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The graphs, the network's drawing, histograms and pictures say what the engine's network is. */
class WatchJourneyTest extends PageTest {

  private static final int SIDE = 80; // of the field

  @Test
  void theArticlesMoonsEndWithTheEnginesNumbersInEveryGraph() {
    Visit visit = new Visit(open("data=moons"));
    visit.runToTheEnd();
    visit.awaitShown("Updates", "20,000");
    Trained trained = Engine.train("data=moons");
    Scores train = trained.result().train();
    Scores test = Objects.requireNonNull(trained.result().validation());
    visit.awaitShown("Loss", visit.written("loss", train.loss()));
    assertThat(visit.score("loss")).isEqualTo(train.loss());
    assertThat(visit.score("val_loss")).isEqualTo(test.loss());
    assertThat(visit.score("accuracy")).isEqualTo(train.accuracy());
    assertThat(visit.score("val_accuracy")).isEqualTo(test.accuracy());
    visit.awaitPicture(
        "Decision field, %s right on the training points."
            .formatted(visit.written("percent", Objects.requireNonNull(train.accuracy()))));

    theWholeFieldIsTheNetworks(visit, trained.model());
    theColoursAreWhatTheNetworkSays(visit, trained.model());
    theDrawingHasTheWeights(visit, trained.model());
    theHistogramsCountTheWeights(visit, trained.model());
  }

  /** The loss on rows to validate on turns long before the end. */
  @Test
  void aRunThatAPatienceEndedShowsItsBestEpochAndSaysSo() {
    String address =
        "data=moons&samples=100&noise=0.4&layers=32:relu&optimizer=adam&learning-rate=0.01"
            + "&epochs=3000&log-every=1&batch-size=20&validation-fraction=0.3&patience=30";
    Visit visit = new Visit(open(address));
    visit.runToTheEnd();
    TrainingResult result = Engine.train(address).result();
    assertThat(result.stopped()).isTrue();
    assertThat(result.bestEpoch()).isEqualTo(result.epochs() - 30);
    visit.awaitShown("Best epoch of " + result.epochs(), String.valueOf(result.bestEpoch()));
    visit.awaitShown("Loss", visit.written("loss", result.train().loss()));
    assertThat(visit.score("val_loss")).isEqualTo(result.validation().loss());
    visit.awaitText(
        visit.page().locator(".toast .grow"),
        "Training stopped after epoch %d (patience(30)): shown is epoch %d, the best on the rows to"
                .formatted(result.epochs(), result.bestEpoch())
            + " validate on.");
    visit.press("Reset");
    visit.awaitShown("Epoch of 3,000", "0");
  }

  /**
   * The frame is as the server sends it when a part takes too long, which depends on the machine.
   */
  @Test
  void aPartThatTookTooLongIsSaidInItsPlaceAndGoesWhenItComes() {
    Visit visit = new Visit(open("data=moons"));
    visit.await("() => glia.frame?.field && glia.frame?.predictions");
    // In one go: frames come meanwhile.
    Object said =
        visit
            .page()
            .evaluate(
                """
                () => {
                  const whole = glia.frame;
                  const notice = document.querySelector(".w-predictions > .w-late");
                  const before = notice.hidden;
                  const late = { field: "It takes <b>long</b>." };
                  glia.showFrame({ ...whole, field: undefined, late });
                  const text = notice.hidden ? "" : notice.textContent;
                  const all = document.querySelectorAll(".w-late:not([hidden])").length;
                  glia.showFrame(whole);
                  return [before, text, all, notice.hidden];
                }
                """);
    assertThat(Visit.list(said)).isEqualTo(List.of(true, "It takes <b>long</b>.", 1, true));
  }

  /** Each of the field's 6,400 points: class and confidence. */
  private static void theWholeFieldIsTheNetworks(Visit visit, Model model) {
    Map<String, Object> field = Visit.map(visit.frame("parts=field").get("field"));
    double[] extent = numbers(field.get("extent"));
    byte[] classes = Base64.getDecoder().decode((String) field.get("classes"));
    byte[] confidence = Base64.getDecoder().decode((String) field.get("confidence"));
    assertThat(classes).hasSize(SIDE * SIDE).contains(0, 1);
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double x = extent[0] + (extent[1] - extent[0]) * column / (SIDE - 1);
        double y = extent[3] - (extent[3] - extent[2]) * row / (SIDE - 1);
        double one = model.outputs(x, y)[0];
        double sure = 255 * Math.max(one, 1 - one);
        int at = row * SIDE + column;
        if (Math.abs(one - 0.5) > 1e-4) {
          assertThat((int) classes[at]).as("class at %s, %s", x, y).isEqualTo(one >= 0.5 ? 1 : 0);
        }
        assertThat((double) (confidence[at] & 255)).isCloseTo(sure, within(0.6));
      }
    }
  }

  /** The canvas itself, at places the pointer goes to and reads. */
  private static void theColoursAreWhatTheNetworkSays(Visit visit, Model model) {
    Page page = visit.page();
    Locator canvas = visit.picture("Decision field");
    BoundingBox box = canvas.boundingBox();
    Pattern reading = Pattern.compile("(\\d), (\\d+)% sure.*? ([−\\d.]+), .*? ([−\\d.]+)$");
    int[] read = new int[2]; // by class
    for (int i = 1; i < 10; i++) {
      for (int j = 1; j < 7; j++) {
        double px = 34 + (box.width - 46) * i / 10;
        double py = 10 + (box.height - 31) * j / 7;
        page.mouse().move(box.x + px, box.y + py);
        Locator tip = canvas.locator("xpath=..").locator(".w-tip:not([hidden])");
        String text =
            tip.count() == 0 ? "" : String.join(" ", tip.locator("div").allTextContents());
        Matcher found = reading.matcher(text);
        if (!found.find()) {
          continue; // a row of the data lies there
        }
        double x = Double.parseDouble(found.group(3).replace('−', '-'));
        double y = Double.parseDouble(found.group(4).replace('−', '-'));
        double one = model.outputs(x, y)[0];
        if (!isFarFromTheBoundary(model, x, y)) {
          continue;
        }
        int said = one >= 0.5 ? 1 : 0;
        assertThat(found.group(1)).isEqualTo(Integer.toString(said));
        List<Object> colour = Visit.list(canvas.evaluate(PIXEL, List.of(px, py)));
        List<Object> expected =
            Visit.list(
                page.evaluate(
                    "([k, sure]) => import('/js/colors.js').then(c => c.fieldRgb(k, sure, 2))",
                    List.of(said, Math.max(one, 1 - one))));
        for (int c = 0; c < 3; c++) {
          assertThat(Visit.number(colour.get(c)))
              .isCloseTo(Visit.number(expected.get(c)), within(6.0));
        }
        read[said]++;
      }
    }
    assertThat(read[0]).isGreaterThan(5);
    assertThat(read[1]).isGreaterThan(5);
  }

  private static final String PIXEL =
      """
      (canvas, [x, y]) => {
        const scale = canvas.width / canvas.clientWidth;
        const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, -Math.floor(x * scale), -Math.floor(y * scale));
        return [...copy.getImageData(0, 0, 1, 1).data];
      }
      """;

  private static boolean isFarFromTheBoundary(Model model, double x, double y) {
    double here = model.outputs(x, y)[0];
    return IntStream.range(0, 8)
        .mapToDouble(i -> i * Math.PI / 4)
        .map(angle -> model.outputs(x + 0.12 * Math.cos(angle), y + 0.12 * Math.sin(angle))[0])
        .allMatch(near -> Math.abs(near - here) < 0.02);
  }

  /** A unit's bias and its largest weights, as somebody hears them who goes there by keys. */
  private static void theDrawingHasTheWeights(Visit visit, Model model) {
    visit.button("layer 1, unit 1").focus();
    FullyConnected first = model.network().layer(0);
    int large = Math.abs(first.weights()[0][0]) >= Math.abs(first.weights()[1][0]) ? 0 : 1;
    visit
        .button(
            "Layer 1, unit 1, leaky_relu(0.05). bias %s. weight of x%d %s. weight of x%d %s"
                .formatted(
                    written(visit, first.biases()[0]),
                    large + 1,
                    written(visit, first.weights()[large][0]),
                    2 - large,
                    written(visit, first.weights()[1 - large][0])))
        .waitFor();
    for (int layer = 0; layer < 3; layer++) {
      FullyConnected dense = model.network().layer(layer);
      Map<String, Object> shown = weights(visit, layer);
      assertThat(floats(shown.get("biases"))).containsExactly(dense.biases());
      float[] values = floats(shown.get("values")); // [inputs][units]
      for (int in = 0; in < dense.inputs(); in++) {
        for (int unit = 0; unit < dense.units(); unit++) {
          assertThat(values[in * dense.units() + unit]).isEqualTo(dense.weights()[in][unit]);
        }
      }
    }
  }

  static Map<String, Object> weights(Visit visit, int layer) {
    Map<String, Object> weights = Visit.map(visit.frame("parts=weights").get("weights"));
    return Visit.map(Visit.list(weights.get("layers")).get(layer));
  }

  private static String written(Visit visit, double value) {
    return (String)
        visit.page().evaluate("v => import('/js/format.js').then(f => f.number(v, 3))", value);
  }

  private static void theHistogramsCountTheWeights(Visit visit, Model model) {
    visit.tab("Histograms");
    Locator picture = visit.picture("Histograms. Layer 1: weights from");
    picture.waitFor();
    List<Object> layers =
        Visit.list(Visit.map(visit.frame("parts=histograms").get("histograms")).get("layers"));
    assertThat(layers).hasSize(3);
    String text = Objects.requireNonNull(picture.getAttribute("aria-label"));
    for (int layer = 0; layer < 3; layer++) {
      Map<String, Object> weights = Visit.map(Visit.map(layers.get(layer)).get("weights"));
      FullyConnected dense = model.network().layer(layer);
      double[] all = flat(dense);
      double least = IntStream.range(0, all.length).mapToDouble(i -> all[i]).min().orElseThrow();
      double most = IntStream.range(0, all.length).mapToDouble(i -> all[i]).max().orElseThrow();
      assertThat(Visit.number(weights.get("from"))).isEqualTo(least);
      assertThat(Visit.number(weights.get("to"))).isEqualTo(most);
      double[] counts = new double[40];
      for (double w : all) {
        counts[(int) Math.min(39, (w - least) * (40 / (most - least)))]++;
      }
      assertThat(numbers(weights.get("counts"))).containsExactly(counts);
      assertThat(text)
          .contains(
              "%s: weights from %s to %s, activations from "
                  .formatted(
                      layer == 2 ? "Output" : "Layer " + (layer + 1),
                      short2(visit, least),
                      short2(visit, most)));
    }
  }

  private static String short2(Visit visit, double value) {
    return (String)
        visit.page().evaluate("v => import('/js/format.js').then(f => f.number(v, 2))", value);
  }

  private static double[] flat(FullyConnected dense) {
    List<Double> all = new ArrayList<>();
    for (float[] row : dense.weights()) {
      for (float w : row) {
        all.add((double) w);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void aSineIsACurveThroughThePoints() {
    String recipe = "data=sine&epochs=150";
    Visit visit = new Visit(open(recipe));
    visit.runToTheEnd();
    Trained trained = Engine.train(recipe);
    double r2 = Objects.requireNonNull(trained.result().train().r2());
    double testR2 =
        Objects.requireNonNull(Objects.requireNonNull(trained.result().validation()).r2());
    assertThat(visit.score("r2")).isEqualTo(r2).isGreaterThan(0.8);
    assertThat(visit.score("val_r2")).isEqualTo(testR2);
    visit.awaitShown("R² on test", visit.written("fixed", testR2));
    visit.awaitPicture(
        "Real data and the network's curve. R² %s training, %s test. 200 points."
            .formatted(written(visit, r2), written(visit, testR2)));

    Map<String, Object> curve = Visit.map(visit.frame("parts=curve").get("curve"));
    double[] x = numbers(curve.get("x"));
    double[] y = numbers(curve.get("y"));
    assertThat(x).hasSize(200);
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i]).isEqualTo(trained.model().outputs(x[i])[0]);
    }
    visit.named(AriaRole.REGION, "Network").waitFor(); // the settings are still there
  }

  @Test
  void theFirstLayerOfDigitsIsPictures() {
    String recipe = "data=digits&samples=500&epochs=3";
    Visit visit = new Visit(open(recipe));
    visit.runToTheEnd();
    Trained trained = Engine.train(recipe);
    assertThat(visit.score("loss")).isEqualTo(trained.result().train().loss());
    FullyConnected first = trained.model().network().layer(0);
    Map<String, Object> pictures = Visit.map(visit.frame("parts=pictures").get("pictures"));
    List<String> values = Visit.list(pictures.get("values"));
    double largest = 0;
    for (double w : flat(first)) {
      largest = Math.max(largest, Math.abs(w));
    }
    assertThat(Visit.number(pictures.get("largest"))).isEqualTo(largest);
    assertThat(values).hasSize(32);
    for (int unit = 0; unit < 32; unit++) {
      byte[] picture = Base64.getDecoder().decode(values.get(unit));
      assertThat(picture).hasSize(784);
      for (int pixel = 0; pixel < 784; pixel++) {
        assertThat(picture[pixel] & 255)
            .isEqualTo((int) (128 + Math.round(127 * (first.weights()[pixel][unit] / largest))));
      }
    }
    visit.awaitPicture(
        "First layer's weights: 32 of 32 units as pictures of 28 by 28, from %s to %s."
            .formatted(short2(visit, -largest), short2(visit, largest)));
    theLastPictureIsDrawn(visit, Base64.getDecoder().decode(values.getLast()));
  }

  /** Something that is not of one colour is on the canvas. */
  private static void theLastPictureIsDrawn(Visit visit, byte[] picture) {
    assertThat(picture).contains((byte) 128); // borders of digits are empty
    Object colours =
        visit
            .picture("First layer's weights")
            .evaluate(
                """
                canvas => new Set(new Uint32Array(canvas.getContext("2d")
                    .getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size
                """);
    assertThat(Visit.number(colours)).isGreaterThan(50);
  }

  @Test
  void threeCloudsAreAFieldOfThreeClasses() {
    String recipe = "data=blobs&epochs=20";
    Visit visit = new Visit(open(recipe));
    visit.runToTheEnd();
    Model model = Engine.train(recipe).model();
    Map<String, Object> field = Visit.map(visit.frame("parts=field").get("field"));
    double[] extent = numbers(field.get("extent"));
    byte[] classes = Base64.getDecoder().decode((String) field.get("classes"));
    assertThat(classes).contains(0, 1, 2);
    for (int at = 0; at < classes.length; at += 7) {
      double x = extent[0] + (extent[1] - extent[0]) * (at % SIDE) / (SIDE - 1);
      double y = extent[3] - (extent[3] - extent[2]) * Math.floorDiv(at, SIDE) / (SIDE - 1);
      float[] outputs = model.outputs(x, y);
      assertThat((int) classes[at]).isEqualTo(Decision.classOf(outputs, 0, 3));
    }
  }

  static double[] numbers(Object list) {
    return Visit.list(list).stream().mapToDouble(Visit::number).toArray();
  }

  static float[] floats(Object base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode((String) base64)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }
}

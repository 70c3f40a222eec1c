package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.glia.model.Model;
import dev.glia.studio.settings.Settings;
import dev.glia.table.Table;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Take away: the run as a command, as Java, as files and pictures; each is that very run. */
class TakeAwayJourneyTest extends PageTest {

  private static final String RUN =
      "data=moons&noise=0.15&layers=8:tanh,4:relu&seed=4&optimizer=adam(0.8,0.99,1e-8)"
          + "&learning-rate=0.02&epochs=60&log-every=10";

  @BeforeAll
  static void waitLong() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @Test
  void theCommandIsThisRun() {
    Visit visit = finished(RUN);
    String command = text(visit, "The command");
    Map<String, String> settings = settingsOf(command);
    Settings taken = Engine.settings(settings);
    assertThat(taken.complete()).isEqualTo(Engine.settings(RUN).complete());
    EngineRun run = EngineRun.of(settings, Long.MAX_VALUE);
    visit.awaitShown("Loss", visit.written("loss", run.trainLoss()));
    assertThat(visit.score("loss")).isEqualTo(run.trainLoss());
    assertThat(visit.score("val_loss")).isEqualTo(run.testLoss());
  }

  @Test
  void theLinkIsThePagesAddress() {
    Visit visit = finished(RUN);
    assertThat(
            visit
                .page()
                .getByLabel("Link to this run", new Page.GetByLabelOptions().setExact(true)))
        .hasValue(visit.page().url());
    assertThat(Engine.settings(visit.page().url()).complete())
        .isEqualTo(Engine.settings(RUN).complete());
  }

  @Test
  void theJavaProgramIsShownAsTextAndGivenAsAFile() throws IOException {
    Visit visit = finished(RUN);
    String java = text(visit, "Java code");
    assertThat(java).contains("void main(", "adam", "0.02").doesNotContain("<");
    assertThat(Files.readString(download(visit, "Download Main.java")))
        .isEqualToNormalizingWhitespace(java);
  }

  @Test
  void theModelFilePredictsWhatThePageShows() throws IOException {
    Visit visit = finished(RUN);
    Model model = Model.load(download(visit, "model.safetensors"));
    Settings settings = Engine.settings(RUN);
    Table train = settings.split().train();
    double loss = model.evaluate(train).loss();
    assertThat(loss).isEqualTo(visit.score("loss"));
    visit.awaitShown("Loss", visit.written("loss", loss));
    Double accuracy = model.evaluate(settings.split().test()).accuracy();
    assertThat(accuracy).isNotNull();
    visit.awaitShown("Test accuracy", visit.written("percent", accuracy));
    byte[] predicted =
        Base64.getDecoder()
            .decode(
                (String)
                    Visit.map(visit.frame("parts=predictions").get("predictions")).get("train"));
    assertThat(predicted).hasSize(train.rows());
    for (int row = 0; row < predicted.length; row++) {
      float output = model.outputs(train.features().get(row, 0), train.features().get(row, 1))[0];
      assertThat(predicted[row]).as("row %d", row).isEqualTo((byte) (output >= 0.5 ? 1 : 0));
    }
  }

  @Test
  void theHistorysLastLineIsThePagesLoss() throws IOException {
    Visit visit = finished(RUN);
    List<String> lines = Files.readAllLines(download(visit, "history.csv"));
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    assertThat(lines)
        .hasSize(
            1
                + Visit.list(visit.get("/api/sessions/" + visit.id() + "/history").get("rows"))
                    .size());
    List<String> last = List.of(lines.getLast().split(",", -1));
    EngineRun run = EngineRun.whole(RUN);
    double loss = Double.parseDouble(last.get(columns.indexOf("loss")));
    assertThat(loss).isEqualTo(run.trainLoss());
    assertThat(Double.parseDouble(last.get(columns.indexOf("val_loss")))).isEqualTo(run.testLoss());
    assertThat(Long.parseLong(last.get(columns.indexOf("epoch")))).isEqualTo(60);
    visit.awaitShown("Loss", visit.written("loss", loss));
  }

  @Test
  void thePicturesAreValid() throws Exception {
    Visit visit = finished(RUN);
    Locator pictures = visit.named(AriaRole.REGION, "Pictures").getByRole(AriaRole.IMG);
    assertThat(pictures).not().hasCount(0);
    visit.await(
        "() => [...document.querySelectorAll('.takeaway-pictures img')].every(one => (one.scrollIntoView(), one.complete) && one.naturalWidth > 100)");
    List<String> titles = new ArrayList<>();
    for (Locator picture : pictures.all()) {
      titles.add(picture.getAttribute("alt"));
    }
    assertThat(titles).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
    for (String title : titles) {
      BufferedImage png = ImageIO.read(download(visit, title + " as PNG").toFile());
      assertThat(png).as(title).isNotNull();
      assertThat(png.getWidth()).isGreaterThan(300);
      assertThat(png.getHeight()).isGreaterThan(200);
      assertThat(colors(png)).as("colours of " + title).isGreaterThan(5);
      Element svg = xml(download(visit, title + " as SVG"));
      assertThat(svg.getLocalName()).isEqualTo("svg");
      assertThat(svg.getElementsByTagNameNS("*", "script").getLength()).isZero();
      assertThat(svg.getElementsByTagNameNS("*", "text").getLength()).isPositive();
    }
  }

  @Test
  void aFileWithMarkupForNamesIsTextEverywhere() throws IOException {
    String hostile = "<img src=x onerror=window.hacked=1>";
    StringBuilder csv = new StringBuilder("\"%s\",<b>yes</b>,kind\n".formatted(hostile));
    for (int i = 0; i < 40; i++) {
      csv.append(i % 7)
          .append(',')
          .append(i * i % 11)
          .append(',')
          .append(i % 7 > 3 ? "<i>" : "</code>")
          .append('\n');
    }
    String run = "data=csv&csv-name=names.csv&epochs=3&csvz=" + packed(csv.toString());
    Visit visit = finished(run);
    assertThat(text(visit, "Java code")).contains("names").contains("void main(");
    String command = text(visit, "The command");
    assertThat(command).contains("names.csv");
    assertThat(visit.page().getByText("The data are in the file names.csv")).isVisible();
    visit.expectNoMarkup();
    assertThat(Files.readString(download(visit, "data.csv")))
        .isEqualToNormalizingNewlines(csv.toString());
  }

  private Visit finished(String fragment) {
    Visit visit = new Visit(open(fragment));
    visit.runToTheEnd();
    visit.tab("Take away");
    assertThat(visit.named(AriaRole.REGION, "The command")).containsText("glia train");
    return visit;
  }

  private static String text(Visit visit, String heading) {
    Locator code = visit.named(AriaRole.REGION, heading).locator("code");
    assertThat(code).hasText(Pattern.compile("\\S"));
    assertThat(code.locator("*:not(span.option)")).hasCount(0); // names are text, not markup
    return code.textContent();
  }

  private static Path download(Visit visit, String link) {
    return visit.page().waitForDownload(() -> visit.named(AriaRole.LINK, link).click()).path();
  }

  /** The settings that the command's words stand for, as the shell takes them apart. */
  private static Map<String, String> settingsOf(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (command + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    assertThat(words.subList(0, 2)).containsExactly("glia", "train");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data", words.get(2));
    for (int i = 3; i < words.size(); i += 2) {
      assertThat(words.get(i)).startsWith("--");
      settings.put(words.get(i).substring(2), words.get(i + 1));
    }
    return settings;
  }

  private static long colors(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(pixels).distinct().count();
  }

  private static Element xml(Path file)
      throws ParserConfigurationException, SAXException, IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
  }

  /** A text as the address holds it: deflated, as base64 for URLs. */
  private static String packed(String text) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
      deflater.finish();
      byte[] packed = new byte[text.length() + 100];
      int length = deflater.deflate(packed);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(packed, length));
    }
  }
}

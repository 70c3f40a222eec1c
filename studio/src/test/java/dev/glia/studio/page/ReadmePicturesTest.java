package dev.glia.studio.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The README's pictures of the studio, one a section: made again with {@code
 * -Dglia.pictures=FOLDER}, as CONTRIBUTING says, and looked at by who makes them.
 */
@EnabledIfSystemProperty(named = "glia.pictures", matches = ".+")
class ReadmePicturesTest extends PageTest {

  private static final String SPIRALS = "data=spirals";

  @Test
  void train() {
    Page page = open("data=blobs&centers=5&layers=16:tanh,8:tanh&noise=1.5", ColorScheme.LIGHT);
    page.locator("#starts-button").click();
    save(page, "train");
  }

  @Test
  void watch() {
    Page page = open("data=moons", ColorScheme.LIGHT);
    runToTheEnd(page);
    save(page, "watch");
  }

  @Test
  void scrub() {
    Page page = open(SPIRALS, ColorScheme.DARK);
    runToTheEnd(page);
    page.evaluate("glia.setMoment(glia.moments[Math.round(glia.moments.length / 5)].moment)");
    save(page, "scrub");
  }

  @Test
  void digits() {
    Page page = open("data=digits", ColorScheme.LIGHT);
    runToTheEnd(page);
    page.locator("#tab-digits").click();
    drawSeven(page);
    save(page, "digits");
  }

  @Test
  void trace() {
    Page page = open("data=moons&layers=4:tanh&epochs=500", ColorScheme.DARK);
    runToTheEnd(page);
    page.locator("#tab-trace").click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Layer 1 ›")).click();
    save(page, "trace");
  }

  @Test
  void doctor() {
    Page page =
        open("data=circles&learning-rate=3&optimizer=sgd&init=normal(-1,1)", ColorScheme.LIGHT);
    runToTheEnd(page);
    page.locator("#tab-doctor").click();
    save(page, "doctor");
  }

  @Test
  void takeAway() {
    Page page = open("data=hills&seed=7&layers=32:gelu,16:gelu", ColorScheme.DARK);
    runToTheEnd(page);
    page.locator("#tab-takeaway").click();
    save(page, "take-away");
  }

  private Page open(String fragment, ColorScheme scheme) {
    Page page =
        open(
            fragment,
            new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT).setColorScheme(scheme));
    page.locator("#run:enabled").waitFor();
    return page;
  }

  private static void runToTheEnd(Page page) {
    page.locator("#speed").selectOption("fast");
    page.locator("#run").click();
    page.locator("#value-state").getByText("F").waitFor(); // finished, or failed
  }

  private static void drawSeven(Page page) {
    BoundingBox box = page.locator("#panel-digits canvas").first().boundingBox();
    Mouse mouse = page.mouse();
    mouse.move(box.x + box.width * 0.28, box.y + box.height * 0.25);
    mouse.down();
    mouse.move(
        box.x + box.width * 0.70, box.y + box.height * 0.24, new Mouse.MoveOptions().setSteps(12));
    mouse.move(
        box.x + box.width * 0.45, box.y + box.height * 0.80, new Mouse.MoveOptions().setSteps(12));
    mouse.up();
  }

  private static void save(Page page, String name) {
    page.waitForTimeout(2_500); // the last frame, and whatever else comes
    try {
      BufferedImage taken = ImageIO.read(new ByteArrayInputStream(page.screenshot()));
      Path folder = Path.of(System.getProperty("glia.pictures"));
      Files.createDirectories(folder);
      ImageIO.write(indexed(taken), "png", folder.resolve(name + ".png").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In its 256 most frequent colours, which makes the file a third as large. */
  private static BufferedImage indexed(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
      }
    }
    int[] palette =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .mapToInt(Map.Entry::getKey)
            .limit(256)
            .toArray();
    IndexColorModel colors =
        new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage smaller =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colors);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        smaller.setRGB(x, y, image.getRGB(x, y)); // the nearest one
      }
    }
    return smaller;
  }
}

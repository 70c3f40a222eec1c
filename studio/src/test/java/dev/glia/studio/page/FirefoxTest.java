package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.model.Trained;
import dev.glia.studio.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on the browser works in Firefox as in Chromium, where the whole page is tested. */
@TestInstance(Lifecycle.PER_CLASS)
class FirefoxTest {

  private Firefox firefox;
  private Studio studio;

  @BeforeAll
  void start(@TempDir Path profile) throws IOException {
    firefox = Firefox.start(profile);
    studio = Studio.startAt(0, Path.of(System.getProperty("glia.shared"), "data"));
  }

  @AfterAll
  void stop() {
    if (studio != null) {
      studio.close();
    }
    if (firefox != null) {
      firefox.close();
    }
  }

  @AfterEach
  void nothingWasComplainedOf() {
    assertThat(firefox.complaints()).isEmpty();
  }

  private void open(String fragment) {
    firefox.open(studio.address() + "#" + fragment, PageTest.WIDTH, PageTest.HEIGHT);
    firefox.await("Boolean(window.glia?.frame && glia.state.status === 'ready')");
  }

  private void press(String id) {
    firefox.value("document.getElementById('" + id + "').click()");
  }

  private String text(String id) {
    return String.valueOf(firefox.value("document.getElementById('" + id + "').textContent"));
  }

  @Test
  void aRunIsWatchedToItsEndAndItsLossIsTheEngines() {
    String run = "data=moons&epochs=3000&seed=4";
    open(run);
    press("run");
    firefox.await("glia.live.updates > 0");
    firefox.await("glia.state.status === 'finished'");
    Trained trained = Engine.train(run);
    // The stream of frames, which comes through a SharedWorker, brings the loss.
    firefox.await("glia.live.scores?.loss === " + trained.result().train().loss());
    assertThat(text("value-state")).isEqualTo("Finished");
    assertThat(Double.parseDouble(text("value-loss")))
        .isEqualTo(trained.result().train().loss(), within(5e-5)); // four places are shown
  }

  @ParameterizedTest
  @CsvSource({"train", "watch", "digits", "trace", "doctor", "takeaway"})
  void everySectionIsThereAndDrawsSomething(String section) throws IOException {
    open("data=digits&samples=1000&layers=16:relu&epochs=2");
    press("epoch");
    firefox.await("glia.state.status === 'paused'");
    press("tab-" + section);
    String panel = "document.getElementById('panel-" + section + "')";
    firefox.await(panel + ".offsetWidth > 0 && " + panel + ".innerText.length > 40");
    // No line of the page is wider than the page.
    assertThat(firefox.value("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    String folder = System.getProperty("glia.pictures");
    if (folder != null) {
      Files.write(Path.of(folder, "firefox-" + section + ".png"), firefox.screenshot());
    }
  }

  @Test
  void aSevenDrawnWithTheMouseIsReadAsSeven() {
    open("data=moons");
    press("tab-digits");
    String board = "document.querySelector('[aria-label=\"Board to draw a digit on\"]')";
    firefox.await("Boolean(" + board + "?.offsetWidth > 0)");
    firefox.value(board + ".scrollIntoView({block: 'center'})");
    String box = board + ".getBoundingClientRect()";
    double left = number(box + ".left");
    double top = number(box + ".top");
    double width = number(box + ".width");
    List<int[]> stroke = new ArrayList<>();
    for (double[] point : DigitsJourneyTest.SEVEN) {
      stroke.add(
          new int[] {
            (int) (left + width * (0.2 + 0.6 * point[0])),
            (int) (top + width * (0.2 + 0.6 * point[1]))
          });
    }
    firefox.draw(stroke);
    firefox.await("document.querySelector('.reading-answer')?.textContent === '7'");
  }

  private double number(String expression) {
    return ((Number) firefox.value(expression)).doubleValue();
  }
}

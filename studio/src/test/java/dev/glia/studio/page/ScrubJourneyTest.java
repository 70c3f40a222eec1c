package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.glia.compute.Compute;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Trained;
import dev.glia.network.FullyConnected;
import dev.glia.training.Training;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Back to a moment of the past by the slider, and on from there. */
class ScrubJourneyTest extends PageTest {

  // One batch an epoch, each of which is logged: every moment has its own loss.
  private static final String RECIPE =
      "data=moons&layers=8:tanh&seed=3&optimizer=adam&learning-rate=0.02&epochs=600&log-every=1";

  @Test
  void aPastMomentIsWhatTheNetworkWasAndAForkEndsWhereTheRunDid() {
    Visit visit = new Visit(open(RECIPE));
    visit.runToTheEnd();
    Trained trained = Engine.train(RECIPE);
    double end = trained.result().train().loss();
    visit.awaitShown("Loss", visit.written("loss", end));

    Locator slider = visit.named(AriaRole.SLIDER, "Moment of the run");
    assertThat(slider).isEnabled();
    visit.await("() => glia.moments.at(-1)?.updates === 600");
    int last = Integer.parseInt(slider.getAttribute("max"));
    assertThat(last).isGreaterThan(50);
    slider.fill(Integer.toString(last / 6));
    visit.await("() => glia.frame.moment !== null");
    long early = visit.number("() => glia.frame.moment");
    assertThat(early).isBetween(60L, 140L);
    isOf(visit, early);

    slider.focus();
    slider.press("ArrowRight"); // one moment on
    visit.await("() => glia.frame.moment > " + early);
    long later = visit.number("() => glia.frame.moment");
    isOf(visit, later);
    visit.page().keyboard().press(",");
    visit.await("() => glia.frame.moment === " + early);
    isOf(visit, early);

    visit.press("Fork from here");
    visit.awaitState("Finished").awaitShown("Updates", "600");
    visit.awaitShown("Loss", visit.written("loss", end));
    assertThat(visit.score("loss")).isEqualTo(end);
    List<Object> branches =
        Visit.list(visit.get("/api/sessions/" + visit.id() + "/history").get("branches"));
    assertThat(branches).hasSize(1);
    Map<String, Object> old = Visit.map(branches.getFirst());
    assertThat(Visit.number(old.get("from"))).isEqualTo((double) early);
    List<List<Object>> rows = Visit.list(old.get("rows"));
    assertThat(Visit.number(rows.getLast().get(2))).isEqualTo(end);
  }

  @Test
  void nowIsOneKeyAwayAndAForkMayChangeTheLearningRate() {
    Visit visit = new Visit(open(RECIPE));
    visit.runToTheEnd();
    visit.await("() => glia.moments.at(-1)?.updates === 600");
    Locator slider = visit.named(AriaRole.SLIDER, "Moment of the run");
    slider.fill("20");
    visit.await("() => glia.frame.moment !== null");
    visit.page().keyboard().press("n");
    visit.await("() => glia.frame.moment === null");
    visit.awaitShown("Updates", "600");

    slider.fill("30");
    visit.await("() => glia.frame.moment !== null");
    long moment = visit.number("() => glia.frame.moment");
    visit.type(visit.field("Training", "Learning rate"), "0.1");
    visit
        .named(AriaRole.GROUP, "Fork or start again")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Fork from here"))
        .click();
    visit.awaitState("Finished").awaitShown("Updates", "600");
    String changed = RECIPE.replace("learning-rate=0.02", "learning-rate=0.1");
    assertThat(visit.page().url()).isEqualTo(address(changed));
    Experiment experiment = Engine.experiment(changed);
    try (Training before = Engine.after(moment, RECIPE);
        Training training = Engine.finish(experiment.resume(Compute.all(), before.checkpoint()))) {
      double loss = training.evaluateTrain().loss();
      assertThat(loss).isNotEqualTo(Engine.train(RECIPE).result().train().loss());
      visit.awaitShown("Loss", visit.written("loss", loss));
      assertThat(visit.score("loss")).isEqualTo(loss);
    }
  }

  /** Loss, weights and field on the page are those of so many updates. */
  private static void isOf(Visit visit, long updates) {
    Experiment experiment = Engine.experiment(RECIPE);
    try (Training training = Engine.after(updates, RECIPE)) {
      double loss = training.evaluateTrain().loss();
      visit.awaitShown("Updates", Long.toString(updates));
      visit.awaitShown("Loss", visit.written("loss", loss));
      visit
          .named(AriaRole.REGION, "Timeline: moments of this run")
          .getByText("Update " + updates)
          .waitFor();
      Map<String, Object> frame = visit.evaluated("() => glia.frame");
      assertThat(Visit.number(Visit.map(frame.get("scores")).get("loss"))).isEqualTo(loss);

      Model model = experiment.model(training.network());
      FullyConnected first = model.network().layer(0);
      Map<String, Object> shown =
          Visit.map(Visit.list(Visit.map(frame.get("weights")).get("layers")).getFirst());
      assertThat(WatchJourneyTest.floats(shown.get("biases"))).containsExactly(first.biases());
      float[] weights = WatchJourneyTest.floats(shown.get("values"));
      for (int in = 0; in < 2; in++) {
        for (int unit = 0; unit < 8; unit++) {
          assertThat(weights[in * 8 + unit]).isEqualTo(first.weights()[in][unit]);
        }
      }
      isFieldOf(Visit.map(frame.get("field")), model);
    }
  }

  private static void isFieldOf(Map<String, Object> field, Model model) {
    double[] extent = WatchJourneyTest.numbers(field.get("extent"));
    byte[] classes = Base64.getDecoder().decode((String) field.get("classes"));
    for (int at = 0; at < classes.length; at += 3) {
      double x = extent[0] + (extent[1] - extent[0]) * (at % 80) / 79;
      double y = extent[3] - (extent[3] - extent[2]) * Math.floorDiv(at, 80) / 79;
      double one = model.outputs(x, y)[0];
      if (Math.abs(one - 0.5) > 1e-4) {
        assertThat((int) classes[at]).isEqualTo(one >= 0.5 ? 1 : 0);
      }
    }
  }
}

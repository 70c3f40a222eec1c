package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.glia.metric.Scores;
import dev.glia.training.Training;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever moment is shown, its numbers are its own: logged or not, now, in the past, at the end.
 */
class MomentJourneyTest extends PageTest {

  // One update an epoch, of which every hundredth is logged.
  private static final String SELDOM_LOGGED =
      "data=moons&layers=8:tanh&seed=3&optimizer=adam&learning-rate=0.02&epochs=600&log-every=100";

  private static final String DIVERGING = "data=moons&epochs=400&seed=2&learning-rate=3000";

  @Test
  void aMomentThatWasNotLoggedHasItsOwnScores() {
    Visit visit = new Visit(open(SELDOM_LOGGED));
    visit.runToTheEnd();
    isOf(visit, SELDOM_LOGGED, 600);
    visit.await("() => glia.moments.at(-1)?.updates === 600");
    Locator slider = visit.named(AriaRole.SLIDER, "Moment of the run");
    for (int at : new int[] {5, 13, 31}) {
      slider.fill(Integer.toString(at));
      long updates = visit.number("() => glia.moments[%d].updates".formatted(at));
      assertThat(updates % 100).isNotZero();
      visit.await("() => glia.frame.moment === " + updates);
      isOf(visit, SELDOM_LOGGED, updates);
    }
    visit.page().keyboard().press("n");
    isOf(visit, SELDOM_LOGGED, 600);
  }

  @Test
  void aRunThatStopsWithinAnEpochHasTheScoresOfItsLastUpdate() {
    String run = "data=spirals&epochs=30&seed=4"; // batches of 32 of 300 rows
    Visit visit = new Visit(open(run));
    visit.awaitState("Ready");
    isOf(visit, run, 0);
    for (int updates = 1; updates <= 3; updates++) {
      visit.press("Step");
      isOf(visit, run, updates);
    }
    visit.press("Epoch");
    isOf(visit, run, 10);
    visit.speed("10 updates a second").press("Run");
    visit.await("() => glia.frame.updates > 12");
    visit.press("Pause");
    visit.awaitState("Paused");
    isOf(
        visit,
        run,
        visit.state().get("updates") instanceof Number updates ? updates.longValue() : -1);
  }

  /** Beside long scores there is little room: "update 1,024" may not become "update 1,02". */
  @Test
  void anUpdateUnderTheCurveThatHasNoRoomIsSeenToBeCut() {
    Visit visit = new Visit(open("data=spirals&epochs=200&seed=4")); // ten updates an epoch
    visit.runToTheEnd();
    String within = "m => m.updates >= 1000 && m.updates % 10 !== 0";
    visit.await("() => glia.moments.at(-1)?.updates === 2000 && glia.moments.some(" + within + ")");
    long moment = visit.number("() => glia.moments.findIndex(" + within + ")");
    long updates = visit.number("() => glia.moments[" + moment + "].updates");
    visit.named(AriaRole.SLIDER, "Moment of the run").fill(Long.toString(moment));
    Locator place = visit.page().locator(".w-place").first();
    assertThat(place).hasText("update %,d".formatted(updates));
    assertThat(place).hasAttribute("title", "update %,d".formatted(updates));
    assertThat(
            place.evaluate(
                "e => getComputedStyle(e).textOverflow === 'ellipsis'"
                    + " && e.getBoundingClientRect().right"
                    + " <= e.parentElement.getBoundingClientRect().right"))
        .isEqualTo(true);
  }

  @Test
  void aForkBeginsWithTheScoresOfTheMomentItLeaves() {
    Visit visit = new Visit(open(SELDOM_LOGGED));
    visit.runToTheEnd();
    visit.await("() => glia.moments.at(-1)?.updates === 600");
    visit.speed("2 updates a second");
    visit.named(AriaRole.SLIDER, "Moment of the run").fill("9");
    visit.await("() => glia.frame.moment === glia.moments[9].updates");
    visit.press("Fork from here");
    visit.awaitState("Running").press("Pause");
    visit.awaitState("Paused");
    long updates = ((Number) Objects.requireNonNull(visit.state().get("updates"))).longValue();
    assertThat(updates).isBetween(1L, 99L); // before the next epoch that is logged
    isOf(visit, SELDOM_LOGGED, updates);
  }

  @Test
  void aRunThatDivergesSaysSoAndShowsItsLastFiniteMomentWithoutAScore() {
    Visit visit = new Visit(open(DIVERGING));
    visit.awaitState("Ready").speed("As fast as it can").press("Run");
    diverged(visit);
    long last = visit.number("() => glia.frame.updates");
    visit
        .page()
        .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(Pattern.compile("^Doctor")))
        .click();
    assertThat(visit.page().getByText("As of update %d, the most serious first.".formatted(last)))
        .isVisible();
    visit.tab("Take away");
    assertThat(
            visit
                .page()
                .getByText(
                    "As of update %d, the last finite one".formatted(last).replace("As", "as")))
        .isVisible();
    visit.tab("Watch");

    // The past is finite, and has its scores.
    visit.await("() => glia.moments.at(-1)?.updates === " + last);
    visit.named(AriaRole.SLIDER, "Moment of the run").fill("0");
    isOf(visit, DIVERGING, 0);
    visit.page().keyboard().press("n");
    diverged(visit);

    // Who comes back is told, too.
    visit.page().reload();
    diverged(visit);
  }

  private static void diverged(Visit visit) {
    visit.awaitState("Diverged");
    assertThat(visit.page().getByText("Training diverged in epoch").first()).isVisible();
    visit.awaitShown("Loss", "–").awaitShown("Test accuracy", "–");
    visit.await("() => glia.frame.diverged && glia.frame.moment === null");
    long updates = visit.number("() => glia.frame.updates");
    visit.awaitShown("Last finite update", Long.toString(updates));
    try (Training training = Engine.after(updates, DIVERGING)) {
      assertThat(training.evaluateTrain().loss()).isFinite();
      assertThat(
              WatchJourneyTest.floats(
                  Visit.map(
                          Visit.list(
                                  Visit.map(visit.frame("parts=weights").get("weights"))
                                      .get("layers"))
                              .getFirst())
                      .get("biases")))
          .isEqualTo(training.network().layer(0).biases());
    }
    Locator timeline = visit.named(AriaRole.REGION, "Timeline: moments of this run");
    assertThat(timeline.getByText("Update " + updates)).isVisible();
    assertThat(timeline.getByText("then it diverged")).isVisible();
    assertThat(visit.named(AriaRole.HEADING, "Loss, diverged")).isVisible();
  }

  /** A large run is not evaluated for every frame: its scores say when they were its own. */
  @Test
  void scoresOfAnEarlierMomentSayWhichWhileALargeRunTrains() {
    String run = "data=digits&samples=1500&layers=32:relu&batch-size=8&epochs=2000&seed=3";
    Visit visit = new Visit(open(run));
    visit.awaitState("Ready").speed("30 updates a second").press("Run");
    visit.await("() => glia.frame.updates > 20 && glia.frame.scored === 0");
    try (Training training = Engine.after(0, run)) {
      assertThat(visit.page().locator("#label-loss")).hasText("Loss at 0");
      assertThat(visit.page().locator("#label-score")).hasText("Test at 0");
      double loss = training.evaluateTrain().loss();
      assertThat(visit.page().locator("#value-loss")).hasText(visit.written("loss", loss));
      assertThat(visit.named(AriaRole.REGION, "Timeline: moments of this run"))
          .containsText("loss %s at update 0".formatted(visit.written("loss", loss)));
    }
    visit.press("Pause");
    visit.awaitState("Paused");
    long updates = ((Number) Objects.requireNonNull(visit.state().get("updates"))).longValue();
    try (Training training = Engine.after(updates, run)) {
      assertThat(visit.page().locator("#label-loss")).hasText("Loss");
      visit.awaitShown("Loss", visit.written("loss", training.evaluateTrain().loss()));
      Scores test = Objects.requireNonNull(training.evaluateValidation());
      visit.awaitShown("Test accuracy", percent(visit, test));
    }
  }

  @Test
  void aRunThatAnotherTabBeginsAnewIsShownAsItIsThen() {
    Visit one = new Visit(open("data=moons&epochs=300&seed=5"));
    one.runToTheEnd();
    Visit other = new Visit(openIn(one.page().context(), "session=" + one.id()));
    other.awaitState("Finished");
    isOf(other, "data=moons&epochs=300&seed=5", 300);
    other.page().evaluate("() => glia.apply({data: 'xor', epochs: 20, seed: 6})");
    other.awaitState("Ready");
    other.press("Step");
    isOf(other, "data=xor&epochs=20&seed=6", 1);
    one.page().bringToFront();
    one.awaitState("Paused");
    isOf(one, "data=xor&epochs=20&seed=6", 1);
    assertThat(one.page().locator("#label-epoch")).hasText("Epoch of 20");
    assertThat(Visit.list(one.page().evaluate("() => glia.history.rows"))).hasSize(1);
  }

  /** Every place of the page that shows a score of the moment shows the engine's. */
  private static void isOf(Visit visit, String address, long updates) {
    try (Training training = Engine.after(updates, address)) {
      Scores train = training.evaluateTrain();
      Scores test = Objects.requireNonNull(training.evaluateValidation());
      String loss = visit.written("loss", train.loss());
      visit.awaitShown("Updates", Long.toString(updates)).awaitShown("Loss", loss);
      visit.awaitShown("Test accuracy", percent(visit, test));
      assertThat(visit.page().locator("#label-loss")).hasText("Loss");
      assertThat(visit.page().locator("#label-score")).hasText("Test accuracy");
      Locator timeline = visit.named(AriaRole.REGION, "Timeline: moments of this run");
      assertThat(timeline.getByText("Update " + updates)).isVisible();
      if (updates > 0 && !visit.evaluated("() => ({moment: glia.moment})").containsValue(null)) {
        assertThat(timeline.getByText("loss " + loss)).isVisible();
        assertThat(visit.page().locator(".w-loss footer"))
            .containsText(
                "train "
                    + visit
                        .page()
                        .evaluate(
                            "v => import('/js/format.js').then(m => m.number(v, 3))",
                            train.loss()));
      }
      assertThat(visit.page().locator(".w-predictions"))
          .containsText(percent(visit, train) + " right");
    }
  }

  private static String percent(Visit visit, Scores scores) {
    return visit.written("percent", Objects.requireNonNull(scores.accuracy()));
  }
}

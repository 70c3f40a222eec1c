package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Doctor: a run that goes wrong says so in one sentence; a button begins one that goes well. */
class DoctorJourneyTest extends PageTest {

  @BeforeAll
  static void waitLong() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @Test
  void aRunThatDivergesSaysWhyAndBeginsAnewWithASmallerRate() {
    String run = "data=moons&epochs=400&seed=2";
    Visit visit = new Visit(open(run + "&learning-rate=3000"));
    visit.awaitState("Ready").speed("As fast as it can").press("Run");
    visit.awaitState("Diverged");
    assertThat(visit.page().getByText("Training diverged in epoch").first()).isVisible();
    visit.press("See the doctor");
    assertBadge(visit);
    takeSmallerRate(visit, run, "Problem", "0.1");
  }

  @Test
  void aLearningRateThatIsTooHighIsFoundAndMadeSmaller() {
    String run = "data=moons&epochs=400&seed=2&log-every=10&optimizer=adam";
    Visit visit = new Visit(open(run + "&learning-rate=5"));
    visit.runToTheEnd();
    double before = visit.score("loss");
    assertThat(before).isEqualTo(EngineRun.whole(run + "&learning-rate=5").trainLoss());
    openDoctor(visit);
    assertBadge(visit);
    takeSmallerRate(visit, run, "WarningThe loss swings: it rose", "0.01");
    assertThat(visit.score("loss")).isLessThan(before / 2);
  }

  private static void takeSmallerRate(Visit visit, String run, String says, String rate) {
    String button = "Learn at a rate of " + rate;
    Locator finding = findings(visit).filter(has(visit, button)).first();
    assertThat(finding).containsText(says);
    finding
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
    visit.awaitState("Finished");
    assertThat(visit.field("Training", "Learning rate")).hasValue(rate);
    assertThat(Fragment.read(visit.page().url())).containsEntry("learning-rate", rate);
    EngineRun well = EngineRun.whole(run + "&learning-rate=" + rate);
    visit.awaitShown("Loss", visit.written("loss", well.trainLoss()));
    assertThat(visit.score("loss")).isEqualTo(well.trainLoss()).isFinite().isLessThan(0.25);
    assertAllIsWell(visit);
  }

  @Test
  void deadReLusAreFoundAndBroughtToLife() {
    String run =
        "data=moons&scale=minmax&layers=16:relu,16:relu&epochs=300&log-every=10&seed=1&learning-rate=0.1";
    Visit visit = new Visit(open(run + "&init=normal(-0.5,0.1)"));
    visit.runToTheEnd();
    openDoctor(visit);
    Locator finding =
        findings(visit).filter(new Locator.FilterOptions().setHasText("are dead")).first();
    assertThat(finding)
        .containsText(
            "All 16 units of layer 1 of 3 (16:relu) are dead: they give 0 for each of 150 rows");
    assertThat(finding).containsText("Start with weights that fit their layers");
    assertBadge(visit);
    double dead = visit.score("loss");
    assertThat(dead).isEqualTo(EngineRun.whole(run + "&init=normal(-0.5,0.1)").trainLoss());

    finding
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start with He's weights"))
        .click();
    visit.awaitState("Finished");
    EngineRun alive = EngineRun.whole(run + "&init=he");
    visit.awaitShown("Loss", visit.written("loss", alive.trainLoss()));
    assertThat(visit.score("loss")).isEqualTo(alive.trainLoss()).isLessThan(0.75 * dead);
    assertThat(findings(visit).filter(new Locator.FilterOptions().setHasText("are dead")))
        .hasCount(0);
  }

  @Test
  void nothingIsFoundInTheArticlesTraining() {
    Visit visit = new Visit(open("data=moons&epochs=3000"));
    openDoctor(visit);
    visit.runToTheEnd();
    assertAllIsWell(visit);
    visit.awaitShown(
        "Loss", visit.written("loss", EngineRun.whole("data=moons&epochs=3000").trainLoss()));
  }

  /** The tab is called after the number on it too. */
  private static void openDoctor(Visit visit) {
    visit
        .page()
        .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(Pattern.compile("^Doctor")))
        .click();
  }

  private static Locator findings(Visit visit) {
    return visit
        .page()
        .getByRole(AriaRole.TABPANEL)
        .getByRole(AriaRole.LIST)
        .first()
        .getByRole(AriaRole.LISTITEM);
  }

  private static Locator.FilterOptions has(Visit visit, String button) {
    return new Locator.FilterOptions()
        .setHas(
            visit.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)));
  }

  /** The number on the tab is that of the findings, in the page and in the server's frame. */
  private static void assertBadge(Visit visit) {
    int count = Visit.list(visit.frame("parts=findings").get("findings")).size();
    assertThat(count).isPositive();
    assertThat(findings(visit)).hasCount(count);
    assertThat(visit.page().locator("#badge-doctor")).hasText(String.valueOf(count));
    assertThat(visit.named(AriaRole.HEADING, count == 1 ? "1 finding" : count + " findings"))
        .isVisible();
    for (Object finding : Visit.list(visit.frame("parts=findings").get("findings"))) {
      Map<String, Object> one = Visit.map(finding);
      assertThat(visit.page().getByText(String.valueOf(one.get("sentence")))).isVisible();
    }
  }

  private static void assertAllIsWell(Visit visit) {
    assertThat(visit.named(AriaRole.HEADING, "All is well")).isVisible();
    assertThat(findings(visit)).hasCount(0);
    assertThat(visit.page().locator("#badge-doctor")).isHidden();
    assertThat(Visit.list(visit.frame("parts=findings").get("findings"))).isEmpty();
  }
}

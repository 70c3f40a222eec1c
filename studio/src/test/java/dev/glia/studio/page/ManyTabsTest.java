package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Twenty tabs of one browser, which may have six connections to the studio. */
class ManyTabsTest extends PageTest {

  private static final int TABS = 20;

  private static String recipe(int seed) {
    return "data=xor&layers=4:tanh&epochs=30&seed=" + seed;
  }

  @Test
  void twentyTabsTrainAndShowTheirOwnNumbers() {
    List<Visit> tabs = new ArrayList<>();
    Page first = open(recipe(1));
    tabs.add(new Visit(first));
    BrowserContext browser = first.context();
    for (int seed = 2; seed <= TABS; seed++) {
      tabs.add(new Visit(openIn(browser, recipe(seed))));
    }
    Set<String> runs = new HashSet<>();
    for (Visit tab : tabs) {
      tab.page().bringToFront(); // browsers draw tabs behind others once a second
      tab.awaitState("Ready").speed("As fast as it can");
      runs.add(tab.id());
      tab.press("Run");
    }
    assertThat(runs).hasSize(TABS);
    Set<Double> losses = new HashSet<>();
    for (int seed = 1; seed <= TABS; seed++) {
      Visit tab = tabs.get(seed - 1);
      tab.page().bringToFront();
      tab.awaitState("Finished").awaitShown("Updates", "300");
      double loss = Engine.train(recipe(seed)).result().train().loss();
      tab.awaitShown("Loss", tab.written("loss", loss));
      assertThat(tab.score("loss")).isEqualTo(loss);
      losses.add(loss);
    }
    assertThat(losses).hasSize(TABS);
  }

  @Test
  void aTabThatReloadsFindsItsRunAgain() {
    Page page = open(recipe(3));
    Visit visit = new Visit(page);
    visit.awaitState("Ready");
    visit.press("Epoch");
    visit.awaitShown("Updates", "10");
    String id = visit.id();
    page.reload();
    visit.awaitState("Paused").awaitShown("Updates", "10");
    assertThat(visit.id()).isEqualTo(id);
    visit.press("Step");
    visit.awaitShown("Updates", "11");

    // The same link in another tab is a run of its own.
    Visit other = new Visit(openIn(page.context(), recipe(3)));
    other.awaitState("Ready").awaitShown("Updates", "0");
    assertThat(other.id()).isNotEqualTo(id);
  }

  /**
   * That a run which was left ends is SessionsTest's; here a tab that is closed says that it goes.
   */
  @Test
  void aTabThatIsClosedLeavesItsRun() {
    Page page = open(recipe(5));
    Visit visit = new Visit(page);
    visit.awaitState("Ready");
    String leave = "POST /api/sessions/%s/leave".formatted(visit.id());
    page.evaluate(
        """
        () => {
          const real = window.fetch;
          window.fetch = (path, options) => {
            localStorage.setItem("told", `${options?.method} ${path}`);
            return real(path, options);
          };
        }
        """);
    Visit other = new Visit(openIn(page.context(), recipe(6)));
    other.awaitState("Ready");
    page.close(new Page.CloseOptions().setRunBeforeUnload(true));
    other.await("() => localStorage.getItem('told') === '%s'".formatted(leave));
    other.press("Step"); // the other one goes on
    other.awaitShown("Updates", "1");
  }
}

package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fits a small screen and a phone, stands still, works by keys, can be read in light and dark. */
class LayoutTest extends PageTest {

  private static final List<String> VIEWS =
      List.of("Watch", "Digits", "Trace", "Doctor", "Take away");

  @Test
  void watchFitsASmallScreenWithoutScrolling() {
    Visit visit = new Visit(open("data=moons&epochs=500"));
    visit.runToTheEnd();
    Map<String, Object> size =
        visit.evaluated(
            """
            () => {
              const box = e => e.getBoundingClientRect();
              return {
                page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
                panel: (e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight])(
                    document.getElementById("panel-watch")),
                cut: [...document.querySelectorAll("#panel-watch canvas[role=img]")]
                    .filter(e => e.clientWidth > 0)
                    .filter(e => box(e).right > innerWidth || box(e).bottom > innerHeight).length,
                canvases: [...document.querySelectorAll("#panel-watch canvas[role=img]")]
                    .filter(e => e.clientWidth > 100 && e.clientHeight > 80).length,
              };
            }
            """);
    assertThat(size)
        .containsEntry("page", List.of(WIDTH, HEIGHT))
        .containsEntry("panel", List.of(0, 0))
        .containsEntry("cut", 0)
        .containsEntry("canvases", 4); // loss, real data, predictions, the network
  }

  @Test
  void noViewIsWiderThanAPhone() {
    Visit visit =
        new Visit(
            open(
                "data=moons&epochs=200",
                new Browser.NewContextOptions()
                    .setViewportSize(390, 844)
                    .setHasTouch(true)
                    .setIsMobile(true)));
    visit.await("() => window.glia?.frame != null"); // the bar has no room for the run's state
    List<String> views = new ArrayList<>(List.of("Train"));
    views.addAll(VIEWS);
    for (String view : views) {
      visit.tab(view);
      assertThat(visit.named(AriaRole.TAB, view)).hasAttribute("aria-selected", "true");
      visit
          .page()
          .waitForFunction("() => document.getAnimations().every(a => a.playState !== 'running')");
      Object wide =
          visit
              .page()
              .evaluate("() => [document.documentElement.scrollWidth, document.body.scrollWidth]");
      assertThat(wide).as(view).isEqualTo(List.of(390, 390));
    }
    visit.speed("As fast as it can");
    visit.press("Run");
    visit.named(AriaRole.REGION, "Timeline: moments of this run").getByText("Update 200").waitFor();
  }

  @Test
  void nothingMovesWhileItTrains() {
    Visit visit = new Visit(open("data=xor&epochs=100"));
    visit.awaitState("Ready");
    visit.await("() => glia.frame !== null && document.fonts.status === 'loaded'");
    visit
        .page()
        .evaluate(
            """
            () => {
              window.shifts = [];
              new PerformanceObserver(list => {
                for (const entry of list.getEntries()) {
                  shifts.push([entry.value, ...entry.sources.map(s => s.node?.outerHTML?.slice(0, 80))]);
                }
              }).observe({ type: "layout-shift" });
            }
            """);
    visit.press("Step");
    visit.awaitShown("Updates", "1");
    visit.press("Epoch");
    visit.awaitShown("Updates", "10");
    visit.speed("As fast as it can");
    visit.press("Run");
    visit.awaitState("Finished").awaitShown("Updates", "1,000");
    visit.press("Reset");
    visit.awaitState("Ready");
    Object shifts = visit.page().evaluate("() => shifts");
    double sum =
        Visit.<List<Object>>list(shifts).stream()
            .mapToDouble(s -> Visit.number(s.getFirst()))
            .sum();
    assertThat(sum).as("%s", shifts).isLessThan(0.005);
  }

  @Test
  void everyButtonIsReachedByTabWithAFocusThatIsSeen() {
    Visit visit = new Visit(open("data=xor&epochs=100"));
    visit.awaitState("Ready");
    visit.press("Step");
    visit.awaitShown("Updates", "1");
    visit.await("() => glia.frame?.updates === 1");
    for (String view : VIEWS) {
      visit.tab(view);
      assertThat(visit.named(AriaRole.TAB, view)).hasAttribute("aria-selected", "true");
      reached(visit, view);
    }
  }

  /** Tabs once around the page. */
  private static void reached(Visit visit, String view) {
    Page page = visit.page();
    page.evaluate(
        """
        () => {
          // One of a group of tabs, radio buttons or units is in the order; arrow keys reach the others.
          const grouped = '[role="tab"], [role="radio"], .w-unit, [tabindex="-1"]';
          window.wanted = new Set([...document.querySelectorAll(
              "button, input, select, textarea, summary, a[href]")].filter(e =>
                  !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !e.matches(grouped)
                  && !e.closest("details:not([open]) > :not(summary)")));
          document.activeElement?.blur();
        }
        """);
    Set<String> unseen = new LinkedHashSet<>();
    int rounds = 0; // the first begins where the focus was last
    for (int stops = 0; rounds < 2 && stops < 300; stops++) {
      page.keyboard().press("Tab");
      Map<String, Object> at =
          visit.evaluated(
              """
              () => {
                const e = document.activeElement;
                const seen = wanted.delete(e);
                const drawn = (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0)
                    || s.boxShadow !== "none";
                // A hidden file field shows it at its label, a field with buttons at the frame around them.
                const label = e.id && document.querySelector(`label[for="${e.id}"]`);
                const around = e.closest(".stepper");
                return {
                  end: e === document.body,
                  left: wanted.size,
                  seen: [e, label, around].some(x => x && (x === document.body || drawn(getComputedStyle(x)))),
                  what: e.outerHTML.slice(0, 120),
                };
              }
              """);
      if (!Boolean.TRUE.equals(at.get("seen"))) {
        unseen.add((String) at.get("what"));
      }
      if (Boolean.TRUE.equals(at.get("end"))) {
        rounds++;
      }
      if (Integer.valueOf(0).equals(at.get("left"))) {
        break;
      }
    }
    Object left = page.evaluate("() => [...wanted].map(e => e.outerHTML.slice(0, 120))");
    assertThat(left).as("not reached in " + view).isEqualTo(List.of());
    assertThat(unseen).as("focus not seen in " + view).isEmpty();
  }

  @Test
  void theKeysOfThePage() {
    Visit visit = new Visit(open("data=xor&epochs=1000"));
    visit.awaitState("Ready").speed("100 updates a second");
    visit.page().evaluate("() => document.activeElement.blur()");
    visit.page().keyboard().press("s");
    visit.awaitShown("Updates", "1");
    visit.page().keyboard().press("e");
    visit.awaitShown("Updates", "10").awaitState("Paused");
    visit.page().keyboard().press(" ");
    visit.awaitState("Running");
    visit.await("() => glia.frame.updates > 12");
    visit.page().keyboard().press(" ");
    visit.awaitState("Paused");
    visit.page().keyboard().press("r");
    visit.awaitState("Ready").awaitShown("Updates", "0");
    visit.page().keyboard().press("?");
    visit.named(AriaRole.DIALOG, "Keyboard").waitFor();
    visit.page().keyboard().press("s"); // means nothing there
    visit.page().keyboard().press("Escape");
    assertThat(visit.named(AriaRole.DIALOG, "Keyboard")).isHidden();
    assertThat(visit.state()).containsEntry("updates", 0);

    // In a field a letter is a letter.
    visit.field("Training", "Learning rate").focus();
    visit.page().keyboard().press("End");
    visit.page().keyboard().type("e");
    assertThat(visit.field("Training", "Learning rate")).hasValue("0.01e");
    assertThat(visit.state()).containsEntry("updates", 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void textCanBeReadInBothThemes(ColorScheme scheme) {
    Visit visit =
        new Visit(
            open(
                "data=xor",
                new Browser.NewContextOptions()
                    .setViewportSize(WIDTH, HEIGHT)
                    .setColorScheme(scheme)));
    visit.awaitState("Ready");
    boolean dark = scheme == ColorScheme.DARK;
    double ground = luminance(visit, "--bg");
    assertThat(ground).isBetween(dark ? 0.0 : 0.8, dark ? 0.1 : 1.0);
    for (String text : List.of("--text", "--muted", "--bad", "--good", "--warn", "--accent")) {
      for (String surface : List.of("--bg", "--surface", "--surface-2")) {
        assertThat(contrast(visit, text, surface))
            .as("%s on %s, %s", text, surface, scheme)
            .isGreaterThanOrEqualTo(4.5);
      }
    }
    assertThat(contrast(visit, "--accent-text", "--accent")).isGreaterThanOrEqualTo(4.5);

    visit.press(dark ? "Use the light theme" : "Use the dark theme");
    assertThat(luminance(visit, "--bg")).isBetween(dark ? 0.8 : 0.0, dark ? 1.0 : 0.1);
  }

  private static double contrast(Visit visit, String one, String other) {
    double a = luminance(visit, one);
    double b = luminance(visit, other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  /** WCAG's relative luminance of a colour of the style sheet. */
  private static double luminance(Visit visit, String name) {
    String color =
        (String)
            visit
                .page()
                .evaluate(
                    "n => getComputedStyle(document.documentElement).getPropertyValue(n).trim()",
                    name);
    assertThat(color).as(name).matches("#[0-9a-fA-F]{6}");
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  @Test
  void everyControlHasAName() {
    Visit visit = new Visit(open("data=xor"));
    visit.awaitState("Ready");
    visit.settings("Training").getByText("More").click();
    List<String> data = List.of("Xor", "Blobs", "Your points", "Your file");
    for (String set : data) {
      visit.data(set);
      nameless(visit, set);
    }
    for (String view : VIEWS) {
      visit.tab(view);
      nameless(visit, view);
    }
  }

  private static void nameless(Visit visit, String where) {
    Object nameless =
        visit
            .page()
            .evaluate(
                """
                () => [...document.querySelectorAll("button, input, select, textarea, [role=slider], [role=application]")]
                  .filter(e => e.checkVisibility() || e.matches(".visually-hidden"))
                  .filter(e => {
                    const by = e.getAttribute("aria-labelledby");
                    const name = e.getAttribute("aria-label")
                        || (by && document.getElementById(by)?.textContent)
                        || [...(e.labels ?? [])].map(l => l.textContent).join("")
                        || (e.tagName === "BUTTON" ? e.textContent : "")
                        || "";
                    return name.trim() === "";
                  }).map(e => e.outerHTML.slice(0, 160))
                """);
    assertThat(nameless).as(where).isEqualTo(List.of());
  }
}

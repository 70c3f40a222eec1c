package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.glia.metric.Scores;
import dev.glia.model.Trained;
import dev.glia.studio.Homes;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user's file with words and missing values, in three parts; and runs that keep no rows back. */
class TableJourneyTest extends PageTest {

  private static final List<String> TABS =
      List.of("Watch", "Digits", "Trace", "Doctor", "Take away");

  @BeforeAll
  static void waitLong() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  private Visit homes() {
    Visit visit = new Visit(open(""));
    visit.awaitState("Ready").data("Your file");
    visit.page().getByText("Paste the text").click();
    visit.named(AriaRole.TEXTBOX, "Text of the table").fill(Homes.CSV);
    visit.press("Use this text");
    visit.page().getByText("pasted.csv: 20 rows, 4 features").waitFor();
    return visit;
  }

  @Test
  void aNumberIsLearntFromWordsValidatedMeanwhileAndTestedAtTheEnd() {
    Visit visit = homes();
    visit.page().getByText("12 to train, 4 to validate, 4 to test").waitFor();
    assertThat(visit.choice("Data", "Predict").locator("option"))
        .hasText(new String[] {"city", "rooms", "heat", "price", "sold"});
    visit.choice("Data", "Predict").selectOption("price");
    visit.await("() => glia.state.data.quantity === 'price'");
    assertThat(visit.choice("Network", "Number to predict")).hasValue("standard");
    assertThat(visit.shown("R² on test")).hasCount(0);
    visit.runToTheEnd();

    Trained trained = Engine.train(visit.page().url());
    Scores validation = Objects.requireNonNull(trained.result().validation());
    Scores test = Objects.requireNonNull(trained.result().test());
    visit.awaitShown("Loss", visit.written("loss", trained.result().train().loss()));
    visit.awaitShown("R² validation", visit.written("fixed", validation.r2()));
    visit.awaitShown("R² on test", visit.written("fixed", test.r2()));
    assertThat(visit.score("val_loss")).isEqualTo(validation.loss());

    Locator watch = visit.page().locator("#panel-watch");
    assertThat(watch.locator(".w-loss")).containsText("of price, standardised");
    assertThat(watch.locator(".w-loss footer")).containsText(Pattern.compile("validation \\S"));
    visit.button("input city = Rome").waitFor();
    visit.button("input rooms is missing").waitFor();

    // Of the past the test part says nothing.
    visit.page().evaluate("glia.setMoment(0)");
    assertThat(visit.shown("R² on test")).hasCount(0);
    visit.page().evaluate("glia.setMoment(null)");
    visit.awaitShown("R² on test", visit.written("fixed", test.r2()));

    assertTraced(visit, trained);
    assertTakenAway(visit);
  }

  private static void assertTraced(Visit visit, Trained trained) {
    visit.tab("Trace");
    Page page = visit.page();
    Locator part = visit.named(AriaRole.COMBOBOX, "Part");
    assertThat(part.locator("option")).hasText(new String[] {"Training", "Validation"});
    part.selectOption("Validation");
    page.getByText("Example 1 of the validation data makes ").waitFor();
    Table watched = Engine.settings(page.url()).split().watched();
    double price = ((Numbers) watched.column("price")).get(0);
    assertThat(page.locator(".picker-label")).hasText("price: %.0f".formatted(price));
    assertThat(page.locator(".picker-values dt"))
        .hasText(new String[] {"city", "rooms", "heat", "sold"});
    page.getByText("The network learns price standardised: y = (").waitFor();
    assertThat(visit.named(AriaRole.REGION, "Inputs")).containsText("city = Oslo");
    page.locator(".trace-main")
        .getByText("Loss", new Locator.GetByTextOptions().setExact(true))
        .click();
    Locator outputs = visit.named(AriaRole.REGION, "Outputs");
    double said = trained.model().predict(watched).getFirst().value();
    assertThat(outputs).containsText("%.0f".formatted(price));
    assertThat(outputs).containsText("%.0f".formatted(said));
  }

  private static void assertTakenAway(Visit visit) {
    visit.tab("Take away");
    Locator command = visit.page().getByLabel("The command").locator("code");
    assertThat(command).containsText("glia train ./pasted.csv --recipe simple --target price");
    assertThat(visit.page().getByLabel("Java code").locator("code"))
        .containsText("validation loss");
    assertThat(visit.named(AriaRole.REGION, "Pictures"))
        .containsText("Predicted and real, test data");
  }

  @Test
  void whatIsPredictedIsTakenForANumberIfSoChosen() {
    Visit visit = homes();
    visit.choice("Data", "Predict").selectOption("heat");
    visit.await(
        "() => glia.state.data.task === 'classes' && glia.state.settings.target === 'heat'");
    visit.choice("Data", "Take it for").selectOption("a number");
    visit.await("() => glia.state.data.task === 'number'");
    assertThat(Fragment.read(visit.page().url())).containsEntry("task", "number");
    visit.choice("Data", "Predict").selectOption("sold"); // words are no numbers
    visit.page().getByText(Pattern.compile("expected a number to predict")).first().waitFor();
    visit.choice("Data", "Predict").selectOption("price");
    visit.choice("Network", "Number to predict").selectOption("as they are");
    visit.await("() => glia.state.settings['target-scale'] === 'none'");
    visit.choice("Data", "Take it for").selectOption("what it looks like");
    visit.await("() => !('task' in glia.state.settings)");
    assertThat(Fragment.read(visit.page().url()))
        .doesNotContainKey("task")
        .containsEntry("target-scale", "none");
    forgiveComplaints(); // of the browser's, about an answer with status 400
  }

  @Test
  void aRunThatKeepsNothingBackIsWhole() {
    for (String data : List.of("moons", "sine", "hills", "digits&samples=100")) {
      Visit visit =
          new Visit(
              open(
                  "data=%s&epochs=3&log-every=1&validation-fraction=0&test-fraction=0"
                      .formatted(data)));
      visit.runToTheEnd();
      boolean number = data.equals("sine") || data.equals("hills");
      Map<String, Object> scores = Visit.map(visit.frame("parts=").get("scores"));
      visit.awaitShown(
          number ? "R² on training" : "Training",
          number
              ? visit.written("fixed", Visit.number(scores.get("r2")))
              : visit.written("percent", Visit.number(scores.get("accuracy"))));
      assertThat(visit.field("Training", "Epochs")).hasValue("3");
      for (String tab : TABS) {
        visit.tab(tab);
        if (tab.equals("Trace")) {
          visit.page().getByText("of the training data").first().waitFor();
          assertThat(visit.named(AriaRole.COMBOBOX, "Part")).hasValue("train");
        }
        if (tab.equals("Digits") && data.startsWith("digits")) {
          visit.page().getByText(Pattern.compile("^100 training pictures\\.")).waitFor();
        }
        String text = visit.page().locator("body").innerText();
        assertThat(text.replace("nothing undefined in it", "")) // as the doctor says
            .as("%s of %s", tab, data)
            .doesNotContain(
                "null", "undefined", "NaN", "validation ", "test p", "test d", "Test a", "on test");
      }
    }
  }
}

package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import dev.glia.model.Trained;
import dev.glia.training.Training;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Data, network and optimizer by the controls; run, pause, step, epoch and reset. */
class TrainJourneyTest extends PageTest {

  private static final String MARKUP = "<img src=x onerror=\"window.hacked=1\">";

  /** Layers without units are chosen beside those with, and stand under the column they follow. */
  @Test
  void layersWithoutUnitsAreChosenAndTrained() {
    Visit visit = new Visit(open("data=xor&layers=6:tanh&epochs=20"));
    visit.awaitState("Ready");
    visit.choice("Network", "Add a layer without units").selectOption("dropout");
    address(visit, "data=xor&layers=6:tanh,dropout&epochs=20");
    visit.type(visit.field("Network", "Layer 2: kind: share"), "0.1");
    address(visit, "data=xor&layers=6:tanh,dropout(0.1)&epochs=20");
    visit.choice("Network", "Add a layer without units").selectOption("batch_norm");
    String recipe = "data=xor&layers=6:tanh,dropout(0.1),batch_norm&epochs=20";
    address(visit, recipe);
    visit.press("Step");
    visit.awaitShown("Updates", "1").awaitState("Paused");
    shows(visit, 1, recipe);
    assertThat(visit.page().locator(".w-column span").allTextContents())
        .contains("tanh, dropout(0.1), batch_norm");
    visit.press("Remove layer 2");
    address(visit, "data=xor&layers=6:tanh,batch_norm&epochs=20");
  }

  @Test
  void whatTheControlsSayIsTrainedAndHasTheEnginesNumbers() {
    Visit visit = new Visit(open(""));
    visit.awaitState("Ready").data("Xor");
    address(visit, "data=xor");

    visit.press("Remove layer 2");
    address(visit, "data=xor&layers=16:relu");
    visit.type(visit.field("Network", "Layer 1: units"), "6");
    visit.choice("Network", "Layer 1: activation").selectOption("tanh");
    address(visit, "data=xor&layers=6:tanh");
    visit.press("+ Layer");
    address(visit, "data=xor&layers=6:tanh,3:tanh");
    visit.type(visit.field("Training", "Seed"), "5");
    visit.choice("Training", "Optimizer").selectOption("momentum");
    visit.type(visit.field("Training", "Optimizer: momentum"), "0.8");
    visit.type(visit.field("Training", "Learning rate"), "0.05");
    visit.type(visit.field("Training", "Epochs"), "40");
    String recipe =
        "data=xor&layers=6:tanh,3:tanh&seed=5&optimizer=momentum(0.8)&learning-rate=0.05&epochs=40";
    address(visit, recipe);

    visit.speed("As fast as it can");
    visit.press("Step");
    visit.awaitShown("Updates", "1").awaitState("Paused");
    shows(visit, 1, recipe);
    visit.press("Epoch");
    visit.awaitShown("Updates", "10").awaitShown("Epoch", "1").awaitState("Paused");
    shows(visit, 10, recipe);

    visit.press("Run");
    visit.awaitState("Finished").awaitShown("Updates", "400");
    Trained trained = Engine.train(recipe);
    ends(visit, trained);
    assertThat(visit.state())
        .containsEntry("status", "finished")
        .containsEntry("epoch", 40)
        .containsEntry("updates", 400);

    visit.press("Reset");
    visit.awaitState("Ready").awaitShown("Updates", "0");
    shows(visit, 0, recipe);
    visit.press("Run");
    visit.awaitState("Finished");
    ends(visit, trained);
  }

  /** The address says what was chosen, and nothing that the data have anyway. */
  private void address(Visit visit, String fragment) {
    assertThat(visit.page())
        .hasURL(address(fragment), new PageAssertions.HasURLOptions().setTimeout(60_000));
  }

  /** The page and the server have the loss that the engine has after so many updates. */
  private static void shows(Visit visit, long updates, String recipe) {
    try (Training training = Engine.after(updates, recipe)) {
      double loss = training.evaluateTrain().loss();
      visit.awaitShown("Loss", visit.written("loss", loss));
      assertThat(visit.score("loss")).isEqualTo(loss);
    }
  }

  private static void ends(Visit visit, Trained trained) {
    double loss = trained.result().train().loss();
    double accuracy =
        Objects.requireNonNull(trained.result().validation()).named("").get("accuracy");
    visit.awaitShown("Loss", visit.written("loss", loss));
    double tested = Objects.requireNonNull(trained.result().test()).named("").get("accuracy");
    visit.awaitShown("Test accuracy", visit.written("percent", tested));
    assertThat(visit.score("loss")).isEqualTo(loss);
    assertThat(visit.score("val_accuracy")).isEqualTo(accuracy);
    List<List<Object>> rows =
        Visit.list(visit.get("/api/sessions/" + visit.id() + "/history").get("rows"));
    assertThat(Visit.number(rows.getLast().get(2))).isEqualTo(loss);
  }

  @Test
  void whoIsFasterThanTheServerLosesNothing() {
    Visit visit = new Visit(open("data=xor"));
    visit.awaitState("Ready");
    CompletableFuture<Route> held = new CompletableFuture<>();
    visit
        .page()
        .route("**/reset", held::complete, new Page.RouteOptions().setTimes(1)); // the first
    visit.type(visit.field("Training", "Seed"), "5");
    visit.choice("Training", "Optimizer").selectOption("momentum");
    Locator share = visit.field("Training", "Optimizer: momentum");
    share.fill("0.8"); // not yet left when the answer to the first change comes
    visit.page().waitForCondition(held::isDone);
    held.join().resume();
    visit.await("() => glia.state.given.seed === '5'");
    share.press("Enter");
    address(visit, "data=xor&seed=5&optimizer=momentum(0.8)");
    assertThat(share).hasValue("0.8");
  }

  @Test
  void aPausedRunGoesOnAsIfNothingHadBeen() {
    String recipe = "data=xor&layers=8:relu&epochs=60&seed=2";
    Visit visit = new Visit(open(recipe));
    visit.awaitState("Ready").speed("100 updates a second");
    visit.press("Run");
    visit.await("() => glia.frame.updates >= 15");
    visit.press("Pause");
    visit.awaitState("Paused");
    long updates = ((Number) visit.state().get("updates")).longValue();
    assertThat(updates).isBetween(15L, 599L);
    visit.awaitShown("Updates", Long.toString(updates));
    shows(visit, updates, recipe);

    visit.speed("As fast as it can");
    visit.press("Run");
    visit.awaitState("Finished").awaitShown("Updates", "600");
    ends(visit, Engine.train(recipe));
  }

  @Test
  void aWrongValueIsAnsweredByItsField() {
    Visit visit = new Visit(open("data=xor"));
    visit.awaitState("Ready");
    refused(visit, "Training", "Learning rate", "fast", "data=xor&learning-rate=fast");
    refused(visit, "Training", "Batch size", "-3", "data=xor&batch-size=-3");
    refused(visit, "Network", "Layer 1: units", "3000000", "data=xor&layers=3000000:relu,16:relu");
    refused(visit, "Data", "Rows", "1000000000", "data=xor&samples=1000000000");
    assertThat(visit.page().url()).isEqualTo(address("data=xor"));
    forgiveComplaints(); // the browser's own, of four answers with status 400
  }

  private void refused(Visit visit, String heading, String label, String value, String address) {
    String sentence =
        Objects.requireNonNull(catchThrowable(() -> Engine.settings(address)).getMessage());
    Locator field = visit.field(heading, label);
    String before = field.inputValue();
    visit.type(field, value);
    Locator said = visit.settings(heading).getByText(sentence);
    said.waitFor();
    if (label.contains("units")) { // all layers are one setting: the list of them is wrong
      field =
          visit
              .settings(heading)
              .getByRole(AriaRole.LIST, new Locator.GetByRoleOptions().setName("Hidden layers"));
    }
    assertThat(field).hasAttribute("aria-invalid", "true");
    assertThat(field).hasAccessibleDescription(sentence);
    assertThat(visit.field(heading, label)).hasValue(value);

    visit.type(visit.field(heading, label), before);
    said.waitFor(
        new Locator.WaitForOptions()
            .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
    assertThat(field).not().hasAttribute("aria-invalid", "true");
  }

  @Test
  void aTableWithMarkupForNamesIsPastedAndTrained() {
    Visit visit = new Visit(open(""));
    visit.awaitState("Ready").data("Your file");
    visit.page().getByText("Paste the text").click();
    visit.named(AriaRole.TEXTBOX, "Text of the table").fill(hostileTable());
    visit.press("Use this text");
    visit.awaitText(
        visit.page().getByText("pasted.csv: 80 rows, 2 features"),
        "pasted.csv: 80 rows, 2 features");
    trainsWithoutMarkup(visit, "pasted.csv");
  }

  @Test
  void aTableIsChosenAsAFile() {
    Visit visit = new Visit(open(""));
    visit.awaitState("Ready").data("Your file");
    String name = "<b onmouseover=alert(1)>.csv";
    visit
        .page()
        .getByLabel("Choose a file")
        .setInputFiles(
            new FilePayload(name, "text/csv", hostileTable().getBytes(StandardCharsets.UTF_8)));
    visit.page().getByText(name + ": 80 rows, 2 features").waitFor();
    trainsWithoutMarkup(visit, name);
  }

  /** Two features and a class, whose names are markup. */
  private static String hostileTable() {
    StringBuilder table = new StringBuilder();
    table.append(quoted(MARKUP)).append(",<script>hacked=1</script>,<iframe>\n");
    for (int row = 0; row < 80; row++) {
      double x = Math.sin(row) * 3;
      double y = Math.cos(row * 1.7);
      table.append("%.3f,%.3f,%s%n".formatted(x, y, quoted(x > y ? "<b>yes</b>" : MARKUP)));
    }
    return table.toString();
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static void trainsWithoutMarkup(Visit visit, String file) {
    Map<String, String> given = Fragment.read(visit.page().url());
    assertThat(given).containsEntry("csv", hostileTable()).containsEntry("csv-name", file);
    visit.runToTheEnd();
    Trained trained = Engine.train(visit.page().url());
    ends(visit, trained);

    // The names are read as they were written: in the data, the graph and the network's drawing.
    Map<String, Object> data = Visit.map(visit.state().get("data"));
    assertThat(data)
        .containsEntry("features", List.of(MARKUP, "<script>hacked=1</script>"))
        .containsEntry("classes", List.of("<b>yes</b>", MARKUP));
    assertThat(visit.choice("Data", "Predict").locator("option").allTextContents())
        .containsExactly(MARKUP, "<script>hacked=1</script>", "<iframe>");
    visit.button("input " + MARKUP).waitFor();
    for (String tab : List.of("Histograms", "Weights", "Network")) {
      visit.tab(tab);
    }
    for (String tab : List.of("Digits", "Trace", "Doctor", "Take away", "Watch")) {
      visit.tab(tab);
      visit.expectNoMarkup();
    }
  }

  @Test
  void pointsOfThreeClassesArePaintedAndTrained() {
    Visit visit = new Visit(open(""));
    Page page = visit.page();
    visit.awaitState("Ready").data("Your points");
    Locator canvas =
        page.getByRole(AriaRole.APPLICATION, new Page.GetByRoleOptions().setName("Paint points"));
    BoundingBox box = canvas.boundingBox();
    for (int k = 0; k < 3; k++) {
      visit.named(AriaRole.RADIO, "Class " + (k + 1)).click();
      for (int i = 0; i < 4; i++) { // strokes side by side
        double x = box.x + box.width * (0.12 + 0.3 * k + 0.05 * i);
        page.mouse().move(x, box.y + box.height * 0.2);
        page.mouse().down();
        page.mouse()
            .move(
                x,
                box.y + box.height * 0.8,
                new com.microsoft.playwright.Mouse.MoveOptions().setSteps(6));
        page.mouse().up();
      }
    }
    Locator hint = page.getByText(Pattern.compile("^\\d+ points of 3 classes$"));
    int painted = Integer.parseInt(hint.textContent().split(" ", -1)[0]);
    visit.await("() => glia.state.given.points?.split(';').length === " + painted);
    String points = Objects.requireNonNull(Fragment.read(page.url()).get("points"));
    assertThat(points.split(";"))
        .hasSize(painted)
        .hasSizeGreaterThan(60)
        .allMatch(p -> p.matches("-?[01](\\.\\d{1,3})?,-?[01](\\.\\d{1,3})?,[012]"));

    visit.runToTheEnd();
    Trained trained = Engine.train(page.url());
    ends(visit, trained);
    assertThat(visit.score("accuracy")).isGreaterThan(0.9); // stripes are easy to tell apart
    assertThat(Visit.map(visit.state().get("network"))).containsEntry("sizes", "2-32-32-3");
  }
}

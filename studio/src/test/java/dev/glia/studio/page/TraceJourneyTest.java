package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.glia.inspection.ExampleTrace;
import dev.glia.layer.Slot;
import dev.glia.network.Architecture;
import dev.glia.training.Checkpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trace: every number of one training step on one example, a layer at a time. */
class TraceJourneyTest extends PageTest {

  private static final int MOST = 32; // units and inputs of a layer that are shown

  @BeforeAll
  static void waitLong() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  @Test
  void theArticlesNumbersAreTheEnginesAndThoseOfPlainArithmetic() {
    int updates = 3;
    int row = 11;
    Page page = openTrace("data=moons", updates);
    page.getByLabel("Number of the example").fill(String.valueOf(row + 1));
    page.getByLabel("Number of the example").press("Enter");
    page.getByLabel("More digits").check();
    assertThat(page.getByText("Taken at update 3")).isVisible();

    EngineRun run = EngineRun.of("data=moons", updates);
    ExampleTrace engine = ExampleTrace.of(run.checkpoint(), run.experiment().trainExamples(), row);
    Plain plain = new Plain(run.checkpoint(), engine.inputs(0), engine.targets());
    int depth = engine.architecture().depth();
    assertThat(depth).isEqualTo(3);

    assertInput(page, run, engine, row);
    for (int layer = 0; layer < depth; layer++) {
      press(page, layer + 1 < depth ? "Layer %d ›".formatted(layer + 1) : "Output ›");
      assertForward(page, engine, plain, layer);
    }
    press(page, "Loss ›");
    assertLoss(page, engine, plain);
    for (int layer = depth - 1; layer >= 0; layer--) {
      press(page, "Back: %s ›".formatted(layer + 1 < depth ? "Layer " + (layer + 1) : "Output"));
      assertBack(page, engine, plain, layer);
    }
    press(page, "Update ›");
    for (int layer = 0; layer < depth; layer++) {
      page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Layer").setExact(true))
          .getByRole(AriaRole.BUTTON)
          .nth(layer)
          .click();
      assertUpdate(page, engine, plain, layer, run.settings().recipe().training().learningRate());
    }
    Locator check =
        page.getByText(Pattern.compile("^All gradients of this example against finite"));
    String text = check.textContent();
    double largest =
        MathMl.Figures.parse(
            text.substring(text.indexOf("differ by ") + 10, text.indexOf(" at most")));
    assertThat(largest).isLessThan(1e-3);
  }

  @Test
  void theStepsAreWalkedByKeyboard() {
    Page page = openTrace("data=moons&layers=3:tanh,2:sigmoid", 1);
    Locator next =
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Layer 1 ›"));
    next.focus();
    List<String> stops =
        List.of(
            "Step 2 of 9",
            "Step 3 of 9",
            "Step 4 of 9",
            "Step 5 of 9",
            "Step 6 of 9",
            "Step 7 of 9",
            "Step 8 of 9",
            "Step 9 of 9");
    List<String> names =
        List.of(
            "Layer 1",
            "Layer 2",
            "Output",
            "Loss",
            "Back: Output",
            "Back: Layer 2",
            "Back: Layer 1",
            "Update");
    Locator steps =
        page.getByRole(
            AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Steps of one training step"));
    for (int i = 0; i < stops.size(); i++) {
      page.keyboard().press("Enter");
      assertThat(page.getByText(stops.get(i), new Page.GetByTextOptions().setExact(true)))
          .isVisible();
      assertThat(steps.locator("[aria-current=step]"))
          .hasAttribute("aria-label", stops.get(i) + ": " + names.get(i));
    }
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Next").setExact(true)))
        .isDisabled();
    // The list of units too: down to the next one, Enter shows its numbers.
    steps.getByRole(AriaRole.BUTTON).nth(1).focus();
    page.keyboard().press("Enter");
    Locator units = page.locator(".units").getByRole(AriaRole.BUTTON);
    units.first().focus();
    page.keyboard().press("ArrowDown");
    assertThat(units.nth(1)).isFocused();
    String second = units.nth(1).locator(".units-name").textContent();
    page.keyboard().press("Enter");
    assertThat(
            page.locator(".units")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setPressed(true)))
        .containsText(second);
    double z = result(page, "The weighted sum");
    ExampleTrace engine = trace("data=moons&layers=3:tanh,2:sigmoid", 1, 0);
    int unit = Integer.parseInt(second.replace("Unit ", "")) - 1;
    assertThat(z).isCloseTo(engine.sums(0)[unit], shown(engine.sums(0)[unit], 4));
  }

  @Test
  void ofAWideLayerTheUnitsThatMatterMostComeFirst() {
    String run = "data=digits&samples=300&layers=80:relu&batch-size=32";
    Page page = openTrace(run, 2);
    ExampleTrace engine = trace(run, 2, 0);
    assertThat(page.getByText("Here are the 32 that matter most for its answer.")).isVisible();
    assertThat(table(page, "Inputs").locator("tbody tr")).hasCount(MOST);

    press(page, "Layer 1 ›");
    double[] a = engine.activations(0);
    double[] da = engine.activationGradients(0);
    int[] ranked =
        IntStream.range(0, 80)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(a[i] * da[i])))
            .mapToInt(i -> i)
            .limit(MOST)
            .toArray();
    assertUnits(page, ranked, a);
    assertThat(page.getByText("48 more matter less.")).isVisible();
    // Its sum: the largest products in full, the others as one number.
    double z = result(page, "The weighted sum");
    assertThat(z).isCloseTo(engine.sums(0)[ranked[0]], shown(z, 4));
    List<List<String>> products = rows(table(page, "Products, the largest first"));
    assertThat(products).hasSize(MOST);
    double before = Double.POSITIVE_INFINITY;
    double[] x = engine.inputs(0);
    for (List<String> product : products) {
      String[] pixel = product.get(0).replace("pixel ", "").split(", ", -1);
      int input = (Integer.parseInt(pixel[0]) - 1) * 28 + Integer.parseInt(pixel[1]) - 1;
      double expected = x[input] * engine.weight(0, input, ranked[0]);
      assertThat(number(product.get(3))).isCloseTo(expected, shown(expected, 4));
      assertThat(Math.abs(expected)).isLessThanOrEqualTo(before);
      before = Math.abs(expected);
    }
  }

  @Test
  void softmaxAndCrossEntropyGiveTheDifference() {
    String run = "data=digits&samples=300&layers=12:relu&batch-size=32";
    Page page = openTrace(run, 2);
    page.getByLabel("More digits").check();
    ExampleTrace engine = trace(run, 2, 0);
    double[] a = engine.activations(1);
    double[] y = engine.targets();
    double[] dz = engine.sumGradients(1);
    int label = IntStream.range(0, 10).filter(i -> y[i] == 1).findFirst().orElseThrow();
    assertThat(page.getByText("Class: " + label)).isVisible();

    for (String step : List.of("Layer 1 ›", "Output ›")) {
      press(page, step);
    }
    double sum = 0;
    for (List<String> output : rows(table(page, "All outputs"))) {
      int i = Integer.parseInt(output.get(0));
      sum += number(output.get(2));
      assertThat(number(output.get(1))).isCloseTo(engine.sums(1)[i], shown(engine.sums(1)[i], 8));
      assertThat(number(output.get(2))).isCloseTo(a[i], shown(a[i], 8));
    }
    assertThat(sum).isCloseTo(1, within(1e-6));

    press(page, "Loss ›");
    double loss = result(page, Pattern.compile("^How wrong the answer is: Cross entropy"));
    assertThat(loss).isCloseTo(-Math.log(a[label]), within(1e-6 * Math.max(1, loss)));
    assertThat(loss).isCloseTo(engine.loss(), shown(loss, 7));

    press(page, "Back: Output ›");
    int[] ranked =
        IntStream.range(0, 10)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(dz[i])))
            .mapToInt(i -> i)
            .toArray();
    for (int i : ranked) {
      page.locator(".units")
          .getByRole(AriaRole.BUTTON)
          .filter(
              new Locator.FilterOptions()
                  .setHas(
                      page.getByText(
                          String.valueOf(i), new Page.GetByTextOptions().setExact(true))))
          .click();
      assertThat(
              page.locator(".units")
                  .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setPressed(true))
                  .locator(".units-name"))
          .hasText(String.valueOf(i));
      double shown = result(page, "Back through loss and activation at once");
      assertThat(shown).isCloseTo(a[i] - y[i], within(2e-7));
      assertThat(shown).isCloseTo(dz[i], shown(dz[i], 8));
    }
    List<?> verdicts =
        (List<?>) page.locator(".verdict").evaluateAll("all => all.map(one => one.textContent)");
    assertThat(verdicts).isNotEmpty().noneMatch(verdict -> verdict.toString().contains("differs"));
  }

  @Test
  void aBatchNormalisationIsAStepOfTheWayToo() {
    String run = "data=moons&layers=scale,5:tanh,batch_norm,dropout(0.2)&batch-size=20";
    Page page = openTrace(run, 3);
    page.getByLabel("More digits").check();
    ExampleTrace engine = trace(run, 3, 0);
    Architecture architecture = engine.architecture();
    assertThat(architecture.depth()).isEqualTo(4);
    assertThat(page.getByText("Step 1 of 11", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    assertThat(page.getByText("Without dropout(0.2): as the network predicts.")).isVisible();

    press(page, "scale ›");
    String feature = page.locator(".units-name").first().textContent();
    int column = featureOf(page, feature);
    double y = result(page, "Scale");
    assertThat(y).isCloseTo(engine.activations(0)[column], shown(y, 8));

    press(page, "Layer 1 ›");
    press(page, "batch_norm ›");
    int unit = pressed(page, 2, engine);
    double normalised = result(page, "Batch normalisation");
    assertThat(normalised).isCloseTo(engine.activations(2)[unit], shown(normalised, 8));
    List<Slot> slots = architecture.slotsOf(2);
    List<List<String>> own = rows(table(page, "The unit's own numbers"));
    assertThat(number(own.getFirst().get(2)))
        .isCloseTo(engine.inputs(2)[unit], shown(engine.inputs(2)[unit], 8));
    assertThat(own).hasSize(1 + slots.size());
    for (int i = 0; i < slots.size(); i++) {
      double value = engine.value(2, slots.get(i), unit);
      assertThat(own.get(i + 1).getFirst()).isEqualTo(slots.get(i).name());
      assertThat(number(own.get(i + 1).get(2))).isCloseTo(value, shown(value, 8));
    }

    for (String step : List.of("Output ›", "Loss ›", "Back: Output ›", "Back: batch_norm ›")) {
      press(page, step);
    }
    double dy = result(page, "Back from output");
    assertThat(dy).isCloseTo(engine.activationGradients(2)[unit], shown(dy, 8));
    double dx = result(page, "Back through batch_norm");
    assertThat(dx).isCloseTo(engine.inputGradients(2)[unit], shown(dx, 8));
    List<List<String>> gradients = rows(table(page, "Gradients beside their finite differences"));
    assertThat(gradients).hasSize(2);
    for (int i = 0; i < 2; i++) {
      ExampleTrace.Parameter parameter = engine.parameter(2, slots.get(i), unit);
      List<String> row = gradients.get(i);
      assertThat(row.getFirst()).isEqualTo(slots.get(i).name());
      assertThat(number(row.get(2)))
          .isCloseTo(parameter.gradient(), shown(parameter.gradient(), 8));
      assertThat(number(row.get(3)))
          .isCloseTo(parameter.difference(), shown(parameter.difference(), 8));
      assertThat(row.get(5)).matches("✓ (equal|agrees|rounding)");
    }

    press(page, "Back: Layer 1 ›");
    int below = pressed(page, 1, engine);
    double da = result(page, "Back from batch_norm");
    assertThat(da).isCloseTo(engine.activationGradients(1)[below], shown(da, 8));
    press(page, "Back: scale ›");
    assertThat(result(page, "Back through scale"))
        .isCloseTo(engine.inputGradients(0)[column], shown(engine.inputGradients(0)[column], 8));

    press(page, "Update ›");
    Locator layers =
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Layer").setExact(true))
            .getByRole(AriaRole.BUTTON);
    assertThat(layers).hasText(new String[] {"scale", "Layer 1", "batch_norm", "Output"});
    layers.nth(2).click();
    List<List<String>> updated = rows(table(page, "Parameters before and after"));
    assertThat(updated).hasSize(2);
    for (int i = 0; i < 2; i++) {
      ExampleTrace.Parameter parameter = engine.parameter(2, slots.get(i), unit);
      List<String> row = updated.get(i);
      assertThat(number(row.get(1))).isCloseTo(parameter.value(), shown(parameter.value(), 8));
      assertThat(number(row.getLast()))
          .isCloseTo(parameter.updated(), shown(parameter.updated(), 8));
    }
    assertThat(page.getByText("The optimizer leaves running_mean and running_var alone"))
        .isVisible();

    // Another unit, by its button: its numbers come.
    page.locator(".units").getByRole(AriaRole.BUTTON).nth(1).click();
    assertThat(page.locator(".units").getByRole(AriaRole.BUTTON).nth(1))
        .hasAttribute("aria-pressed", "true");
  }

  /** Which of the features a name is. */
  private static int featureOf(Page page, String name) {
    return ((List<?>) page.evaluate("() => glia.state.data.inputs")).indexOf(name);
  }

  @Test
  void aRunOfOtherDataIsTracedFromItsFirstRow() {
    // Row 200 of the digits is none of the moons'; what is asked in vain is in the console.
    Page page = openTrace("data=digits&samples=400&layers=8:relu", 1);
    page.getByLabel("Number of the example").fill("200");
    page.getByLabel("Number of the example").press("Enter");
    assertThat(page.getByText("Example 200 of the training data has 784 numbers.")).isVisible();
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Moons")).click();
    assertThat(page.getByText("Example 1 of the training data has 2 numbers.")).isVisible();
    assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setVisible(true)))
        .hasCount(0);
  }

  // What is shown at each step.

  private static void assertInput(Page page, EngineRun run, ExampleTrace engine, int row) {
    List<List<String>> inputs = rows(table(page, "Inputs"));
    double[] x = engine.inputs(0);
    assertThat(inputs).hasSize(x.length);
    for (int i = 0; i < x.length; i++) {
      double raw = run.settings().split().train().features().get(row, i);
      assertThat(number(inputs.get(i).get(1))).isCloseTo(raw, shown(raw, 8));
      assertThat(number(inputs.get(i).get(2))).isCloseTo(x[i], shown(x[i], 8));
    }
  }

  private static void assertForward(Page page, ExampleTrace engine, Plain plain, int layer) {
    int unit = pressed(page, layer, engine);
    double z = result(page, "The weighted sum");
    double a = result(page, Pattern.compile("^The activation: "));
    assertThat(z).isCloseTo(engine.sums(layer)[unit], shown(z, 8));
    assertThat(z).isCloseTo(plain.z[layer][unit], rounding(z));
    assertThat(a).isCloseTo(engine.activations(layer)[unit], shown(a, 8));
    assertThat(a).isCloseTo(plain.a[layer][unit], rounding(a));
    List<?> values =
        (List<?>)
            page.locator(".units-value").evaluateAll("all => all.map(one => one.textContent)");
    assertThat(values).hasSize(engine.architecture().unitsOf(layer));
  }

  private static void assertLoss(Page page, ExampleTrace engine, Plain plain) {
    double loss = result(page, Pattern.compile("^How wrong the answer is: Binary cross entropy"));
    assertThat(loss).isCloseTo(engine.loss(), shown(loss, 7));
    assertThat(loss).isCloseTo(plain.loss, rounding(loss));
    List<String> output = rows(table(page, "Outputs")).getFirst();
    int last = engine.architecture().depth() - 1;
    double da = engine.activationGradients(last)[0];
    assertThat(number(output.get(1))).isEqualTo(engine.targets()[0]);
    assertThat(number(output.get(2))).isCloseTo(engine.activations(last)[0], within(1e-7));
    assertThat(number(output.get(4))).isCloseTo(da, shown(da, 8));
    assertThat(number(output.get(4))).isCloseTo(plain.da[last][0], rounding(da));
  }

  private static void assertBack(Page page, ExampleTrace engine, Plain plain, int layer) {
    int unit = pressed(page, layer, engine);
    boolean output = layer == engine.architecture().depth() - 1;
    double dz =
        result(
            page,
            output
                ? Pattern.compile("^Back through loss and activation at once")
                : Pattern.compile("^Back through the activation"));
    assertThat(dz).isCloseTo(engine.sumGradients(layer)[unit], shown(dz, 8));
    assertThat(dz).isCloseTo(plain.dz[layer][unit], rounding(dz));
    if (!output) {
      double da = result(page, Pattern.compile("^Back from "));
      assertThat(da).isCloseTo(engine.activationGradients(layer)[unit], shown(da, 8));
      assertThat(da).isCloseTo(plain.da[layer][unit], rounding(da));
    }
    List<List<String>> rows = rows(table(page, "Gradients beside their finite differences"));
    int inputs = engine.architecture().inputsOf(layer);
    assertThat(rows).hasSize(inputs + 1);
    for (List<String> row : rows) {
      int input = inputOf(page, row.get(0), layer);
      double gradient = number(row.get(2));
      double difference = number(row.get(3));
      double expected =
          input < 0 ? engine.biasGradient(layer, unit) : engine.gradient(layer, input, unit);
      double byHand = plain.dz[layer][unit] * (input < 0 ? 1 : plain.x(layer, input));
      assertThat(gradient).isCloseTo(expected, shown(expected, 8));
      assertThat(gradient).isCloseTo(byHand, rounding(byHand));
      assertThat(difference)
          .isCloseTo(
              input < 0
                  ? engine.biasDifference(layer, unit)
                  : engine.difference(layer, input, unit),
              shown(difference, 8));
      assertThat(difference).isCloseTo(byHand, within(1e-6 + 1e-4 * Math.abs(byHand)));
      double relative = number(row.get(4));
      double sizes = Math.abs(gradient) + Math.abs(difference);
      assertThat(relative)
          .isCloseTo(
              sizes == 0 ? 0 : Math.abs(gradient - difference) / sizes,
              within(0.06 * relative + 2e-7));
      assertThat(row.get(5)).matches("✓ (equal|agrees|rounding)");
    }
  }

  private static void assertUpdate(
      Page page, ExampleTrace engine, Plain plain, int layer, double learningRate) {
    int unit = pressed(page, layer, engine);
    List<List<String>> rows = rows(table(page, "Parameters before and after"));
    assertThat(rows).hasSize(engine.architecture().inputsOf(layer) + 1);
    for (List<String> row : rows) {
      int input = inputOf(page, row.get(0), layer);
      double before = input < 0 ? engine.bias(layer, unit) : engine.weight(layer, input, unit);
      double gradient = plain.dz[layer][unit] * (input < 0 ? 1 : plain.x(layer, input));
      double after =
          input < 0 ? engine.updatedBias(layer, unit) : engine.updated(layer, input, unit);
      assertThat(number(row.get(1))).isCloseTo(before, shown(before, 8));
      assertThat(number(row.get(2))).isCloseTo(gradient, rounding(gradient));
      assertThat(number(row.get(4))).isCloseTo(after, shown(after, 8));
      assertThat(number(row.get(4))).isCloseTo(before - learningRate * gradient, rounding(before));
    }
  }

  /** The unit whose numbers are shown: the first, as it matters most. */
  private static int pressed(Page page, int layer, ExampleTrace engine) {
    Locator pressed =
        page.locator(".units")
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setPressed(true));
    String name = pressed.locator(".units-name").textContent();
    int unit = Integer.parseInt(name.replace("Unit ", "")) - 1;
    double[] a = engine.activations(layer);
    double[] da = engine.activationGradients(layer);
    int most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.abs(a[i] * da[i]) > Math.abs(a[most] * da[most]) ? i : most;
    }
    assertThat(unit).isEqualTo(most);
    return unit;
  }

  /** Which input a row of numbers is of; -1 for the bias. */
  private static int inputOf(Page page, String name, int layer) {
    if (name.equals("bias b")) {
      return -1;
    }
    String input = name.replace("w of ", "");
    if (layer > 0) {
      return Integer.parseInt(input.replace("unit ", "")) - 1;
    }
    List<?> features = (List<?>) page.evaluate("() => glia.state.data.features");
    return features.indexOf(input);
  }

  private static void assertUnits(Page page, int[] ranked, double[] values) {
    List<?> names =
        (List<?>) page.locator(".units-name").evaluateAll("all => all.map(one => one.textContent)");
    List<?> shown =
        (List<?>)
            page.locator(".units-value").evaluateAll("all => all.map(one => one.textContent)");
    List<String> expected = new ArrayList<>();
    for (int unit : ranked) {
      expected.add("Unit " + (unit + 1));
    }
    assertThat(names).hasToString(expected.toString());
    for (int i = 0; i < ranked.length; i++) {
      double value = values[ranked[i]];
      assertThat(number(shown.get(i).toString())).isCloseTo(value, shown(value, 4));
    }
  }

  @Test
  void anOptimizersMemoryIsShownAndStandsInItsFormulas() {
    Page page = openTrace("data=xor&layers=4:tanh&optimizer=adam&learning-rate=0.01", 3);
    page.getByLabel("More digits").check();
    page.getByRole(
            AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Steps of one training step"))
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Update"))
        .click();
    page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Layer").setExact(true))
        .getByRole(AriaRole.BUTTON)
        .first()
        .click();
    EngineRun run = EngineRun.of(page.url(), 3);
    ExampleTrace engine = ExampleTrace.of(run.checkpoint(), run.experiment().trainExamples(), 0);
    int unit = pressed(page, 0, engine);
    List<String> row = rows(table(page, "Parameters before and after")).getFirst();
    int input = inputOf(page, row.getFirst(), 0);
    double g = engine.stepGradient(0, input, unit);
    double m = engine.memory(0, input, unit).get("m");
    double v = engine.memory(0, input, unit).get("v");
    double w = engine.updated(0, input, unit);
    assertThat(number(row.get(2))).isCloseTo(g, shown(g, 8));
    assertThat(number(row.get(3))).isCloseTo(m, shown(m, 8));
    assertThat(number(row.get(4))).isCloseTo(v, shown(v, 8));
    assertThat(number(row.get(5))).isCloseTo(w, shown(w, 8));
    double newM = 0.9 * m + 0.1 * g;
    double newV = 0.999 * v + 0.001 * g * g;
    double[] results = { // of the five assignments; this is the fourth step
      newM, newV, newM / (1 - Math.pow(0.9, 4)), newV / (1 - Math.pow(0.999, 4)), w
    };
    List<String> written = page.locator(".eq-stack .eq-result").allTextContents();
    assertThat(written).hasSize(results.length);
    for (int i = 0; i < results.length; i++) {
      assertThat(number(written.get(i))).isCloseTo(results[i], shown(results[i], 8));
    }
  }

  // Reading the page.

  private Page openTrace(String fragment, int updates) {
    Page page = open(fragment);
    Visit visit = new Visit(page);
    visit.awaitState("Ready");
    for (int i = 1; i <= updates; i++) {
      visit.press("Step");
      visit.awaitShown("Updates", String.valueOf(i));
    }
    visit.tab("Trace");
    assertThat(page.getByText("Taken at update " + updates)).isVisible();
    return page;
  }

  private static ExampleTrace trace(String address, int updates, int row) {
    EngineRun run = EngineRun.of(address, updates);
    return ExampleTrace.of(run.checkpoint(), run.experiment().trainExamples(), row);
  }

  /** The button that goes on to a step, which then is shown. */
  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
    assertThat(
            page.getByRole(
                    AriaRole.NAVIGATION,
                    new Page.GetByRoleOptions().setName("Steps of one training step"))
                .locator("[aria-current=step]"))
        .hasAttribute("aria-label", Pattern.compile(": " + name.replace(" ›", "") + "$"));
  }

  private static Locator table(Page page, String caption) {
    return page.getByRole(
        AriaRole.REGION, new Page.GetByRoleOptions().setName(caption).setExact(true));
  }

  private static List<List<String>> rows(Locator table) {
    table.waitFor();
    return Visit.list(
        table
            .locator("tbody tr")
            .evaluateAll(
                "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"));
  }

  private static double result(Page page, String heading) {
    return result(page, Pattern.compile("^" + heading));
  }

  /** What comes out of the equations under a heading. */
  private static double result(Page page, Pattern heading) {
    return number(
        page.locator("section.trace-block")
            .filter(
                new Locator.FilterOptions()
                    .setHas(
                        page.getByRole(
                            AriaRole.HEADING,
                            new Page.GetByRoleOptions().setName(heading).setLevel(4))))
            .locator(".eq-result")
            .last()
            .textContent());
  }

  private static double number(String text) {
    return MathMl.Figures.parse(text);
  }

  /** So close as a number is that is written with some digits; powers of ten have six at most. */
  private static Offset<Double> shown(double value, int digits) {
    int written = Math.abs(value) < 1e-4 ? Math.min(digits, 6) : digits;
    return within(Math.max(1e-30, Math.abs(value) * 0.51 * Math.pow(10, 1 - written)));
  }

  /** As close as single precision comes in a few sums. */
  private static Offset<Double> rounding(double value) {
    return within(1e-6 + 1e-5 * Math.abs(value));
  }

  /** The article's network by plain arithmetic in doubles: forward, the loss, and back. */
  private static final class Plain {

    private static final double SLOPE = 0.05; // of a leaky relu below 0

    final double[] x;
    final double[][] z; // [layers][units], as the following
    final double[][] a;
    final double[][] da;
    final double[][] dz;
    final double loss;

    Plain(Checkpoint checkpoint, double[] x, double[] y) {
      Architecture shape = checkpoint.architecture();
      float[] parameters = checkpoint.parameters();
      int depth = shape.depth();
      this.x = x;
      z = new double[depth][];
      a = new double[depth][];
      da = new double[depth][];
      dz = new double[depth][];
      for (int layer = 0; layer < depth; layer++) {
        z[layer] = new double[shape.unitsOf(layer)];
        a[layer] = new double[shape.unitsOf(layer)];
        for (int unit = 0; unit < z[layer].length; unit++) {
          double sum = parameters[shape.biasesAt(layer) + unit];
          for (int in = 0; in < shape.inputsOf(layer); in++) {
            sum += parameters[shape.weightAt(layer, in, unit)] * x(layer, in);
          }
          z[layer][unit] = sum;
          a[layer][unit] =
              layer == depth - 1 ? 1 / (1 + Math.exp(-sum)) : sum > 0 ? sum : SLOPE * sum;
        }
      }
      double p = a[depth - 1][0];
      loss = -(y[0] * Math.log(p) + (1 - y[0]) * Math.log(1 - p));
      da[depth - 1] = new double[] {(p - y[0]) / (p * (1 - p))};
      for (int layer = depth - 1; layer >= 0; layer--) {
        dz[layer] = new double[a[layer].length];
        if (layer < depth - 1) {
          da[layer] = new double[a[layer].length];
        }
        for (int unit = 0; unit < a[layer].length; unit++) {
          for (int above = 0; layer < depth - 1 && above < dz[layer + 1].length; above++) {
            da[layer][unit] +=
                parameters[shape.weightAt(layer + 1, unit, above)] * dz[layer + 1][above];
          }
          double slope = layer == depth - 1 ? p * (1 - p) : z[layer][unit] > 0 ? 1 : SLOPE;
          dz[layer][unit] = da[layer][unit] * slope;
        }
      }
    }

    double x(int layer, int in) {
      return layer == 0 ? x[in] : a[layer - 1][in];
    }
  }
}

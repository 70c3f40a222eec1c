package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Page;
import dev.glia.activation.Activation;
import dev.glia.activation.Elementwise;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import dev.glia.loss.Loss;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.WholeOptimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The formulas that the page shows and draws are the engine's: as JavaScript arithmetic, and as
 * MathML, which is read and reckoned here.
 */
class FormulasTest extends PageTest {

  private static final List<Double> Z =
      List.of(-30.0, -7.5, -3.0, -1.0, -0.25, -1e-3, 0.0, 1e-3, 0.5, 1.0, 2.0, 6.5, 30.0);
  private static final List<Double> SHARES = List.of(0.001, 0.1, 0.5, 0.75, 0.999);
  private static final List<Double> NUMBERS = List.of(-3.0, -0.5, 0.0, 0.25, 1.0, 4.0);

  private Page page;

  @BeforeEach
  void openPage() {
    page = open("data=moons");
    page.setDefaultTimeout(PATIENCE);
  }

  @Test
  void everyNameOfTheEngineHasAFormula() {
    assertThat(ask("f.activationNames()", Map.of()))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrderElementsOf(Activation.names());
    assertThat(ask("f.lossNames()", Map.of()))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrderElementsOf(Loss.names());
    assertThat(ask("f.optimizerNames()", Map.of()))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrderElementsOf(
            Optimizer.names().stream()
                .filter(name -> !(Optimizer.parse(name) instanceof WholeOptimizer))
                .toList()); // which has no formula for a single weight
  }

  @Test
  void activationsAndTheirSlopes() {
    List<String> names =
        List.of(
            "identity",
            "relu",
            "leaky_relu",
            "leaky_relu(0.2)",
            "sigmoid",
            "tanh",
            "elu",
            "elu(0.5)",
            "selu",
            "gelu",
            "silu",
            "softplus");
    for (String name : names) {
      Elementwise engine = (Elementwise) Activation.parse(name);
      Map<?, ?> answer =
          (Map<?, ?>)
              ask(
                  """
                  (() => {
                    const { value, slope, formula, derivative } = f.activationFormula(given.name);
                    return {
                      values: given.z.map(value), slopes: given.z.map(slope),
                      formula: xml(formula), derivative: xml(derivative),
                    };
                  })()
                  """,
                  Map.of("name", name, "z", Z));
      for (int i = 0; i < Z.size(); i++) {
        double z = Z.get(i);
        String at = name + " at " + z;
        // Its distribution function is a curve's: good to 1e-6.
        double close = name.equals("gelu") ? 1e-3 : 1e-12; // of 1e-3 at least
        double value = engine.value(z);
        double slope = engine.derivative(z);
        assertThat(number(answer, "values", i)).as(at).isCloseTo(value, near(value, close));
        assertThat(number(answer, "slopes", i))
            .as("slope of " + at)
            .isCloseTo(slope, near(slope, close));
        // Formulas have their constants with five digits, and a for the unit's own activation.
        MathMl shown = new MathMl().with("z", z).with("a", value);
        assertThat(shown.value((String) answer.get("formula")))
            .as("formula of " + at)
            .isCloseTo(value, near(value, 1e-4));
        assertThat(shown.value((String) answer.get("derivative")))
            .as("formula of the slope of " + at)
            .isCloseTo(slope, near(slope, 1e-4));
      }
    }
  }

  @Test
  void softmaxAndItsSlopes() {
    double[] z = {0.5, -1.25, 2};
    double[] a = new double[3];
    Activation.parse("softmax").forward(z, a);
    Map<?, ?> answer =
        (Map<?, ?>)
            ask(
                """
                (() => {
                  const { value, formula, derivative } = f.activationFormula("softmax");
                  return { value, formula: xml(formula), derivative: xml(derivative) };
                })()
                """,
                Map.of());
    assertThat(answer.get("value")).isNull();
    for (int i = 0; i < 3; i++) {
      MathMl shown = new MathMl().with("z", z).with("i", i);
      assertThat(shown.value((String) answer.get("formula"))).isCloseTo(a[i], within(1e-12));
      for (int j = 0; j < 3; j++) {
        double[] one = new double[3];
        one[i] = 1;
        double[] dz = new double[3];
        Activation.parse("softmax").backward(z, a, one, dz);
        double derivative =
            new MathMl()
                .with("a", a)
                .with("i", i)
                .with("j", j)
                .value((String) answer.get("derivative"));
        assertThat(derivative).isCloseTo(dz[j], within(1e-12));
      }
    }
  }

  @Test
  void lossesAndTheirSlopes() {
    List<String> names =
        List.of(
            "bce",
            "bce(sum)",
            "cross_entropy",
            "mse",
            "mse(sum)",
            "squared_error",
            "mae",
            "mae(sum)",
            "huber",
            "huber(0.5)");
    for (String name : names) {
      Loss engine = Loss.parse(name);
      boolean shares = name.startsWith("bce") || name.startsWith("cross");
      List<Double> as = shares ? SHARES : NUMBERS;
      List<Double> ys = shares ? List.of(0.0, 1.0) : NUMBERS;
      for (double y : ys) {
        Map<?, ?> answer =
            (Map<?, ?>)
                ask(
                    """
                    (() => {
                      const { value, slope, formula, derivative } = f.lossFormula(given.name, 1);
                      return {
                        values: given.a.map((a) => value(a, given.y)), slopes: given.a.map((a) => slope(a, given.y)),
                        formula: xml(formula), derivative: xml(derivative),
                      };
                    })()
                    """,
                    Map.of("name", name, "a", as, "y", y));
        for (int i = 0; i < as.size(); i++) {
          double a = as.get(i);
          String at = "%s of %s for %s".formatted(name, a, y);
          double value = engine.value(new double[] {a}, new double[] {y});
          double slope = engine.derivative(a, y);
          assertThat(number(answer, "values", i)).as(at).isCloseTo(value, near(value, 1e-12));
          assertThat(number(answer, "slopes", i))
              .as("slope of " + at)
              .isCloseTo(slope, near(slope, 1e-9));
          MathMl shown = new MathMl().with("a", a).with("y", y);
          assertThat(shown.value((String) answer.get("formula")))
              .as("formula of " + at)
              .isCloseTo(value, near(value, 1e-9));
          assertThat(shown.value((String) answer.get("derivative")))
              .as("formula of the slope of " + at)
              .isCloseTo(slope, near(slope, 1e-9));
        }
      }
    }
  }

  @Test
  void lossesOfSeveralOutputs() {
    double[] a = {0.2, 0.7, 0.1};
    double[] y = {0, 1, 0};
    for (String name :
        List.of(
            "bce",
            "bce(sum)",
            "cross_entropy",
            "mse",
            "mse(sum)",
            "squared_error",
            "mae",
            "huber")) {
      Loss engine = Loss.parse(name);
      Map<?, ?> answer =
          (Map<?, ?>)
              ask(
                  """
                  (() => {
                    const { formula, derivative, scale } = f.lossFormula(given.name, 3);
                    return { formula: xml(formula), derivative: xml(derivative), scale: scale(3) };
                  })()
                  """,
                  Map.of("name", name));
      double scale = engine.scale(1, 3);
      assertThat(((Number) answer.get("scale")).doubleValue()).as(name).isEqualTo(scale);
      double value = scale * engine.value(a, y);
      MathMl shown = new MathMl().with("a", a).with("y", y);
      assertThat(shown.value((String) answer.get("formula")))
          .as(name)
          .isCloseTo(value, near(value, 1e-9));
      for (int i = 0; i < 3; i++) {
        double slope = scale * engine.derivative(a[i], y[i]);
        assertThat(shown.with("i", i).value((String) answer.get("derivative")))
            .as("slope of %s by output %d", name, i)
            .isCloseTo(slope, near(slope, 1e-9));
      }
    }
  }

  @Test
  void stepsOfOptimizers() {
    Random random = new Random(7);
    List<String> names =
        List.of(
            "sgd",
            "momentum",
            "momentum(0.5)",
            "nesterov",
            "nesterov(0.5)",
            "adam",
            "adam(0.8,0.99,0.001)",
            "adamw",
            "adamw(0.1,0.8,0.99,1e-6)",
            "rmsprop",
            "rmsprop(0.9,0.001)",
            "adagrad",
            "adagrad(0.01)");
    for (String name : names) {
      double eta = 0.05;
      MathMl shown = new MathMl().with("η", eta).with("w", 0.75);
      for (String remembered : List.of("v", "m", "s")) {
        shown.with(remembered, 0);
      }
      float[] w = {0.75f};
      Optimizer engine = Optimizer.parse(name);
      float[] factors = new float[engine.factors()];
      float[][] memory = new float[engine.memory().size()][1];
      for (int t = 1; t <= 5; t++) {
        float g = (float) random.nextGaussian();
        Map<String, Object> before = new HashMap<>(Map.of("t", t - 1.0));
        for (int i = 0; i < memory.length; i++) {
          before.put(engine.memory().get(i), (double) memory[i][0]);
        }
        before.putAll(Map.of("w", (double) w[0], "g", (double) g, "eta", eta));
        engine.prepare(t, eta, 1, factors);
        engine.update(factors, w, new float[] {g}, memory, 0, 1);
        List<?> lines =
            (List<?>)
                ask(
                    """
                    f.optimizerStep(f.optimizerFormula(given.name), given.before, 17)
                      .map((line) => [xml(line.left), xml(line.formula), xml(line.numbers), line.value])
                    """,
                    Map.of("name", name, "before", before));
        shown.with("t", t).with("g", g);
        double value = Double.NaN;
        for (Object line : lines) {
          List<?> parts = (List<?>) line;
          String assigned = MathMl.name((String) parts.get(0));
          shown.with(assigned, shown.value((String) parts.get(1)));
          value = ((Number) parts.get(3)).doubleValue();
          double written = new MathMl().value((String) parts.get(2));
          // Very small numbers are written with six digits.
          assertThat(written).as("%s of %s", assigned, name).isCloseTo(value, near(value, 1e-5));
        }
        shown.with("w", shown.number("w_new"));
        assertThat(shown.number("w")).as("%s, step %d", name, t).isCloseTo(w[0], within(1e-5));
        assertThat(value).as("%s, step %d", name, t).isCloseTo(w[0], within(1e-6));
      }
      assertThat(w[0]).isNotCloseTo(0.75f, within(0.01f));
    }
  }

  @Test
  void everyLayerThatPredictsHasAFormulaThatIsTheEngines() {
    List<String> names =
        Layer.names().stream()
            .filter(name -> !Layer.parseAll(name).getFirst().onlyInTraining())
            .toList();
    assertThat(ask("f.layerNames()", Map.of()))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrderElementsOf(names);
    Map<String, Double> numbers =
        Map.of("weight", 1.75, "bias", -0.25, "running_mean", 0.375, "running_var", 0.0625);
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of("batch_norm(0.2,0.5)", "keras_batch_norm(0.9,0.02)", "scale(3)"));
    for (String name : all) {
      Layer layer = Layer.parseAll(name).getFirst();
      Map<?, ?> answer =
          (Map<?, ?>)
              ask(
                  """
                  (() => {
                    const l = f.layerFormula(given.name);
                    const factors = Object.entries(l.factors).map(([of, factor]) => [
                      of, { formula: xml(factor.formula), value: factor.value(given.x, given.n) }]);
                    return {
                      formula: xml(l.formula), derivative: xml(l.derivative),
                      value: l.value(given.x, given.n), slope: l.slope(given.n),
                      factors: Object.fromEntries(factors),
                    };
                  })()
                  """,
                  Map.of("name", name, "x", 1.5, "n", numbers));
      double y = made(layer, 1.5, numbers);
      double slope = made(layer, 2.5, numbers) - y; // it is linear
      MathMl shown = new MathMl().with("x", 1.5).with("w", 1.75).with("b", -0.25);
      shown.with("μ", 0.375).with("σ", 0.25);
      assertThat((Double) answer.get("value")).isCloseTo(y, near(y, 1e-12));
      assertThat((Double) answer.get("slope")).isCloseTo(slope, near(slope, 1e-12));
      assertThat(shown.value((String) answer.get("formula"))).isCloseTo(y, near(y, 1e-4));
      assertThat(shown.value((String) answer.get("derivative")))
          .isCloseTo(slope, near(slope, 1e-4));
      for (Slot slot : layer.slots(1)) {
        Map<?, ?> factor = (Map<?, ?>) ((Map<?, ?>) answer.get("factors")).get(slot.name());
        assertThat(factor != null).as(slot.name()).isEqualTo(slot.trained());
        if (factor != null) {
          Map<String, Double> more = new HashMap<>(numbers);
          more.merge(slot.name(), 1.0, Double::sum);
          double by = made(layer, 1.5, more) - y; // so here
          assertThat(((Number) factor.get("value")).doubleValue()).isCloseTo(by, near(by, 1e-12));
          assertThat(shown.value((String) factor.get("formula"))).isCloseTo(by, near(by, 1e-4));
        }
      }
    }
  }

  /** What a layer makes of one number that comes in, when it predicts. */
  private static double made(Layer layer, double x, Map<String, Double> numbers) {
    return layer
        .textbook(
            new double[][] {{x}}, slot -> new double[] {numbers.get(slot)}, Layer.Batch.PREDICTED)[
        0][0];
  }

  /** What an expression over js/trace/formulas.js gives. */
  private Object ask(String expression, Map<String, Object> given) {
    return page.evaluate(
        """
        async (given) => {
          const f = await import("/js/trace/formulas.js");
          const { math } = await import("/js/trace/math.js");
          const xml = (part) => new XMLSerializer().serializeToString(math(part));
          return %s;
        }
        """
            .formatted(expression.strip()),
        given);
  }

  private static double number(Map<?, ?> answer, String list, int i) {
    return ((Number) ((List<?>) answer.get(list)).get(i)).doubleValue();
  }

  private static Offset<Double> near(double value, double relative) {
    return within(relative * Math.max(1e-3, Math.abs(value)));
  }
}

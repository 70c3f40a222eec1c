package dev.glia.studio.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.doctor.Doctor;
import dev.glia.doctor.Finding;
import dev.glia.initializer.Initializer;
import dev.glia.internal.json.Json;
import dev.glia.layer.Layer;
import dev.glia.metric.Decision;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.network.Architecture;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.source.BuiltIn;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import dev.glia.training.Examples;
import dev.glia.training.History;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {

  private Recipe recipe;
  private Parts split;
  private Model model;
  private Subject subject;

  private Snapshot trained(String data, int epochs) {
    return trained(data, Map.of(), Recipe.named(data), epochs);
  }

  private Snapshot trained(String data, Map<String, Integer> values, Recipe with, int epochs) {
    recipe = with.withTraining(with.training().withEpochs(epochs));
    BuiltIn builtIn = BuiltIn.named(data).orElseThrow();
    split = recipe.split(builtIn.generator(values, builtIn.shuffle()).generate());
    Experiment experiment = new Experiment(recipe, split);
    model = experiment.train(new Cancellation()).model();
    subject = new Subject(experiment, split);
    return snapshot(model.network());
  }

  private Snapshot snapshot(Network network) {
    return new Snapshot(subject, network, 0, List::of, false);
  }

  private static Map<?, ?> part(Snapshot snapshot, String name) {
    return (Map<?, ?>) Objects.requireNonNull(Part.of(snapshot, List.of(name)).get(name), name);
  }

  private static byte[] bytes(Object text) {
    return Base64.getDecoder().decode((String) text);
  }

  private static float[] floats(Object text) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(text)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  /** What a grid's point stands for: row 0 is the top. */
  private static double[] at(double[] extent, int size, int row, int column) {
    double step = size - 1;
    return new double[] {
      extent[0] + (extent[1] - extent[0]) * column / step,
      extent[3] - (extent[3] - extent[2]) * row / step
    };
  }

  @Test
  void aPartThatTakesTooLongIsGivenUpAndTheOthersAreThere() {
    trained("moons", 1);
    subject = new Subject(new Experiment(recipe, split), split, Duration.ZERO);
    Snapshot snapshot = snapshot(model.network());
    for (int i = 0; i < 2; i++) {
      Map<String, Object> parts = Part.of(snapshot, List.of("field", "units", "pictures", "curve"));
      assertThat(parts).containsOnlyKeys("late");
      assertThat((Map<?, ?>) parts.get("late")).hasSize(2);
      assertThat(((Map<?, ?>) parts.get("late")).get("field").toString())
          .contains("seconds to compute, so it is not drawn: smaller layers take less");
    }
    trained("digits", Map.of("samples", 50), Recipe.named("digits"), 1);
    subject = new Subject(new Experiment(recipe, split), split, Duration.ZERO);
    assertThat(Part.of(snapshot(model.network()), List.of("histograms", "pictures")))
        .containsOnlyKeys("late", "pictures");
  }

  @Test
  void whatWasGivenUpIsNotTriedForAWhile() {
    Patience patience = new Patience(Patience.USUAL);
    assertThat(patience.begin("field") - Patience.clock()).isPositive();
    patience.giveUp("field");
    assertThatThrownBy(() -> patience.begin("field")).isInstanceOf(TakesTooLong.class);
    assertThat(patience.begin("units") - Patience.clock()).isPositive();
  }

  /** A request whose answer nobody waits for says nothing of the part. */
  @Test
  void anInterruptedPartCanBeTriedAgain() {
    Snapshot snapshot = trained("moons", 1);
    Thread.currentThread().interrupt();
    assertThat(Part.of(snapshot, List.of("field"))).containsOnlyKeys("late");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Part.of(snapshot, List.of("field"))).containsOnlyKeys("field");
  }

  @Test
  void aFieldIsWhatTheModelSaysThere() {
    Snapshot snapshot = trained("moons", 500);
    Map<?, ?> field = part(snapshot, "field");
    double[] extent = (double[]) field.get("extent");
    byte[] classes = bytes(field.get("classes"));
    byte[] confidence = bytes(field.get("confidence"));
    assertThat(classes).hasSize(6400);
    int ones = 0;
    for (int row = 0; row < 80; row += 7) {
      for (int column = 0; column < 80; column += 7) {
        float output = model.outputs(at(extent, 80, row, column))[0];
        int point = row * 80 + column;
        assertThat((int) classes[point]).isEqualTo(output > 0.5 ? 1 : 0);
        assertThat((double) (confidence[point] & 0xFF))
            .isCloseTo(255 * Math.max(output, 1 - output), within(0.51));
        ones += classes[point];
      }
    }
    assertThat(ones).isBetween(20, 124);
  }

  @Test
  void theFirstRowOfAFieldIsTheTop() {
    trained("moons", 0);
    // One unit that looks at y alone: class 1 above 0.
    Network upper =
        Network.of(new FullyConnected(new float[][] {{0}, {50}}, new float[] {0}, recipe.output()));
    byte[] classes = bytes(part(snapshot(upper), "field").get("classes"));
    assertThat(classes[0]).isEqualTo((byte) 1);
    assertThat(classes[79]).isEqualTo((byte) 1);
    assertThat(classes[6399]).isEqualTo((byte) 0);
  }

  @Test
  void aFieldOfManyClassesHasTheMostProbable() {
    Snapshot snapshot = trained("blobs", Map.of("centers", 5), Recipe.named("blobs"), 20);
    Map<?, ?> field = part(snapshot, "field");
    double[] extent = (double[]) field.get("extent");
    byte[] classes = bytes(field.get("classes"));
    for (int row = 0; row < 80; row += 13) {
      float[] outputs = model.outputs(at(extent, 80, row, 33));
      int best = Decision.classOf(outputs, 0, 5);
      assertThat((int) classes[row * 80 + 33]).isEqualTo(best);
      assertThat((double) (bytes(field.get("confidence"))[row * 80 + 33] & 0xFF))
          .isCloseTo(255 * outputs[best], within(0.51));
    }
  }

  @Test
  void aFieldOfNumbersHasTheNumbers() {
    Snapshot snapshot = trained("hills", 3);
    Map<?, ?> field = part(snapshot, "field");
    double[] extent = (double[]) field.get("extent");
    float[] values = floats(field.get("values"));
    for (int row = 0; row < 80; row += 11) {
      assertThat(values[row * 80 + 5]).isEqualTo(model.outputs(at(extent, 80, row, 5))[0]);
    }
    double low = (double) field.get("low");
    double high = (double) field.get("high");
    for (float value : values) {
      assertThat((double) value).isBetween(low, high);
    }
    assertThat(field.containsKey("classes")).isFalse();
  }

  @Test
  void aCurveIsWhatTheModelSaysAlongIt() {
    Snapshot snapshot = trained("sine", 5);
    Map<?, ?> curve = part(snapshot, "curve");
    double[] x = (double[]) curve.get("x");
    double[] y = (double[]) curve.get("y");
    assertThat(x).hasSize(200);
    for (int i = 0; i < x.length; i += 9) {
      assertThat((float) y[i]).isEqualTo(model.outputs(x[i])[0]);
    }
    assertThat(Part.of(snapshot, List.of("field", "units", "pictures"))).isEmpty();
  }

  @Test
  void pointsAreTheRawRows() {
    Snapshot snapshot = trained("moons", Map.of("samples", 2000), Recipe.named("moons"), 0);
    Map<?, ?> points = Objects.requireNonNull(snapshot.subject().points());
    Map<?, ?> train = (Map<?, ?>) points.get("train");
    double[] x = (double[]) train.get("x");
    assertThat(x).hasSize(1000); // of 1,500
    assertThat(x[3]).isEqualTo(split.train().features().get(3, 0));
    assertThat(((double[]) train.get("y"))[3]).isEqualTo(split.train().features().get(3, 1));
    assertThat(((double[]) train.get("target"))[3])
        .isEqualTo(((Categories) split.train().target()).code(3));
    assertThat((double[]) ((Map<?, ?>) points.get("watched")).get("x")).hasSize(500);
    double[] extent = (double[]) points.get("extent");
    assertThat(DoubleStream.of(x).min().orElseThrow()).isGreaterThan(extent[0]);
    assertThat(DoubleStream.of(x).max().orElseThrow()).isLessThan(extent[1]);
  }

  @Test
  void aCurvesPointsHaveTheirTargetAsY() {
    Snapshot snapshot = trained("sine", 0);
    Map<?, ?> points = Objects.requireNonNull(snapshot.subject().points());
    Map<?, ?> test = (Map<?, ?>) points.get("watched");
    assertThat((double[]) test.get("y")).isEqualTo((double[]) test.get("target"));
  }

  @Test
  void predictionsAreThoseOfTheRowsThatAreDrawn() {
    Snapshot snapshot = trained("xor", 3);
    byte[] test = bytes(part(snapshot, "predictions").get("watched"));
    int[] expected = Decision.classesOf(model.outputs(split.test().features()), 1);
    assertThat(IntStream.range(0, test.length).map(i -> test[i]))
        .containsExactly(IntStream.of(expected).boxed().toArray(Integer[]::new));
    Snapshot sine = trained("sine", 3);
    assertThat(floats(part(sine, "predictions").get("train")))
        .isEqualTo(model.outputs(split.train().features()));
  }

  @Test
  void unitsAreTheirActivationsOverThePlane() {
    Recipe narrow = Recipe.named("xor").withHidden(Layer.parseAll("3:tanh,40:relu"));
    Snapshot snapshot = trained("xor", Map.of(), narrow, 3);
    Map<?, ?> units = part(snapshot, "units");
    double[] extent = (double[]) units.get("extent");
    List<?> layers = (List<?>) units.get("layers");
    List<?> shown = (List<?>) units.get("shown");
    assertThat(layers).hasSize(3);
    assertThat((List<?>) layers.get(0)).hasSize(3);
    assertThat((List<?>) layers.get(1)).hasSize(32);
    assertThat((List<?>) shown.get(1)).hasSize(32).doesNotHaveDuplicates();
    // The first layer by itself gives the first layer's activations.
    Network first = Network.of(model.network().layer(0));
    byte[] unit = bytes(((List<?>) layers.get(0)).get(2));
    double[] a = new double[24 * 24];
    for (int point = 0; point < a.length; point++) {
      double[] raw = at(extent, 24, point / 24, point % 24);
      float[] scaled = new float[2];
      model.preprocessing().apply(raw, scaled);
      a[point] = first.predict(scaled)[2];
    }
    double largest = DoubleStream.of(a).map(Math::abs).max().orElseThrow();
    for (int point = 0; point < a.length; point++) {
      assertThat((double) (unit[point] & 0xFF))
          .isCloseTo(128 + 127 * a[point] / largest, within(0.51));
    }
  }

  @Test
  void weightsAreTheNetworksOwn() {
    Snapshot snapshot = trained("moons", 10);
    List<?> layers = (List<?>) part(snapshot, "weights").get("layers");
    Map<?, ?> second = (Map<?, ?>) layers.get(1);
    float[] values = floats(second.get("values"));
    float[][] expected = model.network().layer(1).weights();
    double largest = 0;
    for (int in = 0; in < 16; in++) {
      for (int unit = 0; unit < 16; unit++) {
        assertThat(values[in * 16 + unit]).isEqualTo(expected[in][unit]);
        largest = Math.max(largest, Math.abs(expected[in][unit]));
      }
    }
    assertThat(second.get("largest")).isEqualTo(largest);
    assertThat(floats(second.get("biases"))).isEqualTo(model.network().layer(1).biases());
  }

  @Test
  void wideLayersShowTheSameUnitsInEveryPart() {
    Snapshot snapshot = trained("digits", Map.of("samples", 60), Recipe.named("digits"), 0);
    Map<?, ?> first = (Map<?, ?>) ((List<?>) part(snapshot, "weights").get("layers")).get(0);
    assertThat((List<?>) first.get("inputs")).hasSize(32);
    List<?> inputs = (List<?>) first.get("inputs");
    float[] values = floats(first.get("values"));
    float[][] weights = model.network().layer(0).weights();
    assertThat(values[5 * 32 + 7]).isEqualTo(weights[(Integer) inputs.get(5)][7]);
  }

  @Test
  void picturesAreTheFirstLayersWeights() {
    Snapshot snapshot = trained("digits", Map.of("samples", 60), Recipe.named("digits"), 1);
    Map<?, ?> pictures = part(snapshot, "pictures");
    assertThat(pictures.get("width")).isEqualTo(28);
    assertThat((List<?>) pictures.get("units")).hasSize(32);
    double largest = (double) pictures.get("largest");
    byte[] third = bytes(((List<?>) pictures.get("values")).get(3));
    assertThat(third).hasSize(784);
    float[][] weights = model.network().layer(0).weights();
    for (int pixel = 0; pixel < 784; pixel += 31) {
      assertThat((double) (third[pixel] & 0xFF))
          .isCloseTo(128 + 127 * weights[pixel][3] / largest, within(0.51));
    }
  }

  @Test
  void histogramsCountEveryNumber() {
    Snapshot snapshot = trained("moons", 100);
    List<?> layers = (List<?>) part(snapshot, "histograms").get("layers");
    int[] weights = {32, 256, 16};
    int[] units = {16, 16, 1};
    for (int layer = 0; layer < 3; layer++) {
      Map<?, ?> spread = (Map<?, ?>) layers.get(layer);
      assertThat(count(spread.get("weights"))).isEqualTo(weights[layer]);
      assertThat(count(spread.get("gradients"))).isEqualTo(weights[layer]);
      assertThat(count(spread.get("activations"))).isEqualTo(150 * units[layer]); // all rows
    }
    Map<?, ?> second = (Map<?, ?>) ((Map<?, ?>) layers.get(1)).get("weights");
    double from = (double) second.get("from");
    double to = (double) second.get("to");
    double[] counts = (double[]) second.get("counts");
    double[] expected = new double[40];
    for (float[] row : model.network().layer(1).weights()) {
      for (float weight : row) {
        expected[Math.min(39, (int) ((weight - from) * (40 / (to - from))))]++;
      }
    }
    assertThat(counts).isEqualTo(expected);
  }

  private static double count(Object histogram) {
    return DoubleStream.of((double[]) ((Map<?, ?>) histogram).get("counts")).sum();
  }

  /** One step of plain gradient descent at rate 1 takes the gradient off the weights. */
  @Test
  void gradientsAreTheEnginesOwn() {
    for (String data : List.of("moons", "blobs", "sine", "digits")) {
      Snapshot snapshot = trained(data, Map.of("samples", 400), Recipe.named(data), 2);
      Examples examples = subject.patient().sample();
      assertThat(examples.rows()).isBetween(150, 256);
      TrainingOptions step =
          recipe
              .training()
              .withOptimizer(new Sgd())
              .withLearningRate(1)
              .withBatching(Batching.full())
              .withEpochs(1);
      float[] before = model.network().parameters();
      float[] after =
          new Trainer(step)
              .fit(model.network(), examples, null, new RandomState(0))
              .network()
              .parameters();
      Architecture architecture = model.network().architecture();
      double largest = 0;
      for (int layer = 0; layer < architecture.depth(); layer++) {
        float[] gradients = snapshot.probe().weightGradients(layer);
        int units = architecture.unitsOf(layer);
        for (int i = 0; i < gradients.length; i++) {
          int at = architecture.weightAt(layer, i / units, i % units);
          assertThat((double) gradients[i]).isCloseTo(before[at] - after[at], within(1e-6));
          largest = Math.max(largest, Math.abs(gradients[i]));
        }
      }
      assertThat(largest).isGreaterThan(1e-5);
    }
  }

  @Test
  void findingsAreTheDoctors() {
    Recipe dead =
        Recipe.named("xor")
            .withInitializer(new Initializer.Normal(-2, 0.3))
            .withHidden(Layer.parseAll("16:relu,16:relu"));
    Snapshot snapshot = trained("xor", Map.of(), dead, 20);
    assertThat(Part.of(snapshot, List.of("findings"))).isEmpty(); // nothing was logged
    History history = new History();
    new Experiment(recipe, split).train(new Cancellation(), history);
    Snapshot sick = new Snapshot(subject, model.network(), 20, history::epochs, false);
    List<?> findings = (List<?>) Part.of(sick, List.of("findings")).get("findings");
    assertThat(findings)
        .anySatisfy(f -> {
          Map<?, ?> finding = (Map<?, ?>) f;
          assertThat(finding.get("rule")).isEqualTo("dead-units");
          assertThat(finding.get("severity")).isEqualTo("problem");
          assertThat(finding.get("layer")).isEqualTo(1);
          assertThat((Map<?, ?>) finding.get("change")).isNotEmpty();
          assertThat((String) finding.get("changeLabel")).isNotBlank();
        });
    assertThat(findings)
        .extracting(f -> ((Map<?, ?>) f).get("sentence"))
        .isEqualTo(
            Doctor.examine(Objects.requireNonNull(sick.checkup())).stream()
                .map(Finding::sentence)
                .toList());
  }

  @Test
  void numbersThatAreNotFiniteAreNoReasonToFail() {
    trained("moons", 0);
    Architecture architecture = model.network().architecture();
    float[] parameters = model.network().parameters();
    parameters[0] = Float.NaN;
    parameters[1] = Float.POSITIVE_INFINITY;
    Snapshot broken = snapshot(new Network(architecture, parameters));
    List<String> all = Part.ALL.stream().map(Part::name).toList();
    assertThat(Part.of(broken, all)).containsKeys("field", "units", "weights", "histograms");
    assertThat(Json.write(Part.of(broken, all))).contains("field");
  }

  @Test
  void aPartIsComputedOnce() {
    Snapshot snapshot = trained("moons", 0);
    assertThat(part(snapshot, "field")).isSameAs(part(snapshot, "field"));
    assertThat(Part.of(snapshot, List.of("nothing"))).isEmpty();
  }
}

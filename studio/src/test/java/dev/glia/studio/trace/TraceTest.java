package dev.glia.studio.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.layer.BatchNorm;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.model.Model;
import dev.glia.network.Architecture;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.preprocessing.Scaler;
import dev.glia.studio.Homes;
import dev.glia.studio.Routed;
import dev.glia.studio.Trained;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Session;
import dev.glia.table.Categories;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers follow from one another by the formulas that a learner checks. */
class TraceTest {

  private final Trained trained = new Trained();
  private final Routed routes = new Routed();

  @BeforeEach
  void register() {
    TraceRoutes.routes(routes, trained.sessions());
  }

  @AfterEach
  void close() {
    trained.close();
  }

  /** A part of the answer. */
  private record Node(Map<?, ?> map) {
    double number(String name) {
      return ((Number) map.get(name)).doubleValue();
    }

    Node node(String name) {
      return new Node((Map<?, ?>) map.get(name));
    }

    List<Node> nodes(String name) {
      return ((List<?>) map.get(name)).stream().map(item -> new Node((Map<?, ?>) item)).toList();
    }

    double[] numbers(String name) {
      return ((List<?>) map.get(name))
          .stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    }
  }

  private Node trace(Session session, Object... names) throws IOException {
    Map<String, Object> all = new HashMap<>(Map.of("id", session.id()));
    for (int i = 0; i < names.length; i += 2) {
      all.put((String) names[i], names[i + 1]);
    }
    return new Node(routes.json("GET /api/sessions/{id}/trace", all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=moons&epochs=40&layers=5:tanh,4:leaky_relu(0.1)&optimizer=sgd&learning-rate=0.1",
        "data=blobs&epochs=2&layers=40:sigmoid,3:gelu&optimizer=sgd",
        "data=sine&epochs=2&layers=6:elu&optimizer=sgd&loss=huber(0.5)",
        "data=digits&samples=60&epochs=1&layers=9:relu&optimizer=sgd&learning-rate=0.002",
        "data=digits&samples=60&epochs=1&layers=9:tanh&output=sigmoid&loss=squared_error&optimizer=sgd"
      })
  void everyNumberFollowsFromThoseBefore(String address) throws IOException, InterruptedException {
    Session session = trained.finished(address);
    Node trace = trace(session, "part", "watched", "row", 3);
    assertThat(trace.number("rows")).isEqualTo(session.split().test().rows());
    assertThat(trace.map.get("updates")).isEqualTo(session.checkpoint(null).updates());
    assertThat(trace.node("gradcheck").number("largestRelative")).isLessThan(2e-3);
    double rate = trace.node("optimizer").number("learningRate");
    List<Node> layers = trace.nodes("layers");
    for (Node layer : layers) {
      Node unit = layer.node("unit");
      double z = unit.number("rest") + unit.node("bias").number("b");
      for (Node term : unit.nodes("terms")) {
        assertThat(term.number("product"))
            .isEqualTo(term.number("x") * term.number("w"), within(1e-12));
        z += term.number("product");
      }
      assertThat(z).isEqualTo(unit.number("z"), within(1e-4));
      if (Boolean.TRUE.equals(layer.map.get("elementwise"))) {
        assertThat(unit.number("da") * unit.number("dadz"))
            .isEqualTo(unit.number("dz"), within(1e-5));
      }
      double largest = Double.POSITIVE_INFINITY;
      for (Node term : unit.nodes("terms")) {
        assertThat(Math.abs(term.number("product"))).isLessThanOrEqualTo(largest);
        largest = Math.abs(term.number("product"));
      }
      for (Node weight : unit.nodes("weights")) {
        assertThat(weight.number("gradient"))
            .isEqualTo(weight.number("x") * unit.number("dz"), floats(weight))
            .isEqualTo(
                weight.number("difference"),
                within(1e-4 + 1e-5 * Math.abs(weight.number("gradient"))));
        assertThat(weight.number("new"))
            .isEqualTo(weight.number("w") - rate * weight.number("step"), floats(weight));
      }
      assertThat(unit.node("bias").number("gradient")).isEqualTo(unit.number("dz"), within(1e-6));
      if (unit.map.containsKey("back")) {
        double da = unit.number("backRest");
        for (Node back : unit.nodes("back")) {
          da += back.number("w") * back.number("dz");
        }
        assertThat(da).isEqualTo(unit.number("da"), within(1e-5));
      }
    }
    Node loss = trace.node("loss");
    assertThat(loss.nodes("parts").stream().mapToDouble(part -> part.number("value")).sum())
        .isEqualTo(loss.number("value"), within(1e-9));
  }

  /** A dropout does nothing when the network predicts, so the trace is that of the other layers. */
  @Test
  void aDropoutIsLeftOutAndSaid() throws IOException, InterruptedException {
    Session session = trained.finished("data=xor&epochs=2&layers=dropout(0.1),5:tanh,dropout(0.3)");
    Node trace = trace(session, "part", "watched", "row", 3, "layer", 1, "unit", 0);
    assertThat(trace.map.get("leftOut")).isEqualTo(List.of("dropout(0.1)", "dropout(0.3)"));
    assertThat(trace.nodes("layers")).hasSize(2);
    Table test = session.split().test();
    double[] row = {test.features().get(3, 0), test.features().get(3, 1)};
    assertThat(trace.nodes("layers").getLast().node("unit").number("a"))
        .isEqualTo(session.model(null).outputs(row)[0], within(1e-6));
  }

  /** Sums of a few floats near 1. */
  private static final Offset<Double> SINGLE = within(1e-5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layers=scale,8:tanh,batch_norm,6:relu,scale",
        "layers=batch_norm,scale(2),7:tanh,keras_batch_norm,dropout(0.1),batch_norm(0.3,0.02)"
      })
  void ofALayerThatIsNotDenseEveryNumberFollowsFromThoseBefore(String layers)
      throws IOException, InterruptedException {
    Session session =
        trained.finished(
            "data=moons&epochs=5&batch-size=20&optimizer=sgd&learning-rate=0.05&" + layers);
    Node first = trace(session, "row", 3);
    double rate = first.node("optimizer").number("learningRate");
    Architecture traced = session.checkpoint(null).architecture().predicting();
    List<Node> shown = first.nodes("layers");
    assertThat(shown).hasSize(traced.depth());
    assertThat(first.node("gradcheck").number("largestRelative")).isLessThan(2e-3);
    assertThat(first.node("gradcheck").map.get("all")).isEqualTo(true);
    assertThat(first.node("gradcheck").number("units"))
        .isEqualTo(IntStream.range(0, traced.depth()).map(traced::unitsOf).sum());
    for (int layer = 0; layer < traced.depth(); layer++) {
      if (traced.layers().get(layer) instanceof Dense) {
        assertThat((Object) shown.get(layer).map.get("kind")).isEqualTo("dense");
        continue;
      }
      for (int unit = 0; unit < traced.unitsOf(layer); unit++) {
        Node trace = trace(session, "row", 3, "layer", layer, "unit", unit);
        assertLayer(trace, traced.layers().get(layer), layer, unit, rate);
      }
    }
    float[] outputs = session.model(null).outputs(first.node("input").numbers("raw"));
    assertThat((float) shown.getLast().node("unit").number("a")).isEqualTo(outputs[0]);
  }

  private static void assertLayer(Node trace, Layer layer, int at, int index, double rate) {
    Node node = trace.nodes("layers").get(at);
    Node unit = node.node("unit");
    assertThat((Object) node.map.get("kind")).isEqualTo(layer.name());
    assertThat(unit.number("index")).isEqualTo(index);
    Map<String, Node> arrays = new HashMap<>();
    unit.nodes("arrays").forEach(array -> arrays.put((String) array.map.get("name"), array));
    double x = unit.number("x");
    double dy = unit.number("dy");
    double weight = arrays.get("weight").number("value");
    Map<String, Double> gradients;
    if (layer instanceof BatchNorm norm) {
      assertThat(arrays).hasSize(4);
      double mean = arrays.get("running_mean").number("value");
      double variance = arrays.get("running_var").number("value");
      assertThat(mean).as("the batches' share").isNotZero();
      assertThat(variance).isNotEqualTo(1);
      double root = Math.sqrt(variance + norm.epsilon());
      double normal = (x - mean) / root;
      double bias = arrays.get("bias").number("value");
      assertThat(unit.number("y")).isCloseTo(weight * normal + bias, SINGLE);
      assertThat(unit.number("dx")).isCloseTo(dy * weight / root, SINGLE);
      gradients = Map.of("weight", dy * normal, "bias", dy);
    } else {
      assertThat(unit.number("y")).isCloseTo(weight * x, SINGLE);
      assertThat(unit.number("dx")).isCloseTo(dy * weight, SINGLE);
      gradients = Map.of("weight", dy * x);
    }
    arrays.forEach((name, array) -> {
      assertThat(array.map.get("trained")).isEqualTo(gradients.containsKey(name));
      if (!gradients.containsKey(name)) {
        assertThat(array.map.containsKey("gradient")).isFalse();
        return;
      }
      assertThat(array.number("gradient")).isCloseTo(gradients.get(name), SINGLE);
      assertThat(array.number("difference")).isCloseTo(array.number("gradient"), within(1e-4));
      assertThat(array.number("step")).isEqualTo(array.number("gradient"));
      double step = rate * array.number("rate") * array.number("step");
      assertThat(array.number("new")).isCloseTo(array.number("value") - step, SINGLE);
    });
    assertThat(unit.number("dy")).isCloseTo(back(trace, at, unit), SINGLE);
    if (at == 0) {
      double[] scaled = trace.node("input").numbers("scaled");
      assertThat(x).isEqualTo(scaled[index]);
    }
  }

  /** What the layer above passes back to a unit, by the numbers that are told of that. */
  private static double back(Node trace, int at, Node unit) {
    if (unit.map.containsKey("back")) {
      double sum = unit.number("backRest");
      for (Node back : unit.nodes("back")) {
        sum += back.number("w") * back.number("dz");
      }
      return sum;
    }
    Node above = unit.node("above");
    Map<String, Double> values = new HashMap<>();
    for (Node array : above.nodes("arrays")) {
      values.put((String) array.map.get("name"), array.number("value"));
    }
    String kind = (String) trace.nodes("layers").get(at + 1).map.get("kind");
    double slope =
        Layer.parseAll(kind).getFirst() instanceof BatchNorm norm
            ? values.get("weight") / Math.sqrt(values.get("running_var") + norm.epsilon())
            : values.get("weight");
    return above.number("dy") * slope;
  }

  /** A dense layer's da comes from the layer above, whatever that is. */
  @Test
  void belowALayerThatIsNotDenseItsNumbersAreTold() throws IOException, InterruptedException {
    Session session =
        trained.finished("data=moons&epochs=2&batch-size=20&layers=5:tanh,batch_norm,4:relu");
    for (int unit = 0; unit < 5; unit++) {
      Node trace = trace(session, "row", 2, "layer", 0, "unit", unit);
      Node dense = trace.nodes("layers").getFirst().node("unit");
      assertThat(dense.map.containsKey("back")).isFalse();
      assertThat(dense.number("da")).isCloseTo(back(trace, 0, dense), SINGLE);
      assertThat(dense.number("dz")).isCloseTo(dense.number("da") * dense.number("dadz"), SINGLE);
    }
  }

  /** So far may a float be off that is about as large as a gradient or a weight. */
  private static Offset<Double> floats(Node weight) {
    double size = Math.max(Math.abs(weight.number("gradient")), Math.abs(weight.number("w")));
    return within(1e-6 * Math.max(1, size));
  }

  @Test
  void theForwardPassIsTheNetworksAndTheInputAsInTheData()
      throws IOException, InterruptedException {
    Session session = trained.finished("data=blobs&epochs=2&layers=3:tanh");
    Node trace = trace(session, "row", 7);
    assertThat(trace.map.get("part")).isEqualTo("train");
    Categories target = (Categories) session.split().train().target();
    assertThat(trace.map.get("label")).isEqualTo(target.levels().get(target.code(7)));
    double[] raw = trace.node("input").numbers("raw");
    assertThat(raw)
        .containsExactly(
            session.split().train().features().get(7, 0),
            session.split().train().features().get(7, 1));
    float[] outputs = session.model(null).outputs(raw);
    Node last = trace.nodes("layers").getLast();
    double[] a = last.numbers("a");
    double[] shown = last.numbers("shownUnits");
    assertThat(a).hasSize(3);
    for (int i = 0; i < a.length; i++) {
      assertThat((float) a[i]).isEqualTo(outputs[(int) shown[i]]);
    }
    Network network = session.model(null).network();
    FullyConnected first = network.layer(0);
    Node unit = trace.nodes("layers").getFirst().node("unit");
    for (Node term : unit.nodes("terms")) {
      assertThat((float) term.number("w"))
          .isEqualTo(first.weights()[(int) term.number("input")][(int) unit.number("index")]);
    }
  }

  @Test
  void ofAWideLayerWhatMattersMostComesFirst() throws IOException, InterruptedException {
    Session session =
        trained.finished("data=digits&samples=60&epochs=1&layers=50:tanh&learning-rate=0.01");
    Node trace = trace(session, "row", 1);
    Node hidden = trace.nodes("layers").getFirst();
    double[] a = hidden.numbers("a");
    double[] da = hidden.numbers("da");
    assertThat(a).hasSize(32);
    assertThat(hidden.number("units")).isEqualTo(50);
    for (int i = 1; i < a.length; i++) {
      assertThat(Math.abs(a[i] * da[i])).isLessThanOrEqualTo(Math.abs(a[i - 1] * da[i - 1]));
    }
    assertThat(hidden.node("unit").number("index")).isEqualTo(hidden.numbers("shownUnits")[0]);
    assertThat(hidden.node("unit").nodes("terms")).hasSize(32);
    assertThat(trace.node("input").numbers("indices")).hasSize(32).doesNotHaveDuplicates();
    assertThat(hidden.node("unit").nodes("back")).hasSize(10);
  }

  @Test
  void aUnitAndAMomentCanBeChosen() throws IOException, InterruptedException {
    Session session = trained.finished("data=moons&epochs=30&layers=6:relu");
    Node chosen = trace(session, "layer", 0, "unit", 4, "moment", 0);
    assertThat(chosen.number("updates")).isZero();
    assertThat(chosen.nodes("layers").getFirst().node("unit").number("index")).isEqualTo(4);
    FullyConnected first = session.experiment().untrained().network().layer(0);
    assertThat((float) chosen.nodes("layers").getFirst().node("unit").node("bias").number("b"))
        .isEqualTo(first.biases()[4]);
    assertThatThrownBy(() -> trace(session, "layer", 0, "unit", 6))
        .isInstanceOf(Refusal.class)
        .hasMessage("The network 2-6-1 has no unit 6 in layer 0, counted from 0.");
    assertThatThrownBy(() -> trace(session, "row", 150))
        .isInstanceOf(Refusal.class)
        .hasMessage("There are 150 rows, from 0 on: there is no row 150.");
    assertThatThrownBy(() -> trace(session, "part", "x")).isInstanceOf(Refusal.class);
  }

  @Test
  void ofAWordEachInputIsNamedAndOneOfThemIs1() throws IOException, InterruptedException {
    Session session = trained.finished(Homes.given("layers", "4:tanh"));
    Table train = session.split().train();
    Model model = session.model(null);
    List<String> names = model.preprocessing().inputNames();
    assertThat(names)
        .contains("city = Rome", "city = Oslo", "rooms", "heat", "price")
        .hasSize(model.network().architecture().inputs());
    for (int row = 0; row < train.rows(); row++) {
      Node trace = trace(session, "row", row);
      Categories city = (Categories) train.column("city");
      String word = city.code(row) == Categories.MISSING ? null : city.levels().get(city.code(row));
      double rooms = ((Numbers) train.column("rooms")).get(row);
      Node input = trace.node("input");
      assertThat((Object) input.map.get("names")).isEqualTo(names);
      float[] encoded = new float[names.size()];
      model.preprocessing().apply(train).copyRow(row, encoded, 0);
      for (int i = 0; i < encoded.length; i++) {
        assertThat((float) input.numbers("scaled")[i]).isEqualTo(encoded[i]);
        Object raw = ((List<?>) input.map.get("raw")).get(i);
        if (names.get(i).startsWith("city = ")) {
          assertThat(raw).isEqualTo(word);
          assertThat(encoded[i]).isEqualTo(names.get(i).equals("city = " + word) ? 1 : 0);
        } else if (names.get(i).startsWith("rooms")) {
          assertThat(raw == null).isEqualTo(Double.isNaN(rooms));
          assertThat(raw).isIn(null, (long) rooms);
        }
      }
      Map<?, ?> first = (Map<?, ?>) ((List<?>) trace.map.get("columns")).getFirst();
      assertThat((Object) first.get("name")).isEqualTo("city");
      assertThat((Object) first.get("value")).isEqualTo(word);
      assertThat(trace.map.get("label")).isIn("yes", "no");
      assertThat(trace.node("loss").map.get("scaling")).as("classes are not scaled").isNull();
    }
  }

  @Test
  void ofWholeNumbersAsClassesTheLabelIsTheClass() throws IOException, InterruptedException {
    Session session = trained.finished(Homes.given("target", "heat"));
    assertThat(trace(session, "part", "watched", "row", 1).map.get("label")).isIn("0", "1");
  }

  @Test
  void aScaledNumberIsToldInItsOwnUnitToo() throws IOException, InterruptedException {
    Session session = trained.finished(Homes.given("target", "price"));
    Table watched = session.split().watched();
    assertThat(session.recipe().targetScaling()).isEqualTo(Scaler.Kind.STANDARD);
    for (int row = 0; row < watched.rows(); row++) {
      Node trace = trace(session, "part", "watched", "row", row);
      double real = ((Numbers) watched.column("price")).get(row);
      assertThat(trace.number("label")).isEqualTo(real);
      Node loss = trace.node("loss");
      Node scaling = loss.nodes("scaling").getFirst();
      assertThat(scaling.map.get("target")).isEqualTo("price");
      assertThat(scaling.map.get("kind")).isEqualTo("standard");
      Node part = loss.nodes("parts").getFirst();
      assertThat(part.number("real")).isEqualTo(real);
      assertThat((real - scaling.number("shift")) / scaling.number("unit"))
          .isEqualTo(part.number("y"), within(1e-6));
      assertThat(part.number("said"))
          .isEqualTo(session.model(null).predict(watched).get(row).value(), within(1e-6 * real));
    }
    Session plain = trained.finished(Homes.given("target", "price", "target-scale", "none"));
    assertThat(trace(plain, "row", 0).node("loss").map.get("scaling")).isNull();
  }

  @Test
  void whereNoRowsAreLookedAtThereIsNoneToTrace() throws IOException {
    Session session = trained.ready("data=moons&validation-fraction=0&test-fraction=0");
    assertThatThrownBy(() -> trace(session, "part", "watched", "row", 0))
        .isInstanceOf(Refusal.class)
        .hasMessage("This run keeps no rows back: there is no other part than the training's.");
    assertThat(trace(session, "row", 199).number("rows")).isEqualTo(200);
  }
}

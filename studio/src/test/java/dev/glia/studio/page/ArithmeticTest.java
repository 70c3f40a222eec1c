package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page's own arithmetic, asked of its modules. */
class ArithmeticTest extends PageTest {

  private @Nullable Page page;

  /** One page for all of a test: functions without state. */
  private Object ask(String module, String expression, Object argument) {
    Page asked = page;
    if (asked == null || asked.isClosed()) { // after each test all pages are
      asked = open("data=xor");
      new Visit(asked).awaitState("Ready"); // the page has its catalogue, which has rules and order
      page = asked;
    }
    return asked.evaluate(
        "([module, argument]) => import(`/js/${module}.js`).then(async m => (%s))"
            .formatted(expression),
        List.of(module, argument));
  }

  private Object ask(String module, String expression) {
    return ask(module, expression, "");
  }

  private double number(String module, String expression) {
    return Visit.number(ask(module, expression));
  }

  // ---- the address

  @Test
  void anAddressHoldsAllSettingsAsTheyWere() {
    String points =
        IntStream.range(0, 24)
            .mapToObj(i -> thousandths(Math.sin(i)) + "," + thousandths(-Math.cos(i)) + "," + i % 8)
            .collect(Collectors.joining(";"));
    Map<String, Object> settings =
        Map.of(
            "data", "points",
            "points", points,
            "layers", "16:leaky_relu(0.05),8:relu",
            "optimizer", "adam(0.9,0.999,1e-8)",
            "csv-name", "größe & 100%+#=;日本 \uD83D\uDE00.csv",
            "csv", "a,\"b \"\"c\"\"\"\r\n1,2\n");
    Object fragment = Visit.map(ask("address", "m.write(argument)", settings)).get("fragment");
    assertThat(ask("address", "m.read('#' + argument)", fragment)).isEqualTo(settings);
    assertThat(Fragment.read("#" + fragment)).isEqualTo(settings);
    assertThat((String) fragment)
        .startsWith("data=points&points=0,-1,0;0.841,-0.54,1;")
        .contains("layers=16:leaky_relu(0.05),8:relu&optimizer=adam(0.9,0.999,1e-8)")
        .matches("[\\w=&.,;:()%/@~'*!-]+");
  }

  @Test
  void aTableIsPackedAndOneThatIsTooLargeIsLeftOut() {
    Map<String, Object> small =
        Visit.map(ask("address", "m.write({data: 'csv', csv: 'x,y\\n' + '1,2\\n'.repeat(5000)})"));
    assertThat(small).containsEntry("whole", true);
    assertThat((String) small.get("fragment")).contains("csvz=").hasSizeLessThan(300);
    Map<String, Object> large =
        Visit.map(
            ask(
                "address",
                "m.write({data: 'csv', csv: Array.from({length: 20000}, Math.random).join('\\n')})"));
    assertThat(large).containsEntry("whole", false).containsEntry("fragment", "data=csv");
    assertThat(ask("address", "m.read('data=csv&csvz=AAAA').catch(e => e.message)"))
        .isEqualTo("The file in this link is damaged: was the link cut?");
  }

  @Test
  void anAddressLeavesOutWhatTheDataHaveAnyway() {
    Map<String, Object> all =
        Map.of("data", "xor", "seed", "0", "output", "softmax", "loss", "bce", "points", "0,0,0");
    Map<String, Object> defaults =
        Map.of("data", "xor", "seed", "0", "output", "sigmoid", "loss", "bce", "points", "0,0,0");
    // Another output alone would bring another loss with it.
    assertThat(ask("address", "m.withoutDefaults(...argument)", List.of(all, defaults)))
        .isEqualTo(Map.of("data", "xor", "output", "softmax", "loss", "bce", "points", "0,0,0"));
    assertThat(ask("address", "m.withoutDefaults(...argument)", List.of(defaults, defaults)))
        .isEqualTo(Map.of("data", "xor", "points", "0,0,0"));
    assertThat(ask("address", "m.merge({a: '1', b: '2'}, {a: null, c: 3, d: true})"))
        .isEqualTo(Map.of("b", "2", "c", "3", "d", "true"));
  }

  // ---- numbers as people read them

  @Test
  void numbersAreWritten() {
    List<String> cases =
        List.of(
            "number(0.25)|0.25",
            "number(1234)|1234",
            "number(1.23456e-7, 2)|1.2e−7",
            "number(-0.00012345)|−0.0001234",
            "number(12345678)|1.235e7",
            "number(0)|0",
            "number(NaN)|NaN",
            "number(null)|–",
            "number(-Infinity)|−∞",
            "fixed(-1.00005, 2)|−1.00",
            "fixed(undefined)|–",
            "loss(0.69314718)|0.6931",
            "loss(0.00099)|9.90e−4",
            "loss(0)|0.0000",
            "loss(123456)|1.23e5",
            "count(20000)|20,000",
            "count(-1234567)|−1,234,567",
            "short(999)|999",
            "short(12345)|12.3k",
            "short(999499)|999k",
            "short(999500)|1.0M",
            "percent(0.98765)|98.8%",
            "percent(null)|–",
            "bytes(999)|999 B",
            "bytes(3200000)|3.2 MB",
            "plural(1, 'row')|1 row",
            "plural(1200, 'class', 'classes')|1,200 classes");
    for (String one : cases) {
      String[] sides = one.split("\\|", -1);
      assertThat(ask("format", "m." + sides[0])).as(sides[0]).isEqualTo(sides[1]);
    }
  }

  @Test
  void base64GoesThereAndBack() {
    assertThat(
            ask(
                "base64",
                """
                [0, 1, 2, 3, 255, 8192, 20001].every(n => {
                  const a = Uint8Array.from({length: n}, (_, i) => (i * 151 + 7) & 255);
                  const same = b => b.length === n && b.every((v, i) => v === a[i]);
                  return same(m.bytes(m.encode(a))) && same(m.bytesUrl(m.encodeUrl(a)))
                    && /^[\\w-]*$/.test(m.encodeUrl(a));
                })
                """))
        .isEqualTo(true);
    // 1, -2.5 and the least float above 0, little endian.
    assertThat(
            ask(
                "base64",
                "[...m.floats('AACAPwAAIMABAAAA')].map(v => v === 2 ** -149 ? 'least' : v)"))
        .isEqualTo(List.of(1, -2.5, "least"));
  }

  // ---- Watch

  @Test
  void axesHoldWhatIsDrawn() {
    assertThat(ask("watch/numbers", "m.range([[0, 1], [2, null], [-3, NaN]], [0, 1], false)"))
        .isEqualTo(List.of(-3, 2));
    assertThat(ask("watch/numbers", "m.range([[0, 1], [-2, 5]], [0, 1], true)"))
        .isEqualTo(List.of(1, 5));
    assertThat(ask("watch/numbers", "m.lossAxis([Infinity, -Infinity], false)"))
        .isEqualTo(List.of(0, 1));
    double[] loss = numbers(ask("watch/numbers", "m.lossAxis([0.1, 2], false)"));
    assertThat(loss[0]).isZero();
    assertThat(loss[1]).isBetween(2.0, 2.2);
    double[] log = numbers(ask("watch/numbers", "m.lossAxis([1, 1], true)"));
    assertThat(log[0]).isBetween(0.01, 0.99);
    assertThat(log[1]).isGreaterThan(1);
    assertThat(ask("watch/numbers", "m.scoreAxis([-40, 0.2], false)")).isEqualTo(List.of(-1, 1));
    assertThat(numbers(ask("watch/numbers", "m.scoreAxis([0.97, 1], true)"))[0])
        .isCloseTo(0.9, within(1e-9));
    assertThat(ask("watch/numbers", "m.logTicks(0.01, 2, 5)"))
        .isEqualTo(List.of(0.01, 0.03, 0.1, 0.3, 1));
    assertThat(ask("watch/numbers", "m.logTicks(0.08, 1.6, 5)"))
        .isEqualTo(List.of(0.1, 0.2, 0.5, 1));
  }

  @Test
  void aThinnedCurveKeepsItsPeaksAndItsEnds() {
    Object kept =
        ask(
            "watch/numbers",
            """
            (() => {
              const rows = Array.from({length: 5000}, (_, i) => [i, i === 1234 ? 99 : i === 2345 ? -99 : 1]);
              const out = new Int32Array(2000);
              return [...out.subarray(0, m.thin(rows, 0, 1, x => x / 50, out))];
            })()
            """);
    List<Integer> rows = Visit.list(kept);
    assertThat(rows).contains(0, 1234, 2345, 4999).isSorted().doesNotHaveDuplicates();
    assertThat(rows).hasSizeLessThanOrEqualTo(400);
    assertThat(
            ask(
                "watch/numbers",
                "[-5, 14, 16, 1e9].map(x => m.nearest([[0], [10], [20], [100]], 0, x))"))
        .isEqualTo(List.of(0, 1, 2, 3));
    assertThat(number("watch/numbers", "m.nearest([], 0, 1)")).isEqualTo(-1);
  }

  @Test
  void valuesHaveTheirColours() {
    assertThat(ask("watch/numbers", "m.valueScale(-2, 3)"))
        .isEqualTo(Map.of("diverging", true, "low", -3, "high", 3));
    assertThat(ask("watch/numbers", "m.valueScale(-0.1, 3).diverging")).isEqualTo(false);
    assertThat(ask("watch/numbers", "m.valueScale(1, 1)"))
        .isEqualTo(Map.of("diverging", false, "low", 0, "high", 2));
    assertThat(ask("watch/numbers", "[0, 9, -9].map(v => m.shade(v, {low: -1, high: 1}))"))
        .isEqualTo(List.of(128, 255, 0));
    assertThat(
            ask(
                "watch/heatmaps",
                "[[0, 2], [2, 2], [-2, 2], [1, 0], [NaN, 1]].map(a => m.weightShade(...a))"))
        .isEqualTo(List.of(128, 255, 1, 128, 128));
    assertThat(
            ask(
                "watch/paint",
                "[m.pixel([1, 2, 3]), m.along([[0, 0, 0], [100, 0, 0], [100, 100, 0]], 0.75)]"))
        .isEqualTo(List.of((double) 0xff030201L, List.of(100, 50, 0)));
    assertThat(
            ask(
                "colors",
                "[m.parse('#fff'), m.parse('#0072b2'), m.mix([0, 0, 0], [255, 101, 2], 0.5)]"))
        .isEqualTo(List.of(List.of(255, 255, 255), List.of(0, 114, 178), List.of(128, 51, 1)));
    // A guess has the ground's colour and a little of the class; what is sure, more of it.
    assertThat(
            ask(
                "colors",
                "[0.5, 1].map(c => Math.hypot(...m.fieldRgb(0, c, 2).map((v, i) => v - m.rgb('--mid')[i])))"))
        .satisfies(d -> assertThat(numbers(d)[0]).isLessThan(numbers(d)[1] / 3));
  }

  @Test
  void aFieldsPixelsAndBoundaries() {
    assertThat(
            ask(
                "watch/field",
                """
                (() => {
                  const table = new Uint32Array(2048).map((_, i) => i);
                  const out = new Uint32Array(2);
                  m.classPixels(Uint8Array.of(1, 7), Uint8Array.of(255, 0), table, out);
                  const classes = [...out];
                  m.valuePixels(Float32Array.of(0, 1), {low: 0, high: 1}, table, out);
                  return [classes, [...out], m.present(Uint8Array.of(3, 3, 0, 7))];
                })()
                """))
        .isEqualTo(List.of(List.of(511, 1792), List.of(0, 255), List.of(0, 3, 7)));
    // p(class 1) rises evenly along x and is a half at 3.25.
    assertThat(
            number(
                "watch/field",
                """
                (() => {
                  const c = new Uint8Array(64), q = new Uint8Array(64);
                  for (let i = 0; i < 64; i++) {
                    const p = 0.5 + (i % 8 - 3.25) * 0.04;
                    c[i] = p >= 0.5 ? 1 : 0;
                    q[i] = Math.round(255 * Math.max(p, 1 - p));
                  }
                  const out = new Float64Array(64);
                  m.margins(c, q, 1, 2, 8, out, new Float64Array(64));
                  return 3 + out[35] / (out[35] - out[36]);
                })()
                """))
        .isCloseTo(3.25, within(0.05));
    // The stretches of a contour along the frame are not drawn.
    assertThat(
            ask(
                "watch/field",
                """
                (() => {
                  const drawn = [];
                  const to = (x, y) => drawn.push([x, y]);
                  m.traceContour({moveTo: to, lineTo: to},
                    {coordinates: [[[[2, 0.5], [2, 5], [2, 9.5], [0.5, 9.5], [0.5, 0.5], [2, 0.5]]]]},
                    10, 10, {x: 0, y: 0, width: 10, height: 10});
                  return drawn;
                })()
                """))
        .isEqualTo(List.of(List.of(2, 0.5), List.of(2, 5), List.of(2, 9.5)));
  }

  @Test
  void theNetworksDrawing() {
    for (String counts : List.of("2,16,16,1", "2,16,16,16,16,16,16,16,16,1", "16,16,8", "2,1")) {
      assertThat(
              ask(
                  "watch/network",
                  """
                  (() => {
                    const columns = m.layout(936, 248, [%s], 20, 20, 0).columns;
                    const all = columns.flatMap(c => c.nodes.map(p => ({...p, r: c.node / 2})));
                    return all.every((a, i) => a.x >= a.r && a.y >= a.r && a.x + a.r <= 936 && a.y + a.r <= 248
                      && all.every((b, j) => i === j || Math.abs(a.x - b.x) >= a.r + b.r - 0.01
                        || Math.abs(a.y - b.y) >= a.r + b.r - 0.01));
                  })()
                  """
                      .formatted(counts)))
          .as("nodes of %s are apart and inside", counts)
          .isEqualTo(true);
    }
    assertThat(
            ask(
                "watch/network",
                "[[0, 1], [-1, 1], [0.5, 1], [NaN, 1], [1, 0]].map(a => m.bucket(...a))"))
        .isEqualTo(List.of(0, 7, 4, 0, 0));
    assertThat(ask("watch/network", "m.strongest(Float32Array.of(1, 0, -3, 0, 2, 0), 3, 2, 0, 2)"))
        .isEqualTo(List.of(1, 2));
    assertThat(ask("watch/network", "[m.spread(16, 5), m.spread(64, 5), m.spread(784, 31)]"))
        .isEqualTo(List.of(5, 10, 759));
    assertThat(
            ask(
                "watch/network",
                "[0, 50, 100].map(x => m.edgeY({x: 0, y: 0}, {x: 100, y: 50}, x))"))
        .satisfies(
            y -> assertThat(numbers(y)).containsExactly(new double[] {0, 25, 50}, within(1e-3)));
  }

  @Test
  void smallThingsOfTheGraphs() {
    assertThat(ask("watch/curve", "[0.5, 1.5, 9].map(x => m.heightAt([0, 1, 2], [0, 10, 4], x))"))
        .isEqualTo(List.of(5, 7, 4));
    assertThat(ask("watch/plane", "[m.wrongRows([0, 1, 1], [0, 0, 1]), m.cut('abcdef', 4)]"))
        .isEqualTo(List.of(List.of(1), "abc…"));
    assertThat(ask("watch/histograms", "m.binAt({from: -1, to: 1, counts: [3, 4]}, 0.6)"))
        .isEqualTo(Map.of("low", 0, "high", 1, "count", 4));
    assertThat(
            ask(
                "watch/histograms",
                "(o => (m.barHeights([0, 1, 4, 0], o), [...o]))(new Float64Array(4))"))
        .isEqualTo(List.of(0, 0.5, 1, 0));
    assertThat(ask("panels/watch", "m.partsFor('plane', 'network', true, true)"))
        .isEqualTo(List.of("field", "predictions", "units", "weights"));
    assertThat(ask("canvas", "(s => [s(5), s.invert(150)])(m.linear(0, 10, 100, 200))"))
        .isEqualTo(List.of(150, 5));
    assertThat(
            ask(
                "stream-worker",
                "m.watchAddress([{watch: 'b', parts: ['y']}, {watch: 'a', parts: []},"
                    + " {watch: 'b', parts: ['x', 'y']}, {watch: null, parts: ['z']}])"))
        .isEqualTo("/api/events?watch=a:,b:x%2By");
  }

  // ---- Train

  @Test
  void layersAndCallsAreReadAndWritten() {
    List<String> texts =
        new ArrayList<>(List.of("none", "16:relu", "8:leaky_relu(0.05),4:elu(2),1:tanh"));
    for (String text : texts) {
      assertThat(ask("train/call", "m.formatLayers(m.parseLayers(argument))", text))
          .isEqualTo(text);
    }
    assertThat(ask("train/call", "m.parse('adam(0.9, 0.999,1e-8)')"))
        .isEqualTo(Map.of("name", "adam", "values", List.of("0.9", "0.999", "1e-8")));
    assertThat(
            ask(
                "train/call",
                "[['0.9', '0.5'], ['0.8', '0.5'], ['0.9', '0.6']].map(v => m.format('a', v,"
                    + " {name: 'a', parameters: [{name: 'b', value: 0.9}, {name: 'c', value: 0.5}]}))"))
        .isEqualTo(List.of("a", "a(0.8)", "a(0.9,0.6)"));
    assertThat(
            ask(
                "train/call",
                "[[1, 1], [1, -1], [0.25, 1], [0.25, -1], [20000, 1], [0.001, -1]].map(a => m.nextOf125(...a))"))
        .isEqualTo(List.of(2, 0.5, 0.5, 0.2, 50000, 0.0005));
    assertThat(number("train/call", "m.add(0.1, 0.2)")).isEqualTo(0.3);
  }

  @Test
  void paintedPointsAndTheTextOfAFile() {
    assertThat(
            ask(
                "train/paint",
                "m.formatPoints(m.parsePoints('0.5,-0.25,7;1,2;x,1,2;-0.0001,1.23456,0'))"))
        .isEqualTo("0.5,-0.25,7;0,1.235,0");
    String decode = "Object.values(m.decode(new Uint8Array(argument).buffer))";
    assertThat(ask("train/csv", decode, List.of(0x42, 0xE4, 0x72)))
        .isEqualTo(List.of("Bär", "windows-1252"));
    assertThat(ask("train/csv", decode, List.of(0x42, 0xC3, 0xA4, 0x72)))
        .isEqualTo(List.of("Bär", "utf-8"));
    assertThat(ask("train/csv", decode, List.of(0xFF, 0xFE, 0x42, 0, 0xE4, 0)))
        .isEqualTo(List.of("Bä", "utf-16le"));
  }

  private static String thousandths(double value) {
    return BigDecimal.valueOf(Math.round(value * 1000), 3).stripTrailingZeros().toPlainString();
  }

  private static double[] numbers(Object list) {
    return WatchJourneyTest.numbers(Objects.requireNonNull(list));
  }
}

package dev.glia.studio.trace;

import dev.glia.inspection.ExampleTrace;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import dev.glia.model.Model;
import dev.glia.network.Architecture;
import dev.glia.preprocessing.Encoding;
import dev.glia.preprocessing.Scaler;
import dev.glia.studio.view.JsonObject;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import dev.glia.training.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One example at a moment of a training as JSON: what comes in, each layer with every number of one
 * of its units, the loss, the update, and how well the gradients agree with finite differences.
 */
final class Trace {

  private static final int MOST = 32; // inputs and units of a layer

  /** Multiply-adds of the finite differences that one answer may cost: some milliseconds. */
  private static final long MOST_WORK = 3_000_000;

  /** Gradients smaller than this are less than what a finite difference can tell from 0. */
  private static final double LEAST_NORM = 1e-7;

  private final ExampleTrace trace;
  private final Architecture architecture;
  private final Checkpoint checkpoint;
  private final Model model;
  private final Table data;
  private final int row;

  /**
   * A trace.
   *
   * @param model what prepared the examples, and knows what the outputs stand for
   * @param data the part of the data that the examples are made of
   */
  Trace(ExampleTrace trace, Checkpoint checkpoint, Model model, Table data, int row) {
    this.trace = trace;
    this.checkpoint = checkpoint;
    this.model = model;
    this.data = data;
    this.row = row;
    architecture = trace.architecture();
  }

  /** Which unit of which layer shall be shown. */
  record Choice(int layer, int unit) {}

  Map<String, Object> json(String part, @Nullable Choice choice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", part);
    json.put("row", row);
    json.put("rows", data.rows());
    json.put(
        "label",
        switch (model.task()) {
          case Classification c -> c.labels().get(c.classes(data.select(new int[] {row})).code(0));
          case Regression r -> r.numbers(data).getFirst().get(row);
        });
    json.put("updates", checkpoint.updates());
    json.put("columns", columns());
    json.put("input", input());
    List<Map<String, Object>> layers = new ArrayList<>();
    List<Choice> units = new ArrayList<>();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      int[] shown = Ranking.of(architecture.unitsOf(layer), MOST, importance(layer));
      int unit = choice != null && choice.layer == layer ? choice.unit : shown[0];
      units.add(new Choice(layer, unit));
      layers.add(layer(layer, shown, unit));
    }
    json.put("layers", layers);
    json.put("loss", loss());
    json.put("optimizer", optimizer());
    json.put("gradcheck", check(units));
    json.put("leftOut", leftOut());
    return json;
  }

  /** Layers that do nothing when the network predicts: the trace shows it as it does. */
  private List<String> leftOut() {
    return checkpoint.architecture().layers().stream()
        .filter(Layer::onlyInTraining)
        .map(Layer::name)
        .distinct()
        .toList();
  }

  // What comes in.

  private Map<String, Object> input() {
    double[] scaled = trace.inputs(0);
    double[] dx = trace.inputGradients(0);
    int[] shown =
        scaled.length <= MOST
            ? IntStream.range(0, scaled.length).toArray()
            : Ranking.of(scaled.length, MOST, i -> scaled[i] * dx[i]);
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("indices", list(shown));
    List<String> names = model.preprocessing().inputNames();
    List<@Nullable Object> raw = raw();
    List<@Nullable Object> shownRaw = new ArrayList<>();
    IntStream.of(shown).forEach(i -> shownRaw.add(raw.get(i)));
    input.put("names", IntStream.of(shown).mapToObj(names::get).toList());
    input.put("raw", shownRaw);
    input.put("scaled", of(shown, scaled));
    return input;
  }

  /** What stands in the data behind each input: a number, a word, or null where it is missing. */
  private List<@Nullable Object> raw() {
    List<@Nullable Object> raw = new ArrayList<>();
    for (Encoding encoding : model.preprocessing().encodings()) {
      Column column = data.column(encoding.column());
      for (int input = 0; input < encoding.width(); input++) {
        raw.add(column instanceof Pixels pixels ? pixels.numbers().get(row, input) : value(column));
      }
    }
    return raw;
  }

  /** The example's columns as they are in the data; none of pictures. */
  private List<Map<String, @Nullable Object>> columns() {
    List<Map<String, @Nullable Object>> columns = new ArrayList<>();
    for (Column column : data.featureColumns()) {
      if (!(column instanceof Pixels)) {
        columns.add(JsonObject.with("name", column.name()).and("value", value(column)).map());
      }
    }
    return columns;
  }

  /** A number, a word, or null where it is missing. */
  private @Nullable Object value(Column column) {
    return switch (column) {
      case Numbers numbers -> Double.isNaN(numbers.get(row)) ? null : (Object) numbers.get(row);
      case Categories words ->
          words.code(row) == Categories.MISSING ? null : words.levels().get(words.code(row));
      case Dates dates -> dates.missing(row) ? null : dates.text(row);
      case Pixels pixels -> null;
    };
  }

  // Layers.

  /** What a unit changes in the loss to first order; at the output how far it is off. */
  private IntToDoubleFunction importance(int layer) {
    if (layer + 1 == architecture.depth()) {
      double[] dz = trace.sumGradients(layer);
      return unit -> dz[unit];
    }
    double[] a = trace.activations(layer);
    double[] da = trace.activationGradients(layer);
    return unit -> a[unit] * da[unit];
  }

  private Map<String, Object> layer(int layer, int[] shown, int unit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layer", layer);
    json.put("kind", kind(architecture.layers().get(layer)));
    json.put("inputs", architecture.inputsOf(layer));
    json.put("units", architecture.unitsOf(layer));
    json.put("shownUnits", list(shown));
    json.put("a", of(shown, trace.activations(layer)));
    json.put("da", of(shown, trace.activationGradients(layer)));
    if (isDense(layer)) {
      json.put("activation", architecture.activationOf(layer).name());
      json.put("elementwise", trace.elementwise(layer));
      json.put("unit", new UnitNumbers(trace, layer, unit).json());
      json.put("z", of(shown, trace.sums(layer)));
      json.put("dz", of(shown, trace.sumGradients(layer)));
    } else {
      json.put("unit", new SlotNumbers(trace, layer, unit).json());
      if (SlotNumbers.ofEachUnit(architecture, layer)) {
        json.put("x", of(shown, trace.inputs(layer)));
        json.put("dx", of(shown, trace.inputGradients(layer)));
      }
    }
    return json;
  }

  /** What a page calls a layer: dense, or its own name, such as {@code batch_norm}. */
  private static String kind(Layer layer) {
    return layer instanceof Dense ? "dense" : layer.name();
  }

  private boolean isDense(int layer) {
    return architecture.layers().get(layer) instanceof Dense;
  }

  private static double[] of(int[] shown, double[] values) {
    return IntStream.of(shown).mapToDouble(i -> values[i]).toArray();
  }

  private static List<Integer> list(int[] indices) {
    return Arrays.stream(indices).boxed().toList();
  }

  // Loss and update.

  private Map<String, Object> loss() {
    int last = architecture.depth() - 1;
    double[] y = trace.targets();
    double[] a = trace.activations(last);
    double[] values = trace.lossParts();
    double[] derivatives = trace.activationGradients(last);
    Regression scaled = scaled();
    List<Map<String, Object>> parts = new ArrayList<>();
    for (int output = 0; output < y.length; output++) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("output", output);
      part.put("y", y[output]);
      part.put("a", a[output]);
      part.put("value", values[output]);
      part.put("derivative", derivatives[output]);
      if (scaled != null) {
        part.put("real", scaled.numbers(data).get(output).get(row));
        part.put("said", scaled.value((float) a[output], output));
      }
      parts.add(part);
    }
    Map<String, Object> loss = new LinkedHashMap<>();
    loss.put("name", checkpoint.options().loss().name());
    loss.put("value", trace.loss());
    loss.put("fromSums", trace.lossFromSums());
    loss.put("parts", parts);
    if (scaled != null) {
      loss.put("scaling", scaling(scaled));
    }
    return loss;
  }

  /** What is predicted, if that is numbers that are scaled while learning. */
  private @Nullable Regression scaled() {
    return model.task() instanceof Regression regression
            && regression.scaler().kind() != Scaler.Kind.NONE
        ? regression
        : null;
  }

  /**
   * How each number to predict is scaled: y is what is left of it less {@code shift}, by {@code
   * unit}.
   */
  private static List<Map<String, Object>> scaling(Regression scaled) {
    double[] shift = scaled.scaler().shift();
    double[] scale = scaled.scaler().scale();
    List<Map<String, Object>> all = new ArrayList<>();
    for (int target = 0; target < shift.length; target++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("target", scaled.targets().get(target));
      one.put("kind", scaled.scaler().kind().id());
      one.put("shift", shift[target]);
      one.put("unit", 1 / scale[target]);
      all.add(one);
    }
    return all;
  }

  private Map<String, Object> optimizer() {
    Map<String, Object> optimizer = new LinkedHashMap<>();
    optimizer.put("name", checkpoint.options().optimizer().name());
    optimizer.put("learningRate", checkpoint.rate());
    return optimizer;
  }

  /** All units are compared where that is quick, else those that are shown with every number. */
  private Map<String, Object> check(List<Choice> shown) {
    boolean all = work() <= MOST_WORK;
    double largest = 0;
    int compared = 0;
    for (Choice choice : shown) {
      int[] units =
          all
              ? IntStream.range(0, architecture.unitsOf(choice.layer)).toArray()
              : new int[] {choice.unit};
      Agreement agreement = new Agreement();
      if (isDense(choice.layer)) {
        compareUnits(agreement, choice.layer, units);
      } else {
        compareArrays(agreement, choice.layer, all ? null : choice.unit);
      }
      largest = Math.max(largest, agreement.relative());
      compared += units.length;
    }
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("largestRelative", largest);
    check.put("units", compared);
    check.put("all", all);
    return check;
  }

  /** The weights and biases of some units of a dense layer. */
  private void compareUnits(Agreement agreement, int layer, int[] units) {
    for (int unit : units) {
      for (int in = -1; in < architecture.inputsOf(layer); in++) { // -1 is the bias
        goOn();
        agreement.add(
            in < 0 ? trace.biasGradient(layer, unit) : trace.gradient(layer, in, unit),
            in < 0 ? trace.biasDifference(layer, unit) : trace.difference(layer, in, unit));
      }
    }
  }

  /** The arrays that a layer trains: all numbers of all, or those of a unit that are shown. */
  private void compareArrays(Agreement agreement, int layer, @Nullable Integer unit) {
    List<Slot> slots =
        unit == null ? architecture.slotsOf(layer) : SlotNumbers.slots(architecture, layer);
    for (Slot slot : slots) {
      int from = unit == null ? 0 : unit;
      int to = unit == null ? (int) slot.size() : unit + 1;
      for (int i = from; slot.trained() && i < to; i++) {
        goOn();
        ExampleTrace.Parameter parameter = trace.parameter(layer, slot, i);
        agreement.add(parameter.gradient(), parameter.difference());
      }
    }
  }

  /** Between some gradients and their finite differences, as a whole. */
  private static final class Agreement {
    private double off;
    private double gradients;
    private double differences;

    void add(double gradient, double difference) {
      off += (gradient - difference) * (gradient - difference);
      gradients += gradient * gradient;
      differences += difference * difference;
    }

    double relative() {
      double norms = Math.sqrt(gradients) + Math.sqrt(differences);
      return Math.sqrt(off) / Math.max(norms, LEAST_NORM);
    }
  }

  /** A gradient beside its finite difference. */
  static void putCheck(Map<String, Object> json, double gradient, double difference) {
    double sizes = Math.abs(gradient) + Math.abs(difference);
    json.put("gradient", gradient);
    json.put("difference", difference);
    json.put("relative", sizes == 0 ? 0.0 : Math.abs(gradient - difference) / sizes);
  }

  /** Finite differences of a large network take long: nobody may wait for them any more. */
  static void goOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Nobody waits for this trace any more.");
    }
  }

  /** Each parameter needs two losses, each of these the unit's sum and the layers above. */
  private long work() {
    long work = 0;
    long above = 0;
    for (int layer = architecture.depth() - 1; layer >= 0; layer--) {
      long inputs = architecture.inputsOf(layer) + 1L;
      if (isDense(layer)) {
        work += 2 * inputs * architecture.unitsOf(layer) * (inputs + above);
        above += inputs * architecture.unitsOf(layer);
      } else { // the whole layer is computed again
        above += inputs + architecture.slotsOf(layer).stream().mapToLong(Slot::size).sum();
        work += 2 * architecture.parameterCount(layer) * above;
      }
    }
    return work;
  }
}

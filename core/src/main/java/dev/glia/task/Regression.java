package dev.glia.task;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.Softmax;
import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.preprocessing.Scaler;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One or several numbers. While a network learns they are scaled, so that prices and shares are
 * learnt alike; predictions and scores are in their own unit.
 *
 * @param targets the columns' names
 * @param scaler of as many columns, fitted on the rows to learn from
 * @param ranges in which predictions are held, one a column in its own unit; none if they are not
 */
public record Regression(List<String> targets, Scaler scaler, List<Range> ranges) implements Task {

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if there are other numbers of columns or ranges, a column is
   *     there twice, or a name has more than 1,000 characters
   */
  public Regression {
    targets = OutsideText.names("column to predict", targets);
    if (scaler.columns() != targets.size()) {
      throw new IllegalArgumentException(
          "%d numbers to predict need a scaler of as many columns, got %d."
              .formatted(targets.size(), scaler.columns()));
    }
    ranges = List.copyOf(ranges);
    if (!ranges.isEmpty() && ranges.size() != targets.size()) {
      throw new IllegalArgumentException(
          "%d numbers to predict have as many ranges or none, got %d."
              .formatted(targets.size(), ranges.size()));
    }
  }

  /** Numbers that are not held in a range. */
  public Regression(List<String> targets, Scaler scaler) {
    this(targets, scaler, List.of());
  }

  /** One number as it is. */
  public Regression(String target) {
    this(List.of(target), Scaler.none(1));
  }

  static Regression fit(List<Numbers> numbers, Scaler.Kind scaling) {
    double[] shift = new double[numbers.size()];
    double[] scale = new double[numbers.size()];
    for (int i = 0; i < shift.length; i++) {
      Scaler own = Scaler.fit(scaling, numbers.get(i));
      shift[i] = own.shift()[0];
      scale[i] = own.scale()[0];
    }
    return new Regression(
        numbers.stream().map(Numbers::name).toList(), new Scaler(scaling, shift, scale));
  }

  /**
   * The same, with predictions held in the range of the rows to learn from.
   *
   * @throws IllegalArgumentException if these lack a column or a number
   */
  public Regression heldBy(Table train) {
    List<Range> found = new ArrayList<>();
    for (Numbers numbers : numbers(train)) {
      DoubleSummaryStatistics all = Arrays.stream(numbers.values()).summaryStatistics();
      found.add(new Range(all.getMin(), all.getMax()));
    }
    return new Regression(targets, scaler, found);
  }

  /** A column that holds a number in each row. */
  static Numbers numbers(Table table, Column column) {
    if (!(column instanceof Numbers numbers)) {
      throw new IllegalArgumentException(
          "A number is to be predicted, the column %s of %s holds %s."
              .formatted(
                  OutsideText.quoted(column.name()),
                  table.name(),
                  column instanceof Categories words
                      ? "words (%s)".formatted(OutsideText.list(words.levels()))
                      : "pictures"));
    }
    table.refuseMissing(column);
    return numbers;
  }

  @Override
  public int outputs(Activation output) {
    return targets.size();
  }

  @Override
  public boolean fits(int outputs) {
    return outputs == targets.size();
  }

  @Override
  public Activation output() {
    return new Identity();
  }

  @Override
  public void check(Activation output) {
    if (output instanceof Softmax) {
      throw new IllegalArgumentException(
          "A softmax shares 1 among classes, and the number %s is to be predicted: take identity."
              .formatted(OutsideText.list(targets)));
    }
  }

  /**
   * The numbers of a table's rows in their own unit, one column a target.
   *
   * @throws IllegalArgumentException if a column is not there, holds no numbers or lacks one
   */
  public List<Numbers> numbers(Table table) {
    List<Numbers> columns = new ArrayList<>();
    for (int target = 0; target < targets.size(); target++) {
      columns.add(numbers(table, Task.column(table, targets, target)));
    }
    return columns;
  }

  @Override
  public Answers answers(Table table, int outputs) {
    List<Numbers> columns = numbers(table);
    float[] y = new float[Math.multiplyExact(table.rows(), columns.size())];
    for (int target = 0; target < columns.size(); target++) {
      Matrix numbers = columns.get(target).numbers();
      for (int row = 0; row < table.rows(); row++) {
        y[row * columns.size() + target] = (float) scaler.apply(numbers.get(row, 0), target);
      }
    }
    return Answers.of(y, columns.size(), scaler, scaledRanges());
  }

  /** The ranges of what a network gives. */
  private List<Range> scaledRanges() {
    List<Range> scaled = new ArrayList<>();
    for (int target = 0; target < ranges.size(); target++) {
      double one = scaler.apply(ranges.get(target).least(), target);
      double other = scaler.apply(ranges.get(target).most(), target);
      scaled.add(new Range(Math.min(one, other), Math.max(one, other)));
    }
    return scaled;
  }

  @Override
  public Prediction prediction(float[] outputs, int at, int count) {
    List<Double> values = new ArrayList<>();
    for (int target = 0; target < count; target++) {
      values.add(value(outputs[at + target], target));
    }
    return new Prediction(
        String.join(", ", targets), values.getFirst(), count == 1 ? List.of() : values);
  }

  /** What an output says of a target, in its own unit. */
  public double value(float output, int target) {
    double value = scaler.kind() == Scaler.Kind.NONE ? output : scaler.invert(output, target);
    return ranges.isEmpty() ? value : ranges.get(target).hold(value);
  }

  @Override
  public boolean givesProbabilities(Activation output) {
    return false;
  }

  @Override
  public void toUnits(float[] outputs) {
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) value(outputs[i], i % targets.size());
    }
  }

  @Override
  public String words() {
    return "predicting " + OutsideText.list(targets);
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("targets", targets);
    fields.put("scaling", scaler.kind().id());
    fields.put("shift", scaler.shift());
    fields.put("scale", scaler.scale());
    if (!ranges.isEmpty()) {
      fields.put("least", ranges.stream().mapToDouble(Range::least).toArray());
      fields.put("most", ranges.stream().mapToDouble(Range::most).toArray());
    }
    return fields;
  }

  static Regression read(Fields fields) {
    return new Regression(
        fields.texts("targets"),
        new Scaler(
            Scaler.Kind.of(fields.text("scaling")), fields.array("shift"), fields.array("scale")),
        fields.has("least") ? ranges(fields.array("least"), fields.array("most")) : List.of());
  }

  private static List<Range> ranges(double[] least, double[] most) {
    if (least.length != most.length) {
      throw new IllegalArgumentException(
          "As many least numbers as greatest are needed, got %d and %d."
              .formatted(least.length, most.length));
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < least.length; i++) {
      ranges.add(new Range(least[i], most[i]));
    }
    return ranges;
  }
}

package dev.glia.task;

import dev.glia.activation.Activation;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.metric.Decision;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of some classes. Two need one output, which says how much it is the second, or two behind a
 * softmax; more need one each.
 *
 * @param target the column's name
 * @param labels the class names, in the order of the outputs
 */
public record Classification(String target, List<String> labels) implements Task {

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if two classes have one name, which nobody could tell apart,
   *     or a name has more than 1,000 characters
   */
  public Classification {
    OutsideText.checked("The name of a column", target, OutsideText.NAME);
    labels = OutsideText.names("class", labels);
  }

  static Classification of(String dataset, Categories categories) {
    if (categories.levels().size() < 2) {
      throw new IllegalArgumentException(
          "%s has a single class (%s): at least two are needed to learn from."
              .formatted(dataset, OutsideText.list(categories.levels())));
    }
    return new Classification(categories.name(), categories.levels());
  }

  @Override
  public List<String> targets() {
    return List.of(target);
  }

  @Override
  public int outputs(Activation output) {
    return labels.size() == 2 && !(output instanceof Softmax) ? 1 : labels.size();
  }

  @Override
  public boolean fits(int outputs) {
    return labels.size() == Math.max(2, outputs);
  }

  @Override
  public Activation output() {
    return labels.size() == 2 ? new Sigmoid() : new Softmax();
  }

  @Override
  public void check(Activation output) {}

  /**
   * The classes of a table's rows in the order of {@link #labels}.
   *
   * @throws IllegalArgumentException if the column is not there or holds no classes, or a row's
   *     class is missing or not known
   */
  public Categories classes(Table table) {
    Column column = Task.column(table, targets(), 0);
    Categories found =
        switch (column) {
          case Categories categories -> categories;
          case Numbers numbers -> {
            if (labels.stream().noneMatch(Classification::isNumber)) {
              throw new IllegalArgumentException(
                  "The model predicts classes (%s), %s has numbers."
                      .formatted(OutsideText.list(labels), table.name()));
            }
            yield Categories.of(numbers);
          }
          case Dates dates ->
              throw new IllegalArgumentException(
                  "%s holds dates: classes to compare with were expected."
                      .formatted(OutsideText.quoted(dates.name())));
          case Pixels pixels ->
              throw new IllegalArgumentException(
                  "The model predicts classes (%s), %s of %s holds pictures."
                      .formatted(
                          OutsideText.list(labels),
                          OutsideText.quoted(pixels.name()),
                          table.name()));
        };
    table.refuseMissing(found);
    Map<String, Integer> known = new HashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      known.put(labels.get(label), label);
    }
    for (int label = 0; label < labels.size(); label++) {
      known.putIfAbsent(asNumber(labels.get(label)), label);
    }
    int[] places = new int[found.levels().size()];
    Arrays.setAll(
        places,
        level -> {
          String name = found.levels().get(level);
          return known.getOrDefault(name, known.getOrDefault(asNumber(name), -1));
        });
    int[] classes = new int[found.rows()];
    for (int row = 0; row < classes.length; row++) {
      int code = found.code(row);
      if (places[code] < 0) {
        throw new IllegalArgumentException(
            "Row %d of %s is of class %s, the model knows: %s."
                .formatted(
                    row + 1,
                    table.name(),
                    OutsideText.quoted(found.levels().get(code)),
                    OutsideText.list(labels)));
      }
      classes[row] = places[code];
    }
    return new Categories(found.name(), classes, labels);
  }

  /** A number in its shortest text, however it is written; other texts as they are. */
  private static String asNumber(String label) {
    try {
      return Categories.level(OutsideText.number(label));
    } catch (NumberFormatException e) {
      return label;
    }
  }

  private static boolean isNumber(String label) {
    try {
      return Double.isFinite(OutsideText.number(label));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public Answers answers(Table table, int outputs) {
    return Answers.of(classes(table), outputs);
  }

  @Override
  public Prediction prediction(float[] outputs, int at, int count) {
    int best = Decision.classOf(outputs, at, count);
    Double[] shares = new Double[labels.size()];
    for (int i = 0; i < shares.length; i++) {
      double share = outputs[at + (count == 1 ? 0 : i)];
      shares[i] = count == 1 && i == 0 ? 1 - share : share;
    }
    return new Prediction(labels.get(best), shares[best], List.of(shares));
  }

  @Override
  public boolean givesProbabilities(Activation output) {
    return output instanceof Softmax || output instanceof Sigmoid;
  }

  @Override
  public void toUnits(float[] outputs) {}

  @Override
  public String words() {
    return labels.size() + " classes";
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("target", target);
    fields.put("labels", labels);
    return fields;
  }

  static Classification read(Fields fields) {
    return new Classification(fields.text("target"), fields.texts("labels"));
  }
}

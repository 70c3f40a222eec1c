package dev.glia.task;

import dev.glia.internal.text.NumberText;
import dev.glia.internal.text.OutsideText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much the rows of each class count while a network learns: so that rare ones are not
 * overlooked.
 *
 * <p>The rows' weights are brought to a mean of 1, so that learning rates keep their meaning;
 * scores count all rows alike.
 *
 * @param balanced whether each class counts as much as any other, however few rows it has:
 *     scikit-learn's {@code class_weight="balanced"}
 * @param given the weights of some classes by their names; others have 1
 */
public record ClassWeights(boolean balanced, Map<String, Double> given) {

  /** All rows count alike. */
  public static final ClassWeights NONE = new ClassWeights(false, Map.of());

  /** All classes count alike. */
  public static final ClassWeights BALANCED = new ClassWeights(true, Map.of());

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if a weight is not over 0, or classes are balanced and
   *     weighted
   */
  public ClassWeights {
    given = Map.copyOf(given);
    given.forEach((name, weight) -> {
      if (!(weight > 0 && weight <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "The weight of class %s must be over 0, got %s."
                .formatted(OutsideText.quoted(name), weight));
      }
    });
    if (balanced && !given.isEmpty()) {
      throw new IllegalArgumentException("Classes are balanced or have weights, not both.");
    }
  }

  /**
   * Reads {@code none}, {@code balanced}, or weights such as {@code yes:3,no:1}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ClassWeights parse(String text) {
    OutsideText.checked("Class weights", text, OutsideText.SETTING);
    String word = text.strip();
    if (word.equals("none")) {
      return NONE;
    }
    if (word.equals("balanced")) {
      return BALANCED;
    }
    Map<String, Double> given = new LinkedHashMap<>();
    for (String part : word.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      try {
        given.put(
            part.substring(0, Math.max(colon, 0)).strip(),
            OutsideText.number(part.substring(colon + 1).strip()));
      } catch (NumberFormatException e) {
        colon = -1;
      }
      if (colon < 1) {
        throw new IllegalArgumentException(
            "Class weights are none, balanced, or CLASS:WEIGHT, such as yes:3,no:1, got %s."
                .formatted(OutsideText.quoted(text)));
      }
    }
    return new ClassWeights(false, given);
  }

  /** The names of settings without numbers. */
  public static List<String> names() {
    return List.of("none", "balanced");
  }

  /** The text that {@link #parse} reads. */
  public String name() {
    return balanced
        ? "balanced"
        : given.isEmpty()
            ? "none"
            : new TreeMap<>(given)
                .entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + NumberText.of(entry.getValue()))
                    .collect(Collectors.joining(","));
  }

  /**
   * What each row counts, before all are brought to a mean of 1.
   *
   * @return {@code [rows]}; null where all count alike
   * @throws IllegalArgumentException if it is no classes that are predicted, or there is no class
   *     of a name
   */
  public double @Nullable [] of(Task task, Answers answers) {
    if (equals(NONE)) {
      return null;
    }
    if (!(task instanceof Classification classes) || !(answers instanceof Answers.Labels labels)) {
      throw new IllegalArgumentException(
          "Class weights are for classes, and %s is predicted."
              .formatted(OutsideText.list(task.targets())));
    }
    List<String> names = classes.labels();
    for (String name : new TreeMap<>(given).keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "There is no class %s to give a weight: there are %s."
                .formatted(OutsideText.quoted(name), OutsideText.list(names)));
      }
    }
    int[] counts = new int[names.size()];
    for (int row = 0; row < labels.rows(); row++) {
      counts[labels.label(row)]++;
    }
    double[] weights = new double[labels.rows()];
    for (int row = 0; row < weights.length; row++) {
      int label = labels.label(row);
      weights[row] = balanced ? 1.0 / counts[label] : given.getOrDefault(names.get(label), 1.0);
    }
    return weights;
  }
}

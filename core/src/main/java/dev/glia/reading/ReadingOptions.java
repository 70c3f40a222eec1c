package dev.glia.reading;

import dev.glia.internal.text.OutsideText;
import dev.glia.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of a table that is read, over what is found out; {@link #defaults} says nothing.
 *
 * @param targets the columns to predict, each by its name or its number from 1; none: the last, or
 *     one that is called target, label, class or y
 * @param task what the column to predict holds
 * @param columns what some columns hold, by their names
 * @param missing which texts stand for missing values
 * @param decimalComma whether numbers have a decimal comma; null: found out, column by column
 * @param features the columns to take as features, in this order, such as those of a model; null:
 *     all but the targets and those that are of no use
 * @param targetNames what a model predicts: taken as the targets where the file has them and {@code
 *     targets} is empty
 * @param targetsWanted whether columns to predict are wanted; not for a prediction
 */
public record ReadingOptions(
    List<String> targets,
    Task.Kind task,
    Map<String, ColumnKind> columns,
    MissingValues missing,
    @Nullable Boolean decimalComma,
    @Nullable List<String> features,
    List<String> targetNames,
    boolean targetsWanted) {

  private static final ReadingOptions DEFAULTS =
      new ReadingOptions(
          List.of(), Task.Kind.AUTO, Map.of(), MissingValues.USUAL, null, null, List.of(), true);

  /** Keeps copies. */
  public ReadingOptions {
    targets = List.copyOf(targets);
    columns = Map.copyOf(columns);
    features = features == null ? null : List.copyOf(features);
    targetNames = List.copyOf(targetNames);
  }

  /** Options that say nothing. */
  public static ReadingOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Reads what columns hold from a text such as {@code zip:category,born:date,id:ignore}.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static Map<String, ColumnKind> parseColumns(String text) {
    OutsideText.checked("The columns' kinds", text, OutsideText.SETTING);
    Map<String, ColumnKind> kinds = new LinkedHashMap<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ',') {
        String part = text.substring(start, i);
        int colon = part.lastIndexOf(':');
        if (colon < 0 && i < text.length()) {
          continue; // a comma of the name
        }
        if (colon < 1) {
          throw new IllegalArgumentException(
              "Columns are written NAME:KIND, such as zip:category,id:ignore, got %s."
                  .formatted(OutsideText.quoted(part)));
        }
        kinds.put(part.substring(0, colon).strip(), ColumnKind.of(part.substring(colon + 1)));
        start = i + 1;
      }
    }
    return kinds;
  }

  /** A copy with other columns to predict. */
  public ReadingOptions withTargets(List<String> targets) {
    return new ReadingOptions(
        targets, task, columns, missing, decimalComma, features, targetNames, targetsWanted);
  }

  /** A copy that takes the column to predict for something else. */
  public ReadingOptions withTask(Task.Kind task) {
    return new ReadingOptions(
        targets, task, columns, missing, decimalComma, features, targetNames, targetsWanted);
  }

  /** A copy that says what some columns hold. */
  public ReadingOptions withColumns(Map<String, ColumnKind> columns) {
    return new ReadingOptions(
        targets, task, columns, missing, decimalComma, features, targetNames, targetsWanted);
  }

  /** A copy with other texts for missing values. */
  public ReadingOptions withMissing(MissingValues missing) {
    return new ReadingOptions(
        targets, task, columns, missing, decimalComma, features, targetNames, targetsWanted);
  }

  /** A copy that says whether numbers have a decimal comma. */
  public ReadingOptions withDecimalComma(@Nullable Boolean decimalComma) {
    return new ReadingOptions(
        targets, task, columns, missing, decimalComma, features, targetNames, targetsWanted);
  }

  /**
   * A copy with known columns, such as those of a model.
   *
   * @param features to take as features, in this order
   * @param targets to take as what is to be predicted, where the file has them
   */
  public ReadingOptions withFeatures(List<String> features, List<String> targets) {
    return new ReadingOptions(
        this.targets, task, columns, missing, decimalComma, features, targets, targetsWanted);
  }

  /** A copy without columns to predict. */
  public ReadingOptions withoutTargets() {
    return new ReadingOptions(
        targets, task, columns, missing, decimalComma, features, targetNames, false);
  }
}

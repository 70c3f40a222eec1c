package dev.glia.task;

import dev.glia.activation.Activation;
import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.preprocessing.Scaler;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be predicted: the one place that knows what a target means, and so what a network's
 * outputs stand for, how good they are and how to speak of them.
 *
 * <p>Immutable.
 */
public sealed interface Task permits Classification, Regression {

  /** What to take a column of whole numbers for. */
  enum Kind {
    /**
     * Classes if all are whole, there are at most 20 different ones, and these are either no more
     * than two or come three times each at least; numbers otherwise. Words are always classes.
     */
    AUTO,
    /** Classes, whatever they look like. */
    CLASSES,
    /** Numbers, also where they look like classes. */
    NUMBER;

    /** The classes that a column names; null if its values are numbers to predict. */
    public @Nullable Categories classes(Column column) {
      return switch (column) {
        case Categories categories -> categories;
        case Numbers numbers when this == CLASSES || (this == AUTO && numbers.nameClasses()) ->
            Categories.of(numbers);
        case Numbers numbers -> null;
        case Dates dates -> null;
        case Pixels pixels -> null;
      };
    }

    /** The name in settings, such as {@code auto}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The task that the targets of a table make.
   *
   * @param parts what is learnt of numbers to predict comes from the rows to learn from; the names
   *     of the classes from all rows
   * @param scaling how numbers to predict are scaled while learning
   * @throws IllegalArgumentException if there is no target, one has a missing value, there is a
   *     single class, or several targets are not all numbers
   */
  static Task of(Parts parts, Kind kind, Scaler.Kind scaling) {
    Table train = parts.train();
    if (train.targets().size() > 1) {
      List<Numbers> numbers = new ArrayList<>();
      for (String target : train.targets()) {
        if (!(train.column(target) instanceof Numbers)) {
          throw new IllegalArgumentException(
              "Of several columns to predict (%s) each must hold numbers, %s does not."
                  .formatted(OutsideText.list(train.targets()), OutsideText.quoted(target)));
        }
        numbers.add(Regression.numbers(train, train.column(target)));
      }
      return Regression.fit(numbers, scaling);
    }
    return switch (train.target()) {
      case Categories categories when kind == Kind.NUMBER ->
          throw new IllegalArgumentException(
              "%s holds words (%s), and is to be predicted as a number."
                  .formatted(
                      OutsideText.quoted(categories.name()),
                      OutsideText.list(categories.levels())));
      case Categories categories -> Classification.of(train.name(), categories);
      case Numbers numbers -> {
        Numbers all = parts.all(numbers.name());
        boolean classes = kind == Kind.CLASSES || (kind == Kind.AUTO && all.nameClasses());
        yield classes
            ? Classification.of(train.name(), Categories.of(all))
            : Regression.fit(List.of(Regression.numbers(train, numbers)), scaling);
      }
      case Dates dates ->
          throw new IllegalArgumentException(
              "%s holds dates: they cannot be predicted. Name another column as the target."
                  .formatted(OutsideText.quoted(dates.name())));
      case Pixels pixels ->
          throw new IllegalArgumentException(
              "%s holds pictures: they cannot be predicted."
                  .formatted(OutsideText.quoted(pixels.name())));
    };
  }

  /** The names of the columns that are predicted. */
  List<String> targets();

  /** How many outputs a new network gets, its last layer having this activation. */
  int outputs(Activation output);

  /** Whether so many outputs can stand for the targets. */
  boolean fits(int outputs);

  /** The activation of the output layer where none is asked for. */
  Activation output();

  /**
   * Refuses an activation of the output layer that makes no sense.
   *
   * @throws IllegalArgumentException if its outputs cannot stand for the targets
   */
  void check(Activation output);

  /**
   * What the outputs should be for the rows of a table, whose columns are found by the targets'
   * names, or are its own targets.
   *
   * @throws IllegalArgumentException if a column is not there, is of another kind, or has a class
   *     that is not known or a value that is missing
   */
  Answers answers(Table table, int outputs);

  /**
   * What some outputs mean.
   *
   * @param outputs {@code outputs[at .. at + count)} is the row
   */
  Prediction prediction(float[] outputs, int at, int count);

  /** Whether outputs of this activation can be read as probabilities. */
  boolean givesProbabilities(Activation output);

  /**
   * Brings outputs to the unit of what is predicted, in place; those of classes stay.
   *
   * @param outputs {@code [rows][outputs]}
   */
  void toUnits(float[] outputs);

  /** In a few words, such as {@code 3 classes} or {@code predicting price}. */
  String words();

  /** All that a model file has to hold of it, as JSON. */
  Map<String, Object> describe();

  /**
   * The task that {@link #describe} described.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Task read(Map<String, ?> description) {
    Fields fields = new Fields(description);
    return fields.has("labels") ? Classification.read(fields) : Regression.read(fields);
  }

  /** The column of a target's name, or the table's own where there is one target. */
  static Column column(Table table, List<String> targets, int target) {
    return table
        .find(targets.get(target))
        .orElseGet(() -> {
          if (targets.size() == 1 && table.targets().size() == 1) {
            return table.target();
          }
          return table.column(targets.get(target)); // says that there is none
        });
  }
}

package dev.glia.model;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One setting of a recipe. All of them stand in {@link RecipeSettings}.
 *
 * @param name as the command's option, without its dashes
 * @param group what it is about
 * @param label what stands for its value in the command's help, such as {@code N|full}; empty for
 *     yes or no
 * @param help a sentence that says what it does
 * @param kind what values it takes
 * @param getter its value in a recipe
 * @param setter a recipe with another value
 * @param method the name of the {@code with} method that does the same in Java
 * @param inTraining whether that is a method of the recipe's {@link
 *     dev.glia.training.TrainingOptions}, rather than of the recipe
 * @param <T> a value
 */
public record Setting<T>(
    String name,
    Group group,
    String label,
    String help,
    SettingKind<T> kind,
    Function<Recipe, T> getter,
    BiFunction<Recipe, T, Recipe> setter,
    String method,
    boolean inTraining) {

  /** What settings are about. */
  public enum Group {
    /** What is trained, and towards what. */
    NETWORK,
    /** How it is trained: these may change in the middle of a run. */
    TRAINING,
    /** Which rows are kept back. */
    SPLIT
  }

  /** Whether it may change in the middle of a run: the network and the rows stay what they are. */
  public boolean atFork() {
    return group == Group.TRAINING;
  }

  /** The option of the command, such as {@code --learning-rate}. */
  public String option() {
    return "--" + name;
  }

  /** The words that give it to the command, unquoted: {@code --seed 3}, {@code --no-shuffle}. */
  public List<String> words(String value) {
    return kind instanceof SettingKind.Truth
        ? List.of((Boolean.parseBoolean(value) ? "--" : "--no-") + name)
        : List.of(option(), value);
  }

  /** The value in a recipe, as text. */
  public String text(Recipe recipe) {
    return kind.write(getter.apply(recipe));
  }

  /**
   * The recipe with the value that a text is.
   *
   * @throws IllegalArgumentException if it is none, or the recipe refuses it
   */
  Recipe read(Recipe recipe, String text) {
    return setter.apply(recipe, kind.read(text));
  }

  /** The call that gives it to a recipe or its options in Java: {@code withLearningRate(0.1)}. */
  public String java(Recipe recipe) {
    return "%s(%s)".formatted(method, kind.java(getter.apply(recipe)));
  }
}

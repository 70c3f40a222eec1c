package dev.glia.studio.session;

import dev.glia.data.Scaler;
import dev.glia.internal.text.OutsideText;
import dev.glia.model.Recipe;
import dev.glia.network.Activation;
import dev.glia.network.Initializer;
import dev.glia.network.Layer;
import dev.glia.network.Softmax;
import dev.glia.training.Batching;
import dev.glia.training.CrossEntropy;
import dev.glia.training.Loss;
import dev.glia.training.NanPolicy;
import dev.glia.training.Optimizer;
import dev.glia.training.TrainingOptions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting of a recipe under the name of the command's option.
 *
 * @param name as the option, without its dashes
 * @param reader changes a recipe as the option would
 * @param writer the value in a recipe, as the option takes it
 * @param atFork whether it can change in the middle of a training: the network and the rows stay
 *     what they are
 */
record RecipeKey(String name, Reader reader, Function<Recipe, String> writer, boolean atFork) {

  /** Changes a recipe. */
  @FunctionalInterface
  interface Reader {
    /**
     * The changed recipe.
     *
     * @param given the keys of all settings that were given
     */
    Recipe read(Recipe recipe, String value, Set<String> given);
  }

  /** In the order in which the command applies its options. */
  static final List<RecipeKey> ALL =
      List.of(
          key(
              "test-fraction",
              (r, v) -> r.withTestFraction(Values.number(v)),
              r -> Values.text(r.holdout().test())),
          key(
              "split-seed",
              (r, v) -> r.withSplitSeed(Values.whole(v)),
              r -> Long.toString(r.holdout().seed())),
          key(
              "stratify",
              (r, v) -> r.withStratify(Values.truth(v)),
              r -> Boolean.toString(r.holdout().stratify())),
          key("layers", (r, v) -> r.withHidden(Layer.parseAll(v)), RecipeKey::layers),
          key("output", RecipeKey::withOutput, r -> r.output().name()),
          new RecipeKey("loss", RecipeKey::withLoss, r -> r.training().loss().name(), false),
          key(
              "init",
              (r, v) -> r.withInitializer(Initializer.parse(v)),
              r -> r.initializer().name()),
          key(
              "scale",
              (r, v) -> r.withScaling(Scaler.Kind.of(v.toLowerCase(Locale.ROOT))),
              r -> r.scaling().id()),
          key("seed", (r, v) -> r.withSeed(Values.whole(v)), r -> Long.toString(r.seed())),
          training(
              "optimizer",
              (t, v) -> t.withOptimizer(Optimizer.parse(v)),
              t -> t.optimizer().name()),
          training(
              "learning-rate",
              (t, v) -> t.withLearningRate(Values.number(v)),
              t -> Values.text(t.learningRate())),
          training(
              "batch-size",
              (t, v) -> t.withBatching(new Batching(batchSize(v), t.batching().even())),
              t -> batchSize(t.batching())),
          training(
              "even-batches",
              (t, v) -> t.withBatching(new Batching(t.batching().size(), Values.truth(v))),
              t -> Boolean.toString(t.batching().even())),
          training(
              "epochs",
              (t, v) -> t.withEpochs(Values.integer(v)),
              t -> Integer.toString(t.epochs())),
          training(
              "shuffle",
              (t, v) -> t.withShuffle(Values.truth(v)),
              t -> Boolean.toString(t.shuffle())),
          training("l2", (t, v) -> t.withL2(Values.number(v)), t -> Values.text(t.l2())),
          training(
              "clip-value",
              (t, v) -> t.withClipValue(Values.limit(v)),
              t -> Values.text(t.clipValue())),
          training(
              "clip-norm",
              (t, v) -> t.withClipNorm(Values.limit(v)),
              t -> Values.text(t.clipNorm())),
          training(
              "nan",
              (t, v) -> t.withNanPolicy(Values.choice(NanPolicy.class, v)),
              t -> Values.text(t.nanPolicy())),
          training(
              "log-every",
              (t, v) -> t.withLogEvery(Values.integer(v)),
              t -> Integer.toString(t.logEvery())));

  private static RecipeKey key(
      String name, BiFunction<Recipe, String, Recipe> reader, Function<Recipe, String> writer) {
    return new RecipeKey(
        name, (recipe, value, given) -> reader.apply(recipe, value), writer, false);
  }

  private static RecipeKey training(
      String name,
      BiFunction<TrainingOptions, String, TrainingOptions> reader,
      Function<TrainingOptions, String> writer) {
    return new RecipeKey(
        name,
        (recipe, value, given) -> recipe.withTraining(reader.apply(recipe.training(), value)),
        recipe -> writer.apply(recipe.training()),
        true);
  }

  /** The names of all. */
  static Set<String> names() {
    return ALL.stream().map(RecipeKey::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The names of those that can change in the middle of a training. */
  static Set<String> forkable() {
    return ALL.stream()
        .filter(RecipeKey::atFork)
        .map(RecipeKey::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String layers(Recipe recipe) {
    return recipe.hidden().isEmpty()
        ? "none"
        : recipe.hidden().stream().map(Layer::name).collect(Collectors.joining(","));
  }

  /** Another output brings its loss with it, unless one is given too. */
  private static Recipe withOutput(Recipe recipe, String value) {
    Activation output = Activation.parse(value);
    return recipe
        .withOutput(output)
        .withTraining(recipe.training().withLoss(Recipe.lossFor(output)));
  }

  private static Recipe withLoss(Recipe recipe, String value, Set<String> given) {
    Loss loss = Loss.parse(value);
    Recipe fitting =
        loss instanceof CrossEntropy && !given.contains("output")
            ? recipe.withOutput(new Softmax()) // the only output it is defined for
            : recipe;
    return fitting.withTraining(fitting.training().withLoss(loss));
  }

  private static int batchSize(String text) {
    if (text.equals("full")) {
      return Batching.FULL;
    }
    try {
      return Values.integer(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a whole number or full, got " + OutsideText.quoted(text) + ".", e);
    }
  }

  private static String batchSize(Batching batching) {
    return batching.size() == Batching.FULL ? "full" : Integer.toString(batching.size());
  }
}

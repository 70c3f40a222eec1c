package dev.glia.model;

import static dev.glia.model.Setting.Group.NETWORK;
import static dev.glia.model.Setting.Group.SPLIT;
import static dev.glia.model.Setting.Group.TRAINING;

import dev.glia.activation.Activation;
import dev.glia.activation.Softmax;
import dev.glia.initializer.Initializer;
import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Layer;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Loss;
import dev.glia.optimizer.Optimizer;
import dev.glia.preprocessing.Scaler;
import dev.glia.schedule.Schedule;
import dev.glia.stopping.Stopping;
import dev.glia.task.ClassWeights;
import dev.glia.training.Batching;
import dev.glia.training.NanPolicy;
import dev.glia.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All settings of a recipe: each is declared here, and nowhere else.
 *
 * <p>The command makes its options of them, the studio its fields, its addresses and its catalogue,
 * the exported program spells them out, and the doctor names them in its advice. To add one, add an
 * entry; the order here is the order everywhere.
 */
public final class RecipeSettings {

  /** Each entry below adds itself. */
  private static final List<Setting<?>> TABLE = new ArrayList<>();

  // The network, and what it is to make small.

  /** The hidden layers. */
  public static final Setting<List<Layer>> LAYERS =
      ofRecipe(
          NETWORK,
          "layers",
          "UNITS:ACTIVATION,...",
          "Hidden layers, such as 16:relu,dropout(0.2),16:leaky_relu(0.05); none for no hidden"
              + " layer. Activations: %s. Layers without units: %s."
                  .formatted(list(Activation.names()), list(layersWithoutUnits())),
          new SettingKind.Layers(),
          Recipe::hidden,
          Recipe::withHidden,
          "withHidden");

  /** The activation of the output layer. */
  public static final Setting<Activation> OUTPUT =
      ofRecipe(
          NETWORK,
          "output",
          "ACTIVATION",
          "Activation of the output layer: sigmoid, softmax, identity or another of the"
              + " activations.",
          new SettingKind.Named<>(
              Activation.class,
              Activation.names(),
              Activation::parameters,
              Activation::parse,
              Activation::name),
          Recipe::output,
          Recipe::withOutput,
          "withOutput");

  /** The loss. */
  public static final Setting<Loss> LOSS =
      ofTraining(
          NETWORK,
          "loss",
          "LOSS",
          "What to make small: %s; mse(sum) sums where mse averages. Default: the recipe's, or with"
                  .formatted(list(Loss.names()))
              + " --output the one that goes with it.",
          new SettingKind.Named<>(
              Loss.class, Loss.names(), Loss::parameters, Loss::parse, Loss::name),
          TrainingOptions::loss,
          TrainingOptions::withLoss,
          "withLoss");

  /** Where the first weights come from. */
  public static final Setting<Initializer> INIT =
      ofRecipe(
          NETWORK,
          "init",
          "INITIALISER",
          "First weights: %s, such as \"normal(-1,1)\" (mean, standard deviation)."
              .formatted(list(Initializer.names())),
          new SettingKind.Named<>(
              Initializer.class,
              Initializer.names(),
              Initializer::parameters,
              Initializer::parse,
              Initializer::name),
          Recipe::initializer,
          Recipe::withInitializer,
          "withInitializer");

  /** How features are scaled. */
  public static final Setting<Scaler.Kind> SCALE =
      ofRecipe(
          NETWORK,
          "scale",
          "none|minmax|standard|robust",
          "How features are scaled, learned from the training part.",
          new SettingKind.Choice<>(Scaler.Kind.class),
          Recipe::scaling,
          Recipe::withScaling,
          "withScaling");

  /** How many bins numbers are encoded by. */
  public static final Setting<Integer> BINS =
      ofRecipe(
          NETWORK,
          "bins",
          "N",
          "Give the network of each number, beside its scaled value, how far it has come through N"
              + " bins of as many rows each (piecewise-linear encoding); 0: the value alone.",
          SettingKind.Whole.from(0),
          Recipe::bins,
          Recipe::withBins,
          "withBins");

  /** How numbers to predict are scaled. */
  public static final Setting<Scaler.Kind> TARGET_SCALE =
      ofRecipe(
          NETWORK,
          "target-scale",
          "none|minmax|standard|robust",
          "How numbers to predict are scaled while learning, learned from the training part;"
              + " default: standard behind the output identity. Predictions are in their own unit.",
          new SettingKind.Choice<>(Scaler.Kind.class),
          Recipe::targetScaling,
          Recipe::withTargetScale,
          "withTargetScale");

  /** What the rows of each class count while a network learns. */
  public static final Setting<ClassWeights> CLASS_WEIGHTS =
      ofRecipe(
          NETWORK,
          "class-weights",
          "balanced|CLASS:W,...",
          "What the rows of each class count while learning, so that rare ones are not overlooked:"
              + " balanced, or weights such as yes:3,no:1; default: none.",
          new SettingKind.Named<>(
              ClassWeights.class,
              ClassWeights.names(),
              name -> Map.of(),
              ClassWeights::parse,
              ClassWeights::name),
          Recipe::classWeights,
          Recipe::withClassWeights,
          "withClassWeights");

  /** Whether predicted numbers are held in a range. */
  public static final Setting<Boolean> CLAMP =
      ofRecipe(
          NETWORK,
          "clamp",
          "",
          "Hold predicted numbers within those of the training part.",
          new SettingKind.Truth(),
          Recipe::clamp,
          Recipe::withClamp,
          "withClamp");

  /** The seed of the first weights and of the order of the rows. */
  public static final Setting<Long> SEED =
      ofRecipe(
          NETWORK,
          "seed",
          "N",
          "Seed of the first weights and of the order of the rows; default: 0.",
          new SettingKind.Seed(),
          Recipe::seed,
          Recipe::withSeed,
          "withSeed");

  // How it is trained.

  /** The optimizer. */
  public static final Setting<Optimizer> OPTIMIZER =
      ofTraining(
          TRAINING,
          "optimizer",
          "OPTIMIZER",
          "How gradients change weights: %s; settings as in momentum(0.9),"
                  .formatted(list(Optimizer.names()))
              + " adam(BETA1,BETA2,EPSILON), adamw(WEIGHT_DECAY); lbfgs is for little data, with"
              + " --batch-size full and --learning-rate 1.",
          new SettingKind.Named<>(
              Optimizer.class,
              Optimizer.names(),
              Optimizer::parameters,
              Optimizer::parse,
              Optimizer::name),
          TrainingOptions::optimizer,
          TrainingOptions::withOptimizer,
          "withOptimizer");

  /** The length of a step. */
  public static final Setting<Double> LEARNING_RATE =
      ofTraining(
          TRAINING,
          "learning-rate",
          "R",
          "Length of a step, over 0.",
          SettingKind.Real.from(0),
          TrainingOptions::learningRate,
          TrainingOptions::withLearningRate,
          "withLearningRate");

  /** How the learning rate changes while the network learns. */
  public static final Setting<Schedule> SCHEDULE =
      ofTraining(
          TRAINING,
          "schedule",
          "SCHEDULE",
          "How the learning rate changes while the network learns: %s; settings as in"
                  .formatted(list(Schedule.names()))
              + " step(EPOCHS,FACTOR), cosine(LEAST), warm_up(EPOCHS,cosine).",
          new SettingKind.Named<>(
              Schedule.class,
              Schedule.names(),
              Schedule::parameters,
              Schedule::parse,
              Schedule::name),
          TrainingOptions::schedule,
          TrainingOptions::withSchedule,
          "withSchedule");

  /** Rows a batch. */
  public static final Setting<Integer> BATCH_SIZE =
      ofTraining(
          TRAINING,
          "batch-size",
          "N|full",
          "Rows a batch, or full for all rows in one.",
          SettingKind.Whole.from(1).or("full", Batching.FULL, Batching.class, "FULL"),
          options -> options.batching().size(),
          TrainingOptions::withBatchSize,
          "withBatchSize");

  /** Whether batches differ by one row at most. */
  public static final Setting<Boolean> EVEN_BATCHES =
      ofTraining(
          TRAINING,
          "even-batches",
          "",
          "Batches that differ by one row at most (NumPy's array_split), instead of a smaller last"
              + " one.",
          new SettingKind.Truth(),
          options -> options.batching().even(),
          TrainingOptions::withEvenBatches,
          "withEvenBatches");

  /** How often all rows are seen. */
  public static final Setting<Integer> EPOCHS =
      ofTraining(
          TRAINING,
          "epochs",
          "N",
          "How often all rows are seen.",
          SettingKind.Whole.from(0),
          TrainingOptions::epochs,
          TrainingOptions::withEpochs,
          "withEpochs");

  /** When training ends before its last epoch. */
  public static final Setting<Stopping> PATIENCE =
      ofTraining(
          TRAINING,
          "patience",
          "N|best|never",
          "Stop when the loss on the rows kept back has not improved for N epochs, and keep the"
              + " best epoch's weights; or patience(N,LEAST,SCORE), by the least improvement that"
              + " counts and another score, such as accuracy; or best: train all epochs and keep the"
              + " best one's weights. Default: the recipe's.",
          new SettingKind.Named<>(
              Stopping.class,
              Stopping.names(),
              Stopping::parameters,
              Stopping::parse,
              Stopping::name),
          TrainingOptions::stopping,
          TrainingOptions::withStopping,
          "withStopping");

  /** Whether each epoch has a new order of the rows. */
  public static final Setting<Boolean> SHUFFLE =
      ofTraining(
          TRAINING,
          "shuffle",
          "",
          "Take the rows in a new order in each epoch (the default), or always as given.",
          new SettingKind.Truth(),
          TrainingOptions::shuffle,
          TrainingOptions::withShuffle,
          "withShuffle");

  /** The penalty of the parameters' sizes. */
  public static final Setting<Double> L1 =
      ofTraining(
          TRAINING,
          "l1",
          "FACTOR",
          "Pull each weight and bias towards 0 by this much, whatever its size: weights of little"
              + " use become 0.",
          SettingKind.Real.from(0),
          TrainingOptions::l1,
          TrainingOptions::withL1,
          "withL1");

  /** The weight decay. */
  public static final Setting<Double> L2 =
      ofTraining(
          TRAINING,
          "l2",
          "FACTOR",
          "Share of each weight and bias that is added to its gradient (weight decay).",
          SettingKind.Real.from(0),
          TrainingOptions::l2,
          TrainingOptions::withL2,
          "withL2");

  /** The limit of the norm of a unit's weights. */
  public static final Setting<Double> MAX_NORM =
      ofTraining(
          TRAINING,
          "max-norm",
          "C",
          "Hold the Euclidean norm of the weights that go into a unit to C, after each step.",
          SettingKind.Real.limit(),
          TrainingOptions::maxNorm,
          TrainingOptions::withMaxNorm,
          "withMaxNorm");

  /** The limit of each gradient. */
  public static final Setting<Double> CLIP_VALUE =
      ofTraining(
          TRAINING,
          "clip-value",
          "C",
          "Hold each gradient between -C and C.",
          SettingKind.Real.limit(),
          TrainingOptions::clipValue,
          TrainingOptions::withClipValue,
          "withClipValue");

  /** The limit of the norm of all gradients. */
  public static final Setting<Double> CLIP_NORM =
      ofTraining(
          TRAINING,
          "clip-norm",
          "C",
          "Scale all gradients down to a Euclidean norm of at most C.",
          SettingKind.Real.limit(),
          TrainingOptions::clipNorm,
          TrainingOptions::withClipNorm,
          "withClipNorm");

  /** What happens when a gradient is not a finite number. */
  public static final Setting<NanPolicy> NAN =
      ofTraining(
          TRAINING,
          "nan",
          "stop|zero",
          "When a gradient is not a finite number: stop with a sentence (the default), or zero: NaN"
              + " becomes 0 and an infinity the greatest number; best with --clip-value.",
          new SettingKind.Choice<>(NanPolicy.class),
          TrainingOptions::nanPolicy,
          TrainingOptions::withNanPolicy,
          "withNanPolicy");

  /** After how many epochs the network is evaluated. */
  public static final Setting<Integer> LOG_EVERY =
      ofTraining(
          TRAINING,
          "log-every",
          "N",
          "Evaluate and log every N epochs.",
          SettingKind.Whole.from(1),
          TrainingOptions::logEvery,
          TrainingOptions::withLogEvery,
          "withLogEvery");

  // Which rows are kept back.

  /** The share of the rows to validate on. */
  public static final Setting<Double> VALIDATION_FRACTION =
      ofRecipe(
          SPLIT,
          "validation-fraction",
          "F",
          "Share of the rows kept back to look at while learning, and to choose by; 0: those to test"
              + " on are looked at. Of several networks each keeps back such a share of its own.",
          SettingKind.Real.share(),
          recipe -> recipe.holdout().validation(),
          Recipe::withValidationFraction,
          "withValidationFraction");

  /** The share of the rows to test on. */
  public static final Setting<Double> TEST_FRACTION =
      ofRecipe(
          SPLIT,
          "test-fraction",
          "F",
          "Share of the rows kept back to test on at the end; 0: none.",
          SettingKind.Real.share(),
          recipe -> recipe.holdout().test(),
          Recipe::withTestFraction,
          "withTestFraction");

  /** The seed of the choice of these rows. */
  public static final Setting<Long> SPLIT_SEED =
      ofRecipe(
          SPLIT,
          "split-seed",
          "N",
          "Seed of the random choice of those rows.",
          new SettingKind.Seed(),
          recipe -> recipe.holdout().seed(),
          Recipe::withSplitSeed,
          "withSplitSeed");

  /** Whether each class is split in the same ratio. */
  public static final Setting<Boolean> STRATIFY =
      ofRecipe(
          SPLIT,
          "stratify",
          "",
          "Keep back the same share of each class.",
          new SettingKind.Truth(),
          recipe -> recipe.holdout().stratify(),
          Recipe::withStratify,
          "withStratify");

  /**
   * What a setting brings along where the other one is not given.
   *
   * @param given the setting that was given
   * @param brought the one that was not
   * @param change of a recipe that has the given value
   */
  public record Rule(Setting<?> given, Setting<?> brought, UnaryOperator<Recipe> change) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              OUTPUT,
              LOSS,
              recipe ->
                  recipe.withTraining(recipe.training().withLoss(Recipe.lossFor(recipe.output())))),
          new Rule(
              LOSS,
              OUTPUT,
              recipe ->
                  recipe.training().loss() instanceof CrossEntropy
                      ? recipe.withOutput(new Softmax()) // the only output it is defined for
                      : recipe),
          new Rule(PATIENCE, VALIDATION_FRACTION, RecipeSettings::withRowsToChooseBy),
          new Rule(SCHEDULE, VALIDATION_FRACTION, RecipeSettings::withRowsToChooseBy));

  /** What chooses by a score must not look at the rows to test on. */
  private static Recipe withRowsToChooseBy(Recipe recipe) {
    TrainingOptions options = recipe.training();
    boolean chooses = options.stopping().needsValidation() || options.schedule().needsValidation();
    return chooses && recipe.holdout().validation() == 0
        ? recipe.withValidationFraction(0.2)
        : recipe;
  }

  private RecipeSettings() {}

  /** An entry that stands in the recipe. */
  private static <T> Setting<T> ofRecipe(
      Setting.Group group,
      String name,
      String label,
      String help,
      SettingKind<T> kind,
      Function<Recipe, T> getter,
      BiFunction<Recipe, T, Recipe> setter,
      String method) {
    return add(new Setting<>(name, group, label, help, kind, getter, setter, method, false));
  }

  /** An entry that stands in the recipe's training options. */
  private static <T> Setting<T> ofTraining(
      Setting.Group group,
      String name,
      String label,
      String help,
      SettingKind<T> kind,
      Function<TrainingOptions, T> getter,
      BiFunction<TrainingOptions, T, TrainingOptions> setter,
      String method) {
    return add(
        new Setting<>(
            name,
            group,
            label,
            help,
            kind,
            recipe -> getter.apply(recipe.training()),
            (recipe, value) -> recipe.withTraining(setter.apply(recipe.training(), value)),
            method,
            true));
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    TABLE.add(setting);
    return setting;
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }

  private static List<String> layersWithoutUnits() {
    return Layer.names().stream()
        .map(name ->
            Layer.parameters(name).keySet().stream()
                .collect(Collectors.joining(",", name + "(", ")")))
        .toList();
  }

  /** All of them. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(TABLE);
  }

  /** Those of some groups. */
  public static List<Setting<?>> of(Setting.Group... groups) {
    List<Setting.Group> wanted = List.of(groups);
    return TABLE.stream().filter(setting -> wanted.contains(setting.group())).toList();
  }

  /** The setting of a name. */
  public static Optional<Setting<?>> named(String name) {
    for (Setting<?> setting : TABLE) {
      if (setting.name().equals(name)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** Which settings bring others along. */
  public static List<Rule> rules() {
    return RULES;
  }

  /**
   * The recipe with some settings, and with what these bring along: another output its loss, a
   * cross entropy its softmax, unless that is given too.
   *
   * @param given values as text, by the settings' names
   * @throws IllegalArgumentException if there is no such setting, or a value is refused; the
   *     message begins with the name
   */
  public static Recipe apply(Map<String, String> given, Recipe recipe) {
    for (String name : given.keySet()) {
      if (named(name).isEmpty()) {
        throw new IllegalArgumentException(
            "%s: there is no such setting. There are: %s."
                .formatted(
                    OutsideText.shown(name), list(TABLE.stream().map(Setting::name).toList())));
      }
    }
    Recipe changed = recipe;
    for (Setting<?> setting : TABLE) {
      String value = given.get(setting.name());
      if (value != null) {
        try {
          changed = setting.read(changed, value);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(setting.name() + ": " + e.getMessage(), e);
        }
      }
    }
    for (Rule rule : RULES) {
      if (given.containsKey(rule.given().name()) && !given.containsKey(rule.brought().name())) {
        changed = rule.change().apply(changed);
      }
    }
    return changed;
  }

  /** The values of all settings, as text, by name. */
  public static Map<String, String> values(Recipe recipe) {
    Map<String, String> values = new LinkedHashMap<>();
    TABLE.forEach(setting -> values.put(setting.name(), setting.text(recipe)));
    return values;
  }

  /** The settings that {@link #apply} has to be given to make one recipe another. */
  public static Map<String, String> changes(Recipe from, Recipe to) {
    Map<String, String> wanted = values(to);
    Set<String> names = new HashSet<>();
    while (true) {
      Map<String, String> changes = new LinkedHashMap<>(wanted);
      changes.keySet().retainAll(names);
      Map<String, String> reached = values(apply(changes, from)); // with what they bring along
      Optional<String> next =
          wanted.keySet().stream()
              .filter(name -> !Objects.equals(wanted.get(name), reached.get(name)))
              .findFirst();
      if (next.isEmpty() || !names.add(next.get())) {
        return changes;
      }
    }
  }
}

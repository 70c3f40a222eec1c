package dev.glia.doctor;

import dev.glia.activation.Activation;
import dev.glia.activation.LeakyRelu;
import dev.glia.activation.Relu;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Tanh;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.optimizer.Adam;
import dev.glia.optimizer.Momentum;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.Sgd;
import dev.glia.preprocessing.Scaler;
import dev.glia.stopping.Patience;
import dev.glia.training.TrainingOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings to try instead, why, and what to call that.
 *
 * @param settings by name, as the options of {@code glia train}
 * @param advice a sentence
 * @param label short, as on a button
 */
record Change(Map<String, String> settings, String advice, String label) {

  private static <T> Change of(Setting<T> setting, T value, String advice, String label) {
    return new Change(Map.of(setting.name(), setting.kind().write(value)), advice, label);
  }

  /** No setting helps, but the advice may. */
  static Change none(String advice) {
    return new Change(Map.of(), advice, "");
  }

  /** Both. */
  Change and(Change other) {
    Map<String, String> both = new LinkedHashMap<>(settings);
    both.putAll(other.settings);
    return new Change(both, advice + " " + other.advice, label + "; " + other.label);
  }

  /**
   * What is to blame for numbers that are too large, whichever: inputs first, then the first
   * weights, then long steps; null if all three are as usual.
   */
  static @Nullable Change ofWhatIsTooLarge(Patient patient) {
    TrainingOptions options = patient.options();
    if (InputsNotScaled.large(patient)) {
      return scale(patient.inputs());
    }
    if (!sized(patient.initializer())) {
      return he();
    }
    return options.learningRate() > usualRate(options) ? smallerRate(options) : null;
  }

  /** What usually works: 0.1 for gradient descent, 0.01 where the optimizer sizes its steps. */
  static double usualRate(TrainingOptions options) {
    return adaptive(options.optimizer()) ? 0.01 : 0.1;
  }

  /** A tenth of the learning rate, a power of ten, and no more than what usually works. */
  static Change smallerRate(TrainingOptions options) {
    double tenth = StrictMath.floor(StrictMath.log10(options.learningRate() / 10) + 1e-9);
    return rate(Math.min(usualRate(options), powerOfTen(tenth)), "Take shorter steps.");
  }

  /** The power of ten next to a learning rate. */
  static Change longerSteps(double rate) {
    return rate(powerOfTen(Math.rint(StrictMath.log10(rate))), "Take longer steps.");
  }

  private static double powerOfTen(double exponent) {
    return new BigDecimal("1e" + (int) exponent).doubleValue();
  }

  private static Change rate(double rate, String advice) {
    Setting<Double> setting = RecipeSettings.LEARNING_RATE;
    return of(setting, rate, advice, "Learn at a rate of " + setting.kind().write(rate));
  }

  /** Whether an optimizer takes steps of about the learning rate, however small the gradient. */
  static boolean adaptive(Optimizer optimizer) {
    return !(optimizer instanceof Sgd || optimizer instanceof Momentum);
  }

  /** Standard scaling, but for pictures their range: many of their pixels hardly vary. */
  static Change scale(Inputs inputs) {
    Scaler.Kind kind =
        inputs.columns() >= 64 && inputs.least() >= 0 ? Scaler.Kind.MINMAX : Scaler.Kind.STANDARD;
    return of(
        RecipeSettings.SCALE,
        kind,
        "Scale the inputs to about 1, which first weights and learning rates are made for.",
        "Scale the inputs");
  }

  /** Numbers to predict are brought to mean 0 and spread 1 while learning. */
  static Change scaleTarget() {
    return of(
        RecipeSettings.TARGET_SCALE,
        Scaler.Kind.STANDARD,
        "Scale the numbers to predict while learning; predictions come in their own unit.",
        "Scale what is predicted");
  }

  static Change he() {
    return of(
        RecipeSettings.INIT,
        new Initializer.He(),
        "Start with weights that fit their layers, so that sums and gradients keep their size.",
        "Start with He's weights");
  }

  /** Whether the first weights have a size that fits their layer. */
  static boolean sized(Initializer initializer) {
    return initializer instanceof Initializer.He || initializer instanceof Initializer.Glorot;
  }

  static Change leaky(List<Layer> hidden) {
    Activation leaky = new LeakyRelu(0.05);
    return layers(
        hidden,
        a -> a instanceof Relu ? leaky : a,
        "Take leaky ReLUs, which still learn where their sum is below 0.",
        "Take leaky ReLUs");
  }

  /** Functions that go flat become ReLUs. */
  static Change relus(List<Layer> hidden) {
    return layers(
        hidden,
        a -> flat(a) ? new Relu() : a,
        "Take ReLUs, whose derivative is 1 where they are active.",
        "Take ReLUs");
  }

  private static Change layers(
      List<Layer> hidden, UnaryOperator<Activation> change, String advice, String label) {
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : hidden) {
      layers.add(
          layer instanceof Dense dense
              ? new Dense(dense.units(), change.apply(dense.activation()))
              : layer);
    }
    return of(RecipeSettings.LAYERS, layers, advice, label);
  }

  /** Whether a function is flat on both sides. */
  static boolean flat(Activation activation) {
    return activation instanceof Sigmoid || activation instanceof Tanh;
  }

  static Change hiddenLayers() {
    return of(
        RecipeSettings.LAYERS,
        List.of(new Dense(16, new Relu()), new Dense(16, new Relu())),
        "Without hidden layers a network draws straight lines only: add some.",
        "Add two hidden layers");
  }

  static Change adam() {
    Change adam =
        of(
            RecipeSettings.OPTIMIZER,
            new Adam(),
            "Try Adam, which sizes the steps of each weight.",
            "Take Adam");
    Map<String, String> settings = new LinkedHashMap<>(adam.settings);
    settings.putAll(rate(0.01, "").settings);
    return new Change(settings, adam.advice, adam.label);
  }

  static Change clip() {
    return of(
        RecipeSettings.CLIP_NORM, 1.0, "Limit the norm of the gradients.", "Clip the gradients");
  }

  static Change patience(int epochs) {
    return of(
        RecipeSettings.PATIENCE,
        new Patience(epochs),
        "Stop where the loss on rows kept back is least, and take the weights of that epoch; more"
            + " rows, dropout or fewer units help more.",
        "Stop at the best epoch");
  }

  static Change shuffle() {
    return of(
        RecipeSettings.SHUFFLE,
        true,
        "Shuffle the rows, so that each batch is like the whole.",
        "Shuffle the rows");
  }

  static Change stratify() {
    return of(
        RecipeSettings.STRATIFY,
        true,
        "Split each class in the same ratio, or find rows of the other classes.",
        "Split class by class");
  }
}

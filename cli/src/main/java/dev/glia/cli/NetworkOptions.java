package dev.glia.cli;

import dev.glia.data.Scaler;
import dev.glia.model.Recipe;
import dev.glia.network.Activation;
import dev.glia.network.Initializer;
import dev.glia.network.Layer;
import dev.glia.network.Softmax;
import dev.glia.training.CrossEntropy;
import dev.glia.training.Loss;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The network and what it is to make small; whatever is not given, the recipe says. */
final class NetworkOptions {

  @Option(
      names = "--layers",
      paramLabel = "UNITS:ACTIVATION,...",
      converter = LayersConverter.class,
      description =
          "Hidden layers, such as 16:relu,dropout(0.2),16:leaky_relu(0.05); none for no hidden"
              + " layer. Activations: ${COMPLETION-CANDIDATES}. Layers without units:"
              + " dropout(share), batch_norm(momentum,epsilon), keras_batch_norm(momentum,epsilon),"
              + " scale(rate).",
      completionCandidates = ActivationNames.class)
  @Nullable Layers layers;

  @Option(
      names = "--output",
      paramLabel = "ACTIVATION",
      converter = ActivationConverter.class,
      description =
          "Activation of the output layer: sigmoid, softmax, identity or another of the"
              + " activations.")
  @Nullable Activation output;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      converter = LossConverter.class,
      completionCandidates = LossNames.class,
      description =
          "What to make small: ${COMPLETION-CANDIDATES}; mse(sum) sums where mse averages."
              + " Default: the recipe's, or with --output the one that goes with it.")
  @Nullable Loss loss;

  @Option(
      names = "--init",
      paramLabel = "INITIALISER",
      converter = InitializerConverter.class,
      completionCandidates = InitializerNames.class,
      description =
          "First weights: ${COMPLETION-CANDIDATES}, such as \"normal(-1,1)\" (mean, standard"
              + " deviation).")
  @Nullable Initializer initializer;

  @Option(
      names = "--scale",
      paramLabel = "none|minmax|standard",
      converter = ScalingConverter.class,
      description = "How features are scaled, learned from the training part.")
  Scaler.@Nullable Kind scaling;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the first weights and of the order of the rows; default: 0.")
  @Nullable Long seed;

  /** Hidden layers, as one value of an option. */
  record Layers(List<Layer> specs) {}

  Recipe applyTo(Recipe recipe) {
    Recipe changed = recipe;
    if (layers != null) {
      changed = changed.withHidden(layers.specs());
    }
    if (output != null) {
      changed =
          changed
              .withOutput(output)
              .withTraining(changed.training().withLoss(Recipe.lossFor(output)));
    } else if (loss instanceof CrossEntropy) {
      changed = changed.withOutput(new Softmax()); // the only output it is defined for
    }
    if (loss != null) {
      changed = changed.withTraining(changed.training().withLoss(loss));
    }
    if (initializer != null) {
      changed = changed.withInitializer(initializer);
    }
    if (scaling != null) {
      changed = changed.withScaling(scaling);
    }
    return seed == null ? changed : changed.withSeed(seed);
  }

  static final class LayersConverter implements ITypeConverter<Layers> {
    @Override
    public Layers convert(String text) {
      return new Layers(Layer.parseAll(text));
    }
  }

  static final class ActivationConverter implements ITypeConverter<Activation> {
    @Override
    public Activation convert(String text) {
      return Activation.parse(text);
    }
  }

  static final class LossConverter implements ITypeConverter<Loss> {
    @Override
    public Loss convert(String text) {
      return Loss.parse(text);
    }
  }

  static final class InitializerConverter implements ITypeConverter<Initializer> {
    @Override
    public Initializer convert(String text) {
      return Initializer.parse(text);
    }
  }

  static final class ScalingConverter implements ITypeConverter<Scaler.Kind> {
    @Override
    public Scaler.Kind convert(String text) {
      return Scaler.Kind.of(text.toLowerCase(Locale.ROOT));
    }
  }

  /** Names for the help, from the parsers' own tables. */
  abstract static class Names implements Iterable<String> {
    private final List<String> names;

    Names(List<String> names) {
      this.names = new ArrayList<>(names);
    }

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }

  static final class ActivationNames extends Names {
    ActivationNames() {
      super(Activation.names());
    }
  }

  static final class LossNames extends Names {
    LossNames() {
      super(Loss.names());
    }
  }

  static final class InitializerNames extends Names {
    InitializerNames() {
      super(Initializer.names());
    }
  }
}

package dev.glia.cli;

import dev.glia.internal.text.OutsideText;
import dev.glia.model.Recipe;
import dev.glia.training.Batching;
import dev.glia.training.NanPolicy;
import dev.glia.training.Optimizer;
import dev.glia.training.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How to train; whatever is not given, the recipe says. */
final class TrainingSettings {

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      converter = OptimizerConverter.class,
      completionCandidates = OptimizerNames.class,
      description =
          "How gradients change weights: ${COMPLETION-CANDIDATES}; settings as in"
              + " momentum(0.9), adam(BETA1,BETA2,EPSILON), adamw(WEIGHT_DECAY).")
  @Nullable Optimizer optimizer;

  @Option(names = "--learning-rate", paramLabel = "R", description = "Length of a step, over 0.")
  @Nullable Double learningRate;

  @Option(
      names = "--batch-size",
      paramLabel = "N|full",
      converter = BatchSizeConverter.class,
      description = "Rows a batch, or full for all rows in one.")
  @Nullable Integer batchSize;

  @Option(
      names = "--even-batches",
      negatable = true,
      fallbackValue = "true",
      description =
          "Batches that differ by one row at most (NumPy's array_split), instead of a smaller"
              + " last one.")
  @Nullable Boolean evenBatches;

  @Option(names = "--epochs", paramLabel = "N", description = "How often all rows are seen.")
  @Nullable Integer epochs;

  @Option(
      names = "--shuffle",
      negatable = true,
      fallbackValue = "true",
      description = "Take the rows in a new order in each epoch (the default), or always as given.")
  @Nullable Boolean shuffle;

  @Option(
      names = "--l2",
      paramLabel = "FACTOR",
      description = "Share of each weight and bias that is added to its gradient (weight decay).")
  @Nullable Double l2;

  @Option(
      names = "--clip-value",
      paramLabel = "C",
      description = "Hold each gradient between -C and C.")
  @Nullable Double clipValue;

  @Option(
      names = "--clip-norm",
      paramLabel = "C",
      description = "Scale all gradients down to a Euclidean norm of at most C.")
  @Nullable Double clipNorm;

  @Option(
      names = "--nan",
      paramLabel = "stop|zero",
      converter = NanConverter.class,
      description =
          "When a gradient is not a finite number: stop with a sentence (the default), or zero: NaN"
              + " becomes 0 and an infinity the greatest number; best with --clip-value.")
  @Nullable NanPolicy nanPolicy;

  @Option(names = "--log-every", paramLabel = "N", description = "Evaluate and log every N epochs.")
  @Nullable Integer logEvery;

  Recipe applyTo(Recipe recipe) {
    TrainingOptions options = recipe.training();
    options = optimizer == null ? options : options.withOptimizer(optimizer);
    options = learningRate == null ? options : options.withLearningRate(learningRate);
    options = options.withBatching(batching(options.batching()));
    options = epochs == null ? options : options.withEpochs(epochs);
    options = shuffle == null ? options : options.withShuffle(shuffle);
    options = l2 == null ? options : options.withL2(l2);
    options = clipValue == null ? options : options.withClipValue(clipValue);
    options = clipNorm == null ? options : options.withClipNorm(clipNorm);
    options = nanPolicy == null ? options : options.withNanPolicy(nanPolicy);
    options = logEvery == null ? options : options.withLogEvery(logEvery);
    return recipe.withTraining(options);
  }

  private Batching batching(Batching recipe) {
    return new Batching(
        batchSize == null ? recipe.size() : batchSize,
        evenBatches == null ? recipe.even() : evenBatches);
  }

  static final class OptimizerConverter implements ITypeConverter<Optimizer> {
    @Override
    public Optimizer convert(String text) {
      return Optimizer.parse(text);
    }
  }

  static final class OptimizerNames extends NetworkOptions.Names {
    OptimizerNames() {
      super(Optimizer.names());
    }
  }

  static final class BatchSizeConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.equals("full")) {
        return Batching.FULL;
      }
      try {
        return Numbers.wholeNumber(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Expected a whole number or full, got " + OutsideText.quoted(text) + ".", e);
      }
    }
  }

  static final class NanConverter extends ChoiceConverter<NanPolicy> {
    NanConverter() {
      super(NanPolicy.class);
    }
  }
}

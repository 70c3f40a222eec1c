package dev.glia.cli.option;

import dev.glia.model.Recipe;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which recipe a file gets, how many networks, and how long they may take. */
public final class RecipeOptions {

  /** What there is for a file. */
  enum Kind {
    SIMPLE,
    TABULAR
  }

  @Option(
      names = "--recipe",
      paramLabel = "simple|tabular",
      converter = KindConverter.class,
      description =
          "What a file is trained with: tabular (the default), the best prediction, an average of"
              + " several networks; or simple, one small network, also what --studio shows.")
  private @Nullable Kind recipe;

  @Option(
      names = "--members",
      paramLabel = "N",
      description =
          "How many networks to train side by side and to average, each with other rows to choose"
              + " its best epoch by; 1: one network. Default: the recipe's.")
  private @Nullable Integer members;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      description =
          "Stop training after so long, with the best so far: the networks that are done by then,"
              + " else the best epochs of those that are not.")
  private @Nullable Double seconds;

  /**
   * Refuses what a run of the studio's cannot have.
   *
   * @throws IllegalArgumentException if it is more than one network, or has a time
   */
  public void refuseForStudio() {
    if (recipe == Kind.TABULAR || members != null || seconds != null) {
      throw new IllegalArgumentException(
          "--studio shows one network, with the simple recipe of a file: leave out --recipe, --members and --time.");
    }
  }

  /**
   * The recipe for a data set, before other settings.
   *
   * @throws IllegalArgumentException if a recipe was asked for and it is no file
   */
  public Recipe of(DataOptions data, Table dataset) {
    if (recipe != null && !data.isFile()) {
      throw new IllegalArgumentException(
          "--recipe %s is for files; %s has a recipe of its own."
              .formatted(recipe.name().toLowerCase(Locale.ROOT), data.name()));
    }
    Recipe chosen =
        data.isFile() && recipe != Kind.SIMPLE
            ? Recipe.tabular(dataset).withTask(data.task).complete(dataset)
            : data.recipe(dataset);
    if (members == null) {
      return chosen;
    }
    // One network keeps back what the simple recipe does: there `glia evaluate --part` looks.
    return members > 1
        ? chosen.withMembers(members)
        : chosen
            .withMembers(members)
            .withValidationFraction(data.recipe(dataset).holdout().validation());
  }

  /** Ends a training when its time is up, counted from now. */
  public Cancellation cancellation() {
    if (seconds == null) {
      return new Cancellation();
    }
    if (!(seconds > 0 && seconds < 1e9)) {
      throw new IllegalArgumentException("--time must be a number over 0, got " + seconds + ".");
    }
    return new Cancellation(Duration.ofNanos((long) (seconds * 1e9)));
  }

  static final class KindConverter extends ChoiceConverter<Kind> {
    KindConverter() {
      super(Kind.class);
    }
  }
}

package dev.glia.cli.option;

import dev.glia.model.Recipe;
import dev.glia.reading.ColumnKind;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

  @Option(
      names = "--row-weights",
      paramLabel = "COLUMN",
      description = "The column that says what each row counts while learning; it is no feature.")
  private @Nullable String rowWeights;

  @Option(
      names = "--groups",
      paramLabel = "COLUMN",
      description =
          "The column whose equal values belong together, such as a patient: no split parts them;"
              + " it is no feature.")
  private @Nullable String groups;

  /**
   * Refuses what a run of the studio's cannot have.
   *
   * @throws IllegalArgumentException if it is more than one network, or has a time
   */
  public void refuseForStudio() {
    if (recipe == Kind.TABULAR
        || members != null
        || seconds != null
        || rowWeights != null
        || groups != null) {
      throw new IllegalArgumentException(
          "--studio shows one network, with the simple recipe of a file: leave out --recipe, --members, --time, --row-weights and --groups.");
    }
  }

  /** Tells the data set which columns are wanted though they are no features. */
  public void announce(DataOptions data) {
    Map<String, ColumnKind> columns = new LinkedHashMap<>();
    if (rowWeights != null) {
      columns.put(rowWeights, ColumnKind.NUMBER);
    }
    if (groups != null) {
      columns.put(groups, ColumnKind.CATEGORY);
    }
    data.keep(columns);
  }

  /**
   * The recipe for a data set, before other settings.
   *
   * @throws IllegalArgumentException if a recipe was asked for and it is no file
   */
  public Recipe of(DataOptions data, Table dataset) {
    boolean file = data.reading() != null;
    if (recipe != null && !file) {
      throw new IllegalArgumentException(
          "--recipe %s is for files; %s has a recipe of its own."
              .formatted(recipe.name().toLowerCase(Locale.ROOT), data.name()));
    }
    Recipe chosen =
        file && recipe != Kind.SIMPLE
            ? Recipe.tabular(dataset)
                .withTask(data.task)
                .withRowWeights(rowWeights)
                .withGroups(groups)
                .complete(dataset)
            : data.recipe(dataset).withRowWeights(rowWeights).withGroups(groups);
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

package dev.glia.cli;

import dev.glia.model.Recipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows are kept back; whatever is not given, the recipe says. */
final class SplitOptions {

  @Option(
      names = "--validation-fraction",
      paramLabel = "F",
      description =
          "Share of the rows kept back to look at while learning, and to choose by; 0: the rows to"
              + " test on are looked at.")
  @Nullable Double validationFraction;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      description = "Share of the rows kept back to test on at the end; 0: none.")
  @Nullable Double testFraction;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "Seed of the random choice of those rows.")
  @Nullable Long splitSeed;

  @Option(names = "--stratify", description = "Keep back the same share of each class.")
  boolean stratify;

  /** Whether any was given. */
  boolean given() {
    return validationFraction != null || testFraction != null || splitSeed != null || stratify;
  }

  Recipe applyTo(Recipe recipe) {
    Recipe changed =
        validationFraction == null ? recipe : recipe.withValidationFraction(validationFraction);
    changed = testFraction == null ? changed : changed.withTestFraction(testFraction);
    changed = splitSeed == null ? changed : changed.withSplitSeed(splitSeed);
    return stratify ? changed.withStratify(true) : changed;
  }
}

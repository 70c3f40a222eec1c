package dev.glia.cli;

import dev.glia.model.Recipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows are kept back; whatever is not given, the recipe says. */
final class SplitOptions {

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      description = "Share of the rows kept back to test on, over 0 and under 1.")
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
    return testFraction != null || splitSeed != null || stratify;
  }

  Recipe applyTo(Recipe recipe) {
    Recipe changed = testFraction == null ? recipe : recipe.withTestFraction(testFraction);
    changed = splitSeed == null ? changed : changed.withSplitSeed(splitSeed);
    return stratify ? changed.withStratify(true) : changed;
  }
}

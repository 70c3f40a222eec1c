package dev.glia.cli.option;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import picocli.CommandLine.Option;

/** What computes: the numbers do not depend on it. */
public final class ThreadOptions {

  /** More help no machine, and a system may refuse to start them. */
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to use at most; default: all processors. The result is the same.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--kernel",
      paramLabel = "auto|vector|scalar",
      converter = KernelConverter.class,
      description = "The arithmetic to use; default: auto. The result is the same.")
  KernelChoice kernel = KernelChoice.AUTO;

  public Compute compute() {
    return new Compute(Math.min(threads, MOST_THREADS), kernel);
  }

  public static final class KernelConverter extends ChoiceConverter<KernelChoice> {
    KernelConverter() {
      super(KernelChoice.class);
    }
  }
}

package dev.glia.cli;

import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputOptions {

  @Option(
      names = "--json",
      description = "Print one JSON object a line on stdout, for programs to read.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the result only: no progress and no messages.")
  boolean quiet;
}

package dev.glia.cli.terminal;

import picocli.CommandLine.Option;

/** How a command speaks. */
public final class OutputOptions {

  @Option(
      names = "--json",
      description = "Print one JSON object a line on stdout, for programs to read.")
  public boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the result only: no progress and no messages.")
  public boolean quiet;
}

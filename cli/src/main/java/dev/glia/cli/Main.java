package dev.glia.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code glia}: its subcommands are one class each. */
@Command(
    name = "glia",
    description = "Trains, watches, explains and ships small neural networks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      GradcheckCommand.class,
      BenchCommand.class,
      DataCommand.class,
      PlotCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage, 130 interrupted.",
      "For the options of a command: glia COMMAND --help"
    })
public final class Main implements Runnable {

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    StandardOutput stdout = new StandardOutput();
    CommandLine line = commandLine();
    line.setOut(new PrintWriter(new OutputStreamWriter(stdout, System.out.charset()), true));
    int status = line.execute(args);
    line.getOut().flush();
    String trouble = stdout.trouble();
    if (trouble != null) {
      line.getErr().println("glia: " + trouble);
      status = Failures.FAILURE;
    }
    System.exit(status);
  }

  /** The command as it is run, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    Numbers.register(line);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionStrategy(Failures::runWithinMemory);
    Failures failures = new Failures(() -> main.debug);
    line.setExecutionExceptionHandler(failures);
    line.setParameterExceptionHandler(failures);
    return line;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Expected a command.");
    }
  }
}

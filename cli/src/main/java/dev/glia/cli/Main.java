package dev.glia.cli;

import dev.glia.cli.option.Numbers;
import dev.glia.cli.terminal.StandardOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
    footer = {
      "",
      "Exit status: 0 success, 1 failure, 2 wrong usage, 130 interrupted.",
      "For the options of a command: glia COMMAND --help"
    })
public final class Main implements Runnable {

  /** The subcommands in the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("train", TrainCommand.class);
    commands.put("studio", StudioCommand.class);
    commands.put("evaluate", EvaluateCommand.class);
    commands.put("predict", PredictCommand.class);
    commands.put("inspect", InspectCommand.class);
    commands.put("gradcheck", GradcheckCommand.class);
    commands.put("bench", BenchCommand.class);
    commands.put("data", DataCommand.class);
    commands.put("plot", PlotCommand.class);
    commands.put("warm-up", WarmUpCommand.class);
    commands.put("help", CommandLine.HelpCommand.class);
    return commands;
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    StandardOutput stdout = new StandardOutput();
    PrintWriter out = new PrintWriter(new OutputStreamWriter(stdout, System.out.charset()), true);
    int status = run(out, args);
    out.flush();
    String trouble = stdout.trouble();
    if (trouble != null) {
      System.err.println("glia: " + trouble);
      status = Failures.FAILURE;
    }
    System.exit(status);
  }

  private static int run(PrintWriter out, String[] args) {
    // The shortest commands should not wait for the parser of all options.
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      out.println(Version.line());
      return 0;
    }
    if (args.length == 1 && args[0].equals("studio")) {
      PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
      try {
        return StudioCommand.show(null, false, null, out, err);
      } catch (IOException e) {
        return Failures.say(err, e);
      }
    }
    CommandLine line = commandLine(args);
    line.setOut(out);
    return line.execute(args);
  }

  /** The command with all its subcommands. */
  static CommandLine commandLine() {
    return commandLine(new String[0]);
  }

  /**
   * The command as it is run with the given arguments. Where they name a subcommand, the others,
   * whose options take longer to set up than the command may take to run, are left out.
   */
  static CommandLine commandLine(String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    String first = args.length == 0 ? "" : args[0];
    boolean one = COMMANDS.containsKey(first) && !first.equals("help");
    COMMANDS.forEach((name, command) -> {
      if (!one || name.equals(first)) {
        line.addSubcommand(command);
      }
    });
    Numbers.register(line);
    line.registerConverter(Path.class, Path::of); // picocli's own loses what is wrong
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

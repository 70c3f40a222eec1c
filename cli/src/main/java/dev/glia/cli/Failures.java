package dev.glia.cli;

import dev.glia.internal.io.WholeFile;
import dev.glia.internal.text.ShownText;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.training.DivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence on stderr and an exit status. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  static final int FAILURE = 1;
  static final int USAGE = 2;

  private static final List<String> AGAINST_DIVERGING =
      Stream.of(
              RecipeSettings.LEARNING_RATE,
              RecipeSettings.SCALE,
              RecipeSettings.CLIP_VALUE,
              RecipeSettings.CLIP_NORM)
          .map(Setting::option)
          .toList();

  private final BooleanSupplier debug;

  Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  /** Runs the command; a lack of memory, which picocli lets pass, becomes a failure as others. */
  static int runWithinMemory(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (OutOfMemoryError e) {
      String sentence =
          "This needs more than the %,d MB of memory that the JVM may use: take fewer rows or smaller layers, or give it more, as by GLIA_JAVA_OPTS=-Xmx8g."
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      CommandLine command = parsed.commandSpec().commandLine();
      throw new CommandLine.ExecutionException(
          command, sentence, new IllegalStateException(sentence, e));
    }
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    say(err, sentence(e), USAGE);
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println(
          "Try '" + command.getCommandSpec().qualifiedName() + " --help' for more information.");
    }
    if (debug.getAsBoolean()) {
      err.println(ShownText.trace(e));
    }
    return USAGE;
  }

  private static String sentence(ParameterException e) {
    // picocli wraps what a converter said in words of its own; the converter's sentence is enough.
    if (e.getCause() instanceof IllegalArgumentException inner && e.getArgSpec() != null) {
      return argument(e) + ": " + reason(inner);
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      if (unmatched.isUnknownOption()) {
        return "There is no option " + first + ".";
      }
      return e.getCommandLine().getSubcommands().isEmpty()
          ? "\"" + first + "\" is one argument too many."
          : "There is no command \"" + first + "\".";
    }
    return String.valueOf(e.getMessage());
  }

  private static String argument(ParameterException e) {
    return e.getArgSpec() instanceof CommandLine.Model.OptionSpec option
        ? option.longestName()
        : e.getArgSpec().paramLabel();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (debug.getAsBoolean()) {
      err.println(ShownText.trace(e));
    }
    return switch (e) {
      case IllegalArgumentException bad -> say(err, reason(bad), USAGE);
      case DivergedException diverged ->
          say(
              err,
              diverged.getMessage() + " (" + String.join(", ", AGAINST_DIVERGING) + ")",
              FAILURE);
      case IllegalStateException state -> say(err, String.valueOf(state.getMessage()), FAILURE);
      case IOException io -> say(err, io);
      default ->
          say(
              err,
              "This is a fault in Glia: " + e + ". Run again with --debug and report it.",
              FAILURE);
    };
  }

  /** The JDK's words for a name that is none of a file are no sentence. */
  private static String reason(IllegalArgumentException e) {
    if (!(e instanceof InvalidPathException path)) {
      return String.valueOf(e.getMessage());
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return "No file here can have the name \"%s\" (%s; names are in %s). %s"
        .formatted(
            path.getInput(),
            path.getReason(),
            encoding,
            encoding.equalsIgnoreCase("UTF-8")
                ? "Give another name."
                : "Give another name, or start Glia with a locale of UTF-8, as by LC_ALL=C.UTF-8.");
  }

  /** Says what can't be read or written. */
  static int say(PrintWriter err, IOException e) {
    return say(err, WholeFile.reason(e), FAILURE);
  }

  static int say(PrintWriter err, String sentence, int status) {
    err.println("glia: " + ShownText.line(sentence));
    err.flush();
    return status;
  }
}

package dev.glia.cli;

import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.ModelArgument;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.internal.io.WholeFile;
import dev.glia.model.Model;
import dev.glia.plot.Figure;
import dev.glia.plot.PictureFormat;
import dev.glia.plot.training.Pictures;
import dev.glia.table.Table;
import dev.glia.training.HistoryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glia plot}: pictures of a training, a model or a data set. */
@Command(
    name = "plot",
    description = "Draw a picture as PNG or SVG.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      PlotCommand.Loss.class,
      PlotCommand.Boundary.class,
      PlotCommand.Predictions.class,
      PlotCommand.Confusion.class,
      PlotCommand.Regression.class,
      PlotCommand.Digits.class
    },
    footer = {
      "",
      "Examples:",
      "  glia plot loss runs/moons/history.csv --out loss.svg",
      "  glia plot boundary runs/moons/model.safetensors moons --out boundary.png"
    })
final class PlotCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Expected one of: loss, boundary, predictions, confusion, regression, digits.");
  }

  /** Where a picture goes. */
  static final class Target {
    @Option(
        names = "--out",
        paramLabel = "FILE.png|.svg",
        required = true,
        description = "Where the picture goes.")
    private Path out;

    void check() throws IOException {
      PictureFormat.of(out);
      WholeFile.checkWritable(out);
    }

    void write(Figure figure, Terminal terminal) throws IOException {
      figure.write(out);
      terminal.written("Picture", "picture", out);
    }
  }

  /** {@code glia plot loss}. */
  @Command(
      name = "loss",
      description = "Loss and accuracy over the epochs.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Loss implements Callable<Integer> {
    @Parameters(paramLabel = "HISTORY.csv", description = "The history that glia train wrote.")
    private Path history;

    @Mixin private Target target;
    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      target.check();
      Terminal terminal = new Terminal(spec.commandLine(), output);
      target.write(Pictures.loss(HistoryFile.read(history)), terminal);
      return 0;
    }
  }

  /** What the pictures of a model on a data set share. */
  abstract static class OfModel implements Callable<Integer> {
    @Mixin private ModelArgument model;
    @Mixin private DataOptions data;
    @Mixin private Target target;
    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    abstract Figure draw(Model loaded, Table dataset);

    @Override
    public Integer call() throws IOException {
      target.check();
      Terminal terminal = new Terminal(spec.commandLine(), output);
      Model loaded = model.load();
      target.write(draw(loaded, data.loadFor(loaded, terminal)), terminal);
      return 0;
    }

    static void requirePlane(Model loaded) {
      if (!Pictures.isPlane(loaded)) {
        throw new IllegalArgumentException(
            "This picture needs a model of two features that predicts classes; this one has %d features."
                .formatted(loaded.featureNames().size()));
      }
    }
  }

  /** {@code glia plot boundary}. */
  @Command(
      name = "boundary",
      description = "The points of a plane with the model's decision boundary behind them.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Boundary extends OfModel {
    @Override
    Figure draw(Model loaded, Table dataset) {
      requirePlane(loaded);
      return Pictures.boundary(loaded, dataset);
    }
  }

  /** {@code glia plot predictions}. */
  @Command(
      name = "predictions",
      description = "Real classes beside predicted ones, for points of a plane.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Predictions extends OfModel {
    @Override
    Figure draw(Model loaded, Table dataset) {
      requirePlane(loaded);
      return Pictures.realAndPredicted(loaded, dataset, "Real data", "Predictions");
    }
  }

  /** {@code glia plot confusion}. */
  @Command(
      name = "confusion",
      description = "How often each class was taken for each.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Confusion extends OfModel {
    @Override
    Figure draw(Model loaded, Table dataset) {
      return Pictures.confusion(loaded, dataset);
    }
  }

  /** {@code glia plot regression}. */
  @Command(
      name = "regression",
      description = "Predicted numbers over real ones.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Regression extends OfModel {
    @Override
    Figure draw(Model loaded, Table dataset) {
      return Pictures.regression(loaded, dataset);
    }
  }

  /** {@code glia plot digits}. */
  @Command(
      name = "digits",
      description = "Images with their labels and what the model says of them.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class Digits extends OfModel {
    @Override
    Figure draw(Model loaded, Table dataset) {
      return Pictures.digits(loaded, dataset);
    }
  }
}

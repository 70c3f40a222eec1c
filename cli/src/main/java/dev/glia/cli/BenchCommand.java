package dev.glia.cli;

import dev.glia.cli.bench.Bench;
import dev.glia.cli.bench.BenchFigure;
import dev.glia.cli.bench.Workload;
import dev.glia.cli.option.Downloads;
import dev.glia.cli.option.ThreadOptions;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.cli.terminal.TextTable;
import dev.glia.compute.Compute;
import dev.glia.image.Mnist;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Format;
import dev.glia.layer.Layer;
import dev.glia.source.Digits;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glia bench}: how fast this machine trains and predicts. */
@Command(
    name = "bench",
    description = {
      "Measure how fast training and prediction are on this machine.",
      "",
      "Each workload runs unmeasured until it gets no faster, then for the given time; figures are"
          + " medians.",
      "A and B take MNIST where it has been downloaded, else digits; nothing is downloaded."
    },
    footer = {
      "",
      "Examples:",
      "  glia bench",
      "  glia bench A B --threads 1 --seconds 10",
      "  glia bench product --kernel scalar --json"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class BenchCommand implements Callable<Integer> {

  private static final String MNIST = Mnist.images().name();

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = {
        "What to measure; default: all.",
        "A: epochs of 784-16-10 by SGD, the first article's;",
        "B: epochs of 784-512-256-10 by Adam;",
        "C: updates of 2-16-16-1 on all moons at once;",
        "one: one row through 784-16-10;",
        "many: 10,000 rows through 784-16-10;",
        "product: the matrix product at sizes of B."
      })
  private List<String> workloads = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long each workload runs, over 0; default: ${DEFAULT-VALUE}.")
  private Double seconds = 3.0;

  @Option(
      names = "--shuffle",
      negatable = true,
      fallbackValue = "true",
      description =
          "A, B: take the rows in a new order in each epoch (the default), or always as given.")
  private @Nullable Boolean shuffle;

  @Option(names = "--rows", paramLabel = "N", description = "A, B: only the first N rows.")
  private @Nullable Integer rows;

  @Option(
      names = "--layers",
      paramLabel = "UNITS:ACTIVATION,...",
      converter = LayersConverter.class,
      description = "A, B: other hidden layers, such as 64:relu.")
  private @Nullable Layers layers;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where MNIST lies, in a folder mnist; default: GLIA_DATA, else the cache.")
  private @Nullable Path dataDir;

  @Mixin private ThreadOptions threads;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  /** Hidden layers, as one value of an option. */
  private record Layers(List<Layer> layers) {}

  private static final class LayersConverter implements ITypeConverter<Layers> {
    @Override
    public Layers convert(String text) {
      return new Layers(Layer.parseAll(text));
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "--seconds must be a number over 0, such as 3, got " + seconds + ".");
    }
    Set<Workload> chosen = EnumSet.noneOf(Workload.class);
    workloads.forEach(name -> chosen.add(Workload.named(name)));
    if (chosen.isEmpty()) {
      chosen.addAll(EnumSet.allOf(Workload.class));
    }
    boolean images = chosen.contains(Workload.A) || chosen.contains(Workload.B);
    if (!images && (shuffle != null || rows != null || layers != null)) {
      throw new IllegalArgumentException(
          "--shuffle, --rows and --layers are for the workloads A and B; neither is asked for.");
    }
    Compute compute = threads.compute();
    String kernel = compute.kernel().implementation();
    Terminal terminal = new Terminal(spec.commandLine(), output);
    List<Layer> hidden = layers == null ? null : layers.layers();
    Bench bench =
        new Bench(
            seconds,
            compute,
            images ? images(terminal) : null,
            shuffle == null || shuffle,
            rows,
            hidden);
    if (!output.json) {
      terminal.detail(
          "Kernel %s, %s, Java %s, %s"
              .formatted(
                  kernel,
                  Format.count(compute.threads(), "thread"),
                  Runtime.version(),
                  Format.count(Runtime.getRuntime().availableProcessors(), "processor")));
    }
    List<BenchFigure> figures = new ArrayList<>();
    try {
      for (Workload workload : chosen) {
        terminal.status("Measuring " + workload.label() + "...");
        for (BenchFigure figure : bench.run(workload)) {
          figures.add(figure);
          if (output.json) {
            terminal.result(Json.write(figure.fields()));
          }
        }
      }
    } finally {
      terminal.clearStatus();
    }
    if (!output.json) {
      table(figures).lines().forEach(terminal::result);
    }
    return 0;
  }

  /** MNIST where it is, else digits that need no download. */
  private Table images(Terminal terminal) throws IOException {
    if (Downloads.isThere(MNIST, dataDir)) {
      return Downloads.load(MNIST, dataDir, terminal);
    }
    terminal.message(
        "MNIST is not here: A and B take 5,000 digits that Glia draws. (glia data fetch mnist, or --data-dir)");
    return Digits.standard().generate();
  }

  private static TextTable table(List<BenchFigure> figures) {
    TextTable table = new TextTable("workload", "what", ">median", "unit");
    for (BenchFigure figure : figures) {
      String name = figure.workload().label();
      table.row(name, figure.what(), BenchFigure.text(figure.median()), figure.unit());
      Double examples = figure.examplesPerSecond();
      if (examples != null) {
        table.row("", "", BenchFigure.text(examples), "examples/s");
      }
    }
    return table;
  }
}

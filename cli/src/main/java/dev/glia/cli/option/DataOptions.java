package dev.glia.cli.option;

import dev.glia.cli.terminal.Terminal;
import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.image.IdxFolder;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.source.BuiltIn;
import dev.glia.source.Generator;
import dev.glia.table.Table;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data set, and how to make or read it. */
public final class DataOptions {

  @Parameters(
      paramLabel = "DATA",
      description =
          "moons, circles, blobs, spirals, xor, sine, hills or digits (made by Glia); mnist or"
              + " fashion-mnist (downloaded once); a CSV file; or a folder with IDX"
              + " files.")
  private String data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where downloaded data sets lie, in a folder each; default: GLIA_DATA, else the user's"
              + " cache folder.")
  public @Nullable Path dataDir;

  @Option(names = "--samples", paramLabel = "N", description = "Rows that a generator makes.")
  @Nullable Integer samples;

  @Option(
      names = "--noise",
      paramLabel = "S",
      description = "Noise of a generator, a standard deviation.")
  @Nullable Double noise;

  @Option(
      names = "--centers",
      paramLabel = "N",
      description = "Clouds that blobs makes, which are its classes; default: 3.")
  @Nullable Integer centers;

  @Option(names = "--data-seed", paramLabel = "N", description = "Seed of a generator; default: 0.")
  @Nullable Long dataSeed;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "What to predict in a CSV file: a column's name or its number from 1;"
              + " default: the last.")
  @Nullable String target;

  @Option(
      names = "--header",
      negatable = true,
      fallbackValue = "true",
      description = "Whether a CSV file's first line holds names; default: found out.")
  @Nullable Boolean header;

  @Option(
      names = "--task",
      paramLabel = "auto|classes|number",
      converter = TaskConverter.class,
      description =
          "What the column to predict holds; default: auto. Words are classes, and so are up to 20"
              + " different whole numbers.")
  public Task.Kind task = Task.Kind.AUTO;

  static final class TaskConverter extends ChoiceConverter<Task.Kind> {
    TaskConverter() {
      super(Task.Kind.class);
    }
  }

  /** The data set as it was named. */
  public String name() {
    return data;
  }

  /** What the folder of a run is called: the data set's name, or the file's without its ending. */
  public String runName() {
    Path file = file().toAbsolutePath().normalize().getFileName(); // of ".." too
    String name = file == null ? "data" : file.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Makes, reads or downloads the data set. */
  public Table load(Terminal terminal) throws IOException {
    return load(terminal, null, CsvOptions.defaults());
  }

  /**
   * Makes, reads or downloads the data set.
   *
   * @param shuffle the order of a generator's rows; null for its default
   * @param csv what is known of a CSV file
   */
  public Table load(Terminal terminal, @Nullable Boolean shuffle, CsvOptions csv)
      throws IOException {
    refuseOptionsOfOthers(shuffle);
    Optional<BuiltIn> builtIn = BuiltIn.named(data);
    if (builtIn.isPresent()) {
      return generator(builtIn.get(), shuffle).generate();
    }
    if (Downloads.NAMES.contains(data)) {
      return Downloads.load(data, dataDir, terminal);
    }
    return isFile() ? Csv.read(file(), csvOptions(csv)) : IdxFolder.read(file());
  }

  /** Refuses what {@link #load} would refuse and downloads what is missing; reads nothing. */
  public void prepare(Terminal terminal) throws IOException {
    refuseOptionsOfOthers(null);
    if (Downloads.NAMES.contains(data)) {
      Downloads.fetch(data, dataDir, terminal);
    }
  }

  /** The data set for a model: a CSV file's columns and classes are the model's. */
  public Table loadFor(Model model, Terminal terminal) throws IOException {
    Table dataset = load(terminal, null, known(model));
    if (target == null
        && isFile()
        && model.task() instanceof Regression task
        && !dataset.targets().equals(task.targets())) {
      throw new IllegalArgumentException(
          "The model predicts %s; the last column of %s that is no feature is %s. Say with --target which column holds %s."
              .formatted(
                  String.join(", ", task.targets()),
                  data,
                  String.join(", ", dataset.targets()),
                  String.join(", ", task.targets())));
    }
    return dataset;
  }

  /** The features for a model: a CSV file needs no target. */
  public Table loadFeaturesFor(Model model, Terminal terminal) throws IOException {
    return load(terminal, null, known(model).withFeaturesAlone());
  }

  private static CsvOptions known(Model model) {
    return CsvOptions.defaults().withColumns(model.featureNames(), model.task().targets());
  }

  /** Whether the data set is a folder of the user's. */
  public boolean isFolder() {
    return BuiltIn.named(data).isEmpty()
        && !Downloads.NAMES.contains(data)
        && Files.isDirectory(file());
  }

  /** Whether the data set is a file of the user's. */
  public boolean isFile() {
    return BuiltIn.named(data).isEmpty()
        && !Downloads.NAMES.contains(data)
        && Files.exists(Path.of(data))
        && !Files.isDirectory(Path.of(data));
  }

  /** Where it lies, if it is the user's. */
  public Path file() {
    return Path.of(data);
  }

  /** What the options say of a CSV file, over what is known already. */
  private CsvOptions csvOptions(CsvOptions known) {
    CsvOptions options = target == null ? known : known.withTarget(target);
    options =
        switch (task) {
          case AUTO -> options;
          case CLASSES -> options.withTargetKind(CsvOptions.TargetKind.CLASSES);
          case NUMBER -> options.withTargetKind(CsvOptions.TargetKind.NUMBERS);
        };
    if (header == null) {
      return options;
    }
    return options.withHeader(header ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT);
  }

  private Generator generator(BuiltIn builtIn, @Nullable Boolean shuffle) {
    Map<String, Number> given = new LinkedHashMap<>();
    put(given, "samples", samples);
    put(given, "noise", noise);
    put(given, "centers", centers);
    put(given, "data-seed", dataSeed);
    return builtIn.generator(given, shuffle == null ? builtIn.shuffle() : shuffle);
  }

  private static void put(Map<String, Number> given, String name, @Nullable Number number) {
    if (number != null) {
      given.put(name, number);
    }
  }

  /** Options that would change nothing are refused, as is a data set that is not there. */
  private void refuseOptionsOfOthers(@Nullable Boolean shuffle) {
    Optional<BuiltIn> builtIn = BuiltIn.named(data);
    boolean made = builtIn.isPresent();
    if (!made && !Downloads.NAMES.contains(data) && !Files.exists(file())) {
      List<String> names = new ArrayList<>(BuiltIn.all().stream().map(BuiltIn::name).toList());
      names.addAll(Downloads.NAMES);
      throw new IllegalArgumentException(
          "There is no data set and no file \"%s\". There are: %s; or give a CSV file or a folder."
              .formatted(data, String.join(", ", names))); // a path is said whole
    }
    if (centers != null && builtIn.flatMap(b -> b.parameter("centers")).isEmpty()) {
      throw new IllegalArgumentException(
          "--centers is for blobs; %s has no centres.".formatted(data));
    }
    if (!made && (samples != null || noise != null || dataSeed != null || shuffle != null)) {
      throw new IllegalArgumentException(
          "--samples, --noise, --data-seed and --shuffle are for data sets that Glia makes; %s is not one."
              .formatted(data));
    }
    if (!isFile() && (target != null || header != null || task != Task.Kind.AUTO)) {
      throw new IllegalArgumentException(
          "--target, --header and --task are for CSV files; %s is not one.".formatted(data));
    }
  }

  /** Refuses all options: the argument is a model, which they would not change. */
  public void refuseAll() {
    if (dataDir != null
        || samples != null
        || noise != null
        || centers != null
        || dataSeed != null
        || target != null
        || header != null
        || task != Task.Kind.AUTO) {
      throw new IllegalArgumentException(
          "%s is a model: options that make or read data do nothing for it.".formatted(data));
    }
  }

  /** The recipe of the data set: a built-in one's own, else by what it predicts. */
  public Recipe recipe(Table dataset) {
    if (BuiltIn.named(data).isPresent() || Downloads.NAMES.contains(data)) {
      return Recipe.named(data);
    }
    return Recipe.predict().withTask(task).complete(dataset);
  }
}

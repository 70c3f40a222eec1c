package dev.glia.cli.option;

import dev.glia.cli.terminal.Terminal;
import dev.glia.csv.CsvOptions;
import dev.glia.image.IdxFolder;
import dev.glia.internal.text.OutsideText;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.preprocessing.DateParts;
import dev.glia.preprocessing.Encoding;
import dev.glia.reading.ColumnKind;
import dev.glia.reading.MissingValues;
import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.source.BuiltIn;
import dev.glia.source.Generator;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.DateFormat;
import dev.glia.table.Dates;
import dev.glia.table.Table;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data set, and how to make or read it. */
public final class DataOptions {

  @Parameters(
      paramLabel = "DATA",
      description =
          "moons, circles, blobs, spirals, xor, sine, hills or digits (made by Glia); mnist or"
              + " fashion-mnist (downloaded once); a file with a table (CSV, TSV and the like, also"
              + " in gzip or zip; Parquet; ARFF; NumPy's .npy and .npz), - for one from standard input; a"
              + " database, jdbc:..., with --query; or a folder with IDX files.")
  private String data;

  @Mixin private QueryOptions database;

  private Map<String, ColumnKind> columnsOfRows = Map.of();
  private @Nullable Reading reading;

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
          "What to predict in a file: a column's name or its number from 1, or several of numbers"
              + " with commas between them; default: the last, or one that is called target, label,"
              + " class or y.")
  @Nullable String target;

  @Option(
      names = "--header",
      negatable = true,
      fallbackValue = "true",
      description = "Whether a CSV file's first line holds names; default: found out.")
  @Nullable Boolean header;

  @Option(
      names = "--columns",
      paramLabel = "NAME:KIND,...",
      description =
          "What columns of a file hold: number, category, date, day_first, month_first or ignore,"
              + " such as zip:category,id:ignore; default: found out.")
  @Nullable String columns;

  @Option(
      names = "--separator",
      paramLabel = "CHARACTER",
      converter = SeparatorConverter.class,
      description =
          "What parts the fields of a CSV file: a character, tab or blanks; default: found out.")
  @Nullable Character separator;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      converter = EncodingConverter.class,
      description =
          "The encoding of a CSV file, such as windows-1252; default: UTF-8, UTF-16 with its mark,"
              + " else windows-1252.")
  public @Nullable Charset encoding;

  @Option(
      names = "--decimal",
      paramLabel = "point|comma",
      converter = DecimalConverter.class,
      description = "What stands before the decimals of a CSV file's numbers; default: found out.")
  @Nullable Decimal decimal;

  @Option(
      names = "--missing",
      paramLabel = "TEXT,...",
      description =
          "Texts of a CSV file that stand for missing values, beside empty fields; default: NA, N/A,"
              + " NaN, null, None, ?, -, . and the like.")
  @Nullable String missing;

  /** What stands before the decimals of a number. */
  enum Decimal {
    POINT,
    COMMA
  }

  static final class DecimalConverter extends ChoiceConverter<Decimal> {
    DecimalConverter() {
      super(Decimal.class);
    }
  }

  static final class SeparatorConverter implements CommandLine.ITypeConverter<Character> {
    @Override
    public Character convert(String value) {
      try {
        return CsvOptions.parseSeparator(value);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }

  static final class EncodingConverter implements CommandLine.ITypeConverter<Charset> {
    @Override
    public Charset convert(String value) {
      try {
        return Charset.forName(value);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(
            "there is no encoding " + OutsideText.quoted(value) + ": try UTF-8 or windows-1252.");
      }
    }
  }

  @Option(
      names = "--task",
      paramLabel = "auto|classes|number",
      converter = TaskConverter.class,
      description =
          "What the column to predict holds; default: auto. Words are classes, and so are up to 20"
              + " different whole numbers that come three times each.")
  public Task.Kind task = Task.Kind.AUTO;

  static final class TaskConverter extends ChoiceConverter<Task.Kind> {
    TaskConverter() {
      super(Task.Kind.class);
    }
  }

  /** The data set as it was named; of a database what may be shown. */
  public String name() {
    return isDatabase() ? database.database(data).shownAddress() : data;
  }

  /** Whether the data set is what a database answers. */
  public boolean isDatabase() {
    return QueryOptions.isDatabase(data);
  }

  /** What the folder of a run is called: the data set's name, or the file's without its ending. */
  public String runName() {
    if (isDatabase()) {
      return database.database(data).title();
    }
    Path file = file().toAbsolutePath().normalize().getFileName(); // of ".." too
    String name = file == null ? "data" : file.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Makes, reads or downloads the data set. */
  public Table load(Terminal terminal) throws IOException {
    return load(terminal, null, CsvOptions.defaults());
  }

  /** The same to be looked at, also where nothing can be learnt from it. */
  public Table look(Terminal terminal) throws IOException {
    if (!isFile() && !isInput() && !isDatabase()) {
      return load(terminal);
    }
    refuseOptionsOfOthers(null);
    Reading found = read(terminal, CsvOptions.defaults());
    if (found.problem() != null) {
      terminal.message(found.problem());
    }
    return found.table();
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
    if (!isFile() && !isInput() && !isDatabase()) {
      return IdxFolder.read(file());
    }
    return read(terminal, csv).toLearn();
  }

  private Reading read(Terminal terminal, CsvOptions csv) throws IOException {
    CsvOptions options = csvOptions(csv);
    Reading found =
        isDatabase()
            ? database.read(data, options.reading())
            : TableFile.read(isInput() ? input() : file(), options);
    found.remarks().forEach(terminal::message);
    reading = found;
    return found;
  }

  /**
   * Another file with the columns of this one, such as the rows to test on.
   *
   * @throws IllegalArgumentException if it lacks what is to be predicted
   */
  public Table loadLike(Path other, Table like, Terminal terminal) throws IOException {
    Map<String, ColumnKind> kinds = new LinkedHashMap<>();
    List<String> features = new ArrayList<>();
    for (Column column : like.featureColumns()) {
      if (!columnsOfRows.containsKey(column.name())) {
        features.add(column.name());
        kinds.put(column.name(), kind(column));
      }
    }
    CsvOptions options = csvOptions(CsvOptions.defaults());
    ReadingOptions known =
        options
            .reading()
            .withTargets(List.of())
            .withColumns(kinds)
            .withFeatures(features, like.targets());
    Reading found = TableFile.read(other, options.withReading(known));
    found.remarks().forEach(remark -> terminal.message(other + ": " + remark));
    if (!found.table().targets().equals(like.targets())) {
      throw new IllegalArgumentException(
          "%s lacks the column %s, which is to be compared with what is predicted."
              .formatted(other, OutsideText.list(like.targets())));
    }
    return found.table();
  }

  private static ColumnKind kind(Column column) {
    return switch (column) {
      case Categories words -> ColumnKind.CATEGORY;
      case Dates dates -> kind(dates.format());
      default -> ColumnKind.NUMBER;
    };
  }

  private static ColumnKind kind(DateFormat format) {
    return format == DateFormat.DAY_FIRST ? ColumnKind.DAY_FIRST : ColumnKind.MONTH_FIRST;
  }

  /** Says that columns are read though they say something of rows: they may name them. */
  void keep(Map<String, ColumnKind> columns) {
    columnsOfRows = Map.copyOf(columns);
  }

  /** How the file was read; null if there is none, or not yet. */
  public @Nullable Reading reading() {
    return reading;
  }

  private boolean isInput() {
    return data.equals("-");
  }

  /** Standard input as a file, as it is read more than once. */
  private static Path input() throws IOException {
    Path folder = Files.createTempDirectory("glia");
    Path file = folder.resolve("input.csv");
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      System.in.transferTo(out);
    }
    return file;
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
        && (isFile() || isInput() || isDatabase())
        && model.task() instanceof Regression task
        && !dataset.targets().equals(task.targets())) {
      throw new IllegalArgumentException(
          "The model predicts %s; the last column of %s that is no feature is %s. Say with --target which column holds %s."
              .formatted(
                  String.join(", ", task.targets()),
                  name(),
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
    Map<String, ColumnKind> kinds = new LinkedHashMap<>();
    for (Encoding encoding : model.preprocessing().encodings()) {
      ColumnKind kind = ColumnKind.NUMBER;
      if (encoding.takes() == Categories.class) {
        kind = ColumnKind.CATEGORY;
      } else if (encoding instanceof DateParts dates) {
        kind = kind(dates.format());
      }
      for (String name : encoding.rawNames()) {
        kinds.put(name, kind);
      }
    }
    ReadingOptions reading =
        ReadingOptions.defaults()
            .withColumns(kinds)
            .withFeatures(model.featureNames(), model.task().targets())
            .withTask(model.task() instanceof Regression ? Task.Kind.NUMBER : Task.Kind.AUTO);
    return CsvOptions.defaults().withReading(reading);
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
    ReadingOptions reading = known.reading();
    if (target != null) {
      reading = reading.withTargets(List.of(target));
    }
    if (task != Task.Kind.AUTO) {
      reading = reading.withTask(task);
    }
    if (columns != null) {
      Map<String, ColumnKind> kinds = new LinkedHashMap<>(reading.columns());
      kinds.putAll(ReadingOptions.parseColumns(columns));
      reading = reading.withColumns(kinds);
    }
    if (!columnsOfRows.isEmpty()) {
      Map<String, ColumnKind> kinds = new LinkedHashMap<>(columnsOfRows);
      kinds.putAll(reading.columns());
      reading = reading.withColumns(kinds);
    }
    if (missing != null) {
      reading = reading.withMissing(MissingValues.parse(missing));
    }
    if (decimal != null) {
      reading = reading.withDecimalComma(decimal == Decimal.COMMA);
    }
    return new CsvOptions(
        header == null
            ? CsvOptions.Header.DETECT
            : header ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT,
        separator,
        encoding,
        reading);
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
    database.check(data);
    if (!made
        && !Downloads.NAMES.contains(data)
        && !isInput()
        && !isDatabase()
        && !Files.exists(file())) {
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
    if (!isFile() && !isInput() && !isDatabase() && (target != null || readsOtherwise())) {
      throw new IllegalArgumentException(
          "--target, --task, --columns and how a file is read are for files with tables; %s is not one."
              .formatted(data));
    }
  }

  private boolean readsOtherwise() {
    return header != null
        || columns != null
        || separator != null
        || encoding != null
        || decimal != null
        || missing != null
        || task != Task.Kind.AUTO;
  }

  /** Refuses all options: the argument is a model, which they would not change. */
  public void refuseAll() {
    if (dataDir != null
        || samples != null
        || noise != null
        || centers != null
        || dataSeed != null
        || target != null
        || database.isGiven()
        || readsOtherwise()) {
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

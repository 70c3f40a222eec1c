package dev.glia.studio.settings;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.internal.text.OutsideText;
import dev.glia.model.Recipe;
import dev.glia.model.SettingKind;
import dev.glia.reading.MissingValues;
import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.source.BuiltIn;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which data set, and how it is made or read: the settings from {@code data} to {@code task}.
 *
 * @param name the value of {@code data}
 * @param given the other settings of data, checked only when the data are loaded
 */
public record DataChoice(String name, Map<String, String> given) {

  public static final String CSV = "csv";
  public static final String POINTS = "points";
  private static final String CSV_NAME = "csv-name";
  private static final String CENTERS = "centers";
  private static final String TASK = "task";
  private static final String COLUMNS = "columns";
  private static final String MISSING = "missing";
  private static final String DECIMAL = "decimal";
  private static final Set<String> OF_CSV =
      Set.of(CSV, CSV_NAME, "target", "header", TASK, COLUMNS, MISSING, DECIMAL);

  /** What stands before the decimals of a number. */
  private enum Decimal {
    POINT,
    COMMA
  }

  private static final SettingKind.Choice<Decimal> DECIMALS =
      new SettingKind.Choice<>(Decimal.class);

  /** What the column to predict holds, where it could be two things. */
  static final SettingKind.Choice<Task.Kind> TASKS = new SettingKind.Choice<>(Task.Kind.class);

  /** All keys, in the order of the command's help. */
  static final List<String> KEYS =
      Stream.concat(
              Stream.concat(
                  Stream.of("data"),
                  BuiltIn.all().stream()
                      .flatMap(b -> b.parameters().stream())
                      .map(BuiltIn.Parameter::name)
                      .distinct()),
              Stream.of("target", "header", TASK, COLUMNS, MISSING, DECIMAL, POINTS, CSV, CSV_NAME))
          .toList();

  public DataChoice {
    given = Map.copyOf(given);
  }

  /** Makes or reads the data set. */
  DataSet load(DataSets sets) throws IOException {
    Optional<BuiltIn> builtIn = BuiltIn.named(name);
    refuseKeysOfOthers(builtIn);
    if (builtIn.isPresent()) {
      return DataSet.of(generate(builtIn.get()));
    }
    if (DataSets.names().contains(name)) {
      return DataSet.of(sets.read(name));
    }
    return switch (name) {
      case CSV -> {
        Reading reading = readCsv();
        yield new DataSet(checked(CSV, reading.table()), reading);
      }
      case POINTS -> DataSet.of(naming(POINTS, () -> PaintedPoints.read(text(POINTS))));
      default ->
          throw new IllegalArgumentException(
              "data: there is no data set %s. There are: %s."
                  .formatted(OutsideText.quoted(name), String.join(", ", names())));
    };
  }

  /** Whether it is made or read for itself, rather than shared by all runs. */
  boolean isOwn() {
    return !DataSets.names().contains(name);
  }

  /** The setting that says how many classes there are. */
  String classSetting() {
    return BuiltIn.named(name).flatMap(b -> b.parameter(CENTERS)).isPresent()
        ? CENTERS
        : name.equals(CSV) ? "target" : name.equals(POINTS) ? POINTS : "data";
  }

  /** The setting that says how many rows there are. */
  String rowSetting() {
    return BuiltIn.named(name).isPresent() ? "samples" : name.equals(CSV) ? CSV : "data";
  }

  static List<String> names() {
    return Stream.of(
            BuiltIn.all().stream().map(BuiltIn::name),
            DataSets.names().stream(),
            Stream.of(POINTS, CSV))
        .flatMap(names -> names)
        .toList();
  }

  /** The recipe of the data set: a built-in one's own, else by what it predicts. */
  Recipe recipe(Table dataset) {
    return name.equals(CSV) || name.equals(POINTS)
        ? Recipe.predict().withTask(task()).complete(dataset)
        : Recipe.named(name);
  }

  /** What is to be predicted from a CSV file. */
  Task.Kind task() {
    String text = given.get(TASK);
    return text == null ? Task.Kind.AUTO : naming(TASK, () -> TASKS.read(text));
  }

  /** Every key that says something about this data set, with its value. */
  Map<String, String> complete() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("data", name);
    BuiltIn.named(name)
        .ifPresent(
            builtIn -> builtIn.parameters().forEach(p -> all.put(p.name(), Values.text(value(p)))));
    for (String key : KEYS) {
      String value = given.get(key);
      if (value != null && !all.containsKey(key)) {
        all.put(key, key.equals(TASK) ? TASKS.write(task()) : value);
      }
    }
    return all;
  }

  /** What differs from the data set's defaults, and what it cannot be without. */
  Map<String, String> changes() {
    Map<String, String> changes = complete();
    BuiltIn.named(name)
        .ifPresent(builtIn ->
            builtIn.parameters().stream()
                .filter(p -> value(p) == p.value())
                .forEach(p -> changes.remove(p.name())));
    if (task() == Task.Kind.AUTO) {
      changes.remove(TASK);
    }
    return changes;
  }

  /** The value of a parameter whose text was read before. */
  private double value(BuiltIn.Parameter parameter) {
    String text = given.get(parameter.name());
    return text == null ? parameter.value() : Values.number(text);
  }

  /** Settings that would change nothing are refused. */
  private void refuseKeysOfOthers(Optional<BuiltIn> builtIn) {
    for (String key : given.keySet()) {
      boolean fits =
          switch (name) {
            case CSV -> OF_CSV.contains(key);
            case POINTS -> key.equals(POINTS);
            default -> builtIn.flatMap(b -> b.parameter(key)).isPresent();
          };
      if (!fits && names().contains(name)) {
        throw new IllegalArgumentException("%s: this says nothing about %s.".formatted(key, name));
      }
    }
  }

  private Table generate(BuiltIn builtIn) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    for (BuiltIn.Parameter parameter : builtIn.parameters()) {
      String text = given.get(parameter.name());
      if (text != null) {
        numbers.put(
            parameter.name(),
            naming(
                parameter.name(),
                () -> parameter.whole() ? Values.whole(text) : Values.number(text)));
      }
    }
    int columns = builtIn.name().equals("digits") ? 28 * 28 : 2;
    int most = Math.min(RunLimits.ROWS, RunLimits.NUMBERS / columns);
    Number samples = numbers.get("samples");
    if (samples != null && samples.doubleValue() > most) {
      throw new IllegalArgumentException(
          "samples: the studio takes at most %d rows of %s, got %s."
              .formatted(most, name, Values.text(samples.doubleValue())));
    }
    Number centers = numbers.get(CENTERS);
    if (centers != null && centers.doubleValue() > RunLimits.OUTPUTS) {
      throw new IllegalArgumentException(
          "centers: the studio takes at most %d classes, got %s."
              .formatted(RunLimits.OUTPUTS, Values.text(centers.doubleValue())));
    }
    return builtIn.generator(numbers, builtIn.shuffle()).generate();
  }

  private Reading readCsv() throws IOException {
    String text = text(CSV);
    CsvOptions options = csvOptions();
    try {
      Reading reading = Csv.reading(fileName(), text, options);
      reading.toLearn();
      return reading;
    } catch (InvalidDataException e) { // the user's mistake, not the server's
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** How the file is to be read. */
  public CsvOptions csvOptions() {
    ReadingOptions reading = ReadingOptions.defaults().withTask(task());
    String target = given.get("target");
    if (target != null) {
      reading = reading.withTargets(List.of(target));
    }
    String columns = given.get(COLUMNS);
    if (columns != null) {
      reading = reading.withColumns(naming(COLUMNS, () -> ReadingOptions.parseColumns(columns)));
    }
    String missing = given.get(MISSING);
    if (missing != null) {
      reading = reading.withMissing(naming(MISSING, () -> MissingValues.parse(missing)));
    }
    String decimal = given.get(DECIMAL);
    if (decimal != null) {
      reading =
          reading.withDecimalComma(naming(DECIMAL, () -> DECIMALS.read(decimal)) == Decimal.COMMA);
    }
    CsvOptions options = CsvOptions.defaults().withReading(reading);
    String header = given.get("header");
    if (header != null) {
      boolean present = naming("header", () -> Values.truth(header));
      options = options.withHeader(present ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT);
    }
    return options;
  }

  private String fileName() {
    String file = given.getOrDefault(CSV_NAME, "data.csv");
    boolean plain =
        file.length() <= 200
            && file.chars().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\');
    if (!plain) {
      throw new IllegalArgumentException(
          "csv-name: expected the name of a file without a folder, of at most 200 characters.");
    }
    return file;
  }

  private String text(String key) {
    if (!given.containsKey(key)) {
      throw new IllegalArgumentException("%s: data=%s needs this setting.".formatted(key, name));
    }
    return Objects.requireNonNull(given.get(key));
  }

  private static Table checked(String key, Table data) {
    int columns = data.features().columns();
    if (data.rows() > RunLimits.ROWS
        || columns > RunLimits.FEATURES
        || (long) data.rows() * columns > RunLimits.NUMBERS) {
      throw new IllegalArgumentException(
          "%s: the studio takes at most %d rows, %d features and %d numbers; %s has %d rows of %d features."
              .formatted(
                  key,
                  RunLimits.ROWS,
                  RunLimits.FEATURES,
                  RunLimits.NUMBERS,
                  data.name(),
                  data.rows(),
                  columns));
    }
    return data;
  }

  /** A number of a setting that may be wrong. */
  @FunctionalInterface
  interface Value<T> {
    T get();
  }

  /** Puts the key before what is wrong with its value. */
  static <T> T naming(String key, Value<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }
}

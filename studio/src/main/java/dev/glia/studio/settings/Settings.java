package dev.glia.studio.settings;

import dev.glia.csv.CsvOptions;
import dev.glia.internal.text.OutsideText;
import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.network.Architecture;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.Scaler;
import dev.glia.reading.Reading;
import dev.glia.split.Parts;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a run, as one flat map of texts: the options of {@code glia train} without their
 * dashes. The same settings give the same data, the same recipe and so the same numbers as that
 * command.
 *
 * <p>Immutable; the data set is made or read when the settings are.
 */
public final class Settings {

  private final DataChoice choice;
  private final Map<String, String> given;
  private final Table data;
  private final @Nullable Reading reading;
  private final Recipe defaults; // of the data set
  private final Recipe recipe;
  private final Parts split;
  private final Task task;
  private final Architecture architecture;

  private Settings(Map<String, String> given, DataSets sets) throws IOException {
    this.given = ordered(given);
    Map<String, String> ofData = new LinkedHashMap<>(this.given);
    Map<String, String> ofRecipe = new LinkedHashMap<>(this.given);
    ofData.keySet().removeIf(key -> RecipeSettings.named(key).isPresent());
    ofRecipe.keySet().removeAll(ofData.keySet());
    String name = ofData.remove("data");
    choice = new DataChoice(name == null ? "moons" : name, ofData);
    DataSet made = sets.get(choice);
    data = made.table();
    reading = made.reading();
    Demand.checkClasses(data, choice);
    defaults = choice.recipe(data);
    Recipe applied = RecipeSettings.apply(ofRecipe, defaults);
    recipe = applied.withTargetScale(applied.targetScaling()); // said, as in complete()
    split = recipe.split(data);
    task = Task.of(split, recipe.task(), Scaler.Kind.NONE);
    architecture =
        recipe.architecture(Preprocessing.fit(split.train(), Scaler.Kind.NONE).inputs(), task);
    demand().check();
  }

  /**
   * Reads settings: what is missing or blank comes from the data set's recipe, as for the command.
   *
   * @throws IllegalArgumentException if a key is unknown, a value is wrong or something is too
   *     large, naming the key
   * @throws IOException if a downloaded data set cannot be read
   */
  public static Settings of(Map<String, String> given, DataSets sets) throws IOException {
    return new Settings(given, sets);
  }

  /** What was given, in the order of the keys; blank values mean nothing. */
  private static Map<String, String> ordered(Map<String, String> given) {
    List<String> keys = keys();
    for (Map.Entry<String, String> setting : given.entrySet()) {
      String key = setting.getKey();
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            "There is no setting %s. There are: %s."
                .formatted(OutsideText.quoted(key), String.join(", ", keys)));
      }
      RunLimits.checkLength(key, setting.getValue());
    }
    Map<String, String> known = new LinkedHashMap<>();
    for (String key : keys) {
      String value = given.getOrDefault(key, "");
      if (!value.isBlank()) {
        known.put(key, key.equals(DataChoice.CSV) ? value : value.strip());
      }
    }
    return known;
  }

  /** All keys there are. */
  public static List<String> keys() {
    List<String> keys = new ArrayList<>(DataChoice.KEYS);
    RecipeSettings.all().forEach(setting -> keys.add(setting.name()));
    return keys;
  }

  /** What a run with these settings asks of the machine. */
  public Demand demand() {
    return new Demand(data, choice, recipe, architecture, split.train().rows());
  }

  /** The data set. */
  public Table data() {
    return data;
  }

  /** The recipe, complete. */
  public Recipe recipe() {
    return recipe;
  }

  /** The data set in the recipe's parts. */
  public Parts split() {
    return split;
  }

  /** The network's shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** The name of the data set as the settings have it, such as {@code moons} or {@code csv}. */
  public String dataName() {
    return choice.name();
  }

  /** How the CSV file was read; null for other data. */
  public @Nullable Reading reading() {
    return reading;
  }

  /** How the CSV file is to be read. */
  public CsvOptions csvOptions() {
    return choice.csvOptions();
  }

  /** What the column to predict of a CSV file is taken for. */
  public Task.Kind task() {
    return choice.task();
  }

  /** What was given, without what comes from the recipe. */
  public Map<String, String> given() {
    return given;
  }

  /** Every setting that says something about these data, with its value. */
  public Map<String, String> complete() {
    Map<String, String> all = choice.complete();
    all.putAll(RecipeSettings.values(recipe));
    return all;
  }

  /** What differs from the data set's defaults: what the command has to be told. */
  public Map<String, String> changes() {
    Map<String, String> changes = choice.changes();
    changes.putAll(RecipeSettings.changes(defaults, recipe));
    return changes;
  }

  /**
   * These settings with others for what can change in the middle of a training.
   *
   * @param others all settings; those that must stay have to be what they are
   * @throws IllegalArgumentException if another one would change, naming it
   */
  public Settings forked(Map<String, String> others, DataSets sets) throws IOException {
    Map<String, String> candidate = ordered(others);
    Map<String, String> kept = new LinkedHashMap<>(given);
    kept.keySet().removeIf(Settings::atFork);
    candidate.forEach((key, value) -> {
      if (atFork(key)) {
        kept.put(key, value);
      }
    });
    for (RecipeSettings.Rule rule : RecipeSettings.rules()) {
      String brought = rule.brought().name();
      if (rule.given().atFork() && kept.containsKey(rule.given().name()) && !atFork(brought)) {
        kept.putIfAbsent(brought, complete().get(brought)); // as it is: the rows are what they are
      }
    }
    Settings forked = new Settings(kept, sets);
    Map<String, String> now = forked.complete();
    candidate.forEach((key, value) -> {
      if (!atFork(key) && !sameValue(key, value, now)) {
        throw new IllegalArgumentException(
            "%s: this cannot change in the middle of a training, it is %s. Start again to change it."
                .formatted(key, OutsideText.shown(now.getOrDefault(key, "not set"))));
      }
    });
    return forked;
  }

  private static boolean atFork(String key) {
    return RecipeSettings.named(key).map(Setting::atFork).orElse(false);
  }

  private boolean sameValue(String key, String value, Map<String, String> now) {
    return value.equals(given.get(key)) || value.equals(now.get(key));
  }
}

package dev.glia.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.Numbers;
import dev.glia.cli.option.RecipeOptions;
import dev.glia.cli.option.SettingOptions;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.fuzz.Reading;
import dev.glia.fuzz.Scratch;
import dev.glia.image.DataCache;
import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.studio.export.DataFile;
import dev.glia.studio.export.ShellCommand;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The studio's settings: given again in full, as changes only, or as the command that the studio
 * writes, they are the same data and the same recipe.
 */
public final class SettingsFuzz {

  /** Larger ones are a matter of the studio's limits, and would only take the time. */
  private static final double MOST_SAMPLES = 400;

  private static final DataSets SETS = new DataSets(new DataCache(Path.of("no-such-folder")));

  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\\\\'|[^'\\\\ ])+");

  private SettingsFuzz() {}

  /** An input is an address such as {@code data=moons&layers=16:relu&epochs=10}. */
  public static void fuzzerTestOneInput(byte[] input) {
    Map<String, String> given = given(new String(input, UTF_8));
    if (given == null || isLarge(given.get("samples"))) {
      return;
    }
    // What generators make counts as memory too.
    Reading.of(input.length + 50_000, () -> Settings.of(given, SETS))
        .ifPresent(SettingsFuzz::check);
  }

  private static Map<String, String> given(String address) {
    Map<String, String> given = new LinkedHashMap<>();
    try {
      for (String pair : address.split("&", -1)) {
        String[] sides = pair.split("=", 2);
        given.put(
            URLDecoder.decode(sides[0], UTF_8),
            sides.length == 1 ? "" : URLDecoder.decode(sides[1], UTF_8));
      }
      return given;
    } catch (IllegalArgumentException e) {
      return null; // a % that stands for nothing
    }
  }

  private static boolean isLarge(String samples) {
    try {
      return samples != null && Double.parseDouble(samples) > MOST_SAMPLES;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void check(Settings settings) {
    checkSame(settings, Reading.again(() -> Settings.of(settings.complete(), SETS)));
    checkSame(settings, Reading.again(() -> Settings.of(settings.changes(), SETS)));
    Reading.again(() -> checkCommand(settings));
  }

  private static void checkSame(Settings settings, Settings again) {
    Reading.checkSame("The settings", settings.complete(), again.complete());
    Reading.checkSame("The recipe", settings.recipe(), again.recipe());
    checkSame(settings.data(), again.data());
  }

  private static void checkSame(Table data, Table again) {
    Reading.checkSame("The columns", data.featureNames(), again.featureNames());
    Reading.checkSame("The number of rows", data.rows(), again.rows());
    double[] row = new double[data.featureNames().size()];
    double[] other = row.clone();
    Matrix features = data.features();
    for (int i = 0; i < data.rows(); i++) {
      features.copyRow(i, row);
      again.features().copyRow(i, other);
      if (!Arrays.equals(row, other)) { // what is missing is NaN, and equal here
        throw new AssertionError("Row %d is another one.".formatted(i));
      }
    }
  }

  /** The options of {@code glia train}. */
  @Command(name = "train")
  static final class Options {
    @Mixin private DataOptions data;
    @Mixin private RecipeOptions recipes;
    @Mixin private SettingOptions settings = new SettingOptions(Setting.Group.values());
  }

  private static Settings checkCommand(Settings settings) throws IOException {
    String file = "./" + DataFile.nameOf(settings);
    List<String> words = new ArrayList<>(words(ShellCommand.of(settings)));
    if (words.get(2).equals(file)) {
      words.set(2, Scratch.file("settings.csv", DataFile.contentOf(settings)).toString());
    }
    Options options = new Options();
    CommandLine line = new CommandLine(options);
    Numbers.register(line);
    line.parseArgs(words.subList(2, words.size()).toArray(String[]::new));
    Table data = options.data.load(new Terminal(line, new OutputOptions()));
    Recipe recipe = options.settings.applyTo(options.recipes.of(options.data, data));
    Reading.checkSame(
        "The command's recipe",
        RecipeSettings.values(settings.recipe()),
        RecipeSettings.values(recipe));
    checkSame(settings.data(), data);
    return settings;
  }

  /** The words that a shell makes of the command below its comment. */
  private static List<String> words(String text) {
    String command = text.startsWith("#") ? text.substring(text.indexOf('\n') + 1) : text;
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command.substring(0, command.length() - 1));
    while (matcher.find()) {
      words.add(matcher.group().replace("'\\''", "\0").replace("'", "").replace("\0", "'"));
    }
    return words;
  }
}

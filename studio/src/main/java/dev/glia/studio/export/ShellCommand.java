package dev.glia.studio.export;

import dev.glia.model.RecipeSettings;
import dev.glia.studio.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A run as the {@code glia train} command that gives the same numbers. */
public final class ShellCommand {

  /** What a shell leaves alone; one class of characters, so linear. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,+=-]+");

  private ShellCommand() {}

  /** The text to paste; a comment above it says which file it needs. */
  public static String of(Settings settings) {
    StringBuilder text = new StringBuilder();
    if (DataFile.isNeeded(settings)) {
      text.append("# The data are in the file ")
          .append(DataFile.nameOf(settings))
          .append(", which the studio gives out too.\n");
    }
    List<String> quoted = words(settings).stream().map(ShellCommand::quoted).toList();
    return text.append(String.join(" ", quoted)).append('\n').toString();
  }

  private static List<String> words(Settings settings) {
    List<String> words = new ArrayList<>(List.of("glia", "train"));
    // With a folder before it, a name can be neither an option nor a built-in data set.
    words.add(DataFile.isNeeded(settings) ? "./" + DataFile.nameOf(settings) : settings.dataName());
    if (DataFile.isNeeded(settings)) {
      words.addAll(List.of("--recipe", "simple")); // the command's own for a file is another
    }
    for (Map.Entry<String, String> change : settings.changes().entrySet()) {
      if (!DataFile.KEYS.contains(change.getKey())) {
        words.addAll(option(change.getKey(), change.getValue()));
      }
    }
    return words;
  }

  private static List<String> option(String key, String value) {
    List<String> words =
        RecipeSettings.named(key)
            .map(setting -> setting.words(value))
            .orElseGet(() ->
                key.equals("header")
                    ? List.of(Boolean.parseBoolean(value) ? "--header" : "--no-header")
                    : List.of("--" + key, value));
    boolean couldBeTakenForMore =
        words.size() > 1 && (value.startsWith("-") || value.startsWith("@"));
    return couldBeTakenForMore ? List.of(String.join("=", words)) : words;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

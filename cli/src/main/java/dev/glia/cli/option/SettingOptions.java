package dev.glia.cli.option;

import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.model.SettingKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Settings as options, made from the table of settings; whatever is not given, the recipe says. */
@Command
public final class SettingOptions {

  private final List<Setting<?>> settings;
  private final Map<Setting<?>, OptionSpec> options = new LinkedHashMap<>();

  /** The settings of some groups. */
  public SettingOptions(Setting.Group... groups) {
    settings = RecipeSettings.of(groups);
  }

  @Spec
  void addTo(CommandSpec command) {
    for (Setting<?> setting : settings) {
      OptionSpec option = option(setting);
      options.put(setting, option);
      command.addOption(option);
    }
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option()).description(setting.help().replace("%", "%%"));
    if (setting.kind() instanceof SettingKind.Truth) {
      return option.type(Boolean.class).arity("0").negatable(true).fallbackValue("true").build();
    }
    return option
        .type(String.class)
        .arity("1")
        .paramLabel(setting.label())
        .completionCandidates(setting.kind().choices())
        .converters(text -> read(setting, text))
        .build();
  }

  /** A text that can be read, as it is: so picocli says which option has one that cannot. */
  private static String read(Setting<?> setting, String text) {
    setting.kind().read(text);
    return text;
  }

  /** What was given, by the settings' names. */
  public Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    options.forEach((setting, option) -> {
      @Nullable Object value = option.getValue();
      if (value != null) {
        given.put(setting.name(), value.toString());
      }
    });
    return given;
  }

  /** These options in a sentence: {@code --test-fraction, --split-seed and --stratify}. */
  public String inWords() {
    List<String> names = settings.stream().map(Setting::option).toList();
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /**
   * The recipe with what was given.
   *
   * @throws IllegalArgumentException naming the option, if the recipe refuses a value
   */
  public Recipe applyTo(Recipe recipe) {
    try {
      return RecipeSettings.apply(given(), recipe);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + e.getMessage(), e); // begins with the name
    }
  }
}

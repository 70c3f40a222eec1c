package dev.glia.studio;

import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.model.SettingKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of moons of which each is another than the data set's own. */
public final class OtherValues {

  private static final Recipe MOONS = Recipe.named("moons");

  private OtherValues() {}

  /** All settings but the loss, which comes with the output. */
  public static Map<String, String> all() {
    Map<String, String> values = new LinkedHashMap<>(Map.of("data", "moons"));
    for (Setting<?> setting : RecipeSettings.all()) {
      if (!setting.equals(RecipeSettings.LOSS)) {
        values.put(setting.name(), other(setting));
      }
    }
    return values;
  }

  private static String other(Setting<?> setting) {
    return switch (setting.kind()) {
      case SettingKind.Whole whole -> String.valueOf(whole.least() + 2);
      case SettingKind.Seed seed -> "7";
      case SettingKind.Real real -> "0.125";
      case SettingKind.Truth truth -> String.valueOf(!Boolean.parseBoolean(setting.text(MOONS)));
      case SettingKind.Layers layers -> "5:tanh,dropout(0.25)";
      case SettingKind.Choice<?> choice -> other(choice.choices(), setting);
      case SettingKind.Named<?> named -> other(named.choices(), setting);
    };
  }

  private static String other(List<String> choices, Setting<?> setting) {
    return choices.stream()
        .filter(choice -> !setting.text(MOONS).equals(choice))
        .findFirst()
        .orElseThrow();
  }
}

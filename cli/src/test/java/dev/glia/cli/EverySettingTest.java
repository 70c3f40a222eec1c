package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.cli.option.SettingOptions;
import dev.glia.doctor.Finding;
import dev.glia.doctor.Severity;
import dev.glia.image.DataCache;
import dev.glia.internal.json.Json;
import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.model.SettingKind;
import dev.glia.studio.Studio;
import dev.glia.studio.export.ShellCommand;
import dev.glia.studio.run.Session;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Every setting of the table through all that is made of it: the command's option, the studio's
 * settings and its catalogue, the exported program and the doctor's advice. That the page has it
 * too, in its address and as a field, is tested where the page is.
 */
class EverySettingTest {

  private static final Recipe MOONS = Recipe.named("moons");

  @TempDir Path folder;

  static Stream<String> names() {
    return RecipeSettings.all().stream().map(Setting::name);
  }

  private static Setting<?> setting(String name) {
    return RecipeSettings.named(name).orElseThrow();
  }

  /** A value that moons do not have anyway. */
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
        .map(choice -> written(setting.kind(), choice))
        .findFirst()
        .orElseThrow();
  }

  /** With the numbers that go with a name: momentum(0.9). */
  private static <T> String written(SettingKind<T> kind, String text) {
    return kind.write(kind.read(text));
  }

  /** The recipe with the other value, as the library has it. */
  private static Recipe expected(Setting<?> setting) {
    Recipe recipe = RecipeSettings.apply(Map.of(setting.name(), other(setting)), MOONS);
    assertThat(setting.text(recipe)).isEqualTo(other(setting));
    assertThat(recipe).isNotEqualTo(MOONS);
    return recipe;
  }

  @Command(name = "train")
  private static final class Options {
    @Mixin private SettingOptions settings = new SettingOptions(Setting.Group.values());
  }

  private static Recipe parse(List<String> words) {
    Options options = new Options();
    new CommandLine(options).parseArgs(words.toArray(String[]::new));
    return options.settings.applyTo(MOONS);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAnOptionOfTheCommand(String name) {
    Setting<?> setting = setting(name);
    assertThat(parse(setting.words(other(setting)))).isEqualTo(expected(setting));
    assertThat(parse(setting.words(setting.text(MOONS))).training().epochs())
        .isEqualTo(MOONS.training().epochs());
    String help = Glia.run("train", "--help").ok().out().replaceAll("\\s+", "");
    assertThat(help).contains(setting.help().replaceAll("\\s+", ""));
    if (!(setting.kind() instanceof SettingKind.Truth)) {
      Glia.run("train", "moons", setting.option(), "(nonsense", "--out", folder.resolve("m"))
          .fails(2, setting.option() + ": ");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void isASettingOfTheStudio(String name) throws IOException {
    Setting<?> setting = setting(name);
    DataSets sets = new DataSets(new DataCache(folder));
    Settings settings = Settings.of(Map.of(name, other(setting)), sets);
    assertThat(settings.recipe()).isEqualTo(expected(setting));
    assertThat(settings.complete()).containsEntry(name, other(setting));
    assertThat(Settings.of(settings.complete(), sets).recipe()).isEqualTo(settings.recipe());
    assertThat(Settings.of(settings.changes(), sets).recipe()).isEqualTo(settings.recipe());
    Settings before = Settings.of(Map.of(), sets);
    if (setting.atFork()) {
      assertThat(before.forked(settings.given(), sets).recipe().training())
          .isEqualTo(settings.recipe().training()); // the rows stay what they are
    } else {
      assertThatThrownBy(() -> before.forked(settings.given(), sets))
          .hasMessageStartingWith(name + ": this cannot change in the middle of a training");
    }
    assertThatThrownBy(() -> Settings.of(Map.of(name, "(nonsense"), sets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": ");
    // The command that the page gives away.
    List<String> words = new ArrayList<>();
    settings
        .changes()
        .forEach((key, value) -> {
          if (!key.equals("data")) {
            words.addAll(setting(key).words(value));
          }
        });
    assertThat(unquoted(ShellCommand.of(settings)))
        .containsExactly(
            Stream.concat(Stream.of("glia", "train", "moons"), words.stream())
                .toArray(String[]::new));
    assertThat(parse(words)).isEqualTo(settings.recipe());
  }

  @ParameterizedTest
  @MethodSource("names")
  void isInTheCatalogueAndInTheProgram(String name) throws IOException, InterruptedException {
    Setting<?> setting = setting(name);
    try (Studio studio = Studio.startAt(0, folder)) {
      Map<?, ?> catalog = (Map<?, ?>) Objects.requireNonNull(Json.read(get(studio, "api/catalog")));
      assertThat((List<?>) catalog.get("keys")).asString().contains(name);
      Map<?, ?> entry =
          ((List<?>) Objects.requireNonNull(catalog.get("settings")))
              .stream()
                  .map(one -> (Map<?, ?>) one)
                  .filter(one -> name.equals(one.get("name")))
                  .findFirst()
                  .orElseThrow();
      assertThat(entry.get("help")).isEqualTo(setting.help());
      assertThat(entry.get("atFork")).isEqualTo(setting.atFork());
      assertThat(entry.get("group")).isEqualTo(setting.group().name().toLowerCase(Locale.ROOT));
      assertThat(String.valueOf(entry.get("kind")))
          .isEqualTo(setting.kind().getClass().getSimpleName().toLowerCase(Locale.ROOT));

      Map<String, String> given = Map.of("data", "moons", name, other(setting));
      if (name.equals("loss")) {
        given = Map.of("data", "moons", name, "mse"); // goes with moons' output
      }
      Session session = studio.open(given);
      assertThat(get(studio, "api/sessions/" + session.id() + "/export/Main.java"))
          .contains("." + setting.java(session.recipe()));
    }
  }

  private static String get(Studio studio, String path) throws IOException, InterruptedException {
    URI address = studio.address().resolve(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void isSaidByTheDoctorAsItIsTyped(String name) {
    Setting<?> setting = setting(name);
    String line =
        TrainingReport.line(
            new Finding(
                "rule",
                Severity.HINT,
                "It ails.",
                "Try this.",
                null,
                Map.of(name, other(setting)),
                "Try"));
    assertThat(line).startsWith("doctor: It ails. Try this. (").endsWith(")");
    String option = line.substring(line.indexOf(". (") + 3, line.length() - 1);
    assertThat(parse(unquoted(option))).isEqualTo(expected(setting));
  }

  /** The words that a shell makes of a line whose quotes stand round whole words. */
  private static List<String> unquoted(String line) {
    return Arrays.stream(line.strip().split(" ", -1))
        .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
        .toList();
  }
}

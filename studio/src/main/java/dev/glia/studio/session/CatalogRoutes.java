package dev.glia.studio.session;

import dev.glia.activation.Activation;
import dev.glia.compute.KernelChoice;
import dev.glia.layer.Layer;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.model.SettingKind;
import dev.glia.source.BuiltIn;
import dev.glia.split.Parts;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.Routes;
import dev.glia.studio.settings.DataChoice;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.RunLimits;
import dev.glia.studio.settings.Settings;
import dev.glia.studio.settings.Start;
import dev.glia.studio.view.DataKind;
import dev.glia.studio.view.JsonObject;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What there is to choose from: {@code GET /api/catalog}. */
public final class CatalogRoutes {

  /** Rows that are enough to see of what kind a data set is. */
  private static final int GLANCE = 20;

  private CatalogRoutes() {}

  /**
   * Registers it.
   *
   * @param version of Glia
   */
  public static void routes(Routes routes, DataSets sets, String version) {
    routes.get("/api/catalog", request -> new Answer.Json(catalog(sets, version)));
  }

  static Map<String, @Nullable Object> catalog(DataSets sets, String version) {
    return JsonObject.with("version", version)
        .and("kernel", KernelChoice.AUTO.implementation())
        .and("threads", Runtime.getRuntime().availableProcessors())
        .and("data", data(sets))
        .and("keys", Settings.keys())
        .and("settings", RecipeSettings.all().stream().map(CatalogRoutes::setting).toList())
        .and("starts", Start.all(sets).stream().map(CatalogRoutes::start).toList())
        .and("limits", limits())
        .map();
  }

  private static Map<String, @Nullable Object> setting(Setting<?> setting) {
    Map<String, @Nullable Object> fields =
        JsonObject.with("name", setting.name())
            .and("group", setting.group().name().toLowerCase(Locale.ROOT))
            .and("help", setting.help())
            .and("atFork", setting.atFork())
            .and("brings", brings(setting))
            .map();
    fields.putAll(values(setting.kind()));
    return fields;
  }

  private static List<String> brings(Setting<?> setting) {
    return RecipeSettings.rules().stream()
        .filter(rule -> rule.given().equals(setting))
        .map(rule -> rule.brought().name())
        .toList();
  }

  /** What a form has to know to offer the values of a setting. */
  private static Map<String, @Nullable Object> values(SettingKind<?> kind) {
    return switch (kind) {
      case SettingKind.Whole whole ->
          JsonObject.with("kind", "whole")
              .and("least", whole.least())
              .and("most", whole.most())
              .and("word", whole.word() == null ? null : whole.word().text())
              .map();
      case SettingKind.Seed seed ->
          JsonObject.with("kind", "seed").and("least", 0).and("most", SettingKind.Seed.MOST).map();
      case SettingKind.Real real ->
          JsonObject.with("kind", "real")
              .and("least", finite(real.least()))
              .and("most", finite(real.most()))
              .and("word", real.word() == null ? null : real.word().text())
              .map();
      case SettingKind.Truth truth -> JsonObject.with("kind", "truth").map();
      case SettingKind.Choice<?> choice ->
          JsonObject.with("kind", "choice").and("choices", choice.choices()).map();
      case SettingKind.Named<?> named ->
          JsonObject.with("kind", "named")
              .and("entries", named(named.choices(), named.parameters()))
              .map();
      case SettingKind.Layers layers ->
          JsonObject.with("kind", "layers")
              .and("entries", named(Layer.names(), Layer::parameters))
              .and("activations", named(layers.choices(), Activation::parameters))
              .map();
    };
  }

  private static @Nullable Double finite(double bound) {
    return Double.isFinite(bound) ? bound : null;
  }

  private static Map<String, @Nullable Object> start(Start start) {
    return JsonObject.with("name", start.name())
        .and("title", start.title())
        .and("description", start.description())
        .and("settings", start.settings())
        .map();
  }

  private static Map<String, @Nullable Object> limits() {
    return JsonObject.with("classes", RunLimits.CLASSES)
        .and("csvBytes", RunLimits.CSV)
        .and("points", RunLimits.POINTS)
        .and("parameters", RunLimits.PARAMETERS)
        .and("rows", RunLimits.ROWS)
        .and("epochs", RunLimits.EPOCHS)
        .and("sessions", RunLimits.SESSIONS)
        .map();
  }

  private static List<Map<String, @Nullable Object>> named(
      List<String> names, Function<String, Map<String, Double>> parameters) {
    return names.stream()
        .map(name ->
            JsonObject.with("name", name)
                .and(
                    "parameters",
                    parameters.apply(name).entrySet().stream()
                        .map(p ->
                            JsonObject.with("name", p.getKey()).and("value", p.getValue()).map())
                        .toList())
                .map())
        .toList();
  }

  private static List<Map<String, @Nullable Object>> data(DataSets sets) {
    List<Map<String, @Nullable Object>> data = new ArrayList<>();
    BuiltIn.all().forEach(builtIn -> data.add(builtIn(builtIn)));
    data.add(images("mnist", "MNIST", "70,000 written digits, the first article's", sets));
    data.add(
        images("fashion-mnist", "Fashion-MNIST", "70,000 pictures of clothes in ten kinds", sets));
    data.add(
        entry(
            DataChoice.POINTS,
            "Your points",
            "points that you paint, in up to 8 classes",
            DataKind.PLANE,
            true,
            null));
    data.add(
        entry(
            DataChoice.CSV,
            "Your file",
            "a CSV file of numbers and words; one column is what to predict",
            DataKind.TABLE,
            true,
            null));
    return data;
  }

  private static Map<String, @Nullable Object> builtIn(BuiltIn builtIn) {
    Table few = builtIn.generator(Map.of("samples", GLANCE), builtIn.shuffle()).generate();
    String name = builtIn.name();
    Map<String, @Nullable Object> entry =
        entry(
            name,
            name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
            builtIn.description(),
            DataKind.of(Parts.all(few), few.target() instanceof Categories),
            few.target() instanceof Categories,
            null);
    entry.put("parameters", builtIn.parameters().stream().map(CatalogRoutes::parameter).toList());
    return entry;
  }

  private static Map<String, @Nullable Object> parameter(BuiltIn.Parameter parameter) {
    return JsonObject.with("name", parameter.name())
        .and("description", parameter.description())
        .and("value", parameter.value())
        .and("least", parameter.least())
        .and("most", parameter.most())
        .and("step", parameter.step())
        .map();
  }

  private static Map<String, @Nullable Object> images(
      String name, String title, String description, DataSets sets) {
    String why = sets.has(name) ? null : DataSets.whyNot(name);
    return entry(name, title, description, DataKind.IMAGES, true, why);
  }

  private static Map<String, @Nullable Object> entry(
      String name,
      String title,
      String description,
      DataKind kind,
      boolean classes,
      @Nullable String whyNot) {
    return JsonObject.with("name", name)
        .and("title", title)
        .and("description", description)
        .and("kind", kind.word())
        .and("task", classes ? "classes" : "number")
        .and("available", whyNot == null)
        .and("why", whyNot)
        .and("parameters", List.of())
        .map();
  }
}

package dev.glia.studio.session;

import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.network.Architecture;
import dev.glia.reading.ColumnSummary;
import dev.glia.reading.ReadColumn;
import dev.glia.reading.Reading;
import dev.glia.split.Parts;
import dev.glia.studio.run.LoggedEpochs;
import dev.glia.studio.run.RunView;
import dev.glia.studio.run.Sample;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Speed;
import dev.glia.studio.run.Status;
import dev.glia.studio.run.Timeline;
import dev.glia.studio.settings.DataChoice;
import dev.glia.studio.settings.Settings;
import dev.glia.studio.view.JsonObject;
import dev.glia.table.Column;
import dev.glia.table.ImageSize;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run is, as JSON. */
public final class States {

  private States() {}

  public static Map<String, @Nullable Object> of(Session session) {
    RunView view = session.view();
    Settings settings = view.timeline().settings();
    Sample sample = view.sample();
    return JsonObject.with("id", session.id())
        .and("settings", withoutFile(settings.complete()))
        .and("given", withoutFile(settings.given()))
        .and("line", view.lineNumber())
        .and("forks", view.timeline().branches().size())
        .and("changes", view.changes())
        .and("status", word(view.status()))
        .and("error", view.error())
        .and("diverged", sample.snapshot().diverged())
        .and("epoch", sample.epoch())
        .and("trainedEpochs", trainedEpochs(view))
        .and("epochs", settings.recipe().training().epochs())
        .and("batch", sample.batch())
        .and("batches", sample.batches())
        .and("updates", sample.updates())
        .and("speed", view.speed().limited() ? view.speed().updatesPerSecond() : null)
        .and("article", view.speed().equals(Speed.ARTICLE))
        .and("moments", view.timeline().moments().count())
        .and("owner", session.owner().name().toLowerCase(Locale.ROOT))
        .and("network", network(settings.architecture()))
        .and("data", data(settings, view))
        .map();
  }

  /** How many epochs were trained: more than are shown where a stopping rule found one better. */
  static int trainedEpochs(RunView view) {
    EpochFinished last = view.timeline().history().last();
    return Math.max(view.sample().epoch(), last == null ? 0 : last.epoch());
  }

  static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** A file may have megabytes, and who asks has sent it. */
  private static Map<String, String> withoutFile(Map<String, String> settings) {
    Map<String, String> shown = new LinkedHashMap<>(settings);
    shown.remove(DataChoice.CSV);
    return shown;
  }

  private static Map<String, @Nullable Object> network(Architecture architecture) {
    return JsonObject.with("inputs", architecture.inputs())
        .and("sizes", architecture.sizes())
        .and("parameters", architecture.parameterCount())
        .and("before", behind(architecture, -1))
        .and(
            "layers",
            Arrays.stream(architecture.denseLayers())
                .mapToObj(layer ->
                    JsonObject.with("inputs", architecture.inputsOf(layer))
                        .and("units", architecture.unitsOf(layer))
                        .and("activation", architecture.activationOf(layer).name())
                        .and("then", behind(architecture, layer))
                        .map())
                .toList())
        .and("traced", traced(architecture))
        .map();
  }

  /** The layers that a trace follows, in order: dense, or another's own name. */
  private static List<String> traced(Architecture architecture) {
    return architecture.predicting().layers().stream()
        .map(layer -> layer instanceof Dense ? "dense" : layer.name())
        .toList();
  }

  /** The layers between a dense one, or the inputs, and the next dense one. */
  private static List<String> behind(Architecture architecture, int layer) {
    return architecture.layers().stream()
        .skip(layer + 1L)
        .takeWhile(next -> !(next instanceof Dense))
        .map(Layer::name)
        .toList();
  }

  private static Map<String, @Nullable Object> data(Settings settings, RunView view) {
    Table data = settings.data();
    Parts parts = settings.split();
    Task task = view.timeline().experiment().task();
    List<String> classes = task instanceof Classification c ? c.labels() : null;
    String quantity = task instanceof Regression r ? String.join(", ", r.targets()) : null;
    ImageSize image = data.image();
    return JsonObject.with("name", settings.dataName())
        .and("title", data.name())
        .and("kind", view.timeline().subject().kind().word())
        .and("task", classes == null ? "number" : "classes")
        .and("columns", data.columns().stream().map(Column::name).toList())
        .and("reading", settings.reading() == null ? null : reading(settings.reading()))
        .and("features", data.featureColumns().stream().map(Column::name).toList())
        .and("inputs", view.timeline().experiment().untrained().preprocessing().inputNames())
        .and("classes", classes)
        .and("quantity", quantity)
        .and("trainRows", parts.train().rows())
        .and("watched", watched(parts))
        .and("watchedRows", parts.watched().rows())
        .and("testRows", parts.test() == null ? 0 : parts.test().rows())
        .and(
            "image",
            image == null
                ? null
                : JsonObject.with("width", image.width()).and("height", image.height()).map())
        .map();
  }

  /** How a file was read: each of its columns, and what was guessed. */
  private static Map<String, @Nullable Object> reading(Reading reading) {
    List<Map<String, @Nullable Object>> columns = new ArrayList<>();
    for (ReadColumn column : reading.columns()) {
      Column found = column.column();
      ColumnSummary summary = found == null ? null : ColumnSummary.of(found);
      columns.add(
          JsonObject.with("name", column.name())
              .and("role", column.role().name().toLowerCase(Locale.ROOT))
              .and("kind", summary == null ? null : summary.kind())
              .and("missing", summary == null ? 0 : summary.missing())
              .and("distinct", summary == null ? 0 : summary.distinct())
              .and("remark", column.remark())
              .map());
    }
    return JsonObject.with("columns", columns).and("remarks", reading.remarks()).map();
  }

  /** What the rows are called that are looked at while it learns; null if there are none. */
  private static @Nullable String watched(Parts parts) {
    return parts.watchesTest() ? "test" : parts.validation() != null ? "validation" : null;
  }

  /** The logged epochs as rows, with what other lines did. */
  static Map<String, @Nullable Object> history(Session session) {
    RunView view = session.view();
    Timeline timeline = view.timeline();
    return JsonObject.with("line", view.lineNumber())
        .and("columns", LoggedEpochs.columns(timeline.subject().classes()))
        .and("rows", timeline.history().rows().rows())
        .and(
            "branches",
            timeline.branches().stream()
                .map(b ->
                    JsonObject.with("from", b.from()).and("rows", b.epochs().rows().rows()).map())
                .toList())
        .map();
  }
}

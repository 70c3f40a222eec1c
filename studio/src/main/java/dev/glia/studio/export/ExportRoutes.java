package dev.glia.studio.export;

import dev.glia.internal.text.Format;
import dev.glia.model.Model;
import dev.glia.plot.Figure;
import dev.glia.plot.PictureFormat;
import dev.glia.plot.training.Pictures;
import dev.glia.split.Parts;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.QueryNumbers;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.studio.http.Routes;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.TrainingState;
import dev.glia.studio.session.Sessions;
import dev.glia.studio.settings.Settings;
import dev.glia.training.HistoryFile;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a run gives. */
public final class ExportRoutes {

  private static final String EXPORT = "/api/sessions/{id}/export/";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String CSV = "text/csv; charset=utf-8";

  /** Points that a picture of the plane has behind it. */
  private static final long FIELD = 160 * 160;

  /** Multiply-adds for the pictures of a run: some seconds on one core. */
  private static final long MOST_WORK = 60_000_000_000L;

  private final Sessions sessions;

  private ExportRoutes(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Registers all of them. */
  public static void routes(Routes routes, Sessions sessions) {
    ExportRoutes exports = new ExportRoutes(sessions);
    routes.get(EXPORT + "command", exports::command);
    routes.get(EXPORT + "Main.java", exports::program);
    routes.get(EXPORT + "model.safetensors", exports::model);
    routes.get(EXPORT + "history.csv", exports::history);
    routes.get(EXPORT + "data.csv", exports::data);
    routes.get(EXPORT + "pictures", exports::pictures);
    routes.get(EXPORT + "pictures/{file}", exports::picture);
  }

  private Session session(Request request) {
    return sessions.get(request.path("id"));
  }

  private Answer command(Request request) {
    Session session = session(request);
    String text = forks(session, "# ") + ShellCommand.of(session.settings());
    return new Answer.File(TEXT, null, text.getBytes(StandardCharsets.UTF_8));
  }

  private Answer program(Request request) {
    Session session = session(request);
    String text = forks(session, "// ") + JavaProgram.of(session.settings());
    return new Answer.File(TEXT, "Main.java", text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a command or a program cannot do again: a change of settings in the middle. */
  private static String forks(Session session, String comment) {
    List<String> updates = session.forks().stream().map(Format::count).toList();
    return updates.isEmpty()
        ? ""
        : """
        %1$sThis run was forked after %2$s updates. What follows trains from the start with the
        %1$ssettings that it has now: the same run only if the forks have changed none of them.
        """
            .formatted(comment, String.join(", ", updates));
  }

  private Answer model(Request request) throws IOException {
    Session session = session(request);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Integer moment = QueryNumbers.optional(request, "moment");
    session.state(moment).trained().model().write(out);
    if (moment == null) {
      session.taken();
    }
    String name = session.settings().dataName() + ".safetensors";
    return new Answer.File("application/octet-stream", name, out.toByteArray());
  }

  private Answer history(Request request) {
    byte[] text = HistoryFile.text(epochs(session(request))).getBytes(StandardCharsets.UTF_8);
    return new Answer.File(CSV, "history.csv", text);
  }

  private Answer data(Request request) throws IOException {
    Settings settings = session(request).settings();
    return new Answer.File(CSV, DataFile.nameOf(settings), DataFile.contentOf(settings));
  }

  private Answer pictures(Request request) {
    if (session(request).history().isEmpty()) {
      return new Answer.Json(Map.of("pictures", List.of())); // nothing to draw a loss from yet
    }
    List<Map<String, Object>> names =
        figures(request).entrySet().stream()
            .map(figure ->
                Map.<String, Object>of("name", figure.getKey(), "title", figure.getValue().title()))
            .toList();
    return new Answer.Json(Map.of("pictures", names));
  }

  private Answer picture(Request request) throws IOException {
    String file = request.path("file");
    int dot = file.lastIndexOf('.');
    boolean known = file.endsWith(".png") || file.endsWith(".svg");
    Figure figure = known ? figures(request).get(file.substring(0, dot)) : null;
    if (figure == null) {
      throw new Refusal(404, "This run has no picture \"" + file + "\".");
    }
    PictureFormat format = PictureFormat.of(Path.of(file));
    String type = format == PictureFormat.PNG ? "image/png" : "image/svg+xml";
    return new Answer.File(type, file, format.encode(figure));
  }

  private Map<String, Figure> figures(Request request) {
    Session session = session(request);
    TrainingState state = session.state(QueryNumbers.optional(request, "moment"));
    Parts split = state.shown();
    Model model = state.model();
    long rows = split.watched().rows();
    if (!split.watchesTest() && split.test() != null) {
      rows += split.test().rows();
    }
    if (Pictures.isPlane(model, split)) {
      rows += split.train().rows() + 2 * FIELD;
    }
    long parameters = state.checkpoint().architecture().parameterCount();
    if (rows * parameters > MOST_WORK) {
      throw new Refusal(
          422,
          "Pictures of %d points through a network of %d parameters take too long for a page: take the model away, and \"glia plot\" draws them."
              .formatted(rows, parameters));
    }
    return Pictures.ofTraining(state.trained(), split, state.epochs());
  }

  private static List<EpochFinished> epochs(Session session) {
    List<EpochFinished> epochs = session.history();
    if (epochs.isEmpty()) {
      throw new Refusal(409, "This run has no history yet: let it do a step first.");
    }
    return epochs;
  }
}

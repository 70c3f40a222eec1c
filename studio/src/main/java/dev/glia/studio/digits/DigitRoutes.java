package dev.glia.studio.digits;

import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.QueryNumbers;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.studio.http.Routes;
import dev.glia.studio.run.DataPart;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.TrainingState;
import dev.glia.studio.session.Sessions;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Table;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pages ask about pictures: a run's, and those that are drawn by hand. */
public final class DigitRoutes {

  private static final String SESSION = "/api/sessions/{id}";
  private static final String OF_SESSION = "session:";
  private static final int PAGE = 60; // pictures, if not asked for more
  private static final int MOST_COUNTED = 10_000; // rows of a confusion matrix
  private static final long LARGEST_MODEL = 8L << 20; // bytes

  private final Sessions sessions;
  private final RecentReadings readings = new RecentReadings();
  private final DrawingModels models = new DrawingModels();

  private DigitRoutes(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Registers all of them. */
  public static void routes(Routes routes, Sessions sessions) {
    DigitRoutes digits = new DigitRoutes(sessions);
    routes.get(SESSION + "/digits", digits::gallery);
    routes.get(SESSION + "/pictures", digits::pictures);
    routes.get(SESSION + "/confusion", digits::confusion);
    routes.get("/api/models", request -> new Answer.Json(Map.of("models", digits.models.all())));
    routes.post("/api/models", digits::open);
    routes.post("/api/predict", digits::predict);
  }

  /** A part of a run's pictures, and what its network reads in them. */
  private record Part(
      String name, Table data, Categories target, Readings readings, long updates) {}

  private Part part(Request request) {
    Session session = sessions.get(request.path("id"));
    DataPart part = DataPart.of(request, DataPart.WATCHED);
    TrainingState state = session.state(QueryNumbers.optional(request, "moment"));
    Table data = state.data(part);
    Model model = state.model();
    Categories target = Readings.target(model.task(), data); // before anything is reckoned
    return new Part(
        part.word(), data, target, readings.of(model, state.examples(part)), state.updates());
  }

  private Answer gallery(Request request) {
    Part part = part(request);
    ImageSize size = size(part.data);
    Gallery.Filter filter =
        new Gallery.Filter(
            QueryNumbers.optional(request, "actual"),
            QueryNumbers.optional(request, "predicted"),
            request.query("wrong").orElse("").equals("true"),
            QueryNumbers.orElse(request, "offset", 0),
            QueryNumbers.orElse(request, "limit", PAGE));
    return of(part.updates, Gallery.page(part.data, part.target, size, part.readings, filter));
  }

  private Answer pictures(Request request) {
    Experiment experiment = sessions.get(request.path("id")).experiment();
    Table data = DataPart.of(request, DataPart.TRAIN).of(experiment.parts());
    return new Answer.Json(
        Gallery.pictures(
            data,
            Readings.target(experiment.task(), data),
            size(data),
            QueryNumbers.orElse(request, "offset", 0),
            QueryNumbers.orElse(request, "limit", PAGE)));
  }

  private static ImageSize size(Table data) {
    ImageSize size = data.image();
    if (size == null) {
      throw new Refusal(409, data.name() + " has no pictures to show.");
    }
    return size;
  }

  private Answer confusion(Request request) {
    Part part = part(request);
    return of(part.updates, Gallery.confusion(part.name, part.target, part.readings, MOST_COUNTED));
  }

  /** What a network read, with after how many updates it did: a run may go on meanwhile. */
  private static Answer of(long updates, Map<String, Object> read) {
    read.put("updates", updates);
    return new Answer.Json(read);
  }

  private Answer open(Request request) throws IOException {
    byte[] content = request.body(LARGEST_MODEL);
    try {
      return new Answer.Json(models.open(request.query("name").orElse(""), content));
    } catch (InvalidDataException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer predict(Request request) {
    Map<String, @Nullable Object> question = request.json();
    if (!(question.get("model") instanceof String id)
        || !(question.get("pixels") instanceof String pixels)) {
      throw new Refusal(400, "A drawing needs a model and pixels.");
    }
    Drawing drawing = new Drawing(bytes(pixels));
    if (!id.startsWith(OF_SESSION)) {
      return new Answer.Json(drawing.readBy(models.get(id)));
    }
    TrainingState state =
        sessions.get(id.substring(OF_SESSION.length())).state(moment(question.get("moment")));
    Model model = Drawing.readable("This run", state.model());
    return of(state.updates(), drawing.readBy(model));
  }

  private static @Nullable Integer moment(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number updates -> updates.intValue();
      default -> throw new Refusal(400, "A moment is a number of updates, got \"" + value + "\".");
    };
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The pixels of a drawing must come as base64.");
    }
  }
}

package dev.glia.studio.trace;

import dev.glia.data.Dataset;
import dev.glia.model.Experiment;
import dev.glia.network.Architecture;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.QueryNumbers;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.studio.http.Routes;
import dev.glia.studio.session.Session;
import dev.glia.studio.session.Session.Stand;
import dev.glia.studio.session.Sessions;
import dev.glia.training.Checkpoint;
import dev.glia.training.ExampleTrace;
import dev.glia.training.Examples;
import org.jspecify.annotations.Nullable;

/** What a page asks about a single example. */
public final class TraceRoutes {

  private final Sessions sessions;

  private TraceRoutes(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Registers it. */
  public static void routes(Routes routes, Sessions sessions) {
    routes.get("/api/sessions/{id}/trace", new TraceRoutes(sessions)::trace);
  }

  private Answer trace(Request request) {
    Session session = sessions.get(request.path("id"));
    String part = request.query("part").orElse("train");
    boolean test = part.equals("test");
    if (!test && !part.equals("train")) {
      throw new Refusal(400, "part must be test or train, got \"" + part + "\".");
    }
    Stand stand = session.stand(QueryNumbers.optional(request, "moment"));
    Experiment experiment = stand.experiment();
    Dataset data = test ? stand.split().test() : stand.split().train();
    int row = QueryNumbers.orElse(request, "row", 0);
    if (row >= data.rows()) {
      throw new Refusal(
          404, "There are %d rows, from 0 on: there is no row %d.".formatted(data.rows(), row));
    }
    Checkpoint checkpoint = stand.checkpoint();
    Trace.Choice choice = choice(request, checkpoint.architecture());
    Examples examples = test ? experiment.testExamples() : experiment.trainExamples();
    ExampleTrace trace = ExampleTrace.of(checkpoint, examples, row);
    return new Answer.Json(new Trace(trace, checkpoint, data, row).json(part, choice));
  }

  private static Trace.@Nullable Choice choice(Request request, Architecture architecture) {
    Integer layer = QueryNumbers.optional(request, "layer");
    Integer unit = QueryNumbers.optional(request, "unit");
    if (layer == null || unit == null) {
      return null;
    }
    if (layer >= architecture.depth() || unit >= architecture.unitsOf(layer)) {
      throw new Refusal(
          404,
          "The network %s has no unit %d in layer %d, counted from 0."
              .formatted(architecture.sizes(), unit, layer));
    }
    return new Trace.Choice(layer, unit);
  }
}

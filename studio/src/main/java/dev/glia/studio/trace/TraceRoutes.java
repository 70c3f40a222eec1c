package dev.glia.studio.trace;

import dev.glia.inspection.ExampleTrace;
import dev.glia.network.Architecture;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.QueryNumbers;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.studio.http.Routes;
import dev.glia.studio.run.DataPart;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.TrainingState;
import dev.glia.studio.session.Sessions;
import dev.glia.table.Table;
import dev.glia.training.Checkpoint;
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
    DataPart part = DataPart.of(request, DataPart.TRAIN);
    TrainingState state = session.state(QueryNumbers.optional(request, "moment"));
    Table data = state.data(part);
    int row = QueryNumbers.orElse(request, "row", 0);
    if (data.rows() == 0) {
      throw new Refusal(
          404, "This run keeps no rows back: there is no other part than the training's.");
    }
    if (row >= data.rows()) {
      throw new Refusal(
          404, "There are %d rows, from 0 on: there is no row %d.".formatted(data.rows(), row));
    }
    Checkpoint checkpoint = state.checkpoint();
    Trace.Choice choice = choice(request, checkpoint.architecture().predicting());
    ExampleTrace trace = ExampleTrace.of(checkpoint, state.examples(part), row);
    return new Answer.Json(
        new Trace(trace, checkpoint, state.model(), data, row).json(part.word(), choice));
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

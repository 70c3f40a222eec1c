package dev.glia.studio.session;

import dev.glia.internal.text.OutsideText;
import dev.glia.metric.Scores;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.FrameSource;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.studio.http.Routes;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.studio.run.TrainingState;
import dev.glia.studio.settings.Values;
import dev.glia.studio.view.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What pages can ask of runs. */
public final class SessionRoutes {

  private static final String SESSION = "/api/sessions/{id}";

  private SessionRoutes() {}

  /** Something that a page wants of a run. */
  @FunctionalInterface
  private interface Command {
    void run(Session session, Map<String, @Nullable Object> body) throws IOException;
  }

  /** Registers them. */
  public static void routes(Routes routes, Sessions sessions) {
    Frames frames = new Frames(sessions);
    routes.post(
        "/api/sessions",
        request -> {
          Map<String, String> given = settings(request.json(Request.LARGE));
          return state(sessions.open(given == null ? Map.of() : given, Owner.PAGE));
        });
    routes.glance(SESSION, request -> state(session(sessions, request)));
    command(routes, sessions, "run", (session, body) -> session.run());
    command(routes, sessions, "pause", (session, body) -> session.pause());
    command(routes, sessions, "step", (session, body) -> session.step());
    command(routes, sessions, "epoch", (session, body) -> session.epoch());
    command(routes, sessions, "speed", SessionRoutes::speed);
    setUp(
        routes,
        sessions,
        "reset",
        (session, body) -> {
          checkFree(session);
          Map<String, String> given = settings(body);
          if (given == null) {
            session.reset();
          } else {
            sessions.reset(session, given);
          }
        });
    setUp(
        routes,
        sessions,
        "fork",
        (session, body) -> {
          checkFree(session);
          sessions.fork(session, moment(body.get("moment")), settings(body));
        });
    routes.command(
        SESSION + "/leave",
        request -> {
          sessions.leave(request.path("id"));
          return new Answer.Json(JsonObject.with("left", true).map());
        });
    routes.get(SESSION + "/points", request -> points(session(sessions, request)));
    routes.get(SESSION + "/test", request -> test(session(sessions, request)));
    routes.get(
        SESSION + "/history",
        request -> new Answer.Json(States.history(session(sessions, request))));
    routes.get(
        SESSION + "/moments",
        request -> new Answer.Json(Frames.moments(session(sessions, request)).map()));
    routes.get(
        SESSION + "/frame",
        request ->
            new Answer.Json(
                frames
                    .one(
                        session(sessions, request),
                        request.query("moment").map(SessionRoutes::moment).orElse(null),
                        request.query("parts").map(SessionRoutes::words).orElse(List.of()))
                    .map()));
  }

  /** What streams of events show. */
  public static FrameSource frames(Sessions sessions) {
    return new Frames(sessions);
  }

  /** Leaves word for the training thread. */
  private static void command(Routes routes, Sessions sessions, String name, Command command) {
    routes.command(
        SESSION + "/" + name, request -> carryOut(command, sessions, request, Request.SMALL));
  }

  /** Makes or reads data, and sets a training up. */
  private static void setUp(Routes routes, Sessions sessions, String name, Command command) {
    routes.post(
        SESSION + "/" + name, request -> carryOut(command, sessions, request, Request.LARGE));
  }

  private static Answer carryOut(Command command, Sessions sessions, Request request, long most)
      throws IOException {
    Session session = session(sessions, request);
    command.run(session, request.json(most));
    return state(session);
  }

  /** What {@code glia train --studio} trains is what it will save. */
  private static void checkFree(Session session) {
    if (session.owner() == Owner.COMMAND
        && session.status() != Status.FINISHED
        && session.status() != Status.FAILED) {
      throw new Refusal(
          409,
          "The command trains this run to its end: wait for that, or begin a run of your own.");
    }
  }

  private static Session session(Sessions sessions, Request request) {
    return sessions.get(request.path("id"));
  }

  private static Answer state(Session session) {
    return new Answer.Json(States.of(session));
  }

  private static Answer points(Session session) {
    Map<String, @Nullable Object> points = session.subject().points();
    if (points == null) {
      throw new Refusal(404, "These data are no points of a plane or a curve.");
    }
    return new Answer.Json(points);
  }

  /** How good the network is on the rows to test on, once it has learnt all. */
  private static Answer test(Session session) {
    TrainingState state = session.state(null);
    Scores scores = state.trained().result().test();
    if (scores == null) {
      throw new Refusal(
          409,
          state.split().test() == null
              ? "This run has no rows to test on."
              : "The rows to test on are looked at once the run has finished.");
    }
    JsonObject answer = JsonObject.with("updates", state.updates());
    scores.named("").forEach(answer::and);
    return new Answer.Json(answer.map());
  }

  private static void speed(Session session, Map<String, @Nullable Object> body) {
    if (Boolean.TRUE.equals(body.get("article"))) {
      session.articleSpeed();
      return;
    }
    switch (body.get("updatesPerSecond")) {
      case null -> session.speed(null);
      case Number number -> session.speed(number.doubleValue());
      default ->
          throw new IllegalArgumentException(
              "updatesPerSecond must be a number or null, for as fast as it can.");
    }
  }

  private static List<String> words(String text) {
    // A class of characters: each is looked at once.
    return Stream.of(text.split("[,+ ]")).filter(word -> !word.isEmpty()).distinct().toList();
  }

  private static @Nullable Integer moment(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return Math.toIntExact(OutsideText.whole(value.toString()));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "A moment is a number of updates, got " + OutsideText.quoted(value.toString()) + ".", e);
    }
  }

  /** The settings in a body; null if there are none. */
  private static @Nullable Map<String, String> settings(Map<String, @Nullable Object> body) {
    return switch (body.get("settings")) {
      case null -> null;
      case Map<?, ?> map -> {
        Map<String, String> settings = new HashMap<>();
        map.forEach((key, value) -> settings.put(String.valueOf(key), text(key, value)));
        yield settings;
      }
      default ->
          throw new IllegalArgumentException("settings must be an object of names and texts.");
    };
  }

  private static String text(Object key, @Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Double number -> Values.text(number);
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default ->
          throw new IllegalArgumentException(
              OutsideText.shown(Objects.toString(key))
                  + ": expected a text, a number, true or false.");
    };
  }
}

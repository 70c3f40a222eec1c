package dev.glia.studio.http;

import dev.glia.studio.http.FrameSource.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code GET /api/events?watch=ID:part+part,ID2:part}: frames of several runs in one stream. */
public final class Watching implements EventSource {

  private static final int RUNS = 64;

  /** Linear, as is the class at which words are split: each character is looked at once. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final FrameSource frames;
  private final Map<String, Set<String>> watched; // parts by run
  private final Map<String, Object> seen = new HashMap<>(); // the mark of the last frame by run

  private Watching(FrameSource frames, Map<String, Set<String>> watched) {
    this.frames = frames;
    this.watched = watched;
  }

  /** Registers the stream. */
  public static void routes(Routes routes, FrameSource frames) {
    routes.glance(
        "/api/events",
        request ->
            new Answer.Events(new Watching(frames, parse(request.query("watch").orElse("")))));
  }

  private static Map<String, Set<String>> parse(String watch) {
    Map<String, Set<String>> watched = new LinkedHashMap<>();
    String[] runs = watch.split(",", -1); // as long as an address at most
    if (runs.length > RUNS) {
      throw new Refusal(
          400, "Expected at most %d runs in a stream, found %d.".formatted(RUNS, runs.length));
    }
    for (String one : runs) {
      String[] sides = one.split(":", 2);
      Set<String> parts = new LinkedHashSet<>();
      if (sides.length == 2 && !sides[1].isEmpty()) {
        parts.addAll(List.of(sides[1].split("[+ ]", -1))); // a plus in an address is a blank
      }
      if (!NAME.matcher(sides[0]).matches()
          || !parts.stream().allMatch(part -> NAME.matcher(part).matches())
          || watched.put(sides[0], parts) != null) {
        throw new Refusal(400, "Expected watch=RUN:part+part,RUN:part with each run once.");
      }
    }
    return watched;
  }

  @Override
  public List<Event> newest() {
    List<Event> events = new ArrayList<>();
    for (Iterator<Map.Entry<String, Set<String>>> left = watched.entrySet().iterator();
        left.hasNext(); ) {
      Map.Entry<String, Set<String>> run = left.next();
      try {
        Frame frame = frames.next(run.getKey(), run.getValue(), seen.get(run.getKey()));
        if (frame != null) {
          seen.put(run.getKey(), frame.mark());
          events.add(new Event("frame", frame.content()));
        }
      } catch (Refusal gone) {
        left.remove();
        events.add(new Event("gone", Map.of("session", run.getKey(), "error", gone.sentence())));
      }
    }
    return events;
  }
}

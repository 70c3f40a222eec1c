package dev.glia.studio.session;

import dev.glia.metric.Scores;
import dev.glia.studio.http.FrameSource;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.LoggedEpochs;
import dev.glia.studio.run.RunView;
import dev.glia.studio.run.Sample;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.studio.run.Timeline;
import dev.glia.studio.view.JsonObject;
import dev.glia.studio.view.Part;
import dev.glia.studio.view.Scored;
import dev.glia.studio.view.Snapshot;
import dev.glia.training.Checkpoint;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Frames: what pages see of runs, now and in the past. */
final class Frames implements FrameSource {

  private final Sessions sessions;

  Frames(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Where a stream is.
   *
   * @param timeline what the last frame showed
   * @param changes the run's then
   * @param stride of the rows of history that were sent
   * @param settled how many of them will not change
   * @param due when the next frame may be made
   * @param late whether a part was given up: it is tried again though nothing changes
   */
  private record Mark(
      Timeline timeline, long changes, int stride, int settled, long due, boolean late) {

    boolean triesAgain(long now) {
      return late && now - due > Part.PAUSE.toNanos();
    }
  }

  @Override
  public @Nullable Frame next(String id, Set<String> parts, @Nullable Object seen) {
    Session session = sessions.watched(id);
    long now = System.nanoTime();
    Mark last = seen instanceof Mark mark ? mark : null;
    boolean running = session.status() == Status.RUNNING;
    if (last != null && running && now - last.due() < 0) {
      return null;
    }
    RunView view = session.glance();
    boolean sameLine = last != null && last.timeline() == view.timeline();
    if (last != null && sameLine && last.changes() == view.changes() && !last.triesAgain(now)) {
      return null;
    }
    LoggedEpochs.Rows rows =
        last != null && sameLine
            ? view.timeline().history().rows(last.stride(), last.settled())
            : view.timeline().history().rows();
    long start = System.nanoTime();
    JsonObject frame = now(session, view, rows);
    Map<String, Object> computed = Part.of(view.sample().snapshot(), parts);
    computed.forEach(frame::and);
    long end = System.nanoTime();
    long pause =
        Sampling.pauseNanos(
            end - start,
            sessions.running(),
            view.timeline().threads(),
            Runtime.getRuntime().availableProcessors());
    return new Frame(
        frame.map(),
        new Mark(
            view.timeline(),
            view.changes(),
            rows.stride(),
            rows.settled(),
            end + pause,
            computed.containsKey(Part.LATE)));
  }

  /** A single frame of a run as it is, or was at a moment. */
  JsonObject one(Session session, @Nullable Integer moment, Collection<String> parts) {
    RunView view = session.glance();
    LoggedEpochs.Rows all = view.timeline().history().rows();
    LoggedEpochs.Rows none =
        view.timeline().history().rows(all.stride(), all.from() + all.rows().size());
    JsonObject frame;
    Snapshot snapshot;
    if (moment == null) {
      frame = now(session, view, none);
      snapshot = view.sample().snapshot();
    } else {
      Checkpoint checkpoint = view.timeline().moment(moment);
      snapshot = view.timeline().snapshot(checkpoint);
      frame = past(session, view, checkpoint, snapshot, none);
    }
    Part.of(snapshot, parts).forEach(frame::and);
    return frame;
  }

  private static JsonObject now(Session session, RunView view, LoggedEpochs.Rows rows) {
    Sample sample = view.sample();
    JsonObject frame =
        JsonObject.with("session", session.id())
            .and("moment", null)
            .and("status", States.word(view.status()))
            .and("error", view.error())
            .and("diverged", sample.snapshot().diverged())
            .and("epoch", sample.epoch())
            .and("trainedEpochs", States.trainedEpochs(view))
            .and("batch", sample.batch())
            .and("updates", sample.updates())
            .and("updatesPerSecond", sample.rate());
    addScores(frame, view.timeline(), scored(view));
    return addHistory(frame, view, rows);
  }

  /** Of a run that failed nothing: what it had is not how it is. */
  private static @Nullable Scored scored(RunView view) {
    Sample sample = view.sample();
    if (view.status() == Status.FAILED) {
      return null;
    }
    Scored known = sample.scored();
    boolean ofNow = known != null && known.updates() == sample.updates();
    return ofNow || !view.timeline().quicklyScored() ? known : sample.snapshot().scored();
  }

  private static JsonObject past(
      Session session, RunView view, Checkpoint moment, Snapshot snapshot, LoggedEpochs.Rows rows) {
    JsonObject frame =
        JsonObject.with("session", session.id())
            .and("moment", moment.updates())
            .and("status", States.word(view.status()))
            .and("error", view.error())
            .and("diverged", false)
            .and("epoch", moment.epoch())
            .and("batch", moment.batch())
            .and("updates", moment.updates())
            .and("updatesPerSecond", 0);
    addScores(
        frame,
        view.timeline(),
        view.timeline().scoredWhenAsked() ? snapshot.scored() : snapshot.logged());
    return addHistory(frame, view, rows);
  }

  private static JsonObject addHistory(JsonObject frame, RunView view, LoggedEpochs.Rows rows) {
    return frame
        .and("line", view.lineNumber())
        .and("changes", view.changes())
        .and("historyFrom", rows.from())
        .and("history", rows.rows())
        .and("moments", view.timeline().moments().count());
  }

  /** Scores and after how many updates the network had them; null if it never was evaluated. */
  private static void addScores(JsonObject frame, Timeline timeline, @Nullable Scored scored) {
    String quality = timeline.subject().classes() ? "accuracy" : "r2";
    Scores train = scored == null ? null : scored.train();
    JsonObject scores =
        JsonObject.with("loss", train == null ? null : train.loss()).and(quality, quality(train));
    if (timeline.split().validation() != null) {
      Scores validation = scored == null ? null : scored.validation();
      scores
          .and("val_loss", validation == null ? null : validation.loss())
          .and("val_" + quality, quality(validation));
    }
    frame.and("scored", scored == null ? null : scored.updates()).and("scores", scores.map());
  }

  private static @Nullable Double quality(@Nullable Scores scores) {
    if (scores == null) {
      return null;
    }
    Double accuracy = scores.accuracy();
    return accuracy == null ? scores.r2() : accuracy;
  }

  /**
   * The moments of a run.
   *
   * @throws Refusal never; a run has at least its beginning once it is set up
   */
  static JsonObject moments(Session session) {
    RunView view = session.view();
    return JsonObject.with("line", view.lineNumber())
        .and(
            "moments",
            view.timeline().moments().all().stream()
                .map(moment ->
                    JsonObject.with("moment", moment.updates())
                        .and("epoch", moment.epoch())
                        .and("updates", moment.updates())
                        .map())
                .toList());
  }
}

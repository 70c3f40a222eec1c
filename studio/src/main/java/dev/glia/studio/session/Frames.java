package dev.glia.studio.session;

import dev.glia.metric.Scores;
import dev.glia.studio.http.FrameSource;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.session.Controls.View;
import dev.glia.studio.view.Fields;
import dev.glia.studio.view.Part;
import dev.glia.studio.view.Snapshot;
import dev.glia.training.Checkpoint;
import dev.glia.training.TrainingEvent.EpochFinished;
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
   * @param line what the last frame showed
   * @param changes the run's then
   * @param stride of the rows of history that were sent
   * @param settled how many of them will not change
   * @param due when the next frame may be made
   * @param late whether a part was given up: it is tried again though nothing changes
   */
  private record Mark(Line line, long changes, int stride, int settled, long due, boolean late) {

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
    View view = session.glance();
    boolean sameLine = last != null && last.line() == view.line();
    if (last != null && sameLine && last.changes() == view.changes() && !last.triesAgain(now)) {
      return null;
    }
    LoggedEpochs.Rows rows =
        last != null && sameLine
            ? view.line().history().rows(last.stride(), last.settled())
            : view.line().history().rows();
    long start = System.nanoTime();
    Fields frame = now(session, view, rows);
    Map<String, Object> computed = Part.of(view.sample().snapshot(), parts);
    computed.forEach(frame::and);
    long end = System.nanoTime();
    long pause =
        Sampling.pauseNanos(
            end - start,
            sessions.running(),
            view.line().threads(),
            Runtime.getRuntime().availableProcessors());
    return new Frame(
        frame.map(),
        new Mark(
            view.line(),
            view.changes(),
            rows.stride(),
            rows.settled(),
            end + pause,
            computed.containsKey(Part.LATE)));
  }

  /** A single frame of a run as it is, or was at a moment. */
  Fields one(Session session, @Nullable Integer moment, Collection<String> parts) {
    View view = session.glance();
    LoggedEpochs.Rows all = view.line().history().rows();
    LoggedEpochs.Rows none =
        view.line().history().rows(all.stride(), all.from() + all.rows().size());
    Fields frame;
    Snapshot snapshot;
    if (moment == null) {
      frame = now(session, view, none);
      snapshot = view.sample().snapshot();
    } else {
      Checkpoint checkpoint = session.checkpoint(moment);
      frame = past(session, view, checkpoint, none);
      snapshot = view.line().snapshot(checkpoint);
    }
    Part.of(snapshot, parts).forEach(frame::and);
    return frame;
  }

  private static Fields now(Session session, View view, LoggedEpochs.Rows rows) {
    Sample sample = view.sample();
    Fields frame =
        Fields.with("session", session.id())
            .and("moment", null)
            .and("status", States.word(view.status()))
            .and("error", view.error())
            .and("epoch", sample.epoch())
            .and("batch", sample.batch())
            .and("updates", sample.updates())
            .and("updatesPerSecond", sample.rate())
            .and("scores", scores(view.line(), sample.train(), sample.validation()));
    return addHistory(frame, view, rows);
  }

  private static Fields past(
      Session session, View view, Checkpoint moment, LoggedEpochs.Rows rows) {
    EpochFinished logged = view.line().history().at(moment.updates());
    Fields frame =
        Fields.with("session", session.id())
            .and("moment", moment.updates())
            .and("status", States.word(view.status()))
            .and("error", view.error())
            .and("epoch", moment.epoch())
            .and("batch", moment.batch())
            .and("updates", moment.updates())
            .and("updatesPerSecond", 0)
            .and(
                "scores",
                scores(
                    view.line(),
                    logged == null ? null : logged.train(),
                    logged == null ? null : logged.validation()));
    return addHistory(frame, view, rows);
  }

  private static Fields addHistory(Fields frame, View view, LoggedEpochs.Rows rows) {
    return frame
        .and("changes", view.changes())
        .and("historyFrom", rows.from())
        .and("history", rows.rows())
        .and("moments", view.line().moments().count());
  }

  private static Object scores(Line line, @Nullable Scores train, @Nullable Scores validation) {
    boolean classes = line.subject().classes();
    String quality = classes ? "accuracy" : "r2";
    return Fields.with("loss", train == null ? null : train.loss())
        .and(quality, quality(train))
        .and("val_loss", validation == null ? null : validation.loss())
        .and("val_" + quality, quality(validation))
        .map();
  }

  private static @Nullable Double quality(@Nullable Scores scores) {
    if (scores == null) {
      return null;
    }
    Double accuracy = scores.accuracy();
    return accuracy == null ? scores.r2() : accuracy;
  }

  /**
   * The moments of a run, with the loss that was logged last by then.
   *
   * @throws Refusal never; a run has at least its beginning once it is set up
   */
  static Fields moments(Session session) {
    Line line = session.view().line();
    return Fields.with(
        "moments",
        line.moments().all().stream()
            .map(moment -> {
              EpochFinished logged = line.history().at(moment.updates());
              return Fields.with("moment", moment.updates())
                  .and("epoch", moment.epoch())
                  .and("updates", moment.updates())
                  .and("loss", logged == null ? null : logged.train().loss())
                  .map();
            })
            .toList());
  }
}

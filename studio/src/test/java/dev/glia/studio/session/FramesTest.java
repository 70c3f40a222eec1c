package dev.glia.studio.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.compute.Compute;
import dev.glia.internal.json.Json;
import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.studio.http.FrameSource.Frame;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Runs;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.studio.view.Part;
import dev.glia.studio.view.Snapshot;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

  private final Sessions sessions = new Sessions(Runs.noDownloads());
  private final Frames frames = new Frames(sessions);

  @AfterEach
  void end() {
    sessions.close();
  }

  private Session open(String address) throws Exception {
    Session session = sessions.open(Runs.given(address), Owner.PAGE);
    Runs.await(() -> !session.history().isEmpty());
    Runs.await(() -> session.view().sample().scored() != null);
    return session;
  }

  private static List<?> list(Frame frame, String name) {
    return (List<?>) frame.content().get(name);
  }

  @Test
  void anIdleRunSendsOneFrameAndThenWhatChanged() throws Exception {
    Session session = open("data=moons");
    Frame first = frames.next(session.id(), Set.of("field", "weights"), null);
    assertThat(first).isNotNull();
    assertThat(first.content()).containsKeys("field", "weights", "scores");
    assertThat(first.content().get("status")).isEqualTo("ready");
    assertThat(list(first, "history")).hasSize(1);
    assertThat(frames.next(session.id(), Set.of("field"), first.mark())).isNull();
    session.step();
    Frame second = frames.next(session.id(), Set.of("field"), first.mark());
    assertThat(second).isNotNull();
    assertThat(second.content().get("updates")).isEqualTo(1L);
    assertThat(second.content().get("status")).isEqualTo("paused");
  }

  /** What a page makes of the frames is the whole history, also when rows are thinned out. */
  @Test
  void framesTogetherTellTheWholeHistory() throws Exception {
    Session session = open("data=moons&samples=40&epochs=5000&log-every=1");
    List<Object> page = new ArrayList<>();
    @Nullable Object mark = null;
    session.run();
    boolean last = false;
    while (true) {
      Frame frame = frames.next(session.id(), Set.of(), mark);
      if (frame != null) {
        mark = frame.mark();
        int from = (Integer) frame.content().get("historyFrom");
        assertThat(from).isLessThanOrEqualTo(page.size());
        page.subList(from, page.size()).clear();
        page.addAll(list(frame, "history"));
      } else if (last) {
        break;
      }
      last = session.status() == Status.FINISHED;
      Thread.sleep(1);
    }
    Object rows = States.history(session).get("rows");
    assertThat(page.size()).isBetween(1000, 2001);
    assertThat(Json.write(page)).isEqualTo(Json.write(rows));
    assertThat(Json.write(page.getLast())).startsWith("[5000,5000,");
  }

  @Test
  void framesOfARunShowNumbersOfTheEngine() throws Exception {
    Session session = open("data=xor&epochs=20");
    Runs.finish(session);
    Frame frame = frames.next(session.id(), Set.of("field"), null);
    assertThat(frame).isNotNull();
    Map<?, ?> scores = (Map<?, ?>) frame.content().get("scores");
    assertThat(scores.get("loss")).isEqualTo(session.history().getLast().train().loss());
    assertThat(frame.content().get("status")).isEqualTo("finished");
    assertThat(frame.content().get("epoch")).isEqualTo(20);
  }

  @Test
  void aResetBeginsTheHistoryAnew() throws Exception {
    Session session = open("data=moons&epochs=100");
    Runs.finish(session);
    Frame before = frames.next(session.id(), Set.of(), null);
    assertThat(before).isNotNull();
    session.reset();
    Runs.await(() -> session.history().size() == 1);
    Frame after = frames.next(session.id(), Set.of(), before.mark());
    assertThat(after).isNotNull();
    assertThat(after.content().get("historyFrom")).isEqualTo(0);
    assertThat(after.content().get("updates")).isEqualTo(0L);
  }

  @Test
  void pastMomentsCanBeSeenAgain() throws Exception {
    Session session = open("data=moons&epochs=1000");
    Runs.finish(session);
    List<?> moments = (List<?>) Frames.moments(session).map().get("moments");
    Map<?, ?> tenth = (Map<?, ?>) moments.get(10);
    int updates = ((Long) tenth.get("moment")).intValue();
    Map<String, @Nullable Object> past =
        frames.one(session, updates, List.of("weights", "field")).map();
    assertThat(past.get("moment")).isEqualTo((long) updates);
    assertThat(past.get("updates")).isEqualTo((long) updates);
    Snapshot expected =
        new Snapshot(session.subject(), session.model(updates).network(), updates, List::of, false);
    assertThat(past.get("weights")).isEqualTo(Part.of(expected, List.of("weights")).get("weights"));
    assertThat((List<?>) past.get("history")).isEmpty();
    assertThatThrownBy(() -> frames.one(session, 1001, List.of())).isInstanceOf(Refusal.class);
    Map<String, @Nullable Object> now = frames.one(session, null, List.of("field")).map();
    assertThat(now.get("updates")).isEqualTo(1000L);
    assertThat(now.get("moment")).isNull();
  }

  private static Training after(long updates, Session session) {
    Training training = new Experiment(session.recipe(), session.split()).begin(Compute.all());
    while (training.updates() < updates) {
      training.update();
    }
    return training;
  }

  /** The frame's scores are those of its own network, to the last digit. */
  private static void assertScored(Map<String, @Nullable Object> frame, Session session) {
    long updates = (Long) Objects.requireNonNull(frame.get("updates"));
    assertThat(frame.get("scored")).isEqualTo(updates);
    try (Training training = after(updates, session)) {
      Scores test = Objects.requireNonNull(training.evaluateValidation());
      Map<?, ?> scores = (Map<?, ?>) Objects.requireNonNull(frame.get("scores"));
      assertThat(scores.get("loss")).isEqualTo(training.evaluateTrain().loss());
      assertThat(scores.get("val_loss")).isEqualTo(test.loss());
      if (test.accuracy() != null) {
        assertThat(scores.get("accuracy")).isEqualTo(training.evaluateTrain().accuracy());
        assertThat(scores.get("val_accuracy")).isEqualTo(test.accuracy());
      } else {
        assertThat(scores.get("val_r2")).isEqualTo(test.r2());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=moons&epochs=300",
        "data=sine&epochs=8&log-every=4",
        "data=spirals&epochs=7&log-every=3",
        "data=digits&samples=1500&epochs=1&layers=16:relu" // too large for every frame
      })
  void thePastHasItsOwnScoresWhetherItWasLoggedOrNot(String address) throws Exception {
    Session session = open(address);
    Runs.finish(session);
    List<?> moments = (List<?>) Frames.moments(session).map().get("moments");
    assertThat(moments.size()).isGreaterThan(15);
    for (int i = 0; i < moments.size(); i += 7) {
      Map<?, ?> moment = (Map<?, ?>) moments.get(i);
      int updates = ((Long) moment.get("updates")).intValue();
      Map<String, @Nullable Object> past = frames.one(session, updates, List.of()).map();
      assertThat(past.get("updates")).isEqualTo((long) updates);
      assertScored(past, session);
    }
  }

  @Test
  void aStepAndAPauseHaveTheirOwnScores() throws Exception {
    Session session = open("data=moons&epochs=5000");
    for (int i = 0; i < 3; i++) {
      session.step();
      Runs.await(() -> session.status() == Status.PAUSED);
      assertScored(frames.one(session, null, List.of()).map(), session);
    }
    session.run();
    Runs.await(() -> session.glance().sample().updates() > 150);
    assertScored(frames.one(session, null, List.of()).map(), session); // while it runs
    session.pause();
    Runs.await(() -> session.status() != Status.RUNNING);
    session.checkpoint(null);
    assertScored(frames.one(session, null, List.of()).map(), session);
  }

  /** What takes long is not evaluated for every frame: then the scores say whose they are. */
  @Test
  void scoresOfALargeRunAreOfALoggedEpochUntilItStops() throws Exception {
    Session session = open("data=digits&samples=1500&layers=32:relu&batch-size=8&epochs=100000");
    session.run();
    Runs.await(() -> session.glance().sample().batch() > 5);
    Map<String, @Nullable Object> frame = frames.one(session, null, List.of()).map();
    long updates = (Long) Objects.requireNonNull(frame.get("updates"));
    long scored = (Long) Objects.requireNonNull(frame.get("scored"));
    assertThat(scored).isLessThanOrEqualTo(updates);
    EpochFinished logged =
        session.history().stream()
            .filter(epoch -> epoch.updates() == scored)
            .findFirst()
            .orElseThrow();
    Map<?, ?> scores = (Map<?, ?>) Objects.requireNonNull(frame.get("scores"));
    assertThat(scores.get("loss")).isEqualTo(logged.train().loss());
    session.pause();
    Runs.await(() -> {
      Map<String, @Nullable Object> now = frames.one(session, null, List.of()).map();
      return Objects.equals(now.get("scored"), now.get("updates"));
    });
    assertScored(frames.one(session, null, List.of()).map(), session);
  }

  @Test
  void aRunThatDivergedHasNoScoresNowButThoseOfItsPast() throws Exception {
    Session session = open("data=sine&layers=16:relu&optimizer=sgd&learning-rate=5");
    Runs.finish(session);
    assertThat(session.view().sample().snapshot().diverged()).isTrue();
    Map<String, @Nullable Object> now = frames.one(session, null, List.of("curve")).map();
    assertThat(now.get("status")).isEqualTo("failed");
    assertThat(now.get("diverged")).isEqualTo(true);
    assertThat(now.get("scored")).isNull();
    assertThat(((Map<?, ?>) Objects.requireNonNull(now.get("scores"))).values())
        .containsOnlyNulls();
    int last = ((Long) Objects.requireNonNull(now.get("updates"))).intValue();
    Map<String, @Nullable Object> past = frames.one(session, last, List.of("curve")).map();
    assertThat(Json.write(now.get("curve"))).isEqualTo(Json.write(past.get("curve")));
    assertThat(past.get("diverged")).isEqualTo(false);
    assertScored(past, session);
  }

  @Test
  void framesTellOneLineFromTheNext() throws Exception {
    Session session = open("data=moons&epochs=50");
    Object first = frames.one(session, null, List.of()).map().get("line");
    assertThat(States.of(session).get("line")).isEqualTo(first);
    Runs.finish(session);
    assertThat(frames.one(session, null, List.of()).map().get("line")).isEqualTo(first);
    session.reset();
    Object second = frames.one(session, null, List.of()).map().get("line");
    assertThat(second).isNotEqualTo(first);
    assertThat(States.history(session).get("line")).isEqualTo(second);
    assertThat(Frames.moments(session).map().get("line")).isEqualTo(second);
    Runs.finish(session);
    session.fork(0, null);
    assertThat(States.of(session).get("line")).isNotEqualTo(second);
    assertThat(States.of(session).get("forks")).isEqualTo(1);
  }

  @Test
  void anEndedRunIsRefused() {
    assertThatThrownBy(() -> frames.next("nobody", Set.of(), null)).isInstanceOf(Refusal.class);
  }

  @Test
  void watchersTakeLittleWhereTrainingNeedsAllCores() {
    long ms = 1_000_000;
    assertThat(Sampling.pauseNanos(3 * ms, 0, 2, 2)).isZero();
    assertThat(Sampling.pauseNanos(3 * ms, 1, 1, 2)).isEqualTo(3 * ms); // a core is free
    assertThat(Sampling.pauseNanos(3 * ms, 1, 2, 2)).isBetween(14 * ms, 16 * ms);
    assertThat(Sampling.pauseNanos(3 * ms, 10, 1, 2)).isBetween(170 * ms, 180 * ms);
    assertThat(Sampling.pauseNanos(1000 * ms, 10, 1, 2)).isEqualTo(2000 * ms);
  }
}

package dev.glia.studio.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.compute.Compute;
import dev.glia.model.Experiment;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.session.States;
import dev.glia.studio.settings.Settings;
import dev.glia.studio.view.Snapshot;
import dev.glia.training.Cancellation;
import dev.glia.training.Checkpoint;
import dev.glia.training.Evaluation;
import dev.glia.training.History;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

  private Session session;

  @AfterEach
  void end() {
    session.close();
  }

  private void open(String address) throws Exception {
    session = Runs.session(address);
    Runs.await(() -> !session.history().isEmpty() || session.status() == Status.FAILED);
  }

  private static History core(Settings settings) {
    History history = new History();
    new Experiment(settings.recipe(), settings.split()).train(new Cancellation(), history);
    return history;
  }

  private static void assertSame(List<EpochFinished> actual, List<EpochFinished> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).epoch()).isEqualTo(expected.get(i).epoch());
      assertThat(actual.get(i).updates()).isEqualTo(expected.get(i).updates());
      assertThat(actual.get(i).train()).isEqualTo(expected.get(i).train());
      assertThat(actual.get(i).validation()).isEqualTo(expected.get(i).validation());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=moons&epochs=320&log-every=50",
        "data=spirals&epochs=7&log-every=3&seed=5",
        "data=sine&epochs=5",
        "data=digits&samples=300&epochs=3"
      })
  void trainsAsCoreDoes(String address) throws Exception {
    open(address);
    Runs.finish(session);
    assertThat(session.status()).isEqualTo(Status.FINISHED);
    Settings settings = Runs.settings(address);
    assertSame(session.history(), core(settings).epochs());
    assertThat(session.model(null).network().parameters())
        .isEqualTo(
            new Experiment(settings.recipe(), settings.split())
                .train(new Cancellation())
                .model()
                .network()
                .parameters());
  }

  @Test
  void isReadyWithItsFirstScores() throws Exception {
    open("data=moons");
    assertThat(session.status()).isEqualTo(Status.READY);
    RunView view = session.glance();
    assertThat(view.sample().updates()).isZero();
    assertThat(session.history()).hasSize(1);
    assertThat(session.model(null).network().parameters())
        .isEqualTo(session.experiment().untrained().network().parameters());
    assertThat(session.model(0).network().parameters())
        .isEqualTo(session.experiment().untrained().network().parameters());
  }

  @Test
  void aStepIsOneUpdateAndAnEpochGoesToItsEnd() throws Exception {
    open("data=spirals"); // 300 rows in batches of 32
    session.step();
    Runs.await(() -> session.status() == Status.PAUSED);
    assertThat(session.view().sample().updates()).isEqualTo(1);
    session.step();
    session.step();
    session.step();
    Runs.await(() -> session.status() == Status.PAUSED && session.view().sample().updates() == 4);
    assertThat(session.view().sample().batch()).isEqualTo(4);
    Thread.sleep(20);
    assertThat(session.checkpoint(null).updates()).isEqualTo(4); // and no further
    session.epoch();
    Runs.await(() -> session.status() == Status.PAUSED);
    assertThat(session.view().sample().updates()).isEqualTo(10);
    assertThat(session.view().sample().batch()).isZero();
    assertThat(session.view().sample().epoch()).isEqualTo(1);
    assertThat(session.history()).hasSize(2);
    session.epoch();
    Runs.await(() -> session.status() == Status.PAUSED && session.view().sample().epoch() == 2);
  }

  @Test
  void aStepBetweenLoggedEpochsIsEvaluatedButNotLogged() throws Exception {
    open("data=moons");
    double before = session.history().getFirst().train().loss();
    session.step();
    Runs.await(() -> session.view().sample().updates() == 1);
    Snapshot snapshot = session.view().sample().snapshot();
    assertThat(snapshot.scored().updates()).isEqualTo(1);
    assertThat(snapshot.scored().train().loss()).isLessThan(before);
    assertThat(session.history()).hasSize(1);
  }

  @Test
  void pausesAndGoesOnWithTheSameBits() throws Exception {
    String address = "data=moons&epochs=3000";
    open(address);
    session.run();
    Runs.await(() -> session.glance().sample().updates() > 100);
    session.pause();
    assertThat(session.status()).isIn(Status.PAUSED, Status.FINISHED);
    long updates = session.checkpoint(null).updates();
    Thread.sleep(30);
    assertThat(session.checkpoint(null).updates()).isEqualTo(updates);
    Runs.finish(session);
    assertSame(session.history(), core(Runs.settings(address)).epochs());
  }

  /** An update of this network takes longer than a command waits for it. */
  @Test
  void isPausedOnlyOnceTheUpdateUnderWayIsDone() throws Exception {
    open("data=digits&samples=3000&layers=1024:relu,1024:relu&batch-size=2000&epochs=50");
    session.run();
    Runs.await(() -> session.glance().sample().updates() > 0);
    session.pause();
    Runs.await(() -> session.view().status() == Status.PAUSED);
    long shown = session.view().sample().updates();
    assertThat(session.checkpoint(null).updates()).isEqualTo(shown);
  }

  @Test
  void everyCommandIsAnsweredAtOnceWhileALargeNetworkTrains() throws Exception {
    open("data=digits&samples=3000&layers=512:relu,256:relu&batch-size=64&epochs=50");
    session.run();
    Runs.await(() -> session.glance().sample().updates() > 0);
    for (Runnable command :
        List.<Runnable>of(
            session::pause, session::run, () -> session.speed(null), session::pause)) {
      long began = System.nanoTime();
      command.run();
      // What is waited for is 50 ms at most; the rest is a machine that others use too.
      assertThat(System.nanoTime() - began).isLessThan(1_000_000_000L);
    }
  }

  @Test
  void divergingIsTold() throws Exception {
    open("data=hills&learning-rate=1000&optimizer=sgd&scale=none&layers=16:relu");
    Runs.finish(session);
    assertThat(session.status()).isEqualTo(Status.FAILED);
    assertThat(session.view().error())
        .startsWith("Training diverged in epoch")
        .contains("Try a smaller learning rate than 1000");
    session.run();
    assertThat(session.status()).isEqualTo(Status.FAILED);
    session.fork(
        0,
        Map.of(
            "data",
            "hills",
            "learning-rate",
            "0.01",
            "scale",
            "none",
            "layers",
            "16:relu",
            "epochs",
            "2"));
    Runs.await(() -> session.status() == Status.FINISHED);
    assertThat(session.view().error()).isNull();
  }

  /** Its last update may have been done in part, and the moment before may be infinite already. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=moons&epochs=400&learning-rate=3000&seed=2", // while it trains, after many logs
        "data=spirals&epochs=9&log-every=3&learning-rate=1e6&optimizer=sgd&layers=16:relu",
        "data=sine&layers=16:relu&optimizer=sgd&learning-rate=5",
        "data=hills&learning-rate=1e30&optimizer=sgd&layers=16:relu" // at once
      })
  void aRunThatDivergedIsShownAsItsLastFiniteMoment(String address) throws Exception {
    open(address);
    Runs.finish(session);
    assertThat(session.view().sample().snapshot().diverged()).isTrue();
    RunView view = session.view();
    long updates = view.sample().updates();
    Settings settings = Runs.settings(address);
    try (Training training =
        new Experiment(settings.recipe(), settings.split()).begin(Compute.all())) {
      while (training.updates() < updates) {
        training.update();
      }
      Checkpoint expected = training.checkpoint();
      assertThat(training.evaluateTrain().loss()).isFinite();
      assertThat(session.checkpoint(null).parameters()).isEqualTo(expected.parameters());
      assertThat(session.checkpoint(null).updates()).isEqualTo(updates);
      assertThat(view.sample().epoch()).isEqualTo(expected.epoch());
      assertThat(view.sample().batch()).isEqualTo(expected.batch());
    }
    assertThat(updates).isGreaterThanOrEqualTo(session.history().getLast().updates());
    assertThat(view.timeline().moments().all())
        .extracting(Checkpoint::updates)
        .endsWith(updates)
        .allSatisfy(kept -> assertThat(kept).isLessThanOrEqualTo(updates));
    assertThat(view.sample().scored()).isNull();
  }

  @Test
  void aRunWhoseFirstNumbersAreNotFiniteSaysSo() throws Exception {
    open("data=moons&init=normal(0,1e30)");
    Runs.await(() -> session.status() == Status.FAILED);
    assertThat(session.view().sample().snapshot().diverged()).isTrue();
    assertThat(session.view().error()).contains("diverged");
    assertThat(session.view().sample().updates()).isZero();
    assertThatThrownBy(() -> session.checkpoint(null)).isInstanceOf(Refusal.class);
  }

  /** The moment of a forked run is the one it was forked from, its scores too. */
  @Test
  void aForkBeginsWithTheScoresOfItsOwnMoment() throws Exception {
    open("data=moons&epochs=1000");
    Runs.finish(session);
    Checkpoint middle =
        session.view().timeline().moments().all().stream()
            .filter(moment -> moment.updates() % 100 != 0)
            .skip(5)
            .findFirst()
            .orElseThrow();
    session.speed(0.01); // it stays where it begins
    session.fork((int) middle.updates(), null);
    Sample sample = session.view().timeline().start();
    assertThat(sample.updates()).isEqualTo(middle.updates());
    assertThat(sample.snapshot().scored().updates()).isEqualTo(middle.updates());
    Settings settings = session.settings();
    assertThat(sample.snapshot().scored().train())
        .isEqualTo(
            Evaluation.of(
                middle.network(),
                settings.recipe().training().loss(),
                session.experiment().trainExamples(),
                Compute.all()));
  }

  @Test
  void resetBeginsAnew() throws Exception {
    open("data=moons&epochs=200");
    Runs.finish(session);
    List<EpochFinished> first = session.history();
    session.reset();
    Runs.await(() -> !session.history().isEmpty());
    assertThat(session.status()).isEqualTo(Status.READY);
    assertThat(session.view().sample().updates()).isZero();
    Runs.finish(session);
    assertSame(session.history(), first);
    session.reset(session.settings(Map.of("data", "xor", "epochs", "2")));
    assertThat(session.settings().dataName()).isEqualTo("xor");
    assertThat(session.status()).isEqualTo(Status.READY);
    assertThatThrownBy(() -> session.reset(session.settings(Map.of("data", "moon"))))
        .hasMessageContaining("there is no data set");
    assertThat(session.settings().dataName()).isEqualTo("xor");
  }

  @Test
  void resetKeepsAFileThatIsNotSentAgain() throws Exception {
    session =
        new Session(
            "csv",
            Settings.of(
                Map.of("data", "csv", "csv", "1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n"), Runs.noDownloads()),
            Owner.PAGE,
            Runs.noDownloads(),
            () -> 1);
    session.reset(session.settings(Map.of("data", "csv", "seed", "4")));
    assertThat(session.settings().data().rows()).isEqualTo(6);
    assertThat(session.recipe().seed()).isEqualTo(4);
    assertThat(States.of(session).get("settings").toString()).doesNotContain("5,0");
  }

  @Test
  void aForkWithTheSameSettingsGoesOnWithTheSameBits() throws Exception {
    String address = "data=spirals&epochs=30&optimizer=adam";
    open(address);
    Runs.finish(session);
    List<EpochFinished> first = session.history();
    float[] parameters = session.model(null).network().parameters();
    List<Checkpoint> moments = session.view().timeline().moments().all();
    Checkpoint middle = moments.get(moments.size() / 2);
    session.fork((int) middle.updates(), null);
    Runs.await(() -> session.status() == Status.FINISHED);
    assertSame(session.history(), first);
    assertThat(session.model(null).network().parameters()).isEqualTo(parameters);
    assertThat(session.view().timeline().branches()).hasSize(1);
    Timeline.Branch branch = session.view().timeline().branches().getFirst();
    assertThat(branch.from()).isEqualTo(middle.updates());
    assertThat(branch.epochs().all().getFirst().updates()).isGreaterThan(middle.updates());
    assertThat(branch.epochs().all().getLast()).isEqualTo(first.getLast());
  }

  @Test
  void aForkMayChangeHowToTrain() throws Exception {
    open("data=moons&epochs=400");
    Runs.finish(session);
    double before = session.history().getLast().train().loss();
    session.fork(null, Map.of("data", "moons", "epochs", "800", "learning-rate", "0.5"));
    assertThat(session.status()).isIn(Status.RUNNING, Status.FINISHED);
    Runs.await(() -> session.status() == Status.FINISHED);
    assertThat(session.history().getLast().updates()).isEqualTo(800);
    assertThat(session.history().getLast().train().loss()).isLessThan(before);
    assertThat(session.recipe().training().learningRate()).isEqualTo(0.5);
    assertThatThrownBy(() -> session.fork(null, Map.of("data", "moons", "seed", "1")))
        .hasMessageContaining("seed: this cannot change");
    assertThatThrownBy(() -> session.fork(123_456, null))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("123456 updates is not kept");
  }

  @Test
  void momentsBringThePastBack() throws Exception {
    open("data=moons&epochs=1000");
    Runs.finish(session);
    List<Checkpoint> moments = session.view().timeline().moments().all();
    assertThat(moments.size()).isBetween(50, 200);
    assertThat(moments.getFirst().updates()).isZero();
    assertThat(moments.getLast().updates()).isEqualTo(1000);
    Checkpoint early = moments.get(10);
    Settings upTo = Runs.settings("data=moons&epochs=" + early.updates());
    assertThat(session.model((int) early.updates()).network().parameters())
        .isEqualTo(
            new Experiment(upTo.recipe(), upTo.split())
                .train(new Cancellation())
                .model()
                .network()
                .parameters());
  }

  @Test
  void theArticlesPaceIs500UpdatesASecond() throws Exception {
    open("data=moons");
    session.articleSpeed();
    long began = System.nanoTime();
    session.run();
    Thread.sleep(1000);
    session.pause();
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat((double) session.checkpoint(null).updates())
        .isCloseTo(500 * seconds, within(250 * seconds));
    assertThatThrownBy(() -> session.speed(0.0)).hasMessageContaining("over 0");
    session.speed(null);
    session.run();
    Runs.await(() -> session.glance().sample().updates() > 5000);
  }

  @Test
  void whatIsWantedInTheMeantimeIsNotLost() throws Exception {
    open("data=spirals&epochs=400");
    for (int i = 0; i < 20; i++) {
      session.step();
      session.run();
      session.pause();
      session.epoch();
    }
    Runs.finish(session);
    assertThat(session.status()).isEqualTo(Status.FINISHED);
    assertSame(session.history(), core(Runs.settings("data=spirals&epochs=400")).epochs());
  }

  @Test
  void noEpochsAreTrainedAtOnce() throws Exception {
    open("data=moons&epochs=0");
    Runs.finish(session);
    assertThat(session.status()).isEqualTo(Status.FINISHED);
    assertThat(session.history()).hasSize(1);
  }

  @Test
  void whatIsAskedWhileARunBeginsAnewIsOfOneTraining() throws Exception {
    open("data=xor");
    AtomicBoolean over = new AtomicBoolean();
    Thread other =
        Thread.startVirtualThread(() -> {
          List<Settings> both = List.of(settings("data=blobs"), settings("data=xor"));
          for (int i = 0; i < 60; i++) {
            session.reset(both.get(i % 2));
          }
          over.set(true);
        });
    while (!over.get()) {
      TrainingState state = session.state(null);
      assertThat(state.checkpoint().rows()).isEqualTo(state.split().train().rows());
      assertThat(state.model().network().architecture())
          .isEqualTo(state.experiment().untrained().network().architecture());
    }
    other.join();
  }

  private static Settings settings(String address) {
    try {
      return Runs.settings(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anEndedRunEndsItsThread() throws Exception {
    open("data=moons&epochs=100000&log-every=1000");
    session.run();
    session.close();
    Runs.await(() ->
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("glia-run-test")));
    assertThatThrownBy(() -> session.checkpoint(null)).isInstanceOf(Refusal.class);
  }
}

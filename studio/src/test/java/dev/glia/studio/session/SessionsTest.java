package dev.glia.studio.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Runs;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private Instant now = Instant.EPOCH;
  private final Sessions sessions = new Sessions(Runs.noDownloads(), () -> now, 3, 1L << 32);

  @AfterEach
  void end() {
    sessions.close();
  }

  private Session open() throws IOException {
    return sessions.open(
        Map.of("data", "moons", "epochs", "1000000", "log-every", "100"), Owner.PAGE);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    sessions.sweep();
  }

  private void assertGone(Session session) {
    assertThatThrownBy(() -> sessions.get(session.id()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("This run has ended")
        .extracting(e -> ((Refusal) e).status())
        .isEqualTo(404);
  }

  @Test
  void nobodyGuessesAnId() throws IOException {
    assertThat(open().id()).hasSize(32).isNotEqualTo(open().id());
  }

  @Test
  void endsAfterTenMinutesWithoutARequest() throws IOException {
    Session asked = open();
    Session forgotten = open();
    Session watched = open();
    pass(Duration.ofMinutes(9));
    assertThat(sessions.get(asked.id())).isSameAs(asked);
    sessions.watched(watched.id());
    pass(Duration.ofMinutes(1));
    assertGone(forgotten);
    assertThat(sessions.get(asked.id())).isSameAs(asked);
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void endsAMinuteAfterItsPageLeft() throws IOException {
    Session left = open();
    Session back = open();
    sessions.leave(left.id());
    sessions.leave(back.id());
    pass(Duration.ofSeconds(59));
    sessions.watched(left.id()); // another tab's stream says nothing of this page
    assertThat(sessions.get(back.id())).isSameAs(back);
    pass(Duration.ofSeconds(1));
    assertGone(left);
    assertThat(sessions.get(back.id())).isSameAs(back);
  }

  @Test
  void theLongestIdleMakesRoom() throws IOException {
    Session first = open();
    pass(Duration.ofSeconds(1));
    Session second = open();
    pass(Duration.ofSeconds(1));
    Session third = open();
    second.run();
    pass(Duration.ofSeconds(1));
    sessions.get(first.id());
    Session fourth = open();
    assertThat(sessions.count()).isEqualTo(3);
    assertThat(sessions.get(second.id())).isSameAs(second); // it trains
    assertGone(third);
    assertThat(sessions.get(first.id())).isSameAs(first);
    assertThat(sessions.get(fourth.id())).isSameAs(fourth);
  }

  @Test
  void refusesMoreThanCanTrain() throws IOException {
    for (int i = 0; i < 3; i++) {
      open().run();
    }
    assertFull("3 train, 0 have trained a model that nobody has taken away");
  }

  private void assertFull(String sentence) {
    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("The studio has no room for another run: " + sentence)
        .extracting(e -> ((Refusal) e).status())
        .isEqualTo(503);
  }

  private Session trained() throws Exception {
    Session session = open();
    session.step();
    Runs.await(() -> session.status() == Status.PAUSED && session.hasWork());
    return session;
  }

  @Test
  void newerRunsPushNoTrainedModelOut() throws Exception {
    Session trained = trained();
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofSeconds(1));
      open(); // looked at later, but nothing is lost with it
    }
    assertThat(sessions.count()).isEqualTo(3);
    assertThat(sessions.get(trained.id())).isSameAs(trained);
    assertThat(trained.model(null)).isNotNull();
  }

  @Test
  void aRunWhoseModelWasTakenAwayMakesRoomUntilItTrainsOn() throws Exception {
    Session taken = trained();
    Session on = trained();
    Session kept = trained();
    taken.taken();
    on.taken();
    on.step();
    Runs.await(on::hasWork);
    open();
    assertGone(taken);
    assertThat(sessions.get(on.id())).isSameAs(on);
    assertThat(sessions.get(kept.id())).isSameAs(kept);
  }

  @Test
  void whereNothingCanGoClosingAPageMakesRoom() throws Exception {
    Session running = open();
    running.run();
    Session first = trained();
    pass(Duration.ofSeconds(1));
    Session second = trained();
    assertFull("1 train, 2 have trained a model that nobody has taken away. Close a page");
    assertThatThrownBy(this::open).hasMessageContaining("moons (running) or moons (paused)");
    sessions.leave(second.id());
    assertFull("1 train"); // its page may only be loaded again
    pass(Duration.ofSeconds(5));
    Session fresh = open();
    assertGone(second);
    for (Session session : new Session[] {running, first, fresh}) {
      assertThat(sessions.get(session.id())).isSameAs(session);
    }
  }

  @Test
  void aForkThatNeedsTooMuchMemoryIsRefused() throws Exception {
    String address = "data=moons&samples=20000&batch-size=32&epochs=1&layers=200:relu";
    long one = Runs.settings(address).demand().bytes();
    try (Sessions few = new Sessions(Runs.noDownloads(), () -> now, 32, one + one / 10)) {
      Session session = few.open(Runs.given(address), Owner.PAGE);
      assertThatThrownBy(() -> few.fork(session, null, Runs.given(address.replace("=32", "=full"))))
          .hasMessageContaining("batch-size: this run would need about");
      assertThat(session.forks()).isEmpty();
    }
  }

  @Test
  void runsOfTheCommandStay() throws IOException {
    Session command = sessions.open(Map.of("data", "moons"), Owner.COMMAND);
    sessions.leave(command.id());
    pass(Duration.ofHours(2));
    for (int i = 0; i < 4; i++) {
      open();
    }
    assertThat(sessions.get(command.id())).isSameAs(command);
  }

  @Test
  void allRunsTogetherStayWithinTheMemory() throws IOException {
    long one = Runs.settings("data=moons").demand().bytes();
    try (Sessions few = new Sessions(Runs.noDownloads(), () -> now, 32, 2 * one + one / 2)) {
      Session first = few.open(Map.of("data", "moons"), Owner.PAGE);
      now = now.plusSeconds(1);
      Session second =
          few.open(Map.of("data", "moons", "epochs", "1000000", "log-every", "100"), Owner.PAGE);
      now = now.plusSeconds(1);
      few.open(Map.of("data", "moons"), Owner.PAGE);
      assertThat(few.count()).isEqualTo(2);
      assertThatThrownBy(() -> few.get(first.id())).isInstanceOf(Refusal.class);
      second.run();
      Map<String, String> large =
          Map.of("data", "moons", "samples", "100000", "layers", "64:relu", "epochs", "1");
      Session third = few.open(Map.of("data", "moons"), Owner.PAGE);
      assertThatThrownBy(() -> few.reset(third, large))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("batch-size: this run would need about")
          .hasMessageContaining("for a batch; the studio has");
      assertThat(third.settings().dataName()).isEqualTo("moons");
    }
  }

  @Test
  void closingEndsAll() throws Exception {
    Session session = open();
    session.run();
    sessions.close();
    assertGone(session);
    Runs.await(() ->
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("glia-run-" + session.id())));
  }
}

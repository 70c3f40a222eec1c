package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.studio.SharedFolder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page is answered between two updates, however long an epoch takes. */
class ResponsivenessTest extends PageTest {

  @Test
  void theStudioAnswersWhileAnEpochOfMnistTrains() {
    SharedFolder.withMnist();
    Visit visit = new Visit(open("data=mnist&layers=512:relu,256:relu&epochs=2&batch-size=32"));
    visit.awaitState("Ready");
    assertThat(Visit.map(visit.state().get("network"))).containsEntry("sizes", "784-512-256-10");
    visit.speed("As fast as it can");
    visit.press("Run");
    visit.await("() => glia.frame.updates > 0");

    Map<String, Object> faster = visit.post("speed", "{\"updatesPerSecond\": null}");
    inTheFirstEpoch(faster);
    assertThat(faster).containsEntry("status", "running");
    visit.press("Pause");
    visit.awaitState("Paused");
    Map<String, Object> paused = visit.state();
    inTheFirstEpoch(paused);
    assertThat(paused).containsEntry("status", "paused");

    // It stands still, and one step is one update.
    visit.press("Step");
    int updates = ((Number) paused.get("updates")).intValue() + 1;
    visit.await("() => glia.state.status === 'paused' && glia.state.updates === " + updates);
    assertThat(visit.post("pause", "{}")).containsEntry("updates", updates);
  }

  private static void inTheFirstEpoch(Map<String, Object> state) {
    assertThat(state).containsEntry("epoch", 0).containsEntry("batches", 1465);
    assertThat(Visit.number(state.get("batch"))).isBetween(1.0, 1464.0);
  }
}

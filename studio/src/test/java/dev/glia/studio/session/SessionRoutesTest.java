package dev.glia.studio.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.internal.json.Json;
import dev.glia.metric.Scores;
import dev.glia.model.Trained;
import dev.glia.studio.Homes;
import dev.glia.studio.Routed;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Runs;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.training.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {

  private final Sessions sessions = new Sessions(Runs.noDownloads());
  private final Routed routes = new Routed();

  {
    SessionRoutes.routes(routes, sessions);
  }

  @AfterEach
  void end() {
    sessions.close();
  }

  private Map<?, ?> ask(String route, String id, Map<String, String> query, String body)
      throws IOException {
    Map<String, String> names = new HashMap<>(query);
    names.put("id", id);
    return routes.json(route, names, body.getBytes(StandardCharsets.UTF_8));
  }

  private Map<?, ?> post(String command, String id, String body) throws IOException {
    return ask("POST /api/sessions/{id}/" + command, id, Map.of(), body);
  }

  private Map<?, ?> get(String what, String id, Map<String, String> query) throws IOException {
    return ask("GET /api/sessions/{id}/" + what, id, query, "");
  }

  private String open(String settings) throws IOException {
    return (String)
        ask("POST /api/sessions", "", Map.of(), "{\"settings\":" + settings + "}").get("id");
  }

  @Test
  void aStateSaysAllThatAPageNeeds() throws Exception {
    String id = open("{\"data\":\"blobs\",\"centers\":4,\"seed\":3,\"shuffle\":false}");
    Map<?, ?> state = ask("GET /api/sessions/{id}", id, Map.of(), "");
    assertThat(state.get("status")).isEqualTo("ready");
    assertThat(state.get("owner")).isEqualTo("page");
    assertThat(state.get("batches")).isEqualTo(8L);
    assertThat(state.get("speed")).isNull();
    assertThat((Map<?, ?>) state.get("given"))
        .isEqualTo(Map.of("data", "blobs", "centers", "4", "seed", "3", "shuffle", "false"));
    assertThat(((Map<?, ?>) state.get("settings")).get("layers")).isEqualTo("16:relu");
    Map<?, ?> network = (Map<?, ?>) state.get("network");
    assertThat(network.get("sizes")).isEqualTo("2-16-4");
    assertThat(network.get("parameters")).isEqualTo(116L);
    assertThat(network.get("layers").toString()).contains("units=4", "activation=softmax");
    Map<?, ?> data = (Map<?, ?>) state.get("data");
    assertThat(data.get("kind")).isEqualTo("plane");
    assertThat(data.get("task")).isEqualTo("classes");
    assertThat(data.get("classes")).isEqualTo(List.of("0", "1", "2", "3"));
    assertThat(data.get("trainRows")).isEqualTo(225L);
    assertThat(data.get("watched")).isEqualTo("test");
    assertThat(data.get("watchedRows")).isEqualTo(75L);
    assertThat(data.get("testRows")).isEqualTo(75L);
    assertThat(data.get("features")).isEqualTo(List.of("x1", "x2"));
    assertThat(data.get("inputs")).isEqualTo(List.of("x1", "x2"));
    assertThat(data.get("image")).isNull();
  }

  private String homes(String... more) throws IOException {
    return open(Json.write(Homes.given(more)));
  }

  private Map<?, ?> data(String id) throws IOException {
    return (Map<?, ?>) ask("GET /api/sessions/{id}", id, Map.of(), "").get("data");
  }

  @Test
  void aStateSaysWhichRowsAreLookedAt() throws Exception {
    Map<?, ?> three = data(homes());
    assertThat(three.get("watched")).isEqualTo("validation");
    assertThat(List.of(three.get("trainRows"), three.get("watchedRows"), three.get("testRows")))
        .isEqualTo(List.of(12L, 4L, 4L));
    Map<?, ?> validated = data(homes("test-fraction", "0"));
    assertThat(validated.get("watched")).isEqualTo("validation");
    assertThat(validated.get("testRows")).isEqualTo(0L);
    Map<?, ?> tested = data(homes("validation-fraction", "0"));
    assertThat(tested.get("watched")).isEqualTo("test");
    assertThat(tested.get("watchedRows")).isEqualTo(4L);
    Map<?, ?> none = data(homes("validation-fraction", "0", "test-fraction", "0"));
    assertThat(none.get("watched")).isNull();
    assertThat(List.of(none.get("trainRows"), none.get("watchedRows"), none.get("testRows")))
        .isEqualTo(List.of(20L, 0L, 0L));
  }

  @Test
  void aStateNamesColumnsAndInputs() throws Exception {
    Map<?, ?> data = data(homes("target", "price"));
    assertThat(data.get("kind")).isEqualTo("table");
    assertThat(data.get("task")).isEqualTo("number");
    assertThat(data.get("quantity")).isEqualTo("price");
    assertThat(data.get("columns")).isEqualTo(List.of("city", "rooms", "heat", "price", "sold"));
    assertThat(data.get("features")).isEqualTo(List.of("city", "rooms", "heat", "sold"));
    assertThat(data.get("inputs").toString()).contains("city = Bern", "rooms", "sold = yes");
  }

  @Test
  void framesHaveScoresOfKeptRowsOnlyWhereThereAreSome() throws Exception {
    String none = homes("validation-fraction", "0", "test-fraction", "0");
    Runs.await(() -> !sessions.get(none).history().isEmpty());
    assertThat(((Map<?, ?>) get("frame", none, Map.of()).get("scores")).keySet())
        .isEqualTo(Set.of("loss", "accuracy"));
    String three = homes();
    Runs.await(() -> !sessions.get(three).history().isEmpty());
    assertThat(((Map<?, ?>) get("frame", three, Map.of()).get("scores")).keySet())
        .isEqualTo(Set.of("loss", "accuracy", "val_loss", "val_accuracy"));
  }

  @Test
  void theTestPartIsLookedAtOnceTheRunHasFinished() throws Exception {
    String id = homes();
    Session session = sessions.get(id);
    assertThatThrownBy(() -> get("test", id, Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessage("The rows to test on are looked at once the run has finished.");
    post("epoch", id, "");
    Runs.await(() -> session.status() == Status.PAUSED);
    assertThatThrownBy(() -> get("test", id, Map.of())).isInstanceOf(Refusal.class);
    assertThat(session.state(null).trained().result().test()).isNull();
    Runs.finish(session);
    Trained alone = session.experiment().train(new Cancellation());
    Map<?, ?> test = get("test", id, Map.of());
    Scores expected = Objects.requireNonNull(alone.result().test());
    assertThat(test.get("loss")).isEqualTo(expected.loss());
    assertThat(((Number) test.get("accuracy")).doubleValue()).isEqualTo(expected.accuracy());
    assertThat(test.get("updates")).isEqualTo(session.checkpoint(null).updates());
    assertThat(session.state(0).trained().result().test()).as("of a past moment").isNull();

    String none = homes("test-fraction", "0");
    Runs.finish(sessions.get(none));
    assertThatThrownBy(() -> get("test", none, Map.of()))
        .hasMessage("This run has no rows to test on.");
  }

  @Test
  void commandsSteerTheRunAndTellItsState() throws Exception {
    String id = open("{\"data\":\"spirals\",\"epochs\":\"20\"}");
    Runs.await(() -> !sessions.get(id).history().isEmpty());
    post("step", id, "");
    Runs.await(() -> sessions.get(id).status() == Status.PAUSED);
    assertThat(post("pause", id, "").get("updates")).isEqualTo(1L);
    assertThat(post("speed", id, "{\"updatesPerSecond\":100}").get("speed")).isEqualTo(100L);
    Map<?, ?> article = post("speed", id, "{\"article\":true}");
    assertThat(article.get("speed")).isEqualTo(500L);
    assertThat(article.get("article")).isEqualTo(true);
    assertThat(post("speed", id, "{\"updatesPerSecond\":null}").get("speed")).isNull();
    assertThat(post("epoch", id, "").get("id")).isEqualTo(id);
    post("run", id, "");
    Runs.await(() -> sessions.get(id).status() == Status.FINISHED);
    assertThat(get("moments", id, Map.of()).toString()).contains("moment=200");
    Map<?, ?> frame = get("frame", id, Map.of("moment", "100", "parts", "weights field"));
    assertThat(frame.get("updates")).isEqualTo(100L);
    assertThat(frame.get("epoch")).isEqualTo(10L);
    assertThat(frame.get("field")).isNotNull();
    Map<?, ?> fork =
        post(
            "fork",
            id,
            "{\"moment\":100,\"settings\":{\"data\":\"spirals\",\"epochs\":12,"
                + "\"learning-rate\":0.001}}");
    assertThat(fork.get("epochs")).isEqualTo(12L);
    Runs.await(() -> sessions.get(id).status() == Status.FINISHED);
    Map<?, ?> history = get("history", id, Map.of());
    assertThat(history.get("columns"))
        .isEqualTo(List.of("epoch", "updates", "loss", "accuracy", "val_loss", "val_accuracy"));
    assertThat((List<?>) history.get("rows")).hasSize(13);
    Map<?, ?> branch = (Map<?, ?>) ((List<?>) history.get("branches")).getFirst();
    assertThat(branch.get("from")).isEqualTo(100L);
    assertThat((List<?>) branch.get("rows")).hasSize(10);
    Map<?, ?> reset = post("reset", id, "{\"settings\":{\"data\":\"digits\",\"samples\":\"50\"}}");
    assertThat(reset.get("status")).isEqualTo("ready");
    assertThat(((Map<?, ?>) reset.get("data")).get("image"))
        .isEqualTo(Map.of("width", 28L, "height", 28L));
    assertThatThrownBy(() -> get("points", id, Map.of())).isInstanceOf(Refusal.class);
    assertThat(post("leave", id, "").get("left")).isEqualTo(true);
  }

  @Test
  void pointsAreThereForPlanesAndCurves() throws Exception {
    Map<?, ?> points = get("points", open("{\"data\":\"sine\"}"), Map.of());
    assertThat((List<?>) ((Map<?, ?>) points.get("train")).get("x")).hasSize(150);
    assertThat((List<?>) points.get("extent")).hasSize(4);
  }

  @Test
  void mistakesAreToldInASentence() throws Exception {
    assertThatThrownBy(() -> open("{\"data\":\"moon\"}")).hasMessageStartingWith("data: there is");
    assertThatThrownBy(() -> open("3"))
        .hasMessage("settings must be an object of names and texts.");
    assertThatThrownBy(() -> open("{\"seed\":[1]}")).hasMessageStartingWith("seed: expected");
    String id = open("{}");
    assertThatThrownBy(() -> post("speed", id, "{\"updatesPerSecond\":\"fast\"}"))
        .hasMessageStartingWith("updatesPerSecond must be");
    assertThatThrownBy(() -> post("speed", id, "{\"updatesPerSecond\":-1}"))
        .hasMessageStartingWith("updatesPerSecond must be");
    assertThatThrownBy(() -> post("fork", id, "{\"moment\":\"x\"}"))
        .hasMessage("A moment is a number of updates, got \"x\".");
    assertThatThrownBy(() -> get("frame", id, Map.of("moment", "77"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> post("run", "nobody", ""))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("This run has ended");
  }
}

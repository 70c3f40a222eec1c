package dev.glia.studio.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.source.BuiltIn;
import dev.glia.studio.Routed;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.QueryNumbers;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Watching;
import dev.glia.studio.run.Runs;
import dev.glia.studio.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A megabyte of anything in a setting or an address is answered or refused at once. */
class HostileTextTest {

  private static final Duration SOON = Duration.ofSeconds(10); // linear takes milliseconds
  private static final int LONG = 1 << 20;

  private static final List<String> TEXTS = texts();

  /** Something that reads. */
  @FunctionalInterface
  interface Parser {
    void parse(String text) throws IOException;
  }

  static Stream<Arguments> parsers() {
    Routed routed = new Routed();
    Watching.routes(routed, (run, parts, seen) -> null);
    routed.get(
        "/api/number",
        request -> new Answer.Json(Map.of("n", QueryNumbers.orElse(request, "n", 0))));
    return Stream.concat(
        Settings.keys().stream().map(key -> parser("the setting " + key, text -> set(key, text))),
        Stream.of(
            parser("the name of a setting", text -> set(text, "1")),
            parser(
                "a fork's csv",
                text ->
                    Runs.settings("data=csv&csv=a,b\n1,2\n3,4")
                        .forked(Map.of("data", "csv", "csv", text), Runs.noDownloads())),
            parser("a number", text -> routed.ask("GET /api/number", Map.of("n", text))),
            parser("runs", text -> routed.ask("GET /api/events", Map.of("watch", text))),
            parser("a part", text -> routed.ask("GET /api/events", Map.of("watch", "a:" + text)))));
  }

  private static void set(String key, String text) throws IOException {
    Map<String, String> given = new HashMap<>();
    switch (key) {
      case "data" -> {}
      case "points" -> given.put("data", "points");
      case "csv", "csv-name", "target", "header" -> {
        given.put("data", "csv");
        given.put("csv", "a,b\n1,2\n3,4");
      }
      default ->
          BuiltIn.all().stream()
              .filter(builtIn -> builtIn.parameter(key).isPresent())
              .findFirst()
              .ifPresent(builtIn -> given.put("data", builtIn.name()));
    }
    given.put(key, text);
    Settings.of(given, Runs.noDownloads());
  }

  private static Arguments parser(String name, Parser parser) {
    return Arguments.argumentSet(name, parser);
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aMegabyteOfAnythingIsAnsweredOrRefusedAtOnce(Parser parser) {
    for (String text : TEXTS) {
      String shown = text.substring(0, 20).replace('\n', ' ') + "...";
      assertTimeoutPreemptively(
          SOON,
          () -> {
            try {
              parser.parse(text);
            } catch (Refusal refused) {
              assertThat(refused.sentence()).as(shown).isNotEmpty().hasSizeLessThan(1000);
            } catch (IllegalArgumentException | IOException refused) {
              assertThat(refused.getMessage()).as(shown).isNotEmpty().hasSizeLessThan(1000);
            }
          },
          shown);
    }
  }

  /** Each thing that a grammar knows again and again, alone and after what is right. */
  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String part :
        List.of(
            ",", ";", ":", ".", "(", ")", "\"", " ", "\n", "\0", "_", "-", "e", "0", "9", "a", "1,",
            "0,0,0;", "1:relu,", "+a", "😀")) {
      String much = part.repeat(LONG / part.length());
      texts.add(much);
      texts.add("1" + much + "!");
      texts.add("16:relu" + much + "!");
      texts.add("relu" + much + "!");
    }
    return texts;
  }
}

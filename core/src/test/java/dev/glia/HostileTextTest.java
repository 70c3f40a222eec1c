package dev.glia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.activation.Activation;
import dev.glia.image.IdxFile;
import dev.glia.initializer.Initializer;
import dev.glia.internal.json.Json;
import dev.glia.layer.Layer;
import dev.glia.loss.Loss;
import dev.glia.model.Model;
import dev.glia.optimizer.Optimizer;
import dev.glia.preprocessing.Scaler;
import dev.glia.training.HistoryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A megabyte of anything is answered or refused at once by everything in core that reads texts. */
class HostileTextTest {

  private static final Duration SOON = Duration.ofSeconds(10); // linear takes milliseconds
  private static final int LONG = 1 << 20;

  @TempDir private Path folder;

  /** Something that reads. */
  @FunctionalInterface
  interface Parser {
    void parse(String text, Path folder) throws IOException;
  }

  static Stream<Arguments> parsers() {
    return Stream.of(
            parser("layers", Layer::parseAll, "16:relu", "16:leaky_relu(0.05", "16:relu,"),
            parser("activation", Activation::parse, "relu", "leaky_relu(", "leaky_relu(0.05"),
            parser("loss", Loss::parse, "mse", "mse(sum", "huber("),
            parser("optimizer", Optimizer::parse, "adam", "adam(", "adamw(0.9,"),
            parser("initialiser", Initializer::parse, "he", "normal(0", "normal(0,"),
            parser("scaling", Scaler.Kind::of, "none"),
            parser("JSON", Json::read, "1", "[", "{\"a\":", "\"", "[\"a\",", "-1.5e"),
            parser("JSON with a limit", text -> Json.read(text, 1000), "[", "[0,"),
            reads(
                "a model's header",
                HostileTextTest::header,
                "{\"a\":",
                "{\"__metadata__\":{\"a\":\""),
            reads("a model's description", HostileTextTest::description, "{\"version\":1,\"a\":"),
            reads("a model's layers", HostileTextTest::layers),
            reads("history", HostileTextTest::history, "epoch,loss\n1,"),
            reads("IDX", HostileTextTest::idx, "\0\0\u0008\u0003", "\0\0\u0008\u0001"))
        .map(reads -> Arguments.argumentSet(reads.name, reads));
  }

  record Reads(String name, Parser parser, List<String> prefixes) {}

  private static Reads reads(String name, Parser parser, String... prefixes) {
    return new Reads(name, parser, List.of(prefixes));
  }

  private static Reads parser(String name, Consumer<String> parser, String... prefixes) {
    return reads(name, (text, folder) -> parser.accept(text), prefixes);
  }

  private static void header(String text, Path folder) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] numbers = new byte[1 << 16]; // so that long headers are allowed
    Model.read(
        "model",
        ByteBuffer.allocate(8 + bytes.length + numbers.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes.length)
            .put(bytes)
            .array());
  }

  private static void description(String text, Path folder) throws IOException {
    header(Json.write(Map.of("__metadata__", Map.of("glia", text), "a", TENSOR)), folder);
  }

  private static void layers(String text, Path folder) throws IOException {
    String layers = Json.write(Map.of("version", 1, "inputs", 1, "layers", List.of(text)));
    description(layers, folder);
  }

  private static final Map<String, Object> TENSOR =
      Map.of("dtype", "F32", "shape", List.of(1 << 14), "data_offsets", List.of(0, 1 << 16));

  private static void history(String text, Path folder) throws IOException {
    HistoryFile.read(Files.writeString(folder.resolve("history.csv"), text));
  }

  private static void idx(String text, Path folder) throws IOException {
    Path file = Files.write(folder.resolve("images"), text.getBytes(StandardCharsets.ISO_8859_1));
    IdxFile.readImages(file);
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aMegabyteOfAnythingIsAnsweredOrRefusedAtOnce(Reads reads) {
    for (String text : texts(reads.prefixes)) {
      String shown = text.substring(0, 40).replace('\n', ' ') + "...";
      assertTimeoutPreemptively(
          SOON,
          () -> {
            try {
              reads.parser.parse(text, folder);
            } catch (IllegalArgumentException | IOException refused) {
              assertThat(refused.getMessage()).as(shown).isNotEmpty().hasSizeLessThan(1000);
            }
          },
          shown);
    }
  }

  /** Each thing that a grammar knows again and again, alone and after what is right. */
  private static List<String> texts(List<String> prefixes) {
    List<String> texts = new ArrayList<>();
    for (String part :
        List.of(
            ",", ":", ".", "(", ")", "[", "]", "[],", "{", "{},", "\"", "\\", "\\u0000", "\"a\":",
            " ", "\n", "\0", "_", "-", "e", "0", "9", "0,", "1e9,", "a", "1:relu,", "é", "\uD800",
            "😀", "true,")) {
      String much = part.repeat(LONG / part.length());
      texts.add(much);
      for (String prefix : prefixes) {
        texts.add(prefix + much + "!");
      }
    }
    return texts;
  }
}

package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.glia.activation.Elementwise;
import dev.glia.internal.json.Json;
import dev.glia.loss.Loss;
import dev.glia.model.Safetensors.Tensor;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.preprocessing.OneHot;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Regression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's file: what is in it, and that nothing else passes for one. */
class ModelFileTest {

  @TempDir private Path folder;

  // What a right file holds.

  static List<Model> models() {
    return Models.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelIsReadBackBitForBit(Model model) throws IOException {
    Path file = folder.resolve("sub/model.safetensors");
    model.save(file);
    Model read = Model.load(file);
    assertThat(read.network().parameters()).isEqualTo(model.network().parameters());
    assertThat(read.network().architecture()).isEqualTo(model.network().architecture());
    assertThat(read.dataset()).isEqualTo(model.dataset());
    assertThat(read.featureNames()).isEqualTo(model.featureNames());
    assertThat(read.preprocessing()).isEqualTo(model.preprocessing());
    assertThat(read.task()).isEqualTo(model.task());
    assertThat(read.loss()).isEqualTo(model.loss());
    assertThat(read.seed()).isEqualTo(model.seed());
    assertThat(read.image()).isEqualTo(model.image());
    Map<String, Double> finite = new LinkedHashMap<>(model.metrics());
    finite.values().removeIf(value -> value.isNaN()); // JSON has no NaN
    assertThat(read.metrics()).isEqualTo(finite);
    double[] row = new double[model.featureNames().size()];
    assertThat(read.predict(row)).isEqualTo(model.predict(row));
    Arrays.fill(row, Double.NaN); // missing
    assertThat(read.outputs(row)).isEqualTo(model.outputs(row));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theSameModelGivesTheSameBytes(Model model) throws IOException {
    byte[] first = bytes(model);
    assertThat(bytes(model)).isEqualTo(first);
    Path file = folder.resolve("again");
    Model.load(write(first)).save(file);
    if (model.metrics().values().stream().noneMatch(value -> value.isNaN())) {
      assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelGoesThroughMemoryAsThroughAFile(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    assertThat(out.toByteArray()).isEqualTo(bytes(model));
    Model read = Model.read("mine.safetensors", out.toByteArray());
    assertThat(read.network().parameters()).isEqualTo(model.network().parameters());
    for (int length : new int[] {0, 7, 8, 100, out.size() - 1}) {
      byte[] cut = Arrays.copyOf(out.toByteArray(), length);
      assertThatThrownBy(() -> Model.read("mine.safetensors", cut))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageStartingWith("mine.safetensors cannot be read: ");
    }
  }

  /** Read as a stranger to our code would: the format's page, and PyTorch's names and shapes. */
  @Test
  void theFileIsSafetensorsWithTheTensorsOfATorchSequential() throws IOException {
    Model model = Models.classes();
    ByteBuffer bytes = ByteBuffer.wrap(bytes(model)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong());
    assertThat((8 + headerLength) % 8).as("the numbers are aligned").isZero();
    byte[] header = new byte[headerLength];
    bytes.get(header);
    Map<?, ?> json = (Map<?, ?>) Json.read(new String(header, StandardCharsets.UTF_8));
    assertThat(json.keySet().toArray())
        .containsExactly("__metadata__", "0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(json.get("0.weight")).isEqualTo(tensor(List.of(4L, 3L), 0, 48));
    assertThat(json.get("0.bias")).isEqualTo(tensor(List.of(4L), 48, 64));
    assertThat(json.get("2.weight")).isEqualTo(tensor(List.of(2L, 4L), 64, 96));
    assertThat(json.get("2.bias")).isEqualTo(tensor(List.of(2L), 96, 104));
    assertThat(bytes.remaining()).isEqualTo(104);
    for (int layer = 0; layer < 2; layer++) {
      float[][] weights = model.network().layer(layer).weights();
      float[] biases = model.network().layer(layer).biases();
      for (int out = 0; out < biases.length; out++) {
        for (float[] row : weights) {
          assertThat(bytes.getFloat()).isEqualTo(row[out]); // [out][in]
        }
      }
      for (float bias : biases) {
        assertThat(bytes.getFloat()).isEqualTo(bias);
      }
    }
    Map<?, ?> metadata = (Map<?, ?>) json.get("__metadata__");
    assertThat(metadata.get("format")).isEqualTo("pt");
    Map<?, ?> glia = (Map<?, ?>) Json.read((String) metadata.get("glia"));
    assertThat(glia.get("version")).isEqualTo(2L);
    assertThat(glia.get("inputs")).isEqualTo(3L);
    assertThat(glia.get("layers")).isEqualTo(List.of("4:leaky_relu(0.05)", "2:softmax"));
    assertThat(glia.get("task"))
        .isEqualTo(Map.of("target", "pet", "labels", List.of("cat", "dog")));
    assertThat(glia.get("seed")).isEqualTo(4294967295L);
  }

  /** What stands in the file of each kind of column, of numbers that were scaled. */
  @Test
  void theFileSaysWhatEachColumnBecomes() throws IOException {
    Map<String, Object> glia = new Pieces(bytes(Models.mixed())).description();
    assertThat(glia.get("columns"))
        .isEqualTo(
            List.of(
                Map.of("column", "town", "kind", "one_hot", "levels", List.of("Köln", "Bonn", "")),
                Map.of(
                    "column",
                    "size",
                    "kind",
                    "numbers",
                    "scaling",
                    "standard",
                    "shift",
                    80L,
                    "scale",
                    1 / 30.0,
                    "mean",
                    75.5,
                    "marked",
                    true),
                Map.of(
                    "column",
                    "rooms",
                    "kind",
                    "numbers",
                    "scaling",
                    "standard",
                    "shift",
                    -0.0,
                    "scale",
                    0.1,
                    "mean",
                    3L,
                    "marked",
                    false)));
    assertThat(glia.get("task"))
        .isEqualTo(
            Map.of(
                "targets",
                List.of("price", "rent"),
                "scaling",
                "standard",
                "shift",
                List.of(400_000L, 0.1),
                "scale",
                List.of(1e-5, 1 / 3.0)));
    Map<?, ?> image =
        (Map<?, ?>)
            ((List<?>) new Pieces(bytes(Models.number())).description().get("columns")).getFirst();
    assertThat(image.get("kind")).isEqualTo("pixels");
    assertThat(image.get("width")).isEqualTo(3L);
    assertThat(image.get("height")).isEqualTo(2L);
  }

  private static Map<String, Object> tensor(List<Long> shape, long begin, long end) {
    return Map.of("dtype", "F32", "shape", shape, "data_offsets", List.of(begin, end));
  }

  // What is refused.

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = bytes(Models.classes());
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
    assertRefused(Arrays.copyOf(whole, 7), "it has 7 bytes, a safetensors file has at least 8");
    assertRefused(Arrays.copyOf(whole, 100), "only 92 follow: it is cut");
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "it has 103: it is cut");
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "need 104 bytes of numbers, it has 105");
  }

  /** The last one is 2^64 - 1, the second last 2^63 - 1. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 16_777_217, 100_000_001, Long.MAX_VALUE, -1})
  void aHeaderOfAbsurdLengthIsRefused(long length) throws IOException {
    byte[] bytes = bytes(Models.classes());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    assertRefused(
        bytes,
        "its header would be "
            + Long.toUnsignedString(length)
            + " bytes long, at most 16777216 are taken: it is not a model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          no JSON at all                | its header is wrong. JSON: expected a value
          [1,2]                         | its header is not a JSON object
          {"a":{},"a":{}}               | another key than "a", which is there already
          {"a":1}                       | its tensor "a" lacks a dtype, a shape or two data_offsets
          {"a":{"dtype":"F32","shape":[1]}} | lacks a dtype, a shape or two data_offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}} | lacks a dtype, a shape or two
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4.5]}} | lacks a dtype, a shape or two
          {"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}} | lacks a dtype, a shape or two
          {"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}} | its tensor "a" is F64, expected F32
          {"a":{"shape":[1],"data_offsets":[0,4]}} | its tensor "a" is null, expected F32
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | has a dimension of -1
          {"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}} | has a dimension of 1
          {"a":{"dtype":"F32","shape":[2147483647,2147483647],"data_offsets":[0,4]}} | has more than the 2147483639 numbers that an array holds
          {"a":{"dtype":"F32","shape":[2147483639],"data_offsets":[0,8589934556]}} | its tensors need 8589934556 bytes of numbers, it has 8: it is cut
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | has shape [3] and so 12 bytes, but the data_offsets 0 to 8
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | but the data_offsets 8 to 0
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}} | but the data_offsets -8 to 0
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | its tensor "a" starts at byte 4, expected 0: tensors must not leave gaps
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | its tensor "b" starts at byte 4, expected 8: tensors must not overlap
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | its tensors need 4 bytes of numbers, it has 8
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"x":1}} | its metadata "x" is not a text
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"x":"y"}} | holds no Glia model: its metadata has no key "glia". Expected a file that glia train wrote.
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | holds no Glia model
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"glia":"x"}} | JSON: expected a value
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"glia":"[]"}} | The key "glia" is not a JSON object
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"glia":"{}"}} | The field "version" is missing or not a whole number.
          """)
  void aWrongHeaderIsRefused(String header, String message) throws IOException {
    assertRefused(file(header, new byte[8]), message);
  }

  @Test
  void aHostileHeaderIsRefused() throws IOException {
    assertRefused(file("[".repeat(1_000_000), new byte[0]), "at most 100 levels");
    assertRefused(file("{\"a\":".repeat(200_000), new byte[0]), "at most 100 levels");
    byte[] notText = file("{\"a\":1}", new byte[0]);
    notText[11] = (byte) 0xC0;
    assertRefused(notText, "its header is not UTF-8 text");
  }

  /** What is read into memory is no more than the numbers can need names for. */
  @Test
  void aHeaderThatItsNumbersCannotNeedIsRefused() throws IOException {
    String zeros = "{\"a\":[" + "0,".repeat(600_000);
    assertRefused(
        file(zeros, new byte[8]),
        "its header is 1200006 bytes long, for its 2 numbers at most 1081344 are taken");
    assertRefused(file(zeros, new byte[800]), "expected at most 16400 values");
    Path sparse = folder.resolve("sparse");
    try (FileChannel channel =
        FileChannel.open(sparse, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 16_000_000));
      channel.write(ByteBuffer.allocate(1), 16_000_007);
    }
    assertThatThrownBy(() -> Model.load(sparse))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("its header is 16000000 bytes long, for its 0 numbers");
  }

  /** The longest names there can be, each character of the longest kind in the file. */
  @Test
  void aModelOfManyFeaturesWithLongNamesIsReadBack() throws IOException {
    List<String> few = longNames(300);
    assertThat(readBack(withNames(few)).featureNames()).isEqualTo(few);
    List<String> many = Models.names(80_000);
    assertThat(readBack(withNames(many)).featureNames()).isEqualTo(many);
  }

  /** Words of one level each need the most room for an input: two names. */
  @Test
  void aModelOfManyWordsWithLongNamesIsReadBack() throws IOException {
    List<String> names = longNames(300);
    List<OneHot> columns =
        names.stream().map(name -> new OneHot(name, List.of(name.substring(1)))).toList();
    Model model =
        new Model(
            "wide",
            new Preprocessing(columns),
            Models.network(300, "1:identity"),
            new Regression(names.getFirst()),
            Loss.parse("mse"),
            0,
            Map.of());
    assertThat(readBack(model).preprocessing()).isEqualTo(model.preprocessing());
  }

  /** Else it would be written, and be lost: nobody could read it. */
  @Test
  void aModelWhoseNamesDoNotFitAFileIsNotSaved() {
    Path file = folder.resolve("wide.safetensors");
    Model wide = withNames(longNames(3_000));
    assertThatThrownBy(() -> wide.save(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A model file has room for 16777216 bytes of names");
    assertThat(file).doesNotExist();
  }

  private static List<String> longNames(int count) {
    String longest = "\u0001".repeat(995);
    return IntStream.range(10_000, 10_000 + count).mapToObj(i -> longest + i).toList();
  }

  private static Model withNames(List<String> names) {
    double[] numbers = new double[names.size()];
    Arrays.fill(numbers, -1.2345678901234567e-100);
    return new Model(
        "wide",
        Preprocessing.of(names, new Scaler(Scaler.Kind.STANDARD, numbers, numbers)),
        Models.network(names.size(), "1:identity"),
        new Regression("y"),
        Loss.parse("mse"),
        Long.MIN_VALUE,
        Map.of());
  }

  private static Model readBack(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    Model read = Model.read("wide", out.toByteArray());
    assertThat(read.network().parameters()).isEqualTo(model.network().parameters());
    assertThat(read.seed()).isEqualTo(model.seed());
    return read;
  }

  /** Asked before the training: after it, it would be lost. */
  @Test
  void aTrainingWhoseModelWouldNotFitAFileIsNotBegun() {
    List<String> names = longNames(3_000);
    Table wide =
        Table.of(
            "wide",
            names,
            new DenseMatrix(4, names.size(), new double[4 * names.size()]),
            new Numbers("y", 0.5, 1.5, 2.5, 3.5));
    Recipe recipe = Recipe.predict().withHidden(List.of());
    assertThatThrownBy(() -> new Experiment(recipe, recipe.split(wide)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "A model file has room for 16777216 bytes of names, these would need 2\\d{7}:"
                + " take shorter names or fewer features.");
  }

  /** A tensor of two slices and a bit, whose last one is not full. */
  @Test
  void aTensorOfManySlicesIsReadBack() throws IOException {
    readBack(
        new Model(
            "large",
            Preprocessing.of(Models.names(37), Scaler.none(37)),
            Models.network(37, "1001:relu,1:identity"),
            new Regression("y"),
            Loss.parse("mse"),
            1,
            Map.of()));
  }

  /** More bytes than an array holds, of which no more than a slice is in memory. */
  @Test
  void aTensorOfMoreThanTwoGigabytesIsWrittenInSlices() throws IOException {
    int count = (1 << 29) + 3;
    Tensor tensor = new Tensor(List.of(count), at -> at);
    assertThat(tensor.count()).isEqualTo(count);
    long[] written = new long[1];
    byte[] last = new byte[4];
    new Safetensors(Map.of(), Map.of("a", tensor))
        .write(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new UnsupportedOperationException();
              }

              @Override
              public void write(byte[] bytes, int from, int length) {
                written[0] += length;
                if (length >= 4) {
                  System.arraycopy(bytes, from + length - 4, last, 0, 4);
                }
              }
            });
    assertThat(written[0]).isBetween(4L * count + 50, 4L * count + 200);
    assertThat(ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).getFloat())
        .isEqualTo(count - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.weight, 0, NaN",
    "0.weight, 5, Infinity",
    "2.weight, 7, -Infinity",
    "2.bias, 1, NaN"
  })
  void aModelOfNumbersThatAreNoneIsRefused(String tensor, int at, float number) throws IOException {
    Pieces pieces = new Pieces(bytes(Models.classes()));
    pieces.set(tensor, at, number);
    assertRefused(
        pieces.with(pieces.description()),
        "Its tensor %s holds %s: its training went out of bounds. Train it again"
            .formatted(tensor, number));
  }

  @Test
  void anAlteredNumberIsRefused() throws IOException {
    byte[] bytes = bytes(Models.classes());
    bytes[bytes.length - 3] ^= 1;
    assertRefused(bytes, "Its SHA-256 is not the one it was written with: it was altered.");
  }

  @ParameterizedTest
  @CsvSource({"4294967295, 4294967294", "cat, cow", "weight, freight", "0.123456789, 0.123456780"})
  void anAlteredDescriptionIsRefused(String text, String other) throws IOException {
    assertRefused(
        altered(Models.classes(), header -> header.replace(text, other)),
        "Its SHA-256 is not the one it was written with");
  }

  @Test
  void aFileOfANewerVersionSaysSo() throws IOException {
    assertRefused(
        forged(Models.classes(), d -> d.put("version", 4)),
        "was written by a newer Glia (file version 4, this one reads up to 3): update Glia.");
    // ... even if a newer Glia hashes in another way
    assertRefused(
        altered(
            Models.classes(), header -> header.replace("\\\"version\\\":2", "\\\"version\\\":77")),
        "file version 77");
  }

  /** What is wrong in files of any version. */
  private static List<Arguments> hostileInAnyVersion() {
    return List.of(
        hostile("the field layers", "The field \"layers\" is missing", d -> d.remove("layers")),
        hostile("version 0", "Its version is 0", d -> d.put("version", 0)),
        hostile("version -1", "Its version is -1", d -> d.put("version", -1)),
        hostile("no version", "\"version\" is missing", d -> d.remove("version")),
        hostile("version 1.5", "\"version\" is missing or not", d -> d.put("version", 1.5)),
        hostile(
            "a loss that does not fit",
            "cross_entropy",
            d -> {
              d.put("layers", List.of("4:relu", "2:sigmoid"));
              d.put("loss", "cross_entropy");
            }),
        hostile(
            "a million layers",
            "Layers may have at most 10,000 characters, got \"1:relu",
            d -> d.put("layers", List.of("1:relu,".repeat(150_000)))),
        hostile("no layers", "at least one layer", d -> d.put("layers", List.of())),
        hostile("a layer", "UNITS:ACTIVATION", d -> d.put("layers", List.of("four", "2:softmax"))),
        hostile(
            "an activation",
            "There is no activation \"magic\"",
            d -> d.put("layers", List.of("4:magic", "2:softmax"))),
        hostile(
            "absurd units",
            "too large",
            d -> d.put("layers", List.of("2147483647:relu", "2147483647:relu", "2:softmax"))),
        hostile(
            "gigabytes of units",
            "Expected a tensor 0.weight of shape [90000000, 3], got [4, 3].",
            d -> d.put("layers", List.of("90000000:relu", "2:softmax"))),
        hostile(
            "units that wrap",
            "whole number of units",
            d -> d.put("layers", List.of("4294967300:relu", "2:softmax"))),
        hostile("inputs that wrap", "\"inputs\"", d -> d.put("inputs", 4294967299L)),
        hostile("negative inputs", "at least 1 input, got -1", d -> d.put("inputs", -1)),
        hostile("inputs as text", "\"inputs\" is missing or not", d -> d.put("inputs", "3")),
        hostile(
            "a layer more",
            "A network of 3 layers has 6 tensors, the file has 4.",
            d -> d.put("layers", List.of("4:relu", "2:relu", "2:softmax"))),
        hostile("a loss", "There is no loss \"x\"", d -> d.put("loss", "x")),
        hostile("metrics", "\"metrics\" is missing or not an object", d -> d.put("metrics", 3)),
        hostile("a seed", "\"seed\" is missing or not a whole number", d -> d.put("seed", 0.5)));
  }

  /** What is wrong in files of version 1, which have one scaler and no columns. */
  private static List<Arguments> hostileInVersion1() {
    return List.of(
        hostile(
            "two labels alike",
            "There is a class \"cat\" twice: rename one.",
            d -> d.put("labels", List.of("cat", "cat"))),
        hostile(
            "two features alike",
            "There is a feature \"x\" twice: rename one.",
            d -> d.put("features", List.of("x", "y", "x"))),
        hostile(
            "a label of a megabyte",
            "The name of a class may have at most 1,000 characters, got \"aaa",
            d -> d.put("labels", List.of("a".repeat(1_000_000), "b"))),
        hostile("many labels", "cannot stand for 9 classes", d -> d.put("labels", Models.names(9))),
        hostile("a scale that is not one", "not to be scaled, but has", scaler("kind", "none")),
        hostile(
            "a scale of NaN",
            "a list of numbers",
            scaler("scale", Arrays.asList(1, Double.NaN, 1))),
        hostile(
            "features",
            "There are 1 feature names and a scaler of 3 columns.",
            d -> d.put("features", List.of("x"))),
        hostile("a feature that is no text", "texts", d -> d.put("features", List.of(1, 2, 3))),
        hostile("no scaler", "\"scaler\" is missing or not", d -> d.remove("scaler")),
        hostile("a label less", "cannot stand for", d -> d.put("labels", List.of("cat"))),
        hostile("no labels, no number", "\"number\" is missing", d -> d.remove("labels")),
        hostile("a scaling", "There is no scaling \"x\"", scaler("kind", "x")),
        hostile("a shift less", "as many shifts as scales", scaler("shift", List.of(1, 2))),
        hostile("a scale of 0", "the scale not 0", scaler("scale", List.of(1, 0, 1))),
        hostile("a scale of text", "a list of numbers", scaler("scale", List.of(1, "x", 1))),
        hostile("an image", "mages of 2 x 2", d -> d.put("image", List.of(2, 2))),
        hostile("a flat image", "two numbers, got 1", d -> d.put("image", List.of(3))),
        hostile("a broken image", "\"image\"", d -> d.put("image", List.of(1.5, 2))),
        hostile("a huge image", "\"image\"", d -> d.put("image", List.of(1e300, 1))));
  }

  private static Stream<Arguments> hostileDescriptions() {
    return Stream.concat(
        hostileInAnyVersion().stream(),
        Stream.of(
            hostile("no columns", "\"scaler\" is missing", d -> d.remove("columns")),
            hostile("columns of a text", "a list of objects", d -> d.put("columns", "x")),
            hostile("columns of texts", "a list of objects", d -> d.put("columns", List.of("x"))),
            hostile(
                "a column less",
                "The network has 3 inputs, but the columns make 2.",
                d -> d.put("columns", ((List<?>) d.get("columns")).subList(0, 2))),
            hostile(
                "no column at all",
                "The network has 3 inputs, but the columns make 0.",
                d -> d.put("columns", List.of())),
            hostile("no kind", "\"kind\" is missing or not a text", column("kind", null)),
            hostile("a kind of number", "\"kind\" is missing or not a text", column("kind", 3)),
            hostile(
                "an unknown kind",
                "There is no encoding \"magic\" in this Glia.",
                column("kind", "magic")),
            hostile(
                "a kind of a megabyte",
                "There is no encoding \"aaa",
                column("kind", "a".repeat(1_000_000))),
            hostile("no name", "\"column\" is missing or not a text", column("column", null)),
            hostile(
                "a name of a megabyte",
                "may have at most 1,000 characters, got \"aaa",
                column("column", "a".repeat(1_000_000))),
            hostile(
                "a column twice",
                "There is a feature \"height\" twice: rename one.",
                column("column", "height")),
            hostile("a scaling", "There is no scaling \"x\"", column("scaling", "x")),
            hostile("a scale that is not one", "not to be scaled", column("scaling", "none")),
            hostile("a scale of 0", "the scale not 0", column("scale", 0)),
            hostile(
                "a scale of null", "\"scale\" is missing or not a number", column("scale", null)),
            hostile("a scale of text", "\"scale\" is missing or not", column("scale", "1")),
            hostile("a list of shifts", "\"shift\" is missing or not", column("shift", List.of(1))),
            hostile("no mean", "\"mean\" is missing or not", column("mean", null)),
            hostile("a mean of text", "\"mean\" is missing or not", column("mean", "1")),
            hostile("a mark of number", "\"marked\" is missing or not true", column("marked", 1)),
            hostile(
                "a mark more",
                "The network has 3 inputs, but the columns make 4.",
                column("marked", true)),
            hostile("words without levels", "\"levels\" is missing", column("kind", "one_hot")),
            hostile("levels of numbers", "a list of texts", words(List.of(1, 2))),
            hostile(
                "a level twice",
                "There is a class \"a\" twice: rename one.",
                words(List.of("a", "a"))),
            hostile(
                "a level of a megabyte",
                "The name of a class may have at most 1,000 characters",
                words(List.of("a".repeat(1_000_000)))),
            hostile(
                "a level more",
                "The network has 3 inputs, but the columns make 4.",
                words(List.of("a", "b"))),
            hostile(
                "no levels",
                "The column \"weight\" has no words to learn from: leave it out.",
                words(List.of())),
            hostile("pictures of no width", "at least 1, got 0 x 1", pixels(0, 1)),
            hostile("pictures of half a pixel", "\"width\" is missing", pixels(0.5, 2)),
            hostile("pictures of text", "\"width\" is missing", pixels("1", 1)),
            hostile(
                "larger pictures",
                "Images of 2 x 1 have 2 pixels, their scaler takes 1.",
                pixels(2, 1)),
            hostile(
                "pictures of more pixels than there are numbers",
                "at most 2147483647 pixels",
                pixels(65_536, 65_536)),
            hostile(
                "pictures of all the pixels there can be",
                "Images of 2147483647 x 1 have 2147483647 pixels, their scaler takes 1.",
                pixels(2_147_483_647, 1)),
            hostile("no task", "\"task\" is missing or not an object", d -> d.remove("task")),
            hostile("a task of text", "\"task\" is missing", d -> d.put("task", "x")),
            hostile("a task of nothing", "\"targets\" is missing", d -> d.put("task", Map.of())),
            hostile("no target", "\"target\" is missing or not a text", task("target", null)),
            hostile(
                "a target of a megabyte",
                "may have at most 1,000 characters",
                task("target", "a".repeat(1_000_000))),
            hostile("labels of text", "a list of texts", task("labels", "cat")),
            hostile("labels of numbers", "a list of texts", task("labels", List.of(0, 1))),
            hostile(
                "two labels alike",
                "There is a class \"cat\" twice: rename one.",
                task("labels", List.of("cat", "cat"))),
            hostile(
                "a label of a megabyte",
                "The name of a class may have at most 1,000 characters, got \"aaa",
                task("labels", List.of("a".repeat(1_000_000), "b"))),
            hostile("many labels", "cannot stand for 9 classes", task("labels", Models.names(9))),
            hostile("a label less", "cannot stand for 1 classes", task("labels", List.of("cat"))),
            hostile(
                "a number of two outputs",
                "The network has 2 outputs, which cannot stand for predicting y.",
                regression("y")),
            hostile(
                "a number twice",
                "There is a column to predict \"y\" twice: rename one.",
                regression("y", "y"))));
  }

  private static Arguments hostile(
      String what, String message, Consumer<Map<String, Object>> change) {
    return Arguments.argumentSet(what, message, change);
  }

  /** The first column with another value of a field; null takes the field away. */
  private static Consumer<Map<String, Object>> column(String field, @Nullable Object value) {
    return firstColumn(column -> set(column, field, value));
  }

  private static Consumer<Map<String, Object>> words(List<?> levels) {
    return firstColumn(column -> {
      column.put("kind", "one_hot");
      column.put("levels", levels);
    });
  }

  private static Consumer<Map<String, Object>> pixels(Object width, Object height) {
    return firstColumn(column -> {
      column.put("kind", "pixels");
      column.put("width", width);
      column.put("height", height);
      column.put("shift", List.of(1));
      column.put("scale", List.of(1));
    });
  }

  private static Consumer<Map<String, Object>> firstColumn(Consumer<Map<String, Object>> change) {
    return description -> {
      List<Object> columns = new ArrayList<>((List<?>) description.get("columns"));
      Map<String, Object> column = copy(columns.getFirst());
      change.accept(column);
      columns.set(0, column);
      description.put("columns", columns);
    };
  }

  private static Consumer<Map<String, Object>> task(String field, @Nullable Object value) {
    return description -> {
      Map<String, Object> task = copy(description.get("task"));
      set(task, field, value);
      description.put("task", task);
    };
  }

  private static Consumer<Map<String, Object>> regression(String... targets) {
    double[] numbers = new double[targets.length];
    Arrays.fill(numbers, 2);
    return description ->
        description.put(
            "task",
            Map.of(
                "targets",
                List.of(targets),
                "scaling",
                "minmax",
                "shift",
                numbers,
                "scale",
                numbers));
  }

  private static void set(Map<String, Object> fields, String field, @Nullable Object value) {
    if (value == null) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }
  }

  private static Consumer<Map<String, Object>> scaler(String field, Object value) {
    return description -> {
      Map<String, Object> scaler = copy(description.get("scaler"));
      scaler.put(field, value);
      description.put("scaler", scaler);
    };
  }

  /** Its hash is right: who forges a description can compute that, too. */
  @ParameterizedTest
  @MethodSource("hostileDescriptions")
  void aHostileDescriptionIsRefused(String message, Consumer<Map<String, Object>> change)
      throws IOException {
    assertThat(Model.load(write(forged(Models.classes(), d -> {}))).dataset())
        .as("the forger knows the hash")
        .isEqualTo("animals \"é\"");
    assertRefused(forged(Models.classes(), change), message);
  }

  private static Stream<Arguments> hostileVersion1Descriptions() {
    return Stream.concat(hostileInAnyVersion().stream(), hostileInVersion1().stream());
  }

  @ParameterizedTest
  @MethodSource("hostileVersion1Descriptions")
  void aHostileDescriptionOfVersion1IsRefused(String message, Consumer<Map<String, Object>> change)
      throws IOException {
    Consumer<Map<String, Object>> toVersion1 = ModelFileTest::toVersion1;
    Model model = Model.load(write(forged(Models.classes(), toVersion1)));
    assertThat(model.preprocessing()).isEqualTo(Models.classes().preprocessing());
    assertRefused(forged(Models.classes(), toVersion1.andThen(change)), message);
  }

  /** What the first Glia wrote of {@link Models#classes}. */
  private static void toVersion1(Map<String, Object> description) {
    List<Map<String, Object>> columns =
        ((List<?>) description.remove("columns")).stream().map(ModelFileTest::copy).toList();
    description.put("version", 1);
    description.put("features", columns.stream().map(column -> column.get("column")).toList());
    Map<String, Object> scaler = new LinkedHashMap<>();
    scaler.put("kind", "standard");
    scaler.put("shift", columns.stream().map(column -> column.get("shift")).toList());
    scaler.put("scale", columns.stream().map(column -> column.get("scale")).toList());
    description.put("scaler", scaler);
    description.put("labels", copy(description.remove("task")).get("labels"));
  }

  /** A number to predict behind scales that are none. */
  @Test
  void aRegressionsScalesMustFit() throws IOException {
    for (Object[] wrong :
        new Object[][] {
          {"targets", List.of("price"), "1 numbers to predict need a scaler of as many columns"},
          {"targets", List.of(), "0 numbers to predict need a scaler of as many columns, got 2"},
          {"targets", "price", "a list of texts"},
          {"scale", List.of(1), "as many shifts as scales, got 2 shifts and 1 scales"},
          {"scale", List.of(1, 0), "the scale not 0"},
          {"shift", List.of(1, "x"), "a list of numbers"},
          {"scaling", "none", "not to be scaled"},
          {"scaling", "log", "There is no scaling \"log\""}
        }) {
      assertRefused(forged(Models.mixed(), task((String) wrong[0], wrong[1])), (String) wrong[2]);
    }
  }

  @Test
  void aFolderAndAMissingFileAreRefusedWithASentence() {
    assertThatThrownBy(() -> Model.load(folder))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(folder + " is a folder: expected a model file such as model.safetensors.");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Model.load(missing))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read the model " + missing + ": " + missing + " does not exist.");
  }

  // What no one thought of.

  /** Bytes flipped, cut off, doubled: refused, or the same model, never anything else. */
  @Test
  void randomDamageIsRefusedAndNothingWorse() throws IOException {
    long seed = System.nanoTime() & 0xFFFFFFFFL;
    RandomState random = new RandomState(seed);
    byte[] whole = bytes(Models.twoClasses());
    for (int trial = 0; trial < 1000; trial++) {
      byte[] damaged = whole.clone();
      for (long flips = random.randint(0, 4); flips >= 0; flips--) {
        damaged[(int) random.randint(0, damaged.length)] ^= (byte) random.randint(1, 256);
      }
      if (random.randint(0, 4) == 0) {
        damaged = Arrays.copyOf(damaged, (int) random.randint(0, 2L * damaged.length));
      }
      readOrRefuse(damaged, "seed " + seed + ", trial " + trial);
    }
  }

  /** The description's text changed here and there, its hash right again. */
  @Test
  void aRandomDescriptionIsRefusedOrReadAndNothingWorse() throws IOException {
    long seed = System.nanoTime() & 0xFFFFFFFFL;
    RandomState random = new RandomState(seed);
    String alphabet = "0123456789-.,:\"{}[]()eE abcnrxul\\";
    Pieces[] models = {new Pieces(bytes(Models.number())), new Pieces(bytes(Models.mixed()))};
    int read = 0;
    for (int trial = 0; trial < 3000; trial++) {
      Pieces pieces = models[trial % 2];
      String text = Json.write(pieces.description());
      StringBuilder changed = new StringBuilder(text);
      for (long changes = random.randint(0, 3); changes >= 0; changes--) {
        int at = (int) random.randint(0, changed.length());
        changed.setCharAt(at, alphabet.charAt((int) random.randint(0, alphabet.length())));
      }
      Map<String, Object> description;
      try {
        description = copy(Json.read(changed.toString()));
      } catch (IllegalArgumentException | ClassCastException notAnObject) {
        continue;
      }
      read++;
      readOrRefuse(pieces.with(description), "seed " + seed + ", trial " + trial);
    }
    assertThat(read).as("descriptions that were JSON").isGreaterThan(100);
  }

  private void readOrRefuse(byte[] bytes, String context) throws IOException {
    Path file = write(bytes);
    try {
      Model model = Model.load(file);
      model.predict(new double[model.featureNames().size()]);
    } catch (IOException refused) {
      assertThat(refused.getMessage()).as(context).startsWith(file.toString());
    } catch (RuntimeException | Error e) {
      fail(context, e);
    }
  }

  // Making files.

  private byte[] bytes(Model model) throws IOException {
    Path file = folder.resolve("original");
    model.save(file);
    return Files.readAllBytes(file);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);
    assertThatThrownBy(() -> Model.load(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  /** A file whose header's text is changed. */
  private byte[] altered(Model model, UnaryOperator<String> change) throws IOException {
    Pieces pieces = new Pieces(bytes(model));
    String changed = change.apply(pieces.header);
    assertThat(changed).isNotEqualTo(pieces.header);
    return file(changed, pieces.data);
  }

  /** A file whose description is changed and hashed again. */
  private byte[] forged(Model model, Consumer<Map<String, Object>> change) throws IOException {
    Pieces pieces = new Pieces(bytes(model));
    Map<String, Object> description = pieces.description();
    change.accept(description);
    return pieces.with(description);
  }

  private static Map<String, Object> copy(Object json) {
    Map<String, Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) json).forEach((key, value) -> copy.put((String) key, value));
    return copy;
  }

  /** A file taken apart. */
  private static final class Pieces {
    final String header;
    final byte[] data;

    Pieces(byte[] file) {
      int length = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
      header = new String(file, 8, length, StandardCharsets.UTF_8);
      data = Arrays.copyOfRange(file, 8 + length, file.length);
    }

    /** Changes a number in place. */
    void set(String tensor, int at, float number) {
      List<?> offsets = (List<?>) copy(copy(Json.read(header)).get(tensor)).get("data_offsets");
      int begin = Math.toIntExact((Long) offsets.get(0));
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(begin + 4 * at, number);
    }

    Map<String, Object> description() {
      Map<String, Object> metadata = copy(copy(Json.read(header)).get("__metadata__"));
      return copy(Json.read((String) metadata.get("glia")));
    }

    /** The same tensors with another description, hashed. */
    byte[] with(Map<String, Object> description) {
      description.remove("sha256");
      Map<String, Object> json = copy(Json.read(header));
      ByteArrayOutputStream hashed = new ByteArrayOutputStream();
      hashed.writeBytes(Json.write(description).getBytes(StandardCharsets.UTF_8));
      for (String name : json.keySet()) {
        if (!name.equals("__metadata__")) {
          List<?> offsets = (List<?>) ((Map<?, ?>) json.get(name)).get("data_offsets");
          int begin = Math.toIntExact((Long) offsets.get(0));
          int end = Math.toIntExact((Long) offsets.get(1));
          hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
          hashed.writeBytes(Arrays.copyOfRange(data, begin, end));
        }
      }
      description.put("sha256", HexFormat.of().formatHex(sha256(hashed.toByteArray())));
      Map<String, Object> metadata = copy(json.get("__metadata__"));
      metadata.put("glia", Json.write(description));
      json.put("__metadata__", metadata);
      return file(Json.write(json), data);
    }

    private static byte[] sha256(byte[] bytes) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** An activation that no parser knows. */
  private record Square() implements Elementwise {
    @Override
    public String name() {
      return "square";
    }

    @Override
    public double value(double z) {
      return z * z;
    }

    @Override
    public double derivative(double z) {
      return 2 * z;
    }
  }

  /** Else it would be written, and be lost: no file gives a layer of the user's own back. */
  @Test
  void aModelWithALayerThatNoNameGivesBackIsNotSaved() {
    Model known = Models.twoClasses();
    FullyConnected layer =
        new FullyConnected(new float[][] {{1}, {2}}, new float[] {0}, new Square());
    Model own =
        new Model(
            known.dataset(),
            known.preprocessing(),
            Network.of(layer),
            known.task(),
            Loss.parse("mse"),
            0,
            Map.of());
    Path file = folder.resolve("own.safetensors");
    assertThatThrownBy(() -> own.save(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none gives back \"1:square\"");
    assertThat(file).doesNotExist();
  }
}

package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.internal.json.Fields;
import dev.glia.internal.json.Json;
import dev.glia.metric.Scores;
import dev.glia.preprocessing.ScaledNumbers;
import dev.glia.preprocessing.ScaledPixels;
import dev.glia.preprocessing.Scaler;
import dev.glia.source.Blobs;
import dev.glia.source.Digits;
import dev.glia.source.Generator;
import dev.glia.source.Sine;
import dev.glia.source.Spirals;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Prediction;
import dev.glia.task.Regression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Model files from before there were columns of several kinds: written by Glia's commit 6e5c25c,
 * with what it predicted. They have one scaler and no {@code columns}; {@code layers} has version
 * 2, as it then told layers that are not dense.
 */
class Version1Test {

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Version1Test.class.getResourceAsStream("v1/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static Model model(String name) throws IOException {
    return Model.read(name, resource(name + ".safetensors"));
  }

  private static Fields then(String name) throws IOException {
    String text = new String(resource("predictions.json"), StandardCharsets.UTF_8);
    return new Fields((Map<?, ?>) Json.read(text)).object(name);
  }

  /** Each file's data, of which it learnt three quarters. */
  static List<Arguments> files() {
    return List.of(
        Arguments.of("classes", new Blobs(120, 3, 1, true, 0)),
        Arguments.of("number", new Sine(100, 0.05, true, 0)),
        Arguments.of("images", new Digits(200, 0.05, true, 0)),
        Arguments.of("layers", new Spirals(100, 0.05, true, 0)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void predictsTheSameBits(String name, Generator generator) throws IOException {
    Model model = model(name);
    List<Fields> predictions = then(name).objects("predictions");
    assertThat(predictions).hasSizeGreaterThanOrEqualTo(3);
    Table test = Recipe.named(model.dataset()).split(generator.generate()).test();
    List<Prediction> ofTable = model.predict(test);
    for (int i = 0; i < predictions.size(); i++) {
      Fields then = predictions.get(i);
      double[] row = then.array("row");
      assertThat(floats(then.array("outputs"))).isEqualTo(model.outputs(row));
      assertThat(model.outputs(DenseMatrix.of(row))).isEqualTo(model.outputs(row));
      Prediction now = model.predict(row);
      assertThat(now.label()).isEqualTo(then.text("label"));
      assertThat(now.value()).isEqualTo(then.number("value"));
      assertThat(now).isEqualTo(ofTable.get(i));
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** As good as it was, to the last bit; the error in the number's unit is new. */
  @ParameterizedTest
  @MethodSource("files")
  void scoresTheSame(String name, Generator generator) throws IOException {
    Model model = model(name);
    Parts parts = Recipe.named(model.dataset()).split(generator.generate());
    Map<String, Double> now = new TreeMap<>(model.evaluate(parts.train()).named(""));
    Scores test = model.evaluate(parts.test());
    now.putAll(test.named("val_"));
    now.keySet().removeIf(key -> key.endsWith("mae"));
    assertThat(now).isEqualTo(then(name).object("scores").numbers()).isEqualTo(model.metrics());
    assertThat(test.mae() != null).isEqualTo(name.equals("number"));
  }

  /** Saved again, it is a file of today and the same model. */
  @ParameterizedTest
  @MethodSource("files")
  void isSavedAsAFileOfToday(String name, Generator generator) throws IOException {
    Model model = model(name);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\\\"version\\\":2", "\\\"columns\\\"", "\\\"task\\\"");
    Model again = Model.read("again", out.toByteArray());
    assertThat(again.preprocessing()).isEqualTo(model.preprocessing());
    assertThat(again.task()).isEqualTo(model.task());
    assertThat(again.metrics()).isEqualTo(model.metrics());
    assertThat(again.predict(generator.generate())).isEqualTo(model.predict(generator.generate()));
  }

  @Test
  void itsPartsBecomeThoseOfToday() throws IOException {
    Model classes = model("classes");
    assertThat(classes.seed()).isEqualTo(4294967295L);
    assertThat(classes.featureNames()).containsExactly("x1", "x2");
    assertThat(classes.task()).isEqualTo(new Classification("label", List.of("0", "1", "2")));
    assertThat(classes.preprocessing().encodings())
        .allSatisfy(encoding ->
            assertThat(((ScaledNumbers) encoding).scaler().kind()).isEqualTo(Scaler.Kind.STANDARD));
    Model number = model("number");
    assertThat(number.task()).isEqualTo(new Regression("y"));
    assertThat(((ScaledNumbers) number.preprocessing().encodings().getFirst()).scaler())
        .isEqualTo(
            new Scaler(
                Scaler.Kind.MINMAX,
                new double[] {-6.283185307179586},
                new double[] {0.07957747154594767}));
    Model images = model("images");
    assertThat(images.image()).isEqualTo(new ImageSize(28, 28));
    assertThat(images.preprocessing().encodings().getFirst()).isInstanceOf(ScaledPixels.class);
    assertThat(images.featureNames()).hasSize(784).startsWith("pixel1", "pixel2");
    assertThat(model("layers").network().architecture().layers()).hasSize(5);
  }

  /** These files do not say what the column is called that they predict. */
  @Test
  void theColumnToPredictMayHaveAnyName() throws IOException {
    Table blobs = new Blobs(120, 3, 1, true, 0).generate();
    Categories classes = (Categories) blobs.target();
    int[] codes = new int[120];
    Arrays.setAll(codes, classes::code);
    Table renamed =
        Table.of(
            "blobs",
            List.of("x1", "x2"),
            blobs.features(),
            new Categories("species", codes, classes.levels()));
    assertThat(model("classes").evaluate(renamed)).isEqualTo(model("classes").evaluate(blobs));
  }

  /** As a table file has them, and under another name. */
  @Test
  void picturesMayBeAColumnOfAnyNameOrOneAPixel() throws IOException {
    Table digits = new Digits(20, 0.05, true, 1).generate();
    Model model = model("images");
    List<Prediction> expected = model.predict(digits);
    Pixels drawn = new Pixels("drawn", digits.features(), new ImageSize(28, 28));
    assertThat(model.predict(new Table("t", List.of(drawn), List.of()))).isEqualTo(expected);
    List<Numbers> columns = new ArrayList<>();
    for (int pixel = 0; pixel < 784; pixel++) {
      columns.addFirst(new Numbers("pixel" + (pixel + 1), digits.features(), pixel));
    }
    assertThat(model.predict(new Table("t", columns, List.of()))).isEqualTo(expected);
  }
}

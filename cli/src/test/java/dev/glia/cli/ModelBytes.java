package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.internal.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model file read by hand, as Python's safetensors reads it. */
record ModelBytes(Map<?, ?> description, Map<String, float[]> tensors, Map<String, Object> shapes) {

  static ModelBytes read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong());
    String text = new String(bytes.array(), 8, headerLength, StandardCharsets.UTF_8);
    assertThat(headerLength % 8).isZero(); // so that numbers can be mapped where they lie
    Map<?, ?> header = (Map<?, ?>) Json.read(text);
    Map<?, ?> metadata = (Map<?, ?>) header.get("__metadata__");
    assertThat(metadata.get("format")).isEqualTo("pt");
    Map<String, float[]> tensors = new LinkedHashMap<>();
    Map<String, Object> shapes = new LinkedHashMap<>();
    long expected = 0;
    for (Object name : header.keySet()) {
      if (!name.equals("__metadata__")) {
        Map<?, ?> tensor = (Map<?, ?>) header.get(name);
        List<?> offsets = (List<?>) tensor.get("data_offsets");
        assertThat(tensor.get("dtype")).isEqualTo("F32");
        assertThat(offsets.getFirst()).isEqualTo(expected);
        expected = (Long) offsets.getLast();
        int begin = Math.toIntExact((Long) offsets.getFirst());
        float[] values = new float[Math.toIntExact(expected - begin) / 4];
        bytes.position(8 + headerLength + begin).slice().order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().get(values);
        tensors.put(String.valueOf(name), values);
        shapes.put(String.valueOf(name), tensor.get("shape"));
      }
    }
    assertThat(8 + headerLength + expected).isEqualTo(bytes.capacity());
    return new ModelBytes(
        (Map<?, ?>) Json.read(String.valueOf(metadata.get("glia"))), tensors, shapes);
  }

  /** All numbers of all tensors in one row. */
  double[] parameters() {
    return tensors.values().stream()
        .flatMap(values -> {
          List<Double> boxed = new ArrayList<>();
          for (float value : values) {
            boxed.add((double) value);
          }
          return boxed.stream();
        })
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** The outputs before the last activation, for a raw row, in double precision; relu between. */
  double[] sums(double... row) {
    List<?> columns = (List<?>) description.get("columns");
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      Map<?, ?> column = (Map<?, ?>) columns.get(i);
      values[i] = (row[i] - number(column.get("shift"))) * number(column.get("scale"));
    }
    int layers = tensors.size() / 2;
    for (int layer = 0; layer < layers; layer++) {
      float[] weights = tensors.get(2 * layer + ".weight"); // [out][in]
      float[] biases = tensors.get(2 * layer + ".bias");
      double[] sums = new double[biases.length];
      for (int out = 0; out < sums.length; out++) {
        sums[out] = biases[out];
        for (int in = 0; in < values.length; in++) {
          sums[out] += weights[out * values.length + in] * values[in];
        }
        boolean hidden = layer < layers - 1;
        sums[out] = hidden ? Math.max(0, sums[out]) : sums[out];
      }
      values = sums;
    }
    return values;
  }

  /** A number that was scaled while the network learnt, in its own unit. */
  double inItsUnit(double output) {
    Map<?, ?> task = (Map<?, ?>) description.get("task");
    return output / number(((List<?>) task.get("scale")).getFirst())
        + number(((List<?>) task.get("shift")).getFirst());
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}

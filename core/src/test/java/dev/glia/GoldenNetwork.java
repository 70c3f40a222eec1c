package dev.glia;

import dev.glia.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case of {@code golden/networks.json}: a small network and what PyTorch makes of it.
 *
 * @param predictions {@code [rows][outputs]}
 * @param loss before the first step
 * @param weightGradients {@code [layer][in][out]}
 * @param biasGradients {@code [layer][out]}
 * @param lossesByOptimizer the loss after each of ten steps
 */
@SuppressWarnings("ArrayRecordComponent") // carries numbers, is never compared
public record GoldenNetwork(
    NetworkCase given,
    double[][] predictions,
    double loss,
    double[][][] weightGradients,
    double[][] biasGradients,
    Map<String, double[]> lossesByOptimizer) {

  /** All cases of the file. */
  public static List<GoldenNetwork> all() {
    List<GoldenNetwork> cases = new ArrayList<>();
    for (Object item : list(map(read("networks.json")).get("cases"))) {
      cases.add(of(map(item)));
    }
    return cases;
  }

  private static GoldenNetwork of(Map<?, ?> map) {
    List<String> activations = new ArrayList<>();
    for (Object name : list(map.get("activations"))) {
      activations.add(name.equals("leaky_relu_0.05") ? "leaky_relu(0.05)" : (String) name);
    }
    String loss =
        switch ((String) map.get("loss")) {
          case "squared_error_sum_outputs_mean_batch" -> "squared_error";
          case "mse_mean_over_all" -> "mse";
          case "huber_1" -> "huber(1)";
          case String other -> other;
        };
    Map<String, double[]> losses = new LinkedHashMap<>();
    map(map.get("loss_after_each_of_10_steps"))
        .forEach((optimizer, values) -> losses.put((String) optimizer, vector(values)));
    return new GoldenNetwork(
        new NetworkCase(
            activations,
            loss,
            matrix(map.get("x")),
            matrix(map.get("target")),
            matrices(map.get("weights")),
            matrix(map.get("biases"))),
        matrix(map.get("prediction")),
        (Double) map.get("loss_value"),
        matrices(map.get("grad_weights")),
        matrix(map.get("grad_biases")),
        losses);
  }

  @Override
  public String toString() {
    return given.toString();
  }

  /** The JSON of a golden file. */
  public static Object read(String file) {
    try {
      return Json.read(Files.readString(SharedFolder.golden(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON object. */
  public static Map<?, ?> map(Object json) {
    return (Map<?, ?>) json;
  }

  /** A JSON array. */
  public static List<?> list(Object json) {
    return (List<?>) json;
  }

  /** A JSON array of numbers. */
  public static double[] vector(Object json) {
    return list(json).stream().mapToDouble(item -> ((Number) item).doubleValue()).toArray();
  }

  private static double[][] matrix(Object json) {
    return list(json).stream().map(GoldenNetwork::vector).toArray(double[][]::new);
  }

  private static double[][][] matrices(Object json) {
    return list(json).stream().map(GoldenNetwork::matrix).toArray(double[][][]::new);
  }
}

import dev.glia.activation.LeakyRelu;
import dev.glia.network.FullyConnected;

// The second article's worked example: what a layer of 2 inputs and 3 nodes makes of [5, 2].
//
//   java @examples/jvm examples/WorkedExample.java

void main() {
  // The article's weights have a row for each node, Glia's a row for each input.
  float[][] weights = {
    {0.5f, 0.1f, -0.1f}, // from the first input to the three nodes
    {1.0f, -0.5f, 0.1f}, // from the second input
  };
  float[] biases = {1, -1, 0};
  FullyConnected layer = new FullyConnected(weights, biases, new LeakyRelu(0.05));

  FullyConnected.Output output = layer.forward(5, 2);
  IO.println("Values before activation: " + rounded(output.z()));
  IO.println("Final values: " + rounded(output.a()));
}

/** To six decimals: a float's 0.015 is 0.015000001. */
List<Double> rounded(float[] values) {
  List<Double> rounded = new ArrayList<>();
  for (float value : values) {
    rounded.add(Math.rint(value * 1e6) / 1e6);
  }
  return rounded;
}

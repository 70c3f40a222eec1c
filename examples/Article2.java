import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.table.Categories;
import dev.glia.table.Table;

// "Coding A Neural Network From Scratch Using Python": the article's code in Java, class by class
// and AS PRINTED, in plain double loops. It prints what the article's code prints, so its mistakes
// are kept; they are marked WRONG 1 to 5, with what would be right. Article2WithGlia.java has none
// of them.
//
//   java @examples/jvm examples/Article2.java [SEED]
//
// The article does not seed NumPy, so each of its runs is another one; this one is the run that
// begins with np.random.seed(SEED), 0 unless told. Glia gives only what the article takes from
// NumPy and scikit-learn for the data (random numbers, moons); all of the neural network is here.
//
// Shapes: m is the number of examples. This article has a column an example, [features x m].

/** A fully connected layer for the neural network to use. */
class FullyConnected {
  final int numInputs;
  final int numNodes;
  final String activation;
  double[][] weights; // [numNodes x numInputs]
  double[] biases; // [numNodes]

  FullyConnected(int numInputs, int numNodes, String activation, RandomState random) {
    this.numInputs = numInputs;
    this.numNodes = numNodes;
    this.activation = activation;
    // WRONG 1: the article wants "values between -1 and 1", but normal(-1, 1) is the normal
    // distribution of mean -1 and standard deviation 1: most weights are negative, one in six is
    // below -2. Right: mean 0, and smaller the more inputs there are: normal(0, sqrt(2 / inputs)).
    weights = map(new double[numNodes][numInputs], zero -> random.normal(-1, 1));
    biases = map(new double[1][numNodes], zero -> random.normal(-1, 1))[0];
  }

  /** The outputs a and the sums z, both [numNodes x m], from inputs [numInputs x m]. */
  Output forward(double[][] inputs) {
    if (inputs.length != numInputs) {
      throw new IllegalArgumentException("Inputs not correct shape");
    }
    double[][] z = transpose(dot(transpose(inputs), transpose(weights)));
    for (int node = 0; node < numNodes; node++) {
      for (int example = 0; example < z[node].length; example++) {
        z[node][example] += biases[node];
      }
    }
    return switch (activation) { // the listing's softmax lacks its import and is never used
      case "relu" -> new Output(map(z, value -> value > 0 ? value : value * 0.05), z);
      case "sigmoid" -> new Output(map(z, value -> 1 / (1 + Math.exp(-1 * value))), z);
      default -> new Output(z, z);
    };
  }
}

record Output(double[][] a, double[][] z) {}

class NeuralNetwork {
  final int numLayers;
  final List<FullyConnected> layers = new ArrayList<>();

  NeuralNetwork(int numInputs, int[] layerSizes, String[] layerActivations, RandomState random) {
    numLayers = layerSizes.length;
    for (int i = 0; i < numLayers; i++) {
      layers.add(new FullyConnected(numInputs, layerSizes[i], layerActivations[i], random));
      numInputs = layerSizes[i];
    }
  }

  /** All that a pass computes, by name: "a-1" holds the inputs, "a0" and "z0" the first layer's. */
  Map<String, double[][]> forward(double[][] inputs) {
    Map<String, double[][]> cache = new HashMap<>();
    for (int i = 0; i < numLayers; i++) {
      cache.put("a" + (i - 1), inputs);
      Output output = layers.get(i).forward(inputs);
      inputs = output.a;
      cache.put("a" + i, output.a);
      cache.put("z" + i, output.z);
    }
    return cache;
  }

  double[][] predict(double[][] inputs) {
    return forward(inputs).get("a" + (numLayers - 1));
  }

  /** One step of gradient descent with the values of a forward pass; yTrain is [1 x m]. */
  void backward(Map<String, double[][]> cache, double[][] yTrain, double alpha) {
    int m = yTrain[0].length;
    double[][][] dweights = {}; // of the layer after this one, [its inputs x its nodes x m]

    for (int i = numLayers - 1; i >= 0; i--) {
      FullyConnected layer = layers.get(i);
      double[][] a = cache.get("a" + i);
      double[][] z = cache.get("z" + i);

      // The derivative of the loss by the outputs, [numNodes x m].
      double[][] da;
      if (i == numLayers - 1) {
        da = zip(yTrain, a, (y, yhat) -> -y / yhat + (1 - y) / (1 - yhat));
      } else {
        // WRONG 2: the sum of the next layer's weight gradients, which are dz times this layer's
        // outputs. Right: dz times the next layer's weights, dot(transpose(weights), dz), with the
        // weights as they were in the forward pass.
        da = sumOverNodes(dweights);
      }

      // The derivative by the sums, [numNodes x m].
      double[][] slope =
          switch (layer.activation) {
            case "relu" -> map(z, value -> value <= 0 ? 0.05 : 1);
            case "sigmoid" -> map(a, value -> value * (1 - value));
            default -> map(z, value -> 1);
          };
      double[][] dz = zip(slope, da, (s, d) -> s * d);

      // WRONG 3: each example's share of a gradient is held between -1 and 1. Right: sum over the
      // examples first, and hold the sum.
      dweights = weightGradients(cache.get("a" + (i - 1)), dz);
      double[][] dbiases = map(dz, d -> nanToZeroAndClip(1.0 / m * d)); // [numNodes x m]

      double[][] sum = transpose(sumOverExamples(dweights)); // [numNodes x numInputs]
      layer.weights = zip(layer.weights, sum, (w, d) -> w - alpha * d);
      // WRONG 4: one number for all biases, the sum over the nodes, too. Right: each bias by the
      // sum of its own row.
      double sumOfAll = sum(dbiases);
      Arrays.setAll(layer.biases, node -> layer.biases[node] - alpha * sumOfAll);
    }
  }

  /** Each example's share of the weight gradients: [numInputs x numNodes x m]. */
  double[][][] weightGradients(double[][] inputs, double[][] dz) {
    int m = dz[0].length;
    double[][][] dweights = new double[inputs.length][][];
    for (int input = 0; input < inputs.length; input++) {
      double[] x = inputs[input];
      dweights[input] = new double[dz.length][m];
      for (int node = 0; node < dz.length; node++) {
        for (int example = 0; example < m; example++) {
          double d = 1.0 / m * (x[example] * dz[node][example]);
          dweights[input][node][example] = nanToZeroAndClip(d);
        }
      }
    }
    return dweights;
  }

  /** A NaN comes from 0 / 0 or 0 * infinity, once an output is exactly 0 or 1. */
  double nanToZeroAndClip(double gradient) {
    return Double.isNaN(gradient) ? 0 : Math.clamp(gradient, -1, 1);
  }
}

/** Binary cross entropy of predictions and labels, both [1 x m]. */
double binaryCrossEntropy(double[][] yhat, double[][] y) {
  // WRONG 5: where 1 - yhat is 0, its logarithm is saved from minus infinity; where yhat is 0, it
  // is
  // not, and the loss becomes infinite or NaN. Right: guard both, or compute the loss from z.
  double[][] yhatRev = map(yhat, p -> 1 - p == 0 ? 1 - p + 0.0000001 : 1 - p);
  double[][] log1 = zip(y, yhat, (label, p) -> label * Math.log(p));
  double[][] log2 = zip(y, yhatRev, (label, p) -> (1 - label) * Math.log(p));
  return -1 * (1.0 / y[0].length) * sum(zip(log1, log2, Double::sum));
}

void main(String[] args) {
  double alpha = 0.25;
  RandomState random = new RandomState(args.length > 0 ? Long.parseLong(args[0]) : 0);
  Table data = new Moons(200, 0.2, false, 0).generate();

  // train_test_split(...): a quarter of the rows, drawn from the same stream, are for the test.
  int[] order = random.permutation(200);
  Table train = data.select(Arrays.copyOfRange(order, 50, 200));
  Table test = data.select(Arrays.copyOfRange(order, 0, 50));
  double[][] xTrain = features(train);
  double[][] yTrain = labels(train);

  NeuralNetwork model =
      new NeuralNetwork(2, new int[] {16, 16, 1}, new String[] {"relu", "relu", "sigmoid"}, random);

  for (int i = 0; i < 20000; i++) {
    Map<String, double[][]> cache = model.forward(xTrain);
    if (i % 50 == 0) { // here the article draws its graphs, too
      double loss = binaryCrossEntropy(cache.get("a2"), yTrain);
      IO.println("loss at step " + i + " = " + loss);
    }
    model.backward(cache, yTrain, alpha);
  }

  double[][] finalPreds = model.predict(features(test));
  IO.println("Final loss: " + binaryCrossEntropy(finalPreds, labels(test)));

  // What the article shows as graphs: how many of the points get their own colour.
  IO.println("Final accuracy: " + accuracy(finalPreds, labels(test)));
  double[][] predictions = model.predict(xTrain);
  IO.println("Training loss: " + binaryCrossEntropy(predictions, yTrain));
  IO.println("Training accuracy: " + accuracy(predictions, yTrain));
}

/** The points, [2 x m]. */
double[][] features(Table data) {
  double[][] x = new double[2][data.rows()];
  for (int row = 0; row < data.rows(); row++) {
    x[0][row] = data.features().get(row, 0);
    x[1][row] = data.features().get(row, 1);
  }
  return x;
}

/** 0 or 1 for each point, [1 x m]. */
double[][] labels(Table data) {
  Categories moons = (Categories) data.target();
  double[][] y = new double[1][data.rows()];
  Arrays.setAll(y[0], moons::code);
  return y;
}

/** The share of predictions that are right when rounded. */
double accuracy(double[][] predictions, double[][] y) {
  return sum(zip(predictions, y, (p, label) -> Math.rint(p) == label ? 1 : 0)) / y[0].length;
}

// ---- What NumPy does for the article -----------------------------------------------------------

/** np.dot(a, b): [m x n] and [n x o] give [m x o]. */
double[][] dot(double[][] a, double[][] b) {
  double[][] product = new double[a.length][b[0].length];
  for (int i = 0; i < a.length; i++) {
    for (int k = 0; k < b.length; k++) {
      for (int j = 0; j < b[k].length; j++) {
        product[i][j] += a[i][k] * b[k][j];
      }
    }
  }
  return product;
}

/** a.T */
double[][] transpose(double[][] a) {
  double[][] transposed = new double[a[0].length][a.length];
  for (int i = 0; i < a.length; i++) {
    for (int j = 0; j < a[i].length; j++) {
      transposed[j][i] = a[i][j];
    }
  }
  return transposed;
}

/** f of each number. */
double[][] map(double[][] a, DoubleUnaryOperator f) {
  double[][] result = new double[a.length][a[0].length];
  for (int i = 0; i < a.length; i++) {
    for (int j = 0; j < a[i].length; j++) {
      result[i][j] = f.applyAsDouble(a[i][j]);
    }
  }
  return result;
}

/** f of each two numbers that stand in the same place. */
double[][] zip(double[][] a, double[][] b, DoubleBinaryOperator f) {
  double[][] result = new double[a.length][a[0].length];
  for (int i = 0; i < a.length; i++) {
    for (int j = 0; j < a[i].length; j++) {
      result[i][j] = f.applyAsDouble(a[i][j], b[i][j]);
    }
  }
  return result;
}

/** np.sum(a, axis=-2): [inputs x nodes x m] becomes [inputs x m]. */
double[][] sumOverNodes(double[][][] a) {
  double[][] sums = new double[a.length][a[0][0].length];
  for (int i = 0; i < a.length; i++) {
    for (double[] node : a[i]) {
      for (int j = 0; j < node.length; j++) {
        sums[i][j] += node[j];
      }
    }
  }
  return sums;
}

/** np.sum(a, axis=-1): [inputs x nodes x m] becomes [inputs x nodes]. */
double[][] sumOverExamples(double[][][] a) {
  double[][] sums = new double[a.length][a[0].length];
  for (int i = 0; i < a.length; i++) {
    for (int j = 0; j < a[i].length; j++) {
      sums[i][j] = sum(new double[][] {a[i][j]});
    }
  }
  return sums;
}

/** np.sum(a) */
double sum(double[][] a) {
  double sum = 0;
  for (double[] row : a) {
    for (double value : row) {
      sum += value;
    }
  }
  return sum;
}

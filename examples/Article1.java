import dev.glia.image.DataCache;
import dev.glia.image.DownloadProgress;
import dev.glia.image.Mnist;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Matrix;
import dev.glia.table.Table;

// "Neural Network from Scratch": the article's code in Java, function by function and AS PRINTED,
// in plain double loops. It prints what the article's code prints, so its mistakes are kept: they
// are marked WRONG 1 to 3, with what would be right. Article1WithGlia.java has none of them.
//
//   java @examples/jvm examples/Article1.java [DATA_DIR]
//
// DATA_DIR/mnist holds MNIST's four files, or gets them by download; without DATA_DIR the user's
// cache folder does. The 50 epochs take about a minute.
//
// Glia gives what the article takes from NumPy and scikit-learn to have data: the digits, the
// split, min-max scaling, random numbers. All of the neural network is in this file.

/** A layer of the article's architecture: weights [in x out] and an activation. */
record Layer(int in, int out, String activation) {}

void main(String[] args) throws IOException {
  List<Layer> neuralNetwork = List.of(new Layer(784, 16, "relu"), new Layer(16, 10, "sigmoid"));
  DataCache cache = args.length > 0 ? new DataCache(Path.of(args[0])) : DataCache.standard();
  Batches data = getMnist(cache, 64, 42);
  Map<String, double[][]> parameters =
      initialiseWeightsAndBiases(neuralNetwork, new RandomState(42));

  // What the network thinks of the first digit before it has learned anything.
  double[][] example = {data.xTrain[0][0]};
  double[] a = forward(example, parameters, neuralNetwork).a[0];
  IO.println("I'm " + round(a[argmax(a)] * 100, 2) + "% sure that it's a " + argmax(a) + ".");
  IO.println("The number was a " + argmax(data.yTrain[0][0]));
  IO.println("Untrained " + getCurrentAccuracy(parameters, neuralNetwork, data));

  int nEpochs = 50;
  double learningRate = 0.1;
  for (int epoch = 0; epoch < nEpochs; epoch++) {
    double squaredError = 0; // the article does not print it; it is what gets smaller
    int examples = 0;
    for (int batch = 0; batch < data.xTrain.length; batch++) {
      double[][] x = data.xTrain[batch];
      double[][] y = data.yTrain[batch];
      Forward forward = forward(x, parameters, neuralNetwork);
      Map<String, double[][]> grads =
          backward(y, forward.a, forward.memory, parameters, neuralNetwork);
      update(parameters, grads, neuralNetwork, learningRate);
      squaredError += sum(zip(forward.a, y, (p, t) -> (p - t) * (p - t)));
      examples += x.length;
    }
    Accuracy accuracy = getCurrentAccuracy(parameters, neuralNetwork, data);
    IO.println("Epoch " + epoch + " " + accuracy + ", squared error " + squaredError / examples);
  }
}

// ---- Data and parameters -----------------------------------------------------------------------

/** Images [batches][m x 784] and one-hot digits [batches][m x 10]. */
record Batches(double[][][] xTrain, double[][][] yTrain, double[][][] xTest, double[][][] yTest) {}

Batches getMnist(DataCache cache, int batchSize, long randomSeed) throws IOException {
  Table mnist = cache.load(Mnist.images(), DownloadProgress.NONE);
  Parts split = Holdout.of(0, 0.33).seed(randomSeed).split(mnist);
  // WRONG 1: each part is scaled by its own minima and maxima, so one and the same picture may come
  // out differently in the two. Right: take them from the training part and use them for both.
  return new Batches(
      splitIntoBatches(minMaxFitTransform(split.train()), batchSize),
      splitIntoBatches(oneHotEncode(split.train()), batchSize),
      splitIntoBatches(minMaxFitTransform(split.test()), batchSize),
      splitIntoBatches(oneHotEncode(split.test()), batchSize));
}

/** NumPy's array_split: 46,900 rows / 64 make 732 batches, the first 52 of them of 65 rows. */
double[][][] splitIntoBatches(double[][] x, int batchSize) {
  int nBatches = x.length / batchSize;
  double[][][] batches = new double[nBatches][][];
  int start = 0;
  for (int i = 0; i < nBatches; i++) {
    int end = start + x.length / nBatches + (i < x.length % nBatches ? 1 : 0);
    batches[i] = Arrays.copyOfRange(x, start, end);
    start = end;
  }
  return batches;
}

double[][] minMaxFitTransform(Table part) {
  Matrix scaled = Scaler.minMax(part.features()).apply(part.features());
  double[][] x = new double[scaled.rows()][scaled.columns()];
  for (int row = 0; row < x.length; row++) {
    for (int column = 0; column < x[row].length; column++) {
      x[row][column] = scaled.get(row, column);
    }
  }
  return x;
}

double[][] oneHotEncode(Table part) {
  Categories digits = (Categories) part.target();
  double[][] y = new double[digits.rows()][10];
  for (int row = 0; row < y.length; row++) {
    y[row][digits.code(row)] = 1;
  }
  return y;
}

/** Weights [in x out] and biases [1 x out] by name: "weights 0->1", "bias 1" and so on. */
Map<String, double[][]> initialiseWeightsAndBiases(List<Layer> nnArchitecture, RandomState random) {
  Map<String, double[][]> parameters = new HashMap<>();
  for (int i = 1; i <= nnArchitecture.size(); i++) {
    Layer layer = nnArchitecture.get(i - 1);
    double[][] weights = new double[layer.in][layer.out];
    double[][] bias = new double[1][layer.out];
    parameters.put("weights " + (i - 1) + "->" + i, map(weights, zero -> random.randn() * 0.1));
    parameters.put("bias " + i, map(bias, zero -> random.randn() * 0.1));
  }
  return parameters;
}

// ---- Forward -----------------------------------------------------------------------------------

double sigmoid(double z) {
  return 1 / (1 + Math.exp(-z));
}

double relu(double z) {
  return Math.max(0, z);
}

/** A layer's outputs a and sums z, both [m x out]. */
record Output(double[][] a, double[][] z) {}

Output forwardSingleLayer(double[][] aPrev, double[][] w, double[][] b, String activation) {
  double[][] z = matmul(aPrev, w);
  for (double[] row : z) {
    for (int j = 0; j < row.length; j++) {
      row[j] += b[0][j]; // NumPy's broadcast: the same biases for every example
    }
  }
  return new Output(map(z, activation.equals("relu") ? this::relu : this::sigmoid), z);
}

/** The network's outputs a [m x 10], and for later each layer's inputs "a_0" and sums "z_1". */
record Forward(double[][] a, Map<String, double[][]> memory) {}

Forward forward(double[][] x, Map<String, double[][]> parameters, List<Layer> nnArchitecture) {
  Map<String, double[][]> memory = new HashMap<>();
  double[][] a = x;
  for (int i = 1; i <= nnArchitecture.size(); i++) {
    double[][] aPrev = a;
    double[][] w = parameters.get("weights " + (i - 1) + "->" + i);
    double[][] b = parameters.get("bias " + i);
    Output output = forwardSingleLayer(aPrev, w, b, nnArchitecture.get(i - 1).activation);
    a = output.a;
    memory.put("a_" + (i - 1), aPrev);
    memory.put("z_" + i, output.z);
  }
  return new Forward(a, memory);
}

// ---- Backward ----------------------------------------------------------------------------------

double sigmoidBackward(double dA, double z) {
  double sig = sigmoid(z);
  return dA * sig * (1 - sig);
}

double reluBackward(double dA, double z) {
  return z <= 0 ? 0 : dA;
}

record Gradients(double[][] dW, double[][] dB, double[][] dAPrev) {}

Gradients backpropagationSingleLayer(
    double[][] dA, double[][] w, double[][] z, double[][] aPrev, String activation) {
  int m = aPrev.length;
  double[][] delta = // [m x out]
      zip(dA, z, activation.equals("relu") ? this::reluBackward : this::sigmoidBackward);
  double[][] dW = map(matmul(transpose(aPrev), delta), sum -> sum / m); // [in x out]
  // WRONG 2: this sums over the outputs, which leaves a number for each example, [m x 1]. Right:
  // sum
  // over the examples, which leaves a number for each bias, [1 x out].
  double[][] dB = map(sumOfRows(delta), sum -> sum / m);
  double[][] dAPrev = matmul(delta, transpose(w));
  return new Gradients(dW, dB, dAPrev);
}

Map<String, double[][]> backward(
    double[][] target,
    double[][] prediction,
    Map<String, double[][]> memory,
    Map<String, double[][]> parameters,
    List<Layer> nnArchitecture) {
  Map<String, double[][]> gradients = new HashMap<>();
  double[][] dAPrev = zip(prediction, target, (p, t) -> 2 * (p - t));
  for (int i = nnArchitecture.size(); i >= 1; i--) {
    double[][] dA = dAPrev;
    double[][] aPrev = memory.get("a_" + (i - 1));
    double[][] z = memory.get("z_" + i);
    double[][] w = parameters.get("weights " + (i - 1) + "->" + i);
    Gradients layer =
        backpropagationSingleLayer(dA, w, z, aPrev, nnArchitecture.get(i - 1).activation);
    dAPrev = layer.dAPrev;
    gradients.put("dW_" + (i - 1) + "->" + i, layer.dW);
    gradients.put("dB_" + i, layer.dB);
  }
  return gradients;
}

void update(
    Map<String, double[][]> parameters,
    Map<String, double[][]> gradients,
    List<Layer> nnArchitecture,
    double learningRate) {
  for (int i = 1; i <= nnArchitecture.size(); i++) {
    double[][] dW = gradients.get("dW_" + (i - 1) + "->" + i);
    parameters.compute(
        "weights " + (i - 1) + "->" + i,
        (name, weights) -> zip(weights, dW, (w, d) -> w - learningRate * d));
    // WRONG 3: all biases of a layer change by one mean. Right: each by its own gradient.
    double[][] dB = gradients.get("dB_" + i);
    double mean = sum(dB) / dB.length;
    parameters.compute("bias " + i, (name, bias) -> map(bias, b -> b - learningRate * mean));
  }
}

// ---- Accuracy ----------------------------------------------------------------------------------

record Accuracy(int correct, int total) {
  @Override
  public String toString() {
    double percent = Math.rint(1e4 * correct / total) / 100;
    return "Accuracy = " + percent + "% (" + correct + " of " + total + ")";
  }
}

Accuracy getCurrentAccuracy(
    Map<String, double[][]> parameters, List<Layer> nnArchitecture, Batches data) {
  int correct = 0;
  int totalCounter = 0;
  for (int batch = 0; batch < data.xTest.length; batch++) {
    double[][] a = forward(data.xTest[batch], parameters, nnArchitecture).a;
    for (int row = 0; row < a.length; row++) {
      correct += argmax(a[row]) == argmax(data.yTest[batch][row]) ? 1 : 0;
    }
    totalCounter += a.length;
  }
  return new Accuracy(correct, totalCounter);
}

// ---- What NumPy does for the article -----------------------------------------------------------

/** a @ b: [m x n] @ [n x o] is [m x o]. */
double[][] matmul(double[][] a, double[][] b) {
  double[][] product = new double[a.length][b[0].length];
  for (int i = 0; i < a.length; i++) {
    for (int k = 0; k < b.length; k++) { // before j, so that memory is read in its order
      addTimes(product[i], a[i][k], b[k]);
    }
  }
  return product;
}

void addTimes(double[] sums, double factor, double[] row) {
  for (int j = 0; j < row.length; j++) {
    sums[j] += factor * row[j];
  }
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

/** np.sum(a, axis=1, keepdims=True): [m x n] becomes [m x 1]. */
double[][] sumOfRows(double[][] a) {
  double[][] sums = new double[a.length][1];
  for (int i = 0; i < a.length; i++) {
    for (double value : a[i]) {
      sums[i][0] += value;
    }
  }
  return sums;
}

/** np.sum(a) */
double sum(double[][] a) {
  double sum = 0;
  for (double[] row : sumOfRows(a)) {
    sum += row[0];
  }
  return sum;
}

/** np.argmax(a): where the largest number stands, the first of equals. */
int argmax(double[] a) {
  int best = 0;
  for (int j = 1; j < a.length; j++) {
    best = a[j] > a[best] ? j : best;
  }
  return best;
}

/** np.round(a, decimals) */
double round(double a, int decimals) {
  double factor = Math.pow(10, decimals);
  return Math.rint(a * factor) / factor;
}

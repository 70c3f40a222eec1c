package dev.glia.layer;

import dev.glia.internal.text.Call;
import java.util.List;

/**
 * Batch normalisation: each unit gets mean 0 and variance 1 over the rows of a batch, then a scale
 * and a shift that are learnt.
 *
 * <pre>
 *   y = weight * (x - mean) / sqrt(variance + epsilon) + bias
 * </pre>
 *
 * <p>Ioffe and Szegedy (2015). While the network learns, mean and variance are those of the batch,
 * the variance being divided by the number of rows; running ones are kept beside them, and the
 * network predicts with these. A batch of a single row has no variance: it goes through with the
 * running numbers, which it does not change.
 *
 * <p>Two libraries name the same thing differently. PyTorch's {@code BatchNorm1d}: momentum is the
 * share of the new, {@code running = (1 - momentum) * running + momentum * batch}, and the running
 * variance takes that divided by rows - 1. Keras' {@code BatchNormalization}: momentum is the share
 * of the old, and the running variance takes that divided by rows.
 *
 * @param momentum how fast the running numbers follow, 0 to 1
 * @param epsilon added to the variance, over 0
 * @param keras whether momentum and running variance are Keras'; if not, they are PyTorch's
 */
public record BatchNorm(double momentum, double epsilon, boolean keras) implements Layer {

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String MEAN = "running_mean";
  private static final String VARIANCE = "running_var";

  /** Checks the numbers. */
  public BatchNorm {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batch_norm's momentum must be from 0 to 1, got " + momentum + ".");
    }
    if (!((float) epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "batch_norm's epsilon must be over 0 in single precision, got " + epsilon + ".");
    }
  }

  /** PyTorch's, with its settings: 0.1 and 1e-5. */
  public BatchNorm() {
    this(0.1, 1e-5, false);
  }

  /** Keras', with its settings: 0.99 and 1e-3. */
  public static BatchNorm ofKeras() {
    return new BatchNorm(0.99, 1e-3, true);
  }

  @Override
  public String name() {
    String name = keras ? "keras_batch_norm" : "batch_norm";
    boolean usual = equals(keras ? ofKeras() : new BatchNorm());
    return usual ? name : Call.text(name, momentum, epsilon);
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public List<Slot> slots(int inputs) {
    return List.of(
        Slot.trained(WEIGHT, 1, inputs),
        Slot.trained(BIAS, 0, inputs),
        Slot.running(MEAN, 0, inputs),
        Slot.running(VARIANCE, 1, inputs));
  }

  @Override
  public boolean looksAtBatch() {
    return true;
  }

  @Override
  public Pass pass(Place place) {
    return new Normalising(place);
  }

  private double shareOfNew() {
    return keras ? 1 - momentum : momentum;
  }

  private final class Normalising implements Pass {
    private final Place place;
    private final int stride;
    private final int weight; // where they stand among the network's numbers
    private final int bias;
    private final int runningMean;
    private final int runningVariance;
    private final float[] mean; // [stride]: what the running batch is normalised with
    private final float[] factor; // [stride]: 1 / sqrt(variance + epsilon)
    private final double[] sums; // [stride]
    private final double[] products; // [stride]
    private final float[] meanOfD; // [stride]: over the batch; 0 where its mean is not the batch's
    private final float[] meanOfProducts; // [stride]: of d and what was normalised

    Normalising(Place place) {
      this.place = place;
      stride = place.outStride();
      weight = place.at(WEIGHT);
      bias = place.at(BIAS);
      runningMean = place.at(MEAN);
      runningVariance = place.at(VARIANCE);
      mean = new float[stride];
      factor = new float[stride];
      sums = new double[stride];
      products = new double[stride];
      meanOfD = new float[stride];
      meanOfProducts = new float[stride];
    }

    @Override
    public boolean looksAtBatch() {
      return place.training();
    }

    @Override
    public void beforeForward(float[] parameters, int rows, int from, int to) {
      if (rows < 2) {
        takeRunning(parameters, from, to);
        return;
      }
      float[] x = place.in();
      clear(sums, from, to);
      for (int row = 0; row < rows; row++) {
        for (int unit = from; unit < to; unit++) {
          sums[unit] += x[row * stride + unit];
        }
      }
      clear(products, from, to);
      for (int unit = from; unit < to; unit++) {
        sums[unit] /= rows;
      }
      for (int row = 0; row < rows; row++) {
        for (int unit = from; unit < to; unit++) {
          double off = x[row * stride + unit] - sums[unit];
          products[unit] += off * off;
        }
      }
      double share = shareOfNew();
      int end = Math.min(to, place.outputs());
      for (int unit = from; unit < to; unit++) {
        mean[unit] = (float) sums[unit];
        factor[unit] = (float) (1 / Math.sqrt(products[unit] / rows + epsilon));
        if (unit < end) {
          follow(parameters, runningMean + unit, share, sums[unit]);
          double variance = products[unit] / (keras ? rows : rows - 1);
          follow(parameters, runningVariance + unit, share, variance);
        }
      }
    }

    private static void follow(float[] parameters, int at, double share, double value) {
      parameters[at] = (float) ((1 - share) * parameters[at] + share * value);
    }

    private void takeRunning(float[] parameters, int from, int to) {
      for (int unit = from; unit < to; unit++) {
        mean[unit] = parameters[runningMean + unit];
        factor[unit] = (float) (1 / Math.sqrt(parameters[runningVariance + unit] + epsilon));
      }
    }

    @Override
    public void forward(float[] parameters, int from, int to) {
      if (!place.training()) {
        takeRunning(parameters, 0, stride);
      }
      float[] x = place.in();
      float[] y = place.out();
      for (int row = from; row < to; row++) {
        int start = row * stride;
        for (int unit = 0; unit < stride; unit++) {
          float normal = (x[start + unit] - mean[unit]) * factor[unit];
          y[start + unit] = parameters[weight + unit] * normal + parameters[bias + unit];
        }
      }
    }

    @Override
    public void beforeBackward(float[] parameters, int rows, int from, int to) {
      float[] x = place.in();
      float[] d = place.outGradient();
      clear(sums, from, to);
      clear(products, from, to);
      for (int row = 0; row < rows; row++) {
        int start = row * stride;
        for (int unit = from; unit < to; unit++) {
          float normal = (x[start + unit] - mean[unit]) * factor[unit];
          sums[unit] += d[start + unit];
          products[unit] += d[start + unit] * (double) normal;
        }
      }
      float[] gradients = place.gradients();
      for (int unit = from; unit < to; unit++) {
        gradients[weight + unit] = (float) products[unit];
        gradients[bias + unit] = (float) sums[unit];
        meanOfD[unit] = rows < 2 ? 0 : (float) (sums[unit] / rows);
        meanOfProducts[unit] = rows < 2 ? 0 : (float) (products[unit] / rows);
      }
    }

    @Override
    public void backward(float[] parameters, int from, int to) {
      if (!place.wantsInGradient()) {
        return;
      }
      float[] x = place.in();
      float[] d = place.outGradient();
      float[] dx = place.inGradient();
      for (int row = from; row < to; row++) {
        int start = row * stride;
        for (int unit = 0; unit < stride; unit++) {
          float normal = (x[start + unit] - mean[unit]) * factor[unit];
          float own = d[start + unit] - meanOfD[unit] - normal * meanOfProducts[unit];
          dx[start + unit] = parameters[weight + unit] * factor[unit] * own;
        }
      }
    }

    private static void clear(double[] values, int from, int to) {
      for (int unit = from; unit < to; unit++) {
        values[unit] = 0;
      }
    }
  }

  @Override
  public double[][] textbook(double[][] x, Numbers arrays, Batch batch) {
    int rows = x.length;
    double[][] y = new double[rows][x[0].length];
    for (int unit = 0; unit < x[0].length; unit++) {
      double mean = arrays.get(MEAN)[unit];
      double variance = arrays.get(VARIANCE)[unit];
      if (batch.training() && rows > 1) {
        mean = 0;
        for (double[] row : x) {
          mean += row[unit] / rows;
        }
        variance = 0;
        for (double[] row : x) {
          variance += (row[unit] - mean) * (row[unit] - mean) / rows;
        }
      }
      double factor = arrays.get(WEIGHT)[unit] / Math.sqrt(variance + epsilon);
      for (int row = 0; row < rows; row++) {
        y[row][unit] = factor * (x[row][unit] - mean) + arrays.get(BIAS)[unit];
      }
    }
    return y;
  }

  @Override
  public String toString() {
    return name();
  }
}

package dev.glia.textbook;

import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015): each unit gets mean 0 and variance 1 over the rows
 * of the batch, then a weight and a bias that are learnt.
 *
 * <p>While the network predicts, a row must not depend on those beside it: then mean and variance
 * are running ones, which follow those of the batches. A batch of one row has no variance. It goes
 * through with the running ones, too, and does not change them.
 */
public final class TextbookBatchNorm implements TextbookLayer {

  public final double[] weight; // [units]
  public final double[] bias; // [units]
  public final double[] weightGradient; // [units]
  public final double[] biasGradient; // [units]

  public final double[] runningMean; // [units]
  public final double[] runningVariance; // [units]

  private final double shareOfNew;

  /** Added to each variance, so that nothing is divided by 0. */
  public final double epsilon;

  private final boolean unbiased;

  private double[][] x = {}; // [rows][units]: what came in
  private final double[] mean; // [units]: what it was normalised with
  private final double[] variance; // [units]

  private TextbookBatchNorm(int units, double shareOfNew, double epsilon, boolean unbiased) {
    weight = new double[units];
    Arrays.fill(weight, 1);
    bias = new double[units];
    weightGradient = new double[units];
    biasGradient = new double[units];
    runningMean = new double[units];
    runningVariance = new double[units];
    Arrays.fill(runningVariance, 1);
    this.shareOfNew = shareOfNew;
    this.epsilon = epsilon;
    this.unbiased = unbiased;
    mean = new double[units];
    variance = new double[units];
  }

  /**
   * As PyTorch's {@code BatchNorm1d}: momentum is the share of the new in a running number, and the
   * running variance takes the unbiased one, divided by rows - 1.
   *
   * @param epsilon added to each variance, so that nothing is divided by 0
   */
  public static TextbookBatchNorm torch(int units, double momentum, double epsilon) {
    return new TextbookBatchNorm(units, momentum, epsilon, true);
  }

  /**
   * As Keras' {@code BatchNormalization}: momentum is the share of the old, and the running
   * variance takes the one divided by rows.
   *
   * @param epsilon added to each variance, so that nothing is divided by 0
   */
  public static TextbookBatchNorm keras(int units, double momentum, double epsilon) {
    return new TextbookBatchNorm(units, 1 - momentum, epsilon, false);
  }

  @Override
  public double[][] predict(double[][] x) {
    return normalised(x, runningMean, runningVariance);
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    for (int unit = 0; unit < weight.length; unit++) {
      if (x.length > 1) {
        lookAtBatch(unit);
        follow(unit);
      } else {
        mean[unit] = runningMean[unit];
        variance[unit] = runningVariance[unit];
      }
    }
    return normalised(x, mean, variance);
  }

  private void lookAtBatch(int unit) {
    double sum = 0;
    for (double[] row : x) {
      sum += row[unit];
    }
    mean[unit] = sum / x.length;
    double squares = 0;
    for (double[] row : x) {
      squares += (row[unit] - mean[unit]) * (row[unit] - mean[unit]);
    }
    variance[unit] = squares / x.length;
  }

  private void follow(int unit) {
    double rows = x.length;
    double newVariance = unbiased ? variance[unit] * rows / (rows - 1) : variance[unit];
    runningMean[unit] += shareOfNew * (mean[unit] - runningMean[unit]);
    runningVariance[unit] += shareOfNew * (newVariance - runningVariance[unit]);
  }

  private double[][] normalised(double[][] x, double[] mean, double[] variance) {
    double[][] y = new double[x.length][weight.length];
    for (int row = 0; row < x.length; row++) {
      for (int unit = 0; unit < weight.length; unit++) {
        double normal = (x[row][unit] - mean[unit]) / Math.sqrt(variance[unit] + epsilon);
        y[row][unit] = weight[unit] * normal + bias[unit];
      }
    }
    return y;
  }

  @Override
  public double[][] backward(double[][] dy, boolean first) {
    double[][] dx = new double[x.length][weight.length];
    for (int unit = 0; unit < weight.length; unit++) {
      backward(unit, dy, dx);
    }
    return dx;
  }

  /**
   * The chain rule for one unit, step by step as in the paper. What came in acts in three ways: by
   * itself, and through the variance and the mean of the batch.
   */
  private void backward(int unit, double[][] dy, double[][] dx) {
    int rows = x.length;
    double deviation = Math.sqrt(variance[unit] + epsilon);
    weightGradient[unit] = 0;
    biasGradient[unit] = 0;
    double dMean = 0;
    double dVariance = 0;
    for (int row = 0; row < rows; row++) {
      double off = x[row][unit] - mean[unit];
      weightGradient[unit] += dy[row][unit] * off / deviation;
      biasGradient[unit] += dy[row][unit];
      double dNormal = dy[row][unit] * weight[unit];
      dVariance += dNormal * off * -0.5 * Math.pow(deviation, -3);
      dMean += dNormal * -1 / deviation; // that of the variance by the mean is 0
    }
    if (rows == 1) { // the running ones are constants
      dVariance = 0;
      dMean = 0;
    }
    for (int row = 0; row < rows; row++) {
      dx[row][unit] =
          dy[row][unit] * weight[unit] / deviation
              + dVariance * 2 * (x[row][unit] - mean[unit]) / rows
              + dMean / rows;
    }
  }

  @Override
  public List<double[]> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public List<double[]> gradients() {
    return List.of(weightGradient, biasGradient);
  }
}

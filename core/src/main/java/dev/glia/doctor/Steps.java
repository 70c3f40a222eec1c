package dev.glia.doctor;

import dev.glia.inspection.Probe;
import dev.glia.network.Architecture;
import dev.glia.optimizer.Momentum;
import dev.glia.training.TrainingOptions;

/**
 * How far the optimizer moves a weight, about.
 *
 * @param options of the training
 * @param gradientFactor what makes the gradient of the rows looked at that of a batch: 1 where the
 *     loss is a mean, less where it is a sum over fewer rows
 * @param clipFactor what clipping by norm multiplies gradients with
 */
record Steps(TrainingOptions options, double gradientFactor, double clipFactor) {

  static Steps of(TrainingOptions options, Architecture architecture, Probe probe, int trainRows) {
    int batch = options.batching().largest(trainRows);
    double scaleOfBatch = batch * options.loss().scale(batch, architecture.outputs());
    double scaleOfRows = probe.rows() * options.loss().scale(probe.rows(), architecture.outputs());
    double factor = scaleOfBatch / scaleOfRows;
    double squares = 0;
    for (int layer : architecture.denseLayers()) {
      for (float g : probe.weightGradients(layer)) {
        squares += (double) g * g;
      }
    }
    double norm = factor * Math.sqrt(squares);
    return new Steps(options, factor, Math.min(1, options.clipNorm() / norm));
  }

  /** The length of a step along a gradient of some size. */
  double length(double gradient) {
    double rate = options.learningRate();
    if (Change.adaptive(options.optimizer())) {
      return gradient == 0 ? 0 : rate; // they divide the gradient by its size
    }
    if (options.optimizer() instanceof Momentum momentum) {
      rate /= 1 - momentum.momentum(); // the sum of the gradients' weights
    }
    return rate * Math.min(gradient * clipFactor, options.clipValue());
  }
}

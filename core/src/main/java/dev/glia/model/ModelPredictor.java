package dev.glia.model;

import dev.glia.network.Network;
import dev.glia.network.Predictor;
import dev.glia.preprocessing.Preprocessing;
import java.util.Arrays;

/**
 * Predicts raw rows without allocating: it owns the numbers in between, so one thread uses it at a
 * time. Any number of predictors share one {@link Model}.
 */
public final class ModelPredictor {

  private final Preprocessing preprocessing;
  private final Predictor[] predictors; // [members]
  private final float[] inputs; // [inputs]
  private final double[] sums; // [outputs], of several members

  ModelPredictor(Model model) {
    preprocessing = model.preprocessing();
    predictors = model.members().stream().map(Network::predictor).toArray(Predictor[]::new);
    inputs = new float[preprocessing.inputs()];
    sums = new double[model.architecture().outputs()];
  }

  /**
   * The outputs for one raw row: the network's, or the average of several.
   *
   * @param row {@code [features]}, as in the data
   * @param outputs {@code [outputs]}, overwritten
   * @throws IllegalArgumentException if an array has another length
   */
  public void outputs(double[] row, float[] outputs) {
    preprocessing.apply(row, inputs);
    if (predictors.length == 1) {
      predictors[0].predict(inputs, outputs);
      return;
    }
    Arrays.fill(sums, 0);
    for (Predictor predictor : predictors) {
      predictor.predict(inputs, outputs);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += outputs[i];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      outputs[i] = (float) (sums[i] / predictors.length);
    }
  }
}

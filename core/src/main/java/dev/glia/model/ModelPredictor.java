package dev.glia.model;

import dev.glia.network.Predictor;
import dev.glia.preprocessing.Preprocessing;

/**
 * Predicts raw rows without allocating: it owns the numbers in between, so one thread uses it at a
 * time. Any number of predictors share one {@link Model}.
 */
public final class ModelPredictor {

  private final Preprocessing preprocessing;
  private final Predictor predictor;
  private final float[] inputs; // [inputs]

  ModelPredictor(Model model) {
    preprocessing = model.preprocessing();
    predictor = model.network().predictor();
    inputs = new float[preprocessing.inputs()];
  }

  /**
   * The network's outputs for one raw row.
   *
   * @param row {@code [features]}, as in the data
   * @param outputs {@code [outputs]}, overwritten
   * @throws IllegalArgumentException if an array has another length
   */
  public void outputs(double[] row, float[] outputs) {
    preprocessing.apply(row, inputs);
    predictor.predict(inputs, outputs);
  }
}

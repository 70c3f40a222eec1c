package dev.glia.model;

import dev.glia.data.Scaler;
import dev.glia.network.Predictor;

/**
 * Predicts raw rows without allocating: it owns the numbers in between, so one thread uses it at a
 * time. Any number of predictors share one {@link Model}.
 */
public final class ModelPredictor {

  private final Scaler scaler;
  private final Predictor predictor;
  private final float[] scaled; // [features]

  ModelPredictor(Model model) {
    scaler = model.scaler();
    predictor = model.network().predictor();
    scaled = new float[scaler.columns()];
  }

  /**
   * The network's outputs for one raw row.
   *
   * @param row {@code [features]}, as in the data
   * @param outputs {@code [outputs]}, overwritten
   * @throws IllegalArgumentException if an array has another length
   */
  public void outputs(double[] row, float[] outputs) {
    scaler.apply(row, scaled);
    predictor.predict(scaled, outputs);
  }
}

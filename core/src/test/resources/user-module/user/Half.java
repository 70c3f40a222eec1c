package user;

import dev.glia.layer.Layer;
import dev.glia.layer.Pass;
import dev.glia.layer.Place;

/** {@code y = x / 2}. */
public record Half() implements Layer {

  @Override
  public String name() {
    return "half";
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public Pass pass(Place place) {
    return new Pass() {
      @Override
      public void forward(float[] parameters, int from, int to) {
        halve(place.in(), place.out(), from, to);
      }

      @Override
      public void backward(float[] parameters, int from, int to) {
        if (place.wantsInGradient()) {
          halve(place.outGradient(), place.inGradient(), from, to);
        }
      }

      private void halve(float[] source, float[] target, int from, int to) {
        for (int i = from * place.outStride(); i < to * place.outStride(); i++) {
          target[i] = source[i] / 2;
        }
      }
    };
  }

  @Override
  public double[][] textbook(double[][] x, Numbers arrays, Batch batch) {
    double[][] y = new double[x.length][x[0].length];
    for (int row = 0; row < x.length; row++) {
      for (int unit = 0; unit < x[0].length; unit++) {
        y[row][unit] = x[row][unit] / 2;
      }
    }
    return y;
  }
}

package dev.glia.layer;

import dev.glia.internal.text.Call;

/**
 * Leaves out some numbers of each row while a network learns, so that no unit relies on another;
 * what stays is made larger, {@code x / (1 - share)}, so that the expectation is the same.
 *
 * <p>Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), in the inverted form of
 * PyTorch and Keras. Which numbers are left out depends on seed, update, layer, row and unit alone:
 * see {@link Noise}.
 *
 * @param share of the numbers that are left out, at least 0 and under 1
 */
public record Dropout(double share) implements Layer {

  /** Checks the share. */
  public Dropout {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "dropout's share must be at least 0 and under 1, got " + share + ".");
    }
  }

  @Override
  public String name() {
    return Call.text("dropout", share);
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public boolean onlyInTraining() {
    return true;
  }

  /** Numbers whose random bits, as a number without sign, are under this are left out. */
  private long limit() {
    return Math.min(Math.round(share * 0x1p32), 0xFFFFFFFFL); // of the largest shares, too, an int
  }

  private float factor() {
    return (float) (1 / (1 - share));
  }

  @Override
  public Pass pass(Place place) {
    int limit = (int) (limit() + Integer.MIN_VALUE); // shifted, as Java's ints have a sign
    float factor = factor();
    int stride = place.outStride();
    return new Pass() {
      @Override
      public void forward(float[] parameters, int from, int to) {
        run(place.in(), place.out(), from, to);
      }

      @Override
      public void backward(float[] parameters, int from, int to) {
        if (place.wantsInGradient()) {
          run(place.outGradient(), place.inGradient(), from, to);
        }
      }

      private void run(float[] source, float[] target, int from, int to) {
        for (int row = from; row < to; row++) {
          int key = Noise.key(place.noise(), row);
          int start = row * stride;
          for (int unit = 0; unit < stride; unit++) {
            boolean kept = Noise.bits(key, unit) + Integer.MIN_VALUE >= limit;
            target[start + unit] = kept ? factor * source[start + unit] : 0;
          }
        }
      }
    };
  }

  @Override
  public double[][] textbook(double[][] x, Numbers arrays, Batch batch) {
    double[][] y = new double[x.length][];
    for (int row = 0; row < x.length; row++) {
      y[row] = x[row].clone();
      if (batch.training()) {
        int key = Noise.key(batch.noise(), row);
        for (int unit = 0; unit < y[row].length; unit++) {
          boolean kept = Integer.toUnsignedLong(Noise.bits(key, unit)) >= limit();
          y[row][unit] = kept ? x[row][unit] / (1 - share) : 0;
        }
      }
    }
    return y;
  }

  @Override
  public String toString() {
    return name();
  }
}

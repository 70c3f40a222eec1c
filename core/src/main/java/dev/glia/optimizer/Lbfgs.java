package dev.glia.optimizer;

import dev.glia.internal.text.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * L-BFGS: Newton's method, with a curvature that is guessed from the last steps. For little data
 * and a smooth loss, with a learning rate of 1; an update goes through all rows at least twice.
 *
 * <p>Nocedal and Wright, "Numerical Optimization" (2006): algorithm 7.4 for the direction, 3.5 and
 * 3.6 (strong Wolfe conditions with c1 = 1e-4, c2 = 0.9) for how far to go.
 *
 * @param history how many steps it remembers, from 1 to 100
 */
public record Lbfgs(int history) implements WholeOptimizer {

  private static final double C1 = 1e-4;
  private static final double C2 = 0.9;
  private static final int MOST = 25; // losses of a step

  private static final int START = 0; // in memory: the parameters before the step
  private static final int GRADIENT = 1; // there
  private static final int DIRECTION = 2;
  private static final int PAIRS = 3; // s1, y1, s2, y2, ...: changes of both, the last step's first

  /** Checks the history. */
  public Lbfgs {
    if (history < 1 || history > 100) {
      throw new IllegalArgumentException(
          "lbfgs' history must be from 1 to 100 steps, got " + history + ".");
    }
  }

  /** Ten steps. */
  public Lbfgs() {
    this(10);
  }

  @Override
  public String name() {
    return equals(new Lbfgs()) ? "lbfgs" : Call.text("lbfgs", history);
  }

  @Override
  public List<String> memory() {
    List<String> names = new ArrayList<>(List.of("w", "g", "d"));
    for (int i = 1; i <= history; i++) {
      names.add("s" + i);
      names.add("y" + i);
    }
    return names;
  }

  @Override
  public int scratch() {
    return history;
  }

  @Override
  public boolean step(
      double learningRate,
      Objective objective,
      float[] parameters,
      float[] gradients,
      float[][] memory,
      double[] scratch) {
    double loss = objective.loss();
    if (!Double.isFinite(loss)) {
      return false;
    }
    float[] start = memory[START];
    float[] gradient = memory[GRADIENT];
    float[] direction = memory[DIRECTION];
    System.arraycopy(parameters, 0, start, 0, start.length);
    System.arraycopy(gradients, 0, gradient, 0, gradient.length);
    direction(memory, scratch);
    double slope = dot(gradient, direction);
    boolean remembers = dot(memory[PAIRS], memory[PAIRS]) > 0;
    if (!(slope < 0) && remembers) { // rounding: from here on anew, straight down
      forget(memory);
      remembers = false;
      direction(memory, scratch);
      slope = dot(gradient, direction);
    }
    if (!(slope < 0)) {
      return true; // nowhere to go
    }
    double first = remembers ? 1 : Math.min(1, 1 / sumOfSizes(gradient)); // as PyTorch
    double length =
        search(loss, slope, learningRate * first, objective, parameters, gradients, memory);
    if (length == 0) { // no point is better, as far as floats can tell
      System.arraycopy(start, 0, parameters, 0, start.length);
      forget(memory);
      return true;
    }
    remember(length, gradients, memory);
    return true;
  }

  /** Algorithm 7.4: the gradient times the guessed inverse of the curvature, downhill. */
  private void direction(float[][] memory, double[] alphas) {
    float[] d = memory[DIRECTION];
    float[] gradient = memory[GRADIENT];
    for (int i = 0; i < d.length; i++) {
      d[i] = -gradient[i];
    }
    double scale = 1;
    for (int pair = 0; pair < history; pair++) {
      float[] s = memory[PAIRS + 2 * pair];
      float[] y = memory[PAIRS + 2 * pair + 1];
      double curvature = dot(s, y);
      if (curvature > 0) { // else there is none yet
        alphas[pair] = dot(s, d) / curvature;
        addTo(d, -alphas[pair], y);
        scale = pair == 0 ? curvature / dot(y, y) : scale;
      }
    }
    for (int i = 0; i < d.length; i++) {
      d[i] *= (float) scale;
    }
    for (int pair = history - 1; pair >= 0; pair--) {
      float[] s = memory[PAIRS + 2 * pair];
      float[] y = memory[PAIRS + 2 * pair + 1];
      double curvature = dot(s, y);
      if (curvature > 0) {
        addTo(d, alphas[pair] - dot(y, d) / curvature, s);
      }
    }
  }

  /** Keeps the step and the change of the gradient, unless the loss curves down there. */
  private void remember(double length, float[] gradients, float[][] memory) {
    int last = PAIRS + 2 * history - 2;
    float[] s = memory[last];
    float[] y = memory[last + 1];
    for (int i = 0; i < s.length; i++) {
      s[i] = moved(memory, i, length) - memory[START][i];
      y[i] = gradients[i] - memory[GRADIENT][i];
    }
    if (dot(s, y) > 1e-10 * dot(y, y)) {
      System.arraycopy(memory, PAIRS, memory, PAIRS + 2, last - PAIRS);
      memory[PAIRS] = s;
      memory[PAIRS + 1] = y;
    } else {
      Arrays.fill(s, 0);
      Arrays.fill(y, 0);
    }
  }

  private void forget(float[][] memory) {
    for (int i = PAIRS; i < memory.length; i++) {
      Arrays.fill(memory[i], 0);
    }
  }

  /**
   * Algorithms 3.5 and 3.6: goes along the direction until the loss is enough lower and flatter.
   *
   * @return how far; the parameters and gradients are those there. 0 if no point was lower
   */
  private static double search(
      double loss,
      double slope,
      double first,
      Objective objective,
      float[] parameters,
      float[] gradients,
      float[][] memory) {
    double low = 0; // the best so far that is low enough
    double lowLoss = loss;
    double lowSlope = slope;
    double high = Double.NaN; // the other end, beyond which it is not; NaN while there is none
    double highLoss = Double.NaN;
    double highSlope = Double.NaN;
    double length = first;
    double at = 0;
    for (int i = 0; i < MOST; i++) {
      double now = go(length, objective, parameters, memory);
      double nowSlope = dot(gradients, memory[DIRECTION]);
      at = length;
      boolean finite = Double.isFinite(now) && Double.isFinite(nowSlope);
      if (!finite || now > loss + C1 * length * slope || (now >= lowLoss && low > 0)) {
        high = length;
        highLoss = finite ? now : Double.NaN;
        highSlope = nowSlope;
      } else {
        if (Math.abs(nowSlope) <= -C2 * slope) {
          return length;
        }
        double way = Double.isNaN(high) ? 1 : high - low;
        if (nowSlope * way >= 0) {
          high = low;
          highLoss = lowLoss;
          highSlope = lowSlope;
        }
        low = length;
        lowLoss = now;
        lowSlope = nowSlope;
      }
      if (Double.isNaN(high)) {
        length *= 4;
      } else {
        length = between(low, lowLoss, lowSlope, high, highLoss, highSlope);
        if (Math.abs(high - low) < 1e-9 * Math.max(low, high)) {
          break;
        }
      }
    }
    if (low > 0 && low != at) {
      go(low, objective, parameters, memory);
    }
    return low;
  }

  private static double go(
      double length, Objective objective, float[] parameters, float[][] memory) {
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = moved(memory, i, length);
    }
    return objective.loss();
  }

  private static float moved(float[][] memory, int i, double length) {
    return (float) (memory[START][i] + length * memory[DIRECTION][i]);
  }

  /** The least of the cubic through both ends (3.59), not too near to either; or the middle. */
  private static double between(double a, double fa, double da, double b, double fb, double db) {
    double middle = (a + b) / 2;
    double d1 = da + db - 3 * (fa - fb) / (a - b);
    double root = d1 * d1 - da * db;
    if (!(root >= 0)) { // also where an end is not finite
      return middle;
    }
    double d2 = Math.signum(b - a) * Math.sqrt(root);
    double least = b - (b - a) * ((db + d2 - d1) / (db - da + 2 * d2));
    double margin = 0.1 * Math.abs(b - a);
    boolean inside = least > Math.min(a, b) + margin && least < Math.max(a, b) - margin;
    return inside ? least : middle;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double sumOfSizes(float[] a) {
    double sum = 0;
    for (float value : a) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static void addTo(float[] a, double factor, float[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) (a[i] + factor * b[i]);
    }
  }
}

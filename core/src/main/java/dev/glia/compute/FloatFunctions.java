package dev.glia.compute;

import dev.glia.internal.kernel.Kernel;

/**
 * The functions that activations are made of, on stretches of float arrays: as fast as the kernel
 * in use, and with the same bits on each.
 *
 * <p>Each takes the elements from from to to (exclusive), whose number divides by 16: whole rows
 * with their {@linkplain Padding#stride padding}. Source and target may be the same array. Steps
 * between them, such as a product or a sum, are plain loops, which C2 turns into vectors by itself.
 */
public final class FloatFunctions {

  private final Kernel kernel;

  FloatFunctions(Kernel kernel) {
    this.kernel = kernel;
  }

  /** {@code a = exp(z - shift)}. */
  public void exp(float[] z, float shift, float[] a, int from, int to) {
    kernel.exp(z, shift, a, from, to);
  }

  /** {@code a = 1 / (1 + exp(-z))}. */
  public void sigmoid(float[] z, float[] a, int from, int to) {
    kernel.sigmoid(z, a, from, to);
  }

  /** {@code a = tanh(z)}. */
  public void tanh(float[] z, float[] a, int from, int to) {
    kernel.tanh(z, a, from, to);
  }

  /** {@code a = z > 0 ? z : slope * z}. */
  public void leakyRelu(float slope, float[] z, float[] a, int from, int to) {
    kernel.leakyRelu(slope, z, a, from, to);
  }

  /** {@code d = z > 0 ? d : slope * d}: the gradient through {@link #leakyRelu}. */
  public void leakyReluGradient(float slope, float[] z, float[] d, int from, int to) {
    kernel.leakyReluGradient(slope, z, d, from, to);
  }

  /** {@code a = z > 0 ? high * z : low * (exp(z) - 1)}. */
  public void elu(float high, float low, float[] z, float[] a, int from, int to) {
    kernel.elu(high, low, z, a, from, to);
  }

  /** {@code d = d * (z > 0 ? high : low * exp(z))}: the gradient through {@link #elu}. */
  public void eluGradient(float high, float low, float[] z, float[] d, int from, int to) {
    kernel.eluGradient(high, low, z, d, from, to);
  }

  /** {@code a = z / (1 + exp(-z))}. */
  public void silu(float[] z, float[] a, int from, int to) {
    kernel.silu(z, a, from, to);
  }

  /** {@code d = d * s * (1 + z * (1 - s))}, s the sigmoid of z: the gradient through it. */
  public void siluGradient(float[] z, float[] d, int from, int to) {
    kernel.siluGradient(z, d, from, to);
  }

  /** {@code a = z * Phi(z)}, Phi the normal distribution function. */
  public void gelu(float[] z, float[] a, int from, int to) {
    kernel.gelu(z, a, from, to);
  }

  /** {@code d = d * (Phi(z) + z * Phi'(z))}: the gradient through it. */
  public void geluGradient(float[] z, float[] d, int from, int to) {
    kernel.geluGradient(z, d, from, to);
  }

  /** {@code a = ln(1 + exp(z))}. */
  public void softplus(float[] z, float[] a, int from, int to) {
    kernel.softplus(z, a, from, to);
  }

  /** {@code d = d / (1 + exp(-z))}: the gradient through it. */
  public void softplusGradient(float[] z, float[] d, int from, int to) {
    kernel.softplusGradient(z, d, from, to);
  }
}

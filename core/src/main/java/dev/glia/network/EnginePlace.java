package dev.glia.network;

import dev.glia.compute.FloatFunctions;
import dev.glia.internal.kernel.DenseInput;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.SparseBatch;
import dev.glia.layer.Place;
import org.jspecify.annotations.Nullable;

/** A layer's place among the arrays of a forward pass and of what goes back. */
final class EnginePlace implements Place, DenseInput {

  private final ForwardPass forward;
  private final Architecture architecture;
  private final int layer;
  private final int inputs;
  private final int outputs;
  private boolean wantsInGradient;
  private @Nullable Backpropagation backward; // null where the network predicts

  EnginePlace(ForwardPass forward, Architecture architecture, int layer) {
    this.forward = forward;
    this.architecture = architecture;
    this.layer = layer;
    inputs = architecture.inputsOf(layer);
    outputs = architecture.unitsOf(layer);
    boolean learns = false;
    for (int before = 0; before < layer; before++) {
      learns |= architecture.trainedSize(before) > 0;
    }
    wantsInGradient = learns;
  }

  void setBackward(Backpropagation backward) {
    this.backward = backward;
    wantsInGradient |= backward.goesToInput();
  }

  private Backpropagation backward() {
    if (backward == null) {
      throw new IllegalStateException("A network that predicts has no gradients.");
    }
    return backward;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int capacity() {
    return forward.capacity();
  }

  @Override
  public float[] in() {
    return forward.before(layer);
  }

  @Override
  public float[] out() {
    return forward.activationsOf(layer);
  }

  @Override
  public float[] outGradient() {
    return backward().by(layer);
  }

  @Override
  public float[] inGradient() {
    return backward().by(forward.activeBefore(layer));
  }

  @Override
  public boolean wantsInGradient() {
    return wantsInGradient;
  }

  @Override
  public float[] gradients() {
    return backward().gradients();
  }

  @Override
  public int at(String slot) {
    return architecture.at(layer, slot);
  }

  @Override
  public boolean training() {
    return forward.training();
  }

  @Override
  public FloatFunctions functions() {
    return forward.functions();
  }

  @Override
  public long noise() {
    return forward.noise(layer);
  }

  @Override
  public boolean isLast() {
    return layer == architecture.depth() - 1;
  }

  @Override
  public Kernel kernel() {
    return forward.kernel();
  }

  @Override
  public float[] rows(int width) {
    return forward.rows(width);
  }

  private boolean readsInput() {
    return forward.activeBefore(layer) < 0;
  }

  @Override
  public @Nullable SparseBatch sparse() {
    return readsInput() ? forward.sparse() : null;
  }

  @Override
  public int inAt() {
    return readsInput() ? forward.inputAt() : 0;
  }

  @Override
  public boolean inIsPadded() {
    return !readsInput() || forward.inputIsPadded();
  }
}

package dev.glia.schedule;

/** The same learning rate from the first update to the last. */
public record Constant() implements Schedule {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public double factor(Progress progress) {
    return 1;
  }
}

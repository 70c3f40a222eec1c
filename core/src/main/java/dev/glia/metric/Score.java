package dev.glia.metric;

/**
 * One figure of how good a network is.
 *
 * @param name such as {@code accuracy}
 * @param value NaN where it is not defined
 * @param higherIsBetter whether more is better
 */
public record Score(String name, double value, boolean higherIsBetter) {}

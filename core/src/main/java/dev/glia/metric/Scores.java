package dev.glia.metric;

import org.jspecify.annotations.Nullable;

/**
 * How good a network is on some rows.
 *
 * @param loss the loss it was trained on, over all the rows
 * @param accuracy the share of rows whose class is right, 0 to 1; null for regression
 * @param r2 the coefficient of determination, at most 1; null for classes
 */
public record Scores(double loss, @Nullable Double accuracy, @Nullable Double r2) {}

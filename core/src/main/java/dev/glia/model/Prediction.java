package dev.glia.model;

import java.util.List;

/**
 * What a model says of one row.
 *
 * @param label the class's name; for a number, what it is
 * @param value the class's output; for a number, the number
 * @param outputs one a class, in the order of the model's labels; empty for a number
 */
public record Prediction(String label, double value, List<Double> outputs) {}

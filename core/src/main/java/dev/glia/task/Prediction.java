package dev.glia.task;

import java.util.List;

/**
 * What a model says of one row.
 *
 * @param label the class's name; for a number, what it is; for several, their names
 * @param value the class's output; for a number, the number in its own unit; for several, the first
 * @param outputs one a class, in the order of the model's labels; for several numbers, all of them;
 *     empty for one number
 */
public record Prediction(String label, double value, List<Double> outputs) {}

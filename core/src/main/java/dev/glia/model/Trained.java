package dev.glia.model;

import dev.glia.training.TrainingResult;

/**
 * What a training gave.
 *
 * @param model ready to use and to save
 * @param result how the training went
 */
public record Trained(Model model, TrainingResult result) {}

/** Losses, optimizers, schedules, the training loop and its events. */
@NullMarked
package dev.glia.training;

import org.jspecify.annotations.NullMarked;

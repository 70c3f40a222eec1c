/** Optimizers: how a gradient becomes a step. A new one is a file. */
@NullMarked
package dev.glia.optimizer;

import org.jspecify.annotations.NullMarked;

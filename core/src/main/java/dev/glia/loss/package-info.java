/** Losses: how far a network's outputs are from the targets. A new one is a file. */
@NullMarked
package dev.glia.loss;

import org.jspecify.annotations.NullMarked;

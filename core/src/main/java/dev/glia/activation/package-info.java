/** Activations: what a layer does to the sums of its units. A new one is a file. */
@NullMarked
package dev.glia.activation;

import org.jspecify.annotations.NullMarked;

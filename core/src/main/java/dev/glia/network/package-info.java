/** Layers, activations and parameters, the forward pass and the backward pass. */
@NullMarked
package dev.glia.network;

import org.jspecify.annotations.NullMarked;

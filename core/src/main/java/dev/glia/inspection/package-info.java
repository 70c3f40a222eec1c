/** Looks into a network: its gradients against finite differences, an example step by step. */
@NullMarked
package dev.glia.inspection;

import org.jspecify.annotations.NullMarked;

/**
 * The small language of the command line's settings, such as {@code leaky_relu(0.05)}. Internal.
 */
@NullMarked
package dev.glia.internal.text;

import org.jspecify.annotations.NullMarked;

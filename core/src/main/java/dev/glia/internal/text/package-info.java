/**
 * Texts for people: the small language of settings such as {@code leaky_relu(0.05)}, and how
 * figures are written. Internal.
 */
@NullMarked
package dev.glia.internal.text;

import org.jspecify.annotations.NullMarked;

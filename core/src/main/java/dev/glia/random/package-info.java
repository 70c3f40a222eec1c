/** Random numbers as NumPy draws them. */
@NullMarked
package dev.glia.random;

import org.jspecify.annotations.NullMarked;

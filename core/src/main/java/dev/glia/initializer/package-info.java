/** What draws a network's first weights. */
@NullMarked
package dev.glia.initializer;

import org.jspecify.annotations.NullMarked;

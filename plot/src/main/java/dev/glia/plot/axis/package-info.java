/** What plots share: scales with their marks, lines of values and legends. */
@NullMarked
package dev.glia.plot.axis;

import org.jspecify.annotations.NullMarked;

/** Generators of data: points, curves and written digits, each from a seed. */
@NullMarked
package dev.glia.source;

import org.jspecify.annotations.NullMarked;

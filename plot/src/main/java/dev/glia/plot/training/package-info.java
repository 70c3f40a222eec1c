/** The pictures that a training or a model gives, by what its data are. */
@NullMarked
package dev.glia.plot.training;

import org.jspecify.annotations.NullMarked;

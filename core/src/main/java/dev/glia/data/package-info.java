/** From a source to batches: data sets, generators, files, splits, scalers and encoders. */
@NullMarked
package dev.glia.data;

import org.jspecify.annotations.NullMarked;

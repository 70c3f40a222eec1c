/** Layers: their named arrays and what they do with the rows of a batch. A new one is a file. */
@NullMarked
package dev.glia.layer;

import org.jspecify.annotations.NullMarked;

/** Benchmarks of the kernels and of whole epochs. */
@NullMarked
package dev.glia.bench;

import org.jspecify.annotations.NullMarked;

/** What computes: threads, the kernel, and its functions for stretches of rows. */
@NullMarked
package dev.glia.compute;

import org.jspecify.annotations.NullMarked;

/** What large weights cost: one formula a file. */
@NullMarked
package dev.glia.penalty;

import org.jspecify.annotations.NullMarked;

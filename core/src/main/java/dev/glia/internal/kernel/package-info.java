/** The arithmetic: one interface, a Vector API implementation, a scalar one, one selection. */
@NullMarked
package dev.glia.internal.kernel;

import org.jspecify.annotations.NullMarked;

/** Writing files whole or not at all. Internal. */
@NullMarked
package dev.glia.internal.io;

import org.jspecify.annotations.NullMarked;

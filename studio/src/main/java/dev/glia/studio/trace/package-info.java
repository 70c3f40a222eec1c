/** One example on its way through a network and back, number by number. Internal. */
@NullMarked
package dev.glia.studio.trace;

import org.jspecify.annotations.NullMarked;

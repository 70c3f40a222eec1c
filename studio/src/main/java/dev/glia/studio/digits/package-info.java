/** Digits: galleries, and those drawn by hand. Internal. */
@NullMarked
package dev.glia.studio.digits;

import org.jspecify.annotations.NullMarked;

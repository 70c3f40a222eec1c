/** A run: its training thread, what is wanted of it, and its past. Internal. */
@NullMarked
package dev.glia.studio.run;

import org.jspecify.annotations.NullMarked;

/** Rules for when training stops. A new one is a file. */
@NullMarked
package dev.glia.stopping;

import org.jspecify.annotations.NullMarked;

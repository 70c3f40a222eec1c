/** The studio: a page to watch a network learn, and its server. */
@NullMarked
package dev.glia.studio;

import org.jspecify.annotations.NullMarked;

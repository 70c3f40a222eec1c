/** The {@code glia} command, one command a file. */
@NullMarked
package dev.glia.cli;

import org.jspecify.annotations.NullMarked;

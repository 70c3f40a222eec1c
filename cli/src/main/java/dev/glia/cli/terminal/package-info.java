/** What a command writes, for people and for programs. */
@NullMarked
package dev.glia.cli.terminal;

import org.jspecify.annotations.NullMarked;

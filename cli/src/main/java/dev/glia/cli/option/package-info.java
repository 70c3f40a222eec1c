/** Options that several commands share. */
@NullMarked
package dev.glia.cli.option;

import org.jspecify.annotations.NullMarked;

/** What {@code glia bench} measures. */
@NullMarked
package dev.glia.cli.bench;

import org.jspecify.annotations.NullMarked;

/** Parts of a table: to train on, to validate and to test. */
@NullMarked
package dev.glia.split;

import org.jspecify.annotations.NullMarked;

/** Tables: named columns of numbers, categories or pixels. */
@NullMarked
package dev.glia.table;

import org.jspecify.annotations.NullMarked;

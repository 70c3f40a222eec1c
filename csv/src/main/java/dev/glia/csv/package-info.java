/** CSV files as data sets. */
@NullMarked
package dev.glia.csv;

import org.jspecify.annotations.NullMarked;

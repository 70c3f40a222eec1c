/** From a table's columns to what a network takes: fitted on the rows to learn from. */
@org.jspecify.annotations.NullMarked
package dev.glia.preprocessing;

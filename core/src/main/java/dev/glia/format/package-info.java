/** Files that hold tables and say what their columns hold, one format a file. */
@org.jspecify.annotations.NullMarked
package dev.glia.format;

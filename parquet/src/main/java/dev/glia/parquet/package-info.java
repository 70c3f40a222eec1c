/** Parquet files, read without other libraries. */
@org.jspecify.annotations.NullMarked
package dev.glia.parquet;

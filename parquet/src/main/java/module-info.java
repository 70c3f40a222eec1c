/** Parquet files as data sets. */
module dev.glia.parquet {
  requires static org.jspecify;
  requires transitive dev.glia.core;

  exports dev.glia.parquet;

  provides dev.glia.reading.TableFormat with
      dev.glia.parquet.Parquet;
}

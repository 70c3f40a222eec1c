/** CSV files as data sets. */
module dev.glia.csv {
  requires static org.jspecify;
  requires transitive dev.glia.core;
  requires de.siegmar.fastcsv;

  exports dev.glia.csv;
}

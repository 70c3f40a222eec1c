/** Results of queries to databases as data sets. */
module dev.glia.jdbc {
  requires static org.jspecify;
  requires transitive dev.glia.core;
  requires java.sql;

  exports dev.glia.jdbc;

  uses java.sql.Driver;
}

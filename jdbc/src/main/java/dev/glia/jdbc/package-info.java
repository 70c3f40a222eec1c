/** Results of queries to databases, by any JDBC driver. */
@org.jspecify.annotations.NullMarked
package dev.glia.jdbc;

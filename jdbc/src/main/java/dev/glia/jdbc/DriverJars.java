package dev.glia.jdbc;

import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where drivers are looked for: jars that somebody names, and the class path. */
final class DriverJars implements AutoCloseable {

  private static final String JAR = ".jar";

  /** Where the drivers of well-known databases are had, by what the address says. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "postgresql", "org.postgresql:postgresql",
          "mysql", "com.mysql:mysql-connector-j",
          "mariadb", "org.mariadb.jdbc:mariadb-java-client",
          "sqlite", "org.xerial:sqlite-jdbc",
          "h2", "com.h2database:h2",
          "sqlserver", "com.microsoft.sqlserver:mssql-jdbc",
          "oracle", "com.oracle.database.jdbc:ojdbc11",
          "duckdb", "org.duckdb:duckdb_jdbc");

  private final @Nullable URLClassLoader jars;

  private DriverJars(@Nullable URLClassLoader jars) {
    this.jars = jars;
  }

  /** Opens jars, and those in folders. */
  static DriverJars open(List<Path> paths) throws InvalidDataException {
    List<URL> urls = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new InvalidDataException(
            path + " does not exist. The jar of a JDBC driver was expected there.");
      }
      try (Stream<Path> inside = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
        for (Path jar : inside.sorted().toList()) {
          if (jar.equals(path) || jar.toString().endsWith(JAR)) {
            urls.add(url(jar));
          }
        }
      } catch (IOException e) {
        throw new InvalidDataException(path + " cannot be read: " + e.getMessage(), e);
      }
    }
    return new DriverJars(
        urls.isEmpty()
            ? null
            : new URLClassLoader(
                urls.toArray(URL[]::new), Thread.currentThread().getContextClassLoader()));
  }

  private static URL url(Path jar) throws InvalidDataException {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new InvalidDataException(jar + " is no path of a jar.", e);
    }
  }

  /**
   * The driver of an address.
   *
   * @param kind what the address says behind {@code jdbc:}
   */
  Driver driver(String address, String kind) throws InvalidDataException {
    ClassLoader loader = jars == null ? Thread.currentThread().getContextClassLoader() : jars;
    try {
      for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
        if (driver.acceptsURL(address)) {
          return driver;
        }
      }
    } catch (ServiceConfigurationError | SQLException e) {
      throw new InvalidDataException("A JDBC driver cannot be loaded: " + e.getMessage(), e);
    }
    String known = KNOWN.get(kind);
    throw new InvalidDataException(
        "There is no JDBC driver for jdbc:%s%s. Say with --driver-path where its jar lies%s."
            .formatted(
                kind,
                jars == null ? "" : " in what --driver-path names",
                known == null ? "" : "; on Maven Central it is " + known));
  }

  @Override
  public void close() throws InvalidDataException {
    if (jars != null) {
      try {
        jars.close();
      } catch (IOException e) {
        throw new InvalidDataException("A JDBC driver cannot be closed: " + e.getMessage(), e);
      }
    }
  }
}

package dev.glia.cli.option;

import dev.glia.jdbc.Database;
import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to ask a database, where the data set's name is the address of one. */
final class QueryOptions {

  static final String USER = "GLIA_JDBC_USER";
  static final String PASSWORD = "GLIA_JDBC_PASSWORD"; // what the variable is called
  static final String DRIVER_PATH = "GLIA_JDBC_DRIVER_PATH";

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description =
          "What to ask a database, such as \"select * from houses\". User and password are taken"
              + " from GLIA_JDBC_USER and GLIA_JDBC_PASSWORD in the environment.")
  @Nullable String query;

  @Option(
      names = "--driver-path",
      paramLabel = "JAR",
      description =
          "The jar of the database's JDBC driver, or a folder with it; default:"
              + " GLIA_JDBC_DRIVER_PATH.")
  @Nullable String driverPath;

  static boolean isDatabase(String data) {
    return data.startsWith(Database.PREFIX);
  }

  /** Refuses options that do not go with the data set. */
  void check(String data) {
    if (isDatabase(data) && (query == null || query.isBlank())) {
      throw new IllegalArgumentException(
          "%s is a database: say with --query what to ask it, such as --query \"select * from houses\"."
              .formatted(database(data).shownAddress()));
    }
    if (!isDatabase(data) && isGiven()) {
      throw new IllegalArgumentException(
          "--query and --driver-path are for databases, such as jdbc:postgresql://localhost/shop; %s is not one."
              .formatted(data));
    }
  }

  boolean isGiven() {
    return query != null || driverPath != null;
  }

  Database database(String data) {
    return new Database(data, System.getenv(USER), System.getenv(PASSWORD), drivers());
  }

  private List<Path> drivers() {
    String given = driverPath == null ? System.getenv(DRIVER_PATH) : driverPath;
    List<Path> paths = new ArrayList<>();
    if (given != null) {
      Arrays.stream(given.split(Pattern.quote(File.pathSeparator), -1))
          .filter(path -> !path.isBlank())
          .forEach(path -> paths.add(Path.of(path)));
    }
    return paths;
  }

  Reading read(String data, ReadingOptions options) throws IOException {
    String asked = query == null ? "" : query;
    return Reading.of(database(data).query(asked, options), options);
  }
}

package dev.glia.jdbc;

import dev.glia.internal.io.FreeMemory;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.RawTable;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TypedTable;
import dev.glia.table.InvalidDataException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database, by its JDBC address: the result of a query is a table whose columns are what the
 * database says they are.
 *
 * <p>Rows are fetched some thousands at a time, in a transaction that reads alone. Neither user nor
 * password is ever part of a message, nor are the address's parameters, where they may stand.
 */
public final class Database {

  /** How the address of a database begins. */
  public static final String PREFIX = "jdbc:";

  private static final int FETCHED = 5_000; // rows at a time
  private static final int MEMORY_CHECKED = 1 << 16; // after so many rows
  private static final int LONGEST_MESSAGE = 400; // characters of a driver's
  private static final Pattern ADDRESS = Pattern.compile("jdbc:([^:/;?]*)(.*?)([?;].*)?");

  private final String address;
  private final @Nullable String user;
  private final @Nullable String password;
  private final List<Path> drivers;

  /**
   * A database that nobody asks yet.
   *
   * @param address such as {@code jdbc:postgresql://localhost/shop}
   * @param user null where the address says it, or none is needed
   * @param password null where the address says it, or none is needed
   * @param drivers jars, or folders of jars, to look for the driver in, beside the class path
   * @throws IllegalArgumentException if the address is none of JDBC's
   */
  public Database(
      String address, @Nullable String user, @Nullable String password, List<Path> drivers) {
    if (!address.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "The address of a database begins with jdbc:, got %s."
              .formatted(OutsideText.quoted(address)));
    }
    this.address = address;
    this.user = user;
    this.password = password;
    this.drivers = List.copyOf(drivers);
  }

  /** The address as it may be shown: without parameters, user and password. */
  public String shownAddress() {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      return PREFIX + "...";
    }
    String place =
        parts.group(2).replaceFirst("//[^/@]*@", "//").replaceFirst(":[^:@/]*/[^:@/]*@", ":@");
    return PREFIX + OutsideText.shown(parts.group(1) + place);
  }

  /** What the table is called: the last part of the address, which names the database. */
  public String title() {
    String shown = shownAddress();
    String last = shown.substring(Math.max(shown.lastIndexOf('/'), shown.lastIndexOf(':')) + 1);
    return last.isBlank() ? "database" : last;
  }

  /**
   * The result of a query.
   *
   * @throws InvalidDataException if there is no driver, the database cannot be reached or refuses
   *     user, password or query, or the result is empty
   */
  public RawTable query(String query, ReadingOptions options) throws InvalidDataException {
    try (DriverJars jars = DriverJars.open(drivers)) {
      Driver driver = jars.driver(address, kind());
      try (Connection connection = connection(driver)) {
        prepare(connection);
        return read(connection, query, options);
      } catch (SQLException e) {
        throw failed(e);
      }
    }
  }

  private String kind() {
    Matcher parts = ADDRESS.matcher(address);
    return parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : "";
  }

  private Connection connection(Driver driver) throws SQLException, InvalidDataException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    Connection connection = driver.connect(address, properties);
    if (connection == null) {
      throw new InvalidDataException(
          "%s is no address that its driver understands.".formatted(shownAddress()));
    }
    return connection;
  }

  /** So that rows come some at a time, and nothing is changed; what a driver lacks, it lacks. */
  private static void prepare(Connection connection) throws SQLException {
    connection.setAutoCommit(false); // PostgreSQL fetches all at once otherwise
    try {
      connection.setReadOnly(true);
    } catch (SQLException e) {
      return; // some can be told only as they connect
    }
  }

  private RawTable read(Connection connection, String query, ReadingOptions options)
      throws SQLException, InvalidDataException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows = statement.executeQuery(query)) {
        return read(rows, options);
      }
    }
  }

  private RawTable read(ResultSet rows, ReadingOptions options)
      throws SQLException, InvalidDataException {
    ResultSetMetaData metadata = rows.getMetaData();
    List<ResultColumn> columns = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int column = 1; column <= metadata.getColumnCount(); column++) {
      ResultColumn found = ResultColumn.of(metadata, column, options.missing());
      if (found == null) {
        leftOut.add(
            "%s (%s)"
                .formatted(
                    OutsideText.shown(metadata.getColumnLabel(column)),
                    OutsideText.shown(metadata.getColumnTypeName(column))));
      } else {
        columns.add(found);
      }
    }
    int count = 0;
    while (rows.next()) {
      for (ResultColumn column : columns) {
        column.take(rows);
      }
      if (++count % MEMORY_CHECKED == 0) {
        checkMemory(count, columns.size());
      }
    }
    if (count == 0) {
      throw new InvalidDataException(
          "%s: the query gives no row: rows to learn from were expected."
              .formatted(shownAddress()));
    }
    List<String> remarks = new ArrayList<>();
    if (!leftOut.isEmpty()) {
      remarks.add("Left out: %s.".formatted(OutsideText.list(leftOut)));
    }
    List<RawColumn> raw = new ArrayList<>();
    columns.forEach(column -> raw.add(column.column(remarks)));
    if (raw.isEmpty()) {
      throw new InvalidDataException(
          "%s: the query gives no column of numbers, texts or dates, but %s."
              .formatted(shownAddress(), OutsideText.list(leftOut)));
    }
    return new TypedTable(shownAddress(), title(), raw, remarks, true, List.of());
  }

  private void checkMemory(int rows, int columns) throws InvalidDataException {
    long bytes = 2L * rows * columns * Double.BYTES; // arrays grow to twice their size
    if (!FreeMemory.has(bytes)) {
      throw new InvalidDataException(
          "%s: after %,d rows the result %s, as by LIMIT."
              .formatted(shownAddress(), rows, FreeMemory.advice(bytes)));
    }
  }

  // What goes wrong.

  private InvalidDataException failed(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String message = message(e);
    boolean credentials =
        state.startsWith("28") || message.toLowerCase(Locale.ROOT).contains("password");
    String sentence;
    if (credentials) {
      sentence =
          user == null && password == null
              ? "%s wants a user and a password: set GLIA_JDBC_USER and GLIA_JDBC_PASSWORD in the environment. It says: %s"
              : "%s refuses the user or the password that GLIA_JDBC_USER and GLIA_JDBC_PASSWORD give. It says: %s";
    } else if (state.startsWith("08")) {
      sentence =
          "%s cannot be reached: is the address right, and does the database run? Its driver says: %s";
    } else if (state.startsWith("3D") || state.startsWith("90013") || state.startsWith("90146")) {
      sentence = "%s is no database that is there. It says: %s";
    } else {
      sentence = "%s refuses the query, or its result cannot be read. It says: %s";
    }
    return new InvalidDataException(sentence.formatted(shownAddress(), message), withoutMessage(e));
  }

  /** The cause without its text, which may hold the password. */
  private static SQLException withoutMessage(SQLException e) {
    SQLException cause = new SQLException("", e.getSQLState(), e.getErrorCode());
    cause.setStackTrace(e.getStackTrace());
    return cause;
  }

  /** What the driver says, in one line, without what must not be shown. */
  private String message(SQLException e) {
    String text = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    text = text.replace(address, shownAddress());
    if (password != null && !password.isEmpty()) {
      text = text.replace(password, "***");
    }
    Matcher parts = ADDRESS.matcher(address);
    if (parts.matches() && parts.group(3) != null) {
      for (String parameter : parts.group(3).split("[?;&]", -1)) {
        String value = parameter.substring(parameter.indexOf('=') + 1);
        if (parameter.toLowerCase(Locale.ROOT).startsWith("password=") && !value.isEmpty()) {
          text = text.replace(value, "***");
        }
      }
    }
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
  }
}

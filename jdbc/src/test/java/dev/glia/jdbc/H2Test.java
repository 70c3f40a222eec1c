package dev.glia.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.table.Categories;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2Test {

  private static final String ADDRESS = "jdbc:h2:mem:shop";

  @TempDir private Path folder;
  private Connection connection;

  @BeforeEach
  void create() throws SQLException {
    connection = DriverManager.getConnection(ADDRESS, "ann", "s3cret");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table t (
            tiny tinyint, whole int, large bigint, half real, number double precision,
            price decimal(20, 4), ok boolean, word varchar(50), long_word clob,
            born date, seen timestamp, zoned timestamp with time zone, clock time,
            bytes varbinary(10), list int array, id uuid)
          """);
      statement.execute(
          """
          insert into t values
            (1, 2, 3000000000, 0.5, 1e10, 12.3456, true, 'Rome', 'x', '2024-03-01',
             '2024-03-01 12:30:05.5', '2024-03-01 12:30:00+02:00', '12:30:00',
             x'00', array[1], random_uuid()),
            (null, null, null, null, null, null, null, null, null, null, null, null, null,
             null, null, null),
            (-1, -2, -3, 'NaN', 'Infinity', -0.0001, false, ' Bern ', 'y', '1969-12-31',
             '1970-01-01 00:00:00', '1970-01-01 00:00:00+00', '00:00:01', x'FF', array[2],
             random_uuid())
          """);
    }
  }

  @AfterEach
  void drop() throws SQLException {
    connection.close();
  }

  private static Database database() {
    return new Database(ADDRESS, "ann", "s3cret", List.of());
  }

  private static Reading reading(String query) throws IOException {
    ReadingOptions options = ReadingOptions.defaults().withoutTargets();
    return Reading.of(database().query(query, options), options);
  }

  private static double[] numbers(Reading reading, int column) {
    return ((Numbers) reading.columns().get(column).column()).values();
  }

  @Test
  void columnsAreWhatTheDatabaseSaysTheyAre() throws IOException {
    Reading reading = reading("select * from t");

    assertThat(numbers(reading, 0)).containsExactly(1, Double.NaN, -1);
    assertThat(numbers(reading, 2)).containsExactly(3e9, Double.NaN, -3);
    assertThat(numbers(reading, 3)).containsExactly(0.5, Double.NaN, Double.NaN);
    assertThat(numbers(reading, 4)).containsExactly(1e10, Double.NaN, Double.NaN);
    assertThat(numbers(reading, 5)).containsExactly(12.3456, Double.NaN, -0.0001);
    Categories yes = (Categories) reading.columns().get(6).column();
    assertThat(List.of(yes.code(0), yes.code(1), yes.code(2))).containsExactly(1, -1, 0);
    Categories words = (Categories) reading.columns().get(7).column();
    assertThat(words.levels()).containsExactly("Bern", "Rome");
    Dates days = (Dates) reading.columns().get(9).column();
    assertThat(days.get(0)).isEqualTo(1_709_251_200);
    assertThat(days.missing(1)).isTrue();
    assertThat(days.get(2)).isEqualTo(-86_400);
    assertThat(((Dates) reading.columns().get(10).column()).get(0)).isEqualTo(1_709_296_205.5);
    assertThat(((Dates) reading.columns().get(11).column()).get(0)).isEqualTo(1_709_289_000);
    assertThat(((Dates) reading.columns().get(12).column()).get(2)).isEqualTo(1);
    assertThat(reading.remarks())
        .anyMatch(r -> r.contains("bytes".toUpperCase(java.util.Locale.ROOT)) && r.contains("LIST"))
        .anyMatch(r -> r.contains("\"NUMBER\": 1 number is infinite"));
    assertThat(reading.table().name()).isEqualTo("shop");
  }

  @Test
  void aQueryNamesItsColumns() throws IOException {
    Reading reading = reading("select whole as a, whole * 2 as b, 1 from t");

    assertThat(reading.columns()).extracting("name").containsExactly("A", "B", "1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select * from nowhere      | refuses the query, or its result cannot be read. It says: Table "NOWHERE" not found
          selekt 1                   | refuses the query
          delete from t              | refuses the query
          select * from t where 1=2  | the query gives no row
          select bytes from t        | gives no column of numbers, texts or dates, but BYTES
          select 1/0                 | refuses the query
          """)
  void whatIsWrongIsSaidInASentence(String query, String message) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> database().query(query, ReadingOptions.defaults()))
        .withMessageStartingWith(ADDRESS)
        .withMessageContaining(message);
  }

  @Test
  void userAndPasswordAreNeverShown() {
    for (Database wrong :
        List.of(
            new Database(ADDRESS, "ann", "wr0ng", List.of()),
            new Database(ADDRESS + ";USER=ann;PASSWORD=wr0ng", null, null, List.of()))) {
      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> wrong.query("select 1", ReadingOptions.defaults()))
          .withMessageContaining("GLIA_JDBC_PASSWORD")
          .satisfies(e -> {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("wr0ng");
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://localhost/shop?user=a&password=b,jdbc:postgresql://localhost/shop,shop",
    "jdbc:postgresql://ann:b@localhost:5432/shop,jdbc:postgresql://localhost:5432/shop,shop",
    "jdbc:oracle:thin:ann/b@host:1521:shop,jdbc:oracle:thin:@host:1521:shop,shop",
    "jdbc:sqlserver://host;password=b,jdbc:sqlserver://host,host",
    "jdbc:sqlite:data/shop.db,jdbc:sqlite:data/shop.db,shop.db",
    "jdbc:x,jdbc:x,x"
  })
  void anAddressIsShownWithoutWhatIsSecret(String address, String shown, String title) {
    Database database = new Database(address, null, null, List.of());

    assertThat(database.shownAddress()).isEqualTo(shown);
    assertThat(database.title()).isEqualTo(title);
  }

  @Test
  void aMissingDriverIsNamed() throws IOException {
    Database mysql = new Database("jdbc:mysql://localhost/x", null, null, List.of());
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> mysql.query("select 1", ReadingOptions.defaults()))
        .withMessage(
            "There is no JDBC driver for jdbc:mysql. Say with --driver-path where its jar lies; on Maven Central it is com.mysql:mysql-connector-j.");
    Path missing = folder.resolve("none.jar");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() ->
            new Database(ADDRESS, null, null, List.of(missing))
                .query("select 1", ReadingOptions.defaults()))
        .withMessageContaining("The jar of a JDBC driver was expected there.");
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() ->
            new Database("jdbc:none:x", null, null, List.of(broken, folder))
                .query("select 1", ReadingOptions.defaults()))
        .withMessageContaining("in what --driver-path names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Database("odbc:x", null, null, List.of()));
  }

  @Test
  void aDriverIsFoundInAJar() throws Exception {
    Path jar =
        Path.of(org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      Database database = new Database("jdbc:h2:mem:other", null, null, List.of(jar));
      assertThat(database.query("select 1 as a", ReadingOptions.defaults()).columns())
          .extracting("name")
          .containsExactly("A");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

package dev.glia.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.table.Categories;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL, started for these tests. */
class PostgresTest {

  private static final String PASSWORD = "corr3ct horse";
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(PASSWORD);
    try (Connection connection =
            DriverManager.getConnection(server.address(), PostgresServer.USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("create type mood as enum ('sad', 'happy')");
      statement.execute(
          """
          create table people (
            id serial, small smallint, large bigint, share real, size double precision,
            money numeric(12, 2), any_number numeric, yes boolean, word text, code char(4),
            feeling mood, born date, seen timestamp, zoned timestamptz, clock time,
            tags text[], data bytea, doc jsonb, bits bit(3), flag bit, key uuid)
          """);
      statement.execute(
          """
          insert into people (small, large, share, size, money, any_number, yes, word, code, feeling,
            born, seen, zoned, clock, tags, data, doc, bits, flag, key)
          select i % 100, i * 10000000000, i / 4.0, sqrt(i), i / 8.0, case when i % 2 = 0 then 'NaN' else 1.5 end,
            i % 3 = 0, 'word ' || i % 5, 'ab', (array['sad', 'happy'])[1 + i % 2]::mood,
            date '2024-02-28' + i % 366, timestamp '2024-02-28 23:59:59.25' + i * interval '1 hour',
            timestamptz '2024-06-01 12:00:00+05:30', time '01:02:03', array['a'], '\\x00', '{}',
            b'101', b'1', gen_random_uuid()
          from generate_series(1, 20000) i
          """);
      statement.execute("insert into people default values");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static Reading reading(String query) throws IOException {
    ReadingOptions options = ReadingOptions.defaults().withoutTargets();
    Database database = new Database(server.address(), PostgresServer.USER, PASSWORD, List.of());
    return Reading.of(database.query(query, options), options);
  }

  private static <T> T column(Reading reading, String name, Class<T> type) {
    return reading.columns().stream()
        .filter(column -> column.name().equals(name))
        .map(column -> type.cast(column.column()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void columnsAreWhatTheDatabaseSaysTheyAre() throws IOException {
    Reading reading = reading("select * from people order by id");

    assertThat(reading.columns().getFirst().column().rows()).isEqualTo(20_001);
    Numbers large = column(reading, "large", Numbers.class);
    assertThat(large.get(19_999)).isEqualTo(2e14);
    assertThat(large.missing(20_000)).isTrue();
    assertThat(column(reading, "share", Numbers.class).get(0)).isEqualTo(0.25);
    assertThat(column(reading, "money", Numbers.class).get(0)).isEqualTo(0.13);
    assertThat(column(reading, "any_number", Numbers.class).missing(1)).isTrue();
    Categories yes = column(reading, "yes", Categories.class);
    assertThat(List.of(yes.code(0), yes.code(2), yes.code(20_000))).containsExactly(0, 1, -1);
    assertThat(column(reading, "word", Categories.class).levels())
        .containsExactly("word 0", "word 1", "word 2", "word 3", "word 4");
    assertThat(column(reading, "code", Categories.class).levels()).containsExactly("ab");
    assertThat(column(reading, "feeling", Categories.class).levels())
        .containsExactly("happy", "sad");
    assertThat(column(reading, "flag", Categories.class).code(0)).isEqualTo(1);
    Dates born = column(reading, "born", Dates.class);
    assertThat(born.get(1)).isEqualTo(1_709_251_200); // 1 March 2024
    assertThat(born.missing(20_000)).isTrue();
    assertThat(column(reading, "seen", Dates.class).get(0)).isEqualTo(1_709_168_399.25);
    assertThat(column(reading, "zoned", Dates.class).get(0)).isEqualTo(1_717_223_400);
    assertThat(column(reading, "clock", Dates.class).get(0)).isEqualTo(3_723);
    assertThat(reading.remarks()).anyMatch(r -> r.equals("Left out: tags (_text), data (bytea)."));
  }

  @Test
  void whatIsWrongIsSaidInASentence() {
    refused(
        server.address(), PASSWORD, "select * from nowhere", "relation \"nowhere\" does not exist");
    refused(server.address(), PASSWORD, "delete from people", "refuses the query");
    refused(server.address(), PASSWORD, "select * from people where id < 0", "gives no row");
    refused(server.address(), "wrong", "select 1", "refuses the user or the password");
    refused(server.address() + "x", PASSWORD, "select 1", "is no database that is there");
    refused("jdbc:postgresql://localhost:1/x", PASSWORD, "select 1", "cannot be reached");
    Database nobody = new Database(server.address(), null, null, List.of());
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> nobody.query("select 1", ReadingOptions.defaults()))
        .withMessageContaining("GLIA_JDBC_USER");
  }

  private static void refused(String address, String password, String query, String message) {
    Database database = new Database(address, PostgresServer.USER, password, List.of());
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> database.query(query, ReadingOptions.defaults()))
        .withMessageStartingWith(address)
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(PASSWORD));
  }
}

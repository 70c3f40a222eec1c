package dev.glia.jdbc;

import dev.glia.reading.MissingValues;
import dev.glia.reading.NumberValues;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.TextColumn;
import dev.glia.table.Categories;
import dev.glia.table.DateFormat;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of a query's result, and its values so far. */
abstract sealed class ResultColumn {

  private static final Set<String> BIT_STRINGS = Set.of("bit", "varbit"); // PostgreSQL's names

  private final String name;
  private final int number; // from 1

  private ResultColumn(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /** The column of a number, from 1; null if nothing can be learnt of its type. */
  static @Nullable ResultColumn of(ResultSetMetaData metadata, int number, MissingValues missing)
      throws SQLException {
    String name = String.valueOf(metadata.getColumnLabel(number));
    String type = String.valueOf(metadata.getColumnTypeName(number)).toLowerCase(Locale.ROOT);
    return switch (metadata.getColumnType(number)) {
      case Types.BIT, Types.BOOLEAN ->
          BIT_STRINGS.contains(type) && metadata.getPrecision(number) > 1
              ? new Texts(name, number, missing)
              : new Flags(name, number);
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          new Figures(name, number);
      case Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.TIME_WITH_TIMEZONE,
          Types.TIMESTAMP_WITH_TIMEZONE ->
          new Times(name, number);
      case Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.ARRAY,
          Types.STRUCT,
          Types.REF,
          Types.REF_CURSOR,
          Types.JAVA_OBJECT,
          Types.SQLXML ->
          null;
      default -> new Texts(name, number, missing);
    };
  }

  /** Takes the value of the row on which a result stands. */
  abstract void take(ResultSet rows) throws SQLException;

  /**
   * The column.
   *
   * @param remarks gets a line for what was taken otherwise than it stands there
   */
  abstract RawColumn column(List<String> remarks);

  private static final class Figures extends ResultColumn {
    private final NumberValues values = new NumberValues();

    Figures(String name, int number) {
      super(name, number);
    }

    @Override
    void take(ResultSet rows) throws SQLException {
      double value = rows.getDouble(super.number);
      values.add(rows.wasNull() ? Double.NaN : value);
    }

    @Override
    RawColumn column(List<String> remarks) {
      String remark = values.remark(super.name);
      if (remark != null) {
        remarks.add(remark);
      }
      return RawColumn.of(new Numbers(super.name, values.toArray()));
    }
  }

  private static final class Flags extends ResultColumn {
    private final NumberValues values = new NumberValues();

    Flags(String name, int number) {
      super(name, number);
    }

    @Override
    void take(ResultSet rows) throws SQLException {
      boolean value = rows.getBoolean(super.number);
      values.add(rows.wasNull() ? Double.NaN : value ? 1 : 0);
    }

    @Override
    RawColumn column(List<String> remarks) {
      double[] found = values.toArray();
      int[] codes = new int[found.length];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = Double.isNaN(found[row]) ? Categories.MISSING : (int) found[row];
      }
      return RawColumn.of(new Categories(super.name, codes, List.of("false", "true")));
    }
  }

  /** Dates and times, by the text that the driver gives of them: no zone of this machine's. */
  private static final class Times extends ResultColumn {
    private final NumberValues seconds = new NumberValues();
    private int unread;
    private String example = "";

    Times(String name, int number) {
      super(name, number);
    }

    @Override
    void take(ResultSet rows) throws SQLException {
      String text = rows.getString(super.number);
      double value = text == null ? Double.NaN : DateFormat.DAY_FIRST.parse(text.strip());
      if (text != null && Double.isNaN(value)) {
        unread++;
        example = text;
      }
      seconds.add(value);
    }

    @Override
    RawColumn column(List<String> remarks) {
      if (unread > 0) {
        remarks.add(
            "\"%s\": %,d dates are taken for missing, such as \"%s\"."
                .formatted(super.name, unread, example));
      }
      return RawColumn.of(new Dates(super.name, seconds.toArray(), DateFormat.DAY_FIRST));
    }
  }

  private static final class Texts extends ResultColumn {
    private final TextColumn texts;

    Texts(String name, int number, MissingValues missing) {
      super(name, number);
      texts = new TextColumn(missing, true);
    }

    @Override
    void take(ResultSet rows) throws SQLException {
      String text = rows.getString(super.number);
      texts.add(text == null ? "" : text.strip());
    }

    @Override
    RawColumn column(List<String> remarks) {
      return RawColumn.of(super.name, texts);
    }
  }
}

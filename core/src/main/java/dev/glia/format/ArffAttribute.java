package dev.glia.format;

import dev.glia.internal.text.NumberText;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.MissingValues;
import dev.glia.reading.NumberValues;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.TextColumn;
import dev.glia.table.Categories;
import dev.glia.table.DateFormat;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** An attribute of an ARFF file, and its values so far. */
abstract sealed class ArffAttribute {

  final String name;

  ArffAttribute(String name) {
    this.name = name;
  }

  /**
   * Adds a value.
   *
   * @return what was expected in its place; null if it is as it should be
   */
  abstract @Nullable String add(String text);

  abstract void addMissing();

  /** Adds what a sparse row leaves out: 0, or the first of the declared values. */
  abstract void addZero();

  /**
   * The column.
   *
   * @param remarks gets a line for what was taken otherwise than it stands there
   */
  abstract RawColumn column(List<String> remarks);

  /** Numbers, whole ones among them. */
  static final class Numeric extends ArffAttribute {
    private final NumberValues values = new NumberValues();

    Numeric(String name) {
      super(name);
    }

    @Override
    @Nullable String add(String text) {
      Double number = NumberText.parse(text);
      if (number == null && NumberText.isTooLarge(text)) {
        number = Double.POSITIVE_INFINITY;
      }
      if (number == null && !text.equalsIgnoreCase("nan")) {
        return "a number";
      }
      values.add(number == null ? Double.NaN : number);
      return null;
    }

    @Override
    void addMissing() {
      values.add(Double.NaN);
    }

    @Override
    void addZero() {
      values.add(0);
    }

    @Override
    RawColumn column(List<String> remarks) {
      String remark = values.remark(name);
      if (remark != null) {
        remarks.add(remark);
      }
      return RawColumn.of(new Numbers(name, values.toArray()));
    }
  }

  /** One of some declared values. */
  static final class Nominal extends ArffAttribute {
    private final List<String> levels;
    private final Map<String, Integer> places = new HashMap<>();
    private final NumberValues codes = new NumberValues();

    /** Knows the declared values, each of which stands there once. */
    Nominal(String name, List<String> levels) {
      super(name);
      this.levels = List.copyOf(levels);
      levels.forEach(level -> places.put(level, places.size()));
    }

    @Override
    @Nullable String add(String text) {
      Integer place = places.get(text);
      if (place == null) {
        return "one of " + OutsideText.list(levels);
      }
      codes.add(place);
      return null;
    }

    @Override
    void addMissing() {
      codes.add(Double.NaN);
    }

    @Override
    void addZero() {
      codes.add(0);
    }

    @Override
    RawColumn column(List<String> remarks) {
      double[] found = codes.toArray();
      int[] kept = new int[levels.size()]; // [levels]: 1 for those that occur, then their places
      for (double code : found) {
        if (!Double.isNaN(code)) {
          kept[(int) code] = 1;
        }
      }
      List<String> occurring = new ArrayList<>();
      List<String> others = new ArrayList<>();
      for (int level = 0; level < kept.length; level++) {
        boolean occurs = kept[level] == 1;
        kept[level] = occurring.size();
        (occurs ? occurring : others).add(levels.get(level));
      }
      if (!others.isEmpty()) {
        remarks.add(
            "%s: %d of its %d declared values stand in no row: %s."
                .formatted(
                    OutsideText.quoted(name),
                    others.size(),
                    levels.size(),
                    OutsideText.list(others)));
      }
      int[] rows = new int[found.length];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = Double.isNaN(found[row]) ? Categories.MISSING : kept[(int) found[row]];
      }
      return RawColumn.of(new Categories(name, rows, occurring));
    }
  }

  /** Texts of any kind. */
  static final class Texts extends ArffAttribute {
    private final TextColumn texts;

    Texts(String name, MissingValues missing) {
      super(name);
      texts = new TextColumn(missing, true);
    }

    @Override
    @Nullable String add(String text) {
      texts.add(text.strip());
      return null;
    }

    @Override
    void addMissing() {
      texts.add("");
    }

    @Override
    void addZero() {
      texts.add(""); // Weka means the text that it has read first
    }

    @Override
    RawColumn column(List<String> remarks) {
      return RawColumn.of(name, texts);
    }
  }

  /** Dates, as a pattern of Java's SimpleDateFormat has them, or as ISO 8601 does. */
  static final class Date extends ArffAttribute {
    private final @Nullable SimpleDateFormat format;
    private final NumberValues seconds = new NumberValues();

    /**
     * With a pattern, or with null for ISO 8601.
     *
     * @throws IllegalArgumentException if the pattern is none
     */
    Date(String name, @Nullable String pattern) {
      super(name);
      format = pattern == null ? null : new SimpleDateFormat(pattern, Locale.ENGLISH);
      if (format != null) {
        format.setLenient(false);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
      }
    }

    @Override
    @Nullable String add(String text) {
      double found = DateFormat.DAY_FIRST.parse(text);
      if (format != null) {
        ParsePosition end = new ParsePosition(0);
        java.util.Date date = format.parse(text, end);
        found =
            date == null || end.getIndex() < text.length()
                ? Double.NaN
                : date.toInstant().toEpochMilli() / 1e3;
      }
      seconds.add(found);
      if (!Double.isNaN(found)) {
        return null;
      }
      return format == null
          ? "a date such as 2024-03-01T12:30:00"
          : "a date such as " + format.format(java.util.Date.from(Instant.EPOCH));
    }

    @Override
    void addMissing() {
      seconds.add(Double.NaN);
    }

    @Override
    void addZero() {
      seconds.add(0);
    }

    @Override
    RawColumn column(List<String> remarks) {
      return RawColumn.of(new Dates(name, seconds.toArray(), DateFormat.DAY_FIRST));
    }
  }
}

package dev.glia.preprocessing;

import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Column;
import dev.glia.table.DateFormat;
import dev.glia.table.Dates;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A date as inputs of a network: how late it is, scaled, and its place in the year, the week and
 * the day, where the rows to learn from differ in it.
 *
 * <p>A place in a year or a day is two inputs, sine and cosine of its angle, so that the end lies
 * beside the beginning; a day of the week is one input of seven. Where the rows to learn from had
 * missing ones, a last input is 1 there, the mean date standing for it, and 0 elsewhere.
 *
 * @param column the column's name
 * @param format how dates given as text are written
 * @param scaler of the seconds, one column
 * @param mean of the rows to learn from, in seconds; stands for a missing date
 * @param year whether the place in the year counts
 * @param week whether the day of the week counts
 * @param day whether the time of day counts
 * @param marked whether there is an input for missing ones
 */
public record DateParts(
    String column,
    DateFormat format,
    Scaler scaler,
    double mean,
    boolean year,
    boolean week,
    boolean day,
    boolean marked)
    implements Encoding {

  static final String KIND = "date";

  private static final double DAY = 86_400; // seconds
  private static final double YEAR = 365.2425 * DAY;
  private static final int WEEK = 7;
  private static final int FIRST_DAY = 3; // 1 January 1970 was a Thursday, the fourth from Monday

  /**
   * Checks what there is.
   *
   * @throws IllegalArgumentException if the scaler is not of one column, the mean is not finite, or
   *     the name has more than 1,000 characters
   */
  public DateParts {
    OutsideText.checked("The name of a column", column, OutsideText.NAME);
    if (scaler.columns() != 1) {
      throw new IllegalArgumentException(
          "%s is one column, its scaler takes %d."
              .formatted(OutsideText.quoted(column), scaler.columns()));
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "%s cannot stand for a missing date of %s.".formatted(mean, OutsideText.quoted(column)));
    }
  }

  /** Learns from the dates that are there. */
  public static DateParts fit(Dates dates) {
    double[] there =
        IntStream.range(0, dates.rows())
            .mapToDouble(dates::get)
            .filter(seconds -> !Double.isNaN(seconds))
            .toArray();
    boolean months = false;
    boolean days = false;
    boolean times = false;
    double sum = 0;
    for (double seconds : there) {
      LocalDate date = LocalDate.ofEpochDay((long) Math.floor(seconds / DAY));
      LocalDate first = LocalDate.ofEpochDay((long) Math.floor(there[0] / DAY));
      months |= date.getMonthValue() != first.getMonthValue();
      days |= date.getDayOfMonth() != first.getDayOfMonth();
      times |= timeOfDay(seconds) != timeOfDay(there[0]);
      sum += seconds;
    }
    Scaler scaler =
        there.length == 0
            ? Scaler.none(1)
            : Scaler.fit(Scaler.Kind.STANDARD, new Numbers(dates.name(), there));
    return new DateParts(
        dates.name(),
        dates.format(),
        scaler,
        there.length == 0 ? 0 : sum / there.length,
        months || days,
        days,
        times,
        there.length < dates.rows());
  }

  private static double timeOfDay(double seconds) {
    return seconds - Math.floor(seconds / DAY) * DAY;
  }

  @Override
  public Class<? extends Column> takes() {
    return Dates.class;
  }

  @Override
  public List<String> rawNames() {
    return List.of(column);
  }

  @Override
  public int width() {
    return inputNames().size();
  }

  @Override
  public Matrix raw(Table table) {
    Column found = table.column(column);
    if (found instanceof Dates dates) {
      return dates.numbers();
    }
    throw new IllegalArgumentException(
        "The column %s of %s holds no dates, the model takes dates there."
            .formatted(OutsideText.quoted(column), table.name()));
  }

  /**
   * The seconds of a date: one of {@code java.time}, its text, or the seconds themselves.
   *
   * @throws IllegalArgumentException if the value is none
   */
  @Override
  public double raw(Object value) {
    return switch (value) {
      case Number seconds -> seconds.doubleValue();
      case LocalDate date -> date.toEpochDay() * DAY;
      case LocalDateTime time -> raw(time.toInstant(ZoneOffset.UTC));
      case LocalTime time -> time.toNanoOfDay() / 1e9;
      case OffsetDateTime time -> raw(time.toInstant());
      case ZonedDateTime time -> raw(time.toInstant());
      case Instant instant -> instant.getEpochSecond() + instant.getNano() / 1e9;
      default -> {
        double seconds = format.parse(String.valueOf(value).strip());
        if (Double.isNaN(seconds)) {
          throw new IllegalArgumentException(
              "%s is a date for the model, such as 2024-03-01, got %s."
                  .formatted(
                      OutsideText.quoted(column), OutsideText.quoted(String.valueOf(value))));
        }
        yield seconds;
      }
    };
  }

  @Override
  public void write(double[] raw, int from, float[] out, int at) {
    boolean missing = Double.isNaN(raw[from]);
    double seconds = missing ? mean : raw[from];
    int next = at;
    out[next++] = (float) scaler.apply(seconds, 0);
    if (year) {
      next = circle(seconds / YEAR, out, next);
    }
    if (week) {
      int today = (int) Math.floorMod((long) Math.floor(seconds / DAY) + FIRST_DAY, (long) WEEK);
      for (int i = 0; i < WEEK; i++) {
        out[next++] = i == today ? 1 : 0;
      }
    }
    if (day) {
      next = circle(seconds / DAY, out, next);
    }
    if (marked) {
      out[next] = missing ? 1 : 0;
    }
  }

  /** Sine and cosine of a place on a circle; StrictMath gives the same bits everywhere. */
  private static int circle(double turns, float[] out, int at) {
    double angle = 2 * Math.PI * (turns - Math.floor(turns));
    out[at] = (float) StrictMath.sin(angle);
    out[at + 1] = (float) StrictMath.cos(angle);
    return at + 2;
  }

  @Override
  public List<String> inputNames() {
    List<String> names = new ArrayList<>(List.of(column));
    if (year) {
      names.addAll(List.of(column + " in the year, sine", column + " in the year, cosine"));
    }
    if (week) {
      for (String today : List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")) {
        names.add(column + " is a " + today);
      }
    }
    if (day) {
      names.addAll(List.of(column + " in the day, sine", column + " in the day, cosine"));
    }
    if (marked) {
      names.add(column + " is missing");
    }
    return names;
  }

  @Override
  public String words() {
    List<String> parts = new ArrayList<>();
    if (year) {
      parts.add("place in the year");
    }
    if (week) {
      parts.add("day of the week");
    }
    if (day) {
      parts.add("time of day");
    }
    if (marked) {
      parts.add("missing ones marked");
    }
    return parts.isEmpty() ? "a date" : "a date (" + String.join(", ", parts) + ")";
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("column", column);
    fields.put("kind", KIND);
    fields.put("format", format.id());
    fields.put("scaling", scaler.kind().id());
    fields.put("shift", scaler.shift()[0]);
    fields.put("scale", scaler.scale()[0]);
    fields.put("mean", mean);
    fields.put("year", year);
    fields.put("week", week);
    fields.put("day", day);
    fields.put("marked", marked);
    return fields;
  }

  static DateParts read(Fields fields) {
    return new DateParts(
        fields.text("column"),
        DateFormat.of(fields.text("format")),
        new Scaler(
            Scaler.Kind.of(fields.text("scaling")),
            new double[] {fields.number("shift")},
            new double[] {fields.number("scale")}),
        fields.number("mean"),
        fields.truth("year"),
        fields.truth("week"),
        fields.truth("day"),
        fields.truth("marked"));
  }
}

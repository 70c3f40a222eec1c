package dev.glia.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the dates of a column are written: which of two numbers before the year is the day.
 *
 * <p>Read are ISO 8601 ({@code 2024-03-01}, {@code 2024-03-01T12:30:00Z}, {@code 2024-03}), days,
 * months and years with points, strokes or slashes between them, months as English words ({@code 1
 * Mar 2024}, {@code March 1, 2024}, {@code 01-Mar-24}), each with or without a time ({@code 12:30},
 * {@code 12:30:05.5}, {@code 1:05 PM}), and times alone. Years of two digits are 1970 to 2069.
 */
public enum DateFormat {
  /** Where the order can be seen, or {@code 31.12.2024}. */
  DAY_FIRST,
  /** {@code 12/31/2024}. */
  MONTH_FIRST;

  private static final int LONGEST = 40; // characters

  private static final String TIME =
      "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?: ?([AaPp])\\.?[Mm]\\.?)?"
          + "(?: ?(Z|UTC|[-+]\\d{2}:?(?:\\d{2})?))?";
  private static final Pattern TIME_ALONE = Pattern.compile(TIME);
  private static final Pattern AT_END = Pattern.compile("(.*?)(?:[T ]| at |, )" + TIME);
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([-/.])(\\d{1,2})(?:\\2(\\d{1,2}))?");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})");
  private static final Pattern DAY_WORD =
      Pattern.compile("(?:[A-Za-z]{3,9}, )?(\\d{1,2})[- ]([A-Za-z]{3,9})\\.?,?[- ](\\d{4}|\\d{2})");
  private static final Pattern WORD_DAY =
      Pattern.compile(
          "(?:[A-Za-z]{3,9}, )?([A-Za-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})");
  private static final Pattern WORD_YEAR = Pattern.compile("([A-Za-z]{3,9})[- ](\\d{4})");

  private static final String[] MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };

  /** The name in model files, such as {@code day_first}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of an {@link #id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DateFormat of(String id) {
    for (DateFormat format : values()) {
      if (format.id().equals(id)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "There is no order of dates \"" + id + "\": choose day_first or month_first.");
  }

  /** The seconds of a date, or of a time since midnight; NaN if the text is neither. */
  public double parse(String text) {
    if (text.length() > LONGEST || text.length() < 4) {
      return Double.NaN;
    }
    try {
      Matcher alone = TIME_ALONE.matcher(text);
      if (alone.matches()) {
        return time(alone, 0);
      }
      Matcher parts = AT_END.matcher(text);
      return parts.matches() ? day(parts.group(1)) + time(parts, 1) : day(text);
    } catch (DateTimeException e) {
      return Double.NaN; // such as 31 February
    }
  }

  /** Whether a text is a date whose day and month could change places: 3/4/2024, but not 13/4. */
  public static boolean showsOrder(String text) {
    return Double.isNaN(DAY_FIRST.parse(text)) != Double.isNaN(MONTH_FIRST.parse(text));
  }

  /** Whether a text is written with the day or the month before the year, both as numbers. */
  public static boolean hasOrder(String text) {
    Matcher parts = AT_END.matcher(text);
    return YEAR_LAST.matcher(parts.matches() ? parts.group(1) : text).matches();
  }

  private double day(String text) {
    Matcher matcher = YEAR_FIRST.matcher(text);
    if (matcher.matches()) {
      String day = matcher.group(4);
      return days(matcher.group(1), number(matcher.group(3)), day == null ? 1 : number(day));
    }
    matcher = YEAR_LAST.matcher(text);
    if (matcher.matches()) {
      int first = number(matcher.group(1));
      int second = number(matcher.group(3));
      return this == DAY_FIRST
          ? days(matcher.group(4), second, first)
          : days(matcher.group(4), first, second);
    }
    matcher = DAY_WORD.matcher(text);
    if (matcher.matches()) {
      return days(matcher.group(3), month(matcher.group(2)), number(matcher.group(1)));
    }
    matcher = WORD_DAY.matcher(text);
    if (matcher.matches()) {
      return days(matcher.group(3), month(matcher.group(1)), number(matcher.group(2)));
    }
    matcher = WORD_YEAR.matcher(text);
    if (matcher.matches()) {
      return days(matcher.group(2), month(matcher.group(1)), 1);
    }
    return Double.NaN;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static int month(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (int month = 0; month < MONTHS.length; month++) {
      if (MONTHS[month].startsWith(lower) || (lower.equals("sept") && month == 8)) {
        return month + 1;
      }
    }
    throw new DateTimeException("no month");
  }

  private static double days(String year, int month, int day) {
    int number = number(year);
    int whole = year.length() > 2 ? number : number < 70 ? 2000 + number : 1900 + number;
    return LocalDate.of(whole, month, day).toEpochDay() * 86_400.0;
  }

  private static double time(Matcher matcher, int before) {
    int hour = number(matcher.group(before + 1));
    String half = matcher.group(before + 5);
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("no hour of a half day");
      }
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    String second = matcher.group(before + 3);
    String fraction = matcher.group(before + 4);
    LocalTime time =
        LocalTime.of(hour, number(matcher.group(before + 2)), second == null ? 0 : number(second));
    double seconds = time.toSecondOfDay();
    if (fraction != null) {
      seconds += Double.parseDouble("0." + fraction);
    }
    String zone = matcher.group(before + 6);
    if (zone == null || zone.equals("Z") || zone.equals("UTC")) {
      return seconds;
    }
    return seconds - ZoneOffset.of(zone).getTotalSeconds();
  }

  /** The text of some seconds as ISO 8601 has it: no time of day at midnight. */
  String text(double seconds) {
    Instant instant = Instant.ofEpochMilli(Math.round(seconds * 1000));
    boolean midnight = Math.floorMod(Math.round(seconds * 1000), 86_400_000L) == 0;
    return midnight
        ? LocalDate.ofInstant(instant, ZoneOffset.UTC).toString()
        : instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
  }
}

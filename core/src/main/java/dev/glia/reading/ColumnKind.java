package dev.glia.reading;

import dev.glia.internal.text.OutsideText;
import java.util.Locale;

/** What a user says that a column holds. */
public enum ColumnKind {
  /** Numbers, whatever else stands among them. */
  NUMBER,
  /** Words, also where they look like numbers. */
  CATEGORY,
  /** Dates, with or without a time, or times. */
  DATE,
  /** Dates with the day before the month: 31/12/2024. */
  DAY_FIRST,
  /** Dates with the month before the day: 12/31/2024. */
  MONTH_FIRST,
  /** Nothing to learn from: the column is left out. */
  IGNORE;

  boolean isDate() {
    return this == DATE || this == DAY_FIRST || this == MONTH_FIRST;
  }

  /** The name in settings, such as {@code number}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of an {@link #id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ColumnKind of(String id) {
    for (ColumnKind kind : values()) {
      if (kind.id().equals(id.strip().toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "A column is one of number, category, date, day_first, month_first and ignore, got %s."
            .formatted(OutsideText.quoted(id)));
  }
}

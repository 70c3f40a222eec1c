package dev.glia.reading;

import dev.glia.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * What became of a column of a file.
 *
 * @param name what it is called
 * @param column what it holds; null where it was to be ignored
 * @param role what it is for
 * @param remark what a user should know of it; null if all is as expected
 */
public record ReadColumn(String name, @Nullable Column column, Role role, @Nullable String remark) {

  /** What a column is for. */
  public enum Role {
    /** To predict from. */
    FEATURE,
    /** To predict. */
    TARGET,
    /** Neither: it is of no use, or to be ignored. */
    LEFT_OUT
  }

  ReadColumn as(Role role) {
    return new ReadColumn(name, column, role, remark);
  }

  ReadColumn leftOut(String reason) {
    return new ReadColumn(name, column, Role.LEFT_OUT, reason);
  }

  ReadColumn of(Column column) {
    return new ReadColumn(name, column, role, remark);
  }
}

package dev.glia.table;

import dev.glia.internal.text.OutsideText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows and named columns, some of which are to be predicted from the others.
 *
 * <p>Immutable; {@link #select} gives a view of some rows that shares the columns' numbers.
 */
public final class Table {

  private final String name;
  private final List<Column> columns;
  private final List<String> targets;
  private final Map<String, Column> byName = new HashMap<>();
  private final Matrix features; // [rows][features]

  /**
   * A table of columns.
   *
   * @param name what it is called, such as {@code moons} or a file's name
   * @param targets the names of the columns to predict; none where nothing is known of them
   * @throws IllegalArgumentException if there is no column, two have one name, they differ in rows,
   *     or there is no column of a target's name, or it is named twice
   */
  public Table(String name, List<? extends Column> columns, List<String> targets) {
    this.name = OutsideText.checked("The name of a data set", name, OutsideText.NAME);
    this.columns = List.copyOf(columns);
    this.targets = List.copyOf(targets);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(name + " has no columns: at least one is needed.");
    }
    OutsideText.names("column", this.columns.stream().map(Column::name).toList());
    for (Column column : columns) {
      if (column.rows() != rows()) {
        throw new IllegalArgumentException(
            "%s has %d rows in the column %s and %d in %s: all must have as many."
                .formatted(
                    name,
                    rows(),
                    OutsideText.quoted(this.columns.getFirst().name()),
                    column.rows(),
                    OutsideText.quoted(column.name())));
      }
    }
    this.columns.forEach(column -> byName.put(column.name(), column));
    OutsideText.names("column to predict", targets);
    targets.forEach(this::column); // refuses one that is not there
    features = SideBySide.of(rows(), featureColumns().stream().map(Column::numbers).toList());
  }

  /**
   * A table of numbers and what to predict from them.
   *
   * @param names one name a column of the features
   * @param features {@code [rows][features]}, not copied
   * @param target {@code [rows]}
   * @throws IllegalArgumentException if there are not as many names as features, or as the
   *     constructor does
   */
  public static Table of(String name, List<String> names, Matrix features, Column target) {
    if (names.size() != features.columns()) {
      throw new IllegalArgumentException(
          "%s has %d features and %d names for them."
              .formatted(name, features.columns(), names.size()));
    }
    List<Column> columns = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      columns.add(new Numbers(names.get(column), features, column));
    }
    columns.add(target);
    return new Table(name, columns, List.of(target.name()));
  }

  /** A table of pictures and what to predict from them. */
  public static Table of(String name, Pixels pictures, Column target) {
    return new Table(name, List.of(pictures, target), List.of(target.name()));
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** The number of rows. */
  public int rows() {
    return columns.getFirst().rows();
  }

  /** All columns in order, those to predict among them. */
  public List<Column> columns() {
    return columns;
  }

  /**
   * The column of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Column column(String column) {
    return find(column)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s has no column %s: its columns are %s."
                    .formatted(
                        name,
                        OutsideText.quoted(column),
                        OutsideText.list(columns.stream().map(Column::name).toList()))));
  }

  /** The column of a name, if there is one. */
  public Optional<Column> find(String column) {
    return Optional.ofNullable(byName.get(column));
  }

  /**
   * Refuses a column of this table that lacks a value in a row.
   *
   * @throws IllegalArgumentException if one does, naming the first
   */
  public void refuseMissing(Column column) {
    for (int row = 0; row < column.rows(); row++) {
      if (column.missing(row)) {
        throw new IllegalArgumentException(
            "Row %d of %s has no value in the column %s: remove the row, or fill it in."
                .formatted(row + 1, name, OutsideText.quoted(column.name())));
      }
    }
  }

  /** The names of the columns to predict. */
  public List<String> targets() {
    return targets;
  }

  /**
   * The column to predict.
   *
   * @throws IllegalArgumentException if there is not exactly one
   */
  public Column target() {
    if (targets.size() != 1) {
      throw new IllegalArgumentException(
          targets.isEmpty()
              ? "%s says of no column that it is the one to predict: name one.".formatted(name)
              : "%s has %d columns to predict (%s), one was expected."
                  .formatted(name, targets.size(), OutsideText.list(targets)));
    }
    return column(targets.getFirst());
  }

  /**
   * The same table with other columns to predict.
   *
   * @throws IllegalArgumentException if there is no column of such a name
   */
  public Table predicting(List<String> targets) {
    return new Table(name, columns, targets);
  }

  /** The columns that are not to be predicted, in order. */
  public List<Column> featureColumns() {
    return columns.stream().filter(column -> !targets.contains(column.name())).toList();
  }

  /** The features as numbers, see {@link Column#numbers}; {@code [rows][features]}. */
  public Matrix features() {
    return features;
  }

  /** A name for each column of {@link #features}: pixels have names of their own. */
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    for (Column column : featureColumns()) {
      names.addAll(
          column instanceof Pixels pixels ? pixels.size().pixelNames() : List.of(column.name()));
    }
    return names;
  }

  /** The pictures' size where a picture is the only feature, else null. */
  public @Nullable ImageSize image() {
    List<Column> features = featureColumns();
    return features.size() == 1 && features.getFirst() instanceof Pixels pixels
        ? pixels.size()
        : null;
  }

  /** The given rows in the given order. */
  public Table select(int[] rows) {
    int[] kept = rows.clone();
    return new Table(name, columns.stream().map(c -> c.select(kept)).toList(), targets);
  }
}

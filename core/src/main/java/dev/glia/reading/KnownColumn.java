package dev.glia.reading;

import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of which its file says what it holds, under the name and as the kind that is wanted. */
final class KnownColumn {

  private KnownColumn() {}

  /** Whether a column is of a kind already; all are where nobody has named one. */
  static boolean is(Column column, @Nullable ColumnKind kind) {
    return kind == null
        || switch (column) {
          case Numbers numbers -> kind == ColumnKind.NUMBER;
          case Categories categories -> kind == ColumnKind.CATEGORY;
          case Dates dates -> kind.isDate();
          case Pixels pixels -> true; // nothing else can be made of them
        };
  }

  /** The texts of a column, to be read as what a user says. */
  static TextColumn texts(Column column) {
    TextColumn texts = new TextColumn(new MissingValues(Set.of()), true);
    for (int row = 0; row < column.rows(); row++) {
      texts.add(column.missing(row) ? "" : text(column, row));
    }
    return texts;
  }

  private static String text(Column column, int row) {
    return switch (column) {
      case Numbers numbers -> Categories.level(numbers.get(row));
      case Categories categories -> categories.levels().get(categories.code(row));
      case Dates dates -> dates.text(row);
      case Pixels pixels -> throw new IllegalStateException("Pictures have no text.");
    };
  }

  /** The same column under another name. */
  static Column named(Column column, String name) {
    if (column.name().equals(name)) {
      return column;
    }
    return switch (column) {
      case Numbers numbers -> new Numbers(name, numbers.numbers(), 0);
      case Categories categories -> {
        int[] codes = new int[categories.rows()];
        for (int row = 0; row < codes.length; row++) {
          codes[row] = categories.code(row);
        }
        yield new Categories(name, codes, categories.levels());
      }
      case Dates dates -> {
        double[] seconds = new double[dates.rows()];
        for (int row = 0; row < seconds.length; row++) {
          seconds[row] = dates.get(row);
        }
        yield new Dates(name, seconds, dates.format());
      }
      case Pixels pixels -> new Pixels(name, pixels.numbers(), pixels.size());
    };
  }
}

package dev.glia.studio.view;

import dev.glia.split.Parts;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.Locale;

/** How data can be drawn. */
public enum DataKind {
  /** Two numbers as features: points of a plane, classes or numbers at them. */
  PLANE,
  /** One number as feature, and a number to predict from it. */
  CURVE,
  /** Pixels. */
  IMAGES,
  /** Anything else. */
  TABLE;

  /**
   * The kind of a data set.
   *
   * @param classes whether classes are predicted from it
   */
  public static DataKind of(Parts data, boolean classes) {
    Table train = data.train();
    if (train.image() != null) {
      return IMAGES;
    }
    return switch (isDrawable(train) && isDrawable(data.watched())
        ? train.features().columns()
        : 0) {
      case 1 -> classes ? TABLE : CURVE;
      case 2 -> PLANE;
      default -> TABLE;
    };
  }

  /** Words have no place on an axis, nor has what is missing. */
  private static boolean isDrawable(Table rows) {
    return rows.featureColumns().stream()
        .allMatch(column -> column instanceof Numbers numbers && numbers.missing() == 0);
  }

  /** The word in answers, such as {@code plane}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

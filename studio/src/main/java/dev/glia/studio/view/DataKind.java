package dev.glia.studio.view;

import dev.glia.data.Numbers;
import dev.glia.data.Table;
import java.util.Locale;

/** How data can be drawn. */
public enum DataKind {
  /** Two features: points of a plane, classes or numbers at them. */
  PLANE,
  /** One feature and a number to predict from it. */
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
  public static DataKind of(Table data, boolean classes) {
    if (data.image() != null) {
      return IMAGES;
    }
    boolean numbers =
        data.featureColumns().stream().allMatch(c -> c instanceof Numbers n && n.missing() == 0);
    return switch (numbers ? data.features().columns() : 0) {
      case 1 -> classes ? TABLE : CURVE;
      case 2 -> PLANE;
      default -> TABLE;
    };
  }

  /** The word in answers, such as {@code plane}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

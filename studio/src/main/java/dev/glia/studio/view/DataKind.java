package dev.glia.studio.view;

import dev.glia.data.Dataset;
import dev.glia.data.NumberTarget;
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

  /** The kind of a data set. */
  public static DataKind of(Dataset data) {
    if (data.image() != null) {
      return IMAGES;
    }
    return switch (data.features().columns()) {
      case 1 -> data.target() instanceof NumberTarget ? CURVE : TABLE;
      case 2 -> PLANE;
      default -> TABLE;
    };
  }

  /** The word in answers, such as {@code plane}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

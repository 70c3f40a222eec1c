package dev.glia.data;

import dev.glia.internal.text.OutsideText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples to learn from: features and what to predict from them.
 *
 * @param name what it is called, such as {@code moons} or a file's name
 * @param featureNames one name a column
 * @param features {@code [rows][features]}
 * @param target {@code [rows]}
 * @param image the images' size when the features are pixels, else null
 */
public record Dataset(
    String name,
    List<String> featureNames,
    Matrix features,
    Target target,
    @Nullable ImageSize image) {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if rows, columns or pixels do not match, two features have one
   *     name, or a name has more than 1,000 characters
   */
  public Dataset {
    OutsideText.checked("The name of a data set", name, OutsideText.NAME);
    featureNames = OutsideText.names("feature", featureNames);
    if (features.rows() != target.rows()) {
      throw new IllegalArgumentException(
          "%s has %d rows of features and %d of targets: both must have one an example."
              .formatted(name, features.rows(), target.rows()));
    }
    if (featureNames.size() != features.columns()) {
      throw new IllegalArgumentException(
          "%s has %d features and %d names for them."
              .formatted(name, features.columns(), featureNames.size()));
    }
    if (image != null && image.pixels() != features.columns()) {
      throw new IllegalArgumentException(
          "%s has %d features, images of %d x %d have %d pixels."
              .formatted(name, features.columns(), image.width(), image.height(), image.pixels()));
    }
  }

  /** A table without images. */
  public Dataset(String name, List<String> featureNames, Matrix features, Target target) {
    this(name, featureNames, features, target, null);
  }

  /** The number of examples. */
  public int rows() {
    return features.rows();
  }

  /** The given rows in the given order. */
  public Dataset select(int[] rows) {
    return new Dataset(name, featureNames, features.select(rows), target.select(rows), image);
  }
}

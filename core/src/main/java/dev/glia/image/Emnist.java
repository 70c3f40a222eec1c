package dev.glia.image;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.ByteMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of the sets of EMNIST (Cohen and others, 2017): handwritten letters and digits in IDX files
 * such as {@code emnist-letters-train-images-idx3-ubyte}.
 *
 * <p>Its pictures stand there column by column, where MNIST's stand row by row; read here, they are
 * as MNIST's.
 *
 * @param prefix what its files' names begin with, such as {@code emnist-letters}
 * @param classNames what its labels stand for
 * @param firstLabel the label of the first class
 */
record Emnist(String prefix, List<String> classNames, int firstLabel) {

  private static final Pattern FILE =
      Pattern.compile("(emnist-[a-z]+)-(train|test)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?");

  private static final String DIGITS = "0123456789";
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";
  private static final String SMALL_THAT_DIFFER = "abdefghnqrt"; // the others look like capitals

  Emnist {
    classNames = List.copyOf(classNames);
  }

  /**
   * The set in a folder; null if there is none.
   *
   * @throws InvalidDataException if there are several
   */
  static @Nullable Emnist in(Path folder) throws IOException {
    TreeSet<String> prefixes = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          prefixes.add(name.group(1));
        }
      }
    }
    if (prefixes.size() > 1) {
      throw new InvalidDataException(
          "%s holds the files of several sets, %s: put those of one into a folder of their own."
              .formatted(folder, OutsideText.list(List.copyOf(prefixes))));
    }
    return prefixes.isEmpty() ? null : of(prefixes.first());
  }

  private static Emnist of(String prefix) {
    return switch (prefix) {
      case "emnist-letters" -> new Emnist(prefix, characters(CAPITALS), 1);
      case "emnist-byclass" -> new Emnist(prefix, characters(DIGITS + CAPITALS + SMALL), 0);
      case "emnist-bymerge", "emnist-balanced" ->
          new Emnist(prefix, characters(DIGITS + CAPITALS + SMALL_THAT_DIFFER), 0);
      default -> new Emnist(prefix, characters(DIGITS), 0); // digits and mnist
    };
  }

  private static List<String> characters(String text) {
    List<String> characters = new ArrayList<>();
    text.chars().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  /** The same pictures with rows and columns exchanged. */
  static IdxImages upright(IdxImages images) {
    int width = images.size().width();
    int height = images.size().height();
    ByteMatrix pixels = images.pixels();
    byte[] upright = new byte[pixels.rows() * pixels.columns()];
    for (int row = 0; row < pixels.rows(); row++) {
      int start = row * pixels.columns();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          upright[start + x * height + y] = (byte) pixels.get(row, y * width + x);
        }
      }
    }
    return new IdxImages(
        new ByteMatrix(pixels.rows(), pixels.columns(), upright),
        new ImageSize(/* width= */ height, /* height= */ width));
  }
}

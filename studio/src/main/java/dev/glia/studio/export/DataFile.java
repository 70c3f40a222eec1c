package dev.glia.studio.export;

import dev.glia.csv.Csv;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.settings.Settings;
import dev.glia.table.Categories;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** The data of a run as a CSV file, such that the command reads the same rows from it. */
public final class DataFile {

  /** The settings that the file takes the place of. */
  static final Set<String> KEYS = Set.of("data", "points", "csv", "csv-name");

  private static final int MOST_NUMBERS = 8_000_000; // some 30 MB of text

  private DataFile() {}

  /** Whether the data are the user's own, so that nobody else can make them. */
  static boolean isNeeded(Settings settings) {
    return settings.dataName().equals("points") || settings.dataName().equals("csv");
  }

  /** What the file is called: a name without a folder. */
  public static String nameOf(Settings settings) {
    if (!settings.dataName().equals("csv")) {
      return settings.dataName() + ".csv";
    }
    String given = settings.given().getOrDefault("csv-name", "");
    // The command takes a name's beginning for the data set's name, and a comment is one line.
    boolean usable =
        !given.isBlank()
            && given.chars().anyMatch(c -> c != '.')
            && given.codePoints().noneMatch(DataFile::breaks);
    return usable ? given : "data.csv";
  }

  /** What ends a line or is a part of a path somewhere. */
  private static boolean breaks(int character) {
    return Character.isISOControl(character)
        || character == '\u2028'
        || character == '\u2029'
        || character == '/'
        || character == '\\';
  }

  /**
   * The file's content: what the user gave, or the rows that were made.
   *
   * @throws Refusal if there are too many numbers for a page
   * @throws IOException never
   */
  public static byte[] contentOf(Settings settings) throws IOException {
    if (settings.dataName().equals("csv")) {
      return Objects.requireNonNull(settings.given().get("csv")).getBytes(StandardCharsets.UTF_8);
    }
    Table data = settings.data();
    long numbers = (long) data.rows() * data.features().columns();
    if (numbers > MOST_NUMBERS) {
      throw new Refusal(
          413,
          "%s has %d rows of %d numbers, too many for a CSV file from a page: \"glia data\" gives the files themselves."
              .formatted(data.name(), data.rows(), data.features().columns()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Csv.write(settings.dataName().equals("points") ? readable(data) : data, out);
    return out.toByteArray();
  }

  /**
   * Points with classes that are words if numbers would be taken for what is to be predicted: three
   * or more classes, one of them with too few points.
   */
  private static Table readable(Table points) {
    if (!(points.target() instanceof Categories target)
        || new Numbers(target.name(), target.numbers(), 0).nameClasses()) {
      return points;
    }
    int[] classes = new int[target.rows()];
    for (int row = 0; row < classes.length; row++) {
      classes[row] = target.code(row);
    }
    return Table.of(
        points.name(),
        points.featureNames(),
        points.features(),
        new Categories(
            target.name(),
            classes,
            target.levels().stream().map(name -> "class " + name).toList()));
  }
}

package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.ByteMatrix;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grey pictures of handwritten digits, 28 x 28 pixels as MNIST's, which Glia draws itself: they
 * need no download.
 *
 * <p>Each digit is written in one of a few ways and varies in the run of its strokes, width, slant,
 * turn, size, place and thickness. As in MNIST it is about 20 pixels large, its centre of mass is
 * near the middle, ink is white (255) and paper black (0). The classes are equally frequent.
 *
 * @param samples number of pictures, at least 10
 * @param noise standard deviation of the grain in the picture as a share of white, 0 for none; what
 *     stays under an eighth of white is black
 * @param shuffle whether the rows come in random order, or digit by digit
 * @param seed 0 to 2^32 - 1
 */
public record Digits(int samples, double noise, boolean shuffle, long seed) implements Generator {

  private static final int SIZE = 28;
  private static final int CLASSES = 10;
  private static final int MOST_SAMPLES = 2_000_000; // their pixels must fit one array
  private static final double PRESSURE = 1.25; // how much thicker a stroke's end can be than meant
  private static final double WHITE = 255;
  private static final double BLACK = WHITE / 8;

  /** Checks the settings. */
  public Digits {
    Points.check("digits", samples, CLASSES, noise);
    if (samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "digits makes at most %d samples, got %d.".formatted(MOST_SAMPLES, samples));
    }
  }

  /** A set that trains within seconds: 5,000 digits, noise 0.05, shuffled, seed 0. */
  public static Digits standard() {
    return new Digits(5000, 0.05, true, 0);
  }

  @Override
  public Table generate() {
    RandomState random = new RandomState(seed);
    int[] classes = classes(random);
    byte[] pixels = new byte[samples * SIZE * SIZE];
    PenCanvas canvas = new PenCanvas(SIZE);
    DigitPath path = new DigitPath();
    for (int row = 0; row < samples; row++) {
      canvas.clear();
      path.clear();
      write(classes[row], path, canvas, random);
      develop(canvas, pixels, row * SIZE * SIZE, random);
    }
    ImageSize image = new ImageSize(SIZE, SIZE);
    return Table.of(
        "digits",
        new Pixels("image", new ByteMatrix(samples, SIZE * SIZE, pixels), image),
        new Categories(
            "label", classes, IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList()));
  }

  private int[] classes(RandomState random) {
    int[] ordered = new int[samples];
    int filled = 0;
    for (int c = 0; c < CLASSES; c++) {
      int count = samples / CLASSES + (c < samples % CLASSES ? 1 : 0);
      for (int i = 0; i < count; i++) {
        ordered[filled++] = c;
      }
    }
    if (shuffle) {
      random.shuffle(ordered);
    }
    return ordered;
  }

  /** One digit by an unsteady hand. */
  private static void write(int digit, DigitPath path, PenCanvas canvas, RandomState random) {
    List<double[][]> ways = DigitShapes.ALL.get(digit);
    for (double[] stroke : ways.get((int) random.randint(0, ways.size()))) {
      path.addStroke(unsteady(stroke, random));
    }
    path.bend(random.normal(0, 0.35), random.normal(0, 0.07), random.normal(0, 0.06));
    double width = 0.72 * StrictMath.exp(random.normal(0, 0.18));
    double slant = Math.clamp(random.normal(0.15, 0.22), -0.4, 0.7);
    double turn = random.normal(0, 0.1);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    path.transform(width, -slant, 0, 1);
    path.transform(cos, -sin, sin, cos);
    double radius = Math.clamp(1.35 * StrictMath.exp(random.normal(0, 0.3)), 0.75, 2.1);
    double pressure = random.uniform(1 / PRESSURE, PRESSURE);
    double size = random.uniform(18, 21) - 2 * radius;
    double centerX = SIZE / 2.0 + random.normal(0, 0.6);
    double centerY = SIZE / 2.0 + random.normal(0, 0.6);
    path.place(size, centerX, centerY, PRESSURE * radius + 1, SIZE);
    path.draw(canvas, radius * pressure, radius / pressure);
  }

  /** The points of a stroke, each a little off; a corner's two points stay together. */
  private static double[] unsteady(double[] stroke, RandomState random) {
    double[] points = stroke.clone();
    for (int i = 0; i < points.length; i += 2) {
      boolean corner = i > 0 && stroke[i] == stroke[i - 2] && stroke[i + 1] == stroke[i - 1];
      points[i] = corner ? points[i - 2] : stroke[i] + random.normal(0, 0.035);
      points[i + 1] = corner ? points[i - 1] : stroke[i + 1] + random.normal(0, 0.035);
    }
    return points;
  }

  private void develop(PenCanvas canvas, byte[] pixels, int offset, RandomState random) {
    for (int i = 0; i < SIZE * SIZE; i++) {
      double grey = WHITE * canvas.light(i);
      if (noise > 0) {
        grey += WHITE * random.normal(0, noise);
      }
      pixels[offset + i] = (byte) (grey < BLACK ? 0 : (int) Math.min(WHITE, grey + 0.5));
    }
  }
}

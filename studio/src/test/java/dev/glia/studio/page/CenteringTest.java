package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page's arithmetic from a drawing to the 28 x 28 pixels that a network was trained on. */
class CenteringTest extends PageTest {

  private static final int SIDE = 28;
  private static final int BOX = 20;
  private static final int FAINT = 8;

  private Page page;

  @BeforeEach
  void openPage() {
    page = open("data=moons");
    page.setDefaultTimeout(PATIENCE);
  }

  @Test
  void aPictureIsTheJavaVersions() {
    int[][] boxes = { // left, top, width, height
      {0, 0, 40, 120}, {30, 60, 200, 100}, {150, 11, 97, 97}, {3, 3, 7, 11}, {1, 200, 278, 60}
    };
    for (int[] box : boxes) {
      Drawing drawing = new Drawing(280, 280);
      drawing.slantedStroke(box[0], box[1], box[2], box[3]);
      assertThat(difference(center(drawing), reference(drawing)))
          .as(Arrays.toString(box))
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void itsLongerSideFillsTwentyPixelsAndItsProportionsStay() {
    int[][] boxes = {{10, 20, 60, 180}, {100, 30, 150, 50}, {40, 40, 200, 200}, {200, 200, 9, 9}};
    for (int[] box : boxes) {
      Drawing drawing = new Drawing(280, 280);
      drawing.rectangle(box[0], box[1], box[2], box[3]);
      int[] picture = center(drawing);
      double longer = Math.max(box[2], box[3]);
      double wide = side(picture, 1);
      double high = side(picture, SIDE);
      assertThat(wide).isCloseTo(BOX * box[2] / longer, within(0.1));
      assertThat(high).isCloseTo(BOX * box[3] / longer, within(0.1));
      assertThat(ink(picture)).isCloseTo(wide * high, within(0.02 * wide * high));
    }
  }

  @Test
  void theCentreOfMassIsTheMiddle() {
    Drawing seven = new Drawing(280, 280);
    seven.line(40, 50, 150, 50, 14);
    seven.line(150, 50, 90, 220, 14);
    double[] mass = centreOfMass(center(seven));
    assertThat(mass[0]).isCloseTo(14, within(0.5));
    assertThat(mass[1]).isCloseTo(14, within(0.5));
  }

  @Test
  void aDrawingIsTheSameWhereverItStandsAndHoweverLargeItIs() {
    Drawing here = new Drawing(280, 280);
    here.rectangle(20, 30, 40, 80);
    here.rectangle(60, 30, 20, 10);
    Drawing there = new Drawing(280, 280);
    there.rectangle(137, 151, 40, 80);
    there.rectangle(177, 151, 20, 10);
    Drawing large = new Drawing(280, 280);
    large.rectangle(4, 6, 120, 240);
    large.rectangle(124, 6, 60, 30);
    int[] picture = center(here);
    assertThat(difference(center(there), picture)).isLessThanOrEqualTo(1);
    assertThat(difference(center(large), picture)).isLessThanOrEqualTo(1);
  }

  @Test
  void withoutInkThereIsNone() {
    assertThat(center(new Drawing(280, 280))).containsOnly(0).hasSize(SIDE * SIDE);
  }

  @Test
  void theFaintRimOfAStrokeIsNoInk() {
    Drawing clean = new Drawing(100, 100);
    clean.rectangle(40, 30, 20, 40);
    Drawing rimmed = new Drawing(100, 100);
    rimmed.rectangle(40, 30, 20, 40);
    for (int y = 10; y < 90; y++) {
      rimmed.put(20, y, FAINT - 1);
    }
    assertThat(center(rimmed)).isEqualTo(center(clean));
  }

  @Test
  void aSingleDotFillsTheBoxInTheMiddle() {
    Drawing drawing = new Drawing(280, 280);
    drawing.put(271, 3, 255);
    int[] picture = center(drawing);
    assertThat(picture).isEqualTo(reference(drawing));
    assertThat(ink(picture)).isEqualTo(BOX * BOX);
    assertThat(centreOfMass(picture)).containsExactly(14, 14);
  }

  @Test
  void aLineAtTheBorderComesIntoTheMiddle() {
    for (boolean upright : List.of(true, false)) {
      Drawing drawing = new Drawing(280, 280);
      drawing.rectangle(upright ? 279 : 0, upright ? 0 : 279, upright ? 1 : 280, upright ? 280 : 1);
      int[] picture = center(drawing);
      assertThat(difference(picture, reference(drawing))).isLessThanOrEqualTo(1);
      double[] mass = centreOfMass(picture);
      assertThat(mass[0]).isCloseTo(14, within(0.5));
      assertThat(mass[1]).isCloseTo(14, within(0.5));
      assertThat(ink(picture)).isCloseTo(20 * 20 / 280.0, within(0.2));
    }
  }

  @Test
  void inkThatHasItsWeightAtOneEndStaysInsideThePicture() {
    Drawing drawing = new Drawing(280, 280);
    drawing.rectangle(20, 20, 60, 60);
    drawing.rectangle(80, 49, 180, 2);
    int[] picture = center(drawing);
    double expected = 20.0 / 240 * 20 / 240 * (60 * 60 + 180 * 2);
    assertThat(ink(picture)).isCloseTo(expected, within(0.02 * expected));
    assertThat(difference(picture, reference(drawing))).isLessThanOrEqualTo(1);
  }

  /** What the page makes of it. */
  private int[] center(Drawing drawing) {
    List<?> pixels =
        (List<?>)
            page.evaluate(
                """
                async ({ ink, width, height }) => {
                  const { center } = await import("/js/digits/center.js");
                  const all = Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0));
                  return Array.from(center(all, width, height));
                }
                """,
                Map.of("ink", drawing.base64(), "width", drawing.width, "height", drawing.height));
    return pixels.stream().mapToInt(pixel -> ((Number) pixel).intValue()).toArray();
  }

  /** The same, each pixel of the drawing poured out over those of the picture. */
  private static int[] reference(Drawing drawing) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < drawing.height; y++) {
      for (int x = 0; x < drawing.width; x++) {
        if (drawing.at(x, y) >= FAINT) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    double weight = 0;
    double massX = 0;
    double massY = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        weight += drawing.at(x, y);
        massX += drawing.at(x, y) * (x + 0.5);
        massY += drawing.at(x, y) * (y + 0.5);
      }
    }
    double scale = (double) BOX / Math.max(right - left, bottom - top);
    double wide = (right - left) * scale;
    double high = (bottom - top) * scale;
    double originX = Math.clamp(14 - (massX / weight - left) * scale, 0, SIDE - wide);
    double originY = Math.clamp(14 - (massY / weight - top) * scale, 0, SIDE - high);
    double[] sums = new double[SIDE * SIDE];
    for (int y = 0; y < drawing.height; y++) {
      for (int x = 0; x < drawing.width; x++) {
        double fromX = originX + (x - left) * scale;
        double fromY = originY + (y - top) * scale;
        for (int row = 0; row < SIDE; row++) {
          double overlapY = Math.min(row + 1, fromY + scale) - Math.max(row, fromY);
          for (int column = 0; overlapY > 0 && column < SIDE; column++) {
            double overlapX = Math.min(column + 1, fromX + scale) - Math.max(column, fromX);
            sums[row * SIDE + column] += drawing.at(x, y) * overlapY * Math.max(0, overlapX);
          }
        }
      }
    }
    int[] picture = new int[sums.length];
    for (int i = 0; i < sums.length; i++) {
      picture[i] = (int) Math.round(Math.min(255, sums[i]));
    }
    return picture;
  }

  private static int difference(int[] one, int[] other) {
    int largest = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  /** The ink of a picture, in full pixels. */
  private static double ink(int[] picture) {
    return IntStream.of(picture).sum() / 255.0;
  }

  /** How long a full rectangle is, from the fullest line along a side: 1 across, 28 down. */
  private static double side(int[] picture, int step) {
    long longest = 0;
    for (int line = 0; line < SIDE; line++) {
      long sum = 0;
      for (int i = 0; i < SIDE; i++) {
        sum += picture[step == 1 ? line * SIDE + i : i * SIDE + line];
      }
      longest = Math.max(longest, sum);
    }
    return longest / 255.0;
  }

  private static double[] centreOfMass(int[] picture) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < picture.length; i++) {
      sum += picture[i];
      x += picture[i] * (i % SIDE + 0.5);
      y += picture[i] * (Math.floorDiv(i, SIDE) + 0.5);
    }
    return new double[] {x / sum, y / sum};
  }

  /** Ink on paper. */
  private static final class Drawing {

    private final int width;
    private final int height;
    private final byte[] ink; // [height][width]

    Drawing(int width, int height) {
      this.width = width;
      this.height = height;
      ink = new byte[width * height];
    }

    int at(int x, int y) {
      return ink[y * width + x] & 0xFF;
    }

    void put(int x, int y, int grey) {
      ink[y * width + x] = (byte) grey;
    }

    void rectangle(int left, int top, int wide, int high) {
      for (int y = top; y < top + high; y++) {
        for (int x = left; x < left + wide; x++) {
          put(x, y, 255);
        }
      }
    }

    void line(int x0, int y0, int x1, int y1, int thick) {
      List<double[]> dots = new ArrayList<>();
      int steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
      for (int i = 0; i <= steps; i++) {
        dots.add(
            new double[] {
              x0 + (double) i / steps * (x1 - x0), y0 + (double) i / steps * (y1 - y0)
            });
      }
      for (double[] dot : dots) {
        rectangle((int) dot[0] - thick / 2, (int) dot[1] - thick / 2, thick, thick);
      }
    }

    /** A triangle in a box, its greys growing to the right: uneven in both directions. */
    void slantedStroke(int left, int top, int wide, int high) {
      for (int y = 0; y < high; y++) {
        for (int x = 0; x <= (long) y * (wide - 1) / high; x++) {
          put(left + x, top + y, 60 + 195 * x / wide);
        }
      }
      put(left + wide - 1, top + high - 1, 255);
    }

    String base64() {
      return Base64.getEncoder().encodeToString(ink);
    }
  }
}

package dev.glia.plot.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvgCanvasTest {

  /** A picture of 10 x 10 pixels that shows one raster. */
  private static String svg(Raster raster) {
    return SvgCanvas.draw("Raster", 10, 10, (canvas, box) -> canvas.raster(raster, box));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "0.5,0.5", "12.345,12.35", "-0.05,-0.05", "-3.1,-3.1", "0.001,0", "-0.001,0"})
  void numbersAreShort(double value, String text) {
    assertThat(SvgCanvas.text(value)).isEqualTo(text);
  }

  @Test
  void coloursAreShort() {
    assertThat(SvgCanvas.colour(0xFFFFFF)).isEqualTo("#fff");
    assertThat(SvgCanvas.colour(0x0072B2)).isEqualTo("#0072b2");
  }

  @Test
  void aPlainRasterBecomesAFewRectangles() {
    int[] halves = new int[400];
    Arrays.fill(halves, 200, 400, 0xFF0000);

    String svg = svg(new Raster(20, 20, halves, false));

    assertThat(svg).contains("d=\"M0 0h20v10h-20z\"", "d=\"M0 10h20v10h-20z\"");
    assertThat(svg).doesNotContain("<image");
  }

  @Test
  void aDetailedRasterBecomesAnImage() {
    int[] noise = new int[400];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (i * 7919) % 256 * 0x010101;
    }

    String svg = svg(new Raster(20, 20, noise, false));

    assertThat(svg).contains("<image", "image-rendering:pixelated", "data:image/png;base64,");
  }

  @Test
  void everyKindOfRasterKeepsItsColours() {
    for (int colours : new int[] {2, 3, 12, 200, 400}) {
      int[] rgb = new int[400];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = i % colours * 0x010307 & 0xFFFFFF;
      }
      Raster raster = new Raster(20, 20, rgb, false);
      for (int i = 0; i < rgb.length; i++) {
        assertThat(raster.toImage().getRGB(i % 20, i / 20) & 0xFFFFFF).isEqualTo(rgb[i]);
      }
    }
  }
}

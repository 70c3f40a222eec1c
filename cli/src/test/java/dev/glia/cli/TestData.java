package dev.glia.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Small files to train on. */
final class TestData {

  private TestData() {}

  /** Writes a CSV file of 60 rows: two features a, b in a spiral about 0, and a target y. */
  static Path table(Path file, IntFunction<String> target) throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int row = 0; row < 60; row++) {
      text.append("%s,%s,%s%n".formatted(a(row), b(row), target.apply(row)));
    }
    return Files.writeString(file, text);
  }

  static double a(int row) {
    return Math.round(1000 * row * Math.cos(row)) / 1000.0;
  }

  static double b(int row) {
    return Math.round(1000 * row * Math.sin(row)) / 1000.0;
  }

  /** Writes MNIST's two files of one part: images of 3 x 2 pixels, whose brightest is the label. */
  static void idx(Path folder, String part, int images, int labels) throws IOException {
    Files.createDirectories(folder);
    ByteBuffer pixels = ByteBuffer.allocate(16 + 6 * images);
    pixels.putInt(0x0803).putInt(images).putInt(2).putInt(3);
    for (int image = 0; image < images; image++) {
      for (int pixel = 0; pixel < 6; pixel++) {
        pixels.put((byte) (pixel == image % 3 ? 200 + image : 10 * pixel));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), pixels.array());
    ByteBuffer classes = ByteBuffer.allocate(8 + labels);
    classes.putInt(0x0801).putInt(labels);
    for (int label = 0; label < labels; label++) {
      classes.put((byte) (label % 3));
    }
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), classes.array());
  }
}

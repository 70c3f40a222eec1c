package dev.glia.fuzz;

import dev.glia.image.IdxFile;
import dev.glia.image.IdxImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** IDX files: every byte is where the format has it, and gzip changes nothing. */
public final class IdxFuzz {

  private IdxFuzz() {}

  /** An input is the file, packed or not; one that is not is read packed too. */
  public static void fuzzerTestOneInput(byte[] input) {
    Path file = Scratch.file("idx", input);
    Optional<byte[]> images = images(input.length, file);
    Optional<byte[]> labels = labels(input.length, file);
    if (input.length >= 2 && input[0] == 0x1F && input[1] == (byte) 0x8B) {
      checkIs(images, unpacked(images, input));
      checkIs(labels, unpacked(labels, input));
      return;
    }
    checkIs(images, input);
    checkIs(labels, input);
    Path packed = Scratch.file("idx.gz", packed(input));
    checkSame(images, images(input.length, packed));
    checkSame(labels, labels(input.length, packed));
  }

  /** The file that holds what was read. */
  private static Optional<byte[]> images(int length, Path file) {
    return Reading.of(
        length,
        () -> {
          IdxImages images = IdxFile.readImages(file);
          int rows = images.pixels().rows();
          int columns = images.pixels().columns();
          ByteBuffer bytes = ByteBuffer.allocate(16 + rows * columns);
          bytes.putInt(0x0803).putInt(rows);
          bytes.putInt(images.size().height()).putInt(images.size().width());
          for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
              bytes.put((byte) (int) images.pixels().get(row, column));
            }
          }
          return bytes.array();
        });
  }

  private static Optional<byte[]> labels(int length, Path file) {
    return Reading.of(
        length,
        () -> {
          int[] labels = IdxFile.readLabels(file);
          ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
          bytes.putInt(0x0801).putInt(labels.length);
          for (int label : labels) {
            bytes.put((byte) label);
          }
          return bytes.array();
        });
  }

  private static void checkIs(Optional<byte[]> read, byte[] file) {
    if (read.isPresent() && !Arrays.equals(read.get(), file)) {
      throw new AssertionError("What was read is not what the file holds.");
    }
  }

  private static void checkSame(Optional<byte[]> plain, Optional<byte[]> packed) {
    if (plain.isPresent() != packed.isPresent()
        || (plain.isPresent() && !Arrays.equals(plain.get(), packed.get()))) {
      throw new AssertionError("The same file is read otherwise when it is packed.");
    }
  }

  private static byte[] packed(byte[] content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(content);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a packed file holds, if it is wanted. */
  private static byte[] unpacked(Optional<byte[]> wanted, byte[] input) {
    if (wanted.isEmpty()) {
      return input;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(input))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("A file was read that does not unpack.", e);
    }
  }
}

package dev.glia.image;

import dev.glia.table.ByteMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads one file in the IDX format of MNIST: unsigned bytes, packed by gzip or not.
 *
 * <p>A file begins with a big-endian magic number (0x0803 for images, 0x0801 for labels) and the
 * size of each dimension; the bytes follow. Whether it is gzip is seen from its first bytes, not
 * from its name.
 */
public final class IdxFile {

  private static final int IMAGES_MAGIC = 0x0803; // unsigned bytes, three dimensions
  private static final int LABELS_MAGIC = 0x0801; // unsigned bytes, one dimension
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int BUFFER = 1 << 16;

  /** More than gzip usually makes of a byte; drawings are packed to a fifth. */
  private static final int USUAL_PACKING = 16;

  /** More than gzip makes of any pictures; of zeros it makes a thousandth. */
  private static final int MOST_PACKING = 200;

  /** But so few bytes do no harm, were they all zeros. */
  private static final long FEW_BYTES = 64L << 20;

  /** Each pixel is a feature with a name, and a weight a unit. */
  private static final long MOST_PIXELS = 1 << 20;

  private final Path file;
  private final InputStream in;

  private IdxFile(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads images.
   *
   * @throws InvalidDataException if the file does not exist, is cut, or is not an image file
   * @throws IOException if reading fails
   */
  public static IdxImages readImages(Path file) throws IOException {
    return read(file, IdxFile::images);
  }

  /**
   * Reads labels, each 0 to 255.
   *
   * @throws InvalidDataException if the file does not exist, is cut, or is not a label file
   * @throws IOException if reading fails
   */
  public static int[] readLabels(Path file) throws IOException {
    return read(file, IdxFile::labels);
  }

  /** The bytes of a file, unpacked if they are gzip. */
  static InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " An IDX file was expected there.");
    }
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(2);
      int first = raw.read() << 8 | raw.read();
      raw.reset();
      return first == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (IOException e) {
      raw.close();
      throw damaged(file, e);
    }
  }

  private interface Content<T> {
    T read(IdxFile file) throws IOException;
  }

  private static <T> T read(Path file, Content<T> content) throws IOException {
    try (InputStream in = open(file)) {
      return content.read(new IdxFile(file, in));
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    }
  }

  /** The sentence for a gzip stream that ends too early or does not unpack. */
  static IOException damaged(Path file, IOException e) {
    if (e instanceof EOFException) {
      return new InvalidDataException(
          file + " is cut: its gzip stream ends in the middle. Copy or download it again.", e);
    }
    if (e instanceof ZipException) {
      return new InvalidDataException(
          "%s is damaged: its gzip stream does not unpack (%s). Copy or download it again."
              .formatted(file, e.getMessage()),
          e);
    }
    return e;
  }

  private IdxImages images() throws IOException {
    expectMagic(IMAGES_MAGIC, "images");
    long count = readSize("number of images");
    long height = readSize("height");
    long width = readSize("width");
    // Each is below 2^31: a product of two fits a long, and so does one of three when two are
    // small.
    if (height * width > Integer.MAX_VALUE || count * (height * width) > Integer.MAX_VALUE) {
      throw new InvalidDataException(
          "%s: its header promises %d images of %d x %d pixels, more than 2 GiB: it is damaged."
              .formatted(file, count, width, height));
    }
    if (height * width > MOST_PIXELS) {
      throw new InvalidDataException(
          "%s has images of %d x %d pixels: at most %d pixels are taken, make them smaller."
              .formatted(file, width, height, MOST_PIXELS));
    }
    byte[] pixels = readContent(count * height * width, 1, "images", count);
    return new IdxImages(
        new ByteMatrix((int) count, (int) (height * width), pixels),
        new ImageSize((int) width, (int) height));
  }

  private int[] labels() throws IOException {
    expectMagic(LABELS_MAGIC, "labels");
    long count = readSize("number of labels");
    byte[] bytes = readContent(count, 1 + Integer.BYTES, "labels", count);
    int[] labels = new int[bytes.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = bytes[row] & 0xFF;
    }
    return labels;
  }

  private void checkMemory(long bytes, String what, long count) throws InvalidDataException {
    if (bytes <= FEW_BYTES || bytes <= free()) {
      return;
    }
    System.gc(); // much of what seems to be in use may be forgotten already
    long free = free();
    if (bytes > free) {
      throw new InvalidDataException(
          ("%s: its %d %s need %d MB of memory, %d MB are free. Take fewer, or give Java more, as"
                  + " by -Xmx%dg.")
              .formatted(
                  file,
                  count,
                  what,
                  bytes >> 20,
                  free >> 20,
                  Math.ceilDiv(Runtime.getRuntime().maxMemory() + 2 * bytes, 1L << 30)));
    }
  }

  private static long free() {
    Runtime machine = Runtime.getRuntime();
    return machine.maxMemory() - (machine.totalMemory() - machine.freeMemory());
  }

  private void expectMagic(int expected, String what) throws IOException {
    int magic = readInt();
    if (magic == expected) {
      return;
    }
    String hint =
        switch (magic) {
          case IMAGES_MAGIC -> "It is a file of images.";
          case LABELS_MAGIC -> "It is a file of labels.";
          default -> "It is not an IDX file of unsigned bytes.";
        };
    throw new InvalidDataException(
        "%s: an IDX file of %s begins with the number 0x%08x, got 0x%08x. %s"
            .formatted(file, what, expected, magic, hint));
  }

  private long readSize(String what) throws IOException {
    int size = readInt();
    if (size < 1) {
      throw new InvalidDataException(
          "%s: its header gives %d as the %s, it must be 1 to %d."
              .formatted(file, size & 0xFFFFFFFFL, what, Integer.MAX_VALUE));
    }
    return size;
  }

  private int readInt() throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw new InvalidDataException(
          file + " ends within its header. It is cut, or not an IDX file.");
    }
    return ByteBuffer.wrap(bytes).getInt(); // big-endian, as the format
  }

  /**
   * Reads the rest, which must be just so long. Memory grows with what is there to read.
   *
   * @param each how much memory a byte of the file needs
   */
  private byte[] readContent(long expected, int each, String what, long count) throws IOException {
    long packed = Files.size(file);
    boolean gzip = in instanceof GZIPInputStream;
    if (gzip && expected > FEW_BYTES && expected > MOST_PACKING * packed) {
      throw new InvalidDataException(
          ("%s: its header promises %d %s (%d bytes) in a gzip file of %d bytes: no pictures are"
                  + " packed so small. If it is right, unpack it by gunzip first.")
              .formatted(file, count, what, expected, packed));
    }
    if (gzip || expected <= packed) { // else it is cut, which is told below
      checkMemory(expected * each, what, count);
    }
    byte[] content = new byte[(int) Math.min(expected, gzip ? packed * USUAL_PACKING : packed)];
    int length = in.readNBytes(content, 0, content.length);
    while (length == content.length && length < expected) {
      content = Arrays.copyOf(content, (int) Math.min(expected, 2L * length));
      length += in.readNBytes(content, length, content.length - length);
    }
    if (length < expected) {
      throw new InvalidDataException(
          "%s: its header promises %d %s (%d bytes), only %d bytes follow. Copy or download it again."
              .formatted(file, count, what, expected, length));
    }
    if (in.read() >= 0) {
      throw new InvalidDataException(
          "%s: its header promises %d %s (%d bytes), more bytes follow. Its header is wrong."
              .formatted(file, count, what, expected));
    }
    return content;
  }
}

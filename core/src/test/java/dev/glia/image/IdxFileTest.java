package dev.glia.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxFileTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private void assertImagesRefused(byte[] bytes, String message) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> IdxFile.readImages(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  private void assertLabelsRefused(byte[] bytes, String message) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> IdxFile.readLabels(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void readsImagesPackedOrNot() throws IOException {
    byte[] bytes = IdxFiles.images(3, 2, 4, 240);
    for (byte[] written : new byte[][] {bytes, IdxFiles.gzip(bytes)}) {
      IdxImages images = IdxFile.readImages(file(written));
      assertThat(images.size()).isEqualTo(new ImageSize(4, 2));
      assertThat(images.pixels().rows()).isEqualTo(3);
      assertThat(images.pixels().columns()).isEqualTo(8);
      assertThat(images.pixels().get(0, 0)).isEqualTo(240);
      assertThat(images.pixels().get(1, 7)).isEqualTo(255);
      assertThat(images.pixels().get(2, 0)).isZero();
    }
  }

  @Test
  void readsLabelsPackedOrNot() throws IOException {
    byte[] bytes = IdxFiles.labels(7, 0, 255);
    for (byte[] written : new byte[][] {bytes, IdxFiles.gzip(bytes)}) {
      assertThat(IdxFile.readLabels(file(written))).containsExactly(7, 0, 255);
    }
  }

  /** Zeros: gzip makes a thousandth of them, so this file has some 100 KB. */
  @Test
  void whatNoPicturesArePackedToIsNotUnpacked() throws IOException {
    int count = 100_000;
    byte[] packed = gzipOfZeros(IdxFiles.images(count, 32, 32, new byte[0]), count * 32 * 32);
    assertThat(packed.length).isLessThan(200_000);
    Path file = file(packed);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> IdxFile.readImages(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            file
                + ": its header promises 100000 images (102400000 bytes) in a gzip file of "
                + packed.length
                + " bytes: no pictures are packed so small. If it is right, unpack it by gunzip first.");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10 << 20);
    // The advice, followed.
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, folder.resolve("unpacked"));
    }
    assertThat(IdxFile.readImages(folder.resolve("unpacked")).pixels().rows()).isEqualTo(count);
  }

  @Test
  void fewBlankPicturesAreUnpackedHoweverSmallTheyArePacked() throws IOException {
    byte[] packed = gzipOfZeros(IdxFiles.images(10_000, 28, 28, new byte[0]), 10_000 * 28 * 28);
    assertThat(packed.length).isLessThan(10_000 * 28 * 28 / 500);
    assertThat(IdxFile.readImages(file(packed)).pixels().rows()).isEqualTo(10_000);
  }

  /** Two gigabytes of pictures where there is a bit over one: the file has a hole for them. */
  @Test
  void whatTheMemoryDoesNotHoldIsRefusedBeforeItIsRead() throws IOException {
    long free = Runtime.getRuntime().maxMemory();
    assumeTrue(free < Integer.MAX_VALUE * 5L, "memory for every file of labels");
    Path file = folder.resolve("labels");
    int count = Integer.MAX_VALUE; // and five bytes for each label
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(IdxFiles.file(0x0801, new int[] {count}, new byte[0])));
      channel.write(ByteBuffer.allocate(1), 7L + count);
    }
    assertThatThrownBy(() -> IdxFile.readLabels(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageMatching(
            Pattern.quote(file.toString())
                + ": its 2147483647 labels need 10239 MB of memory, \\d+ MB are free\\."
                + " Take fewer, or give Java more, as by -Xmx\\d+g\\.");
  }

  @Test
  void imagesOfTooManyPixelsAreRefused() throws IOException {
    assertImagesRefused(
        IdxFiles.images(1, 1024, 1025, new byte[1024 * 1025]),
        "FILE has images of 1025 x 1024 pixels: at most 1048576 pixels are taken, make them smaller.");
  }

  private static byte[] gzipOfZeros(byte[] header, int zeros) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(header);
      byte[] block = new byte[1 << 16];
      for (int left = zeros; left > 0; left -= block.length) {
        out.write(block, 0, Math.min(left, block.length));
      }
    }
    return packed.toByteArray();
  }

  @Test
  void everyCutOfAGzipFileIsRefused() throws IOException {
    byte[] whole = IdxFiles.gzip(IdxFiles.images(3, 5, 5, 0));
    for (int length = 0; length < whole.length; length++) {
      Path file = file(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> IdxFile.readImages(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidDataException.class)
          .hasMessageStartingWith(file.toString());
    }
    assertImagesRefused(
        Arrays.copyOf(whole, whole.length / 2),
        "FILE is cut: its gzip stream ends in the middle. Copy or download it again.");
  }

  @Test
  void everyCutOfAPlainFileIsRefused() throws IOException {
    byte[] whole = IdxFiles.labels(1, 2, 3, 4);
    for (int length = 0; length < whole.length; length++) {
      Path file = file(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> IdxFile.readLabels(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidDataException.class)
          .hasMessageStartingWith(file.toString());
    }
    assertLabelsRefused(
        Arrays.copyOf(whole, 6), "FILE ends within its header. It is cut, or not an IDX file.");
  }

  @Test
  void aDamagedGzipFileIsRefused() throws IOException {
    byte[] damaged = IdxFiles.gzip(IdxFiles.labels(1, 2, 3, 4));
    damaged[damaged.length - 6] ^= 1; // its checksum
    assertLabelsRefused(
        damaged,
        "FILE is damaged: its gzip stream does not unpack (Corrupt GZIP trailer). "
            + "Copy or download it again.");
    damaged[3] = (byte) 0xFF; // its header
    Path file = file(damaged);
    assertThatThrownBy(() -> IdxFile.readLabels(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void aHeaderThatPromisesMoreIsRefused() throws IOException {
    assertImagesRefused(
        IdxFiles.images(10, 2, 2, new byte[39]),
        "FILE: its header promises 10 images (40 bytes), only 39 bytes follow. "
            + "Copy or download it again.");
    assertLabelsRefused(
        IdxFiles.gzip(IdxFiles.file(0x0801, new int[] {5}, new byte[3])),
        "FILE: its header promises 5 labels (5 bytes), only 3 bytes follow. "
            + "Copy or download it again.");
  }

  @Test
  void surplusBytesAreRefused() throws IOException {
    assertImagesRefused(
        IdxFiles.images(10, 2, 2, new byte[41]),
        "FILE: its header promises 10 images (40 bytes), more bytes follow. Its header is wrong.");
    assertLabelsRefused(
        IdxFiles.gzip(IdxFiles.file(0x0801, new int[] {2}, new byte[3])),
        "FILE: its header promises 2 labels (2 bytes), more bytes follow. Its header is wrong.");
  }

  @Test
  void anotherMagicNumberIsRefused() throws IOException {
    assertImagesRefused(
        IdxFiles.labels(1, 2),
        "FILE: an IDX file of images begins with the number 0x00000803, got 0x00000801. "
            + "It is a file of labels.");
    assertLabelsRefused(
        IdxFiles.images(1, 1, 1, 0),
        "FILE: an IDX file of labels begins with the number 0x00000801, got 0x00000803. "
            + "It is a file of images.");
    assertLabelsRefused(
        "x1,x2,label\n".getBytes(StandardCharsets.US_ASCII),
        "FILE: an IDX file of labels begins with the number 0x00000801, got 0x78312c78. "
            + "It is not an IDX file of unsigned bytes.");
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, 2147483647, 2147483647",
    "16, 1073741824, 1073741824", // 2^64, which is 0 in a long
    "65536, 65536, 1",
    "1, 65536, 65536",
    "3000000, 28, 28"
  })
  void anAbsurdHeaderIsRefused(int count, int height, int width) throws IOException {
    assertImagesRefused(
        IdxFiles.images(count, height, width, new byte[100]),
        "FILE: its header promises %d images of %d x %d pixels, more than 2 GiB: it is damaged."
            .formatted(count, width, height));
  }

  @Test
  void memoryGrowsWithWhatIsThereNotWithWhatIsPromised() throws IOException {
    Path file = file(IdxFiles.gzip(IdxFiles.images(2_000_000, 28, 28, new byte[100])));
    long before = allocated();
    assertThatThrownBy(() -> IdxFile.readImages(file)).isInstanceOf(InvalidDataException.class);
    assertThat(allocated() - before).isLessThan(10_000_000); // 1.6 GB are promised
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void sizesMustBePositive() throws IOException {
    assertImagesRefused(
        IdxFiles.images(0, 2, 2, new byte[0]),
        "FILE: its header gives 0 as the number of images, it must be 1 to 2147483647.");
    assertImagesRefused(
        IdxFiles.images(1, -1, 2, new byte[2]),
        "FILE: its header gives 4294967295 as the height, it must be 1 to 2147483647.");
    assertLabelsRefused(
        IdxFiles.labels(),
        "FILE: its header gives 0 as the number of labels, it must be 1 to 2147483647.");
  }

  @Test
  void whatIsNotAFileIsRefused() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> IdxFile.readImages(missing))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(missing + " does not exist. An IDX file was expected there.");
    assertThatThrownBy(() -> IdxFile.readLabels(folder))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(folder + " is not a file. An IDX file was expected there.");
  }
}

package dev.glia.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files for tests. */
final class IdxFiles {

  private IdxFiles() {}

  /** A file with the given header and content, fitting or not. */
  static byte[] file(int magic, int[] sizes, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + content.length);
    bytes.putInt(magic);
    for (int size : sizes) {
      bytes.putInt(size);
    }
    return bytes.put(content).array();
  }

  static byte[] images(int count, int height, int width, byte[] content) {
    return file(0x0803, new int[] {count, height, width}, content);
  }

  /** Images whose pixels count up from a first value. */
  static byte[] images(int count, int height, int width, int first) {
    byte[] content = new byte[count * height * width];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (first + i);
    }
    return images(count, height, width, content);
  }

  static byte[] labels(int... labels) {
    byte[] content = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      content[i] = (byte) labels[i];
    }
    return file(0x0801, new int[] {labels.length}, content);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}

package dev.glia.format;

import dev.glia.internal.io.FreeMemory;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * An array in NumPy's format. It stays the bytes of its file; a number is made of them when it is
 * asked for.
 *
 * <p>Looked at as a matrix, what lies behind the first dimension are the columns, the last index
 * changing fastest.
 */
final class NpyArray implements Matrix {

  private static final long FEW_BYTES = 64L << 20; // do no harm, were they all zeros
  private static final int MOST_PACKING = 200; // more than any data are packed
  private static final int BUFFER = 1 << 20;

  private final String name;
  private final NpyHeader header;
  private final byte[] bytes;
  private final int rows;
  private final int columns;
  private final int[] strides; // [dimensions]: items from one to the next

  private final VarHandle shorts;
  private final VarHandle ints;
  private final VarHandle longs;
  private final VarHandle floats;
  private final VarHandle doubles;

  private NpyArray(String name, NpyHeader header, byte[] bytes) {
    this.name = name;
    this.header = header;
    this.bytes = bytes;
    List<Integer> shape = header.shape();
    rows = shape.getFirst();
    columns = rows == 0 ? 0 : bytes.length / header.size() / rows;
    strides = new int[shape.size()];
    int stride = 1;
    for (int i = 0; i < strides.length; i++) {
      int dimension = header.columnsFirst() ? i : strides.length - 1 - i;
      strides[dimension] = stride;
      stride *= shape.get(dimension);
    }
    shorts = MethodHandles.byteArrayViewVarHandle(short[].class, header.order());
    ints = MethodHandles.byteArrayViewVarHandle(int[].class, header.order());
    longs = MethodHandles.byteArrayViewVarHandle(long[].class, header.order());
    floats = MethodHandles.byteArrayViewVarHandle(float[].class, header.order());
    doubles = MethodHandles.byteArrayViewVarHandle(double[].class, header.order());
  }

  /**
   * Reads an array, which must end where its shape says.
   *
   * @param name of the file or array, for sentences
   * @param packed how many bytes of a file it is read from; memory grows with what is there
   */
  static NpyArray read(String name, InputStream in, long packed) throws IOException {
    NpyHeader header = NpyHeader.read(name, in);
    long expected = header.bytes(name);
    if (header.shape().isEmpty()) {
      throw new InvalidDataException(name + " is a single value: rows and columns were expected.");
    }
    if (expected == 0) {
      throw new InvalidDataException(
          "%s has the shape %s, which has nothing in it: rows were expected."
              .formatted(name, header.shapeText()));
    }
    if (expected > FEW_BYTES && expected > MOST_PACKING * packed) {
      throw new InvalidDataException(
          "%s: its header promises the shape %s (%,d bytes), in %,d bytes of the file: no data are packed so small."
              .formatted(name, header.shapeText(), expected, packed));
    }
    if (!FreeMemory.has(expected)) {
      throw new InvalidDataException(name + " " + FreeMemory.advice(expected) + ".");
    }
    byte[] bytes = new byte[(int) Math.min(expected, BUFFER)];
    int length = in.readNBytes(bytes, 0, bytes.length);
    while (length == bytes.length && length < expected) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(expected, 2L * length));
      length += in.readNBytes(bytes, length, bytes.length - length);
    }
    if (length < expected) {
      throw new InvalidDataException(
          "%s is cut: its header promises the shape %s (%,d bytes), only %,d bytes follow. Save or copy it again."
              .formatted(name, header.shapeText(), expected, length));
    }
    if (in.read() >= 0) {
      throw new InvalidDataException(
          "%s: its header promises the shape %s (%,d bytes), more bytes follow: a file of one array was expected."
              .formatted(name, header.shapeText(), expected));
    }
    return new NpyArray(name, header, bytes);
  }

  String name() {
    return name;
  }

  NpyHeader header() {
    return header;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Where an item stands in the bytes. */
  private int at(int row, int column) {
    if (!header.columnsFirst()) {
      return (row * columns + column) * header.size();
    }
    int item = row * strides[0];
    int left = column;
    for (int dimension = strides.length - 1; dimension > 0; dimension--) {
      int length = header.shape().get(dimension);
      item += left % length * strides[dimension];
      left /= length;
    }
    return item * header.size();
  }

  @Override
  public double get(int row, int column) {
    int at = at(row, column);
    return switch (header.kind()) {
      case 'b' -> bytes[at] == 0 ? 0 : 1;
      case 'i' ->
          switch (header.size()) {
            case 1 -> bytes[at];
            case 2 -> (short) shorts.get(bytes, at);
            case 4 -> (int) ints.get(bytes, at);
            default -> (double) (long) longs.get(bytes, at);
          };
      case 'u' ->
          switch (header.size()) {
            case 1 -> bytes[at] & 0xFF;
            case 2 -> (short) shorts.get(bytes, at) & 0xFFFF;
            case 4 -> (int) ints.get(bytes, at) & 0xFFFFFFFFL;
            default -> unsigned((long) longs.get(bytes, at));
          };
      default -> usable(floating(at));
    };
  }

  private double floating(int at) {
    return switch (header.size()) {
      case 2 -> Float.float16ToFloat((short) shorts.get(bytes, at));
      case 4 -> (float) floats.get(bytes, at);
      default -> (double) doubles.get(bytes, at);
    };
  }

  /** What a network cannot take is missing, see {@link #unusable}. */
  private static double usable(double value) {
    return Math.abs(value) <= Float.MAX_VALUE ? value : Double.NaN;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  /** How many numbers are infinite or beyond what a float holds. */
  int unusable() {
    int unusable = 0;
    if (header.kind() == 'f') {
      for (int at = 0; at < bytes.length; at += header.size()) {
        double value = floating(at);
        unusable += !Double.isNaN(value) && Double.isNaN(usable(value)) ? 1 : 0;
      }
    }
    return unusable;
  }

  /** The text of an item, without the zeros that fill it up. */
  String text(int row, int column) {
    int at = at(row, column);
    int end = at + header.size();
    boolean wide = header.kind() == 'U';
    int width = wide ? Integer.BYTES : 1;
    while (end > at && isZero(end - width, width)) {
      end -= width;
    }
    Charset charset =
        !wide
            ? StandardCharsets.UTF_8
            : header.order() == java.nio.ByteOrder.LITTLE_ENDIAN
                ? StandardCharsets.UTF_32LE
                : StandardCharsets.UTF_32BE;
    return new String(bytes, at, end - at, charset).strip();
  }

  private boolean isZero(int at, int width) {
    for (int i = 0; i < width; i++) {
      if (bytes[at + i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes as they are, where they are numbers 0 to 255 row after row; else a copy so. */
  byte[] unsignedBytes() {
    if (!header.columnsFirst()) {
      return bytes;
    }
    byte[] copy = new byte[bytes.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        copy[row * columns + column] = bytes[at(row, column)];
      }
    }
    return copy;
  }
}

package dev.glia.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A stretch of bytes that is read from its beginning to its end, and never beyond. */
final class Bytes {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT_BITS = 64;

  final byte[] array;
  private final int end;
  private int at;

  Bytes(byte[] array, int start, int end) {
    this.array = array;
    this.at = start;
    this.end = end;
  }

  static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** Where the next byte stands in the array. */
  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  /** Goes past some bytes, and says where they begin. */
  int take(int count) throws MalformedException {
    if (count < 0 || count > end - at) {
      throw new MalformedException(
          "%,d bytes were expected where %,d are left".formatted(count, end - at));
    }
    at += count;
    return at - count;
  }

  /** The next bytes as a stretch of their own. */
  Bytes slice(int count) throws MalformedException {
    int start = take(count);
    return new Bytes(array, start, start + count);
  }

  /** What is left, to be read by somebody else. */
  Bytes copy() {
    return new Bytes(array, at, end);
  }

  byte[] copy(int count) throws MalformedException {
    int start = take(count);
    return Arrays.copyOfRange(array, start, start + count);
  }

  int readByte() throws MalformedException {
    return array[take(1)] & 0xFF;
  }

  int readInt() throws MalformedException {
    return (int) INT.get(array, take(Integer.BYTES));
  }

  long readLong() throws MalformedException {
    return (long) LONG.get(array, take(Long.BYTES));
  }

  /** A whole number in little-endian bytes, as few as given. */
  int readInt(int bytes) throws MalformedException {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= readByte() << (i * Byte.SIZE);
    }
    return value;
  }

  /** A whole number in groups of seven bits, the least ones first. */
  long readVarint() throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS; shift += Byte.SIZE - 1) {
      int next = readByte();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedException("a number has too many bytes");
  }

  /** A {@link #readVarint} in which the last bit is the sign. */
  long readZigzag() throws MalformedException {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A {@link #readVarint} that is no less than 0 and no more than a limit. */
  int readCount(long most) throws MalformedException {
    long count = readVarint();
    if (count < 0 || count > Math.min(most, Integer.MAX_VALUE)) {
      throw new MalformedException(
          "%,d stands where at most %,d is possible".formatted(count, most));
    }
    return (int) count;
  }
}

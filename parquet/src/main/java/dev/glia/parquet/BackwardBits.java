package dev.glia.parquet;

/**
 * Bits that are read from the end of some bytes to their beginning, as Zstandard has them; below
 * the highest set bit of the last byte.
 */
final class BackwardBits {

  private final byte[] array;
  private final int start; // of the bytes
  private int left; // bits; negative where more were read than there are

  BackwardBits(Bytes in) throws MalformedException {
    int count = in.left();
    start = in.take(count);
    array = in.array;
    if (count == 0 || array[start + count - 1] == 0) {
      throw new MalformedException("packed bits have no end");
    }
    int last = array[start + count - 1] & 0xFF;
    left = count * Byte.SIZE - (Integer.numberOfLeadingZeros(last) - 23);
  }

  /** How many are left; negative where more were read than there are. */
  int left() {
    return left;
  }

  /** The next bits, zeros behind the last one. */
  int read(int bits) {
    left -= bits;
    return bitsAt(left, bits);
  }

  /** The next bits, which stay where they are. */
  int peek(int bits) {
    return bitsAt(left - bits, bits);
  }

  void skip(int bits) {
    left -= bits;
  }

  private int bitsAt(int at, int bits) {
    if (at < 0) {
      int there = bits + at;
      return there <= 0 ? 0 : bitsAt(0, there) << -at;
    }
    long value = 0;
    int first = at / Byte.SIZE;
    int last = (at + bits + Byte.SIZE - 1) / Byte.SIZE;
    for (int i = last - 1; i >= first; i--) {
      value = value << Byte.SIZE | (array[start + i] & 0xFF);
    }
    return (int) (value >>> (at % Byte.SIZE) & ((1L << bits) - 1));
  }
}

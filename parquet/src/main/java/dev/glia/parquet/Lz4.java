package dev.glia.parquet;

/** Unpacks a block of LZ4: literals, and copies of what has been unpacked before. */
final class Lz4 {

  private static final int MORE = 15; // a length of so many goes on in the next bytes
  private static final int LEAST_COPY = 4;

  private Lz4() {}

  static void unpack(Bytes in, byte[] out) throws MalformedException {
    int at = 0;
    while (in.left() > 0) {
      int token = in.readByte();
      int literals = length(in, token >>> 4);
      if (literals > out.length - at) {
        throw new MalformedException("LZ4 gives more bytes than were promised");
      }
      System.arraycopy(in.array, in.take(literals), out, at, literals);
      at += literals;
      if (in.left() == 0) {
        break; // the last part is literals alone
      }
      int back = in.readInt(Short.BYTES);
      at = Snappy.copy(out, at, back, length(in, token & MORE) + LEAST_COPY);
    }
    if (at != out.length) {
      throw new MalformedException(
          "%,d bytes unpacked were expected, LZ4 gives %,d".formatted(out.length, at));
    }
  }

  private static int length(Bytes in, int start) throws MalformedException {
    int length = start;
    int next = start == MORE ? 0xFF : 0;
    while (next == 0xFF) {
      next = in.readByte();
      length += next;
      if (length < 0 || length > Integer.MAX_VALUE / 2) {
        throw new MalformedException("a length in LZ4 is too large");
      }
    }
    return length;
  }
}

package dev.glia.parquet;

/** Unpacks Snappy's raw format: literals, and copies of what has been unpacked before. */
final class Snappy {

  private static final int LONG_LITERAL = 60; // from here on, the length has bytes of its own

  private Snappy() {}

  static void unpack(Bytes in, byte[] out) throws MalformedException {
    int length = in.readCount(Integer.MAX_VALUE);
    if (length != out.length) {
      throw new MalformedException(
          "%,d bytes unpacked were expected, Snappy promises %,d".formatted(out.length, length));
    }
    int at = 0;
    while (at < length) {
      int tag = in.readByte();
      int kind = tag & 3;
      if (kind == 0) {
        int count = tag >>> 2;
        count = (count < LONG_LITERAL ? count : in.readInt(count - LONG_LITERAL + 1)) + 1;
        if (count < 1 || count > length - at) {
          throw new MalformedException("Snappy gives more bytes than it promises");
        }
        System.arraycopy(in.array, in.take(count), out, at, count);
        at += count;
      } else {
        int count = kind == 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
        int back =
            switch (kind) {
              case 1 -> ((tag >>> 5) << Byte.SIZE) | in.readByte();
              case 2 -> in.readInt(Short.BYTES);
              default -> in.readInt();
            };
        at = copy(out, at, back, count);
      }
    }
    if (in.left() > 0) {
      throw new MalformedException("something follows what Snappy has packed");
    }
  }

  /** Repeats bytes from some places back, which may overlap what is written. */
  static int copy(byte[] out, int at, int back, int count) throws MalformedException {
    if (back <= 0 || back > at || count > out.length - at) {
      throw new MalformedException("packed bytes point outside of what is unpacked");
    }
    for (int i = at; i < at + count; i++) {
      out[i] = out[i - back];
    }
    return at + count;
  }
}

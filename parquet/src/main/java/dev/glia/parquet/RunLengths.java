package dev.glia.parquet;

/** Small whole numbers, either a value and how often it comes, or packed as so many bits each. */
final class RunLengths {

  private final Bytes in;
  private final int bits; // of a value
  private int left; // values of this run
  private boolean packed;
  private int value; // of a run of equal ones
  private long buffer; // bits that have been read and not yet used
  private int buffered;

  RunLengths(Bytes in, int bits) throws MalformedException {
    if (bits < 0 || bits > Integer.SIZE) {
      throw new MalformedException("values of %d bits".formatted(bits));
    }
    this.in = in;
    this.bits = bits;
  }

  int next() throws MalformedException {
    while (left == 0) {
      startRun();
    }
    left--;
    return packed ? unpacked() : value;
  }

  private void startRun() throws MalformedException {
    if (bits == 0 && in.left() == 0) {
      left = Integer.MAX_VALUE; // nothing but zeros, which need no bytes
      value = 0;
      packed = false;
      return;
    }
    long header = in.readVarint();
    packed = (header & 1) == 1;
    long count = packed ? (header >>> 1) * Byte.SIZE : header >>> 1;
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new MalformedException("a run of %,d values".formatted(count));
    }
    left = (int) count;
    buffered = 0;
    buffer = 0;
    if (!packed) {
      value = in.readInt((bits + Byte.SIZE - 1) / Byte.SIZE);
      if (bits < Integer.SIZE && value >>> bits != 0) {
        throw new MalformedException("a value of more than %d bits".formatted(bits));
      }
    }
  }

  private int unpacked() throws MalformedException {
    while (buffered < bits) {
      // Some writers leave the last bytes of a run out where nothing stands in them.
      buffer |= (in.left() == 0 ? 0L : in.readByte()) << buffered;
      buffered += Byte.SIZE;
    }
    int next = (int) (buffer & ((1L << bits) - 1));
    buffer >>>= bits;
    buffered -= bits;
    return next;
  }
}

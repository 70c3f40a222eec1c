package dev.glia.parquet;

/** Whole numbers as differences, packed in as few bits as the largest of a few of them needs. */
final class Deltas {

  private final Bytes in;
  private final int miniblocks; // in a block
  private final int values; // in a miniblock
  private long left; // values in all
  private long last;
  private boolean first = true;
  private long least; // of a block's differences
  private int[] widths = new int[0]; // [miniblocks]: bits of a difference
  private int miniblock;
  private int leftHere; // values of the miniblock
  private int width;
  private Bytes packed;
  private int bit; // of the packed bytes

  Deltas(Bytes in) throws MalformedException {
    this.in = in;
    int block = in.readCount(1 << 20);
    miniblocks = in.readCount(1 << 10);
    left = in.readCount(Integer.MAX_VALUE);
    last = in.readZigzag();
    if (miniblocks == 0 || block % miniblocks != 0 || block / miniblocks % Byte.SIZE != 0) {
      throw new MalformedException(
          "blocks of %d differences in %d parts".formatted(block, miniblocks));
    }
    values = block / miniblocks;
    miniblock = miniblocks;
    packed = in;
  }

  /** How many there are. */
  long count() {
    return left;
  }

  long next() throws MalformedException {
    if (left == 0) {
      throw new MalformedException("there are fewer numbers than promised");
    }
    left--;
    if (first) {
      first = false;
      return last;
    }
    if (leftHere == 0) {
      startMiniblock();
    }
    leftHere--;
    last += least + difference();
    return last;
  }

  private void startMiniblock() throws MalformedException {
    if (values == 0) {
      throw new MalformedException("blocks without differences");
    }
    if (miniblock == miniblocks) {
      least = in.readZigzag();
      widths = new int[miniblocks];
      for (int i = 0; i < miniblocks; i++) {
        widths[i] = in.readByte();
      }
      miniblock = 0;
    }
    width = widths[miniblock++];
    if (width > Long.SIZE) {
      throw new MalformedException("differences of %d bits".formatted(width));
    }
    packed = in.slice(values / Byte.SIZE * width);
    bit = 0;
    leftHere = values;
  }

  private long difference() {
    long value = 0;
    int start = packed.at();
    for (int i = 0; i < width; ) {
      int at = bit + i;
      int inByte = at % Byte.SIZE;
      int taken = Math.min(Byte.SIZE - inByte, width - i);
      int bits = (packed.array[start + at / Byte.SIZE] & 0xFF) >>> inByte;
      value |= (bits & ((1L << taken) - 1)) << i;
      i += taken;
    }
    bit += width;
    return value;
  }

  /** Goes past what is left, to where the bytes behind the numbers begin. */
  void finish() throws MalformedException {
    while (left > 0) {
      next();
    }
  }
}

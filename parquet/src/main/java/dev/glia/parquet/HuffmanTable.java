package dev.glia.parquet;

/** Which byte some bits stand for, fewer for the frequent ones; RFC 8878, section 4.2. */
final class HuffmanTable {

  private static final int MOST_BITS = 11;
  private static final int MOST_SYMBOLS = 256;
  private static final int DIRECT = 128; // from here on, weights stand there as they are
  private static final int WEIGHT_BITS = 6; // of a state of their table
  private static final int WEIGHT_SYMBOLS = 13;

  private final int bits; // of the longest
  private final byte[] symbols; // [2^bits]
  private final byte[] widths; // [2^bits]

  private HuffmanTable(int[] weights, int count) throws MalformedException {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i] > 0 ? 1 << (weights[i] - 1) : 0;
    }
    bits = Integer.SIZE - Integer.numberOfLeadingZeros(sum);
    if (sum == 0 || bits > MOST_BITS || count >= MOST_SYMBOLS) {
      throw new MalformedException("a Huffman table that is none");
    }
    int left = (1 << bits) - sum;
    if (Integer.bitCount(left) != 1) {
      throw new MalformedException("a Huffman table with gaps");
    }
    weights[count] = Integer.numberOfTrailingZeros(left) + 1; // that of the last is not written
    symbols = new byte[1 << bits];
    widths = new byte[1 << bits];
    int at = 0;
    for (int weight = 1; weight <= bits; weight++) {
      for (int symbol = 0; symbol <= count; symbol++) {
        if (weights[symbol] == weight) {
          int end = at + (1 << (weight - 1));
          for (; at < end; at++) {
            symbols[at] = (byte) symbol;
            widths[at] = (byte) (bits + 1 - weight);
          }
        }
      }
    }
  }

  static HuffmanTable read(Bytes in) throws MalformedException {
    int header = in.readByte();
    int[] weights = new int[MOST_SYMBOLS];
    int count = 0;
    if (header >= DIRECT) {
      count = header - DIRECT + 1;
      for (int i = 0; i < count; i += 2) {
        int two = in.readByte();
        weights[i] = two >>> 4;
        weights[i + 1] = i + 1 < count ? two & 0xF : 0;
      }
    } else {
      count = readWeights(in.slice(header), weights);
    }
    return new HuffmanTable(weights, count);
  }

  /** Two states take turns; the last one gives what it stands for when the bits are used up. */
  private static int readWeights(Bytes in, int[] weights) throws MalformedException {
    StateTable table = StateTable.read(in, WEIGHT_BITS, WEIGHT_SYMBOLS);
    BackwardBits bits = new BackwardBits(in);
    int state = bits.read(table.bits);
    int other = bits.read(table.bits);
    int count = 0;
    while (count < MOST_SYMBOLS - 2) {
      weights[count++] = table.symbol(state);
      state = table.next(state, bits);
      if (bits.left() < 0) {
        weights[count++] = table.symbol(other);
        return count;
      }
      int turn = state;
      state = other;
      other = turn;
    }
    throw new MalformedException("a Huffman table of too many symbols");
  }

  /** Decodes a stream that must be used up. */
  void decode(Bytes in, byte[] out, int from, int to) throws MalformedException {
    BackwardBits stream = new BackwardBits(in);
    for (int i = from; i < to; i++) {
      int next = stream.peek(bits);
      out[i] = symbols[next];
      stream.skip(widths[next]);
    }
    if (stream.left() != 0) {
      throw new MalformedException("bits of literals are left, or lack");
    }
  }
}

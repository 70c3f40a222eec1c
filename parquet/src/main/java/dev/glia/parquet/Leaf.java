package dev.glia.parquet;

/**
 * A column that holds values, as the file's schema has it.
 *
 * @param name what it is called
 * @param type how its values are written
 * @param length of values of a fixed one in bytes
 * @param optional whether values may be missing
 * @param meaning what its values stand for
 */
record Leaf(String name, PhysicalType type, int length, boolean optional, Meaning meaning) {

  private static final int LONGEST = 1 << 16; // bytes of a fixed length

  Leaf {
    if (type.bytes > 0) {
      length = type.bytes;
    }
  }

  /** A column of the schema. */
  static Leaf of(Thrift element) throws MalformedException {
    PhysicalType type = PhysicalType.of(element.number(1, -1));
    long length = element.number(2, 0);
    boolean fixed = type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
    if (fixed && (length < 1 || length > LONGEST)) {
      throw new MalformedException("values of %,d bytes".formatted(length));
    }
    return new Leaf(
        element.text(4),
        type,
        fixed ? (int) length : 0,
        element.number(3, 0) == 1,
        Meaning.of(element, type));
  }
}

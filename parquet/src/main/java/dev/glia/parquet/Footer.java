package dev.glia.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file says of itself at its end.
 *
 * @param rows in all
 * @param columns those that hold values, in order
 * @param nested names of those that hold structures, lists or maps
 */
record Footer(long rows, List<Flat> columns, List<String> nested) {

  /**
   * A column of values.
   *
   * @param chunks its values, one a group of rows
   */
  record Flat(Leaf leaf, List<Chunk> chunks) {}

  private static final int TAIL = 8; // bytes: the footer's length and the mark
  private static final int LONGEST = 1 << 27; // bytes of a footer
  private static final int REPEATED = 2;

  /** Reads the footer. */
  static Footer read(FileChannel file) throws IOException {
    long length = file.size();
    Bytes tail = bytes(file, Math.max(0, length - TAIL), TAIL);
    int size = tail.readInt();
    String mark = new String(tail.copy(Integer.BYTES), StandardCharsets.ISO_8859_1);
    if (mark.equals("PARE")) {
      throw new MalformedException("it is encrypted: decrypt it first");
    }
    if (!mark.equals("PAR1")) {
      throw new MalformedException("it does not end with PAR1, as such a file does");
    }
    if (size < 0 || size > LONGEST || size > length - TAIL) {
      throw new MalformedException("its footer is to have %,d bytes".formatted(size));
    }
    Thrift metadata = Thrift.read(bytes(file, length - TAIL - size, size));
    long rows = metadata.number(3, -1);
    if (rows < 0 || rows > Integer.MAX_VALUE - TAIL) {
      throw new MalformedException(
          "it is to have %,d rows, at most %,d are read".formatted(rows, Integer.MAX_VALUE - TAIL));
    }
    List<Thrift> groups = metadata.structs(4);
    List<String> nested = new ArrayList<>();
    List<Flat> columns = new ArrayList<>();
    List<Thrift> schema = metadata.structs(2);
    int leaf = 0; // among all that hold values, those within structures too
    int next = 1; // the first is the root
    while (next < schema.size()) {
      Thrift element = schema.get(next);
      int end = subtree(schema, next);
      int leaves = leaves(schema, next, end);
      if (element.number(5, 0) == 0 && element.number(3, 0) != REPEATED) {
        columns.add(new Flat(Leaf.of(element), chunks(groups, leaf, length)));
      } else {
        nested.add(element.text(4));
      }
      leaf += leaves;
      next = end;
    }
    long inGroups = groups.stream().mapToLong(group -> group.number(3, 0)).sum();
    if (inGroups != rows) {
      throw new MalformedException(
          "its groups have %,d rows, %,d in all are promised".formatted(inGroups, rows));
    }
    return new Footer(rows, columns, nested);
  }

  private static Bytes bytes(FileChannel file, long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, file.size() - from));
    int read;
    do {
      read = file.read(buffer, from + buffer.position());
    } while (read >= 0 && buffer.hasRemaining());
    return new Bytes(buffer.array(), 0, buffer.position());
  }

  /** Where the elements end that stand below one. */
  private static int subtree(List<Thrift> schema, int from) throws MalformedException {
    long open = 1; // elements that are still to come
    int at = from;
    while (open > 0) {
      if (at == schema.size()) {
        throw new MalformedException("its schema ends too early");
      }
      open += Math.max(0, schema.get(at++).number(5, 0)) - 1;
    }
    return at;
  }

  private static int leaves(List<Thrift> schema, int from, int to) {
    int leaves = 0;
    for (Thrift element : schema.subList(from, to)) {
      leaves += element.number(5, 0) == 0 ? 1 : 0;
    }
    return leaves;
  }

  private static List<Chunk> chunks(List<Thrift> groups, int column, long length)
      throws MalformedException {
    List<Chunk> chunks = new ArrayList<>();
    for (Thrift group : groups) {
      List<Thrift> columns = group.structs(1);
      if (column >= columns.size()) {
        throw new MalformedException("a group of rows lacks columns of the schema");
      }
      Thrift chunk = columns.get(column);
      if (!chunk.text(1).isEmpty()) {
        throw new MalformedException("its values lie in another file, " + chunk.text(1));
      }
      chunks.add(
          Chunk.of(chunk.struct(3, "what is known of a column"), group.number(3, 0), length));
    }
    return chunks;
  }
}

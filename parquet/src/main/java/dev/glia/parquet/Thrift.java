package dev.glia.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structure in Thrift's compact protocol, in which Parquet writes what it says of a file: fields
 * by their numbers.
 */
final class Thrift {

  private static final int DEEPEST = 16; // structures within structures

  private static final int STOP = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;

  private final Map<Integer, Object> fields = new HashMap<>();

  private Thrift() {}

  /** Reads a structure. */
  static Thrift read(Bytes in) throws MalformedException {
    return struct(in, 0);
  }

  private static Thrift struct(Bytes in, int depth) throws MalformedException {
    Thrift struct = new Thrift();
    int field = 0;
    while (true) {
      int header = in.readByte();
      int type = header & 0xF;
      if (type == STOP) {
        return struct;
      }
      int step = header >>> 4;
      field = step == 0 ? (int) in.readZigzag() : field + step;
      Object value =
          type == TRUE || type == FALSE ? (Object) (type == TRUE) : value(type, in, depth);
      struct.fields.put(field, value);
    }
  }

  private static Object value(int type, Bytes in, int depth) throws MalformedException {
    if (depth > DEEPEST) {
      throw new MalformedException("structures stand within one another too deeply");
    }
    return switch (type) {
      case TRUE, FALSE -> in.readByte() == TRUE; // an element of a list
      case BYTE -> (long) (byte) in.readByte();
      case I16, I32, I64 -> in.readZigzag();
      case DOUBLE -> Double.longBitsToDouble(in.readLong());
      case BINARY -> in.copy(in.readCount(in.left()));
      case LIST, SET -> list(in, depth);
      case MAP -> map(in, depth);
      case STRUCT -> struct(in, depth + 1);
      default -> throw new MalformedException("there is no type " + type + " of a field");
    };
  }

  private static List<Object> list(Bytes in, int depth) throws MalformedException {
    int header = in.readByte();
    int size = header >>> 4;
    if (size == 0xF) {
      size = in.readCount(in.left()); // each has a byte at least
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(value(header & 0xF, in, depth + 1));
    }
    return list;
  }

  private static List<Object> map(Bytes in, int depth) throws MalformedException {
    int size = in.readCount(in.left());
    int types = size == 0 ? 0 : in.readByte();
    for (int i = 0; i < size; i++) {
      value(types >>> 4, in, depth + 1);
      value(types & 0xF, in, depth + 1);
    }
    return List.of(); // nothing that is needed stands in a map
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }

  /** A whole number; the given one where there is none. */
  long number(int field, long otherwise) {
    return fields.get(field) instanceof Long number ? number : otherwise;
  }

  /** A whole number that must be there, and that an int holds. */
  int count(int field, String what) throws MalformedException {
    long number = number(field, -1);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedException("%s is %,d".formatted(what, number));
    }
    return (int) number;
  }

  boolean flag(int field, boolean otherwise) {
    return fields.get(field) instanceof Boolean flag ? flag : otherwise;
  }

  String text(int field) {
    return fields.get(field) instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  @Nullable Thrift struct(int field) {
    return fields.get(field) instanceof Thrift struct ? struct : null;
  }

  /** A structure that must be there. */
  Thrift struct(int field, String what) throws MalformedException {
    Thrift struct = struct(field);
    if (struct == null) {
      throw new MalformedException("%s is not there".formatted(what));
    }
    return struct;
  }

  /** The structures of a list; none where there is no list. */
  List<Thrift> structs(int field) {
    List<Thrift> structs = new ArrayList<>();
    if (fields.get(field) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Thrift struct) {
          structs.add(struct);
        }
      }
    }
    return structs;
  }
}

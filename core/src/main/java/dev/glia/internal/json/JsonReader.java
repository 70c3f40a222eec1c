package dev.glia.internal.json;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text by recursive descent. */
final class JsonReader {

  private static final int MAX_DEPTH = 100; // a hostile file must not overflow the stack

  private final String text;
  private int position;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  @Nullable Object readDocument() {
    Object value = readValue();
    skipSpace();
    if (position < text.length()) {
      throw error("the end of the text");
    }
    return value;
  }

  private @Nullable Object readValue() {
    skipSpace();
    return switch (peek()) {
      case '{' -> readObject();
      case '[' -> readArray();
      case '"' -> readString();
      case 't' -> readWord("true", true);
      case 'f' -> readWord("false", false);
      case 'n' -> readWord("null", null);
      default -> readNumber();
    };
  }

  private Map<String, @Nullable Object> readObject() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    enter();
    skipSpace();
    while (peek() != '}') {
      if (!map.isEmpty()) {
        expect(',');
        skipSpace();
      }
      if (peek() != '"') {
        throw error("a key in quotes");
      }
      String key = readString();
      skipSpace();
      expect(':');
      if (map.containsKey(key)) {
        throw error("another key than \"" + key + "\", which is there already");
      }
      map.put(key, readValue());
      skipSpace();
    }
    leave();
    return map;
  }

  private List<@Nullable Object> readArray() {
    List<@Nullable Object> list = new ArrayList<>();
    enter();
    skipSpace();
    while (peek() != ']') {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(readValue());
      skipSpace();
    }
    leave();
    return list;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw error("at most " + MAX_DEPTH + " levels");
    }
    position++;
  }

  private void leave() {
    depth--;
    position++;
  }

  private String readString() {
    StringBuilder s = new StringBuilder();
    position++;
    while (peek() != '"') {
      char c = text.charAt(position++);
      if (c < 0x20) {
        throw error("no control character in a string");
      }
      s.append(c == '\\' ? readEscape() : c);
    }
    position++;
    return s.toString();
  }

  private char readEscape() {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          if (!HexFormat.isHexDigit(peek())) {
            throw error("four hexadecimal digits");
          }
          code = code * 16 + HexFormat.fromHexDigit(peek());
          position++;
        }
        yield (char) code;
      }
      default -> throw error("an escape");
    };
  }

  private @Nullable Object readWord(String word, @Nullable Object value) {
    if (!text.startsWith(word, position)) {
      throw error("a value");
    }
    position += word.length();
    return value;
  }

  private Object readNumber() {
    int start = position;
    while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String number = text.substring(start, position);
    if (!number.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?")) {
      position = start;
      throw error("a value");
    }
    try {
      return number.matches("-?[0-9]{1,18}")
          ? (Object) Long.valueOf(number)
          : (Object) Double.valueOf(number);
    } catch (NumberFormatException e) {
      throw error("a number");
    }
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() {
    if (position >= text.length()) {
      throw error("more text");
    }
    return text.charAt(position);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw error("'" + c + "'");
    }
    position++;
  }

  private IllegalArgumentException error(String expected) {
    String found =
        position < text.length() ? "'" + text.charAt(position) + "'" : "the end of the text";
    return new IllegalArgumentException(
        "JSON: expected %s at character %d, found %s.".formatted(expected, position + 1, found));
  }
}

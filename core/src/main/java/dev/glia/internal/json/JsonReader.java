package dev.glia.internal.json;

import dev.glia.internal.text.OutsideText;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text by recursive descent, looking at each character once. */
final class JsonReader {

  private static final int MAX_DEPTH = 100; // a hostile file must not overflow the stack
  private static final int MOST_LONG_DIGITS = 18; // so many always fit a long

  private final String text;
  private final long most;
  private int position;
  private int depth;
  private long values;

  JsonReader(String text, long most) {
    this.text = text;
    this.most = most;
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
    if (++values > most) {
      throw error("at most %d values".formatted(most));
    }
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
        throw error("another key than " + OutsideText.quoted(key) + ", which is there already");
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
    position++;
    int plain = position; // where what has no escape begins
    StringBuilder s = null;
    while (peek() != '"') {
      char c = text.charAt(position++);
      if (c < 0x20) {
        throw error("no control character in a string");
      }
      if (c == '\\') {
        s = s == null ? new StringBuilder() : s;
        s.append(text, plain, position - 1).append(readEscape());
        plain = position;
      }
    }
    String rest = text.substring(plain, position++);
    return s == null ? rest : s.append(rest).toString();
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
    if (peek() == '-') {
      position++;
    }
    int whole = position;
    int digits = skipDigits();
    boolean sound = digits == 1 || (digits > 1 && text.charAt(whole) != '0');
    boolean isWhole = true;
    if (sound && isAt('.')) {
      isWhole = false;
      position++;
      sound = skipDigits() > 0;
    }
    if (sound && (isAt('e') || isAt('E'))) {
      isWhole = false;
      position++;
      if (isAt('+') || isAt('-')) {
        position++;
      }
      sound = skipDigits() > 0;
    }
    if (!sound || (position < text.length() && isNumeric(text.charAt(position)))) {
      position = start;
      throw error("a value");
    }
    int end = position;
    position = start; // for a sentence
    Object number = isWhole ? whole(start, end, digits) : real(start, end);
    position = end;
    return number;
  }

  /** A long, or a double where it does not fit one. */
  private Object whole(int start, int end, int digits) {
    if (digits <= MOST_LONG_DIGITS) {
      return Long.parseLong(text, start, end, 10);
    }
    try {
      return digits == MOST_LONG_DIGITS + 1
          ? (Object) Long.parseLong(text, start, end, 10)
          : (Object) real(start, end);
    } catch (NumberFormatException e) { // 19 digits, but over 2^63
      return real(start, end);
    }
  }

  private Double real(int start, int end) {
    if (end - start > OutsideText.NUMBER) {
      throw error("a number of at most " + OutsideText.NUMBER + " characters");
    }
    double number = Double.parseDouble(text.substring(start, end));
    if (Double.isInfinite(number)) {
      throw error("a number up to 1.8e308");
    }
    return number;
  }

  private int skipDigits() {
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    return position - start;
  }

  private boolean isAt(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumeric(char c) {
    return isDigit(c) || "+-.eE".indexOf(c) >= 0;
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

package dev.glia.format;

/**
 * The fields of a line of an ARFF file, one after the other.
 *
 * <p>A field may stand in single or double quotes, in which a backslash makes the next character
 * stand for itself, but n, r, t and u with four digits for what they do in Java.
 */
final class ArffFields {

  /** A line, or a field of it, that is not written as it should be. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private static final int HEX_DIGITS = 4;

  private final String line;
  private int at;
  private boolean quoted;

  ArffFields(String line) {
    this.line = line;
  }

  /** Whether the field that was last read stood in quotes. */
  boolean quoted() {
    return quoted;
  }

  void skipBlanks() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  /** Whether nothing follows but blanks or a comment. */
  boolean atEnd() {
    skipBlanks();
    return at == line.length() || line.charAt(at) == '%';
  }

  /** Whether a character comes next; goes past it if so. */
  boolean takes(char c) {
    skipBlanks();
    if (at < line.length() && line.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** All that is left, without blanks around it. */
  String rest() {
    return line.substring(at).strip();
  }

  /**
   * The next field: up to one of some characters, without blanks around it.
   *
   * @param ends characters behind it; a blank stands for any white space
   * @throws MalformedException if a quote is not closed, or something follows it
   */
  String next(String ends) throws MalformedException {
    skipBlanks();
    quoted = at < line.length() && (line.charAt(at) == '\'' || line.charAt(at) == '"');
    if (quoted) {
      String text = inQuotes();
      int before = at;
      skipBlanks();
      boolean ended = at == line.length() || isEnd(ends) || line.charAt(at) == '%';
      if (!ended && before == at) {
        throw new MalformedException("something follows a closing quote");
      }
      return text;
    }
    int start = at;
    while (at < line.length() && !isEnd(ends) && !isComment(start)) {
      at++;
    }
    return line.substring(start, at).strip();
  }

  /** A comment may follow, but 50% is a value. */
  private boolean isComment(int start) {
    return line.charAt(at) == '%' && (at == start || Character.isWhitespace(line.charAt(at - 1)));
  }

  private boolean isEnd(String ends) {
    char c = line.charAt(at);
    return ends.indexOf(c) >= 0 || (Character.isWhitespace(c) && ends.indexOf(' ') >= 0);
  }

  private String inQuotes() throws MalformedException {
    char quote = line.charAt(at++);
    StringBuilder text = new StringBuilder();
    while (at < line.length() && line.charAt(at) != quote) {
      char c = line.charAt(at++);
      if (c == '\\' && at < line.length()) {
        c = escaped();
      }
      text.append(c);
    }
    if (at == line.length()) {
      throw new MalformedException("a quote is not closed");
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char c = line.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    if (line.length() - at < HEX_DIGITS
        || !line.substring(at, at + HEX_DIGITS).matches("[0-9a-fA-F]+")) {
      return 'u';
    }
    at += HEX_DIGITS;
    return (char) Integer.parseInt(line.substring(at - HEX_DIGITS, at), 16);
  }
}

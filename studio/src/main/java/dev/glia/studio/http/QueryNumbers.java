package dev.glia.studio.http;

import dev.glia.internal.text.OutsideText;
import org.jspecify.annotations.Nullable;

/** Whole numbers in the query of a request. */
public final class QueryNumbers {

  private QueryNumbers() {}

  /**
   * A number that need not be there.
   *
   * @return null if it is not
   * @throws Refusal if it is no whole number from 0 to 2^31 - 1
   */
  public static @Nullable Integer optional(Request request, String name) {
    String text = request.query(name).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      long number = OutsideText.whole(text);
      if (number >= 0 && number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Refusal(
        400,
        "%s must be a whole number from 0 on, got %s.".formatted(name, OutsideText.quoted(text)));
  }

  /** A number, or what it is where it is not given. */
  public static int orElse(Request request, String name, int otherwise) {
    Integer number = optional(request, name);
    return number == null ? otherwise : number;
  }
}

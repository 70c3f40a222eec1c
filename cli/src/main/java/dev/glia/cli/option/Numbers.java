package dev.glia.cli.option;

import dev.glia.internal.text.OutsideText;
import picocli.CommandLine;

/** Reads the numbers of options, as picocli does, with sentences that people understand. */
public final class Numbers {

  private Numbers() {}

  /** Registers the readers with a command and its subcommands. */
  public static void register(CommandLine line) {
    line.registerConverter(int.class, Numbers::wholeNumber);
    line.registerConverter(Integer.class, Numbers::wholeNumber);
    line.registerConverter(Long.class, Numbers::longNumber);
    line.registerConverter(Double.class, Numbers::number);
  }

  /** A whole number of 32 bits. */
  static int wholeNumber(String text) {
    long number = longNumber(text);
    if (number != (int) number) {
      throw new IllegalArgumentException(
          "Expected a whole number up to %d, got %s."
              .formatted(Integer.MAX_VALUE, OutsideText.shown(text)));
    }
    return (int) number;
  }

  private static long longNumber(String text) {
    try {
      return OutsideText.whole(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected a whole number, got " + OutsideText.quoted(text) + ".", e);
    }
  }

  private static double number(String text) {
    try {
      return OutsideText.number(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected a number, got " + OutsideText.quoted(text) + ".", e);
    }
  }
}

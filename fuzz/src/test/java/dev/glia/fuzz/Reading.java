package dev.glia.fuzz;

import com.sun.management.ThreadMXBean;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What every target asserts of a parser: it reads an input, or refuses it with a sentence by one of
 * the two exceptions that are documented, and takes no more memory than the input is worth.
 */
public final class Reading {

  /** The longest sentence, in characters: it quotes a part of what came, not all of it. */
  private static final int LONGEST_SENTENCE = 1000;

  /** Bytes that may be allocated beside what the input's length allows. */
  private static final long FREE = 32L << 20;

  /** Bytes that may be allocated for each byte of the input. */
  private static final long PER_BYTE = 2000;

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean(); // HotSpot's

  private Reading() {}

  /** A parser at work. */
  @FunctionalInterface
  public interface Parser<T> {
    /** Reads the input. */
    T read() throws IOException;
  }

  /** What a parser makes of an input of so many bytes; empty if it refuses it. */
  public static <T> Optional<T> of(int length, Parser<T> parser) {
    long most = FREE + PER_BYTE * length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Optional<T> read = readOrRefused(parser);
    if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
      // Once more: what is loaded with a class counts too, the first time.
      before = THREADS.getCurrentThreadAllocatedBytes();
      readOrRefused(parser);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (allocated > most) {
        throw new AssertionError(
            "%,d bytes of input took %,d bytes of memory.".formatted(length, allocated));
      }
    }
    return read;
  }

  private static <T> Optional<T> readOrRefused(Parser<T> parser) {
    try {
      return Optional.of(parser.read());
    } catch (IllegalArgumentException | InvalidDataException e) {
      checkRefusal(e);
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError("There is no trouble with a file, but " + e, e);
    }
  }

  /** What a parser makes of its own product, which it must read. */
  public static <T> T again(Parser<T> parser) {
    try {
      return parser.read();
    } catch (IllegalArgumentException | IOException e) {
      throw new AssertionError("What was read and written is refused: " + e, e);
    }
  }

  private static void checkRefusal(Exception e) {
    if (e.getClass() != IllegalArgumentException.class
        && e.getClass() != InvalidDataException.class) {
      throw new AssertionError("This exception is not documented: " + e, e);
    }
    checkSentence(e.getMessage());
  }

  /** Checks what a user gets to read. */
  public static void checkSentence(String sentence) {
    if (sentence == null || !sentence.strip().endsWith(".")) {
      throw new AssertionError("This is no sentence: " + sentence);
    }
    if (sentence.length() > LONGEST_SENTENCE) {
      throw new AssertionError(
          "A sentence of %,d characters: %s ..."
              .formatted(sentence.length(), sentence.substring(0, LONGEST_SENTENCE)));
    }
  }

  /** Checks that what was read twice is the same. */
  public static void checkSame(String what, Object first, Object second) {
    if (!first.equals(second)) {
      throw new AssertionError("%s was first%n%s%nand then%n%s".formatted(what, first, second));
    }
  }
}

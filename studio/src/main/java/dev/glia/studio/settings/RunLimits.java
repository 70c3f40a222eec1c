package dev.glia.studio.settings;

import dev.glia.internal.text.OutsideText;

/** What a run may ask for: so much that one page cannot take the whole machine. */
public final class RunLimits {

  /** Rows of a data set. */
  public static final int ROWS = 100_000;

  /** Rows times features of a data set that is made or sent. */
  public static final int NUMBERS = 20_000_000;

  /** Features of a data set. */
  public static final int FEATURES = 10_000;

  /** Characters of a CSV file. */
  public static final int CSV = 8 * 1024 * 1024;

  /** Characters of painted points. */
  private static final int POINT_TEXT = 100_000;

  /** Characters of any other setting. */
  private static final int TEXT = OutsideText.SETTING;

  /** Points that are painted. */
  public static final int POINTS = 2_000;

  /** Classes of painted points. */
  public static final int CLASSES = 8;

  /** How far from 0 a painted point may lie. */
  public static final int REACH = 1_000_000;

  /** Classes of a data set: each is an output, and a byte in a frame. */
  public static final int OUTPUTS = 256;

  /** Rows times outputs. */
  public static final int OUTPUT_NUMBERS = 20_000_000;

  /** Parameters of a network. */
  public static final long PARAMETERS = 2_000_000;

  /** Hidden layers. */
  public static final int LAYERS = 64;

  /** Units of all layers, the output's too. */
  public static final int UNITS = 20_000;

  /** Multiply-adds of all rows going through the network: some seconds. */
  public static final long EVALUATION = 100_000_000_000L;

  /** Multiply-adds of a batch going through the network: no run pauses within an update. */
  public static final long UPDATE = 20_000_000_000L;

  /** Epochs of a training. */
  public static final int EPOCHS = 1_000_000;

  /** Epochs of which the history tells. */
  public static final int LOGGED = 100_000;

  /** Floats that one batch needs on its way forward and back. */
  public static final long BATCH = 64_000_000;

  /** Runs at a time. */
  public static final int SESSIONS = 32;

  /** Forks of a run: each keeps the history of the line that it left. */
  public static final int FORKS = 64;

  /** Checkpoints of the past that a run keeps. */
  public static final int MOMENTS = 200;

  /** Bytes that these moments may need. */
  public static final long MOMENT_BYTES = 48L * 1024 * 1024;

  private RunLimits() {}

  /** Refuses the value of a setting that is too long, before anybody reads it. */
  static void checkLength(String key, String value) {
    int most =
        switch (key) {
          case DataChoice.CSV -> CSV;
          case DataChoice.POINTS -> POINT_TEXT;
          default -> TEXT;
        };
    if (value.length() <= most) {
      return;
    }
    throw new IllegalArgumentException(
        key.equals(DataChoice.CSV)
            ? "csv: a file of at most %d MB is taken, got %.1f MB."
                .formatted(CSV >> 20, value.length() / 1048576.0)
            : "%s: at most %d characters are taken, got %d.".formatted(key, most, value.length()));
  }
}

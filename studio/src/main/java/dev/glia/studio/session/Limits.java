package dev.glia.studio.session;

/** What a run may ask for: so much that one page cannot take the whole machine. */
public final class Limits {

  /** Rows of a data set. */
  public static final int ROWS = 100_000;

  /** Rows times features of a data set that is made or sent. */
  public static final int NUMBERS = 20_000_000;

  /** Features of a data set. */
  public static final int FEATURES = 10_000;

  /** Characters of a CSV file. */
  public static final int CSV = 8 * 1024 * 1024;

  /** Points that are painted. */
  public static final int POINTS = 2_000;

  /** Classes of painted points. */
  public static final int CLASSES = 8;

  /** How far from 0 a painted point may lie. */
  public static final int REACH = 1_000_000;

  /** Parameters of a network. */
  public static final long PARAMETERS = 2_000_000;

  /** Hidden layers. */
  public static final int LAYERS = 64;

  /** Epochs of a training. */
  public static final int EPOCHS = 1_000_000;

  /** Epochs of which the history tells. */
  public static final int LOGGED = 100_000;

  /** Floats that one batch needs on its way forward and back. */
  public static final long BATCH = 64_000_000;

  /** Runs at a time. */
  public static final int SESSIONS = 32;

  /** Moments of the past that a run keeps. */
  public static final int MOMENTS = 200;

  /** Bytes that these moments may need. */
  public static final long MOMENT_BYTES = 48L * 1024 * 1024;

  private Limits() {}
}

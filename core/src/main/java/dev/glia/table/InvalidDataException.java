package dev.glia.table;

import java.io.IOException;

/** Data that was read is not what it should be; the message says what, where and what to do. */
public class InvalidDataException extends IOException {

  private static final long serialVersionUID = 1L;

  /** An exception with a sentence for the user. */
  public InvalidDataException(String message) {
    super(message);
  }

  /** An exception with a sentence for the user and its cause. */
  public InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}

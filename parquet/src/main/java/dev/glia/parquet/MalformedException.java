package dev.glia.parquet;

import java.io.IOException;

/** Bytes are not what the format says; the message is the end of a sentence. */
final class MalformedException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }
}

package dev.glia.studio.http;

import java.io.IOException;

/** Answers requests of one kind. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request.
   *
   * @throws Refusal with a status and a sentence for the user
   * @throws IllegalArgumentException if what the user chose does not go together: 400 with its
   *     sentence
   * @throws IOException if something can't be read, such as a data set: 500 with its sentence
   */
  Answer answer(Request request) throws IOException;
}

package dev.glia.image;

/** Hears how far a download is. */
@FunctionalInterface
public interface DownloadProgress {

  /** Hears nothing. */
  DownloadProgress NONE = (file, done, total) -> {};

  /**
   * Some bytes have arrived.
   *
   * @param file the file's name
   * @param done bytes that are there, with those of an earlier attempt
   * @param total bytes of the whole file, or -1 if the server does not say
   */
  void at(String file, long done, long total);
}

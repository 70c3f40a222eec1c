package dev.glia.image;

/**
 * A file to be downloaded as gzip, and how its content is known.
 *
 * <p>What counts is what is inside: servers compress the same content differently.
 *
 * @param name the unpacked file's name; the download's has {@code .gz} after it
 * @param size bytes when unpacked
 * @param sha256 SHA-256 of the unpacked bytes, in lower-case hexadecimal
 */
public record RemoteFile(String name, long size, String sha256) {

  /** Checks that the checksum is one and that the name stays within its folder. */
  public RemoteFile {
    // Linear: each character fits one place of the pattern alone.
    if (!sha256.matches("[0-9a-f]{64}") || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "A remote file needs a plain name and a SHA-256 of 64 hexadecimal digits, got %s and %s."
              .formatted(name, sha256));
    }
  }
}

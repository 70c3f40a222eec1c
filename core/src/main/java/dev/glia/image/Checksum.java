package dev.glia.image;

import dev.glia.table.InvalidDataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Compares what is inside a file with what should be. */
final class Checksum {

  private Checksum() {}

  /**
   * What is wrong with a file's unpacked content, as the end of "it ...", or null if nothing is.
   *
   * @throws IOException if the file cannot be read
   */
  static @Nullable String complaint(Path file, RemoteFile expected) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (InputStream in = IdxFile.open(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        if (size > expected.size()) { // a small gzip file can unpack to any size
          return "holds more than the expected %d bytes".formatted(expected.size());
        }
        digest.update(buffer, 0, read);
      }
    } catch (EOFException | ZipException | InvalidDataException e) {
      return "does not unpack";
    }
    if (size < expected.size()) {
      return "holds %d bytes instead of %d".formatted(size, expected.size());
    }
    String got = HexFormat.of().formatHex(digest.digest());
    return got.equals(expected.sha256())
        ? null
        : "holds something else (SHA-256 %s instead of %s)".formatted(got, expected.sha256());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}

package dev.glia.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers what went wrong: a {@code PrintWriter} over it swallows that. */
public final class StandardOutput extends FilterOutputStream {

  private @Nullable IOException failure;

  public StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** What is to be said of a failure; null if all was written, or the reader wanted no more. */
  public @Nullable String trouble() {
    if (failure == null || "Broken pipe".equals(failure.getMessage())) {
      return null;
    }
    return "Cannot write to standard output: " + failure.getMessage() + ".";
  }
}

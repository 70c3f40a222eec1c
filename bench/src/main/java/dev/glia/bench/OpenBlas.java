package dev.glia.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * OpenBLAS, called through the foreign-function interface: what a library in C and assembler makes
 * of the same product. Its files come from a jar that only the build with {@code -Popenblas} has.
 */
final class OpenBlas {

  /** In the order in which one needs the other; the last is OpenBLAS. */
  private static final List<String> FILES =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

  private static final int ROW_MAJOR = 101; // the constants of cblas.h
  private static final int NOT_TRANSPOSED = 111;

  private final MethodHandle sgemm;
  private final MethodHandle setThreads;

  /**
   * Loads the library.
   *
   * @throws IllegalStateException if this build does not have it for this machine
   */
  @SuppressWarnings("restricted") // the JMH forks are started with --enable-native-access
  OpenBlas() throws IOException {
    SymbolLookup library = SymbolLookup.libraryLookup(extract(), Arena.global());
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
    ValueLayout.OfFloat number = ValueLayout.JAVA_FLOAT;
    sgemm =
        linker.downcallHandle(
            library.findOrThrow("cblas_sgemm"),
            FunctionDescriptor.ofVoid(
                integer, // order
                integer, // is a transposed?
                integer, // is b transposed?
                integer, // rows
                integer, // columns
                integer, // steps
                number, // alpha
                ValueLayout.ADDRESS, // a
                integer,
                ValueLayout.ADDRESS, // b
                integer,
                number, // beta
                ValueLayout.ADDRESS, // c
                integer));
    setThreads =
        linker.downcallHandle(
            library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(integer));
  }

  /** Copies the library and what it needs to a folder, where they find one another. */
  private static Path extract() throws IOException {
    String system = System.getProperty("os.name").startsWith("Linux") ? "linux" : "other";
    String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm64";
    String jarFolder = "/org/bytedeco/openblas/" + system + "-" + processor + "/";
    Path folder = Files.createTempDirectory("glia-openblas");
    folder.toFile().deleteOnExit();
    Path last = folder;
    for (String name : FILES) {
      try (InputStream file = OpenBlas.class.getResourceAsStream(jarFolder + name)) {
        last = folder.resolve(name);
        last.toFile().deleteOnExit();
        if (file != null) { // not every platform needs each of them
          Files.copy(file, last);
        }
      }
    }
    if (!Files.exists(last)) {
      throw new IllegalStateException(
          "There is no OpenBLAS for %s-%s on the class path: build with -Popenblas on Linux, on ARM also with -Dopenblas.platform=linux-arm64."
              .formatted(system, processor));
    }
    return last;
  }

  /** How many threads {@link #product} uses from now on. */
  void setThreads(int threads) {
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS failed.", e);
    }
  }

  /**
   * {@code c = a * b}.
   *
   * @param a {@code [rows][steps]}
   * @param b {@code [steps][columns]}
   * @param c {@code [rows][columns]}, overwritten
   */
  void product(
      MemorySegment a, MemorySegment b, MemorySegment c, int rows, int steps, int columns) {
    try {
      sgemm.invokeExact(
          ROW_MAJOR,
          NOT_TRANSPOSED,
          NOT_TRANSPOSED,
          rows,
          columns,
          steps,
          1f,
          a,
          steps,
          b,
          columns,
          0f,
          c,
          columns);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenBLAS failed.", e);
    }
  }
}

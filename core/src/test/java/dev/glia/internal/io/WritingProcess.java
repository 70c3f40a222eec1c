package dev.glia.internal.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process that writes {@code hello} to a file: it says when it is in the middle, and goes on when
 * it gets a line.
 */
final class WritingProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  private WritingProcess(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one and waits until it is in the middle of the file. */
  static WritingProcess inTheMiddleOf(Path file) throws IOException {
    WritingProcess started =
        new WritingProcess(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WritingProcess.class.getName(),
                    file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    if (!"middle".equals(started.said.readLine())) {
      throw new IOException("The process did not get to the middle of the file.");
    }
    return started;
  }

  /** Lets it write the rest; gives its exit status. */
  int finish() throws IOException, InterruptedException {
    process.outputWriter().append("go on\n").close();
    return process.waitFor();
  }

  /** SIGKILL: nothing of it runs any more. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What the process runs: the file's name is its argument. */
  public static void main(String[] args) throws IOException {
    BufferedReader go =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    WholeFile.write(
        Path.of(args[0]),
        out -> {
          out.write(new byte[1 << 17]); // more than the buffer: some of it reaches the disk
          System.out.println("middle");
          go.readLine();
          out.write("hello".getBytes(StandardCharsets.UTF_8));
        });
  }
}

package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code glia studio} as a process. */
class StudioTest {

  @TempDir Path folder;

  /** A studio that runs. */
  private record Running(Process process, BufferedReader out, URI address)
      implements AutoCloseable {

    static Running start(Object... args) throws IOException {
      return start(Glia.command(List.of(), args));
    }

    static Running start(List<String> command) throws IOException {
      Process process = new ProcessBuilder(command).start();
      BufferedReader out = process.inputReader();
      String first = out.readLine();
      assertThat(first).matches("http://127\\.0\\.0\\.1:\\d+/");
      return new Running(process, out, URI.create(first));
    }

    /** The status line of the answer to a request for the page. */
    String ask() throws IOException {
      try (Socket socket = new Socket(loopback(), address.getPort())) {
        String request =
            "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(address.getAuthority());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElse("");
      }
    }

    /** Sends a signal and gives the status of the end. */
    int end(String signal) throws IOException, InterruptedException {
      new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  @Test
  void theAddressIsTheFirstLineAndThePageIsThere() throws IOException {
    try (Running studio = Running.start("studio", "--port", 0)) {
      assertThat(studio.ask()).startsWith("HTTP/1.1 ");
    }
  }

  @Test
  void withoutAPortTheSecondStudioTakesAFreeOne() throws IOException {
    try (Running first = Running.start("studio");
        Running second = Running.start("studio")) {
      assertThat(second.address()).isNotEqualTo(first.address());
      assertThat(second.ask()).startsWith("HTTP/1.1 ");
    }
  }

  @Test
  void aPortThatIsTakenIsAnError() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
      Glia.run("studio", "--port", taken.getLocalPort())
          .fails(1, "Port " + taken.getLocalPort() + " can't be had", "choose another one");
    }
    Glia.run("studio", "--port", 65_536).fails(2, "0 to 65535", "65536");
    Glia.run("studio", "--port", -1).fails(2, "0 to 65535");
    Glia.run("studio", "--port", "x").fails(2, "--port");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void ctrlCAndSigtermEndItCleanly() throws IOException, InterruptedException {
    for (String signal : List.of("-INT", "-TERM")) {
      Assumptions.assumeFalse(
          signal.equals("-INT") && ProcessTest.ignoresInterrupts(), "SIGINT is ignored here.");
      try (Running studio = Running.start("studio", "--port", 0);
          Socket idle = new Socket(loopback(), studio.address().getPort())) {
        studio.ask();
        assertThat(idle.isConnected()).isTrue();
        assertThat(studio.end(signal)).isEqualTo(signal.equals("-INT") ? 130 : 143);
        assertThat(studio.out().readLine()).isNull();
        String err =
            new String(studio.process().getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(err).contains("until Ctrl-C").doesNotContain("Exception");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theBrowserIsOpenedOrItIsSaidThatThereIsNone() throws IOException, InterruptedException {
    Path opener = folder.resolve("xdg-open");
    Path opened = folder.resolve("opened");
    Files.writeString(opener, "#!/bin/sh\necho \"$1\" >" + opened + "\n");
    assertThat(opener.toFile().setExecutable(true)).isTrue();
    for (boolean there : new boolean[] {true, false}) {
      ProcessBuilder builder =
          new ProcessBuilder(Glia.command(List.of(), "studio", "--port", 0, "--open"));
      builder.environment().put("PATH", there ? folder.toString() : "/nowhere");
      Process process = builder.start();
      try {
        String address = process.inputReader().readLine();
        List<String> said = new ArrayList<>();
        BufferedReader err = process.errorReader();
        if (there) {
          while (!Files.exists(opened) || Files.size(opened) == 0) {
            Thread.sleep(10);
          }
          assertThat(opened).content().isEqualTo(address + "\n");
        } else {
          for (String line = err.readLine(); line != null; line = err.readLine()) {
            said.add(line);
            if (line.contains("open the address yourself")) {
              break;
            }
          }
          assertThat(said.getLast()).contains("no command here that opens a browser");
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void everySystemHasItsOpener() {
    assertThat(Browser.opener("Linux")).containsExactly("xdg-open");
    assertThat(Browser.opener("Mac OS X")).containsExactly("open");
    assertThat(Browser.opener("Windows 11")).first().isEqualTo("rundll32");
  }

  @Test
  void warmingUpLeavesOnlyWhatItWasAllowedTo() throws IOException, InterruptedException {
    Run run = Glia.runIn(folder, "warm-up", folder).ok();
    assertThat(run.err()).doesNotContain("fault", "Exception");
    assertThat(Glia.files(folder)).containsExactly("cache.png", "cache.safetensors");
    assertThat(Glia.run("--help").ok().out()).contains("studio").doesNotContain("warm-up");
  }
}

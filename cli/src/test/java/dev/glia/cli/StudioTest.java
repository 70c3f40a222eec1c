package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import dev.glia.internal.json.Json;
import dev.glia.studio.settings.Settings;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      String address =
          first.startsWith("{") ? (String) ((Map<?, ?>) Json.read(first)).get("address") : first;
      assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+/(#session=[0-9a-f]{32})?");
      return new Running(process, out, URI.create(address));
    }

    /** The answer to a request for the page. */
    String ask() throws IOException {
      return get("/");
    }

    /** The answer to a request. */
    String get(String path) throws IOException {
      try (Socket socket = new Socket(loopback(), address.getPort())) {
        String request =
            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, address.getAuthority());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
  void aTrainingIsShownAndIsTheSameTraining() throws IOException {
    List<Object> options =
        List.of("--epochs", 60, "--layers", "8:leaky_relu(0.05),4:tanh", "--optimizer", "momentum");
    sameInTheStudio(more(options, "--no-shuffle", "--batch-size", 16), "moons", "--samples", 90);
    sameInTheStudio(more(options, "--even-batches", "--stratify"), "blobs", "--centers", 4);
    sameInTheStudio(more(options, "--clip-norm", 1, "--l2", 0.01, "--seed", 7), "sine");
    sameInTheStudio(
        List.of("--epochs", 400, "--patience", 30, "--schedule", "plateau(0.5,5)", "--l1", 0.001),
        "blobs",
        "--noise",
        2);
    Path table = TestData.table(folder.resolve("table.csv"), row -> String.valueOf(2 * row));
    sameInTheStudio(
        more(options, "--scale", "standard", "--recipe", "simple"), table, "--target", "a");
  }

  private static List<Object> more(List<Object> options, Object... others) {
    List<Object> all = new ArrayList<>(options);
    all.addAll(List.of(others));
    return all;
  }

  private void sameInTheStudio(List<Object> options, Object... data) throws IOException {
    Path model = folder.resolve("model.safetensors");
    Path shown = folder.resolve("shown.safetensors");
    List<Object> args = new ArrayList<>(List.of("train"));
    args.addAll(List.of(data));
    args.addAll(options);
    args.addAll(List.of("--json", "--log-every", 20));
    Run plain = Glia.run(more(args, "--out", model).toArray()).ok();
    try (Running studio =
        Running.start(Glia.command(List.of(), more(args, "--studio", "--out", shown).toArray()))) {
      List<Map<?, ?>> events = new ArrayList<>();
      do {
        events.add((Map<?, ?>) Json.read(studio.out().readLine()));
      } while (!"result".equals(events.getLast().get("event")));
      assertThat(events.stream().map(StudioTest::withoutTimes).toList())
          .isEqualTo(
              plain.objects().stream()
                  .filter(event -> !"finding".equals(event.get("event")))
                  .map(StudioTest::withoutTimes)
                  .toList());
      assertThat(shown).hasSameBinaryContentAs(model);
      String session = studio.address().getFragment().replace("session=", "");
      String state = studio.get("/api/sessions/" + session);
      assertThat(state).contains("\"owner\":\"command\"", "\"status\":\"finished\"");
      assertThat(studio.process().isAlive()).isTrue();
    }
  }

  /** An event without what is another the next time: seconds, and where the model lies. */
  private static Map<Object, Object> withoutTimes(Map<?, ?> event) {
    Map<Object, Object> same = new HashMap<>(event);
    same.keySet().removeAll(List.of("seconds", "training_seconds", "model", "threads"));
    return same;
  }

  @Test
  void everyOptionOfATrainingIsASettingOfTheStudio() {
    List<String> others =
        List.of(
            "data-dir",
            "out",
            "plot",
            "studio",
            "json",
            "quiet",
            "threads",
            "kernel",
            "debug",
            "dry-run",
            "query",
            "driver-path",
            "from",
            "validation",
            "test",
            "row-weights",
            "groups",
            "encoding", // the text is decoded before the studio gets it
            "recipe",
            "members",
            "time");
    List<String> names =
        Main.commandLine("train").getSubcommands().get("train").getCommandSpec().options().stream()
            .map(option -> option.longestName().substring(2))
            .filter(name -> !others.contains(name))
            .filter(name -> !name.equals("help") && !name.equals("version"))
            .toList();
    assertThat(Settings.keys()).containsAll(names).contains("layers", "samples");
    assertThat(names).contains("layers", "samples", "stratify");
  }

  @Test
  void whatTheStudioCannotShowIsRefused() throws IOException {
    Glia.run("train", "moons", "--studio", "--threads", 1).fails(2, "--threads");
    Files.createDirectory(folder.resolve("idx"));
    Glia.run("train", folder.resolve("idx"), "--studio").fails(2, "IDX", "--studio");
    Glia.run("train", "moon", "--studio").fails(2, "There is no data set");
    Path large = folder.resolve("large.csv");
    Files.write(large, new byte[9 << 20]);
    Glia.run("train", large, "--studio").fails(2, "8 MB");
    Glia.run("train", "moons", "--studio", "--layers", "9999:relu,9999:relu")
        .fails(2, "parameters");
    Glia.run("train", "blobs", "--studio", "--samples", 100_000, "--centers", 100_000)
        .fails(2, "centers: the studio takes at most 256 classes");
  }

  @Test
  void aTrainingThatDivergedIsStillShown() throws IOException {
    Path model = folder.resolve("m.safetensors");
    try (Running studio =
        Running.start(
            "train", "sine", "--studio", "--learning-rate", 1e30, "--out", model, "--epochs", 90)) {
      BufferedReader err = studio.process().errorReader();
      List<String> said = new ArrayList<>();
      do {
        said.add(err.readLine());
      } while (!said.getLast().contains("until Ctrl-C"));
      assertThat(said).anyMatch(line -> line.startsWith("glia: Training diverged"));
      assertThat(model).doesNotExist();
      String session = studio.address().getFragment().replace("session=", "");
      assertThat(studio.get("/api/sessions/" + session)).contains("\"status\":\"failed\"");
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

package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of the command only from outside of its process, or of its file system. */
class ProcessTest {

  @TempDir Path folder;

  @Test
  void trainWritesARunBelowTheCurrentFolder() throws IOException, InterruptedException {
    Run run = Glia.runIn(folder, "train", "moons", "--epochs", 100, "--json").ok();
    assertThat(run.err()).isEmpty();
    assertThat(run.result().get("model")).isEqualTo("runs/moons/model.safetensors");
    assertThat(Glia.files(folder))
        .containsExactly(
            "runs/moons/history.csv",
            "runs/moons/model.safetensors",
            "runs/moons/test.png",
            "runs/moons/training.png");
    List<String> history = Files.readAllLines(folder.resolve("runs/moons/history.csv"));
    assertThat(history).hasSize(4);
    assertThat(history.getFirst()).isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,seconds");
    Map<?, ?> last = run.events("epoch").getLast();
    assertThat(history.getLast())
        .startsWith(
            "100,%s,%s,%s,"
                .formatted(last.get("loss"), last.get("accuracy"), last.get("val_loss")));
    byte[] model = Files.readAllBytes(folder.resolve("runs/moons/model.safetensors"));
    TestData.table(folder.resolve("table.csv"), row -> String.valueOf(row * TestData.b(row)));
    Object[] again = {"train", "moons", "--epochs", 1, "-q", "--plot", "mine.svg"};
    assertThat(Glia.runIn(folder, again).ok().err()).isEmpty();
    assertThat(folder.resolve("runs/moons/model.safetensors")).isNotEmptyFile();
    assertThat(Files.readAllBytes(folder.resolve("runs/moons/model.safetensors")))
        .isNotEqualTo(model);
    Glia.runIn(folder, "train", "table.csv", "--epochs", 2, "-q").ok();
    assertThat(Glia.files(folder))
        .containsExactly(
            "mine.svg",
            "runs/moons/history.csv",
            "runs/moons/model.safetensors",
            "runs/moons/test.png",
            "runs/moons/training.png",
            "runs/table/history.csv",
            "runs/table/loss.png",
            "runs/table/model.safetensors",
            "runs/table/predictions.png",
            "table.csv");
    Path picture = folder.resolve("loss.svg");
    Glia.run("plot", "loss", folder.resolve("runs/table/history.csv"), "--out", picture).ok();
    assertThat(Files.readString(picture)).contains("training", "validation");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void interruptedTrainingKeepsTheOldModel() throws IOException, InterruptedException {
    Path model = Files.writeString(folder.resolve("m.safetensors"), "the old model");
    List<String> command =
        Glia.command(
            List.of(), "train", "moons", "--epochs", 100_000_000, "--json", "--out", model);
    Process process = new ProcessBuilder(command).start();
    try (BufferedReader reader = process.inputReader()) {
      assertThat(reader.readLine()).contains("\"event\":\"start\"");
      assertThat(reader.readLine()).contains("\"epoch\":0");
      Assumptions.assumeFalse(ignoresInterrupts(), "SIGINT is ignored here, as after nohup.");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      while (reader.readLine() != null) {
        // the epochs until then
      }
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
    assertThat(model).hasContent("the old model");
    assertThat(Glia.files(folder)).containsExactly("m.safetensors");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void interruptedWritingLeavesNothing() throws IOException, InterruptedException {
    Assumptions.assumeFalse(ignoresInterrupts(), "SIGINT is ignored here, as after nohup.");
    List<String> command =
        Glia.command(
            List.of(),
            "data",
            "write",
            "moons",
            "--samples",
            3_000_000,
            "--out",
            folder.resolve("data.csv"));
    Process process = new ProcessBuilder(command).start();
    try {
      while (Glia.files(folder).isEmpty() && process.isAlive()) {
        Thread.sleep(5);
      }
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(Glia.finish(process).status()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Glia.files(folder)).isEmpty();
  }

  @Test
  void aLackOfMemoryIsASentence() throws IOException, InterruptedException {
    List<String> command =
        Glia.command(List.of("-Xmx48m"), "inspect", "digits", "--samples", 400_000);
    Glia.finish(new ProcessBuilder(command).start())
        .fails(1, "needs more than the 4", "MB of memory", "GLIA_JAVA_OPTS=-Xmx");
  }

  /** Whether this process ignores SIGINT: its children then do so too. */
  static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aReaderThatWantsNoMoreIsNoFault() throws IOException, InterruptedException {
    Path model = folder.resolve("m.safetensors");
    Glia.run("train", "moons", "--epochs", 1, "-q", "--out", model).ok();
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -n 1", "sh"));
    command.addAll(Glia.command(List.of(), "predict", model, "moons", "--samples", 20_000));
    Run run = Glia.finish(new ProcessBuilder(command).start()).ok();
    assertThat(run.out().strip()).isEqualTo("prediction,probability_0,probability_1");
    assertThat(run.err()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void standardOutputOnAFullDiskIsAFailure() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(Glia.command(List.of(), "data", "list"));
    builder.redirectOutput(Path.of("/dev/full").toFile());
    Glia.finish(builder.start()).fails(1, "Cannot write to standard output: No space left");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskKeepsTheOldModel() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    int mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    Assumptions.assumeTrue(mounted == 0, "Only root may mount a small disk.");
    try {
      Path model = disk.resolve("m.safetensors");
      Glia.run("train", "moons", "--epochs", 1, "-q", "--out", model).ok();
      byte[] before = Files.readAllBytes(model);
      // 784 x 32 weights are more than 64 KiB.
      Glia.run("train", "digits", "--samples", 50, "--epochs", 1, "--out", model)
          .fails(1, "Cannot write " + model, "No space left on device");
      assertThat(model).hasBinaryContent(before);
      Glia.run("data", "write", "digits", "--samples", 50, "--out", disk.resolve("d.csv"))
          .fails(1, "Cannot write", "No space left on device");
      assertThat(Glia.files(disk)).containsExactly("m.safetensors");
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatGetsFullWithPicturesKeepsModelAndHistory() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    int mounted = run("mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", disk.toString());
    Assumptions.assumeTrue(mounted == 0, "Only root may mount a small disk.");
    try {
      Run run = Glia.runIn(disk, "train", "moons", "--epochs", 1, "--json");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err().lines().toList())
          .hasSize(2)
          .allMatch(line ->
              line.matches(
                  "glia: Cannot write runs/moons/(training|test).png: "
                      + "No space left on device. Choose a place that can be written."));
      assertThat(run.result().get("model")).isEqualTo("runs/moons/model.safetensors");
      assertThat(Glia.files(disk))
          .containsExactly("runs/moons/history.csv", "runs/moons/model.safetensors");
    } finally {
      run("umount", disk.toString());
    }
  }

  /** Each file of a run is tried, whichever fails. */
  @Test
  void aFileThatCannotBeWrittenKeepsNoOtherFromIt() throws IOException, InterruptedException {
    Path runs = Files.createDirectories(folder.resolve("runs/moons"));
    Files.createDirectory(runs.resolve("history.csv"));
    Files.createDirectory(runs.resolve("training.png"));
    Run run = Glia.runIn(folder, "train", "moons", "--epochs", 1, "-q");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "glia: Cannot write runs/moons/history.csv: it is a folder; give the name of a file in it.",
            "glia: Cannot write runs/moons/training.png: it is a folder; give the name of a file in it.");
    assertThat(run.out()).contains("training  loss");
    assertThat(Glia.files(folder))
        .containsExactly("runs/moons/model.safetensors", "runs/moons/test.png");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aModelThatCannotBeWrittenKeepsNoPictureFromIt() {
    Path picture = folder.resolve("p.svg");
    Run run =
        Glia.run(
            "train", "moons", "--epochs", 1, "--json", "--out", "/dev/full", "--plot", picture);
    run.fails(1, "Cannot write /dev/full: No space left on device");
    assertThat(run.result().get("model")).isNull();
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void standardOutputGetsTheFileWhateverItIs() throws IOException, InterruptedException {
    Path file = folder.resolve("data.csv");
    Glia.run("data", "write", "moons", "--out", file).ok();
    String expected = Files.readString(file);
    for (String name : List.of("/dev/stdout", "/dev/fd/1")) {
      List<String> command = Glia.command(List.of(), "data", "write", "moons", "--out", name);
      assertThat(Glia.finish(new ProcessBuilder(command).start()).ok().out()).isEqualTo(expected);
      Path log = Files.writeString(folder.resolve("log"), "before\n");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Glia.finish(builder.start()).ok();
      assertThat(log).hasContent("before\n" + expected);
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // there is no such command here
    }
  }
}

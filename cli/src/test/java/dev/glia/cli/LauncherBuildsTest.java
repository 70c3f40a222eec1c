package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Builds of the launcher {@code ./glia} that meet others: those that wait and those in use. */
@EnabledOnOs(OS.LINUX)
class LauncherBuildsTest {

  @TempDir Path folder;

  @Test
  void aLockWhoseOwnerHasEndedIsTakenOver() throws IOException, InterruptedException {
    Checkout checkout = Checkout.make(folder.resolve("checkout"));
    Path lock = Files.createDirectories(checkout.folder().resolve("target/launcher"));
    lock = lock.resolve("lock");
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      // An owner's number that another process has by now; and a name that says less than that.
      for (String owner : List.of(host() + ":" + other.pid() + ":1", "pid-" + other.pid())) {
        Files.createSymbolicLink(lock, Path.of(owner));
        checkout.change();
        assertThat(checkout.run(Map.of(), "--version").ok().err())
            .startsWith("Building Glia")
            .hasLineCount(1);
        assertThat(Files.isSymbolicLink(lock)).isFalse();
      }
    } finally {
      other.destroyForcibly();
    }
    assertThat(Files.readAllLines(checkout.folder().resolve("builds"))).hasSize(2);
  }

  @Test
  void aStartDoesNotWaitForEverAndItsAdviceHelps() throws IOException, InterruptedException {
    Checkout checkout = Checkout.make(folder.resolve("checkout"));
    Path lock = Files.createDirectories(checkout.folder().resolve("target/launcher"));
    lock = lock.resolve("lock");
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      String stat = Files.readString(Path.of("/proc/" + other.pid() + "/stat"));
      String began = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
      for (String owner : List.of(host() + ":" + other.pid() + ":" + began, "elsewhere:1:1")) {
        Files.createSymbolicLink(lock, Path.of(owner));
        Run run = checkout.run(Map.of("GLIA_BUILD_WAIT", "1"), "--version");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
            .contains("Waiting for another start of Glia")
            .contains("glia: process " + owner.split(":", -1)[1] + " on " + owner.split(":", -1)[0])
            .contains("remove the file " + lock + " and start again");
        assertThat(Files.readSymbolicLink(lock)).hasToString(owner);
        Files.delete(lock);
      }
    } finally {
      other.destroyForcibly();
    }
    assertThat(checkout.folder().resolve("builds")).doesNotExist();
    assertThat(checkout.run(Map.of(), "--version").ok().out()).startsWith("glia ");
  }

  private static String host() throws IOException {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    assertThat(host).isNotEmpty();
    return host;
  }

  @Test
  void aBuildStaysAsLongAsAProcessRunsFromIt() throws IOException, InterruptedException {
    Checkout checkout = Checkout.make(folder.resolve("checkout"));
    checkout.run(Map.of(), "--version").ok();
    Path first = checkout.builds().getFirst();
    Process studio = checkout.start(Map.of(), "studio", "--port", 0).start();
    try {
      URI address = URI.create(studio.inputReader().readLine());
      for (int i = 0; i < 3; i++) {
        checkout.change();
        checkout.run(Map.of(), "--version").ok();
      }
      assertThat(checkout.builds()).hasSize(3).contains(first);
      assertThat(first.resolve("glia-cli.jar")).exists();
      // The page is read from the jar only now.
      try (var page = address.toURL().openStream()) {
        assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).contains("glia-token");
      }
    } finally {
      studio.destroyForcibly().waitFor();
    }
    checkout.change();
    checkout.run(Map.of(), "--version").ok();
    assertThat(checkout.builds()).hasSize(2).doesNotContain(first);
  }
}

package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code ./glia} in a checkout of its own, whose build packs what was tested here. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {

  @TempDir Path folder;

  @Test
  void theCacheIsMadeOnceUsedAndNeverInTheWay() throws IOException, InterruptedException {
    Path checkout = Checkout.make(folder.resolve("a checkout")).folder(); // with a space

    Run first = glia(checkout, "").ok();
    assertThat(first.err()).startsWith("Building Glia once").hasLineCount(1);
    Path cache = onlyCache(checkout);
    assertThat(glia(checkout, "-Xlog:class+load").ok().out())
        .containsPattern("dev\\.glia\\.cli\\.Main source: shared objects file");

    assertThat(secondsToTheStudio(checkout)).as("seconds to the studio's address").isLessThan(2);

    byte[] whole = Files.readAllBytes(cache);
    assertQuiet(checkout);
    assertThat(onlyCache(checkout)).hasBinaryContent(whole);
    Files.write(cache, Arrays.copyOf(whole, whole.length / 2));
    assertQuiet(checkout);
    Files.writeString(cache, "no cache at all");
    assertQuiet(checkout);
    Files.write(cache, whole);
    assertThat(glia(checkout, "-Xshare:off").ok().err()).isEmpty();
    assertThat(glia(checkout, "-XX:-UseCompressedOops").ok().err()).isEmpty();
    Files.delete(cache);
    assertQuiet(checkout);
    assertThat(Files.readAllLines(checkout.resolve("builds"))).hasSize(1);
  }

  /** The least of some starts: half a second is wanted, on a machine that does nothing else. */
  private static double secondsToTheStudio(Path checkout) throws IOException {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 5; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(checkout.resolve("glia").toString(), "studio")
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      long start = System.nanoTime();
      Process process = builder.start();
      try {
        assertThat(process.inputReader().readLine()).startsWith("http://127.0.0.1:");
        least = Math.min(least, (System.nanoTime() - start) / 1e9);
      } finally {
        process.destroy();
      }
    }
    return least;
  }

  /** Runs without a word but the result. */
  private static void assertQuiet(Path checkout) throws IOException, InterruptedException {
    Run run = glia(checkout, "").ok();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("glia ").hasLineCount(1);
  }

  private static Run glia(Path checkout, String jvmOptions)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(checkout.resolve("glia").toString(), "--version")
            .directory(checkout.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("GLIA_JAVA_OPTS", jvmOptions);
    return Glia.finish(builder.start());
  }

  private static Path onlyCache(Path checkout) throws IOException {
    try (Stream<Path> files = Files.walk(checkout)) {
      List<Path> caches = files.filter(file -> file.toString().contains(".aot")).toList();
      assertThat(caches).hasSize(1);
      return caches.getFirst();
    }
  }
}

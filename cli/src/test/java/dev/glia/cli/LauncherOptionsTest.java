package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that the launcher {@code ./glia} becomes: its options, its charset, its memory. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherOptionsTest {

  private static final List<String> VARIABLES =
      List.of("GLIA_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  @TempDir private static Path folder;
  private static Checkout checkout;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    checkout = Checkout.make(folder.resolve("checkout"));
    checkout.run(Map.of(), "--version").ok();
  }

  private static String version(String variable, String options)
      throws IOException, InterruptedException {
    return checkout.run(Map.of(variable, options), "--version").ok().out();
  }

  @Test
  void theCollectorIsTheUsersWhereTheyNameOne() throws IOException, InterruptedException {
    Map<String, String> collectors =
        Map.of(
            "Serial", "Using Serial",
            "Parallel", "Using Parallel",
            "G1", "Using G1",
            "Z", "Using The Z Garbage Collector",
            "Shenandoah", "Using Shenandoah");
    assertThat(version("GLIA_JAVA_OPTS", "-Xlog:gc")).contains("Using Serial");
    for (Map.Entry<String, String> collector : collectors.entrySet()) {
      String option = "-XX:+Use%sGC".formatted(collector.getKey());
      if (!thisJdkTakes(option)) {
        continue; // not every JDK has Shenandoah
      }
      for (String variable : VARIABLES) {
        assertThat(version(variable, option + " -Xlog:gc"))
            .contains(collector.getValue(), "\nglia ")
            .doesNotContain("[warning]");
      }
    }
    Path file = Files.writeString(folder.resolve("options"), "-XX:+UseParallelGC\n-Xlog:gc\n");
    assertThat(version("GLIA_JAVA_OPTS", "@" + file)).contains("Using Parallel");
    assertThat(version("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=" + file))
        .contains("Using Parallel");
  }

  private static boolean thisJdkTakes(String option) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Glia.finish(new ProcessBuilder(java, option, "-version").start()).status() == 0;
  }

  @Test
  void sizesAreTheUsersWhereTheyNameThem() throws IOException, InterruptedException {
    Map<String, String> flags =
        Map.of(
            "-Xmn40m", "MaxNewSize += 41943040",
            "-XX:NewSize=50m", " NewSize += 52428800",
            "-XX:MaxRAMPercentage=2", "MaxRAMPercentage += 2\\.0+",
            "-XX:InitialRAMPercentage=3", "InitialRAMPercentage += 3\\.0+",
            "-XX:MaxHeapFreeRatio=55", "MaxHeapFreeRatio += 55",
            "-Xmx20m", "MaxHeapSize += 20971520",
            "-Xms100m", "InitialHeapSize += 104857600",
            "-Xmx2g", "MaxHeapSize += 2147483648");
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      for (String variable : VARIABLES) {
        assertThat(version(variable, flag.getKey() + " -XX:+PrintFlagsFinal"))
            .containsPattern(flag.getValue() + "\\b")
            .containsPattern("UseSerialGC += true")
            .contains("\nglia ")
            .doesNotContain("[warning]");
      }
    }
  }

  /** In a script, as the JVM of the tests may not know these letters itself. */
  @Test
  void namesOutsideAsciiAreTakenInEveryLocale() throws IOException, InterruptedException {
    TestData.table(folder.resolve("table.csv"), row -> String.valueOf(row * TestData.b(row)));
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            set -e
            mkdir -p "größe 你好/später"
            cd "größe 你好/später"
            cp ../../table.csv größe.csv
            [ -d "ein Ort" ] || cp -R ../../checkout "ein Ort"
            "./ein Ort/glia" train größe.csv --epochs 2 -q --out "modèle 1.safetensors" >/dev/null
            "./ein Ort/glia" inspect "modèle 1.safetensors" >/dev/null
            "./ein Ort/glia" train größe.csv --epochs 2 -q >/dev/null
            cat runs/größe/model.safetensors "modèle 1.safetensors" >/dev/null
            rm -r runs größe.csv "modèle 1.safetensors"
            ls
            """);
    List<Map<String, String>> locales =
        List.of(
            Map.of("LC_ALL", "C"),
            Map.of("LC_ALL", "POSIX"),
            Map.of("LC_ALL", "no_SUCH.UTF-8"),
            Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "C"),
            Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""));
    for (Map<String, String> locale : locales) {
      ProcessBuilder builder = checkout.start(locale).directory(folder.toFile());
      Run run = Glia.finish(builder.command("sh", script.toString()).start()).ok();
      assertThat(run.out()).as("%s", locale).isEqualTo("ein Ort\n");
      assertThat(run.err().replaceAll("(Building Glia|WARNING: Using incubator) .*\\R", ""))
          .as("%s", locale)
          .isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theStudioGivesMemoryBack() throws IOException, InterruptedException {
    Process process = checkout.start(Map.of(), "studio", "--port", 0).start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create(process.inputReader().readLine());
      String page =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      Matcher token = Pattern.compile("name=\"glia-token\" content=\"([^\"]+)\"").matcher(page);
      assertThat(token.find()).isTrue();
      Asking studio = new Asking(client, address, token.group(1));
      String id = studio.post("api/sessions", "moons", 0).replaceAll(".*\"id\":\"(\\w+)\".*", "$1");
      String reset = "api/sessions/" + id + "/reset";
      long most = 0;
      for (int seed = 0; seed < 12; seed++) {
        studio.post(reset, "digits", seed);
        most = Math.max(most, megabytes(process));
      }
      assertThat(most).isGreaterThan(300); // else the rest would say nothing
      studio.post(reset, "moons", 0);
      Instant patience = Instant.now().plus(Duration.ofMinutes(2)); // a minute is promised
      while (megabytes(process) > 200 && Instant.now().isBefore(patience)) {
        Thread.sleep(500);
      }
      assertThat(megabytes(process)).as("MB, of %d", most).isLessThanOrEqualTo(200);
    } finally {
      process.destroyForcibly();
    }
  }

  private record Asking(HttpClient client, URI address, String token) {

    String post(String path, String data, int seed) throws IOException, InterruptedException {
      String rows = data.equals("digits") ? "25000" : "300";
      String body =
          "{\"settings\":{\"data\":\"%s\",\"samples\":%s,\"data-seed\":%d}}"
              .formatted(data, rows, seed);
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/" + path))
              .header("Content-Type", "application/json")
              .header("X-Glia-Token", token)
              .POST(BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }

  /** What of a process is in memory. */
  private static long megabytes(Process process) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
  }
}

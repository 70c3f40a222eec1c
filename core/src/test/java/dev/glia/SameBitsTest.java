package dev.glia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.SameBits.Training;
import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.network.Network;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same seed gives the same bits: for every number of threads, for both kernels, for every width
 * of vectors, with and without the Vector API.
 */
class SameBitsTest {

  private static final Map<Training, String> EXPECTED = new EnumMap<>(Training.class);
  private static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");

  @BeforeAll
  static void trainOnce() {
    for (Training training : Training.values()) {
      EXPECTED.put(training, SameBits.hash(training, new Compute(1, KernelChoice.SCALAR)));
    }
    assertThat(EXPECTED.values()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Training.class)
  void kernelsAndThreadsDoNotChangeABit(Training training) {
    for (KernelChoice kernel : List.of(KernelChoice.SCALAR, KernelChoice.VECTOR)) {
      for (int threads = 1; threads <= 3; threads++) {
        assertThat(SameBits.hash(training, new Compute(threads, kernel)))
            .as("%s kernel, %d threads", kernel, threads)
            .isEqualTo(EXPECTED.get(training));
      }
    }
  }

  /** On a machine without such vectors, or of another make, the flags change nothing. */
  @ParameterizedTest
  @CsvSource({
    "-XX:MaxVectorSize=16, 2, 128",
    "-XX:MaxVectorSize=32, 1, 256",
    "-XX:MaxVectorSize=64, 2, 512",
    "-XX:UseAVX=2, 1, 256",
    "-XX:UseAVX=1, 2, 128"
  })
  void widthsOfVectorsDoNotChangeABit(String flag, int threads, int mostBits) throws Exception {
    Map<Training, String> kernels = run(VECTOR_API, flag, "VECTOR", threads, Training.values());
    assertThat(kernels.values())
        .allSatisfy(name -> {
          assertThat(name).matches("vector \\d+ bit");
          assertThat(Integer.parseInt(name.split(" ", -1)[1])).isLessThanOrEqualTo(mostBits);
        });
  }

  /** C2 makes vectors of the scalar kernel's loops, too. */
  @ParameterizedTest
  @CsvSource({"-XX:MaxVectorSize=16, 2", "-XX:UseAVX=2, 1"})
  void widthsOfVectorsDoNotChangeABitOfTheScalarKernel(String flag, int threads) throws Exception {
    run(VECTOR_API, flag, "SCALAR", threads, Training.values());
  }

  /** There fused multiply-adds are computed in software, slowly. */
  @Test
  void aProcessorWithoutFusedMultiplyAddGivesTheSameBits() throws Exception {
    run(VECTOR_API, "-XX:UseAVX=0", "VECTOR", 1, Training.MOONS);
  }

  @Test
  void aJvmWithoutTheVectorApiTakesTheScalarKernelAndGivesTheSameBits() throws Exception {
    assertThat(run(List.of(), "-Xshare:auto", "AUTO", 2, Training.values()).values())
        .containsOnly("scalar");
  }

  /** Runs trainings in a JVM of its own, compares their hashes, and gives the kernels' names. */
  private static Map<Training, String> run(
      List<String> modules, String flag, String kernel, int threads, Training... trainings)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(modules);
    command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", flag, "-cp"));
    command.add(folderOf(SameBits.class) + File.pathSeparator + folderOf(Network.class));
    command.addAll(List.of(SameBits.class.getName(), kernel, Integer.toString(threads)));
    for (Training training : trainings) {
      command.add(training.name());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of %s", command).isZero();
    Map<Training, String> kernels = new EnumMap<>(Training.class);
    for (String line : output.lines().toList()) {
      String[] parts = line.split(" ", 3);
      Training training = Training.valueOf(parts[0]);
      assertThat(parts[1])
          .as("hash of %s with %s", training, flag)
          .isEqualTo(EXPECTED.get(training));
      kernels.put(training, parts[2]);
    }
    assertThat(kernels).containsOnlyKeys(trainings);
    return kernels;
  }

  private static Path folderOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

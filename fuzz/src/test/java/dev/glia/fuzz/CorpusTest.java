package dev.glia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Gives every target every input of its kept corpus, without Jazzer: what was found stays found.
 */
class CorpusTest {

  private static final Path SOURCES = Path.of("src/test/java");
  private static final Path CORPUS = Path.of("corpus");
  private static final String TARGET = "Fuzz.java";
  private static final Duration LONG = Duration.ofSeconds(60);

  /** The targets' sources, {@code dev/glia/fuzz/JsonFuzz.java}. */
  private static List<Path> targets() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(TARGET)).sorted().toList();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String name(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  @TestFactory
  List<DynamicContainer> everyTargetTakesItsCorpus() throws Throwable {
    return targets().stream().map(CorpusTest::replay).toList();
  }

  private static DynamicContainer replay(Path source) {
    try {
      String type = SOURCES.relativize(source).toString().replace(File.separatorChar, '.');
      MethodHandle target =
          MethodHandles.lookup()
              .findStatic(
                  Class.forName(type.replace(".java", "")),
                  "fuzzerTestOneInput",
                  MethodType.methodType(void.class, byte[].class));
      return DynamicContainer.dynamicContainer(
          name(source),
          files(CORPUS.resolve(name(source))).stream()
              .map(file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        byte[] input = Files.readAllBytes(file);
                        assertTimeoutPreemptively(LONG, () -> target.invoke(input));
                      })));
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError("No target or no corpus: " + source, e);
    }
  }

  @Test
  void everyCorpusHasItsTarget() throws IOException {
    assertThat(
            files(CORPUS).stream().filter(Files::isDirectory).map(f -> f.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(targets().stream().map(CorpusTest::name).toList());
  }
}

package dev.glia.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A checkout with the launcher {@code ./glia}, whose build packs what was tested here.
 *
 * @param folder where it lies; its file {@code builds} has a line for each build
 */
record Checkout(Path folder) {

  /** The repository, in whose folder {@code cli} the tests run. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What the launcher looks at, and in place of Maven a script that notes each build. */
  static Checkout make(Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.copy(ROOT.resolve("glia"), folder.resolve("glia"), COPY_ATTRIBUTES);
    Files.createDirectory(folder.resolve(".mvn"));
    Files.copy(ROOT.resolve(".mvn/find-jdk.sh"), folder.resolve(".mvn/find-jdk.sh"));
    Files.createFile(folder.resolve("pom.xml"));
    Files.createDirectories(folder.resolve("cli/src/main"));
    Files.createFile(folder.resolve("cli/pom.xml"));
    Path built = Files.createDirectories(folder.resolve("cli/target/launcher"));
    Path lib = Files.createDirectories(built.resolve("lib"));
    StringBuilder classPath = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path jar = lib.resolve(classPath.length() + ".jar"); // any name, as long as it is new
      if (from.endsWith("test-classes")) {
        continue;
      }
      if (Files.isDirectory(from)) {
        pack(from, jar, new Manifest());
      } else {
        Files.copy(from, jar);
      }
      classPath.append(" lib/").append(jar.getFileName());
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath.toString().strip());
    pack(Files.createDirectory(folder.resolve("empty")), built.resolve("glia-cli.jar"), manifest);
    Path mvnw = folder.resolve("mvnw");
    Files.writeString(mvnw, "#!/bin/sh\ncd \"$(dirname \"$0\")\" && echo built >>builds\n");
    assertThat(mvnw.toFile().setExecutable(true)).isTrue();
    return new Checkout(folder);
  }

  private static void pack(Path classes, Path jar, Manifest manifest) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> found = Files.walk(classes)) {
      for (Path path : found.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, out);
      }
    }
  }

  /** A start of the launcher, with this JDK and the given variables; an empty one is not set. */
  ProcessBuilder start(Map<String, String> variables, Object... args) {
    List<String> command =
        Stream.concat(
                Stream.of(folder.resolve("glia").toString()), Stream.of(args).map(String::valueOf))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    variables.forEach((name, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    return builder;
  }

  /** Runs the launcher to its end. */
  Run run(Map<String, String> variables, Object... args) throws IOException, InterruptedException {
    return Glia.finish(start(variables, args).start());
  }

  /** Makes the launcher build at its next start. */
  void change() throws IOException {
    Files.writeString(folder.resolve("cli/src/main/changed"), "again");
  }

  /** The folders of the builds that are kept. */
  List<Path> builds() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("target/launcher"))) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }
}

package dev.glia.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stands in for a disk that gets full: some bytes go, then no more. */
  private static final WholeFile.Content FULL_DISK =
      out -> {
        out.write(new byte[1 << 20]);
        throw new IOException("No space left on device");
      };

  @Test
  void makesTheFoldersOnTheWay() throws IOException {
    Path file = folder.resolve("a/b/c.txt");
    WholeFile.write(file, out -> write(out, "hello"));
    assertThat(file).hasContent("hello");
    assertThat(namesIn(file.getParent())).containsExactly("c.txt");
  }

  @Test
  void replacesAnOlderFile() throws IOException {
    Path file = folder.resolve("c.txt");
    Files.writeString(file, "a longer older text");
    WholeFile.write(file, out -> write(out, "new"));
    assertThat(file).hasContent("new");
    assertThat(namesIn(folder)).containsExactly("c.txt");
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("c.txt");
    Files.writeString(file, "old");
    assertThatThrownBy(() -> WholeFile.write(file, FULL_DISK))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot write "
                + file
                + ": No space left on device. Choose a place that can be written.");
    assertThatThrownBy(() ->
            WholeFile.write(
                file,
                out -> {
                  throw new IllegalStateException("a bug");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(namesIn(folder)).containsExactly("c.txt");
  }

  @Test
  void aFailureLeavesNoFileWhereThereWasNone() throws IOException {
    assertThatThrownBy(() -> WholeFile.write(folder.resolve("new.txt"), FULL_DISK))
        .isInstanceOf(IOException.class);
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void aFolderIsNotOverwritten() throws IOException {
    Files.createFile(folder.resolve("inside"));
    assertThatThrownBy(() -> WholeFile.write(folder, out -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + folder + ": it is a folder; give the name of a file in it.");
    assertThatThrownBy(() -> WholeFile.checkWritable(folder)).isInstanceOf(IOException.class);
    assertThat(namesIn(folder)).containsExactly("inside");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path target = file.resolve("c.txt");
    assertThatThrownBy(() -> WholeFile.write(target, out -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " is a file, not a folder");
    assertThatThrownBy(() -> WholeFile.checkWritable(target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " is a file, not a folder");
  }

  @Test
  void aLinkToAFolderIsAFolder() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    WholeFile.write(link.resolve("c.txt"), out -> write(out, "x"));
    assertThat(real.resolve("c.txt")).hasContent("x");
  }

  @Test
  void linksStayAndWhatTheyLeadToIsReplaced() throws IOException {
    Path there = Files.createDirectories(folder.resolve("there"));
    Path real = Files.writeString(there.resolve("real"), "old");
    Path inner = Files.createSymbolicLink(there.resolve("inner"), Path.of("real"));
    Path outer = Files.createSymbolicLink(folder.resolve("outer"), Path.of("there/../there/inner"));
    WholeFile.checkWritable(outer);
    WholeFile.write(outer, out -> write(out, "new"));
    assertThat(real).isRegularFile().hasContent("new");
    assertThat(inner).isSymbolicLink();
    assertThat(outer).isSymbolicLink();
    assertThat(namesIn(there)).containsExactly("inner", "real");
    assertThat(namesIn(folder)).containsExactly("outer", "there");
  }

  @Test
  void aLinkToNothingGetsItsFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a/b/real"));
    WholeFile.checkWritable(link);
    assertThat(namesIn(folder)).containsExactly("link");
    WholeFile.write(link, out -> write(out, "new"));
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("a/b/real")).isRegularFile().hasContent("new");
    Path toFolder = Files.createSymbolicLink(folder.resolve("to-folder"), folder.resolve("a"));
    assertThatThrownBy(() -> WholeFile.write(toFolder, out -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(toFolder + ": it is a folder");
  }

  @Test
  void linksInACircleAreSaid() throws IOException {
    Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    String sentence =
        "Cannot write "
            + a
            + ": its links lead in a circle, or are too many. Choose a place that can be written.";
    assertThatThrownBy(() -> WholeFile.write(a, out -> {})).hasMessage(sentence);
    assertThatThrownBy(() -> WholeFile.checkWritable(a)).hasMessage(sentence);
    assertThat(namesIn(folder)).containsExactly("a", "b");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void modeOwnerAndGroupAreKept() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    boolean root = (int) Files.getAttribute(file, "unix:uid") == 0;
    if (root) { // only root can give a file away
      Files.setAttribute(file, "unix:uid", 1);
      Files.setAttribute(file, "unix:gid", 2);
    }
    WholeFile.write(
        file,
        out -> {
          for (String name : namesIn(folder)) { // the draft is no more open than the file
            assertThat(mode(folder.resolve(name))).isEqualTo("rw-------");
          }
          write(out, "new");
        });
    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rw-------");
    if (root) {
      assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1);
      assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(2);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
    WholeFile.write(file, out -> write(out, "newer")); // more than a umask would leave
    assertThat(mode(file)).isEqualTo("rwxrwxrwx");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatMayNotBeWrittenIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("protected"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Assumptions.assumeFalse(Files.isWritable(file), "Root may write everything.");
    assertThatThrownBy(() -> WholeFile.write(file, out -> write(out, "new")))
        .hasMessageContaining("may not be accessed by this user");
    assertThatThrownBy(() -> WholeFile.checkWritable(file))
        .hasMessageContaining("may not be accessed by this user");
    assertThat(file).hasContent("old");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    for (Path target : List.of(pipe, link)) {
      WholeFile.checkWritable(target); // would hang, or end the reader, if it opened the pipe
      FutureTask<String> reader = new FutureTask<>(() -> Files.readString(pipe));
      Thread thread = Thread.ofPlatform().daemon().start(reader);
      WholeFile.write(target, out -> write(out, "through"));
      assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo("through");
      thread.join();
      assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
    }
    assertThat(namesIn(folder)).containsExactly("link", "pipe");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void devicesAreWrittenTo() throws IOException {
    Path nothing = Path.of("/dev/null");
    WholeFile.checkWritable(nothing);
    WholeFile.write(nothing, out -> write(out, "x"));
    assertThat(Files.readAttributes(nothing, BasicFileAttributes.class).isOther()).isTrue();
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    assertThatThrownBy(() -> WholeFile.write(full, out -> write(out, "x")))
        .hasMessage(
            "Cannot write /dev/full: No space left on device. Choose a place that can be written.");
    assertThat(Files.readAttributes(full, BasicFileAttributes.class).isOther()).isTrue();
  }

  /** As {@code exec 3>file} makes one, whose file may have no name any more. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anOpenFileIsWrittenTo() throws Exception {
    Path file = folder.resolve("file");
    Process process =
        new ProcessBuilder("sh", "-c", "exec 3>\"$1\"; echo; read x", "sh", file.toString())
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEmpty();
      Path open = Path.of("/proc/" + process.pid() + "/fd/3");
      WholeFile.checkWritable(open);
      WholeFile.write(open, out -> write(out, "first"));
      assertThat(file).hasContent("first");
      Files.delete(file);
      WholeFile.write(open, out -> write(out, "second"));
      assertThat(Files.readString(open)).isEqualTo("second");
    } finally {
      process.destroyForcibly();
    }
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void anInterruptionIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> WholeFile.write(file, out -> write(out, "new")))
          .hasMessage(
              "Cannot write " + file + ": it was interrupted. Choose a place that can be written.");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("old");
    assertThat(namesIn(folder)).containsExactly("file");
  }

  @Test
  void checkingLeavesNoTrace() throws IOException {
    WholeFile.checkWritable(folder.resolve("a/b/c.txt"));
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void reasonsAreSentencesWithoutTheDraftsName() {
    assertThat(WholeFile.reason(new AccessDeniedException("/x/y")))
        .isEqualTo("/x/y may not be accessed by this user");
    assertThat(WholeFile.reason(new AccessDeniedException("/x/.glia-1.tmp")))
        .isEqualTo("the folder /x may not be accessed by this user");
    assertThat(WholeFile.reason(new FileSystemException("/x/y", null, "Read-only file system")))
        .isEqualTo("/x/y: Read-only file system");
    assertThat(WholeFile.reason(new IOException("broken"))).isEqualTo("broken");
  }
}

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

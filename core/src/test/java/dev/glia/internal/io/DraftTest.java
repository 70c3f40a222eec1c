package dev.glia.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts of processes that were killed go, drafts of those that live stay. */
class DraftTest {

  @TempDir private Path folder;

  private List<String> drafts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(".glia-"))
          .toList();
    }
  }

  private void save(String name) throws IOException {
    WholeFile.write(folder.resolve(name), out -> out.write(name.getBytes(StandardCharsets.UTF_8)));
    assertThat(folder.resolve(name)).hasContent(name);
  }

  @Test
  void aKilledProcessLeavesADraftThatTheNextSaveDeletes() throws Exception {
    Path file = Files.writeString(folder.resolve("killed"), "old");
    try (WritingProcess killed = WritingProcess.inTheMiddleOf(file)) {
      killed.kill();
    }
    assertThat(drafts()).hasSize(1);
    assertThat(file).hasContent("old");
    save("next");
    assertThat(drafts()).isEmpty();
    assertThat(file).hasContent("old");
  }

  @Test
  void theDraftOfALivingProcessStays() throws Exception {
    Path file = folder.resolve("living");
    try (WritingProcess living = WritingProcess.inTheMiddleOf(file);
        WritingProcess killed = WritingProcess.inTheMiddleOf(folder.resolve("killed"))) {
      killed.kill();
      assertThat(drafts()).hasSize(2);
      save("a");
      save("b");
      assertThat(drafts()).hasSize(1);
      assertThat(living.finish()).isZero();
    }
    assertThat(Files.readString(file)).hasSize((1 << 17) + 5).endsWith("hello");
    assertThat(drafts()).isEmpty();
  }

  /** Another thread's save must not even open the draft: that would take its lock away. */
  @Test
  void theDraftOfAnotherThreadStaysAndStaysLocked() throws Exception {
    for (Thread.Builder threads : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      Path file = folder.resolve("mine");
      CountDownLatch middle = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      FutureTask<Void> task =
          new FutureTask<>(() -> {
            WholeFile.write(
                file,
                out -> {
                  out.write(new byte[1 << 17]);
                  middle.countDown();
                  try {
                    goOn.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  out.write("hello".getBytes(StandardCharsets.UTF_8));
                });
            return null;
          });
      Thread thread = threads.start(task);
      assertThat(middle.await(20, TimeUnit.SECONDS)).isTrue();
      save("by another thread");
      assertThat(drafts()).hasSize(1);
      try (WritingProcess other = WritingProcess.inTheMiddleOf(folder.resolve("theirs"))) {
        assertThat(other.finish()).isZero(); // has swept, too
      }
      assertThat(drafts()).hasSize(1);
      goOn.countDown();
      task.get(20, TimeUnit.SECONDS);
      thread.join();
      assertThat(Files.readString(file)).endsWith("hello");
      assertThat(drafts()).isEmpty();
    }
  }

  @Test
  void onlyDraftsAreSwept() throws IOException {
    List<String> others =
        List.of(
            ".glia-1.tmp",
            ".glia-download.lock",
            ".glia-" + UUID.randomUUID() + ".tmp.kept",
            ".glia-" + UUID.randomUUID() + ".unlocked");
    for (String other : others) {
      Files.writeString(folder.resolve(other), "of somebody");
    }
    Path target = Files.writeString(folder.resolve("target"), "x");
    String link = ".glia-" + UUID.randomUUID() + ".tmp";
    Files.createSymbolicLink(folder.resolve(link), target);
    String inside = ".glia-" + UUID.randomUUID() + ".tmp";
    Files.createDirectory(folder.resolve(inside));
    String left = ".glia-" + UUID.randomUUID() + ".tmp";
    Files.writeString(folder.resolve(left), "left");
    save("next");
    assertThat(drafts()).containsAll(others).contains(link, inside).doesNotContain(left);
  }
}

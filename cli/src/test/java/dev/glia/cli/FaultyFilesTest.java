package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.csv.Csv;
import dev.glia.internal.io.WholeFile;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.plot.Figure;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.source.Moons;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import dev.glia.training.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of the file system fails once, in turn, while each kind of file is written: the old
 * file or the new one is there whole, and what failed is a sentence.
 */
@EnabledOnOs({OS.LINUX, OS.MAC}) // modes and links
class FaultyFilesTest {

  @TempDir Path folder;

  /** The kinds of files that Glia writes. */
  enum Kind {
    MODEL("m.safetensors"),
    HISTORY("history.csv"),
    TABLE("table.csv"),
    PNG("p.png"),
    SVG("p.svg"),
    LARGE("large.bin");

    private final String file;

    Kind(String file) {
      this.file = file;
    }

    void write(Path path) throws IOException {
      switch (this) {
        case MODEL -> Trained.MODEL.save(path);
        case HISTORY -> HistoryFile.write(Trained.HISTORY.epochs(), path);
        case TABLE -> Csv.write(Trained.DATA, path);
        case PNG, SVG -> Trained.PICTURE.write(path);
        case LARGE -> WholeFile.write(path, out -> out.write(Trained.LARGE));
      }
    }
  }

  /** What there is to write. */
  private static final class Trained {
    static final Table DATA = Moons.article().generate();
    static final Recipe RECIPE = Recipe.named("moons");
    static final History HISTORY = new History();
    static final Model MODEL = train();
    static final Figure PICTURE = new Dot();
    static final byte[] LARGE = new byte[300_000]; // several buffers

    static {
      new Random(1).nextBytes(LARGE);
    }

    private static Model train() {
      Recipe recipe = RECIPE.withTraining(RECIPE.training().withEpochs(3));
      return new Experiment(recipe, recipe.split(DATA)).train(new Cancellation(), HISTORY).model();
    }
  }

  /** Quickly drawn. */
  private static final class Dot implements Figure {

    @Override
    public String title() {
      return "A dot";
    }

    @Override
    public double width() {
      return 8;
    }

    @Override
    public double height() {
      return 8;
    }

    @Override
    public void draw(Canvas canvas, Box box) {
      canvas.rectangle(box, new Ink(0x222222), null);
    }
  }

  /** What was found of a write with a fault. */
  private @Nullable IOException write(Kind kind, Path faulty) {
    try {
      kind.write(faulty);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private byte[] expected(Kind kind) throws IOException {
    Path file = Files.createDirectory(folder.resolve("expected")).resolve(kind.file);
    kind.write(file);
    return Files.readAllBytes(file);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCallFailsOnce(Kind kind) throws IOException {
    everyCallFails(kind, k -> (call, name) -> call == k);
  }

  @ParameterizedTest
  @EnumSource
  void everyCallFailsAndThenTheDraftCannotBeDeleted(Kind kind) throws IOException {
    everyCallFails(kind, k -> (call, name) -> call == k || (call > k && name.equals("delete")));
  }

  @ParameterizedTest
  @EnumSource
  void everyCallFailsAndAllThatFollow(Kind kind) throws IOException {
    everyCallFails(kind, k -> (call, name) -> call >= k);
  }

  private void everyCallFails(Kind kind, IntFunction<FaultyFiles.Fault> fault) throws IOException {
    byte[] expected = expected(kind);
    List<String> calls = check(kind, expected, -1, (call, name) -> false);
    assertThat(calls).contains("open", "lock", "write", "force", "move", "close", "delete", "list");
    for (int k = 0; k < calls.size(); k++) {
      check(kind, expected, k, fault.apply(k));
    }
  }

  /** The disk gets full with the k-th write, and is full for all that follow. */
  @ParameterizedTest
  @EnumSource
  void theDiskGetsFull(Kind kind) throws IOException {
    byte[] expected = expected(kind);
    for (int k = 0; k < 5; k++) {
      int[] left = {k};
      check(kind, expected, k, (call, name) -> name.equals("write") && left[0]-- <= 0);
    }
  }

  /**
   * Writes with a fault over an old file, through a link, beside a draft that was left behind.
   *
   * @return the calls that were made
   */
  private List<String> check(Kind kind, byte[] expected, int k, FaultyFiles.Fault fault)
      throws IOException {
    Path place = folder.resolve("place" + k);
    Files.createDirectories(place);
    Path old = Files.writeString(place.resolve("old-" + kind.file), "old");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(place.resolve(kind.file), old.getFileName());
    String left = ".glia-" + UUID.randomUUID() + ".tmp";
    Files.writeString(place.resolve(left), "left behind");

    Path faulty = FaultyFiles.at(link, fault);
    IOException failure = write(kind, faulty);

    List<String> calls = FaultyFiles.calls(faulty);
    String context = "call %d of %s, then %s".formatted(k, calls, failure);
    if (failure == null) {
      assertThat(old).as(context).hasBinaryContent(expected);
    } else {
      assertThat(old).as(context).hasContent("old");
      assertThat(failure.getMessage())
          .as(context)
          .startsWith("Cannot write " + link + ": ")
          .endsWith(". Choose a place that can be written.")
          .doesNotContain("Exception", ".glia-", "null")
          .containsAnyOf("Input/output error", "No space left on device");
    }
    assertThat(Files.readSymbolicLink(link)).as(context).isEqualTo(old.getFileName());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
        .as(context)
        .isEqualTo("rw-------");
    // A draft may be there only where it could not be deleted, or looked for.
    kind.write(link);
    assertThat(old).as(context).hasBinaryContent(expected);
    assertThat(names(place)).as(context).filteredOn(name -> name.endsWith(".tmp")).isEmpty();
    remove(place);
    return calls;
  }

  private static void remove(Path place) throws IOException {
    for (String name : names(place)) {
      Files.delete(place.resolve(name));
    }
    Files.delete(place);
  }

  @Test
  void aFailureAloneLeavesNoDraft() throws IOException {
    for (String call : List.of("write", "force", "move", "close", "setAttribute")) {
      Path place = Files.createDirectory(folder.resolve(call));
      Path faulty =
          FaultyFiles.at(place.resolve("m.safetensors"), (number, name) -> name.equals(call));
      IOException failure = write(Kind.MODEL, faulty);
      boolean closing = call.equals("close") || call.equals("setAttribute");
      assertThat(failure == null).as(call).isEqualTo(closing);
      assertThat(names(place)).as(call).isEqualTo(closing ? List.of("m.safetensors") : List.of());
    }
  }

  @Test
  void nothingThatMayLiveIsSweptWhereNothingCanBeLocked() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Path draft = Files.writeString(folder.resolve(".glia-" + UUID.randomUUID() + ".tmp"), "?");
    Kind.MODEL.write(FaultyFiles.at(file, (number, name) -> name.equals("lock")));
    assertThat(Model.load(file).dataset()).isEqualTo("moons");
    assertThat(names(folder)).containsExactly(String.valueOf(draft.getFileName()), "m.safetensors");
  }
}

package dev.glia.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.SharedFolder;
import dev.glia.table.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCacheTest {

  @TempDir Path folder;

  private static Path folder(String system, Map<String, String> environment) {
    return DataCache.standardFolder(environment::get, system, "/home/ann");
  }

  @Test
  void theFolderIsTheUsualOneOfEachSystem() {
    assertThat(folder("Linux", Map.of())).isEqualTo(Path.of("/home/ann/.cache/glia"));
    assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "/tmp/c")))
        .isEqualTo(Path.of("/tmp/c/glia"));
    assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "relative")))
        .isEqualTo(Path.of("/home/ann/.cache/glia"));
    assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "")))
        .isEqualTo(Path.of("/home/ann/.cache/glia"));
    assertThat(folder("Mac OS X", Map.of("XDG_CACHE_HOME", "/tmp/c")))
        .isEqualTo(Path.of("/home/ann/Library/Caches/glia"));
    assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/c/local")))
        .isEqualTo(Path.of("/c/local/glia"));
    assertThat(folder("Windows 11", Map.of())).isEqualTo(Path.of("/home/ann/AppData/Local/glia"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
  void gliaDataComesFirst(String system) {
    Map<String, String> environment =
        Map.of("GLIA_DATA", "here", "XDG_CACHE_HOME", "/x", "LOCALAPPDATA", "/y");
    assertThat(folder(system, environment)).isEqualTo(Path.of("here"));
    assertThat(
            folder(system, Map.of("GLIA_DATA", " ", "LOCALAPPDATA", "/y", "XDG_CACHE_HOME", "/y")))
        .isNotEqualTo(Path.of(" "));
  }

  @Test
  void aDataSetHasAFolderOfItsOwn() {
    DataCache cache = new DataCache(folder);
    assertThat(cache.folder()).isEqualTo(folder);
    assertThat(cache.folder(Mnist.images())).isEqualTo(folder.resolve("mnist"));
    assertThat(cache.has(Mnist.images())).isFalse();
    assertThat(DataCache.standard().folder()).isNotNull();
  }

  /** The folder's files are packed differently from the usual download. */
  @Test
  void usesTheRealMnistAsItLies() throws IOException {
    DataCache cache = new DataCache(SharedFolder.mnist().getParent());
    assertThat(cache.has(Mnist.images())).isTrue();
    Table data =
        cache.load(
            Mnist.images(),
            (file, done, total) -> {
              throw new AssertionError("downloads " + file);
            });
    assertThat(data.name()).isEqualTo("mnist");
    assertThat(data.rows()).isEqualTo(70_000);
  }

  @Test
  void bothCollectionsAreWholeAndComeByHttps() {
    for (PublicImages images : List.of(Mnist.images(), FashionMnist.images())) {
      assertThat(images.classNames()).hasSize(10).doesNotHaveDuplicates();
      assertThat(images.sources()).hasSize(2);
      assertThat(images.files().stream().map(RemoteFile::name))
          .containsExactly(
              "train-images-idx3-ubyte",
              "train-labels-idx1-ubyte",
              "t10k-images-idx3-ubyte",
              "t10k-labels-idx1-ubyte");
      assertThat(images.files().stream().map(RemoteFile::size))
          .containsExactly(16 + 60_000L * 784, 8 + 60_000L, 16 + 10_000L * 784, 8 + 10_000L);
    }
  }

  @Test
  void refusesSourcesThatAreNotTrusted() {
    for (String wrong : List.of("http://example.org/a/", "https://example.org/a")) {
      assertThatThrownBy(
              () -> new PublicImages("x", List.of(), List.of(URI.create(wrong)), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("x must come from an HTTPS address that ends in a slash, got " + wrong + ".");
    }
    String sum = "0".repeat(64);
    assertThatThrownBy(() -> new RemoteFile("../up", 1, sum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A remote file needs a plain name and a SHA-256 of 64 hexadecimal digits, got ../up and "
                + sum
                + ".");
    assertThatThrownBy(() -> new RemoteFile("name", 1, "abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.glia.image;

import dev.glia.table.InvalidDataException;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps downloaded data sets, one folder each.
 *
 * <p>Files that are there already, however they came, are used as they are.
 */
public final class DataCache {

  private final Path folder;
  private final DownloaderFactory downloads;

  /** Makes what downloads; tests put in one that trusts their server. */
  interface DownloaderFactory {
    Downloader open();
  }

  /** A cache in the given folder, which need not exist yet. */
  public DataCache(Path folder) {
    this(folder, () -> new Downloader(Downloader.Patience.NORMAL, null));
  }

  DataCache(Path folder, DownloaderFactory downloads) {
    this.folder = folder;
    this.downloads = downloads;
  }

  /**
   * The user's cache: the folder that the environment variable {@code GLIA_DATA} names, or else
   * {@code glia} in the usual place for caches: {@code $XDG_CACHE_HOME} or {@code ~/.cache}, on
   * macOS {@code ~/Library/Caches}, on Windows {@code %LOCALAPPDATA%}.
   */
  public static DataCache standard() {
    return new DataCache(
        standardFolder(
            System::getenv, System.getProperty("os.name"), System.getProperty("user.home")));
  }

  static Path standardFolder(
      UnaryOperator<@Nullable String> environment, String system, String home) {
    String chosen = environment.apply("GLIA_DATA");
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      String local = environment.apply("LOCALAPPDATA");
      return (local == null || local.isBlank() ? Path.of(home, "AppData", "Local") : Path.of(local))
          .resolve("glia");
    }
    if (lower.startsWith("mac")) {
      return Path.of(home, "Library", "Caches", "glia");
    }
    String cache = environment.apply("XDG_CACHE_HOME");
    // The XDG specification: a path that is not absolute is to be ignored.
    return cache != null && Path.of(cache).isAbsolute()
        ? Path.of(cache, "glia")
        : Path.of(home, ".cache", "glia");
  }

  /** Where the data sets lie. */
  public Path folder() {
    return folder;
  }

  /** Where the files of one data set lie. */
  public Path folder(PublicImages images) {
    return folder.resolve(images.name());
  }

  /** Whether all files of a data set are there. */
  public boolean has(PublicImages images) {
    return images.files().stream().allMatch(file -> find(images, file) != null);
  }

  private @Nullable Path find(PublicImages images, RemoteFile file) {
    return IdxFolder.find(folder(images), file.name());
  }

  /**
   * Reads a data set, and downloads the files that are not there first.
   *
   * @throws InvalidDataException if a file that is there is damaged
   * @throws IOException if a file cannot be downloaded or read
   */
  public Table load(PublicImages images, DownloadProgress progress) throws IOException {
    if (!has(images)) {
      download(images, false, progress);
    }
    return IdxFolder.read(folder(images), images.name(), images.classNames());
  }

  /**
   * Makes sure that all files of a data set are there and hold what they should: downloads those
   * that are missing or hold something else, which are replaced.
   *
   * @throws IOException if a file cannot be downloaded
   */
  public void fetch(PublicImages images, DownloadProgress progress) throws IOException {
    download(images, true, progress);
  }

  private void download(PublicImages images, boolean checked, DownloadProgress progress)
      throws IOException {
    for (RemoteFile file : images.files()) {
      Path present = find(images, file);
      boolean right = present != null && (!checked || Checksum.complaint(present, file) == null);
      if (!right) {
        Path downloaded = download(images, file, progress);
        // A wrong file under another of the names could be found before the right one.
        if (present != null && !present.equals(downloaded)) {
          Files.delete(present);
        }
      }
    }
  }

  private Path download(PublicImages images, RemoteFile file, DownloadProgress progress)
      throws IOException {
    try (DownloadFolder place = DownloadFolder.open(folder(images));
        Downloader downloader = downloads.open()) {
      return downloader.download(file, images.sources(), place, progress);
    }
  }
}

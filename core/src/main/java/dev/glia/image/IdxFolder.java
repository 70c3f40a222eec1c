package dev.glia.image;

import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Matrix;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of IDX files as one data set: the rows of MNIST's {@code train} files, then those
 * of its {@code t10k} files, as in OpenML's {@code mnist_784}. A folder with one of the two works
 * too.
 *
 * <p>The files are {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and the same
 * with {@code t10k}; each may end in {@code .gz}, and may have a point in place of the last but one
 * hyphen ({@code train-images.idx3-ubyte}). They may lie where torchvision puts them, in {@code
 * raw} or {@code MNIST/raw} below the folder. The files of EMNIST have their own names, {@code
 * emnist-letters-train-images-idx3-ubyte}, and their classes are the characters.
 */
public final class IdxFolder {

  private static final List<String> PARTS = List.of("train", "t10k");
  private static final List<String> INNER = List.of("raw", "MNIST/raw", "FashionMNIST/raw");
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";

  private final Path folder;
  private final String name;
  private final @Nullable List<String> classNames;
  private final @Nullable Emnist emnist; // null where the files are called as MNIST's

  private IdxFolder(
      Path folder, String name, @Nullable List<String> classNames, @Nullable Emnist emnist) {
    this.folder = folder;
    this.name = name;
    this.classNames = classNames;
    this.emnist = emnist;
  }

  /**
   * Reads a folder whose classes are named by their number, 0 to the largest label.
   *
   * @throws InvalidDataException if a file is missing, damaged or does not fit the others
   * @throws IOException if reading fails
   */
  public static Table read(Path folder) throws IOException {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "images" : last.toString();
    Path files = withFiles(folder);
    Emnist emnist = Files.isDirectory(files) ? Emnist.in(files) : null;
    return new IdxFolder(files, name, emnist == null ? null : emnist.classNames(), emnist).read();
  }

  /** The folder itself, or where torchvision puts the files below it. */
  private static Path withFiles(Path folder) {
    if (!isOne(folder)) {
      for (String inner : INNER) {
        if (isOne(folder.resolve(inner))) {
          return folder.resolve(inner);
        }
      }
    }
    return folder;
  }

  /**
   * Reads a folder whose classes have names.
   *
   * @param name what the data set is called
   * @param classNames one name a label, in the order of the labels
   * @throws InvalidDataException if a file is missing, damaged or does not fit the others, or a
   *     label has no name
   * @throws IOException if reading fails
   */
  public static Table read(Path folder, String name, List<String> classNames) throws IOException {
    return new IdxFolder(folder, name, List.copyOf(classNames), null).read();
  }

  /** Whether the folder holds a file of images or labels by one of the names above. */
  public static boolean isOne(Path folder) {
    return PARTS.stream()
        .anyMatch(
            part -> find(folder, part + IMAGES) != null || find(folder, part + LABELS) != null);
  }

  /** The file of the given name or one of its variants, or null. */
  static @Nullable Path find(Path folder, String name) {
    String pointed = name.replace("-idx", ".idx");
    for (String variant : List.of(name, pointed, name + ".gz", pointed + ".gz")) {
      Path file = folder.resolve(variant);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /** The files of one part, whose images are already being read. */
  private static final class Reading {
    final String part;
    final @Nullable Path imagesFile;
    final @Nullable Path labelsFile;
    private final FutureTask<IdxImages> images;

    Reading(String part, @Nullable Path imagesFile, @Nullable Path labelsFile) {
      this.part = part;
      this.imagesFile = imagesFile;
      this.labelsFile = labelsFile;
      images = new FutureTask<>(() -> IdxFile.readImages(Objects.requireNonNull(imagesFile)));
      if (imagesFile != null && labelsFile != null) {
        // Unpacking is most of the work: each part's images have a thread.
        Thread.ofPlatform().name("glia-" + part).daemon().start(images);
      }
    }

    IdxImages images() throws IOException {
      try {
        return images.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        if (e.getCause() instanceof Error error) { // not enough memory, say
          throw error;
        }
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while reading " + imagesFile + ".");
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // carries what was read, is never compared
  private record Part(Path imagesFile, IdxImages images, int[] labels) {

    int rows() {
      return labels.length;
    }
  }

  private Table read() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidDataException(
          folder
              + (Files.exists(folder) ? " is not a folder." : " does not exist.")
              + " A folder with IDX files was expected there.");
    }
    List<Reading> readings = new ArrayList<>();
    List<String> names =
        emnist == null ? PARTS : List.of(emnist.prefix() + "-train", emnist.prefix() + "-test");
    for (String part : names) {
      Path images = find(folder, part + IMAGES);
      Path labels = find(folder, part + LABELS);
      if (images != null || labels != null) {
        readings.add(new Reading(part, images, labels));
      }
    }
    List<Part> parts = new ArrayList<>();
    for (Reading reading : readings) { // in this order, so that the first fault is the one told
      parts.add(readPart(reading));
    }
    if (parts.isEmpty()) {
      throw new InvalidDataException(
          folder
              + " holds no IDX files: expected train-images-idx3-ubyte and train-labels-idx1-ubyte"
              + " (or t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte), with or without .gz.");
    }
    return join(parts);
  }

  private Part readPart(Reading reading) throws IOException {
    Path imagesFile = reading.imagesFile;
    Path labelsFile = reading.labelsFile;
    if (imagesFile == null) {
      throw missing(reading.part + IMAGES, labelsFile);
    }
    if (labelsFile == null) {
      throw missing(reading.part + LABELS, imagesFile);
    }
    int[] labels = IdxFile.readLabels(labelsFile);
    if (emnist != null) {
      Arrays.setAll(labels, row -> Math.max(0, labels[row] - emnist.firstLabel()));
    }
    checkLabels(labels, labelsFile);
    IdxImages images = emnist == null ? reading.images() : Emnist.upright(reading.images());
    if (images.pixels().rows() != labels.length) {
      throw new InvalidDataException(
          "%s has %d images and %s has %d labels: there must be one label an image."
              .formatted(
                  imagesFile, images.pixels().rows(), labelsFile.getFileName(), labels.length));
    }
    return new Part(imagesFile, images, labels);
  }

  private InvalidDataException missing(String file, @Nullable Path other) {
    return new InvalidDataException(
        "%s has no file %s (or %s.gz), which belongs to %s: put it there."
            .formatted(folder, file, file, other == null ? "it" : other.getFileName()));
  }

  private void checkLabels(int[] labels, Path file) throws InvalidDataException {
    if (classNames == null) {
      return;
    }
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] >= classNames.size()) {
        throw new InvalidDataException(
            "%s: label %d (counted from 0) is %d, %s has the labels 0 to %d."
                .formatted(file, row, labels[row], name, classNames.size() - 1));
      }
    }
  }

  private Table join(List<Part> parts) throws InvalidDataException {
    Part first = parts.get(0);
    ImageSize size = first.images.size();
    int columns = first.images.pixels().columns();
    long rows = 0;
    for (Part part : parts) {
      if (!part.images.size().equals(size)) {
        throw new InvalidDataException(
            "%s has images of %d x %d pixels, %s of %d x %d: all must be equally large."
                .formatted(
                    part.imagesFile,
                    part.images.size().width(),
                    part.images.size().height(),
                    first.imagesFile.getFileName(),
                    size.width(),
                    size.height()));
      }
      rows += part.rows();
    }
    if (rows * columns > Integer.MAX_VALUE) {
      throw new InvalidDataException(
          "%s holds %d images of %d pixels, more than 2 GiB: take one part of them."
              .formatted(folder, rows, columns));
    }
    Matrix pixels = first.images.pixels();
    int[] labels = new int[(int) rows];
    int filled = 0;
    for (Part part : parts) {
      if (filled > 0) { // not the first part
        pixels = pixels.append(part.images.pixels());
      }
      System.arraycopy(part.labels, 0, labels, filled, part.rows());
      filled += part.rows();
    }
    List<String> names = classNames == null ? numbered(labels) : classNames;
    return Table.of(
        name, new Pixels("image", pixels, size), new Categories("label", labels, names));
  }

  private static List<String> numbered(int[] labels) {
    int classes = Arrays.stream(labels).max().orElse(0) + 1;
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }
}

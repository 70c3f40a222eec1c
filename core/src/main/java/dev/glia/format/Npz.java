package dev.glia.format;

import dev.glia.internal.text.OutsideText;
import dev.glia.reading.RawTable;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.table.InvalidDataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that {@code numpy.savez} wrote: what to predict from ({@code x}, {@code X} or {@code
 * data}) and what to predict ({@code y}, {@code target} or {@code labels}), by these names or the
 * like.
 *
 * <p>Of a file with arrays to train on and to test on, such as Keras' {@code mnist.npz}, a training
 * gets the former, a model the latter.
 */
public final class Npz implements TableFormat {

  private static final String ENDING = ".npy"; // of each array in the archive
  private static final int MOST_ARRAYS = 1000;
  private static final List<String> FEATURES =
      List.of("x", "data", "features", "images", "inputs", "pixels");
  private static final List<String> TARGETS =
      List.of("y", "target", "targets", "labels", "label", "class", "classes");
  private static final List<String> TRAINING = List.of("train", "training", "tr");
  private static final List<String> TEST = List.of("test", "te");

  /** Made by {@link java.util.ServiceLoader}, or by whoever reads such a file. */
  public Npz() {}

  @Override
  public String name() {
    return "NumPy archive";
  }

  @Override
  public boolean reads(Path file, byte[] start) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  @Override
  public RawTable read(Path file, ReadingOptions options) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " A file that numpy.savez wrote was expected there.");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return read(file, zip, options);
    } catch (ZipException | EOFException e) {
      throw new InvalidDataException(
          "%s is no whole archive of NumPy's (%s): it may be cut. Save or copy it again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static RawTable read(Path file, ZipFile zip, ReadingOptions options) throws IOException {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    zip.stream()
        .filter(entry -> entry.getName().endsWith(ENDING))
        .limit(MOST_ARRAYS)
        .forEach(entry -> entries.put(arrayName(entry), entry));
    NpyTable table = new NpyTable(file, options);
    Choice choice = choose(List.copyOf(entries.keySet()), options.features() != null);
    if (choice == null) {
      choice = byShape(file, zip, entries);
    }
    List<String> others = new ArrayList<>(entries.keySet());
    others.remove(choice.features());
    others.remove(choice.target());
    if (!others.isEmpty()) {
      table.remark(
          "Taken: the arrays %s; left out: %s."
              .formatted(
                  choice.target() == null
                      ? choice.features()
                      : choice.features() + " and " + choice.target(),
                  OutsideText.list(others)));
    }
    NpyArray features = array(file, zip, entries.get(choice.features()));
    String target = choice.target();
    return target == null
        ? table.of(features, null, "")
        : table.of(features, array(file, zip, entries.get(target)), plainName(target));
  }

  private static String arrayName(ZipEntry entry) {
    return entry.getName().substring(0, entry.getName().length() - ENDING.length());
  }

  private static NpyArray array(Path file, ZipFile zip, @Nullable ZipEntry entry)
      throws IOException {
    if (entry == null) {
      throw new IllegalStateException("An array was chosen that is not there.");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return NpyArray.read(
          "%s of %s".formatted(OutsideText.shown(arrayName(entry)), file),
          in,
          Math.min(Math.max(entry.getCompressedSize(), 0), Files.size(file)));
    }
  }

  // Which arrays.

  /** The names of two arrays; a target is not always there. */
  private record Choice(String features, @Nullable String target) {}

  private static @Nullable Choice choose(List<String> names, boolean forModel) {
    for (List<String> part :
        forModel
            ? List.of(TEST, List.<String>of(), TRAINING)
            : List.of(TRAINING, List.<String>of())) {
      String features = find(names, FEATURES, part);
      String target = find(names, TARGETS, part);
      if (features != null) {
        return new Choice(features, target);
      }
    }
    return names.size() == 1 ? new Choice(names.getFirst(), null) : null;
  }

  /** The array of one of some names, with one of some words before or behind it. */
  private static @Nullable String find(List<String> arrays, List<String> names, List<String> part) {
    for (String name : names) {
      for (String array : arrays) {
        List<String> words = List.of(array.toLowerCase(Locale.ROOT).split("_"));
        boolean found =
            part.isEmpty()
                ? words.equals(List.of(name))
                : words.size() == 2
                    && words.contains(name)
                    && part.contains(words.get(words.getFirst().equals(name) ? 1 : 0));
        if (found) {
          return array;
        }
      }
    }
    return null;
  }

  /** What the array to predict is called, whichever part of the rows it is of. */
  private static String plainName(String array) {
    for (String word : array.split("_", -1)) {
      if (TARGETS.contains(word.toLowerCase(Locale.ROOT))) {
        return word;
      }
    }
    return array;
  }

  /** Of two arrays of as many rows, one of which has one column, that one is to be predicted. */
  private static Choice byShape(Path file, ZipFile zip, Map<String, ZipEntry> entries)
      throws IOException {
    List<String> names = List.copyOf(entries.keySet());
    List<String> shapes = new ArrayList<>();
    List<NpyHeader> headers = new ArrayList<>();
    for (String name : names) {
      try (InputStream in = zip.getInputStream(entries.get(name))) {
        NpyHeader header = NpyHeader.read(OutsideText.shown(name) + " of " + file, in);
        headers.add(header);
        shapes.add(name + " " + header.shapeText());
      }
    }
    if (names.size() == 2
        && !headers.getFirst().shape().isEmpty()
        && !headers.getLast().shape().isEmpty()
        && headers.getFirst().shape().getFirst().equals(headers.getLast().shape().getFirst())) {
      for (int target = 0; target < 2; target++) {
        if (headers.get(target).shape().size() == 1 && headers.get(1 - target).shape().size() > 1) {
          return new Choice(names.get(1 - target), names.get(target));
        }
      }
    }
    throw new InvalidDataException(
        names.isEmpty()
            ? file + " holds no array of NumPy's: a file that numpy.savez wrote was expected."
            : "%s holds the arrays %s: expected x (or X, data) and y (or target, labels). Save them by numpy.savez(file, x=features, y=target)."
                .formatted(file, OutsideText.list(shapes)));
  }
}

package dev.glia.model;

import dev.glia.internal.io.WholeFile;
import dev.glia.internal.json.Fields;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import dev.glia.loss.Loss;
import dev.glia.model.Safetensors.Tensor;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.preprocessing.Encoding;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.ScaledPixels;
import dev.glia.preprocessing.Scaler;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model as a safetensors file.
 *
 * <p>The tensors are named as in a PyTorch {@code nn.Sequential} of {@code Linear} layers and
 * activations: {@code 0.weight} {@code [out][in]}, {@code 0.bias} {@code [out]}, {@code 2.weight},
 * ... A model of several members has each under its number, as a {@code ModuleList} of them: {@code
 * 0.0.weight}, {@code 1.0.weight}, ... All else stands as JSON under the metadata key {@code glia},
 * with a SHA-256 over itself and the numbers.
 */
final class ModelFile {

  private static final long VERSION = 3;

  /** What files of one network have: those that read version 2 read them. */
  private static final long VERSION_OF_ONE = 2;

  private static final String WEIGHT = ".weight";
  private static final String KEY = "glia";
  private static final String HASH = "sha256";

  private ModelFile() {}

  static void write(Model model, Path file) throws IOException {
    Safetensors content = content(model);
    WholeFile.write(file, content::write);
  }

  static void write(Model model, OutputStream out) throws IOException {
    content(model).write(out);
  }

  /**
   * Checks before a training that what it gives can be saved.
   *
   * @throws IllegalArgumentException if the names would not fit a file
   */
  static void checkNames(Model model) {
    Map<String, Object> description = describe(model);
    description.put(HASH, "0".repeat(64));
    content(description, tensors(model)).checkHeader();
  }

  private static Safetensors content(Model model) {
    refuseUnnamed(model.architecture());
    Map<String, Tensor> tensors = tensors(model);
    Map<String, Object> description = describe(model);
    description.put(HASH, hash(description, tensors));
    return content(description, tensors);
  }

  /** A layer or an activation of the user's own has no name that would give it back. */
  private static void refuseUnnamed(Architecture architecture) {
    for (Layer layer : architecture.layers()) {
      if (!isNamed(layer)) {
        throw new IllegalArgumentException(
            "A file holds layers by their names, and none gives back %s: use this model in the program that trained it."
                .formatted(OutsideText.quoted(layer.name())));
      }
    }
  }

  private static boolean isNamed(Layer layer) {
    try {
      return Layer.parseAll(layer.name()).equals(List.of(layer));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Safetensors content(Map<String, Object> description, Map<String, Tensor> tensors) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(KEY, Json.write(description));
    return new Safetensors(metadata, tensors);
  }

  /** All arrays of the layers, where they stand: nothing is copied. */
  private static Map<String, Tensor> tensors(Model model) {
    Architecture architecture = model.architecture();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int count = model.members().size();
    for (int member = 0; member < count; member++) {
      Network network = model.members().get(member);
      for (Entry entry : entries(architecture)) {
        Slot slot = entry.slot;
        int start = architecture.at(entry.layer, slot.name());
        tensors.put(
            prefix(member, count) + entry.tensor,
            new Tensor(
                slot.shape(), at -> network.parameter(Architecture.indexOf(slot, start, at))));
      }
    }
    return tensors;
  }

  /** What stands before the names of a member's tensors: nothing if it is the only one. */
  private static String prefix(int member, int members) {
    return members == 1 ? "" : member + ".";
  }

  /** An array of a layer and its name in the file. */
  private record Entry(String tensor, int layer, Slot slot) {}

  /** As in an {@code nn.Sequential}, where a dense layer and its activation are two modules. */
  private static List<Entry> entries(Architecture architecture) {
    List<Entry> entries = new ArrayList<>();
    int module = 0;
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (Slot slot : architecture.slotsOf(layer)) {
        entries.add(new Entry(module + "." + slot.name(), layer, slot));
      }
      module += architecture.layers().get(layer) instanceof Dense ? 2 : 1;
    }
    return entries;
  }

  private static Map<String, Object> describe(Model model) {
    Architecture architecture = model.architecture();
    int members = model.members().size();
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("version", members == 1 ? VERSION_OF_ONE : VERSION);
    description.put("dataset", model.dataset());
    description.put("inputs", architecture.inputs());
    description.put("layers", architecture.layers().stream().map(Layer::name).toList());
    if (members > 1) {
      description.put("members", members);
    }
    description.put("loss", model.loss().name());
    description.put(
        "columns", model.preprocessing().encodings().stream().map(Encoding::describe).toList());
    description.put("task", model.task().describe());
    description.put("seed", model.seed());
    description.put("metrics", new TreeMap<>(model.metrics()));
    return description;
  }

  static String hash(Map<?, ?> description, Map<String, Tensor> tensors) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Json.write(description).getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        digest.update(tensor.getKey().getBytes(StandardCharsets.UTF_8));
        tensor.getValue().forEachSlice((bytes, length) -> digest.update(bytes, 0, length));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("A digest takes everything.", e);
    }
  }

  static Model read(Path file) throws IOException {
    return model(file.toString(), readTensors(file));
  }

  static Model read(String name, byte[] content) throws IOException {
    return model(name, Safetensors.read(name, content));
  }

  private static Model model(String file, Safetensors content) throws InvalidDataException {
    String text = content.metadata().get(KEY);
    if (text == null) {
      throw new InvalidDataException(
          file
              + " holds no Glia model: its metadata has no key \"glia\". Expected a file that"
              + " glia train wrote.");
    }
    try {
      long numbers = content.tensors().values().stream().mapToLong(Tensor::count).sum();
      if (!(Json.read(text, Safetensors.mostValues(numbers)) instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("The key \"glia\" is not a JSON object.");
      }
      Fields fields = new Fields(map);
      checkVersion(file, fields.integer("version"));
      Map<Object, Object> unhashed = new LinkedHashMap<>(map);
      if (!hash(removeHash(unhashed), content.tensors()).equals(map.get(HASH))) {
        throw new IllegalArgumentException(
            "Its SHA-256 is not the one it was written with: it was altered.");
      }
      return model(fields, content.tensors());
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException(
          file + " holds no model that can be read: " + e.getMessage(), e);
    }
  }

  private static Map<?, ?> removeHash(Map<Object, Object> description) {
    description.remove(HASH);
    return description;
  }

  private static Safetensors readTensors(Path file) throws IOException {
    try {
      return Safetensors.read(file);
    } catch (InvalidDataException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("Cannot read the model " + file + ": " + WholeFile.reason(e) + ".", e);
    }
  }

  private static void checkVersion(String file, long version) throws InvalidDataException {
    if (version > VERSION) {
      throw new InvalidDataException(
          ("%s was written by a newer Glia (file version %d, this one reads up to %d): update"
                  + " Glia.")
              .formatted(file, version, VERSION));
    }
    if (version < 1) {
      throw new IllegalArgumentException(
          "Its version is %d, and there was none before 1.".formatted(version));
    }
  }

  private static Model model(Fields fields, Map<String, Tensor> tensors) {
    List<Layer> specs = new ArrayList<>();
    for (String layer : fields.texts("layers")) {
      specs.addAll(Layer.parseAll(layer));
    }
    Architecture architecture = new Architecture(fields.size("inputs"), specs);
    Loss loss = Loss.parse(fields.text("loss"));
    loss.after(architecture.output().activation()); // refuses what does not fit
    List<Network> members = members(architecture, fields, tensors);
    boolean first = !fields.has("columns");
    return new Model(
        fields.text("dataset"),
        first ? firstColumns(fields) : columns(fields),
        members,
        first ? firstTask(fields) : Task.read(fields.object("task").map()),
        loss,
        fields.integer("seed"),
        new LinkedHashMap<>(fields.object("metrics").numbers()));
  }

  private static Preprocessing columns(Fields fields) {
    return new Preprocessing(
        fields.objects("columns").stream()
            .map(description -> Encoding.read(description.map()))
            .toList());
  }

  /** Files of version 1 have one scaler for all features, which are numbers or pixels. */
  private static Preprocessing firstColumns(Fields fields) {
    Fields scaled = fields.object("scaler");
    Scaler scaler =
        new Scaler(
            Scaler.Kind.of(scaled.text("kind")), scaled.array("shift"), scaled.array("scale"));
    return fields.has("image")
        ? new Preprocessing(
            List.of(new ScaledPixels("image", image(fields.sizes("image")), scaler)))
        : Preprocessing.of(fields.texts("features"), scaler);
  }

  private static Task firstTask(Fields fields) {
    return fields.has("labels")
        ? new Classification("label", fields.texts("labels"))
        : new Regression(fields.text("number"));
  }

  private static ImageSize image(int[] size) {
    if (size.length != 2) {
      throw new IllegalArgumentException(
          "An image's size is two numbers, got " + size.length + ".");
    }
    return new ImageSize(size[0], size[1]);
  }

  private static List<Network> members(
      Architecture architecture, Fields fields, Map<String, Tensor> tensors) {
    int members = fields.has("members") ? fields.size("members") : 1;
    List<Entry> entries = entries(architecture);
    if (tensors.size() != (long) members * entries.size()) {
      throw new IllegalArgumentException(
          "%s of %d layers %s %d tensors, the file has %d."
              .formatted(
                  members == 1 ? "A network" : members + " networks",
                  architecture.depth(),
                  members == 1 ? "has" : "have",
                  (long) members * entries.size(),
                  tensors.size()));
    }
    for (int member = 0; member < members; member++) {
      for (Entry entry : entries) { // before there is memory for them
        tensor(tensors, prefix(member, members) + entry.tensor, entry.slot.shape());
      }
    }
    List<Network> networks = new ArrayList<>();
    for (int member = 0; member < members; member++) {
      networks.add(network(architecture, entries, prefix(member, members), tensors));
    }
    return networks;
  }

  private static Network network(
      Architecture architecture, List<Entry> entries, String prefix, Map<String, Tensor> tensors) {
    float[] parameters = new float[architecture.paddedLength()];
    for (Entry entry : entries) {
      String name = prefix + entry.tensor;
      Tensor tensor = tensor(tensors, name, entry.slot.shape());
      int start = architecture.at(entry.layer, entry.slot.name());
      int count = tensor.count();
      for (int at = 0; at < count; at++) {
        parameters[Architecture.indexOf(entry.slot, start, at)] = finite(tensor, name, at);
      }
    }
    return new Network(architecture, parameters);
  }

  /**
   * The weights of a PyTorch {@code nn.Sequential} of {@code Linear} layers, whose tensors are
   * called as its {@code state_dict} does: {@code 0.weight} {@code [out][in]}, {@code 0.bias}, with
   * or without a name before them. Their numbers tell the order.
   *
   * @throws InvalidDataException if the tensors are not those of the layers
   */
  static Network sequential(Path file, Architecture architecture) throws IOException {
    Safetensors content = readTensors(file);
    Map<String, Tensor> left = new LinkedHashMap<>(content.tensors());
    List<String> modules =
        left.keySet().stream()
            .filter(name -> name.endsWith(WEIGHT))
            .map(name -> name.substring(0, name.length() - WEIGHT.length()))
            .sorted(Comparator.comparingLong(ModelFile::number))
            .toList();
    try {
      int[] dense = architecture.denseLayers();
      if (modules.size() != dense.length) {
        throw new IllegalArgumentException(
            "%d linear layers were expected, it has %d: %s."
                .formatted(dense.length, modules.size(), OutsideText.list(modules)));
      }
      Map<String, Tensor> named = new LinkedHashMap<>();
      List<Entry> entries = entries(architecture);
      for (Entry entry : entries) {
        int place = Arrays.binarySearch(dense, entry.layer);
        if (place < 0) {
          throw new IllegalArgumentException(
              "Linear layers are read, %s is none."
                  .formatted(architecture.layers().get(entry.layer).name()));
        }
        String name = modules.get(place) + "." + entry.slot.name();
        Tensor tensor = left.remove(name);
        if (tensor == null && entry.slot.name().equals("bias")) {
          tensor = new Tensor(entry.slot.shape(), at -> 0); // Linear(bias=False)
        }
        if (tensor == null || !tensor.shape().equals(entry.slot.shape())) {
          throw new IllegalArgumentException(
              "Expected a tensor %s of shape %s, got %s."
                  .formatted(
                      name,
                      entry.slot.shape(),
                      tensor == null ? "none" : OutsideText.shown(tensor.shape().toString())));
        }
        named.put(entry.tensor, tensor);
      }
      if (!left.isEmpty()) {
        throw new IllegalArgumentException(
            "It has more tensors: %s.".formatted(OutsideText.list(List.copyOf(left.keySet()))));
      }
      return network(architecture, entries, "", named);
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException(
          file + " does not hold the weights of these layers: " + e.getMessage(), e);
    }
  }

  /** The last number in a module's name; -1 without one. */
  private static long number(String module) {
    String digits = module.replaceFirst(".*?(\\d{1,9})$", "$1");
    return digits.matches("\\d{1,9}") ? Long.parseLong(digits) : -1;
  }

  private static float finite(Tensor tensor, String name, int at) {
    float number = tensor.numbers().get(at);
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException(
          "Its tensor %s holds %s: its training went out of bounds. Train it again with a lower learning rate."
              .formatted(name, number));
    }
    return number;
  }

  private static Tensor tensor(
      Map<String, Tensor> tensors, String name, List<Integer> expectedShape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !tensor.shape().equals(expectedShape)) {
      throw new IllegalArgumentException(
          "Expected a tensor %s of shape %s, got %s."
              .formatted(
                  name,
                  expectedShape,
                  tensor == null ? "none" : OutsideText.shown(tensor.shape().toString())));
    }
    return tensor;
  }
}

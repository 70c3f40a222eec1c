package dev.glia.studio.export;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.image.DataCache;
import dev.glia.image.FashionMnist;
import dev.glia.image.Mnist;
import dev.glia.internal.text.JavaText;
import dev.glia.model.Recipe;
import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.model.Trained;
import dev.glia.reading.MissingValues;
import dev.glia.reading.ReadingOptions;
import dev.glia.source.BuiltIn;
import dev.glia.split.Parts;
import dev.glia.studio.settings.Settings;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Table;
import dev.glia.task.Task;
import dev.glia.training.TrainingOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A run as a Java program of one file that gives the same numbers with the library alone.
 *
 * <p>Every setting is spelled out, so that the program says what it does and does not change with
 * the recipes.
 */
final class JavaProgram {

  /** A string constant is at most 65,535 bytes long in a class file. */
  private static final int LONGEST_CONSTANT = 60_000;

  private final Settings settings;
  private final Recipe recipe;
  private final TreeSet<String> imports = new TreeSet<>();
  private final StringBuilder body = new StringBuilder();

  private JavaProgram(Settings settings) {
    this.settings = settings;
    recipe = settings.recipe();
  }

  /** The text of {@code Main.java}. */
  static String of(Settings settings) {
    return new JavaProgram(settings).text();
  }

  private String text() {
    uses(Table.class, Parts.class, Recipe.class, Trained.class, TrainingOptions.class);
    body.append("void main() throws IOException {\n");
    body.append("  Table data = ").append(data()).append(";\n\n");
    recipe();
    body.append(
        """
          Parts parts = recipe.split(data);
          Trained trained = recipe.train(parts);
          IO.println("loss " + trained.result().train().loss());
        """);
    if (settings.split().validation() != null && !settings.split().watchesTest()) {
      line("  IO.println(\"validation loss \" + trained.result().validation().loss());");
    }
    if (settings.split().test() != null) {
      line("  IO.println(\"test loss \" + trained.result().test().loss());");
    }
    body.append(
        """
          trained.model().save(Path.of("model.safetensors"));
        }
        """);
    points();
    String head = comment(); // what it says of jars depends on the rest
    return imports.stream().map("import %s;\n"::formatted).collect(Collectors.joining())
        + head
        + body;
  }

  /** Imports those of Glia's own; the program's other types need none. */
  private void uses(Class<?>... types) {
    for (Class<?> type : types) {
      if (type.getName().startsWith("dev.glia.")) {
        imports.add(type.getName());
      }
    }
  }

  private String comment() {
    String jars = "glia-core.jar";
    String need =
        "glia-core.jar stands for the library, core/target/glia-core-*.jar in Glia's folder";
    if (settings.dataName().equals("csv")) {
      jars += ":glia-csv.jar:fastcsv.jar";
      need =
          "the jars stand for Glia's library, its part for CSV files and FastCSV, which all lie in\n"
              + "// cli/target/lib in Glia's folder";
    }
    return """

    // The run of Glia's studio, as Java: a network %s on %s.
    //
    //   java --class-path %s --add-modules jdk.incubator.vector Main.java
    //
    // compiles and runs it with a JDK 25 (%s).
    // It prints the losses after the last epoch, on any machine the same to the last digit, and
    // writes model.safetensors.%s

    """
        .formatted(
            settings.architecture().sizes(),
            settings.dataName(),
            jars,
            need,
            settings.dataName().equals("csv")
                ? " The data must lie beside it, in the file " + DataFile.nameOf(settings) + "."
                : "");
  }

  // Data.

  private String data() {
    return switch (settings.dataName()) {
      case "points" -> "points()";
      case "csv" -> csv();
      case "mnist" -> download(Mnist.class);
      case "fashion-mnist" -> download(FashionMnist.class);
      default -> generator();
    };
  }

  private String generator() {
    BuiltIn builtIn = BuiltIn.named(settings.dataName()).orElseThrow();
    Map<String, String> values = settings.complete();
    Map<String, Double> numbers = new HashMap<>();
    for (BuiltIn.Parameter parameter : builtIn.parameters()) {
      numbers.put(parameter.name(), Double.valueOf(values.get(parameter.name())));
    }
    if (!(builtIn.generator(numbers, builtIn.shuffle()) instanceof Record made)) {
      throw new IllegalStateException("A generator is a record: " + builtIn.name() + " is not.");
    }
    uses(made.getClass());
    return JavaText.constructor(made) + ".generate()";
  }

  private String download(Class<?> source) {
    uses(DataCache.class, source);
    return "DataCache.standard().load(%s.images(), (file, done, total) -> {})"
        .formatted(source.getSimpleName());
  }

  private String csv() {
    uses(Csv.class, CsvOptions.class);
    StringBuilder options = new StringBuilder("CsvOptions.defaults()");
    String reading = reading();
    if (!reading.isEmpty()) {
      uses(ReadingOptions.class);
      options
          .append(".withReading(\n              ReadingOptions.defaults()")
          .append(reading)
          .append(')');
    }
    String target = settings.given().get("target");
    if (target != null) {
      options.append(".withTarget(").append(JavaText.literal(target)).append(')');
    }
    String header = settings.given().get("header");
    if (header != null) {
      options
          .append(".withHeader(CsvOptions.Header.")
          .append(Boolean.parseBoolean(header) ? "PRESENT" : "ABSENT")
          .append(')');
    }
    if (settings.task() != Task.Kind.AUTO) {
      uses(Task.class);
      options.append(".withTask(Task.Kind.").append(settings.task().name()).append(')');
    }
    return "Csv.read(\n          Path.of(%s),\n          %s)"
        .formatted(JavaText.literal(DataFile.nameOf(settings)), options);
  }

  /** What is known of the file's columns beside the one to predict. */
  private String reading() {
    StringBuilder known = new StringBuilder();
    String columns = settings.given().get("columns");
    if (columns != null) {
      known
          .append(".withColumns(ReadingOptions.parseColumns(")
          .append(JavaText.literal(columns))
          .append("))");
    }
    String missing = settings.given().get("missing");
    if (missing != null) {
      uses(MissingValues.class);
      known
          .append(".withMissing(MissingValues.parse(")
          .append(JavaText.literal(missing))
          .append("))");
    }
    Boolean comma = settings.csvOptions().reading().decimalComma();
    if (comma != null) {
      known.append(".withDecimalComma(").append(comma).append(')');
    }
    return known.toString();
  }

  /** The points themselves, with what reads them, after the program. */
  private void points() {
    Table data = settings.data();
    if (!settings.dataName().equals("points") || !(data.target() instanceof Categories target)) {
      return;
    }
    uses(Categories.class, DenseMatrix.class);
    body.append(
        """

        /** The painted points. */
        Table points() {
          List<String> lines = POINTS.lines().toList();
          double[] features = new double[lines.size() * 2]; // [points][x, y]
          int[] classes = new int[lines.size()];
          for (int i = 0; i < classes.length; i++) {
            String[] numbers = lines.get(i).split(" ");
            features[2 * i] = Double.parseDouble(numbers[0]);
            features[2 * i + 1] = Double.parseDouble(numbers[1]);
            classes[i] = Integer.parseInt(numbers[2]);
          }
          return Table.of(
              "points",
              List.of(%s),
              new DenseMatrix(classes.length, 2, features),
              new Categories("label", classes, List.of(%s)));
        }

        /** x, y and the class's index, a point a line. */
        static final String POINTS =
            ""\"
        """
            .formatted(literals(data.featureNames()), literals(target.levels())));
    int used = 0;
    for (int row = 0; row < data.rows(); row++) {
      String line =
          "    %s %s %d\n"
              .formatted(
                  JavaText.literal(data.features().get(row, 0)),
                  JavaText.literal(data.features().get(row, 1)),
                  target.code(row));
      used += line.length();
      if (used > LONGEST_CONSTANT) {
        // Not a constant then, which the compiler would join to one that is too long.
        body.append("    \"\"\"\n            .concat(\n                \"\"\"\n");
        used = line.length();
      }
      body.append(line);
    }
    body.append("    \"\"\";\n");
  }

  private static String literals(List<String> texts) {
    return texts.stream().map(JavaText::literal).collect(Collectors.joining(", "));
  }

  // Recipe.

  private void recipe() {
    line("  Recipe recipe =");
    line("      Recipe.predict()");
    if (recipe.task() != Task.Kind.AUTO) {
      uses(Task.class);
      line("          .withTask(Task.Kind.%s)".formatted(recipe.task().name()));
    }
    calls("          ", false);
    line("          .withTraining(");
    line("              TrainingOptions.defaults()");
    calls("                  ", true);
    body.setLength(body.length() - 1);
    line(");\n");
  }

  /** The settings of the recipe itself, or of its training options. */
  private void calls(String indent, boolean inTraining) {
    for (Setting<?> setting : RecipeSettings.all()) {
      if (setting.inTraining() == inTraining) {
        line(indent + "." + setting.java(recipe));
        setting.kind().javaTypes().forEach(type -> uses(type));
      }
    }
  }

  private void line(String text) {
    body.append(text).append('\n');
  }
}

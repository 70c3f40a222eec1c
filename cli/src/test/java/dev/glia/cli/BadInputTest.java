package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad input gets one sentence, and the model that is there already survives. */
class BadInputTest {

  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  @TempDir Path folder;
  private Path outputs;
  private Path model;
  private byte[] before;

  @BeforeEach
  void trainAModel() throws IOException {
    outputs = Files.createDirectory(folder.resolve("outputs"));
    model = outputs.resolve("m.safetensors");
    Glia.run("train", "moons", "--epochs", 1, "-q", "--out", model).ok();
    before = Files.readAllBytes(model);
  }

  @AfterEach
  void theOldModelSurvivesAndNothingElseIsWritten() throws IOException {
    assertThat(model).hasBinaryContent(before);
    assertThat(Glia.files(outputs)).containsExactly("m.safetensors");
  }

  private Run train(Object... args) {
    Object[] all = new Object[args.length + 3];
    all[0] = "train";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--out";
    all[args.length + 2] = model;
    return Glia.run(all);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "--layers        | 16             | --layers: A layer is written UNITS:ACTIVATION",
        "--layers        | ``             | --layers: A layer is written UNITS:ACTIVATION",
        "--layers        | 16:relu,       | --layers: A layer is written UNITS:ACTIVATION",
        "--layers        | x:relu         | --layers: A layer is written UNITS:ACTIVATION",
        "--layers        | 0:relu         | --layers: A layer needs at least 1 unit, got 0.",
        "--layers        | 3:relo         | --layers: There is no activation \"relo\". There are:",
        "--layers        | 3:elu(a)       | --layers: elu(...) expects a number, got \"a\".",
        "--layers        | 3:relu(1)      | --layers: relu",
        "--output        | relo           | --output: There is no activation \"relo\". There are:",
        "--loss          | guess          | --loss: There is no loss \"guess\". There are: bce",
        "--optimizer     | magic          | --optimizer: There is no optimizer \"magic\".",
        "--optimizer     | adam(2)        | --optimizer: adam",
        "--init          | magic          | --init: There is no initialiser \"magic\".",
        "--init          | normal(0,-1)   | --init: normal(mean,std) needs a standard deviation",
        "--scale         | large          | --scale: Expected none, minmax, standard or robust, got",
        "--learning-rate | 0              | The learning rate must be a number over 0",
        "--learning-rate | -1             | The learning rate must be a number over 0",
        "--learning-rate | NaN            | The learning rate must be a number over 0",
        "--learning-rate | Infinity       | The learning rate must be a number over 0",
        "--learning-rate | fast           | --learning-rate: Expected a number, got \"fast\".",
        "--epochs        | -1             | The number of epochs must be at least 0, got -1.",
        "--epochs        | 1.5            | --epochs: Expected a whole number, got \"1.5\".",
        "--epochs        | 9999999999     | --epochs: Expected a whole number up to 2147483647",
        "--batch-size    | 0              | A batch needs at least 1 row, got 0.",
        "--batch-size    | some           | --batch-size: Expected a whole number or full",
        "--test-fraction | -0.1           | The test fraction must be at least 0 and under 1, got -0.1",
        "--test-fraction | 1              | The test fraction must be at least 0 and under 1, got 1",
        "--test-fraction | 2              | The test fraction must be at least 0 and under 1, got 2",
        "--test-fraction | NaN            | The test fraction must be at least 0 and under 1",
        "--test-fraction | 0.9999         | leaves none of 200 rows to train on",
        "--threads       | 0              | The number of threads must be at least 1, got 0.",
        "--seed          | -1             | A seed must be between 0 and 4294967295",
        "--seed          | 4294967296     | A seed must be between 0 and 4294967295",
        "--split-seed    | -1             | A seed must be between 0 and 4294967295",
        "--data-seed     | -1             | A seed must be between 0 and 4294967295",
        "--seed          | one            | --seed: Expected a whole number, got \"one\".",
        "--samples       | 1              | moons needs at least 2 samples, got 1.",
        "--centers       | 3              | --centers is for blobs; moons has no centres.",
        "--noise         | -1             | moons needs a noise of at least 0, got -1",
        "--clip-value    | 0              | Gradients can be clipped to a value over 0, got 0",
        "--clip-norm     | -1             | Gradients can be clipped to a norm over 0, got -1",
        "--l2            | -1             | The L2 factor must be at least 0, got -1",
        "--nan           | ignore         | --nan: Expected stop or zero, got \"ignore\".",
        "--log-every     | 0              | between two log entries must be at least 1, got 0.",
        "--kernel        | fast           | --kernel: Expected auto or vector or scalar, got",
        "--target        | x1             | how a file is read are for files with tables; moons is not",
        "--plot          | picture.gif    | must end in .png or .svg, got \"picture.gif\".",
        "--plot          | no/such.svg/p  | must end in .png or .svg"
      })
  void optionsOfTrain(String option, String value, String sentence) {
    train("moons", option, value).fails(USAGE, sentence);
  }

  @Test
  void lossesThatDoNotGoWithTheOutput() {
    train("moons", "--loss", "bce", "--output", "relu").fails(USAGE, "relu", "take sigmoid");
    train("moons", "--loss", "cross_entropy", "--output", "sigmoid")
        .fails(USAGE, "cross_entropy", "sigmoid", "take softmax");
  }

  @Test
  void dataThatIsNotThere() throws IOException {
    train("nosuch").fails(USAGE, "no data set and no file \"nosuch\"", "moons", "fashion-mnist");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    train(empty).fails(FAILURE, "empty", "holds no IDX files", "train-images-idx3-ubyte");
    Glia.run("data", "fetch", "moons").fails(USAGE, "no download \"moons\"", "mnist");
    train(model).fails(FAILURE, "m.safetensors");
  }

  @Test
  void idxFilesThatAreDamaged() throws IOException {
    Path images = folder.resolve("images");
    TestData.idx(images, "train", 9, 9);
    Path pixels = images.resolve("train-images-idx3-ubyte");
    byte[] whole = Files.readAllBytes(pixels);

    Files.write(pixels, Arrays.copyOf(whole, whole.length - 5));
    train(images).fails(FAILURE, pixels.toString(), "promises 9 images (54 bytes), only 49 bytes");
    Files.write(pixels, Arrays.copyOf(whole, 10));
    train(images).fails(FAILURE, "ends within its header");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(whole);
    }
    Files.write(pixels, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
    train(images).fails(FAILURE, "is cut", "gzip", "Copy or download it again");
    Files.writeString(pixels, "These are not pixels at all.");
    train(images).fails(FAILURE, "It is not an IDX file");
    TestData.idx(images, "train", 9, 8);
    train(images).fails(FAILURE, "has 9 images", "has 8 labels", "one label an image");
    Files.delete(pixels);
    train(images).fails(FAILURE, "has no file train-images-idx3-ubyte");
  }

  @Test
  void labelsOutOfRange() throws IOException {
    Path mnist = folder.resolve("mnist");
    TestData.idx(mnist, "train", 9, 9);
    TestData.idx(mnist, "t10k", 9, 9);
    Path labels = mnist.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[10] = 77;
    Files.write(labels, bytes);
    train("mnist", "--data-dir", folder).fails(FAILURE, "t10k-labels-idx1-ubyte");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``                             | t.csv is empty",
        "a,b,y                          | t.csv has a header and no rows",
        "a,b,y;1,2,0;3,4,1;5,6;7        | t.csv: 2 of 5 lines have fewer than 3 fields",
        "a,b,y;1,2,0;3,4,1,5            | t.csv, line 3: expected 3 fields as in the other lines",
        "a,b,y;1,2,0;3,red,1;5,6,1      | t.csv, line 3, column \"b\": expected a number, got \"red\"",
        "a,b,y;1,2,0;3,1e99,1;5,6,1     | t.csv, line 3, column \"b\": expected a number, got",
        "a,b,y;1,2,0.5;3,4,x;5,6,1.5    | t.csv, line 3, column \"y\": expected a number to predict",
        "a,b,y;1,2,;3,4,NA              | t.csv: no row has a value to predict in the column y",
        "y;0;1                          | t.csv has one column only"
      })
  void tables(String text, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text.replace(';', '\n'));
    train(file).fails(FAILURE, sentence);
  }

  @Test
  void tablesThatCannotBeLearned() throws IOException {
    Path file = TestData.table(folder.resolve("t.csv"), row -> "same");
    train(file).fails(FAILURE, "the column \"y\"", "the same value in all rows", "--target");
    train(file, "--target", "z").fails(FAILURE, "no column \"z\" to predict", "a, b, y");
    train(file, "--centers", 5).fails(USAGE, "--centers is for blobs");
    train("blobs", "--centers", 0).fails(USAGE, "blobs needs at least 1 centre, got 0.");
    train(file, "--samples", 5).fails(USAGE, "--samples", "for data sets that Glia makes");
    TestData.table(file, row -> String.valueOf(TestData.a(row)));
    train(file, "--output", "sigmoid").fails(USAGE, "bce is for values from 0 to 1", "take mse");
    train(file, "--output", "softmax").fails(USAGE, "softmax", "the number y", "take identity");
    train(file, "--stratify").fails(USAGE, "only classes can be split by class");
    Files.writeString(file, "a,b,y\n1,2,cat\n3,4,cat\n");
    train(file).fails(USAGE, "a single class (cat): at least two are needed");
  }

  @Test
  void aTrainingThatDiverges() {
    train("moons", "--learning-rate", "1e30", "--epochs", 50)
        .fails(FAILURE, "Training diverged in epoch", "layer", "--learning-rate");
    train("moons", "--noise", "1e300", "--epochs", 50).fails(FAILURE, "diverged");
  }

  @Test
  void placesThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Object place : new Object[] {folder, file.resolve("m.safetensors"), "/proc/x/m"}) {
      Run run = Glia.run("train", "moons", "--epochs", 1, "--out", place);
      run.fails(FAILURE, "Cannot write " + place);
      assertThat(run.out()).as("before the training").isEmpty();
    }
    Run plot = train("moons", "--epochs", 1, "--plot", file.resolve("p.png"));
    plot.fails(FAILURE, "Cannot write " + file.resolve("p.png"), file + " is a file");
    assertThat(plot.out()).as("before the training").isEmpty();
    Glia.run("data", "write", "moons", "--out", file.resolve("x.csv")).fails(FAILURE, "Cannot");
    Glia.run("predict", model, "moons", "--out", file.resolve("x.csv")).fails(FAILURE, "Cannot");
    Glia.run("plot", "boundary", model, "moons", "--out", file.resolve("x.svg"))
        .fails(FAILURE, "Cannot");
  }

  private void assertNoModel(Path file, String... words) {
    for (String command : new String[] {"evaluate", "predict"}) {
      Glia.run(command, file, "moons").fails(FAILURE, words);
    }
    Glia.run("inspect", file).fails(FAILURE, words);
  }

  private Path altered(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("altered.safetensors"), bytes);
  }

  /** The model with some words in its header replaced, and the header's length made to fit. */
  private Path altered(String from, String to) throws IOException {
    int length = (int) ByteBuffer.wrap(before).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(before, 8, length, StandardCharsets.UTF_8);
    assertThat(header).contains(from);
    byte[] changed = header.replace(from, to).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(before.length - length + changed.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(changed.length)
            .put(changed)
            .put(before, 8 + length, before.length - 8 - length);
    return altered(bytes.array());
  }

  @Test
  void modelFilesThatAreNone() throws IOException {
    assertNoModel(folder.resolve("nosuch.safetensors"), "nosuch.safetensors does not exist");
    assertNoModel(altered(new byte[0]), "0 bytes");
    for (int length : new int[] {5, 8, 100, before.length - 1}) {
      assertNoModel(altered(Arrays.copyOf(before, length)), "altered.safetensors cannot be read");
    }
    assertNoModel(altered(Arrays.copyOf(before, before.length + 4)), "cannot be read");
    byte[] flipped = before.clone();
    flipped[before.length - 3] ^= 1;
    assertNoModel(altered(flipped), "it was altered");
    assertNoModel(altered("[128,192]", "[124,188]"), "must not overlap");
    assertNoModel(altered("[128,192]", "[132,196]"), "must not leave gaps");
    assertNoModel(altered("\"F32\"", "\"F16\""), "F16, expected F32");
    assertNoModel(altered("version\\\":2", "version\\\":9"), "written by a newer Glia", "update");
    assertNoModel(altered("0.05", "0.06"), "it was altered");
    assertNoModel(altered("\"glia\"", "\"gila\""), "holds no Glia model");
    byte[] huge = before.clone();
    Arrays.fill(huge, 0, 8, (byte) 0x7f);
    assertNoModel(altered(huge), "at most 16777216 are taken: it is not a model");
    assertNoModel(
        altered("Just some words.".getBytes(StandardCharsets.UTF_8)), "it is not a model");
    Glia.run("evaluate", folder, "moons").fails(FAILURE, "is a folder: expected a model file");
  }

  @Test
  void dataThatDoesNotFitTheModel() throws IOException {
    for (String command : new String[] {"evaluate", "predict"}) {
      Glia.run(command, model, "digits", "--samples", 10).fails(USAGE, "lacks the columns x1, x2");
    }
    Glia.run("evaluate", model, "blobs").fails(USAGE, "is of class \"2\", the model knows: 0, 1.");
    Path file = TestData.table(folder.resolve("t.csv"), row -> "1");
    Glia.run("evaluate", model, file).fails(FAILURE, "lacks the columns x1, x2", "a, b, y");
    Glia.run("predict", model, file).fails(FAILURE, "lacks the columns x1, x2", "a, b, y");
    Files.writeString(file, "1,2,3,4,5\n");
    Glia.run("predict", model, file).fails(FAILURE, "t.csv");
    Glia.run("plot", "digits", model, "moons", "--out", outputs.resolve("x.png"))
        .fails(USAGE, "moons has no images");
    Glia.run("plot", "regression", model, "moons", "--out", outputs.resolve("x.png"))
        .fails(USAGE, "needs numbers, the model predicts classes");
    Glia.run("plot", "boundary", model, "moons", "--out", outputs.resolve("x.gif"))
        .fails(USAGE, "must end in .png or .svg");
    Glia.run("plot", "loss", model, "--out", outputs.resolve("x.png"))
        .fails(FAILURE, "m.safetensors is no history of a training");
    Glia.run("plot", "loss", folder.resolve("no.csv"), "--out", outputs.resolve("x.png"))
        .fails(FAILURE, "no.csv does not exist");
    Glia.run("inspect", "digits", "--samples", 10, "--row", 11).fails(USAGE, "--row must be 1 to");
    Glia.run("gradcheck", "moons", "--rows", 0).fails(USAGE, "--rows must be at least 1");
  }

  @Test
  void debugShowsTheStackTrace() {
    Run run = train("moons", "--learning-rate", 0, "--debug");
    assertThat(run.status()).isEqualTo(USAGE);
    assertThat(run.err()).contains("\tat ", "glia: --learning-rate: The learning rate must be");
  }

  @Test
  void aTrainingThatEndsInNaNWritesNoModel() {
    train("moons", "--learning-rate", "1e30", "--nan", "zero", "--epochs", 60)
        .fails(FAILURE, "the loss is", "no model is written");
  }

  @Test
  void aTableWhoseLastColumnIsNotWhatTheModelPredictsIsRefused() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("t.csv"), "a,b,y\n1,2,10.5\n2,4,20.5\n3,5,30.5\n4,9,4.5\n");
    Path other = Files.writeString(folder.resolve("o.csv"), "z,a,b,id\n10.5,1,2,7\n20.5,2,4,8\n");
    Path regression = folder.resolve("r.safetensors");
    Glia.run("train", table, "--epochs", 1, "-q", "--out", regression).ok();

    Glia.run("evaluate", regression, other)
        .fails(USAGE, "The model predicts y", "is id", "--target");
    Glia.run("evaluate", regression, other, "--target", "z").ok();
    Path named = Files.writeString(folder.resolve("n.csv"), "y,a,b,id\n10.5,1,2,7\n20.5,2,4,8\n");
    Glia.run("evaluate", regression, named).ok(); // wherever its column stands
  }

  @Test
  void optionsThatWouldChangeNothingAreRefused() {
    Glia.run("evaluate", model, "moons", "--test-fraction", 0.5).fails(USAGE, "--part test");
    Glia.run("inspect", model, "--samples", 7).fails(USAGE, "is a model");
    Glia.run("inspect", model, "--centers", 7).fails(USAGE, "is a model");
  }

  @Test
  void aBoundaryNeedsProbabilities() {
    Path linear = folder.resolve("l.safetensors");
    Glia.run(
            "train",
            "moons",
            "--epochs",
            1,
            "--output",
            "identity",
            "--learning-rate",
            0.01,
            "-q",
            "--out",
            linear)
        .ok();

    Glia.run("plot", "boundary", linear, "moons", "--out", folder.resolve("b.svg"))
        .fails(USAGE, "A boundary needs probabilities");
    assertThat(folder.resolve("b.svg")).doesNotExist();
  }
}

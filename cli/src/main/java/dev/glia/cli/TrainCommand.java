package dev.glia.cli;

import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.RecipeOptions;
import dev.glia.cli.option.SettingOptions;
import dev.glia.cli.option.ThreadOptions;
import dev.glia.cli.terminal.DigitText;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.doctor.Doctor;
import dev.glia.doctor.Finding;
import dev.glia.doctor.Patient;
import dev.glia.internal.io.WholeFile;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Format;
import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Setting;
import dev.glia.model.Trained;
import dev.glia.network.Architecture;
import dev.glia.plot.Figure;
import dev.glia.plot.PictureFormat;
import dev.glia.plot.training.Pictures;
import dev.glia.split.Parts;
import dev.glia.studio.Studio;
import dev.glia.studio.run.Session;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.ImageSize;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Prediction;
import dev.glia.training.Cancellation;
import dev.glia.training.DivergedException;
import dev.glia.training.History;
import dev.glia.training.HistoryFile;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code glia train}: from a data set to a model file and pictures. */
@Command(
    name = "train",
    description = {
      "Train a network on a data set and save the model.",
      "",
      "Settings that are not given come from the data set's recipe: moons and mnist have their"
          + " articles' networks, a file gets the average of several networks, by what it predicts"
          + " and how many rows it has.",
      "",
      "Lines that begin with \"doctor:\" say what is wrong with a training while it runs, and which"
          + " option to try."
    },
    footer = {
      "",
      "Examples:",
      "  glia train moons",
      "  glia train mnist --data-dir DIR --layers 64:relu,32:relu,16:relu --epochs 10",
      "  glia train table.csv --target price --layers 64:gelu --optimizer adam",
      "  glia train spirals --studio",
      "  glia train moons --init \"normal(-1,1)\" --no-shuffle --clip-value 1 --nan zero"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TrainCommand implements Callable<Integer> {

  @Mixin private DataOptions data;
  @Mixin private RecipeOptions recipes;
  @Mixin private SettingOptions settings = new SettingOptions(Setting.Group.values());
  @Mixin private ThreadOptions threads;
  @Mixin private OutputOptions output;

  @Option(
      names = "--out",
      paramLabel = "MODEL.safetensors",
      description =
          "Where the model goes; then nothing else is written but what --plot asks for. Default:"
              + " the folder runs/NAME, with history and pictures.")
  private @Nullable Path out;

  @Option(
      names = "--dry-run",
      description = "Say how the data are read and what would be trained, and stop there.")
  private boolean dryRun;

  @Option(
      names = "--from",
      paramLabel = "MODEL.safetensors",
      description =
          "Go on with a model: its weights, columns, scaling and classes are kept, the rows may be"
              + " others; the optimizer begins anew.")
  private @Nullable Path from;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description =
          "A file with the rows to look at while learning and to choose by, with the same columns;"
              + " then none are kept back for that.")
  private @Nullable Path validationFile;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description =
          "A file with the rows to test on at the end, with the same columns; then none are kept"
              + " back for that.")
  private @Nullable Path testFile;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png|.svg",
      description =
          "Where the picture of the training goes: its loss, for points of a plane with"
              + " real and predicted classes.")
  private @Nullable Path plot;

  @Option(
      names = "--studio",
      description =
          "Show this very training on a page, whose address is printed first, and go on showing it"
              + " until Ctrl-C.")
  private boolean studio;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (plot != null) {
      PictureFormat.of(plot); // what is wrong with it is told before the training, not after it
      WholeFile.checkWritable(plot);
    }
    Terminal terminal = new Terminal(spec.commandLine(), output);
    WholeFile.checkWritable(modelFile());
    if (studio) {
      return trainInStudio(terminal);
    }
    recipes.announce(data);
    Model start = from == null ? null : startFrom(from);
    Table dataset = start == null ? data.load(terminal) : data.loadFor(start, terminal);
    Recipe recipe = start == null ? recipe(dataset) : recipe(dataset).goingOnWith(start);
    if (validationFile != null || testFile != null) {
      if (data.reading() == null) {
        throw new IllegalArgumentException(
            "--validation and --test are for files; %s is not one.".formatted(data.name()));
      }
      recipe = withoutPartsOfFiles(recipe);
    }
    Parts parts = withFiles(recipe.split(dataset), terminal);
    Experiment experiment =
        start == null ? new Experiment(recipe, parts) : Experiment.goingOn(start, recipe, parts);
    if (dryRun) {
      introduce(terminal, experiment.untrained(), parts, recipe);
      return 0;
    }
    return train(
        terminal,
        experiment,
        recipe,
        parts,
        listeners -> trainWithDoctor(terminal, experiment, recipes.cancellation(), listeners));
  }

  /** What a model has decided cannot be chosen again. */
  private Model startFrom(Path file) throws IOException {
    for (String option :
        List.of(
            "--layers",
            "--output",
            "--loss",
            "--init",
            "--scale",
            "--bins",
            "--clamp",
            "--target-scale",
            "--members",
            "--target",
            "--task")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new IllegalArgumentException(
            "--from goes on with the network, columns and scaling of %s: leave out %s."
                .formatted(file, option));
      }
    }
    return Model.load(file);
  }

  /** Rows are not kept back for a part that is a file. */
  private Recipe withoutPartsOfFiles(Recipe recipe) {
    Recipe changed = recipe;
    if (testFile != null) {
      changed = changed.withTestFraction(0);
    }
    return validationFile != null ? changed.withValidationFraction(0) : changed;
  }

  private Parts withFiles(Parts parts, Terminal terminal) throws IOException {
    Table train = parts.train();
    Table validation =
        validationFile == null
            ? parts.validation()
            : data.loadLike(validationFile, train, terminal);
    Table test = testFile == null ? parts.test() : data.loadLike(testFile, train, terminal);
    return validationFile == null && testFile == null ? parts : new Parts(train, validation, test);
  }

  /** A doctor looks at the networks of logged epochs; a run of the studio's has the page for it. */
  private Trained trainWithDoctor(
      Terminal terminal,
      Experiment experiment,
      Cancellation cancellation,
      TrainingListener... listeners) {
    Doctor doctor = new Doctor(Patient.of(experiment), finding -> tell(terminal, finding));
    List<TrainingListener> all = new ArrayList<>(List.of(listeners));
    all.add(doctor);
    try {
      return experiment.train(
          threads.compute(), cancellation, all.toArray(TrainingListener[]::new));
    } catch (DivergedException e) {
      doctor.diverged();
      throw e;
    }
  }

  private Path folder() {
    return Path.of("runs", data.runName());
  }

  private Path modelFile() {
    return out != null ? out : folder().resolve("model.safetensors");
  }

  /** Trains, telling listeners of it. */
  @FunctionalInterface
  private interface Run {
    Trained train(TrainingListener... listeners) throws InterruptedException;
  }

  private int trainInStudio(Terminal terminal) throws IOException, InterruptedException {
    ParseResult parsed = spec.commandLine().getParseResult();
    if (from != null) {
      throw new IllegalArgumentException(
          "--studio shows a run from its first weights on: leave out --from.");
    }
    if (validationFile != null || testFile != null) {
      throw new IllegalArgumentException(
          "--studio shows a file's own parts: leave out --validation and --test.");
    }
    if (dryRun) {
      throw new IllegalArgumentException("--dry-run trains nothing that --studio could show.");
    }
    if (parsed.hasMatchedOption("--threads") || parsed.hasMatchedOption("--kernel")) {
      throw new IllegalArgumentException(
          "--studio shares the processors among its runs: leave out --threads and --kernel.");
    }
    recipes.refuseForStudio();
    data.prepare(terminal);
    try (Studio page = Studio.start(data.dataDir)) {
      Session session = page.open(StudioTraining.settings(parsed, data));
      String address = page.address(session).toString();
      terminal.result(
          output.json ? Json.write(Map.of("event", "studio", "address", address)) : address);
      int status = Failures.FAILURE;
      try {
        status =
            train(
                terminal,
                session.experiment(),
                session.recipe(),
                session.split(),
                listeners -> StudioTraining.train(session, listeners));
      } catch (DivergedException e) { // the page shows where
        Failures.say(spec.commandLine().getErr(), String.valueOf(e.getMessage()), status);
      }
      terminal.message("The studio shows this run until Ctrl-C.");
      StudioCommand.stayUntilInterrupted(page);
      return status;
    }
  }

  private int train(Terminal terminal, Experiment experiment, Recipe recipe, Parts parts, Run run)
      throws IOException, InterruptedException {
    introduce(terminal, experiment.untrained(), parts, recipe);
    History history = new History();
    Finished[] finished = new Finished[1];
    TrainingListener last =
        event -> {
          if (event instanceof Finished end) {
            finished[0] = end;
          }
        };
    TrainingListener report =
        output.json
            ? TrainingReport.json(terminal, settings(recipe))
            : new TrainingReport(terminal, parts);
    Trained trained;
    try {
      trained = run.train(report, history, last);
    } catch (DivergedException e) {
      throw told(terminal, e);
    } finally {
      terminal.clearStatus();
    }
    double loss = trained.result().train().loss();
    if (!Double.isFinite(loss)) { // possible where --nan zero went on
      throw told(
          terminal,
          new DivergedException(
              "Training diverged: the loss is %s at the end, so no model is written. Try a smaller learning rate than %s."
                  .formatted(loss, recipe.training().learningRate())));
    }
    // What can't be made again without the training comes first.
    Saving saving = new Saving(spec.commandLine().getErr());
    boolean saved = saving.save(() -> trained.model().save(modelFile()));
    if (out == null) {
      saving.save(() -> HistoryFile.write(history.epochs(), folder().resolve("history.csv")));
    }
    report(terminal, trained.result(), parts, finished[0], saved ? modelFile() : null);
    savePictures(terminal, saving, trained, parts, history);
    return saving.status();
  }

  /** A training that diverged has no result: neither the last score told nor an older file is. */
  private DivergedException told(Terminal terminal, DivergedException e) {
    if (output.json) {
      terminal.result(TrainingReport.diverged(e));
    } else if (Files.exists(modelFile())) {
      terminal.message(modelFile() + " is still the model of an earlier training.");
    }
    return e;
  }

  private Recipe recipe(Table dataset) {
    return settings.applyTo(recipes.of(data, dataset));
  }

  private void tell(Terminal terminal, Finding finding) {
    if (output.quiet) {
      return;
    }
    if (output.json) {
      terminal.result(TrainingReport.finding(finding));
    } else {
      terminal.message(TrainingReport.line(finding));
    }
  }

  /** What is trained on what; for images also one of them, and what the network thinks of it. */
  private void introduce(Terminal terminal, Model untrained, Parts parts, Recipe recipe) {
    if (output.json) {
      return;
    }
    Table train = recipe.features(parts.train());
    terminal.message(
        "%s: %s to train on%s%s, %s, %s"
            .formatted(
                train.name(),
                Format.count(train.rows(), "row"),
                parts.validation() == null || parts.watchesTest()
                    ? ""
                    : ", %s to validate".formatted(Format.count(parts.validation().rows())),
                parts.test() == null
                    ? ""
                    : ", %s to test".formatted(Format.count(parts.test().rows())),
                Format.count(train.features().columns(), "feature"),
                untrained.task().words()));
    columns(train).forEach(terminal::message);
    if (parts.validation() == null && parts.test() == null && data.reading() != null) {
      terminal.message(
          "No rows are kept back to validate or test on: how good it is on others is not known.");
    }
    Architecture architecture = untrained.architecture();
    terminal.message(
        "%s %s (%s), %s parameters%s; %s, %s at %s, seed %d"
            .formatted(
                recipe.members() == 1 ? "Network" : recipe.members() + " networks",
                architecture.sizes(),
                String.join(
                    ", ", architecture.layers().stream().map(TrainCommand::inWords).toList()),
                Format.count(architecture.parameterCount()),
                recipe.members() == 1 ? "" : " each",
                recipe.training().loss().name(),
                recipe.training().optimizer().name(),
                recipe.training().learningRate(),
                recipe.seed()));
    ImageSize size = train.image();
    if (size != null && untrained.task() instanceof Classification task && !output.quiet) {
      Categories target = task.classes(train);
      DigitText.lines(train.features(), 0, size).forEach(terminal::detail);
      double[] pixels = new double[train.features().columns()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = train.features().get(0, i);
      }
      Prediction opinion = untrained.predict(pixels);
      terminal.detail(
          "It's a %s! The untrained network is %s sure that it's a %s."
              .formatted(
                  target.levels().get(target.code(0)),
                  Format.percent(opinion.value()),
                  opinion.label()));
    }
  }

  /** What becomes of words and of missing values: a line each. */
  private static List<String> columns(Table train) {
    List<String> words = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Column column : train.featureColumns()) {
      int there = train.rows();
      if (column instanceof Categories categories) {
        words.add("%s (%d)".formatted(column.name(), categories.levels().size()));
        there = Arrays.stream(categories.counts()).sum();
      } else if (column instanceof Numbers numbers) {
        there -= numbers.missing();
      }
      if (there < train.rows()) {
        missing.add("%s (%d)".formatted(column.name(), train.rows() - there));
      }
    }
    List<String> lines = new ArrayList<>();
    if (!words.isEmpty()) {
      lines.add("Words, one input each: " + OutsideText.list(words));
    }
    if (!missing.isEmpty()) {
      lines.add(
          "Missing values in the rows to train on: %s; the mean stands for a number, and an input says that it was missing"
              .formatted(OutsideText.list(missing)));
    }
    return lines;
  }

  /** A dense layer's units are told beside it. */
  private static String inWords(Layer layer) {
    return layer instanceof Dense dense ? dense.activation().name() : layer.name();
  }

  private Map<String, Object> settings(Recipe recipe) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data", data.name());
    settings.put("members", recipe.members());
    settings.put("layers", recipe.hidden().stream().map(Layer::name).toList());
    settings.put("output", recipe.output().name());
    settings.put("loss", recipe.training().loss().name());
    settings.put("optimizer", recipe.training().optimizer().name());
    settings.put("learning_rate", recipe.training().learningRate());
    settings.put("epochs", recipe.training().epochs());
    settings.put("seed", recipe.seed());
    return settings;
  }

  private void report(
      Terminal terminal,
      TrainingResult result,
      Parts parts,
      Finished finished,
      @Nullable Path modelFile) {
    if (output.json) {
      String file = modelFile == null ? null : modelFile.toString();
      terminal.result(TrainingReport.result(finished, file));
      return;
    }
    terminal.message(
        "Trained %s in %.2f s."
            .formatted(Format.count(result.updates(), "update"), result.seconds()));
    int members = result.networks().size();
    if (members > 1) {
      terminal.message(
          "The model averages %d networks: its predictions and these figures are of the average%s."
              .formatted(
                  members,
                  parts.validation() == null
                      ? ", those of validation of networks that have not learnt from a row"
                      : ""));
      if (out == null) {
        terminal.message("history.csv and the curve of the loss are the first network's.");
      }
    }
    Scores validation = parts.watchesTest() ? null : result.validation();
    boolean three = validation != null;
    terminal.result(line(three ? "training  " : "training", result.train()));
    if (validation != null) {
      terminal.result(line("validation", validation));
    }
    if (result.test() != null) {
      terminal.result(line(three ? "test      " : "test    ", result.test()));
    }
    if (modelFile != null) {
      terminal.message("Model: " + modelFile);
    }
  }

  private static String line(String part, Scores scores) {
    return "%s  loss %s  %s"
        .formatted(part, Format.loss(scores.loss()), TrainingReport.scores(scores));
  }

  private void savePictures(
      Terminal terminal, Saving saving, Trained trained, Parts parts, History history) {
    if (out != null && plot == null) {
      return;
    }
    Map<String, Figure> pictures = Pictures.ofTraining(trained, parts, history.epochs());
    boolean first = true;
    for (Map.Entry<String, Figure> picture : pictures.entrySet()) {
      Path file = first && plot != null ? plot : folder().resolve(picture.getKey() + ".png");
      if ((out == null || first)
          && saving.save(() -> picture.getValue().write(file))
          && !output.json) {
        terminal.message("Picture: " + file);
      }
      first = false;
    }
  }
}

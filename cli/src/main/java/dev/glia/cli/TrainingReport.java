package dev.glia.cli;

import dev.glia.cli.terminal.ProgressBar;
import dev.glia.cli.terminal.Terminal;
import dev.glia.doctor.Finding;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Format;
import dev.glia.metric.Scores;
import dev.glia.model.RecipeSettings;
import dev.glia.split.Parts;
import dev.glia.training.DivergedException;
import dev.glia.training.HistoryFile;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.OfMember;
import dev.glia.training.TrainingEvent.Started;
import dev.glia.training.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a person about a training: lines for the epochs, a progress bar between them. */
final class TrainingReport implements TrainingListener {

  /** With more logged epochs than this there is only the bar. */
  private static final int MOST_LINES = 100;

  private final Terminal terminal;
  private final String watched; // what the rows to validate on are called
  private final ProgressBar bar;
  private int epochs;
  private String stopping = ""; // the rule's name
  private boolean lines;
  private int trained; // epochs of all of several networks
  private int logEvery = 1;

  TrainingReport(Terminal terminal, Parts parts) {
    this.terminal = terminal;
    watched = parts.watchesTest() ? "test" : "validation";
    bar = new ProgressBar(terminal, "training");
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case Started started -> {
        epochs = started.options().epochs();
        stopping = started.options().stopping().name();
        lines = epochs / started.options().logEvery() <= MOST_LINES;
        terminal.message(
            "Training with the %s kernel on %s."
                .formatted(started.kernel(), Format.count(started.threads(), "thread")));
      }
      case EpochFinished epoch -> {
        if (lines || epoch.epoch() == 0) {
          terminal.detail(line(epoch));
        }
        String loss = "loss " + Format.loss(epoch.train().loss());
        bar.show(epoch.epoch(), epochs, "epoch " + Format.count(epoch.epoch()) + "  " + loss);
      }
      case OfMember of -> on(of);
      case Finished finished -> {
        terminal.clearStatus();
        if (finished.cancelled()) {
          terminal.message("Training was cancelled after epoch " + finished.epochs() + ".");
        }
        if (finished.stopped()) {
          terminal.message("%s stopped after epoch %d.".formatted(stopping, finished.epochs()));
        }
        if (finished.bestEpoch() != finished.epochs()) {
          terminal.message("The model has the weights of epoch " + finished.bestEpoch() + ".");
        }
      }
    }
  }

  /** Of several networks: a line when each is done, the bar for all of their epochs together. */
  private void on(OfMember of) {
    switch (of.event()) {
      case Started started -> {
        if (of.member() == 1) {
          epochs = started.options().epochs();
          logEvery = started.options().logEvery();
          terminal.message(
              "Training %d networks side by side with the %s kernel."
                  .formatted(of.members(), started.kernel()));
        }
      }
      case EpochFinished epoch -> {
        trained += epoch.epoch() > 0 ? 1 : 0;
        long all = (long) of.members() * (epochs / logEvery);
        bar.show(
            Math.min(trained, all),
            all,
            "network %d, epoch %s".formatted(of.member(), Format.count(epoch.epoch())));
      }
      case OfMember other -> throw new IllegalStateException("A member has no members.");
      case Finished finished -> {
        Scores kept = finished.validation();
        terminal.detail(
            "network %s/%d  best epoch %s/%s  loss %s  %s%s"
                .formatted(
                    " "
                            .repeat(
                                String.valueOf(of.members()).length()
                                    - String.valueOf(of.member()).length())
                        + of.member(),
                    of.members(),
                    Format.count(finished.bestEpoch()),
                    Format.count(epochs),
                    Format.loss(finished.train().loss()),
                    quality(finished.train()),
                    kept == null
                        ? ""
                        : "  %s loss %s  %s %s"
                            .formatted(watched, Format.loss(kept.loss()), watched, quality(kept))));
      }
    }
  }

  private String line(EpochFinished epoch) {
    int width = Format.count(epochs).length();
    String text =
        "epoch %s/%s  loss %s  %s"
            .formatted(
                " ".repeat(width - Format.count(epoch.epoch()).length())
                    + Format.count(epoch.epoch()),
                Format.count(epochs),
                Format.loss(epoch.train().loss()),
                quality(epoch.train()));
    Scores kept = epoch.validation();
    if (kept != null) {
      text +=
          "  %s loss %s  %s %s"
              .formatted(watched, Format.loss(kept.loss()), watched, quality(kept));
    }
    return epoch.epoch() == 0 ? text + "  (untrained)" : text;
  }

  /** The second figure beside the loss: accuracy or R2. */
  static String quality(Scores scores) {
    return scores.accuracy() != null
        ? "accuracy " + Format.percent(scores.accuracy())
        : String.format(Locale.ROOT, "R2 %.4f", scores.r2());
  }

  /** All figures beside the loss: of a number its mean absolute error, too. */
  static String scores(Scores scores) {
    return scores.mae() == null
        ? quality(scores)
        : quality(scores) + String.format(Locale.ROOT, "  MAE %.4g", scores.mae());
  }

  /** Tells a program: one JSON object a line. */
  static TrainingListener json(Terminal terminal, Map<String, Object> settings) {
    return event -> {
      Map<String, Object> fields = fields(event, settings);
      if (!fields.isEmpty()) {
        terminal.result(Json.write(fields));
      }
    };
  }

  private static Map<String, Object> fields(TrainingEvent event, Map<String, Object> settings) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (event) {
      case Started started -> {
        fields.put("event", "start");
        fields.putAll(settings);
        fields.put("network", started.architecture().sizes());
        fields.put("parameters", started.architecture().parameterCount());
        fields.put("train_rows", started.trainRows());
        fields.put("validation_rows", started.validationRows());
        fields.put("test_rows", started.testRows());
        fields.put("kernel", started.kernel());
        fields.put("threads", started.threads());
      }
      case EpochFinished epoch -> {
        fields.put("event", "epoch");
        fields.putAll(HistoryFile.fields(epoch));
      }
      case OfMember of -> {
        if (of.event() instanceof Finished finished) {
          fields.put("event", "member");
          fields.putAll(figures(finished));
        } else {
          fields.putAll(fields(of.event(), of.member() == 1 ? settings : Map.of()));
        }
        fields.put("member", of.member());
        fields.put("members", of.members());
      }
      case Finished finished -> {} // the result is told when the model is saved
    }
    return fields;
  }

  /** What a doctor says to a person: what is wrong, what to try, and by which options. */
  static String line(Finding finding) {
    List<String> options = new ArrayList<>();
    finding.change().forEach((name, value) -> options.add(option(name, value)));
    String change = options.isEmpty() ? "" : " (" + String.join(" ", options) + ")";
    return "doctor: " + finding.sentence() + " " + finding.advice() + change;
  }

  /** A setting as it is typed: a shell takes parentheses for its own. */
  private static String option(String name, String value) {
    String quoted = value.contains("(") ? "\"" + value + "\"" : value;
    return RecipeSettings.named(name)
        .map(setting -> String.join(" ", setting.words(quoted)))
        .orElseThrow();
  }

  /** The same for a program; layers count from 1. */
  static String finding(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "finding");
    fields.put("rule", finding.rule());
    fields.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    fields.put("sentence", finding.sentence());
    fields.put("advice", finding.advice());
    Integer layer = finding.layer();
    fields.put("layer", layer == null ? null : layer + 1);
    fields.put("change", finding.change());
    return Json.write(fields);
  }

  /** The last line of {@code --json} where there is no result. */
  static String diverged(DivergedException e) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "diverged");
    fields.put("message", e.getMessage());
    fields.put("model", null);
    return Json.write(fields);
  }

  /** The last line of {@code --json}. */
  static String result(Finished finished, @Nullable String modelFile) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "result");
    fields.putAll(figures(finished));
    fields.put("model", modelFile);
    return Json.write(fields);
  }

  private static Map<String, Object> figures(Finished finished) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epochs", finished.epochs());
    fields.put("stopped", finished.stopped());
    fields.put("best_epoch", finished.bestEpoch());
    fields.put("updates", finished.updates());
    fields.put("training_seconds", finished.trainingSeconds());
    fields.putAll(finished.train().named(""));
    if (finished.validation() != null) {
      fields.putAll(finished.validation().named("val_"));
    }
    if (finished.test() != null) {
      fields.putAll(finished.test().named("test_"));
    }
    return fields;
  }
}

package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.glia.model.Trained;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A link that one browser copies gives another one the same run, digit for digit. */
class LinkTest extends PageTest {

  @Test
  void aLinkHoldsLayersSeedAndPaintedPoints() {
    Visit visit = first();
    visit.data("Your points");
    for (int k = 0; k < 2; k++) {
      visit.named(AriaRole.RADIO, "Class " + (3 * k + 1)).click(); // the first and the fourth
      for (int i = 0; i < 12; i++) {
        double angle = i * Math.PI / 6;
        double radius = k == 0 ? 0.3 : 0.8;
        point(visit, radius * Math.cos(angle), radius * Math.sin(angle));
      }
    }
    visit.await("() => glia.state.given.points?.split(';').length === 24");
    visit.type(visit.field("Network", "Layer 1: units"), "12");
    visit.choice("Network", "Layer 1: activation").selectOption("leaky_relu");
    visit.type(visit.field("Training", "Seed"), "11");
    visit.type(visit.field("Training", "Epochs"), "200");
    visit.await("() => glia.state.given.epochs === '200'");
    endsAlike(visit);
  }

  /** By its coordinates. */
  private static void point(Visit visit, double x, double y) {
    visit.named(AriaRole.TEXTBOX, "x of a new point").fill("%.3f".formatted(x));
    visit.named(AriaRole.TEXTBOX, "y of a new point").fill("%.3f".formatted(y));
    visit.press("Add a point");
  }

  @Test
  void aLinkHoldsASmallTable() {
    Visit visit = first();
    visit.data("Your file");
    visit.page().getByText("Paste the text").click();
    StringBuilder table = new StringBuilder("größe,\"a \"\"b\"\" & #\",x+y %41,日本\n");
    for (int row = 0; row < 120; row++) {
      double a = Math.sin(row * 1.3);
      double b = Math.cos(row * 0.7);
      table.append("%.4f,%.4f,%.4f,%.4f%n".formatted(a, b, a + b, a * b - 0.5 * a));
    }
    visit.named(AriaRole.TEXTBOX, "Text of the table").fill(table.toString());
    visit.press("Use this text");
    visit.await("() => glia.state.data.name === 'csv'");
    visit.choice("Data", "Predict").selectOption("x+y %41");
    visit.await("() => glia.state.data.quantity === 'x+y %41'");
    visit.type(visit.field("Training", "Seed"), "7");
    visit.await("() => glia.state.given.seed === '7'");
    assertThat(Fragment.read(visit.page().url())).containsEntry("csv", table.toString());
    endsAlike(visit);
  }

  private Visit first() {
    Visit visit =
        new Visit(
            open(
                "",
                new Browser.NewContextOptions()
                    .setViewportSize(WIDTH, HEIGHT)
                    .setPermissions(List.of("clipboard-read", "clipboard-write"))));
    return visit.awaitState("Ready");
  }

  /** Copies the link, opens it elsewhere, and runs both. */
  private void endsAlike(Visit visit) {
    visit.press("Copy the link to this run");
    Locator said = visit.page().getByText("Link copied: it opens this run with the same numbers.");
    said.first().waitFor();
    String link = (String) visit.page().evaluate("() => navigator.clipboard.readText()");
    assertThat(link).startsWith(address("data="));

    Visit second = new Visit(open(link.substring(link.indexOf('#') + 1)));
    visit.runToTheEnd();
    second.runToTheEnd();
    assertThat(second.id()).isNotEqualTo(visit.id());
    Trained trained = Engine.train(link);
    for (Visit one : List.of(visit, second)) {
      one.awaitShown("Loss", one.written("loss", trained.result().train().loss()));
      assertThat(one.score("loss")).isEqualTo(trained.result().train().loss());
      assertThat(one.page().url()).isEqualTo(link);
    }
    assertThat(second.score("val_loss")).isEqualTo(visit.score("val_loss"));
  }
}

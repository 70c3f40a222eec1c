package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.model.RecipeSettings;
import dev.glia.model.Setting;
import dev.glia.studio.OtherValues;
import dev.glia.studio.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every setting of the table goes through the page's address, and has a field. */
class EverySettingPageTest extends PageTest {

  @Test
  void everySettingIsInTheAddressAndHasAField() {
    Map<String, String> given = OtherValues.all();
    List<String> pairs = new ArrayList<>();
    given.forEach((key, value) -> pairs.addFirst(key + "=" + value)); // not in the page's order
    Visit visit = new Visit(open(String.join("&", pairs)));
    visit.awaitState("Ready");
    assertThat(visit.page().url())
        .isEqualTo(
            address(
                given.entrySet().stream()
                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                    .collect(Collectors.joining("&"))));
    Settings settings = Engine.settings(visit.page().url());
    assertThat(visit.state().get("settings")).isEqualTo(settings.complete());
    for (Setting<?> setting : RecipeSettings.all()) {
      String field =
          setting.equals(RecipeSettings.LAYERS)
              ? "[name=units-1]"
              : "[name=" + setting.name() + "]";
      assertThat(visit.page().locator(field).count()).as(field).isEqualTo(1);
    }
  }
}

package dev.glia.studio.page;

import dev.glia.studio.Missing;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A browser that is there already: the tests download none. */
final class InstalledBrowser {

  private InstalledBrowser() {}

  /**
   * The first program of these names on the PATH; without one the tests fail where CI=true and are
   * skipped elsewhere.
   *
   * @param debian the package that has it
   */
  static Path find(String browser, List<String> names, String debian) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            Missing.end(
                "No %s was found on the PATH (%s): install one, as by apt-get install %s, to test the page in it."
                    .formatted(browser, String.join(", ", names), debian)));
  }
}

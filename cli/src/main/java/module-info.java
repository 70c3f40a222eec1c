/** The command {@code glia}. */
module dev.glia.cli {
  requires static org.jspecify;
  requires dev.glia.core;
  requires dev.glia.csv;
  requires dev.glia.jdbc;
  requires dev.glia.plot;
  requires dev.glia.studio;
  requires de.siegmar.fastcsv;
  requires info.picocli;

  opens dev.glia.cli to
      info.picocli;
  opens dev.glia.cli.option to
      info.picocli;
  opens dev.glia.cli.terminal to
      info.picocli;
}

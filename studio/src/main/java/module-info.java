/**
 * The studio: a page to watch a network learn, and its server.
 *
 * <p>What the page draws with, d3, is a jar without a descriptor: on a module path it is named at
 * the start, by {@code --add-modules d3}. The module is open since the page's files are read by
 * name.
 */
@SuppressWarnings("module") // the command, which sees the sessions, is compiled after this one
open module dev.glia.studio {
  requires static org.jspecify;
  requires transitive dev.glia.core;
  requires dev.glia.csv;
  requires dev.glia.plot;
  requires java.desktop;
  requires java.management;
  requires jdk.httpserver;

  exports dev.glia.studio to
      dev.glia.cli;
  exports dev.glia.studio.run to
      dev.glia.cli;
  exports dev.glia.studio.session to
      dev.glia.cli;
  exports dev.glia.studio.settings to
      dev.glia.cli;
}

/** Pictures of data, boundaries, losses and digits as PNG and SVG. */
module dev.glia.plot {
  requires static org.jspecify;
  requires transitive dev.glia.core;
  requires java.desktop;

  exports dev.glia.plot;
  exports dev.glia.plot.canvas;
  exports dev.glia.plot.training;
}

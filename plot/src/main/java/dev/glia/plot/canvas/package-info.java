/** What figures are drawn on and with: canvases for PNG and SVG, colours, markers and texts. */
@NullMarked
package dev.glia.plot.canvas;

import org.jspecify.annotations.NullMarked;

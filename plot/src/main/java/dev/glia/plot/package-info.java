/**
 * Pictures of what a network learns, as PNG and SVG files.
 *
 * <p>Every picture is a {@link dev.glia.plot.Figure}: give it plain arrays, then {@link
 * dev.glia.plot.Figure#write write} it. One drawing code serves both formats, through {@link
 * dev.glia.plot.canvas.Canvas}; no display is needed.
 */
@NullMarked
package dev.glia.plot;

import org.jspecify.annotations.NullMarked;

// @ts-check
/**
 * Canvases as sharp as the screen that follow the size the style sheet gives them.
 *
 * @module
 */

/**
 * @typedef {object} Drawing
 * @property {HTMLCanvasElement} canvas
 * @property {() => void} redraw draws before the next frame of the screen, once however often it is asked
 * @property {() => void} stop no more drawing
 */

/**
 * Calls `draw` whenever the canvas has another size, the screen another density, the page another
 * theme, or `redraw` was called. A canvas that is not shown is not drawn.
 *
 * @param {HTMLCanvasElement} canvas its CSS size must not depend on its content
 * @param {(context: CanvasRenderingContext2D, width: number, height: number) => void} draw in CSS pixels
 * @returns {Drawing}
 */
export function fit(canvas, draw) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let asked = 0;

  function paint() {
    asked = 0;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0 || height === 0) {
      return;
    }
    const density = window.devicePixelRatio || 1;
    const w = Math.round(width * density);
    const h = Math.round(height * density);
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, width, height);
  }

  function redraw() {
    if (asked === 0) {
      asked = requestAnimationFrame(paint);
    }
  }

  const observer = new ResizeObserver(redraw);
  observer.observe(canvas);
  document.addEventListener("glia-theme", redraw);
  redraw();
  return {
    canvas,
    redraw,
    stop() {
      observer.disconnect();
      document.removeEventListener("glia-theme", redraw);
      cancelAnimationFrame(asked);
    },
  };
}

/**
 * Draws small pictures, one pixel a value, scaled into a canvas.
 *
 * @param {number} width
 * @param {number} height
 */
export function pixels(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(width, height);
  return {
    canvas,
    /** [height][width][4]: write here, then `put` */
    data: image.data,
    put() {
      context.putImageData(image, 0, 0);
    },
  };
}

/**
 * From one range of numbers to another, and back: `s(value)`, `s.invert(pixel)`.
 *
 * @param {number} from0
 * @param {number} from1
 * @param {number} to0
 * @param {number} to1
 */
export function linear(from0, from1, to0, to1) {
  const span = from1 - from0 || 1;
  const scale = (/** @type {number} */ value) => to0 + ((value - from0) / span) * (to1 - to0);
  scale.invert = (/** @type {number} */ value) => from0 + ((value - to0) / (to1 - to0 || 1)) * span;
  return scale;
}

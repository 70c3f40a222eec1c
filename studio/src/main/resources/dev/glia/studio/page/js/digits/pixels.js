// @ts-check
/** Grey pictures on canvases: ink in the text's colour, so that light and dark pages both show them. */
import { rgb } from "../colors.js";

/**
 * Draws a picture at its own size; the style sheet enlarges it without smoothing.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} pixels [height][width], 0 paper to 255 ink
 * @param {number} width
 * @param {number} height
 */
export function drawPixels(canvas, pixels, width, height) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  const [red, green, blue] = rgb("--text");
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data[4 * i] = red;
    image.data[4 * i + 1] = green;
    image.data[4 * i + 2] = blue;
    image.data[4 * i + 3] = pixels[i] ?? 0;
  }
  context.putImageData(image, 0, 0);
}

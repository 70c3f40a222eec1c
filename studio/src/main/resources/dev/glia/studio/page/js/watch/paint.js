// @ts-check
/** The page's colours as the Watch panel's pictures need them: tables that a loop over pixels can index. */

import { classColors, divergingTable, fieldRgb, mix, rgb, text } from "../colors.js";

/** @typedef {import("../colors.js").Rgb} Rgb */

/**
 * @typedef {Object} Paint
 * @property {string} text
 * @property {string} muted
 * @property {string} line
 * @property {string} surface
 * @property {string} surface2
 * @property {string} accent
 * @property {string} neg
 * @property {string} pos
 * @property {string} train the training part's line
 * @property {string} test the test part's line
 * @property {string[]} classes
 * @property {Uint32Array} fields [8][256]: a field's pixel by class and confidence, as the two bytes of a frame
 * @property {Uint32Array} diverging [256]: 0 negative, 128 zero, 255 positive
 * @property {Uint32Array} sequential [256]: low to high
 * @property {string[]} divergingText [256]
 * @property {string[]} sequentialText [256]
 */

const CLASSES = 8;

/** Viridis (van der Walt and Smith, 2015) at eight places: it reads as rising also without colour. @type {Rgb[]} */
const VIRIDIS = [
  [68, 1, 84], [70, 50, 127], [54, 92, 141], [39, 127, 142],
  [31, 161, 135], [74, 194, 109], [159, 218, 58], [253, 231, 37],
];

/** A colour on the way along some. @param {Rgb[]} stops @param {number} share 0 to 1 @returns {Rgb} */
export function along(stops, share) {
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  return mix(stops[low], stops[low + 1], at - low);
}

/** A pixel of an ImageData seen as little-endian 32-bit words. @param {Rgb} c */
export function pixel(c) {
  return ((255 << 24) | (c[2] << 16) | (c[1] << 8) | c[0]) >>> 0;
}

/**
 * The tables in the theme that is on.
 * @param {number} classes how many there are
 * @returns {Paint}
 */
export function paint(classes) {
  const fields = new Uint32Array(CLASSES * 256);
  for (let k = 0; k < CLASSES; k++) {
    for (let c = 0; c < 256; c++) fields[k * 256 + c] = pixel(fieldRgb(k, c / 255, classes));
  }
  const diverging = new Uint32Array(divergingTable().buffer);
  const rising = Array.from({ length: 256 }, (_, v) => along(VIRIDIS, v / 255));
  const named = (/** @type {string} */ name) => text(rgb(name));
  return {
    text: named("--text"),
    muted: named("--muted"),
    line: named("--line"),
    surface: named("--surface"),
    surface2: named("--surface-2"),
    accent: named("--accent"),
    neg: named("--neg"),
    pos: named("--pos"),
    train: named("--class-0"),
    test: named("--class-1"),
    classes: classColors().map((c) => text(c)),
    fields,
    diverging,
    sequential: Uint32Array.from(rising, pixel),
    divergingText: Array.from(diverging, (v) => text([v & 255, (v >> 8) & 255, (v >> 16) & 255])),
    sequentialText: rising.map((c) => text(c)),
  };
}

// @ts-check
/**
 * The page's colours, as the style sheet has them in the theme that is on: eight for classes (Okabe
 * and Ito's, which colour-blind people tell apart), blue to orange for numbers below and above 0.
 *
 * @module
 */

/** @typedef {[number, number, number]} Rgb each 0 to 255 */

/** @type {Map<string, Rgb>} */
const known = new Map();

/** Forgets what was read: the theme has changed. */
export function forget() {
  known.clear();
}

/**
 * The value of a variable of the style sheet, such as `--text`.
 *
 * @param {string} name
 */
export function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * A colour of the style sheet as numbers.
 *
 * @param {string} name such as `--class-0`; its value is written #rrggbb
 * @returns {Rgb}
 */
export function rgb(name) {
  let color = known.get(name);
  if (!color) {
    color = parse(css(name));
    known.set(name, color);
  }
  return color;
}

/**
 * @param {string} hex #rgb or #rrggbb
 * @returns {Rgb}
 */
export function parse(hex) {
  const digits = hex.replace("#", "");
  const full = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const value = parseInt(full, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * Between two colours: 0 is the first, 1 the second.
 *
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share
 * @returns {Rgb}
 */
export function mix(from, to, share) {
  const t = Math.min(1, Math.max(0, share));
  return [
    Math.round(from[0] + (to[0] - from[0]) * t),
    Math.round(from[1] + (to[1] - from[1]) * t),
    Math.round(from[2] + (to[2] - from[2]) * t),
  ];
}

/**
 * A colour as CSS takes it.
 *
 * @param {Rgb} color
 * @param {number} [alpha]
 */
export function text(color, alpha = 1) {
  return alpha === 1
    ? `rgb(${color[0]} ${color[1]} ${color[2]})`
    : `rgb(${color[0]} ${color[1]} ${color[2]} / ${alpha})`;
}

/**
 * The colour of a class; the ninth class has the first one's.
 *
 * @param {number} index
 * @returns {Rgb}
 */
export function classRgb(index) {
  return rgb(`--class-${index % 8}`);
}

/** @param {number} index */
export function classColor(index) {
  return text(classRgb(index));
}

/** All eight. @returns {Rgb[]} */
export function classColors() {
  return Array.from({ length: 8 }, (_, i) => classRgb(i));
}

/**
 * Blue at -1, the surface's colour at 0, orange at 1.
 *
 * @param {number} value
 * @returns {Rgb}
 */
export function diverging(value) {
  return mix(rgb("--mid"), rgb(value < 0 ? "--neg" : "--pos"), Math.abs(value));
}

/**
 * The diverging colours of the bytes of the API (0 = -1, 128 = 0, 255 = 1), for pictures.
 *
 * @returns {Uint8ClampedArray} [256][4], red, green, blue and 255
 */
export function divergingTable() {
  const table = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const color = diverging(i < 128 ? (i - 128) / 128 : (i - 128) / 127);
    table.set([...color, 255], i * 4);
  }
  return table;
}

/**
 * The colour of a place where a class is predicted: the surer, the stronger.
 *
 * @param {number} index of the class
 * @param {number} confidence 0 to 1
 * @param {number} classes how many there are: a guess is 1 / classes
 * @returns {Rgb}
 */
export function fieldRgb(index, confidence, classes) {
  const guess = 1 / Math.max(2, classes);
  const sure = Math.max(0, (confidence - guess) / (1 - guess));
  return mix(rgb("--mid"), classRgb(index), 0.12 + 0.5 * sure);
}

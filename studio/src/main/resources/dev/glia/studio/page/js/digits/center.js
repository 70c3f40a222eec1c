// @ts-check
/**
 * From a drawing to the picture that a network was trained on, as MNIST's authors made theirs: the
 * ink is scaled into a box of 20 x 20 pixels, keeping its proportions, greys coming from the share
 * of each pixel that is inked; the box is then put so that the ink's centre of mass is the middle
 * of 28 x 28 pixels. Everything here is arithmetic on arrays: no canvas.
 */

export const SIZE = 28;
export const BOX = 20;

/** Ink below this (of 255) is paper: the faint rim of an anti-aliased stroke must not widen the box. */
const FAINT = 8;

/** How thick a pen is as a share of the drawing's longer side: about 2.6 of 20 pixels. */
const PEN_SHARE = 0.13;

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Bounds right and bottom
 *     exclusive
 * @typedef {{x: number, y: number}} Point
 */

/**
 * The smallest box with all the ink, or null if there is none.
 *
 * @param {ArrayLike<number>} ink [height][width], 0 paper to 255 ink
 * @param {number} width
 * @param {number} height
 * @returns {Bounds | null}
 */
export function bounds(ink, width, height) {
  let left = width;
  let top = height;
  let right = 0;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] >= FAINT) {
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
      }
    }
  }
  return right > left ? { left, top, right, bottom } : null;
}

/**
 * Where the ink's weight is, in the coordinates of a box: 0 at its left or top edge.
 *
 * @param {ArrayLike<number>} ink [height][width]
 * @param {number} width
 * @param {Bounds} box
 * @returns {Point}
 */
export function centerOfMass(ink, width, box) {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const weight = ink[y * width + x];
      sum += weight;
      sumX += weight * (x + 0.5);
      sumY += weight * (y + 0.5);
    }
  }
  return { x: sumX / sum - box.left, y: sumY / sum - box.top };
}

/**
 * How the box lies in the picture: pixels of the drawing to a pixel of the picture, and where its
 * left upper corner goes. All of the ink stays inside the picture, whatever its centre of mass.
 *
 * @param {Bounds} box
 * @param {Point} mass within the box
 * @returns {{step: number, left: number, top: number}}
 */
export function placement(box, mass) {
  const wide = box.right - box.left;
  const high = box.bottom - box.top;
  const step = Math.max(wide, high) / BOX;
  return {
    step,
    left: within(SIZE / 2 - mass.x / step, SIZE - wide / step),
    top: within(SIZE / 2 - mass.y / step, SIZE - high / step),
  };
}

/** @param {number} value @param {number} most */
function within(value, most) {
  return Math.min(Math.max(value, 0), most);
}

/**
 * The picture that the network sees: 28 x 28 greys, 0 paper to 255 ink; all 0 without ink.
 *
 * @param {ArrayLike<number>} ink [height][width], 0 paper to 255 ink
 * @param {number} width
 * @param {number} height
 * @returns {Uint8Array} [28][28]
 */
export function center(ink, width, height) {
  const picture = new Uint8Array(SIZE * SIZE);
  const box = bounds(ink, width, height);
  if (box === null) {
    return picture;
  }
  const { step, left, top } = placement(box, centerOfMass(ink, width, box));
  const columns = shares(box.left - left * step, step, width);
  const rows = shares(box.top - top * step, step, height);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      let sum = 0;
      for (const [row, high] of rows[y]) {
        for (const [column, wide] of columns[x]) {
          sum += high * wide * ink[row * width + column];
        }
      }
      picture[y * SIZE + x] = Math.round(Math.min(255, sum));
    }
  }
  return picture;
}

/**
 * Of each pixel of the picture along one axis: which pixels of the drawing lie under it, and what
 * share of it each covers.
 *
 * @param {number} origin where the picture's first pixel begins in the drawing
 * @param {number} step
 * @param {number} length of the drawing
 * @returns {[number, number][][]} [28] of (index, share)
 */
function shares(origin, step, length) {
  /** @type {[number, number][][]} */
  const all = [];
  for (let i = 0; i < SIZE; i++) {
    const from = origin + i * step;
    const to = from + step;
    /** @type {[number, number][]} */
    const covered = [];
    for (let k = Math.max(0, Math.floor(from)); k < Math.min(length, Math.ceil(to)); k++) {
      const share = (Math.min(to, k + 1) - Math.max(from, k)) / step;
      if (share > 0) {
        covered.push([k, share]);
      }
    }
    all.push(covered);
  }
  return all;
}

/**
 * The width of the pen with which a drawing is inked before it is scaled: a digit drawn small or
 * large comes out as thick as those of the data.
 *
 * @param {Point[][]} strokes
 * @param {number} least the width on the screen of a mere dot
 */
export function penWidth(strokes, least) {
  let side = 0;
  for (const pick of [(/** @type {Point} */ p) => p.x, (/** @type {Point} */ p) => p.y]) {
    let low = Infinity;
    let high = -Infinity;
    for (const stroke of strokes) {
      for (const point of stroke) {
        low = Math.min(low, pick(point));
        high = Math.max(high, pick(point));
      }
    }
    side = Math.max(side, high - low);
  }
  // The pen itself makes the drawing larger: width = share * (side + width).
  return Math.max(least / 2, (PEN_SHARE * side) / (1 - PEN_SHARE));
}

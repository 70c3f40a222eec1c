// @ts-check
/** What a network says over the plane: pixels, and the lines where its answer changes. Row 0 is the top. */

import { bytes, floats } from "../base64.js";
import { shade, valueScale } from "./numbers.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {[number, number, number, number]} Extent x0, x1, y0, y1 */

/** From here on a cell is as sure as any: a jump to it says nothing of where the boundary is. */
const SURE = 48;

/**
 * Pixels of a field of classes.
 * @param {Uint8Array} classes [h][w]
 * @param {Uint8Array} confidence [h][w]
 * @param {Uint32Array} table [classes][256]
 * @param {Uint32Array} out [h][w]
 */
export function classPixels(classes, confidence, table, out) {
  for (let i = 0; i < out.length; i++) out[i] = table[((classes[i] & 7) << 8) | confidence[i]];
}

/**
 * Pixels of a field of numbers.
 * @param {Float32Array} values [h][w]
 * @param {{low: number, high: number}} scale
 * @param {Uint32Array} table [256]
 * @param {Uint32Array} out [h][w]
 */
export function valuePixels(values, scale, table, out) {
  for (let i = 0; i < out.length; i++) out[i] = table[shade(values[i], scale)];
}

/** The classes that a field has somewhere, rising. @param {Uint8Array} classes @returns {number[]} */
export function present(classes) {
  let seen = 0;
  for (let i = 0; i < classes.length; i++) seen |= 1 << (classes[i] & 7);
  const out = [];
  for (let k = 0; k < 8; k++) if (seen & (1 << k)) out.push(k);
  return out;
}

/**
 * How far each cell is on a class's side: above 0 inside, 0 on the boundary.
 * With two classes that is exact where the network is unsure; elsewhere, and with more classes, a cell only knows its winner,
 * so neighbours are averaged to a smooth line.
 * @param {Uint8Array} classes [h][w]
 * @param {Uint8Array} confidence [h][w]
 * @param {number} of the class
 * @param {number} many how many classes there are
 * @param {number} width
 * @param {Float64Array} out [h][w]
 * @param {Float64Array} scratch [h][w]
 */
export function margins(classes, confidence, of, many, width, out, scratch) {
  for (let i = 0; i < out.length; i++) {
    // A hair above 0: a cell that is undecided still belongs to its class. With many classes all cells weigh the same on both
    // sides of a boundary, else the line would lean to the less sure class.
    const sure = many > 2 ? SURE : Math.min(SURE, Math.max(0.5, confidence[i] - 127.5));
    out[i] = classes[i] === of ? sure : -sure;
  }
  // Where sureness rises evenly an average changes nothing.
  for (let pass = 0; pass < (many > 2 ? 2 : 1); pass++) blur(out, width, scratch);
}

/** Averages each cell with its neighbours (1 2 1 both ways); edges repeat. */
function blur(/** @type {Float64Array} */ a, /** @type {number} */ width, /** @type {Float64Array} */ scratch) {
  const height = a.length / width;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      scratch[row + x] = (a[row + Math.max(0, x - 1)] + 2 * a[row + x] + a[row + Math.min(width - 1, x + 1)]) / 4;
    }
  }
  for (let y = 0; y < height; y++) {
    const up = Math.max(0, y - 1) * width;
    const down = Math.min(height - 1, y + 1) * width;
    const row = y * width;
    for (let x = 0; x < width; x++) a[row + x] = (scratch[up + x] + 2 * scratch[row + x] + scratch[down + x]) / 4;
  }
}

/**
 * Draws d3's contours as lines, without the stretches along the grid's edge that only close a polygon.
 * @param {CanvasRenderingContext2D} context
 * @param {{coordinates: number[][][][]}} contour in cells
 * @param {number} width cells
 * @param {number} height cells
 * @param {{x: number, y: number, width: number, height: number}} box where the grid is drawn
 */
export function traceContour(context, contour, width, height, box) {
  const sx = box.width / width;
  const sy = box.height / height;
  for (const polygon of contour.coordinates) {
    for (const ring of polygon) {
      let drawing = false;
      for (let i = 0; i < ring.length - 1; i++) {
        const [x0, y0] = ring[i];
        const [x1, y1] = ring[i + 1];
        if (onEdge(x0, y0, width, height) && onEdge(x1, y1, width, height)) {
          drawing = false;
          continue;
        }
        if (!drawing) context.moveTo(box.x + x0 * sx, box.y + y0 * sy);
        context.lineTo(box.x + x1 * sx, box.y + y1 * sy);
        drawing = true;
      }
    }
  }
}

/** d3 closes polygons half a cell inside and along the edge. */
function onEdge(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width, /** @type {number} */ height) {
  return x <= 0.5 || y <= 0.5 || x >= width - 0.5 || y >= height - 0.5;
}

/** A field as a frame brings it, kept as a picture that is painted again only when it or the colours change. */
export class FieldPicture {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.width = 0;
    this.height = 0;
    /** @type {any} the frame's part */
    this.field = null;
    /** @type {Paint|null} */
    this.paint = null;
    /** @type {any[]} d3 contours */
    this.contours = [];
    /** @type {Uint8Array} */
    this.classes = new Uint8Array(0);
    /** @type {Uint8Array} */
    this.confidence = new Uint8Array(0);
    /** @type {Float32Array} */
    this.values = new Float32Array(0);
    this.scale = { diverging: false, low: 0, high: 1 };
    this.margins = new Float64Array(0);
    this.scratch = new Float64Array(0);
  }

  /**
   * @param {any} field the frame's part
   * @param {Paint} paint
   * @param {number} many classes; 0 for a number
   * @param {{low: number, high: number, diverging: boolean}|null} scale of a number, null: the field's own
   */
  set(field, paint, many, scale) {
    if (field === this.field && paint === this.paint) return;
    const fresh = field !== this.field;
    this.field = field;
    this.paint = paint;
    if (field.width !== this.width || field.height !== this.height) {
      this.width = this.canvas.width = field.width;
      this.height = this.canvas.height = field.height;
      this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
      this.image = this.context.createImageData(this.width, this.height);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.margins = new Float64Array(this.width * this.height);
      this.scratch = new Float64Array(this.width * this.height);
    }
    const pixels = /** @type {Uint32Array} */ (this.pixels);
    if (field.classes) {
      if (fresh) {
        this.classes = bytes(field.classes);
        this.confidence = bytes(field.confidence);
        this.contours = this.#boundaries(many);
      }
      classPixels(this.classes, this.confidence, paint.fields, pixels);
    } else {
      if (fresh) {
        this.values = floats(field.values);
        this.scale = scale ?? valueScale(field.low, field.high);
        this.contours = this.#levels();
      }
      valuePixels(this.values, this.scale, this.scale.diverging ? paint.diverging : paint.sequential, pixels);
    }
    /** @type {CanvasRenderingContext2D} */ (this.context).putImageData(/** @type {ImageData} */ (this.image), 0, 0);
  }

  /** @param {number} many */
  #boundaries(many) {
    const d3 = /** @type {any} */ (globalThis).d3;
    const make = d3.contours().size([this.width, this.height]);
    const here = present(this.classes);
    // Between two classes there is one line.
    const lines = here.length === 2 ? here.slice(1) : here.length < 2 ? [] : here;
    return lines.map((k) => {
      margins(this.classes, this.confidence, k, many, this.width, this.margins, this.scratch);
      return make.contour(this.margins, 0);
    });
  }

  #levels() {
    const d3 = /** @type {any} */ (globalThis).d3;
    const make = d3.contours().size([this.width, this.height]);
    const steps = d3.ticks(this.scale.low, this.scale.high, 8);
    const values = Float64Array.from(this.values);
    return steps.map((/** @type {number} */ level) => make.contour(values, level));
  }
}

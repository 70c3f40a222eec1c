// @ts-check
/** The first layer's weights of a network that reads images: each unit's as a picture. */

import { bytes } from "../base64.js";
import { number } from "../format.js";
import { h } from "../h.js";
import { gridOf } from "./numbers.js";
import { place } from "./plane.js";
import { Surface } from "./surface.js";

/** @typedef {import("./paint.js").Paint} Paint */

const GAP = 6;

export class PicturesView {
  /** @param {HTMLElement} host @param {{redraw: () => void}} options */
  constructor(host, options) {
    this.host = host;
    this.surface = new Surface(host, options.redraw);
    this.tip = h("div", { class: "w-tip", hidden: true });
    this.empty = h("p", { class: "w-empty" }, "Press Run: what each unit of the first layer looks for comes here.");
    host.append(this.empty, this.tip);
    host.addEventListener("pointermove", (event) => this.#hover(event));
    host.addEventListener("pointerleave", () => (this.tip.hidden = true));
    /** @type {any} */
    this.pictures = null;
    this.painted = null;
    this.paintedIn = null;
    this.units = 0;
    this.atlas = document.createElement("canvas");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.atlas.getContext("2d"));
  }

  /** @param {any} network */
  configure(network) {
    this.units = network.layers[0].units;
    this.pictures = null;
  }

  /** @param {any} frame */
  setFrame(frame) {
    if (frame.pictures) this.pictures = frame.pictures;
  }

  #grid() {
    const { units, width, height } = this.pictures;
    const grid = gridOf(units.length, this.surface.width, this.surface.height, width / height, GAP);
    const most = width * 4;
    if (grid.width > most) {
      grid.width = most;
      grid.height = (most * height) / width;
    }
    const wide = grid.columns * (grid.width + GAP) - GAP;
    const tall = grid.rows * (grid.height + GAP) - GAP;
    return { ...grid, x: (this.surface.width - wide) / 2, y: (this.surface.height - tall) / 2 };
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    this.tip.hidden = true;
    if (!this.pictures) return;
    const grid = this.#grid();
    const box = this.host.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    const column = Math.floor((px - grid.x) / (grid.width + GAP));
    const row = Math.floor((py - grid.y) / (grid.height + GAP));
    const k = row * grid.columns + column;
    if (column < 0 || column >= grid.columns || row < 0 || k >= this.pictures.units.length) return;
    const { width, height, largest } = this.pictures;
    const c = Math.floor(((px - grid.x - column * (grid.width + GAP)) / grid.width) * width);
    const r = Math.floor(((py - grid.y - row * (grid.height + GAP)) / grid.height) * height);
    const lines = [h("b", {}, `Unit ${this.pictures.units[k] + 1}`)];
    if (c < width && r < height) {
      const value = bytes(this.pictures.values[k])[r * width + c];
      lines.push(h("div", {}, `row ${r + 1}, column ${c + 1}: ${number(((value - 128) / 127) * largest, 2)}`));
    }
    this.tip.hidden = false;
    this.tip.replaceChildren(...lines);
    place(this.tip, px, py, box.width, box.height);
  }

  /** @param {Paint} paint */
  #paint(paint) {
    if (this.pictures === this.painted && paint === this.paintedIn) return;
    this.painted = this.pictures;
    this.paintedIn = /** @type {any} */ (paint);
    const { width, height, values } = this.pictures;
    if (!this.image || this.atlas.width !== width || this.atlas.height !== height * values.length) {
      this.atlas.width = width;
      this.atlas.height = height * values.length;
      this.image = this.context.createImageData(width, height * values.length);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const out = /** @type {Uint32Array} */ (this.pixels);
    values.forEach((/** @type {string} */ text, /** @type {number} */ k) => {
      const picture = bytes(text);
      for (let i = 0; i < picture.length; i++) out[k * width * height + i] = paint.diverging[picture[i]];
    });
    this.context.putImageData(this.image, 0, 0);
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    this.empty.hidden = this.pictures !== null;
    if (!this.pictures || this.surface.width < 40 || this.surface.height < 40) {
      this.surface.label("First layer's weights: nothing yet.");
      return;
    }
    this.#paint(paint);
    const { width, height, units, largest } = this.pictures;
    const grid = this.#grid();
    context.imageSmoothingEnabled = false;
    context.strokeStyle = paint.line;
    context.lineWidth = 1;
    for (let k = 0; k < units.length; k++) {
      const x = Math.round(grid.x + (k % grid.columns) * (grid.width + GAP));
      const y = Math.round(grid.y + Math.floor(k / grid.columns) * (grid.height + GAP));
      context.drawImage(this.atlas, 0, k * height, width, height, x, y, grid.width, grid.height);
      context.strokeRect(x - 0.5, y - 0.5, grid.width + 1, grid.height + 1);
    }
    this.surface.label(`First layer's weights: ${units.length} of ${this.units} units as pictures of ${width} by ${height}, from ${number(-largest, 2)} to ${number(largest, 2)}.`);
  }
}

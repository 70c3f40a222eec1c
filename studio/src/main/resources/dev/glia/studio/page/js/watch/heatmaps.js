// @ts-check
/** Each layer's weights as a table of colours: a row for each input, a column for each unit, the biases below. */

import { floats } from "../base64.js";
import { number } from "../format.js";
import { h } from "../h.js";
import { cut, place } from "./plane.js";
import { Surface } from "./surface.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {{inputs: number[], units: number[], values: Float32Array, biases: Float32Array, largest: number}} Layer */

const TOP = 22;
const GAP = 34;
const LEAST = 92;

/** A weight's place in the table of diverging colours. @param {number} value @param {number} largest */
export function weightShade(value, largest) {
  if (!(largest > 0) || !Number.isFinite(value)) return 128;
  return Math.min(255, Math.max(0, Math.round(128 + (value / largest) * 127)));
}

/**
 * The room of each layer's table: alike for all, cells not larger than needed.
 * @param {number} width
 * @param {number} height
 * @param {{rows: number, columns: number}[]} sizes with the row of biases
 * @param {number} left room for the first table's names
 */
export function tables(width, height, sizes, left) {
  const room = (width - left - GAP * (sizes.length - 1)) / sizes.length;
  const tall = height - TOP - 16;
  return sizes.map((size, i) => {
    const w = Math.min(48, room / size.columns);
    const t = Math.min(32, tall / (size.rows + 0.4));
    return { x: left + i * (room + GAP), y: TOP, cellWidth: w, cellHeight: t };
  });
}

export class HeatmapsView {
  /** @param {HTMLElement} host @param {{redraw: () => void}} options */
  constructor(host, options) {
    this.scroll = h("div", { class: "w-scroll", tabindex: "0", role: "group", "aria-label": "Weights by layer" });
    this.inner = h("div", { class: "w-inner" });
    this.tip = h("div", { class: "w-tip", hidden: true });
    this.empty = h("p", { class: "w-empty" }, "The weights come here.");
    this.scroll.append(this.inner);
    host.append(this.scroll, this.empty);
    this.surface = new Surface(this.inner, options.redraw);
    this.family = getComputedStyle(document.body).fontFamily;
    this.inner.append(this.tip);
    this.inner.addEventListener("pointermove", (event) => this.#hover(event));
    this.inner.addEventListener("pointerleave", () => (this.tip.hidden = true));
    /** @type {any} */
    this.network = null;
    /** @type {any} */
    this.data = null;
    /** @type {Layer[]|null} */
    this.layers = null;
    this.source = null;
    this.left = 0;
  }

  /** @param {any} network @param {any} data */
  configure(network, data) {
    this.network = network;
    this.data = data;
    this.layers = null;
    this.source = null;
    this.left = data.kind === "images" ? 34 : Math.min(110, Math.max(34, ...data.inputs.slice(0, 32).map((/** @type {string} */ n) => n.length * 6 + 8)));
    this.inner.style.minWidth = `${this.left + network.layers.length * (LEAST + GAP)}px`;
  }

  /** @param {any} frame */
  setFrame(frame) {
    if (!frame.weights || frame.weights === this.source) return;
    this.source = frame.weights;
    this.layers = frame.weights.layers.map((/** @type {any} */ l) => ({ ...l, values: floats(l.values), biases: floats(l.biases) }));
  }

  /** @param {number} layer @param {number} input the weight's number in the layer */
  #inputName(layer, input) {
    if (layer === 0) return this.data.kind === "images" ? `pixel ${input + 1}` : cut(this.data.inputs[input] ?? `input ${input + 1}`, 18);
    return `unit ${input + 1}`;
  }

  #tables() {
    const layers = /** @type {Layer[]} */ (this.layers);
    return tables(this.surface.width, this.surface.height, layers.map((l) => ({ rows: l.inputs.length + 1, columns: l.units.length })), this.left);
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    this.tip.hidden = true;
    if (!this.layers) return;
    const box = this.inner.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    this.#tables().forEach((table, l) => {
      const layer = /** @type {Layer[]} */ (this.layers)[l];
      const column = Math.floor((px - table.x) / table.cellWidth);
      const row = Math.floor((py - table.y) / table.cellHeight);
      if (column < 0 || column >= layer.units.length || row < 0) return;
      const bias = py >= table.y + (layer.inputs.length + 0.4) * table.cellHeight && py < table.y + (layer.inputs.length + 1.4) * table.cellHeight;
      if (!bias && row >= layer.inputs.length) return;
      const value = bias ? layer.biases[column] : layer.values[row * layer.units.length + column];
      this.tip.hidden = false;
      this.tip.replaceChildren(h("b", {}, number(value, 4)), h("div", {}, bias ? `bias of unit ${layer.units[column] + 1}` : `${this.#inputName(l, layer.inputs[row])} to unit ${layer.units[column] + 1}`));
      place(this.tip, px, py, box.width, box.height);
    });
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    this.empty.hidden = this.layers !== null;
    if (!this.layers || this.surface.width < 100 || this.surface.height < 60) {
      this.surface.label("Weights: nothing yet.");
      return;
    }
    const words = /** @type {string[]} */ ([]);
    context.textBaseline = "middle";
    this.#tables().forEach((table, l) => {
      const layer = /** @type {Layer[]} */ (this.layers)[l];
      const { inputs, units, values, biases, largest } = layer;
      const { x, y, cellWidth, cellHeight } = table;
      const gap = cellWidth > 5 && cellHeight > 5 ? 1 : 0;
      const name = l === this.network.layers.length - 1 ? "Output" : `Layer ${l + 1}`;
      context.textAlign = "left";
      context.fillStyle = paint.text;
      context.font = `600 12px ${this.family}`;
      context.fillText(name, x, 8);
      const used = context.measureText(name).width;
      context.font = `11px ${this.family}`;
      context.fillStyle = paint.muted;
      context.fillText(`±${number(largest, 2)}`, x + used + 8, 8.5);
      for (let i = 0; i < inputs.length; i++) {
        for (let j = 0; j < units.length; j++) {
          context.fillStyle = paint.divergingText[weightShade(values[i * units.length + j], largest)];
          context.fillRect(x + j * cellWidth, y + i * cellHeight, cellWidth - gap, cellHeight - gap);
        }
      }
      const below = y + (inputs.length + 0.4) * cellHeight;
      for (let j = 0; j < units.length; j++) {
        context.fillStyle = paint.divergingText[weightShade(biases[j], largest)];
        context.fillRect(x + j * cellWidth, below, cellWidth - gap, cellHeight - gap);
      }
      context.strokeStyle = paint.line;
      context.lineWidth = 1;
      context.strokeRect(x - 0.5, y - 0.5, units.length * cellWidth - gap + 1, inputs.length * cellHeight - gap + 1);
      context.strokeRect(x - 0.5, below - 0.5, units.length * cellWidth - gap + 1, cellHeight - gap + 1);
      context.fillStyle = paint.muted;
      context.font = `10px ${this.family}`;
      context.textAlign = "right";
      const every = Math.ceil(11 / cellHeight);
      if (l === 0 && this.data.kind !== "images") {
        for (let i = 0; i < inputs.length; i += every) context.fillText(this.#inputName(0, inputs[i]), x - 5, y + (i + 0.5) * cellHeight, this.left - 6);
      } else {
        for (let i = 0; i < inputs.length; i += Math.max(every, Math.ceil(inputs.length / 8))) context.fillText(String(inputs[i] + 1), x - 4, y + (i + 0.5) * cellHeight);
      }
      context.fillText("bias", x - 4, below + cellHeight / 2);
      context.textAlign = "center";
      const step = Math.max(Math.ceil(16 / cellWidth), Math.ceil(units.length / 12));
      for (let j = 0; j < units.length; j += step) context.fillText(String(units[j] + 1), x + (j + 0.5) * cellWidth, below + cellHeight + 7);
      const rest = this.network.layers[l];
      const hidden = rest.inputs > inputs.length || rest.units > units.length ? `, ${inputs.length} of ${rest.inputs} inputs and ${units.length} of ${rest.units} units shown` : "";
      words.push(`${name}: ${rest.inputs} by ${rest.units} weights, largest ${number(largest, 3)}${hidden}`);
    });
    this.surface.label(`Weights as heat maps. ${words.join(". ")}.`);
  }
}

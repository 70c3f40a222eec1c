// @ts-check
/** How weights, activations and gradients are spread, a column for each layer. */

import { count, number } from "../format.js";
import { h } from "../h.js";
import { place } from "./plane.js";
import { Surface } from "./surface.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {{from: number, to: number, counts: number[]}} Histogram */

const KINDS = /** @type {const} */ (["weights", "activations", "gradients"]);
const LEFT = 78;
const TOP = 22;
const LEAST = 84;

/**
 * Heights of bars, 0 to 1: square roots, so that a tall bar does not hide the small ones.
 * @param {number[]} counts
 * @param {Float64Array} out
 */
export function barHeights(counts, out) {
  let most = 0;
  for (const c of counts) if (c > most) most = c;
  for (let i = 0; i < counts.length; i++) out[i] = most > 0 ? Math.sqrt(counts[i] / most) : 0;
}

/** The bin of a place. @param {Histogram} histogram @param {number} share 0 to 1 from left to right */
export function binAt(histogram, share) {
  const bins = histogram.counts.length;
  const i = Math.min(bins - 1, Math.max(0, Math.floor(share * bins)));
  const wide = (histogram.to - histogram.from) / bins;
  return { low: histogram.from + i * wide, high: histogram.from + (i + 1) * wide, count: histogram.counts[i] };
}

/** What a histogram says, in words. @param {string} name @param {Histogram|null|undefined} histogram */
export function inWords(name, histogram) {
  if (!histogram) return `${name} none yet`;
  return `${name} from ${number(histogram.from, 2)} to ${number(histogram.to, 2)}`;
}

export class HistogramsView {
  /** @param {HTMLElement} host @param {{redraw: () => void}} options */
  constructor(host, options) {
    this.scroll = h("div", { class: "w-scroll", tabindex: "0", role: "group", "aria-label": "Histograms by layer" });
    this.inner = h("div", { class: "w-inner" });
    this.tip = h("div", { class: "w-tip", hidden: true });
    this.empty = h("p", { class: "w-empty" }, "Press Run: how weights, activations and gradients are spread comes here.");
    this.scroll.append(this.inner);
    host.append(this.scroll, this.empty);
    this.surface = new Surface(this.inner, options.redraw);
    this.family = getComputedStyle(document.body).fontFamily;
    this.inner.append(this.tip);
    this.inner.addEventListener("pointermove", (event) => this.#hover(event));
    this.inner.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.heights = new Float64Array(256);
    /** @type {any} */
    this.network = null;
    /** @type {any[]|null} */
    this.layers = null;
  }

  /** @param {any} network */
  configure(network) {
    this.network = network;
    this.layers = null;
    this.inner.style.minWidth = `${LEFT + network.layers.length * LEAST}px`;
  }

  /** @param {any} frame */
  setFrame(frame) {
    if (frame.histograms) this.layers = frame.histograms.layers;
  }

  /** @param {number} layer @param {number} kind */
  #cell(layer, kind) {
    const { width, height } = this.surface;
    const w = (width - LEFT) / this.network.layers.length;
    const tall = (height - TOP) / 3;
    return { x: LEFT + layer * w, y: TOP + kind * tall, width: w - 14, height: tall - 20 };
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    this.tip.hidden = true;
    if (!this.layers || !this.network) return;
    const box = this.inner.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    for (let l = 0; l < this.layers.length; l++) {
      for (let k = 0; k < 3; k++) {
        const cell = this.#cell(l, k);
        const histogram = /** @type {Histogram|null} */ (this.layers[l][KINDS[k]]);
        if (!histogram || px < cell.x || px > cell.x + cell.width || py < cell.y || py > cell.y + cell.height) continue;
        const bin = binAt(histogram, (px - cell.x) / cell.width);
        this.tip.hidden = false;
        this.tip.replaceChildren(h("b", {}, count(bin.count)), ` of ${count(histogram.counts.reduce((a, b) => a + b, 0))}`, h("div", {}, `${number(bin.low, 3)} to ${number(bin.high, 3)}`));
        place(this.tip, px, py, box.width, box.height);
      }
    }
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    const { width, height } = this.surface;
    this.empty.hidden = this.layers !== null;
    this.scroll.classList.toggle("w-blank", this.layers === null);
    if (!this.layers || !this.network || width < 100 || height < 60) {
      this.surface.label("Histograms: nothing yet.");
      return;
    }
    const words = [];
    context.textBaseline = "middle";
    for (let k = 0; k < 3; k++) {
      const cell = this.#cell(0, k);
      context.font = `12px ${this.family}`;
      context.fillStyle = paint.text;
      context.textAlign = "left";
      context.fillText(capital(KINDS[k]), 0, cell.y + cell.height / 2);
    }
    const last = this.network.layers.length - 1;
    for (let l = 0; l <= last; l++) {
      const shown = this.layers[l];
      const head = this.#cell(l, 0);
      const name = l === last ? "Output" : `Layer ${l + 1}`;
      context.textAlign = "left";
      context.fillStyle = paint.text;
      context.font = `600 12px ${this.family}`;
      context.fillText(name, head.x, 8);
      const used = context.measureText(name).width;
      context.fillStyle = paint.muted;
      context.font = `11px ${this.family}`;
      const activation = this.network.layers[l].activation;
      if (used + 8 + context.measureText(activation).width < head.width + 10) context.fillText(activation, head.x + used + 8, 8.5);
      for (let k = 0; k < 3; k++) this.#bars(context, paint, shown?.[KINDS[k]], this.#cell(l, k));
      words.push(`${name}: ${KINDS.map((kind) => inWords(kind, shown?.[kind])).join(", ")}`);
    }
    this.surface.label(`Histograms. ${words.join(". ")}.`);
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {Histogram|null|undefined} histogram @param {{x: number, y: number, width: number, height: number}} cell */
  #bars(context, paint, histogram, cell) {
    const floor = Math.round(cell.y + cell.height) + 0.5;
    context.strokeStyle = paint.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(cell.x, floor);
    context.lineTo(cell.x + cell.width, floor);
    context.stroke();
    context.font = `10px ${this.family}`;
    if (!histogram) {
      context.fillStyle = paint.muted;
      context.textAlign = "center";
      context.fillText("after the first update", cell.x + cell.width / 2, cell.y + cell.height / 2, cell.width);
      return;
    }
    const { from, to, counts } = histogram;
    const wide = cell.width / counts.length;
    barHeights(counts, this.heights);
    for (let side = 0; side < 2; side++) {
      context.fillStyle = side ? paint.pos : paint.neg;
      context.beginPath();
      for (let i = 0; i < counts.length; i++) {
        const middle = from + ((i + 0.5) * (to - from)) / counts.length;
        if (counts[i] === 0 || (middle < 0 ? 0 : 1) !== side) continue;
        const tall = Math.max(1, this.heights[i] * cell.height);
        context.rect(cell.x + i * wide, floor - tall, Math.max(0.75, wide - 0.75), tall);
      }
      context.fill();
    }
    if (from < 0 && to > 0) {
      const zero = cell.x + (-from / (to - from)) * cell.width;
      context.strokeStyle = paint.text;
      context.setLineDash([2, 2]);
      context.beginPath();
      context.moveTo(zero, floor);
      context.lineTo(zero, cell.y);
      context.stroke();
      context.setLineDash([]);
    }
    context.fillStyle = paint.muted;
    context.textAlign = "left";
    context.fillText(number(from, 2), cell.x, floor + 8);
    context.textAlign = "right";
    context.fillText(number(to, 2), cell.x + cell.width, floor + 8);
  }
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

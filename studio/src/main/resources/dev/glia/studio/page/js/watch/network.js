// @ts-check
/** The network as a drawing: a node for each unit with its field, a line for each weight. */

import { bytes, floats } from "../base64.js";
import { number } from "../format.js";
import { h } from "../h.js";
import { cut, paintKey, place } from "./plane.js";
import { Surface } from "./surface.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {{x: number, y: number}} Place */
/** @typedef {{x: number, node: number, nodes: Place[], top: number, bottom: number}} Column a node's size and the nodes' middles */
/** @typedef {{column: number, node: number}} At */

const TOP = 32;
const SHOWN = 16;
const FEW = 12;
const MOST = 32; // units a layer in a frame
const BUCKETS = 8;

/** How many of a layer's units are drawn: all up to 16, else 12 and a line that says how many are left. @param {number} units */
export function shownUnits(units) {
  return units <= SHOWN ? units : FEW;
}

/**
 * Which of many the frames hold, evenly spread: as the server's parts choose them.
 * @param {number} count
 * @param {number} node
 */
export function spread(count, node) {
  return Math.floor((node * count) / Math.min(count, MOST));
}

/**
 * Where nodes stand. A hidden column with too many for its height is set in two or three, as bricks are, so that nodes stay large;
 * the first and the last stand in one, beside their names.
 * @param {number} width
 * @param {number} height
 * @param {number[]} counts nodes by column
 * @param {number} left room for the inputs' names
 * @param {number} right room for the outputs' names
 * @param {number} [bottom] room for the lines below
 * @returns {{columns: Column[]}}
 */
export function layout(width, height, counts, left, right, bottom = 0) {
  const room = Math.max(20, height - TOP - Math.max(6, bottom));
  const last = counts.length - 1;
  const most = Math.max(...counts.slice(1, -1), 1);
  const step = (width - left - right) / Math.max(1, counts.length - 0.5);
  let node = 0;
  for (let s = 1; s <= 3; s++) {
    const rows = Math.ceil(most / s) + (s > 1 ? 0.5 : 0);
    const size = Math.min(40, room / rows - 4, (step * (s > 1 ? 0.5 : 0.6)) / s - 4);
    // One more column must be worth its disorder.
    if (size > node + (s > 1 ? 3 : 0) && node < 25) node = Math.floor(size);
  }
  node = Math.max(6, node);
  const aside = node + 6;
  const ends = (/** @type {number} */ c) => Math.max(6, Math.floor(Math.min(node, room / counts[c] - 3)));
  const start = left + ends(0) / 2 + 4;
  const end = width - right - ends(last) / 2 - 4;
  return {
    columns: counts.map((n, c) => {
      const x = last > 0 ? start + ((end - start) * c) / last : (start + end) / 2;
      const outer = c === 0 || c === last;
      const size = outer ? ends(c) : node;
      let s = 1;
      while (!outer && s < 3 && (Math.ceil(n / s) + (s > 1 ? 0.5 : 0)) * (size + 4) > room + 2) s++;
      const rows = Math.ceil(n / s);
      const half = s > 1 ? 0.5 : 0;
      const pitch = Math.min(size + (s > 1 ? 10 : 16), rows + half > 1 ? (room - size) / (rows - 1 + half) : room);
      const first = TOP + room / 2 - ((rows - 1 + half) * pitch) / 2;
      const nodes = [];
      for (let i = 0; i < n; i++) {
        const k = i % s;
        nodes.push({ x: x + (k - (s - 1) / 2) * aside, y: first + (Math.floor(i / s) + (k === 1 ? half : 0)) * pitch });
      }
      return { x, node: size, nodes, top: first - size / 2, bottom: first + (rows - 1 + half) * pitch + size / 2 };
    }),
  };
}

/**
 * An edge's height where it crosses x: a cubic curve that leaves and arrives level.
 * @param {Place} a
 * @param {Place} b to the right of a
 * @param {number} x
 */
export function edgeY(a, b, x) {
  const share = Math.min(1, Math.max(0, (x - a.x) / (b.x - a.x)));
  // x(t) = 1.5 t - 1.5 t² + t³ of the way: rising, so a few halvings and Newton's steps find t.
  let t = share;
  for (let i = 0; i < 6; i++) t -= (1.5 * t - 1.5 * t * t + t * t * t - share) / (1.5 - 3 * t + 3 * t * t);
  return a.y + (b.y - a.y) * (3 * t * t - 2 * t * t * t);
}

/** How strongly an edge is drawn, 0 to 7. @param {number} weight @param {number} largest */
export function bucket(weight, largest) {
  if (!(largest > 0) || !Number.isFinite(weight)) return 0;
  return Math.min(BUCKETS - 1, Math.floor((Math.abs(weight) / largest) * BUCKETS));
}

/**
 * The weights that matter most to a unit.
 * @param {Float32Array} values [inputs][units]
 * @param {number} inputs
 * @param {number} units
 * @param {number} unit
 * @param {number} most
 * @returns {number[]} inputs, largest |weight| first
 */
export function strongest(values, inputs, units, unit, most) {
  const order = Array.from({ length: inputs }, (_, i) => i);
  order.sort((a, b) => Math.abs(values[b * units + unit]) - Math.abs(values[a * units + unit]));
  return order.slice(0, most);
}

export class NetworkView {
  /**
   * @param {HTMLElement} host
   * @param {{redraw: () => void, look: (unit: null|{title: string, draw: (context: CanvasRenderingContext2D, box: any) => void}) => void, announce: (text: string) => void}} options
   */
  constructor(host, options) {
    this.options = options;
    this.host = host;
    this.surface = new Surface(host, () => {
      this.placed = null;
      options.redraw();
    });
    this.labels = h("div", { class: "w-labels", "aria-hidden": "true" });
    this.buttons = h("div", { class: "w-units", role: "group", "aria-label": "The network's units. Arrow keys go from unit to unit, Shift with up or down along a unit's weights." });
    this.tip = h("div", { class: "w-tip w-tip-unit", hidden: true });
    host.append(this.labels, this.buttons, this.tip);
    host.addEventListener("pointermove", (event) => this.#hover(event));
    host.addEventListener("pointerleave", () => {
      this.hovered = null;
      this.#setEdge(null);
      this.#chosen();
    });
    this.buttons.addEventListener("keydown", (event) => this.#key(event));
    /** @type {any} the state's network */
    this.network = null;
    /** @type {any} */
    this.data = null;
    /** @type {{counts: number[], more: number[]}} */
    this.shape = { counts: [], more: [] };
    /** @type {{columns: Column[]}|null} */
    this.placed = null;
    /** @type {At|null} */
    this.hovered = null;
    /** @type {At|null} */
    this.focused = null;
    /** @type {At|null} */
    this.pinned = null;
    /** @type {{gap: number, from: number, to: number}|null} */
    this.edge = null;
    /** @type {any[]} {inputs, units, values [inputs][units], biases, largest} */
    this.weights = [];
    this.decoded = { weights: null, units: null, pictures: null };
    /** @type {any} */
    this.frame = null;
    /** @type {(HTMLButtonElement|null)[][]} */
    this.nodes = [];
    this.atlas = document.createElement("canvas");
    this.atlasAt = new Map();
    this.atlasPaint = null;
    this.single = document.createElement("canvas");
    this.lookedAt = "";
    this.key = "";
    this.family = getComputedStyle(document.body).fontFamily;
  }

  /** @param {any} network the state's @param {any} data the state's */
  configure(network, data) {
    const key = JSON.stringify([network.layers, data.inputs.length, data.kind, data.classes, data.inputs.slice(0, SHOWN)]);
    if (key === this.key) return;
    this.key = key;
    this.network = network;
    this.data = data;
    this.weights = [];
    this.frame = null;
    this.decoded = { weights: null, units: null, pictures: null };
    this.atlasAt.clear();
    this.hovered = this.focused = this.pinned = this.edge = null;
    const units = [data.kind === "images" ? 1 : network.inputs, ...network.layers.map((/** @type {any} */ l) => l.units)];
    const counts = units.map(shownUnits);
    this.shape = { counts, more: units.map((n, c) => n - counts[c]) };
    this.placed = null;
    this.#build();
    this.#chosen();
  }

  /** @param {any} frame */
  setFrame(frame) {
    if (frame.weights || frame.units) this.frame = frame;
  }

  /** What a unit is called. @param {At} at */
  name(at) {
    if (at.column === 0) return this.data.kind === "images" ? `${this.network.inputs} pixels` : `input ${this.#feature(spread(this.network.inputs, at.node), 40)}`;
    const unit = this.unitOf(at.column, at.node);
    if (at.column === this.shape.counts.length - 1) {
      const name = this.#outputName(at.node);
      return name ? `output ${name}` : "output";
    }
    return `layer ${at.column}, unit ${unit + 1}`;
  }

  /** @param {number} index @param {number} most letters */
  #feature(index, most) {
    return cut(this.data.inputs[index] ?? `input ${index + 1}`, most);
  }

  /** @param {number} node */
  #outputName(node) {
    const classes = this.data.classes;
    const outputs = this.network.layers[this.network.layers.length - 1].units;
    if (!classes) return cut(this.data.quantity ?? "", 18);
    // One output of two classes says how sure the second is.
    return cut(String(outputs === 1 ? (classes[1] ?? "") : (classes[node] ?? "")), 18);
  }

  /** The layer's unit that a node stands for. @param {number} column from 1 @param {number} node */
  unitOf(column, node) {
    return spread(this.network.layers[column - 1].units, node);
  }

  #build() {
    this.nodes = this.shape.counts.map((n, c) => Array.from({ length: n }, (_, i) => {
      const button = h("button", { type: "button", class: "w-unit", tabindex: "-1", "aria-label": this.name({ column: c, node: i }), "aria-pressed": "false" });
      const at = { column: c, node: i };
      button.addEventListener("pointerenter", () => {
        this.hovered = at;
        this.#setEdge(null);
        this.#chosen();
      });
      button.addEventListener("pointerleave", () => {
        if (same(this.hovered, at)) this.hovered = null;
        this.#chosen();
      });
      button.addEventListener("focus", () => {
        this.focused = at;
        this.#rove(at);
        this.#chosen();
      });
      button.addEventListener("blur", () => {
        if (same(this.focused, at)) this.focused = null;
        this.#setEdge(null);
        this.#chosen();
      });
      button.addEventListener("click", () => {
        this.pinned = same(this.pinned, at) ? null : at;
        this.#chosen();
      });
      return button;
    }));
    this.buttons.replaceChildren(...this.nodes.flat().filter((b) => b !== null));
    const start = this.nodes[1]?.[0] ?? this.nodes[0]?.[0];
    start?.setAttribute("tabindex", "0");
  }

  /** One stop in the order of tabs. @param {At} at */
  #rove(at) {
    this.nodes.flat().forEach((b) => b?.setAttribute("tabindex", "-1"));
    this.nodes[at.column][at.node]?.setAttribute("tabindex", "0");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.focused;
    if (!at) return;
    if (event.key === "Escape") {
      this.pinned = null;
      this.#setEdge(null);
      this.#chosen();
      return;
    }
    const steps = /** @type {Record<string, [number, number]>} */ ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] });
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { counts } = this.shape;
    if (event.shiftKey && step[0] === 0 && at.column > 0) {
      const n = counts[at.column - 1];
      const from = this.edge && this.edge.gap === at.column - 1 && this.edge.to === at.node ? this.edge.from + step[1] : step[1] > 0 ? 0 : n - 1;
      this.#setEdge({ gap: at.column - 1, from: (from + n) % n, to: at.node });
      this.options.announce(this.edgeText(/** @type {any} */ (this.edge)));
      return;
    }
    this.#setEdge(null);
    const column = Math.min(counts.length - 1, Math.max(0, at.column + step[0]));
    let node = Math.min(counts[column] - 1, Math.max(0, at.node + step[1]));
    if (step[0] !== 0 && this.placed && column !== at.column) {
      const y = this.placed.columns[at.column].nodes[at.node].y;
      node = closest(this.placed.columns[column].nodes, y);
    }
    this.nodes[column][node]?.focus();
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (!this.placed || this.hovered || event.target instanceof HTMLButtonElement) return;
    const box = this.host.getBoundingClientRect();
    this.#setEdge(this.edgeAt(event.clientX - box.left, event.clientY - box.top), { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  /** The edge at a place, the stronger one where two are as near. @param {number} px @param {number} py */
  edgeAt(px, py) {
    if (!this.placed || this.data.kind === "images" && px < this.placed.columns[1].nodes[0].x) return null;
    const { columns } = this.placed;
    let best = null;
    let least = 5;
    for (let gap = 0; gap < columns.length - 1; gap++) {
      const layer = this.weights[gap];
      if (!layer) continue;
      for (let i = 0; i < columns[gap].nodes.length; i++) {
        const a = { x: columns[gap].nodes[i].x + columns[gap].node / 2, y: columns[gap].nodes[i].y };
        for (let j = 0; j < columns[gap + 1].nodes.length; j++) {
          const b = { x: columns[gap + 1].nodes[j].x - columns[gap + 1].node / 2, y: columns[gap + 1].nodes[j].y };
          if (px < a.x || px > b.x) continue;
          const d = Math.abs(edgeY(a, b, px) - py) - bucket(layer.values[i * layer.units.length + j], layer.largest) * 0.3;
          if (d < least) {
            least = d;
            best = { gap, from: i, to: j };
          }
        }
      }
    }
    return best;
  }

  /** @param {{gap: number, from: number, to: number}} edge */
  edgeText(edge) {
    const layer = this.weights[edge.gap];
    if (!layer) return "";
    const w = layer.values[edge.from * layer.units.length + edge.to];
    return `${this.name({ column: edge.gap, node: edge.from })} to ${this.name({ column: edge.gap + 1, node: edge.to })}: weight ${number(w, 4)}`;
  }

  /** @param {{gap: number, from: number, to: number}|null} edge @param {Place} [at] */
  #setEdge(edge, at) {
    const changed = JSON.stringify(edge) !== JSON.stringify(this.edge);
    this.edge = edge;
    this.edgePlace = at ?? null;
    if (changed) this.options.redraw();
    if (changed || at) this.#tip();
  }

  /** The unit that is looked at. @returns {At|null} */
  chosen() {
    return this.hovered ?? this.focused ?? this.pinned;
  }

  #chosen() {
    const at = this.chosen();
    for (const row of this.nodes) for (const b of row) if (b?.getAttribute("aria-pressed") === "true") b.setAttribute("aria-pressed", "false");
    if (this.pinned) this.nodes[this.pinned.column]?.[this.pinned.node]?.setAttribute("aria-pressed", "true");
    if (at) {
      const button = this.nodes[at.column]?.[at.node];
      button?.setAttribute("aria-label", this.#text(at).join(". "));
    }
    const field = at && this.data.kind === "plane" && (at.column === 0 ? at.node < 2 : true);
    const key = field ? `${at.column}/${at.node}` : "";
    if (key !== this.lookedAt) {
      this.lookedAt = key;
      this.options.look(field ? { title: capital(this.name(at)), draw: (context, box) => this.#image(context, at, box.x, box.y, box.width, box.height) } : null);
    }
    this.#tip();
    this.options.redraw();
  }

  /** A unit in words. @param {At} at @returns {string[]} */
  #text(at) {
    const name = capital(this.name(at));
    if (at.column === 0) return [name];
    const layer = this.weights[at.column - 1];
    const activation = this.network.layers[at.column - 1].activation;
    if (!layer) return [`${name}, ${activation}`];
    const lines = [`${name}, ${activation}`, `bias ${number(layer.biases[at.node], 3)}`];
    if (this.data.kind === "images" && at.column === 1) return lines;
    for (const i of strongest(layer.values, layer.inputs.length, layer.units.length, at.node, 3)) {
      lines.push(`weight of ${at.column === 1 ? this.#feature(layer.inputs[i], 24) : `unit ${layer.inputs[i] + 1}`} ${number(layer.values[i * layer.units.length + at.node], 3)}`);
    }
    return lines;
  }

  #tip() {
    const at = this.chosen();
    const { width, height } = this.surface;
    if (this.edge && this.placed) {
      this.tip.hidden = false;
      const [what, weight] = this.edgeText(this.edge).split(/: (?=weight )/);
      this.tip.replaceChildren(h("div", { class: "muted" }, what), h("b", {}, weight ?? ""));
      const a = this.placed.columns[this.edge.gap].nodes[this.edge.from];
      const b = this.placed.columns[this.edge.gap + 1].nodes[this.edge.to];
      const where = this.edgePlace ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      place(this.tip, where.x, where.y, width, height);
    } else if (at && this.placed && this.weights.length) {
      this.tip.hidden = false;
      const [title, ...lines] = this.#text(at);
      this.tip.replaceChildren(h("b", {}, title), ...lines.map((line) => h("div", {}, line)));
      const p = this.placed.columns[at.column].nodes[at.node];
      place(this.tip, p.x + this.placed.columns[at.column].node / 2, p.y, width, height);
    } else {
      this.tip.hidden = true;
    }
  }

  /** Decodes what the newest frame brings, once. */
  #decode() {
    const frame = this.frame;
    if (!frame) return;
    if (frame.weights && frame.weights !== this.decoded.weights) {
      this.decoded.weights = frame.weights;
      this.weights = frame.weights.layers.map((/** @type {any} */ l) => ({ ...l, values: floats(l.values), biases: floats(l.biases) }));
    }
  }

  /** The units' pictures side by side on one canvas. @param {Paint} paint */
  #atlasOf(paint) {
    const frame = this.frame;
    const source = this.data.kind === "images" ? frame?.pictures : frame?.units;
    if (!source || (source === this.decoded.units && paint === this.atlasPaint)) return;
    this.decoded.units = source;
    this.atlasPaint = paint;
    this.atlasAt.clear();
    const images = this.data.kind === "images";
    const w = images ? source.width : source.size;
    const tall = images ? source.height : source.size;
    /** @type {{key: string, text: string}[]} */
    const all = [];
    this.shape.counts.slice(1).forEach((n, l) => {
      if (images && l > 0) return;
      const shown = images ? source.units : (source.shown?.[l] ?? null);
      const pictures = images ? source.values : source.layers[l];
      for (let i = 0; i < n; i++) {
        const unit = this.unitOf(l + 1, i);
        const k = shown ? shown.indexOf(unit) : unit;
        if (k >= 0 && pictures?.[k]) all.push({ key: `${l + 1}/${i}`, text: pictures[k] });
      }
    });
    if (all.length === 0) return;
    const across = 16;
    const width = across * w;
    const height = Math.ceil(all.length / across) * tall;
    if (!this.atlasImage || this.atlas.width !== width || this.atlas.height !== height) {
      this.atlas.width = width;
      this.atlas.height = height;
      this.atlasContext = /** @type {CanvasRenderingContext2D} */ (this.atlas.getContext("2d"));
      this.atlasImage = this.atlasContext.createImageData(width, height);
      this.atlasPixels = new Uint32Array(this.atlasImage.data.buffer);
    }
    const out = /** @type {Uint32Array} */ (this.atlasPixels);
    all.forEach(({ key, text }, index) => {
      const x = (index % across) * w;
      const y = Math.floor(index / across) * tall;
      const values = bytes(text);
      for (let r = 0; r < tall; r++) for (let c = 0; c < w; c++) out[(y + r) * width + x + c] = paint.diverging[values[r * w + c]];
      this.atlasAt.set(key, { x, y, width: w, height: tall });
    });
    /** @type {CanvasRenderingContext2D} */ (this.atlasContext).putImageData(/** @type {ImageData} */ (this.atlasImage), 0, 0);
  }

  /**
   * A node's picture into a box.
   * @param {CanvasRenderingContext2D} context @param {At} at @param {number} x @param {number} y @param {number} width @param {number} height
   * @returns {boolean} whether there is one
   */
  #image(context, at, x, y, width, height) {
    context.imageSmoothingEnabled = true;
    if (at.column === 0) {
      if (this.data.kind !== "plane" || at.node > 1 || !this.paint) return false;
      const sideways = at.node === 0;
      const ramp = context.createLinearGradient(x, y + (sideways ? 0 : height), x + (sideways ? width : 0), y);
      for (const stop of [0, 0.25, 0.5, 0.75, 1]) ramp.addColorStop(stop, this.paint.divergingText[Math.round(stop * 255)]);
      context.fillStyle = ramp;
      context.fillRect(x, y, width, height);
      return true;
    }
    const from = this.atlasAt.get(`${at.column}/${at.node}`);
    if (!from) return false;
    if (width < 4 * from.width) {
      context.drawImage(this.atlas, from.x, from.y, from.width, from.height, x, y, width, height);
      return true;
    }
    // Enlarged, the neighbours on the atlas would show at the edges.
    this.single.width = from.width;
    this.single.height = from.height;
    this.single.getContext("2d")?.drawImage(this.atlas, -from.x, -from.y);
    context.drawImage(this.single, x, y, width, height);
    return true;
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    const { width, height } = this.surface;
    this.paint = paint;
    if (!this.network || width < 100 || height < 80) return;
    this.#decode();
    this.#atlasOf(paint);
    if (!this.placed) this.#place();
    const placed = /** @type {{columns: Column[]}} */ (this.placed);
    this.#edges(context, paint, placed);
    placed.columns.forEach((column, c) => {
      for (let i = 0; i < column.nodes.length; i++) this.#node(context, paint, column.node, column.nodes[i], { column: c, node: i });
    });
    if (!this.tip.hidden && !this.edgePlace) this.#tip();
    for (const key of this.labels.querySelectorAll("canvas")) paintKey(/** @type {HTMLCanvasElement} */ (key), paint, false);
    const layers = this.network.layers.map((/** @type {any} */ l) => [`${l.units} ${l.activation}`, ...l.then].join(" with ")).join(", ");
    this.surface.label(`The network: ${this.network.inputs} inputs, layers of ${layers} units, ${this.network.parameters} weights and biases.`);
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {{columns: Column[]}} placed */
  #edges(context, paint, placed) {
    const chosen = this.chosen();
    const { columns } = placed;
    context.lineCap = "round";
    for (let gap = 0; gap < columns.length - 1; gap++) {
      const layer = this.weights[gap];
      const images = gap === 0 && this.data.kind === "images";
      const stride = layer ? layer.units.length : 0;
      for (let sign = 0; sign < 2; sign++) {
        for (let b = 0; b < BUCKETS; b++) {
          let some = false;
          context.beginPath();
          for (let i = 0; i < columns[gap].nodes.length; i++) {
            const p = columns[gap].nodes[i];
            for (let j = 0; j < columns[gap + 1].nodes.length; j++) {
              const w = images || !layer ? 0 : layer.values[i * stride + j];
              if (bucket(w, layer?.largest ?? 0) !== b || (w < 0 ? 1 : 0) !== sign) continue;
              if (chosen && this.#touches(chosen, gap, i, j)) continue;
              const q = columns[gap + 1].nodes[j];
              curve(context, p.x + columns[gap].node / 2, p.y, q.x - columns[gap + 1].node / 2, q.y);
              some = true;
            }
          }
          if (!some) continue;
          context.strokeStyle = images || !layer ? paint.line : sign ? paint.neg : paint.pos;
          context.lineWidth = 0.6 + b * 0.55;
          context.globalAlpha = (images || !layer ? 0.8 : 0.16 + b * 0.09) * (chosen ? 0.35 : 1);
          context.stroke();
        }
      }
    }
    if (chosen) {
      for (let gap = 0; gap < columns.length - 1; gap++) {
        const layer = this.weights[gap];
        if (!layer || (gap === 0 && this.data.kind === "images")) continue;
        for (let i = 0; i < columns[gap].nodes.length; i++) {
          for (let j = 0; j < columns[gap + 1].nodes.length; j++) {
            if (this.#touches(chosen, gap, i, j)) this.#oneEdge(context, paint, placed, gap, i, j, 0.9, 0);
          }
        }
      }
    }
    if (this.edge) this.#oneEdge(context, paint, placed, this.edge.gap, this.edge.from, this.edge.to, 1, 1.5);
    context.globalAlpha = 1;
  }

  /** @param {At} at @param {number} gap @param {number} from @param {number} to */
  #touches(at, gap, from, to) {
    return (gap === at.column - 1 && to === at.node) || (gap === at.column && from === at.node);
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {{columns: Column[]}} placed @param {number} gap @param {number} i @param {number} j @param {number} alpha @param {number} wider */
  #oneEdge(context, paint, placed, gap, i, j, alpha, wider) {
    const layer = this.weights[gap];
    if (!layer) return;
    const w = layer.values[i * layer.units.length + j];
    const p = placed.columns[gap].nodes[i];
    const q = placed.columns[gap + 1].nodes[j];
    context.beginPath();
    curve(context, p.x + placed.columns[gap].node / 2, p.y, q.x - placed.columns[gap + 1].node / 2, q.y);
    context.lineWidth = 1 + (Math.abs(w) / (layer.largest || 1)) * 4 + wider;
    context.strokeStyle = w < 0 ? paint.neg : paint.pos;
    context.globalAlpha = alpha;
    context.stroke();
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {number} size @param {Place} at @param {At} which */
  #node(context, paint, size, at, which) {
    const x = at.x - size / 2;
    const y = at.y - size / 2;
    const corner = Math.min(6, size / 4);
    context.save();
    context.beginPath();
    context.roundRect(x, y, size, size, corner);
    context.fillStyle = paint.surface2;
    context.fill();
    context.clip();
    const pictured = this.#image(context, which, x, y, size, size);
    context.restore();
    if (!pictured) {
      context.fillStyle = paint.muted;
      context.textAlign = "center";
      context.textBaseline = "middle";
      if (which.column === 0 && this.data.kind === "images") this.#pixels(context, paint, x, y, size);
      else if (size >= 17 && which.column > 0 && !(which.column === this.shape.counts.length - 1 && this.#outputName(which.node))) {
        context.font = `${Math.min(12, size * 0.42)}px ${this.family}`;
        context.fillText(String((which.column === 0 ? which.node : this.unitOf(which.column, which.node)) + 1), at.x, at.y + 0.5);
      }
    }
    const chosen = same(this.chosen(), which);
    const output = which.column === this.shape.counts.length - 1;
    context.beginPath();
    context.roundRect(x, y, size, size, corner);
    context.strokeStyle = chosen ? paint.accent : output ? paint.text : paint.muted;
    context.lineWidth = chosen ? 3 : output ? 1.75 : 1;
    context.stroke();
    const layer = which.column > 0 ? this.weights[which.column - 1] : null;
    if (layer && size >= 14) {
      const bias = layer.biases[which.node];
      context.beginPath();
      context.arc(x + 1, y + size - 1, Math.max(2.2, size * 0.11), 0, Math.PI * 2);
      context.fillStyle = bias < 0 ? paint.neg : paint.pos;
      context.strokeStyle = paint.surface;
      context.lineWidth = 1.25;
      context.fill();
      context.stroke();
    }
  }

  /** A picture's sign. @param {CanvasRenderingContext2D} context @param {Paint} paint @param {number} x @param {number} y @param {number} size */
  #pixels(context, paint, x, y, size) {
    const n = 5;
    const cell = (size - 6) / n;
    context.fillStyle = paint.muted;
    const seven = [1, 2, 3, 8, 12, 13, 17, 22];
    for (const k of seven) context.fillRect(x + 3 + (k % n) * cell, y + 3 + Math.floor(k / n) * cell, cell - 0.5, cell - 0.5);
  }

  /** Lays nodes, buttons and labels out for the size of now. */
  #place() {
    const { width, height } = this.surface;
    const { counts, more } = this.shape;
    const inputs = Array.from({ length: counts[0] }, (_, i) => (this.data.kind === "images" ? `${this.network.inputs} pixels` : this.#feature(spread(this.network.inputs, i), 60)));
    const last = counts.length - 1;
    const outputs = Array.from({ length: counts[last] }, (_, i) => this.#outputName(i));
    const most = Math.max(40, width * 0.14);
    const room = (/** @type {string[]} */ names) => Math.min(most, Math.max(6, ...names.map((n) => n.length * 6.6 + 8)));
    const left = room(inputs);
    const right = room(outputs) + (outputs.length > 1 && this.data.kind === "plane" ? 16 : 0);
    this.placed = layout(width, height, counts, left, right, more.some((n) => n > 0) ? 18 : 0);
    const { columns } = this.placed;
    columns.forEach((column, c) => {
      column.nodes.forEach((p, i) => {
        const button = this.nodes[c]?.[i];
        if (!button) return;
        const size = Math.max(column.node, 12);
        button.style.width = button.style.height = `${size}px`;
        button.style.transform = `translate(${p.x - size / 2}px, ${p.y - size / 2}px)`;
      });
    });
    const labels = /** @type {HTMLElement[]} */ ([]);
    const step = columns.length > 1 ? columns[1].x - columns[0].x : width;
    columns.forEach((column, c) => {
      const layer = c > 0 ? this.network.layers[c - 1] : null;
      const title = c === 0 ? "Inputs" : c === last ? "Output" : step > 62 ? `Layer ${c}` : String(c);
      // Layers without units of their own stand beside what they come after.
      const then = layer ? [layer.activation, ...layer.then] : this.network.before;
      const words = then.join(", ");
      const label = h("div", { class: "w-column", title: words }, h("b", {}, title), h("span", {}, words));
      const wide = Math.max(30, Math.min(then.length > 1 ? 260 : 120, step - 4));
      label.style.width = `${wide}px`;
      label.style.transform = `translate(${Math.min(width - wide, Math.max(0, column.x - wide / 2))}px, 0px)`;
      labels.push(label);
      if (more[c] > 0) {
        const rest = h("div", { class: "w-more" }, `+ ${more[c]} more`);
        rest.style.transform = `translate(${column.x - 45}px, ${Math.min(height - 17, column.bottom + 2)}px)`;
        labels.push(rest);
      }
    });
    const named = (/** @type {string} */ text, /** @type {Place} */ p, /** @type {boolean} */ before, /** @type {number} */ wide, /** @type {number} */ shape) => {
      const node = columns[before ? 0 : last].node;
      if (!text) return;
      const label = h("div", { class: before ? "w-input-name" : "w-output-name", title: text }, shape >= 0 ? h("canvas", { class: "w-shape", "data-class": shape }) : null, text);
      label.style.width = `${wide - 4}px`;
      label.style.transform = before ? `translate(${Math.max(0, p.x - node / 2 - wide)}px, ${p.y - 8}px)` : `translate(${p.x + node / 2 + 5}px, ${p.y - 8}px)`;
      labels.push(label);
    };
    // The same shapes as in the graphs above.
    const shaped = this.data.kind === "plane" && outputs.length > 1 && this.data.classes?.length === outputs.length;
    inputs.forEach((text, i) => named(text, columns[0].nodes[i], true, left, -1));
    outputs.forEach((text, i) => named(text, columns[last].nodes[i], false, right, shaped ? i : -1));
    this.labels.replaceChildren(...labels);
  }
}

/** @param {At|null} a @param {At|null} b */
function same(a, b) {
  return !!a && !!b && a.column === b.column && a.node === b.node;
}

/** @param {Place[]} nodes @param {number} y */
function closest(nodes, y) {
  let best = 0;
  nodes.forEach((p, i) => {
    if (Math.abs(p.y - y) < Math.abs(nodes[best].y - y)) best = i;
  });
  return best;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function curve(context, x0, y0, x1, y1) {
  const middle = (x0 + x1) / 2;
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

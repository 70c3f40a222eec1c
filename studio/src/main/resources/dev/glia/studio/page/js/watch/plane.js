// @ts-check
/** Points in the plane: the real data, and what the network says of them over its field. */

import { bytes, floats } from "../base64.js";
import { count, number, percent } from "../format.js";
import { h, setText } from "../h.js";
import { title, word } from "../parts.js";
import { scoresOf } from "../scores.js";
import { FieldPicture, traceContour } from "./field.js";
import { shade, valueScale } from "./numbers.js";
import { radiusFor, shape, SHAPE_NAMES } from "./shapes.js";
import { Axes, Surface } from "./surface.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {{x: number[], y: number[], target: number[]}} Rows */
/** @typedef {{extent: [number, number, number, number], train: Rows, watched: Rows}} Points */
/** @typedef {{name: string, kind: string, task: string, features: string[], classes: string[]|null, quantity: string|null} & import("../parts.js").Counts} Data */

const MARGIN = { top: 8, right: 10, bottom: 19, left: 32 };

/**
 * Which rows a prediction gets wrong.
 * @param {ArrayLike<number>} predictions
 * @param {ArrayLike<number>} targets
 */
export function wrongRows(predictions, targets) {
  const out = [];
  for (let i = 0; i < targets.length; i++) if (predictions[i] !== targets[i]) out.push(i);
  return out;
}

/** The row nearest to a place within some pixels, -1 if there is none. @param {Rows} rows @param {(x: number) => number} x @param {(y: number) => number} y @param {number} px @param {number} py @param {number} within */
export function rowAt(rows, x, y, px, py, within) {
  let best = -1;
  let least = within * within;
  for (let i = 0; i < rows.x.length; i++) {
    const d = (x(rows.x[i]) - px) ** 2 + (y(rows.y[i]) - py) ** 2;
    if (d < least) {
      least = d;
      best = i;
    }
  }
  return best;
}

/** How targets become colours. @param {Points} points */
export function targetScale(points) {
  let low = Infinity;
  let high = -Infinity;
  for (const part of [points.train, points.watched]) {
    for (const v of part.target) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  return valueScale(low, high);
}

/** A name with a limit: a column may be called anything. @param {string} text @param {number} most */
export function cut(text, most) {
  return text.length > most ? text.slice(0, most - 1) + "…" : text;
}

/** What both graphs share: scales, axes, points, the reading under the pointer. */
class Plane {
  /** @param {HTMLElement} card @param {string} title @param {() => void} redraw */
  constructor(card, title, redraw) {
    this.card = card;
    this.redraw = redraw;
    this.title = h("h3", {}, title);
    this.note = h("span", { class: "w-note" });
    this.header = h("header", {}, this.title);
    this.plot = h("div", { class: "w-plot" });
    this.footer = h("footer", {});
    card.append(this.header, this.plot, this.footer);
    this.surface = new Surface(this.plot, redraw);
    this.axes = new Axes(this.plot, MARGIN);
    this.empty = h("p", { class: "w-empty" }, "The points come here.");
    this.tip = h("div", { class: "w-tip", hidden: true });
    this.plot.append(this.empty, this.tip);
    this.plot.addEventListener("pointermove", (event) => this.#hover(event));
    this.plot.addEventListener("pointerleave", () => (this.tip.hidden = true));
    /** @type {Points|null} */
    this.points = null;
    /** @type {Data|null} */
    this.data = null;
    /** @type {"train"|"watched"} */
    this.part = "train";
    this.scale = valueScale(0, 1);
    this.shades = new Uint8Array(0);
    /** Whether the axes say what they show. */
    this.named = true;
  }

  /** @param {Points|null} points @param {Data} data */
  setPoints(points, data) {
    this.points = points;
    this.data = data;
    if (points) this.scale = targetScale(points);
    this.tip.hidden = true;
  }

  /** @returns {Rows} */
  rows() {
    return this.points ? this.points[this.part] : { x: [], y: [], target: [] };
  }

  /** Scales and axes for the size of now. @returns {{x: any, y: any, box: {x: number, y: number, width: number, height: number}}|null} */
  frame() {
    const { width, height } = this.surface;
    if (!this.points || !this.data || width < 60 || height < 50) return null;
    const d3 = /** @type {any} */ (globalThis).d3;
    const [x0, x1, y0, y1] = this.points.extent;
    const x = d3.scaleLinear([x0, x1], [MARGIN.left, width - MARGIN.right]);
    const y = d3.scaleLinear([y0, y1], [height - MARGIN.bottom, MARGIN.top]);
    this.x = x;
    this.y = y;
    this.axes.draw(x, y, {
      width, height, xTicks: Math.max(2, Math.floor(width / 60)), yTicks: Math.max(2, Math.floor(height / 42)),
      xName: this.named ? cut(this.data.features[0] ?? "", 28) : "", yName: this.named ? cut(this.data.features[1] ?? "", 28) : "",
    });
    return { x, y, box: { x: MARGIN.left, y: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom } };
  }

  /**
   * Points by class, each class one path, or by value.
   * @param {CanvasRenderingContext2D} context @param {Paint} paint @param {any} x @param {any} y
   * @param {ArrayLike<number>} values class or number of each row
   */
  dots(context, paint, x, y, values) {
    const rows = this.rows();
    const radius = radiusFor(rows.x.length, (this.surface.width - 40) * (this.surface.height - 30));
    context.lineWidth = radius > 3 ? 1 : 0.75;
    context.lineJoin = "round";
    context.strokeStyle = paint.surface;
    if (this.data?.task === "number") {
      // A value near the middle has the colour of the ground: the outline keeps the point in sight.
      context.strokeStyle = paint.text;
      context.lineWidth = 0.7;
      const colours = this.scale.diverging ? paint.divergingText : paint.sequentialText;
      if (this.shades.length < rows.x.length) this.shades = new Uint8Array(rows.x.length);
      for (let i = 0; i < rows.x.length; i++) this.shades[i] = shade(values[i], this.scale) >> 3;
      for (let tone = 0; tone < 32; tone++) {
        let some = false;
        context.beginPath();
        for (let i = 0; i < rows.x.length; i++) {
          if (this.shades[i] !== tone) continue;
          shape(context, 0, x(rows.x[i]), y(rows.y[i]), Math.max(2.4, radius));
          some = true;
        }
        if (!some) continue;
        context.fillStyle = colours[tone * 8 + 4];
        context.fill();
        context.stroke();
      }
      return radius;
    }
    for (let k = 0; k < 8; k++) {
      let some = false;
      context.beginPath();
      for (let i = 0; i < rows.x.length; i++) {
        if (values[i] !== k) continue;
        shape(context, k, x(rows.x[i]), y(rows.y[i]), radius);
        some = true;
      }
      if (!some) continue;
      context.fillStyle = paint.classes[k];
      // Outline first: a thin shape keeps its whole area.
      context.lineWidth = radius > 3 ? 2 : 1.5;
      context.stroke();
      context.fill();
    }
    return radius;
  }

  /** A class's name, or the number. @param {number} value */
  said(value) {
    if (this.data?.task === "number") return number(value, 3);
    return cut(this.data?.classes?.[value] ?? String(value), 24);
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (!this.x || !this.data || !this.points) return;
    const box = this.plot.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    const inside = px >= MARGIN.left && px <= box.width - MARGIN.right && py >= MARGIN.top && py <= box.height - MARGIN.bottom;
    const lines = inside ? this.reading(rowAt(this.rows(), this.x, this.y, px, py, 9), this.x.invert(px), this.y.invert(py)) : null;
    this.tip.hidden = !lines;
    if (!lines) return;
    this.tip.replaceChildren(...lines.map((line) => h("div", {}, line)));
    place(this.tip, px, py, box.width, box.height);
  }

  /** What the pointer reads. @param {number} row -1: none @param {number} x @param {number} y @returns {string[]|null} */
  reading(row, x, y) {
    return null;
  }

  /** @param {number} x @param {number} y */
  where(x, y) {
    const [a, b] = this.data?.features ?? [];
    return `${cut(a ?? "x", 16)} ${number(x, 3)}, ${cut(b ?? "y", 16)} ${number(y, 3)}`;
  }
}

/** Moves a tip beside a place, inside its host. @param {HTMLElement} tip @param {number} x @param {number} y @param {number} width @param {number} height */
export function place(tip, x, y, width, height) {
  const w = tip.offsetWidth;
  const tall = tip.offsetHeight;
  const left = x + 14 + w > width ? Math.max(0, x - 14 - w) : x + 14;
  const top = Math.max(0, Math.min(height - tall, y - tall / 2));
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

/** The article's second graph: the data as they are. */
export class DataView extends Plane {
  /** @param {HTMLElement} card @param {{redraw: () => void, choose: (part: "train"|"watched") => void}} options */
  constructor(card, options) {
    super(card, "Real data", options.redraw);
    this.trainButton = h("button", { type: "button", onclick: () => options.choose("train") }, "Training");
    this.watchedButton = h("button", { type: "button", onclick: () => options.choose("watched") }, "Test");
    this.header.append(h("div", { class: "w-controls" },
      h("div", { class: "w-seg", role: "group", "aria-label": "Points shown" }, this.trainButton, this.watchedButton)));
  }

  /** @param {Points|null} points @param {Data} data */
  setPoints(points, data) {
    super.setPoints(points, data);
    this.watchedButton.hidden = data.watched === null;
    setText(this.watchedButton, title("watched", data));
    this.footer.replaceChildren(...(data.task === "number" ? [scaleKey(data.quantity ?? "value", this.scale)] : [h("div", { class: "w-classes" }, ...classKeys(data.classes ?? []))]));
  }

  /** @param {"train"|"watched"} part */
  setPart(part) {
    this.part = part;
    this.trainButton.setAttribute("aria-pressed", String(part === "train"));
    this.watchedButton.setAttribute("aria-pressed", String(part === "watched"));
  }

  /** @param {number} row @param {number} x @param {number} y */
  reading(row, x, y) {
    if (row < 0) return null;
    const rows = this.rows();
    return [this.said(rows.target[row]), this.where(rows.x[row], rows.y[row])];
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    const frame = this.frame();
    this.empty.hidden = frame !== null;
    const rows = this.rows();
    const part = word(this.part, this.data);
    this.surface.label(`Real data: ${count(rows.x.length)} ${part} points` + (this.data?.classes ? ` of ${this.data.classes.length} classes.` : "."));
    if (frame) this.dots(context, paint, frame.x, frame.y, rows.target);
    for (const key of this.footer.querySelectorAll("canvas")) paintKey(/** @type {HTMLCanvasElement} */ (key), paint, this.scale.diverging);
  }
}

/** The article's third graph: what the network says, over its field. A unit that is looked at shows its own field here. */
export class PredictionsView extends Plane {
  /** @param {HTMLElement} card @param {{redraw: () => void}} options */
  constructor(card, options) {
    super(card, "Predictions", options.redraw);
    this.header.append(this.note);
    this.named = false; // the graph beside it does
    this.picture = new FieldPicture();
    /** @type {any} */
    this.frameNow = null;
    this.decoded = null;
    /** @type {ArrayLike<number>} */
    this.answers = new Uint8Array(0);
    /** @type {number[]} */
    this.wrong = [];
    /** @type {{title: string, draw: (context: CanvasRenderingContext2D, box: any) => void}|null} */
    this.unit = null;
    this.empty.textContent = "Press Run: the network's answer comes here.";
  }

  /** @param {Points|null} points @param {Data} data */
  setPoints(points, data) {
    super.setPoints(points, data);
    this.decoded = null;
    this.frameNow = null;
    const keys = data.task === "number"
      ? [scaleKey("says", this.scale), h("span", { class: "w-key" }, "points: the real value")]
      : [h("span", { class: "w-key" }, h("i", { class: "w-wrong" }), "wrong"), h("span", { class: "w-key" }, h("i", { class: "w-sure" }), "unsure to sure")];
    this.keys = h("div", { class: "w-foot" }, ...keys);
    this.unitKeys = h("div", { class: "w-foot", hidden: true }, ...signKeys());
    this.footer.replaceChildren(this.keys, this.unitKeys);
  }

  /** @param {any} frame */
  setFrame(frame) {
    if (frame.field && frame.predictions) this.frameNow = frame;
  }

  /** @param {number} row @param {number} x @param {number} y */
  reading(row, x, y) {
    const picture = this.picture;
    const [x0, x1, y0, y1] = picture.field?.extent ?? [0, 0, 0, 0];
    if (!(x1 > x0) || this.unit) return null;
    const lines = [];
    if (row >= 0 && row < this.answers.length) {
      const real = this.rows().target[row];
      lines.push(`says ${this.said(this.answers[row])}, is ${this.said(real)}`, this.where(this.rows().x[row], this.rows().y[row]));
      return lines;
    }
    const i = Math.min(picture.width - 1, Math.max(0, Math.floor(((x - x0) / (x1 - x0)) * picture.width)));
    const j = Math.min(picture.height - 1, Math.max(0, Math.floor(((y1 - y) / (y1 - y0)) * picture.height)));
    const at = j * picture.width + i;
    if (this.data?.task === "number") lines.push(`says ${number(picture.values[at], 3)}`);
    else lines.push(`${this.said(picture.classes[at])}, ${percent(picture.confidence[at] / 255, 0)} sure`);
    lines.push(this.where(x, y));
    return lines;
  }

  /** Decodes the newest frame once. */
  #decode() {
    const frame = this.frameNow;
    const key = frame ? frame.predictions[this.part] : null;
    if (key === this.decoded || !frame) return;
    this.decoded = key;
    this.answers = this.data?.task === "number" ? floats(key) : bytes(key);
    this.wrong = this.data?.task === "number" ? [] : wrongRows(this.answers, this.rows().target);
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    const frame = this.frame();
    const now = this.frameNow;
    this.empty.hidden = !!(frame && now);
    if (!frame || !now) {
      setText(this.note, "");
      this.surface.label("Predictions: nothing yet.");
      return;
    }
    const data = /** @type {Data} */ (this.data);
    this.#decode();
    const { x, y, box } = frame;
    const part = word(this.part, this.data);
    const score = this.#score(now);
    setText(this.title, this.unit ? this.unit.title : "Predictions");
    setText(this.note, this.unit ? "" : score);
    if (this.keys && this.unitKeys) {
      this.keys.hidden = !!this.unit;
      this.unitKeys.hidden = !this.unit;
    }
    this.surface.label(this.unit ? `Field of ${this.unit.title}.` : `Decision field, ${score} on the ${part} points.`);
    context.save();
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    if (this.unit) {
      this.unit.draw(context, box);
    } else {
      const [x0, x1, y0, y1] = now.field.extent;
      const where = { x: x(x0), y: y(y1), width: x(x1) - x(x0), height: y(y0) - y(y1) };
      this.picture.set(now.field, paint, data.task === "number" ? 0 : (data.classes?.length ?? 2), data.task === "number" ? this.scale : null);
      context.drawImage(this.picture.canvas, where.x, where.y, where.width, where.height);
      context.beginPath();
      for (const contour of this.picture.contours) traceContour(context, contour, this.picture.width, this.picture.height, where);
      const levels = data.task === "number";
      context.lineJoin = "round";
      context.strokeStyle = paint.text;
      context.globalAlpha = levels ? 0.25 : 0.85;
      context.lineWidth = levels ? 1 : 1.5;
      context.stroke();
      context.globalAlpha = 1;
    }
    context.restore();
    const rows = this.rows();
    const radius = this.dots(context, paint, x, y, data.task === "number" || this.unit ? rows.target : this.answers);
    if (!this.unit && this.wrong.length) {
      context.beginPath();
      for (const i of this.wrong) {
        const px = x(rows.x[i]);
        const py = y(rows.y[i]);
        context.moveTo(px + radius + 3, py);
        context.arc(px, py, radius + 3, 0, Math.PI * 2);
      }
      context.strokeStyle = paint.surface;
      context.lineWidth = 3.5;
      context.stroke();
      context.strokeStyle = paint.text;
      context.lineWidth = 1.75;
      context.stroke();
    }
    for (const key of this.footer.querySelectorAll("canvas")) paintKey(/** @type {HTMLCanvasElement} */ (key), paint, this.scale.diverging);
  }

  /** @param {any} frame */
  #score(frame) {
    const watched = this.part === "watched";
    const { values, at } = scoresOf(frame);
    if (this.data?.task === "number") {
      const r2 = watched ? values.val_r2 : values.r2;
      return r2 === undefined ? "" : `R² ${number(r2, 3)}${at}`;
    }
    const all = watched ? values.val_accuracy : values.accuracy;
    if (at === "" && all !== undefined) return `${percent(all)} right`;
    const rows = this.rows().target.length; // those that are drawn are of this very moment
    return `${percent(rows ? 1 - this.wrong.length / rows : null)} of these right`;
  }
}

/** The colours of numbers below and above 0. */
export function signKeys() {
  return [
    h("span", { class: "w-key" }, h("i", { class: "w-edge" }), "negative"),
    h("span", { class: "w-key" }, h("i", { class: "w-edge w-edge-pos" }), "positive"),
  ];
}

/** Each class's shape, colour and name. @param {string[]} classes */
export function classKeys(classes) {
  return classes.slice(0, 8).map((name, k) =>
    h("span", { class: "w-key w-name", title: `${name} (${SHAPE_NAMES[k]})` }, h("canvas", { class: "w-shape", "data-class": k, "aria-hidden": "true" }), h("span", {}, name)));
}

/** A bar from the least to the greatest value. @param {string} name @param {{low: number, high: number}} scale */
export function scaleKey(name, scale) {
  return h("span", { class: "w-key w-scale" }, h("span", { class: "w-name" }, name), ` ${number(scale.low, 2)}`,
    h("canvas", { class: "w-bar", "aria-hidden": "true" }), number(scale.high, 2));
}

/** Draws a key's picture. @param {HTMLCanvasElement} canvas @param {Paint} paint @param {boolean} diverging */
export function paintKey(canvas, paint, diverging) {
  const ratio = window.devicePixelRatio || 1;
  const state = `${ratio}${paint.text}${paint.surface}${diverging}`;
  if (canvas.dataset.painted === state) return;
  canvas.dataset.painted = state;
  const width = canvas.clientWidth || 12;
  const height = canvas.clientHeight || 12;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(ratio, ratio);
  if (canvas.dataset.class === undefined) {
    const colours = diverging ? paint.divergingText : paint.sequentialText;
    for (let i = 0; i < width; i++) {
      context.fillStyle = colours[Math.round((i / Math.max(1, width - 1)) * 255)];
      context.fillRect(i, 0, 1.5, height);
    }
    return;
  }
  const k = Number(canvas.dataset.class);
  context.beginPath();
  shape(context, k, width / 2, height / 2, 4.2);
  context.fillStyle = paint.classes[k];
  context.fill();
}

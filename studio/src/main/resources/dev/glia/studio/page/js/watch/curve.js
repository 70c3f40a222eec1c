// @ts-check
/** A number of one feature: the real points and the network's curve through them. */

import { count, number } from "../format.js";
import { h, setText } from "../h.js";
import { word } from "../parts.js";
import { scoresOf } from "../scores.js";
import { cut, place } from "./plane.js";
import { radiusFor, shape } from "./shapes.js";
import { Axes, Surface } from "./surface.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {import("./plane.js").Points} Points */
/** @typedef {import("./plane.js").Data} Data */

const MARGIN = { top: 10, right: 12, bottom: 19, left: 38 };

/** The curve's height at a place, between its two neighbours. @param {number[]} xs rising @param {number[]} ys @param {number} x */
export function heightAt(xs, ys, x) {
  let i = 1;
  while (i < xs.length - 1 && xs[i] < x) i++;
  const share = (x - xs[i - 1]) / (xs[i] - xs[i - 1] || 1);
  return ys[i - 1] + (ys[i] - ys[i - 1]) * Math.min(1, Math.max(0, share));
}

export class CurveView {
  /** @param {HTMLElement} card @param {{redraw: () => void}} options */
  constructor(card, options) {
    this.redraw = options.redraw;
    this.note = h("span", { class: "w-note" });
    this.plot = h("div", { class: "w-plot" });
    this.tip = h("div", { class: "w-tip", hidden: true });
    this.empty = h("p", { class: "w-empty" }, "The points come here.");
    this.watchedName = h("span", {}, "test");
    this.watchedKey = h("span", { class: "w-key" }, h("canvas", { class: "w-shape", "data-point": "watched", "aria-hidden": "true" }), this.watchedName);
    card.append(
      h("header", {}, h("h3", {}, "Real data and predictions"), this.note),
      this.plot,
      h("footer", {},
        h("span", { class: "w-key" }, h("canvas", { class: "w-shape", "data-point": "train", "aria-hidden": "true" }), "training"),
        this.watchedKey,
        h("span", { class: "w-key" }, h("i", { class: "w-line w-line-says" }), "the network")));
    this.card = card;
    this.surface = new Surface(this.plot, options.redraw);
    this.axes = new Axes(this.plot, MARGIN);
    this.plot.append(this.empty, this.tip);
    this.plot.addEventListener("pointermove", (event) => this.#hover(event));
    this.plot.addEventListener("pointerleave", () => {
      this.tip.hidden = true;
      this.at = null;
      this.redraw();
    });
    /** @type {number|null} */
    this.at = null;
    /** @type {Points|null} */
    this.points = null;
    /** @type {Data|null} */
    this.data = null;
    /** @type {any} */
    this.now = null;
  }

  /** @param {Points|null} points @param {Data} data */
  setPoints(points, data) {
    this.points = points;
    this.data = data;
    this.now = null;
    this.watchedKey.hidden = data.watched === null;
    setText(this.watchedName, word("watched", data));
  }

  /** @param {any} frame */
  setFrame(frame) {
    if (frame.curve) this.now = frame;
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (!this.x || !this.now || !this.data) return;
    const box = this.plot.getBoundingClientRect();
    const px = event.clientX - box.left;
    const x = this.x.invert(px);
    const { x: xs, y: ys } = this.now.curve;
    if (x < xs[0] || x > xs[xs.length - 1]) return;
    this.at = x;
    this.tip.hidden = false;
    this.tip.replaceChildren(h("div", {}, `says ${number(heightAt(xs, ys, x), 3)}`), h("div", {}, `${cut(this.data.features[0] ?? "x", 20)} ${number(x, 3)}`));
    place(this.tip, px, event.clientY - box.top, box.width, box.height);
    this.redraw();
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    const { width, height } = this.surface;
    const { points, data, now } = this;
    this.empty.hidden = points !== null;
    if (!points || !data || width < 60 || height < 50) {
      this.surface.label("Real data and predictions: nothing yet.");
      return;
    }
    const d3 = /** @type {any} */ (globalThis).d3;
    const x = d3.scaleLinear([points.extent[0], points.extent[1]], [MARGIN.left, width - MARGIN.right]);
    const y = d3.scaleLinear([points.extent[2], points.extent[3]], [height - MARGIN.bottom, MARGIN.top]);
    this.x = x;
    this.axes.draw(x, y, {
      width, height, grid: true, xTicks: Math.max(2, Math.floor(width / 80)), yTicks: Math.max(2, Math.floor(height / 40)),
      xName: cut(data.features[0] ?? "", 30), yName: cut(data.quantity ?? "", 30),
    });
    context.save();
    context.beginPath();
    context.rect(MARGIN.left, 0, width - MARGIN.left - MARGIN.right + 4, height - MARGIN.bottom + 4);
    context.clip();
    const radius = radiusFor(points.train.x.length + points.watched.x.length, (width - 50) * (height - 30)) * 1.05;
    this.#dots(context, paint, points.train, x, y, "train", radius);
    this.#dots(context, paint, points.watched, x, y, "watched", radius);
    if (now) {
      const { x: xs, y: ys } = now.curve;
      context.beginPath();
      for (let i = 0; i < xs.length; i++) if (Number.isFinite(ys[i])) context.lineTo(x(xs[i]), y(ys[i]));
      context.lineJoin = "round";
      context.strokeStyle = paint.surface;
      context.lineWidth = 6;
      context.stroke();
      context.strokeStyle = paint.accent;
      context.lineWidth = 2.75;
      context.stroke();
      if (this.at !== null) {
        context.beginPath();
        context.arc(x(this.at), y(heightAt(xs, ys, this.at)), 4.5, 0, Math.PI * 2);
        context.fillStyle = paint.accent;
        context.strokeStyle = paint.surface;
        context.lineWidth = 2;
        context.fill();
        context.stroke();
      }
      const { values, at } = scoresOf(now);
      const known = values.r2 !== undefined;
      const text = known ? `R² ${number(values.r2, 3)} training${data.watched === null ? "" : `, ${number(values.val_r2, 3)} ${data.watched}`}${at}` : "";
      setText(this.note, text);
      this.surface.label(`Real data and the network's curve. ${known ? `${text}. ` : ""}${count(points.train.x.length + points.watched.x.length)} points.`);
    } else {
      setText(this.note, "");
      this.surface.label(`Real data: ${count(points.train.x.length + points.watched.x.length)} points. No curve yet.`);
    }
    context.restore();
    for (const key of this.card.querySelectorAll("canvas[data-point]")) this.#key(/** @type {HTMLCanvasElement} */ (key), paint);
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {import("./plane.js").Rows} rows @param {any} x @param {any} y @param {string} part @param {number} radius */
  #dots(context, paint, rows, x, y, part, radius) {
    context.beginPath();
    for (let i = 0; i < rows.x.length; i++) shape(context, part === "train" ? 0 : 4, x(rows.x[i]), y(rows.y[i]), radius);
    this.#ink(context, paint, part);
  }

  /** Training points are full circles, those looked at open diamonds. @param {CanvasRenderingContext2D} context @param {Paint} paint @param {string} part */
  #ink(context, paint, part) {
    if (part === "train") {
      context.fillStyle = paint.train;
      context.globalAlpha = 0.75;
    } else {
      context.fillStyle = paint.surface;
    }
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = part === "train" ? paint.surface : paint.test;
    context.lineWidth = part === "train" ? 0.75 : 1.75;
    context.stroke();
  }

  /** @param {HTMLCanvasElement} canvas @param {Paint} paint */
  #key(canvas, paint) {
    const ratio = window.devicePixelRatio || 1;
    const state = ratio + paint.text;
    if (canvas.dataset.painted === state) return;
    canvas.dataset.painted = state;
    canvas.width = canvas.height = Math.round(12 * ratio);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.scale(ratio, ratio);
    context.beginPath();
    shape(context, canvas.dataset.point === "train" ? 0 : 4, 6, 6, 4);
    this.#ink(context, paint, String(canvas.dataset.point));
  }
}

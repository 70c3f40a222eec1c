// @ts-check
/** The learning curve: loss, or accuracy (R²), of the rows to learn from and of those looked at, with the branches of forks and a crosshair. */

import { count, number, percent } from "../format.js";
import { h, setText } from "../h.js";
import { Axes, Surface } from "./surface.js";
import { logTicks, lossAxis, nearest, range, scoreAxis, thin } from "./numbers.js";

/** @typedef {import("./paint.js").Paint} Paint */
/** @typedef {{columns: string[], rows: (number|null)[][], branches: {from: number, rows: (number|null)[][]}[]}} History */

const MARGIN = { top: 8, right: 18, bottom: 19, left: 42 };

/**
 * A sentence with a row's numbers.
 * @param {string} what "loss"
 * @param {(v: number|null) => string} format
 * @param {string} x "update 1,200"
 * @param {number|null} train
 * @param {number|null} watched
 * @param {string} [part] what the rows are that are looked at
 */
export function sentence(what, format, x, train, watched, part = "test") {
  return `${x}: ${what} ${format(train)} in training` + (watched === null ? "" : `, ${format(watched)} on the ${part} part`);
}

export class LossView {
  /**
   * @param {HTMLElement} card
   * @param {{measures: ("loss"|"score")[], title: string, redraw: () => void}} options
   */
  constructor(card, options) {
    this.options = options;
    this.measure = options.measures[0];
    this.log = false;
    /** @type {History} */
    this.history = { columns: [], rows: [], branches: [] };
    /** @type {(number|null)[]|null} the moment's row */
    this.moment = null;
    this.task = "classes";
    this.xColumn = 0;
    this.xWord = "epoch";
    /** @type {string|null} */
    this.ended = null;
    /** @type {string|null} what the rows are that are looked at */
    this.watched = null;
    this.lossOf = "";
    /** @type {number} the row under the crosshair, -1: none */
    this.cross = -1;
    this.indices = new Int32Array(0);

    this.subject = options.measures[0] === "loss" ? "Loss" : "Accuracy";
    this.title = h("h3", {}, options.title);
    this.lossButton = this.#toggle("Loss", () => this.#choose("loss"));
    this.scoreButton = this.#toggle("Accuracy", () => this.#choose("score"));
    this.logButton = this.#toggle("log", () => {
      this.log = !this.log;
      this.#pressed();
    });
    this.logButton.title = "Logarithmic scale";
    this.logButton.setAttribute("aria-label", "Logarithmic scale of the loss");
    const both = options.measures.length === 2;
    const controls = h("div", { class: "w-controls" });
    this.choice = h("div", { class: "w-seg", role: "group", "aria-label": "What the curve shows" }, this.lossButton, this.scoreButton);
    if (both) controls.append(this.choice);
    if (options.measures.includes("loss")) controls.append(h("div", { class: "w-seg" }, this.logButton));
    this.plot = h("div", { class: "w-plot" });
    this.trainValue = h("b", {}, "–");
    this.watchedValue = h("b", {}, "–");
    this.watchedName = h("span", {}, "test ");
    this.watchedKey = h("span", { class: "w-key" }, h("i", { class: "w-line w-line-test" }), this.watchedName, this.watchedValue);
    this.unit = h("span", { class: "w-note" });
    this.place = h("span", { class: "w-place" });
    card.append(
      h("header", {}, this.title, this.unit, controls),
      this.plot,
      h("footer", {},
        h("span", { class: "w-key" }, h("i", { class: "w-line w-line-train" }), "train ", this.trainValue),
        this.watchedKey,
        this.place));
    this.surface = new Surface(this.plot, options.redraw);
    this.axes = new Axes(this.plot, MARGIN);
    this.empty = h("p", { class: "w-empty" }, "Press Run: the curve grows here while the network learns.");
    this.handle = h("div", {
      class: "w-cross", tabindex: "0", role: "slider", "aria-orientation": "horizontal", "aria-label": `${options.title}: read its numbers`,
      "aria-valuemin": "0", "aria-valuemax": "0", "aria-valuenow": "0", "aria-valuetext": "nothing yet",
    });
    this.plot.append(this.empty, this.handle);
    this.handle.addEventListener("pointermove", (event) => this.#point(event));
    this.handle.addEventListener("pointerdown", (event) => this.#point(event));
    this.handle.addEventListener("pointerleave", () => this.#at(-1));
    this.handle.addEventListener("blur", () => this.#at(-1));
    this.handle.addEventListener("keydown", (event) => this.#key(event));
    this.#pressed();
  }

  /** @param {string} text @param {() => void} onclick */
  #toggle(text, onclick) {
    return /** @type {HTMLButtonElement} */ (h("button", { type: "button", "aria-pressed": "false", onclick }, text));
  }

  /** @param {"loss"|"score"} measure */
  #choose(measure) {
    this.measure = measure;
    this.#pressed();
  }

  #pressed() {
    this.lossButton.setAttribute("aria-pressed", String(this.measure === "loss"));
    this.scoreButton.setAttribute("aria-pressed", String(this.measure === "score"));
    this.logButton.setAttribute("aria-pressed", String(this.log));
    this.logButton.disabled = this.measure !== "loss";
    this.options.redraw();
  }

  /** Whether the other measure has a graph of its own. @param {boolean} alone */
  only(alone) {
    this.choice.hidden = alone;
    if (alone) this.measure = this.options.measures[0];
    this.#pressed();
  }

  /** @param {any} data the state's @param {boolean} inUpdates whether an epoch is one update @param {string} unit what the loss is of */
  configure(data, inUpdates, unit) {
    const { task, watched } = data;
    this.task = task;
    this.watched = watched;
    this.watchedKey.hidden = watched === null;
    setText(this.watchedName, `${watched} `);
    this.lossOf = unit;
    this.scoreButton.textContent = task === "number" ? "R²" : "Accuracy";
    if (this.options.measures[0] === "score") this.subject = task === "number" ? "R²" : "Accuracy";
    this.xColumn = inUpdates ? 1 : 0;
    this.xWord = inUpdates ? "update" : "epoch";
  }

  /** @param {History} history @param {(number|null)[]|null} moment a past one's row @param {string|null} ended how a run that failed did: "diverged" */
  set(history, moment, ended) {
    this.history = history;
    this.moment = moment;
    this.ended = ended;
    setText(this.title, `${this.subject}${ended ? `, ${ended}` : " so far"}`);
    if (this.cross >= history.rows.length) this.cross = -1;
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (!this.x || this.history.rows.length === 0) return;
    const at = this.x.invert(event.clientX - this.plot.getBoundingClientRect().left);
    this.#at(nearest(this.history.rows, this.xColumn, at));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.history.rows.length - 1;
    if (last < 0) return;
    const from = this.cross < 0 ? last : this.cross;
    const page = Math.max(1, Math.round(last / 10));
    /** @type {Record<string, number>} */
    const to = { ArrowLeft: from - 1, ArrowDown: from - 1, ArrowRight: from + 1, ArrowUp: from + 1, PageDown: from - page, PageUp: from + page, Home: 0, End: last, Escape: -1 };
    if (!(event.key in to)) return;
    event.preventDefault();
    this.#at(event.key === "Escape" ? -1 : Math.min(last, Math.max(0, to[event.key])));
  }

  /** @param {number} row */
  #at(row) {
    if (row === this.cross) return;
    this.cross = row;
    this.options.redraw();
  }

  /** The columns of training and test. @returns {[number, number]} */
  #columns() {
    return this.measure === "loss" ? [2, 4] : [3, 5];
  }

  /** @param {number|null} value */
  #format(value) {
    return this.measure === "score" && this.task !== "number" ? percent(value) : number(value, 3);
  }

  /** @param {Paint} paint */
  draw(paint) {
    const context = this.surface.begin();
    const { width, height } = this.surface;
    const { rows, branches } = this.history;
    this.#texts(rows);
    this.empty.hidden = rows.length > 0;
    this.handle.hidden = rows.length === 0;
    this.axes.svg.classList.toggle("w-off", rows.length === 0);
    if (width < 80 || height < 50) return;
    const d3 = /** @type {any} */ (globalThis).d3;
    const [train, test] = this.#columns();
    const log = this.measure === "loss" && this.log;
    const found = range(rows, [train, test], log);
    for (const branch of branches) range(branch.rows, [train, test], log, found);
    const [low, high] = this.measure === "loss" ? lossAxis(found, log) : scoreAxis(found, this.task !== "number");
    let first = rows.length ? Number(rows[0][this.xColumn]) : 0;
    let last = rows.length ? Number(rows[rows.length - 1][this.xColumn]) : 1;
    for (const branch of branches) if (branch.rows.length) last = Math.max(last, Number(branch.rows[branch.rows.length - 1][this.xColumn]));
    first = Math.min(first, 1) === 1 ? 0 : first;
    if (!(last > first)) last = first + 1;
    const x = d3.scaleLinear([first, last], [MARGIN.left, width - MARGIN.right]);
    const y = (log ? d3.scaleLog() : d3.scaleLinear()).domain([low, high]).range([height - MARGIN.bottom, MARGIN.top]);
    this.x = x;
    const share = this.measure === "score" && this.task !== "number";
    this.axes.draw(x, y, {
      width, height, grid: true, key: `${this.measure}${log}`, xName: rows.length ? this.xWord + "s" : "", xNameHigh: this.measure === "loss",
      xTicks: Math.min(last - first, Math.max(2, Math.floor(width / 75))), xFormat: last >= 10000 ? "~s" : ",d",
      yValues: log ? logTicks(low, high, Math.floor(height / 30)) : undefined,
      yTicks: Math.max(2, Math.floor(height / 38)), yFormat: share ? ".0%" : log ? (/** @type {number} */ v) => number(v, 1) : null,
    });
    const line = (/** @type {(number|null)[][]} */ some, /** @type {number} */ column) => this.#line(context, some, column, x, y, log);
    context.save();
    context.beginPath();
    context.rect(MARGIN.left, 0, width - MARGIN.left, height - MARGIN.bottom + 2);
    context.clip();
    context.lineJoin = "round";
    context.lineWidth = 1.25;
    context.globalAlpha = 0.38;
    for (const branch of branches) {
      context.setLineDash([]);
      context.strokeStyle = paint.train;
      line(branch.rows, train);
      context.setLineDash([5, 3]);
      context.strokeStyle = paint.test;
      line(branch.rows, test);
    }
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.setLineDash([5, 3]);
    context.strokeStyle = paint.test;
    line(rows, test);
    context.setLineDash([]);
    context.strokeStyle = paint.train;
    line(rows, train);
    context.restore();
    if (this.moment !== null && rows.length) this.#moment(context, paint, x, y, height);
    if (this.cross >= 0) this.#crosshair(context, paint, rows[this.cross], x, y, height);
    else if (rows.length && this.moment === null) this.#dots(context, paint, rows[rows.length - 1], x, y);
  }

  /** A row's place in words; within an epoch it is its update. @param {(number|null)[]} row */
  #when(row) {
    const x = Number(row[this.xColumn]);
    return Number.isInteger(x) ? `${this.xWord} ${count(x)}` : `update ${count(Number(row[1]))}`;
  }

  /** The line in words, for those who do not see it. */
  #texts(/** @type {(number|null)[][]} */ rows) {
    const [train, test] = this.#columns();
    let at = rows.length - 1;
    if (this.cross >= 0) at = this.cross;
    else if (this.moment !== null && rows.length) at = nearest(rows, 1, Number(this.moment[1]));
    const row = this.cross < 0 && this.moment !== null ? this.moment : at >= 0 ? rows[at] : null;
    const what = this.measure === "loss" ? "loss" : this.task === "number" ? "R²" : "accuracy";
    setText(this.trainValue, this.#format(row ? row[train] : null));
    setText(this.watchedValue, this.#format(row ? row[test] : null));
    const unit = this.measure === "loss" ? this.lossOf : "";
    setText(this.unit, unit);
    this.unit.title = unit;
    const last = this.cross < 0 && this.moment === null;
    const then = this.ended && last ? `, then ${this.ended}` : "";
    const x = row ? this.#when(row) : "";
    // Within an epoch the update is named: the axis counts epochs.
    const where = x.startsWith(`${this.xWord} `) ? x.replace(this.xWord, "at") : x;
    setText(this.place, where);
    this.place.title = where;
    const text = row ? sentence(what, (v) => this.#format(v), x, row[train], this.watched === null ? null : row[test], this.watched ?? "") + then : "nothing yet";
    this.surface.label(row ? `${this.options.title}. At ${text}.` : `${this.options.title}: ${text}.`);
    for (const [name, value] of [["aria-valuemax", Math.max(0, rows.length - 1)], ["aria-valuenow", Math.max(0, at)], ["aria-valuetext", text]]) {
      if (this.handle.getAttribute(String(name)) !== String(value)) this.handle.setAttribute(String(name), String(value));
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {(number|null)[][]} rows @param {number} column
   * @param {any} x @param {any} y @param {boolean} log
   */
  #line(context, rows, column, x, y, log) {
    if (rows.length < 2) return;
    const room = 4 * (this.surface.width + 8);
    if (this.indices.length < room) this.indices = new Int32Array(room);
    const written = thin(rows, this.xColumn, column, x, this.indices);
    let drawing = false;
    context.beginPath();
    for (let i = 0; i < written; i++) {
      const row = rows[this.indices[i]];
      const v = row[column];
      if (v === null || !Number.isFinite(v) || (log && v <= 0)) {
        drawing = false;
        continue;
      }
      if (drawing) context.lineTo(x(row[this.xColumn]), y(v));
      else context.moveTo(x(row[this.xColumn]), y(v));
      drawing = true;
    }
    context.stroke();
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {(number|null)[]} row @param {any} x @param {any} y */
  #dots(context, paint, row, x, y) {
    const columns = this.#columns();
    for (let i = 1; i >= 0; i--) {
      const v = row[columns[i]];
      if (v === null || !Number.isFinite(v) || !Number.isFinite(y(v))) continue;
      context.beginPath();
      context.arc(x(row[this.xColumn]), y(v), 3.5, 0, Math.PI * 2);
      context.fillStyle = i === 0 ? paint.train : paint.surface;
      context.strokeStyle = i === 0 ? paint.surface : paint.test;
      context.lineWidth = i === 0 ? 1 : 2;
      context.fill();
      context.stroke();
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {(number|null)[]} row @param {any} x @param {any} y @param {number} height */
  #crosshair(context, paint, row, x, y, height) {
    this.#upright(context, paint.text, x(row[this.xColumn]), height);
    this.#dots(context, paint, row, x, y);
  }

  /** @param {CanvasRenderingContext2D} context @param {Paint} paint @param {any} x @param {any} y @param {number} height */
  #moment(context, paint, x, y, height) {
    const row = /** @type {(number|null)[]} */ (this.moment);
    const at = x(row[this.xColumn]);
    context.save();
    context.globalAlpha = 0.55;
    context.fillStyle = paint.surface;
    context.fillRect(at, MARGIN.top, Math.max(0, this.surface.width - MARGIN.right + 4 - at), height - MARGIN.bottom - MARGIN.top - 1);
    context.restore();
    this.#upright(context, paint.accent, at, height);
    context.fillStyle = paint.accent;
    context.beginPath();
    context.moveTo(at - 5, MARGIN.top - 6);
    context.lineTo(at + 5, MARGIN.top - 6);
    context.lineTo(at, MARGIN.top + 2);
    context.fill();
    this.#dots(context, paint, row, x, y);
  }

  /** @param {CanvasRenderingContext2D} context @param {string} colour @param {number} at @param {number} height */
  #upright(context, colour, at, height) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(Math.round(at) + 0.5, MARGIN.top - 4);
    context.lineTo(Math.round(at) + 0.5, height - MARGIN.bottom);
    context.stroke();
  }
}

// @ts-check
/**
 * The run so far, as a slider over its moments with the loss behind it; back to now; fork from here.
 *
 * @module
 */

import * as canvas from "../canvas.js";
import * as colors from "../colors.js";
import { count, loss } from "../format.js";
import { h, setText } from "../h.js";
import { scoresOf } from "../scores.js";

/**
 * Where logged losses belong on a slider over moments: between two moments, if that is when it was.
 *
 * @param {{updates: number}[]} moments by growing updates, at least one
 * @param {(number | null)[][]} rows of the history: epoch, updates, loss, ...
 * @returns {{place: number, loss: number}[]}
 */
export function losses(moments, rows) {
  const found = [];
  let i = 0;
  for (const [, updates, loss] of rows) {
    if (updates === null || updates > moments[moments.length - 1].updates) break;
    while (i + 1 < moments.length && moments[i + 1].updates <= updates) i++;
    const { updates: from } = moments[i];
    const to = moments[i + 1]?.updates ?? from + 1;
    if (loss !== null && Number.isFinite(loss) && updates >= from) {
      found.push({ place: i + (updates - from) / (to - from), loss });
    }
  }
  return found;
}

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 */
export function mount(root, app) {
  const line = h("canvas", { class: "timeline-line", "aria-hidden": "true" });
  const drawing = canvas.fit(line, draw);
  const slider = h("input", {
    type: "range",
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    disabled: true,
    id: "moment",
    "aria-label": "Moment of the run",
    oninput: () => go(Number(slider.value)),
  });
  const where = h("span", { class: "timeline-where tabular" });
  const what = h("span", { class: "muted small tabular" });
  const now = h(
    "button",
    { type: "button", class: "button", id: "now", "aria-keyshortcuts": "N", onclick: () => app.setMoment(null) },
    "Now",
  );
  const fork = h(
    "button",
    {
      type: "button",
      class: "button",
      id: "fork",
      disabled: true,
      "aria-keyshortcuts": "F",
      title: "Train on from the moment shown",
      onclick: () => app.fork(),
    },
    "Fork from here",
  );
  root.append(
    h(
      "div",
      { class: "timeline-row" },
      h("div", { class: "timeline-text" }, where, what),
      h("div", { class: "timeline-track" }, line, slider),
      h("div", { class: "row timeline-buttons" }, now, fork),
    ),
  );

  /** @param {number} i of the slider: the last place is now */
  function go(i) {
    const { moments } = app;
    app.setMoment(i >= moments.length - 1 ? null : moments[i].moment);
  }

  /** Where the slider stands. */
  function place() {
    const { moments, moment } = app;
    if (moment === null) return Math.max(0, moments.length - 1);
    const at = moments.findIndex((m) => m.moment === moment);
    return at < 0 ? Math.max(0, moments.length - 1) : at;
  }

  /** @param {number} by */
  function step(by) {
    const last = app.moments.length - 1;
    if (last < 1) return;
    go(Math.min(last, Math.max(0, place() + by)));
  }

  function show() {
    const { moments, moment, state, live } = app;
    const last = Math.max(0, moments.length - 1);
    slider.max = String(last);
    slider.value = String(place());
    slider.disabled = last < 1 || state?.status === "ended";
    const past = moment !== null;
    root.classList.toggle("past", past);
    now.disabled = !past;
    fork.disabled = !past;
    const shown = past ? (app.frame?.moment === moment ? app.frame : null) : live;
    const updates = moment ?? live?.updates ?? state?.updates ?? 0;
    const { values, at } = scoresOf(shown);
    const said = shown?.diverged ? "then it diverged" : past && !shown ? "\u2026" : `loss ${loss(values.loss)}${at}`;
    setText(where, `Update ${count(updates)}`);
    setText(what, last < 1 && !live?.updates && !live?.diverged ? "No past yet" : said);
    slider.setAttribute("aria-valuetext", `${past ? "" : "now, "}update ${count(updates)}, ${said}`);
    drawing.redraw();
  }

  /**
   * The logged losses, lowest at the bottom; what is after the moment shown, pale.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   */
  function draw(context, width, height) {
    if (app.moments.length < 2) return;
    const points = losses(app.moments, app.history.rows);
    if (points.length === 0) return;
    const low = Math.min(...points.map((point) => point.loss));
    const high = Math.max(...points.map((point) => point.loss));
    const inset = 8; // half a thumb
    const x = canvas.linear(0, app.moments.length - 1, inset, width - inset);
    const powers = low > 0 && high / low > 20; // else a loss that has fallen far is a flat line
    const scale = powers ? Math.log : (/** @type {number} */ value) => value;
    const level = canvas.linear(scale(low), scale(high), height - 3, 3);
    const y = (/** @type {number} */ value) => level(scale(value));
    const at = x(place());
    /** @param {string} color @param {number} from @param {number} to */
    const stroke = (color, from, to) => {
      context.save();
      context.beginPath();
      context.rect(from, 0, to - from, height);
      context.clip();
      context.beginPath();
      for (const point of points) context.lineTo(x(point.place), y(point.loss));
      context.strokeStyle = color;
      context.lineWidth = 1.5;
      context.lineJoin = "round";
      context.stroke();
      context.restore();
    };
    stroke(colors.css("--accent"), 0, at);
    stroke(colors.css("--line-strong"), at, width);
  }

  for (const event of ["moments", "moment", "state", "live", "frame", "history"]) app.events.addEventListener(event, show);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const range = target.closest('input[type="range"], input[type="checkbox"]');
    if (!range && target.closest("input, textarea, select, [data-keys], dialog")) return;
    if (event.key === ",") step(-1);
    else if (event.key === ".") step(1);
    else if (event.key.toLowerCase() === "f" && app.moment !== null) app.fork();
    else return;
    event.preventDefault();
  });
  show();
  return { parts: () => [] };
}

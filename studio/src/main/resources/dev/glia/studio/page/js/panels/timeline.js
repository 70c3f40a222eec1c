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
    slider.disabled = last < 1;
    const past = moment !== null;
    root.classList.toggle("past", past);
    now.disabled = !past;
    fork.disabled = !past;
    const chosen = past ? moments.find((m) => m.moment === moment) : null;
    const updates = chosen ? chosen.updates : (live?.updates ?? state?.updates ?? 0);
    const value = chosen ? chosen.loss : live?.scores?.loss;
    setText(where, `Update ${count(updates)}`);
    setText(what, last < 1 && !live?.updates ? "No past yet" : `loss ${loss(value)}`);
    slider.setAttribute("aria-valuetext", `${past ? "" : "now, "}update ${count(updates)}, loss ${loss(value)}`);
    drawing.redraw();
  }

  /**
   * The loss at the moments, lowest at the bottom; what is after the moment shown, pale.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   */
  function draw(context, width, height) {
    const losses = app.moments.map((m) => m.loss).filter((value) => Number.isFinite(value));
    if (app.moments.length < 2 || losses.length === 0) return;
    const low = Math.min(...losses);
    const high = Math.max(...losses);
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
      app.moments.forEach((m, i) => {
        if (Number.isFinite(m.loss)) context.lineTo(x(i), y(m.loss));
      });
      context.strokeStyle = color;
      context.lineWidth = 1.5;
      context.lineJoin = "round";
      context.stroke();
      context.restore();
    };
    stroke(colors.css("--accent"), 0, at);
    stroke(colors.css("--line-strong"), at, width);
  }

  for (const event of ["moments", "moment", "state", "live"]) app.events.addEventListener(event, show);

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

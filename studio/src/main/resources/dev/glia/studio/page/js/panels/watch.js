// @ts-check
/** Watch: the learning curve, the data, what the network says, and what is inside it, as it learns. */

import { h } from "../h.js";
import { lossUnit, scoresOf } from "../scores.js";
import { CurveView } from "../watch/curve.js";
import { HeatmapsView } from "../watch/heatmaps.js";
import { HistogramsView } from "../watch/histograms.js";
import { LossView } from "../watch/loss.js";
import { NetworkView } from "../watch/network.js";
import { paint as mixPaint } from "../watch/paint.js";
import { PicturesView } from "../watch/pictures.js";
import { DataView, PredictionsView, signKeys } from "../watch/plane.js";

/** @typedef {"network"|"histograms"|"first"|"weights"} Tab */

/**
 * The parts of a frame that are on the screen.
 * @param {string} kind of data
 * @param {Tab} tab
 * @param {boolean} above whether the graphs are in sight
 * @param {boolean} inside whether the network's card is
 */
export function partsFor(kind, tab, above, inside) {
  const parts = [];
  if (above && kind === "plane") parts.push("field", "predictions");
  if (above && kind === "curve") parts.push("curve");
  if (inside && tab === "network") parts.push(...(kind === "plane" ? ["units", "weights"] : kind === "images" ? ["weights", "pictures"] : ["weights"]));
  if (inside && tab === "histograms") parts.push("histograms");
  if (inside && tab === "first") parts.push("pictures");
  if (inside && tab === "weights") parts.push("weights");
  return parts;
}

/**
 * The row of the curve that a frame of a past moment has: the same numbers as the rest of the page shows of it.
 * @param {any} frame
 * @param {number} batches an epoch
 * @returns {(number|null)[]|null} null for a frame of now
 */
export function momentRow(frame, batches) {
  if (!frame || (frame.moment ?? null) === null) return null;
  const { values, at } = scoresOf(frame);
  const { loss, accuracy, r2, val_loss, val_accuracy, val_r2 } = at === "" ? values : {};
  const epoch = frame.epoch + frame.batch / batches;
  return [epoch, frame.updates, loss, accuracy ?? r2, val_loss, val_accuracy ?? val_r2].map((v) => v ?? null);
}

/** @param {HTMLElement} root @param {any} app */
export function mount(root, app) {
  let visible = true;
  let asked = 0;
  /** @type {any} */
  let state = null;
  /** @type {import("../watch/paint.js").Paint|null} */
  let paint = null;
  let classes = 2;
  /** @type {Tab} */
  let tab = "network";
  /** @type {"train"|"watched"} */
  let part = "train";
  let structure = "";
  /** @type {Map<Element, boolean>} */
  const outOfSight = new Map();

  const card = (/** @type {string} */ name) => h("section", { class: `w-card w-${name}` });
  const cards = { loss: card("loss"), score: card("score"), data: card("data"), predictions: card("predictions"), curve: card("curve"), inside: card("inside") };
  const grid = h("div", { class: "w-watch", "data-shape": "none" }, ...Object.values(cards));
  const waiting = h("div", { class: "w-waiting" },
    h("h3", {}, "Nothing to watch yet"),
    h("p", {}, "Choose data and a network, then press Run: the loss, the data and what the network makes of them are drawn here while it learns."));
  root.append(h("h2", { class: "visually-hidden" }, "Watch"), waiting, grid);

  const loss = new LossView(cards.loss, { measures: ["loss", "score"], title: "Loss so far", redraw });
  const score = new LossView(cards.score, { measures: ["score"], title: "Accuracy so far", redraw });
  const data = new DataView(cards.data, { redraw, choose });
  const predictions = new PredictionsView(cards.predictions, { redraw });
  const curve = new CurveView(cards.curve, { redraw });

  const TABS = /** @type {[Tab, string][]} */ ([["network", "Network"], ["histograms", "Histograms"], ["first", "First layer"], ["weights", "Weights"]]);
  const keys = h("div", { class: "w-keys" });
  const hosts = /** @type {Record<Tab, HTMLElement>} */ ({});
  const buttons = /** @type {Record<Tab, HTMLButtonElement>} */ ({});
  const list = h("div", { class: "w-tabs", role: "tablist", "aria-label": "Inside the network" });
  cards.inside.append(h("header", {}, list, keys));
  for (const [name, title] of TABS) {
    hosts[name] = h("div", { class: "w-stage", id: `watch-${name}`, role: "tabpanel", "aria-labelledby": `watch-tab-${name}` });
    buttons[name] = h("button", { type: "button", role: "tab", id: `watch-tab-${name}`, "aria-controls": `watch-${name}`, onclick: () => open(name) }, title);
    list.append(buttons[name]);
    cards.inside.append(hosts[name]);
  }
  list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const shown = TABS.map(([name]) => name).filter((name) => !buttons[name].hidden);
    const next = shown[(shown.indexOf(tab) + step + shown.length) % shown.length];
    event.preventDefault();
    open(next);
    buttons[next].focus();
  });
  const network = new NetworkView(hosts.network, {
    redraw,
    look: (unit) => {
      predictions.unit = unit;
      redraw();
    },
    announce: (text) => app.announce?.(text),
  });
  const histograms = new HistogramsView(hosts.histograms, { redraw });
  const pictures = new PicturesView(hosts.first, { redraw });
  const heatmaps = new HeatmapsView(hosts.weights, { redraw });
  const inside = { network, histograms, first: pictures, weights: heatmaps };

  // What the studio gives up, as it takes too long, is said where it would stand.
  const places = /** @type {[HTMLElement, string[]][]} */ ([
    [cards.predictions, ["field", "predictions"]],
    [cards.curve, ["curve"]],
    [hosts.network, ["units", "weights"]],
    [hosts.histograms, ["histograms"]],
    [hosts.first, ["pictures"]],
    [hosts.weights, ["weights"]],
  ]).map(([place, parts]) => {
    const notice = h("p", { class: "w-empty w-late", hidden: true });
    place.append(notice);
    return { notice, parts };
  });

  /** @param {any} frame null: a run of which nothing is known yet */
  function sayLate(frame) {
    for (const { notice, parts } of places) {
      const sentence = parts.map((name) => frame?.late?.[name]).find((text) => text) ?? "";
      if (frame && sentence === "" && !parts.some((name) => frame[name])) continue; // was not asked for
      if (notice.textContent !== sentence) {
        notice.textContent = sentence;
        if (sentence) app.announce?.(sentence);
      }
      notice.hidden = sentence === "";
    }
  }

  function redraw() {
    if (asked === 0 && visible) asked = requestAnimationFrame(draw);
  }

  function draw() {
    asked = 0;
    if (!visible || !state) return;
    paint ??= mixPaint(classes);
    const moment = momentRow(app.frame, state.batches);
    const ended = state.diverged ? "diverged" : state.error ? "stopped" : null;
    loss.set(app.history, moment, ended);
    loss.draw(paint);
    const shape = grid.dataset.shape;
    if (shape === "wide") {
      score.set(app.history, moment, ended);
      score.draw(paint);
    } else if (shape === "curve") {
      curve.draw(paint);
    } else {
      data.draw(paint);
      predictions.draw(paint);
    }
    inside[tab]?.draw(paint);
  }

  /** What is shown has changed: the stream should bring other parts. */
  function changed() {
    app.refresh?.();
    redraw();
  }

  /** @param {"train"|"watched"} next */
  function choose(next) {
    part = next;
    data.setPart(part);
    predictions.part = part;
    redraw();
  }

  /** @param {Tab} name */
  function open(name) {
    tab = name;
    for (const [other] of TABS) {
      hosts[other].hidden = other !== name;
      buttons[other].setAttribute("aria-selected", String(other === name));
      buttons[other].tabIndex = other === name ? 0 : -1;
    }
    legend();
    if (state) offer(app.frame);
    changed();
  }

  function legend() {
    const weights = signKeys();
    const note = (/** @type {string} */ text) => h("span", { class: "w-key w-hint" }, text);
    const texts = {
      network: [...weights, note("width: size of the weight"), h("span", { class: "w-key w-hint" }, h("i", { class: "w-bias" }), "bias")],
      histograms: [...weights, note("height: root of the count")],
      first: weights,
      weights,
    };
    keys.replaceChildren(...texts[tab]);
  }

  /** Gives a frame to the views that are shown. @param {any} frame */
  function offer(frame) {
    if (!frame || !state || frame.session !== state.id) return;
    sayLate(frame);
    predictions.setFrame(frame);
    curve.setFrame(frame);
    inside[tab].setFrame(frame);
  }

  async function fetchPoints() {
    const about = state;
    const views = [data, predictions, curve];
    for (const view of views) view.setPoints(null, about.data);
    try {
      const points = await app.points();
      if (structure !== keyOf(about)) return;
      for (const view of views) view.setPoints(points, about.data);
      if (part === "watched" && points?.watched.x.length === 0) choose("train");
      offer(app.frame);
      redraw();
    } catch (error) {
      if (structure === keyOf(about)) app.fail(error);
    }
  }

  /** What makes a run another one to look at. @param {any} s */
  function keyOf(s) {
    return JSON.stringify([s.id, s.settings, s.network.sizes]);
  }

  /** @param {any} next */
  function onState(next) {
    const known = state;
    state = next;
    grid.hidden = !next;
    waiting.hidden = !!next;
    if (!next) {
      structure = "";
      return;
    }
    const kind = next.data.kind;
    const key = keyOf(next);
    if (key !== structure) {
      structure = key;
      sayLate(null);
      grid.dataset.shape = kind === "plane" ? "plane" : kind === "curve" ? "curve" : "wide";
      cards.score.hidden = grid.dataset.shape !== "wide";
      cards.data.hidden = cards.predictions.hidden = grid.dataset.shape !== "plane";
      cards.curve.hidden = grid.dataset.shape !== "curve";
      const many = next.data.task === "number" ? 0 : (next.data.classes?.length ?? 2);
      if (many !== classes) {
        classes = many;
        paint = null;
      }
      for (const view of [loss, score]) view.configure(next.data, next.batches === 1, lossUnit(next));
      loss.only(grid.dataset.shape === "wide");
      network.configure(next.network, next.data);
      histograms.configure(next.network);
      heatmaps.configure(next.network, next.data);
      pictures.configure(next.network);
      buttons.first.hidden = kind !== "images";
      buttons.weights.hidden = kind === "images";
      const changedKind = !known || known.data.kind !== kind;
      if (changedKind) open(kind === "images" ? "first" : "network");
      else if (buttons[tab].hidden) open("network");
      fetchPoints();
      changed();
    }
    redraw();
  }

  /** @param {any} frame */
  function onFrame(frame) {
    offer(frame);
    redraw();
  }

  app.events.addEventListener("theme", () => {
    paint = null;
    redraw();
  });
  app.events.addEventListener("history", redraw);
  app.events.addEventListener("moment", redraw);
  // On a phone the cards are below each other: what is out of sight is not asked for.
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) outOfSight.set(entry.target, !entry.isIntersecting);
    changed();
  }, { rootMargin: "80px" });
  for (const target of [cards.inside, cards.predictions, cards.curve]) watcher.observe(target);
  const seen = (/** @type {Element} */ target) => !outOfSight.get(target);

  choose("train");
  open("network");
  onState(app.state ?? null);

  return {
    parts: () => (state ? partsFor(state.data.kind, tab, seen(state.data.kind === "curve" ? cards.curve : cards.predictions), seen(cards.inside)) : []),
    show() {
      visible = true;
      offer(app.frame);
      redraw();
    },
    hide() {
      visible = false;
    },
    onState,
    onFrame,
  };
}

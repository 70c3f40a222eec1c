// @ts-check
/**
 * Which data set, its parameters, and a small picture of its rows.
 *
 * @module
 */

import * as canvas from "../canvas.js";
import * as colors from "../colors.js";
import { bytes } from "../base64.js";
import { fill, h, set, setText } from "../h.js";
import * as parts from "../parts.js";
import { find } from "../settings.js";
import * as call from "./call.js";
import { csv } from "./csv.js";
import * as fields from "./fields.js";
import { icon } from "./icons.js";
import { paint } from "./paint.js";

/** @type {Record<string, string>} */
const SHORT = { "fashion-mnist": "Fashion", mnist: "MNIST", points: "Paint", csv: "CSV" };

/** @type {Record<string, string>} */
const LABELS = { samples: "Rows", noise: "Noise", "data-seed": "Seed", centers: "Clouds" };

/**
 * @param {import("../app.js").App} app
 * @param {(key: string) => fields.Change} change
 */
export function data(app, change) {
  const sets = app.catalog.data;
  let pane = ""; // csv or points, opened before there is a run of it
  let drawn = "";
  /** @type {Record<string, fields.Control>} */
  let parameters = {};

  const head = h("span", { class: "muted small tabular" });
  const cards = sets.map((entry) => card(entry));
  const grid = h(
    "div",
    { class: "data-cards", role: "radiogroup", "aria-label": "Data set", onkeydown: arrows },
    ...cards,
  );
  const detail = h("div", { class: "data-detail" });
  const error = h("p", { class: "error-text", hidden: true, role: "status" });
  const ownCsv = csv(app, change);
  const ownPoints = paint(app);
  const preview = previewOf(app);

  /** @param {any} entry */
  function card(entry) {
    const name = SHORT[entry.name] ?? entry.title ?? entry.name;
    return h(
      "button",
      {
        type: "button",
        class: "data-card",
        role: "radio",
        "aria-checked": "false",
        "aria-disabled": entry.available ? null : "true",
        "aria-label": entry.title,
        dataset: { data: entry.name },
        title: entry.available ? entry.description : (entry.why ?? entry.description),
        onclick: () => choose(entry),
      },
      icon(entry.name),
      h("span", null, name),
    );
  }

  /** @param {any} entry */
  async function choose(entry) {
    say(null);
    if (!entry.available) {
      say(entry.why);
      app.announce(entry.why);
      return;
    }
    if (entry.name === "csv" || entry.name === "points") {
      pane = entry.name;
      render();
      if (entry.name === "points") ownPoints.open();
      return;
    }
    pane = "";
    mark(entry.name);
    const refused = await app.start({ data: entry.name }, { quiet: true });
    if (refused) say(refused.message);
    render();
  }

  /** @param {string | null} sentence */
  function say(sentence) {
    error.hidden = sentence === null;
    setText(error, sentence ?? "");
  }

  /** @param {KeyboardEvent} event Arrow keys move between the cards, as in a group of radio buttons. */
  function arrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 6, ArrowUp: -6 }[event.key];
    const at = cards.indexOf(/** @type {any} */ (document.activeElement));
    if (!step || at < 0) return;
    event.preventDefault();
    cards[(at + step + cards.length) % cards.length].focus();
  }

  /** @param {string} name */
  function mark(name) {
    for (const element of cards) {
      const on = element.dataset.data === name;
      element.setAttribute("aria-checked", String(on));
      element.tabIndex = on ? 0 : -1;
    }
    if (!cards.some((element) => element.tabIndex === 0)) cards[0].tabIndex = 0;
  }

  function render() {
    const state = app.state;
    const name = pane || state?.settings?.data || "";
    mark(name);
    setText(
      head,
      state && !pane ? parts.counts(state.data) : "",
    );
    if (name !== drawn) {
      drawn = name;
      fill(detail, ...content(name));
    }
    if (!state) return;
    for (const [key, control] of Object.entries(parameters)) control.show(state.settings[key]);
    if (name === "csv") ownCsv.show(state);
    if (name === "points") ownPoints.show(state);
    preview.show(name === "csv" || name === "points" ? null : state);
  }

  /** @param {string} name */
  function content(name) {
    parameters = {};
    if (name === "csv") return [ownCsv.root];
    if (name === "points") return [ownPoints.root];
    const entry = sets.find((e) => e.name === name);
    for (const parameter of entry?.parameters ?? []) {
      parameters[parameter.name] = fields.stepper({
        label: LABELS[parameter.name] ?? fields.words(parameter.name),
        name: parameter.name,
        least: parameter.least,
        most: parameter.most,
        next: next(parameter),
        change: change(parameter.name),
      });
    }
    return [
      preview.root,
      h(
        "div",
        { class: "data-parameters" },
        ...Object.values(parameters).map((control) => control.root),
        Object.keys(parameters).length === 0 && h("p", { class: "muted small" }, entry?.description ?? ""),
      ),
    ];
  }

  return {
    root: h(
      "section",
      { class: "group", "aria-labelledby": "data-title" },
      h("div", { class: "group-head" }, h("h2", { id: "data-title" }, "Data"), head),
      grid,
      error,
      detail,
    ),
    /** @param {any} state */
    show(state, fresh = false) {
      if (fresh && pane && state.settings.data !== pane) pane = "";
      if (pane && state.settings.data === pane) pane = "";
      say(null);
      render();
    },
    /** @param {File} file */
    drop(file) {
      pane = "csv";
      render();
      ownCsv.take(file);
    },
    theme: preview.redraw,
  };
}

/**
 * How the buttons change a parameter: rows by 1, 2, 5, others by their step.
 *
 * @param {any} parameter
 * @returns {(value: number, direction: 1 | -1) => number}
 */
function next(parameter) {
  if (parameter.name === "samples") return call.nextOf125;
  return (value, direction) => call.add(value, direction * (parameter.step || 1));
}

/** What says which rows there are and which of them are kept back. @param {import("../app.js").App} app */
function ofRows(app) {
  return app.catalog.keys.filter((/** @type {string} */ key) => (find(app, key)?.group ?? "split") === "split");
}

/**
 * The rows of the run, small: points, a curve, or some of the pictures.
 *
 * @param {import("../app.js").App} app
 */
function previewOf(app) {
  const element = h("canvas", { class: "data-preview", role: "img", "aria-label": "The rows of the data set" });
  /** @type {any} */
  let points = null;
  /** @type {any} */
  let pictures = null;
  /** @type {any} */
  let state = null;
  let key = "";
  const drawing = canvas.fit(element, draw);

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   */
  function draw(context, width, height) {
    if (points) {
      drawPoints(context, width, height, points, state.data);
    } else if (pictures) {
      drawPictures(context, width, height, pictures);
    }
  }

  return {
    root: element,
    redraw: drawing.redraw,
    /** @param {any} newState */
    async show(newState) {
      if (!newState) {
        key = "";
        return;
      }
      state = newState;
      const { data, settings } = state;
      const newKey = [state.id, ...ofRows(app).map((k) => settings[k])].join();
      if (newKey === key) return;
      key = newKey;
      try {
        const [some, shown] = await load(app, data);
        if (newKey !== key) return;
        points = some;
        pictures = shown;
        set(element, { "aria-label": `The data set ${settings.data}: ${parts.counts(data)}` });
      } catch {
        if (newKey !== key) return;
        key = ""; // asked again with the next state
        points = null;
        pictures = null;
      }
      drawing.redraw();
    },
  };
}

/**
 * @param {import("../app.js").App} app
 * @param {any} data
 */
async function load(app, data) {
  if (data.kind === "images") {
    const answer = await app.api.get(`/api/sessions/${app.state.id}/pictures?part=train&limit=9`);
    return [null, answer];
  }
  return [await app.points(), null];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 * @param {any} points
 * @param {any} data
 */
function drawPoints(context, width, height, points, data) {
  const [x0, x1, y0, y1] = points.extent;
  const x = canvas.linear(x0, x1, 3, width - 3);
  const y = canvas.linear(y0, y1, height - 3, 3);
  const number = data.task === "number" && data.kind === "plane";
  const [low, high] = number ? range([...points.train.target, ...points.watched.target]) : [0, 1];
  for (const part of [points.train, points.watched]) {
    const watched = part === points.watched;
    for (let i = 0; i < part.x.length; i++) {
      const t = part.target[i];
      const color = number
        ? colors.diverging((2 * (t - low)) / (high - low || 1) - 1)
        : colors.classRgb(data.kind === "curve" ? 0 : t);
      context.beginPath();
      context.arc(x(part.x[i]), y(part.y[i]), watched ? 1.4 : 1.7, 0, 7);
      context.fillStyle = colors.text(color, watched ? 0.5 : 1);
      context.fill();
    }
  }
}

/** @param {number[]} values */
function range(values) {
  return [Math.min(...values), Math.max(...values)];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 * @param {any} answer of /digits
 */
function drawPictures(context, width, height, answer) {
  const across = 3;
  const size = Math.min(width, height) / across;
  answer.items.slice(0, across * across).forEach((/** @type {any} */ item, /** @type {number} */ i) => {
    const picture = canvas.pixels(answer.width, answer.height);
    const ink = colors.rgb("--text");
    bytes(item.pixels).forEach((value, p) => picture.data.set([...ink, value], p * 4));
    picture.put();
    context.drawImage(picture.canvas, (i % across) * size + 1, Math.floor(i / across) * size + 1, size - 2, size - 2);
  });
}

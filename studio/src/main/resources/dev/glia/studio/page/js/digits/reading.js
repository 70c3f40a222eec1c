// @ts-check
/** What a network makes of a drawing: its answer, its probabilities, its hidden units. */
import { rgb, text } from "../colors.js";
import { count, number, percent } from "../format.js";
import { h } from "../h.js";

/**
 * @typedef {object} Prediction
 * @property {string[]} labels
 * @property {number[]} probabilities
 * @property {{units: number, activation: string, values: number[]}[]} layers
 * @property {number} prediction
 * @property {number} confidence
 * @property {number} [updates] of the run that read it
 */

/**
 * How sure a network is: never wholly, however many digits say so.
 *
 * @param {number} share
 */
export const sure = (share) => (share < 1 && share > 0.9995 ? "over 99.9%" : percent(share));

/** Which moment of a run read it. @param {Prediction} prediction */
const at = ({ updates }) => (updates === undefined ? "" : ` at update ${count(updates)}`);

/**
 * A prediction as a sentence, for those who hear it.
 *
 * @param {Prediction} prediction
 */
export function sentence(prediction) {
  const ranked = prediction.probabilities
    .map((share, i) => ({ share, label: prediction.labels[i] }))
    .sort((one, other) => other.share - one.share);
  const next = ranked[1];
  const first = `Read${at(prediction)} as ${ranked[0].label}, ${sure(ranked[0].share)}`;
  return next === undefined ? `${first}.` : `${first}; then ${next.label}, ${percent(next.share)}.`;
}

export class Reading {
  constructor() {
    this.answer = h("p", { class: "reading-answer", "aria-hidden": "true" }, "?");
    this.sure = h("p", { class: "reading-sure" }, "Nothing drawn yet");
    this.bars = h("ul", { class: "reading-bars", role: "list", "aria-label": "Probability of each class" });
    this.spoken = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    this.root = h(
      "div",
      { class: "reading" },
      h("div", { class: "reading-head" }, this.answer, this.sure),
      this.bars,
      this.spoken,
    );
    this.layers = h("div", { class: "hidden-layers" });
    /** @type {{key: string, rows: {row: HTMLElement, bar: HTMLElement, number: HTMLElement}[]}} */
    this.built = { key: "", rows: [] };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.speech = undefined;
    /** @type {Prediction | null} */
    this.shown = null;
    /** @type {Prediction["layers"] | null} the layers as they are without a drawing */
    this.empty = null;
    this.clear(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  }

  /** Shows that there is nothing to read. @param {string[]} [labels] */
  clear(labels) {
    clearTimeout(this.speech);
    this.shown = null;
    this.#build(labels ?? this.built.rows.map(({ row }) => row.dataset.label ?? ""));
    this.answer.textContent = "?";
    this.answer.classList.remove("is-read");
    this.sure.textContent = "Nothing drawn yet";
    this.spoken.textContent = "";
    for (const { row, bar, number } of this.built.rows) {
      row.classList.remove("is-best");
      bar.style.transform = "scaleX(0)";
      number.textContent = "–";
    }
    this.#drawLayers(null);
  }

  /** @param {string} message */
  fail(message) {
    this.clear();
    this.sure.textContent = message;
  }

  /** @param {Prediction} prediction */
  show(prediction) {
    this.shown = prediction;
    this.#build(prediction.labels);
    const label = prediction.labels[prediction.prediction];
    this.answer.textContent = label;
    this.answer.classList.add("is-read");
    this.answer.classList.toggle("is-long", label.length > 2);
    this.sure.textContent = `${sure(prediction.confidence)} sure${at(prediction)}`;
    prediction.probabilities.forEach((share, i) => {
      const { row, bar, number } = this.built.rows[i];
      row.classList.toggle("is-best", i === prediction.prediction);
      bar.style.transform = `scaleX(${share})`;
      number.textContent = percent(share);
    });
    this.#drawLayers(prediction.layers.slice(0, -1));
    // Spoken once the hand rests: a reading for every pixel would be noise.
    clearTimeout(this.speech);
    this.speech = setTimeout(() => {
      this.spoken.textContent = sentence(prediction);
    }, 900);
  }

  /** Draws again in the colours of the theme. */
  redraw() {
    this.#drawLayers(this.shown?.layers.slice(0, -1) ?? null);
  }

  /** @param {string[]} labels */
  #build(labels) {
    const key = JSON.stringify(labels);
    if (key === this.built.key) {
      return;
    }
    const rows = labels.map((label) => {
      const bar = h("span", { class: "reading-bar" });
      const number = h("span", { class: "reading-number" }, "–");
      const row = h(
        "li",
        { class: "reading-row", "data-label": label },
        h("span", { class: "reading-label", title: label }, label),
        h("span", { class: "reading-track", "aria-hidden": "true" }, bar),
        number,
      );
      return { row, bar, number };
    });
    this.built = { key, rows };
    this.bars.replaceChildren(...rows.map(({ row }) => row));
    this.bars.classList.toggle("is-long", labels.some((label) => label.length > 2));
  }

  /** @param {Prediction["layers"] | null} layers */
  #drawLayers(layers) {
    if (layers === null && this.empty === null) {
      this.layers.replaceChildren(
        h("p", { class: "hidden-empty" }, "Each hidden unit shows here how strongly it answers to your drawing."),
      );
      return;
    }
    // Without a drawing the units keep their places, and none answers.
    layers ??= this.empty ?? [];
    this.empty = layers.map((layer) => ({ ...layer, values: layer.values.map(() => 0) }));
    if (layers.length === 0) {
      this.layers.dataset.key = "";
      this.layers.replaceChildren(h("p", { class: "hidden-empty" }, "This network has no hidden layers."));
      return;
    }
    const key = layers.map(({ units, activation }) => `${units}${activation}`).join();
    if (this.layers.dataset.key !== key) {
      this.layers.dataset.key = key;
      this.layers.replaceChildren(...layers.map((_, i) => layerFigure(i)));
    }
    layers.forEach((layer, i) => drawLayer(/** @type {HTMLElement} */ (this.layers.children[i]), layer, i));
  }
}

/** @param {number} i */
function layerFigure(i) {
  return h(
    "figure",
    { class: "hidden-layer" },
    h("figcaption", {}, h("b", {}, `Layer ${i + 1}`), h("span", { class: "hidden-about" })),
    h("canvas", { role: "img" }),
  );
}

/**
 * @param {HTMLElement} figure
 * @param {Prediction["layers"][number]} layer
 * @param {number} at
 */
function drawLayer(figure, layer, at) {
  const canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector("canvas"));
  const context = canvas.getContext("2d");
  const count = layer.values.length;
  const columns = gridColumns(count);
  const rows = Math.ceil(count / columns);
  const cell = 12;
  canvas.width = columns * cell;
  canvas.height = rows * cell;
  canvas.style.maxWidth = `${columns * 14}px`;
  const most = layer.values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
  if (context !== null) {
    const colors = [text(rgb("--neg")), text(rgb("--pos"))];
    layer.values.forEach((value, i) => {
      const x = (i % columns) * cell;
      const y = Math.floor(i / columns) * cell;
      context.globalAlpha = 0.08;
      context.fillStyle = text(rgb("--text"));
      context.fillRect(x, y, cell - 1, cell - 1);
      context.globalAlpha = Math.abs(value) / most;
      context.fillStyle = colors[value < 0 ? 0 : 1];
      context.fillRect(x, y, cell - 1, cell - 1);
    });
  }
  const active = layer.values.filter((value) => value > 0.05 * most).length;
  const about = `${count} × ${layer.activation}, ${active} ${active === 1 ? "answers" : "answer"}`;
  const caption = figure.querySelector(".hidden-about");
  if (caption !== null) {
    caption.textContent = about;
  }
  canvas.setAttribute("aria-label", `Activations of layer ${at + 1}: ${about}, the largest ${number(most, 3)}.`);
}

/** Units to a row: a strip about four times as wide as high. @param {number} count */
export function gridColumns(count) {
  return count <= 16 ? count : Math.min(count, Math.ceil(Math.sqrt(count * 4)));
}

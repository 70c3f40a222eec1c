// @ts-check
/**
 * The network's settings: hidden layers, output, loss, first weights, scaling.
 *
 * @module
 */

import { count, plural } from "../format.js";
import { fill, h, setText } from "../h.js";
import { named } from "../settings.js";
import * as call from "./call.js";
import * as fields from "./fields.js";

const MOST_LAYERS = 8;

/** The settings that stand in this group. */
export const NETWORK = ["layers", "output", "loss", "init", "scale", "target-scale"];

/**
 * @param {import("../app.js").App} app
 * @param {(key: string) => fields.Change} change
 */
export function network(app, change) {
  const { activations = [], entries: others = [] } = named(app, "layers");
  const hidden = activations.filter((/** @type {call.Entry} */ a) => a.name !== "softmax");
  /** @type {call.Layer[]} */
  let layers = [];
  /** @type {fields.Control[]} */
  let rows = [];
  /** @type {any} */
  let timer = 0;
  let shown = "";

  const list = h("ol", { class: "layers", "aria-label": "Hidden layers" });
  const error = fields.errorOf(list);
  const add = h(
    "button",
    { type: "button", class: "button add-layer", onclick: () => insert() },
    "+ Layer",
  );
  const other = h(
    "select",
    { class: "select add-other", "aria-label": "Add a layer without units", onchange: () => insertOther() },
    h("option", { value: "" }, "+ Dropout, \u2026"),
    ...others.map((/** @type {call.Entry} */ entry) => h("option", { value: entry.name }, entry.name)),
  );
  const head = h("span", { class: "muted small tabular" });

  /** @type {fields.Control} */
  const control = {
    root: list,
    show(text) {
      error.show(null);
      if (text === undefined || text === shown) return;
      shown = text;
      layers = call.parseLayers(text);
      draw();
    },
    error(sentence) {
      error.show(sentence);
      if (sentence !== null) shown = "\u0000";
    },
  };

  function commit(delay = 0) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = call.formatLayers(layers);
      if (text === shown) return;
      shown = text;
      change("layers")(text, control);
    }, delay);
  }

  function insert() {
    const last = layers.findLast((layer) => layer.units !== null);
    layers = [...layers, { units: last?.units ? Math.max(2, Math.round(last.units / 2)) : 8, activation: last?.activation ?? "relu" }];
    changed();
  }

  function insertOther() {
    const name = other.value;
    other.value = "";
    if (!name) return;
    layers = [...layers, { units: null, activation: name }];
    changed();
  }

  function changed() {
    draw();
    commit();
    app.announce(`${plural(layers.length, "hidden layer")}.`);
  }

  /** @param {number} i */
  function remove(i) {
    layers = layers.filter((_, j) => j !== i);
    changed();
    const next = list.querySelectorAll(".remove-layer")[Math.min(i, layers.length - 1)];
    /** @type {HTMLElement} */ (next ?? add).focus();
  }

  function draw() {
    rows = [];
    fill(list, ...layers.map((layer, i) => (layer.units === null ? otherRow(layer, i) : row(layer, i))));
    if (layers.length === 0) {
      list.append(h("li", { class: "muted small no-layers" }, "No hidden layer: a linear model."));
    }
    add.disabled = other.disabled = layers.length >= MOST_LAYERS;
  }

  /**
   * @param {call.Layer} layer
   * @param {number} i
   */
  function row(layer, i) {
    const name = `Layer ${i + 1}`;
    const input = h("input", {
      class: "input",
      type: "text",
      inputmode: "numeric",
      autocomplete: "off",
      name: `units-${i + 1}`,
      "aria-label": `${name}: units`,
      value: String(layer.units),
      onchange: () => {
        const units = Number(input.value);
        if (Number.isInteger(units) && units >= 1) {
          layers[i] = { ...layers[i], units };
          commit();
        } else {
          error.show(`Expected a whole number of units from 1 on, got "${input.value}".`);
        }
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (by) {
          event.preventDefault();
          units(by);
        }
      },
    });
    const units = (/** @type {number} */ by) => {
      const to = Math.max(1, (layers[i].units ?? 0) + by);
      layers[i] = { ...layers[i], units: to };
      input.value = String(to);
      commit(160);
    };
    const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ word) =>
      h(
        "button",
        { type: "button", class: "step-button", "aria-label": `${name}: ${word}`, onclick: () => units(by) },
        sign,
      );
    const activation = fields.named({
      label: `${name}: activation`,
      name: `activation-${i + 1}`,
      entries: hidden,
      bare: true,
      change: (value) => {
        layers[i] = { ...layers[i], activation: value };
        commit();
      },
    });
    activation.show(layer.activation);
    rows.push(activation);
    return h(
      "li",
      { class: "layer" },
      h("div", { class: "stepper" }, step(-1, "\u2212", "one unit less"), input, step(1, "+", "one unit more")),
      activation.root,
      removeButton(i),
    );
  }

  /** @param {number} i */
  function removeButton(i) {
    return h(
      "button",
      { type: "button", class: "button quiet icon remove-layer", "aria-label": `Remove layer ${i + 1}`, onclick: () => remove(i) },
      "\u00d7",
    );
  }

  /**
   * A layer without units: its kind and its numbers.
   *
   * @param {call.Layer} layer
   * @param {number} i
   */
  function otherRow(layer, i) {
    const kind = fields.named({
      label: `Layer ${i + 1}: kind`,
      name: `kind-${i + 1}`,
      entries: others,
      bare: true,
      change: (value) => {
        layers[i] = { units: null, activation: value };
        commit();
      },
    });
    kind.show(layer.activation);
    rows.push(kind);
    return h("li", { class: "layer layer-other" }, kind.root, removeButton(i));
  }

  const field = (/** @type {string} */ name, /** @type {object} */ words) =>
    fields.of(named(app, name), { change: change(name), ...words });
  const output = field("output", { label: "Output" });
  const loss = field("loss", { label: "Loss" });
  const init = field("init", { label: "First weights" });
  const scale = field("scale", { label: "Features", texts: SCALINGS });

  const targetScale = field("target-scale", { label: "Number to predict", texts: SCALINGS });

  return {
    root: h(
      "section",
      { class: "group", "aria-labelledby": "network-title" },
      h("div", { class: "group-head" }, h("h2", { id: "network-title" }, "Network"), head, add),
      list,
      error.text,
      other,
      h("div", { class: "pair" }, output.root, loss.root),
      output.values,
      loss.values,
      h("div", { class: "pair" }, init.root, scale.root),
      init.values,
      targetScale.root,
    ),
    /** @param {any} state */
    show(state) {
      const { settings, network: built } = state;
      control.show(settings.layers);
      output.show(settings.output);
      loss.show(settings.loss);
      init.show(settings.init);
      scale.show(settings.scale);
      targetScale.show(settings["target-scale"]);
      targetScale.root.hidden = state.data?.task !== "number";
      setText(head, built ? `${count(built.parameters)} parameters` : "");
      head.title = built?.sizes ?? "";
    },
  };
}

/** @type {Record<string, string>} */
const SCALINGS = { none: "as they are", minmax: "from 0 to 1", standard: "standard" };

// @ts-check
/**
 * How the network is trained: optimizer, learning rate, batches, length, seeds; rarer ones under More.
 *
 * @module
 */

import { h } from "../h.js";
import * as settings from "../settings.js";
import * as fields from "./fields.js";
import { NETWORK } from "./network.js";

/** What the page calls them, where it has other words than the command. @type {Record<string, object>} */
const WORDS = {
  l1: { label: "L1" },
  l2: { label: "L2" },
  patience: { label: "Stop early" },
  "max-norm": { label: "Norm of a unit's weights" },
  "clip-value": { label: "Clip values at" },
  "clip-norm": { label: "Clip norm at" },
  nan: { label: "Gradient not a number", texts: { zero: "take 0" } },
  "log-every": { label: "Log every \u2026 epochs" },
  "split-seed": { label: "Seed of the split" },
  shuffle: { label: "New order in each epoch" },
  "even-batches": { label: "Batches of even size" },
  stratify: { label: "Same share of each class in all parts" },
};

/** Where they stand: in pairs or alone. Settings that are not named here come last under More. */
const FIRST = [["optimizer", "learning-rate"], ["batch-size", "epochs"], ["validation-fraction", "test-fraction"], ["seed", "split-seed"]];
const MORE = [["schedule", "patience"], ["l1", "l2"], ["max-norm", "log-every"], ["clip-value", "clip-norm"], ["nan"], ["shuffle"], ["even-batches"], ["stratify"]];

/**
 * @param {import("../app.js").App} app
 * @param {(key: string) => fields.Change} change
 */
export function optimizer(app, change) {
  const placed = new Set([...NETWORK, ...FIRST.flat(), ...MORE.flat()]);
  const others = settings.all(app).filter(({ name }) => !placed.has(name)).map(({ name }) => [name]);
  /** @type {Record<string, fields.Control>} */
  const all = {};
  for (const name of [FIRST, MORE, others].flat(2)) {
    all[name] = control(settings.named(app, name), change(name));
  }
  const rows = (/** @type {string[][]} */ lines) =>
    lines.flatMap((names) => [
      names.length > 1 ? h("div", { class: "pair" }, ...names.map((name) => all[name].root)) : all[names[0]].root,
      ...names.map((name) => all[name].values),
    ]);
  return {
    root: h(
      "section",
      { class: "group", "aria-labelledby": "training-title" },
      h("div", { class: "group-head" }, h("h2", { id: "training-title" }, "Training")),
      ...rows(FIRST),
      h("details", { class: "more" }, h("summary", null, "More"), h("div", { class: "stack" }, ...rows([...MORE, ...others]))),
    ),
    /** @param {any} state */
    show(state) {
      for (const [key, control] of Object.entries(all)) control.show(state.settings[key]);
    },
  };
}

/**
 * @param {settings.Setting} setting
 * @param {fields.Change} change
 */
function control(setting, change) {
  switch (setting.name) {
    case "batch-size":
      return batch(setting, change);
    case "validation-fraction":
      return fields.share({ label: "To validate on", name: setting.name, title: setting.help, change });
    case "test-fraction":
      return fields.share({ label: "To test on", name: setting.name, title: setting.help, change });
    default:
      return fields.of(setting, { change, ...WORDS[setting.name] });
  }
}

/**
 * Rows a batch, or all of them.
 *
 * @param {settings.Setting} setting
 * @param {fields.Change} change
 * @returns {fields.Control}
 */
function batch({ name, help, least, word }, change) {
  let last = "32";
  const control = fields.stepper({
    label: "Batch size",
    name,
    title: help,
    least: least ?? undefined,
    next: (value, direction) => (direction > 0 ? Math.max(1, value * 2) : Math.max(1, Math.floor(value / 2))),
    change,
  });
  const full = h(
    "button",
    {
      type: "button",
      class: "full-batch",
      "aria-pressed": "false",
      title: "All rows in one batch",
      onclick: () => change(full.getAttribute("aria-pressed") === "true" ? last : String(word), control),
    },
    "all",
  );
  control.root.querySelector(".stepper")?.append(full);
  return {
    ...control,
    root: control.root,
    show(value) {
      control.show(value);
      full.setAttribute("aria-pressed", String(value === word));
      if (value && value !== word) last = value;
    },
  };
}

// @ts-check
/**
 * How the network is trained: optimizer, learning rate, batches, length, seeds; rarer ones under More.
 *
 * @module
 */

import { h } from "../h.js";
import * as call from "./call.js";
import * as fields from "./fields.js";

/**
 * @param {import("../app.js").App} app
 * @param {(key: string) => fields.Change} change
 */
export function optimizer(app, change) {
  const whole = (/** @type {number} */ by) => (/** @type {number} */ value, /** @type {number} */ d) => value + d * by;
  const kind = fields.named({
    label: "Optimizer",
    name: "optimizer",
    entries: app.catalog.optimizers,
    change: change("optimizer"),
  });
  /** @type {Record<string, fields.Control>} */
  const all = {
    optimizer: kind,
    "learning-rate": fields.stepper({
      label: "Learning rate",
      name: "learning-rate",
      next: call.nextOf125,
      change: change("learning-rate"),
    }),
    "batch-size": batch(change("batch-size")),
    epochs: fields.stepper({
      label: "Epochs",
      name: "epochs",
      least: 1,
      next: call.nextOf125,
      change: change("epochs"),
    }),
    seed: fields.stepper({ label: "Seed", name: "seed", next: whole(1), least: 0, change: change("seed") }),
    "test-fraction": fields.share({ label: "To test on", name: "test-fraction", change: change("test-fraction") }),
    l2: fields.stepper({ label: "L2", name: "l2", least: 0, next: call.nextOf125, change: change("l2"), title: "Share of each weight that is added to its gradient" }),
    "clip-value": fields.stepper({ label: "Clip values at", name: "clip-value", next: call.nextOf125, empty: "none", change: change("clip-value"), title: "Holds each gradient between -C and C" }),
    "clip-norm": fields.stepper({ label: "Clip norm at", name: "clip-norm", next: call.nextOf125, empty: "none", change: change("clip-norm"), title: "Scales all gradients down to this length" }),
    nan: fields.choice({
      label: "Gradient not a number",
      name: "nan",
      options: [
        { value: "stop", text: "stop" },
        { value: "zero", text: "take 0" },
      ],
      change: change("nan"),
    }),
    "log-every": fields.stepper({ label: "Log every \u2026 epochs", name: "log-every", least: 1, next: call.nextOf125, change: change("log-every") }),
    "split-seed": fields.stepper({ label: "Seed of the split", name: "split-seed", least: 0, next: whole(1), change: change("split-seed") }),
    shuffle: fields.check({ label: "New order in each epoch", name: "shuffle", change: change("shuffle") }),
    "even-batches": fields.check({ label: "Batches of even size", name: "even-batches", change: change("even-batches") }),
    stratify: fields.check({ label: "Same share of each class in the test part", name: "stratify", change: change("stratify") }),
  };
  const root = (/** @type {string} */ key) => all[key].root;
  return {
    root: h(
      "section",
      { class: "group", "aria-labelledby": "training-title" },
      h("div", { class: "group-head" }, h("h2", { id: "training-title" }, "Training")),
      h("div", { class: "pair" }, root("optimizer"), root("learning-rate")),
      kind.values,
      h("div", { class: "pair" }, root("batch-size"), root("epochs")),
      h("div", { class: "pair" }, root("seed"), root("test-fraction")),
      h(
        "details",
        { class: "more" },
        h("summary", null, "More"),
        h(
          "div",
          { class: "stack" },
          h("div", { class: "pair" }, root("l2"), root("log-every")),
          h("div", { class: "pair" }, root("clip-value"), root("clip-norm")),
          h("div", { class: "pair" }, root("nan"), root("split-seed")),
          root("shuffle"),
          root("even-batches"),
          root("stratify"),
        ),
      ),
    ),
    /** @param {any} state */
    show(state) {
      for (const [key, control] of Object.entries(all)) control.show(state.settings[key]);
    },
  };
}

/**
 * Rows a batch, or all of them.
 *
 * @param {fields.Change} change
 * @returns {fields.Control}
 */
function batch(change) {
  let last = "32";
  const control = fields.stepper({
    label: "Batch size",
    name: "batch-size",
    least: 1,
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
      onclick: () => change(full.getAttribute("aria-pressed") === "true" ? last : "full", control),
    },
    "all",
  );
  control.root.querySelector(".stepper")?.append(full);
  return {
    ...control,
    root: control.root,
    show(value) {
      control.show(value);
      full.setAttribute("aria-pressed", String(value === "full"));
      if (value && value !== "full") last = value;
    },
  };
}

// @ts-check
/** The update of some parameters: the optimizer's step, and their numbers before and after. */
import { h } from "../h.js";
import { block, equation, result, table } from "./equations.js";
import { optimizerFormula, optimizerStep } from "./formulas.js";
import { math, sub, words } from "./math.js";
import { figure } from "./numbers.js";

/**
 * A parameter with what the update makes of it.
 *
 * @typedef {{name: string, before: number, gradient: number, step?: number, memory?: import("./trace.js").Memory, new: number}} Updated
 */

/**
 * @param {import("./trace.js").Given} given
 * @param {Updated[]} parameters the first is reckoned in full; at least one
 * @param {object} about
 * @param {string} about.first what the first one is called in a sentence
 * @param {boolean} about.limited whether they are weights that max-norm sees
 * @param {number} [about.rate] what the learning rate is multiplied by for them
 * @param {number} [about.decay] what L1, L2 and weight decay are multiplied by
 * @returns {HTMLElement[]}
 */
export function updateBlocks({ trace, settings, digits }, parameters, { first, limited, rate = 1, decay = 1 }) {
  const { name: optimizer, learningRate } = trace.optimizer;
  const eta = learningRate * rate;
  const formula = optimizerFormula(optimizer);
  const remembered = ["m", "v", "s"].filter((part) => part in (parameters[0].memory ?? {}));
  // There is no room for all.
  const changed = remembered.length === 0 && clippings(settings).length > 0;
  const show = { digits, changed, remembered, change: !changed && remembered.length === 0 };
  const own = rate === 1 ? "" : `: that of the training, ${figure(learningRate, 6)}, times ${figure(rate, 6)}, as this layer wants`;
  const decays = decay === 1 ? "" : ` L1, L2 and weight decay count ${figure(decay)} times here.`;
  return [
    block(
      `The update: ${formula?.title ?? optimizer}`,
      `${formula?.note ?? ""} Here g is this one example's gradient; in the run it is that of a whole batch. The learning rate η is ${figure(eta, 6)}${own}.${decays}`,
      alsoDone(settings, limited),
      ...(formula === null || decay !== 1
        ? []
        : [
            assignments(formula, parameters[0], eta, digits),
            h("p", { class: "trace-text" }, `With the numbers of ${first}.`),
          ]),
    ),
    block(
      "Before and after",
      "",
      table(
        "Parameters before and after",
        [
          "",
          math("w"),
          ...(changed ? ["Gradient"] : []),
          math("g"),
          ...remembered.map((part) => math(part)),
          ...(show.change ? ["Change"] : []),
          math(sub("w", words("new"))),
        ],
        parameters.map((parameter) => updateRow(parameter, show)),
      ),
    ),
  ];
}

/**
 * @param {import("./formulas.js").OptimizerFormula} formula
 * @param {Updated} first
 * @param {number} learningRate
 * @param {number} digits
 */
function assignments(formula, first, learningRate, digits) {
  const before = { ...first.memory, w: first.before, g: first.step ?? first.gradient, eta: learningRate };
  const steps = optimizerStep(formula, before, digits);
  return h(
    "div",
    { class: "eq-stack" },
    steps.map((step, i) =>
      equation(
        step.left,
        math(step.formula),
        math(step.numbers),
        result(i === steps.length - 1 ? first.new : step.value, digits),
      ),
    ),
  );
}

/**
 * @param {Updated} parameter
 * @param {{digits: number, changed: boolean, remembered: string[], change: boolean}} show whether the optimizer gets
 *     another gradient than the example's, and what it remembers
 */
function updateRow({ name, before, ...step }, { digits, changed, remembered, change }) {
  return [
    name,
    figure(before, digits),
    ...(changed ? [figure(step.gradient, digits)] : []),
    figure(step.step ?? step.gradient, digits),
    ...remembered.map((part) => figure(step.memory?.[part], digits)),
    ...(change ? [figure(step.new - before, digits)] : []),
    h("b", {}, figure(step.new, digits)),
  ];
}

/** @param {Record<string, string>} settings */
function clippings(settings) {
  const done = [];
  const on = (/** @type {string | undefined} */ value) => value !== undefined && value !== "" && value !== "none" && Number(value) !== 0;
  if (on(settings["clip-value"])) {
    done.push(`each gradient is held between −${settings["clip-value"]} and ${settings["clip-value"]}`);
  }
  if (on(settings["clip-norm"])) {
    done.push(`all gradients together are made no longer than ${settings["clip-norm"]}`);
  }
  if (on(settings.l1)) {
    done.push(`${settings.l1} with the sign of w is added to each gradient (L1)`);
  }
  if (on(settings.l2)) {
    done.push(`${settings.l2} · w is added to each gradient (L2)`);
  }
  return done;
}

/** @param {Record<string, string>} settings @param {boolean} limited whether max-norm sees these parameters */
function alsoDone(settings, limited) {
  const done = clippings(settings);
  const limit = limited ? settings["max-norm"] : "";
  const after = limit && limit !== "none" ? ` After it the weights into a unit are made no longer than ${limit}.` : "";
  const before = done.length === 0 ? "" : `Before that ${done.join("; ")}: g is what comes out.`;
  return before + after === "" ? null : h("p", { class: "trace-text" }, before + after);
}


// @ts-check
/** What a step of the trace shows: its formulas, and the same with the example's numbers. */
import { count, plural } from "../format.js";
import { h } from "../h.js";
import { word } from "../parts.js";
import { SCALED } from "../scores.js";
import { curve } from "./curve.js";
import { block, equation, plus, product, result, table } from "./equations.js";
import { activationFormula, lossFormula, optimizerFormula, optimizerStep, together } from "./formulas.js";
import { brackets, frac, math, partial, row, sub, sum, words } from "./math.js";
import { factor, figure, raw } from "./numbers.js";
import { biasOf, biasStep, inputName, isSoftmax, layerName, verdict } from "./trace.js";

/** Products written out in a formula; the table has the others. */
const WRITTEN = 6;

/**
 * @typedef {import("./trace.js").Trace} Trace
 * @typedef {import("./trace.js").Layer} Layer
 * @typedef {{trace: Trace, data: any, settings: Record<string, string>, digits: number}} Given
 */

const dLdz = () => partial("L", "z");
const dLda = () => partial("L", "a");

export class View {
  /** @param {(layer: number, unit: number) => void} picked */
  constructor(picked) {
    this.picked = picked;
    /** The layer whose update is shown. */
    this.updateLayer = 0;
    this.redraw = () => {};
  }

  /**
   * @param {import("./trace.js").Step} step
   * @param {Given} given
   * @returns {HTMLElement}
   */
  draw(step, given) {
    const { layers } = given.trace;
    this.updateLayer = Math.min(this.updateLayer, layers.length - 1);
    switch (step.kind) {
      case "input":
        return inputStep(given);
      case "forward":
        return this.#layered(given, step.layer ?? 0, "a", forwardStep(given, step.layer ?? 0));
      case "loss":
        return lossStep(given);
      case "back":
        return this.#layered(given, step.layer ?? 0, "dz", backStep(given, step.layer ?? 0));
      default:
        return this.#update(given, step);
    }
  }

  /** @param {Given} given @param {import("./trace.js").Step} step */
  #update(given, step) {
    const made = this.#layered(given, this.updateLayer, "dz", updateStep(given, this.updateLayer));
    const { layers } = given.trace;
    const choice = h(
      "div",
      { class: "segmented trace-layers", role: "group", "aria-label": "Layer" },
      layers.map((_, layer) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(layer === this.updateLayer),
            onclick: () => {
              this.updateLayer = layer;
              made.replaceWith(this.draw(step, given));
            },
          },
          layerName(layer, layers.length),
        ),
      ),
    );
    made.prepend(choice);
    return made;
  }

  /** A step of a layer: its units at the side. @param {Given} given @param {number} at @param {"a" | "dz"} value @param {HTMLElement[]} blocks */
  #layered(given, at, value, blocks) {
    return h(
      "div",
      { class: "trace-step has-units" },
      this.#units(given, at, value),
      h("div", { class: "trace-blocks" }, blocks),
    );
  }

  /** @param {Given} given @param {number} at @param {"a" | "dz"} value */
  #units({ trace, data, digits }, at, value) {
    const layer = trace.layers[at];
    const values = layer[value];
    const most = values.reduce((largest, v) => Math.max(largest, Math.abs(v)), 1e-30);
    const all = layer.shownUnits.length === layer.units;
    const output = at === trace.layers.length - 1;
    const heading = `${layerName(at, trace.layers.length)}: ${count(layer.units)} ${layer.units === 1 ? "unit" : "units"}`;
    const list = h(
      "ul",
      { class: "units-list", onkeydown: moveFocus },
      layer.shownUnits.map((unit, i) => {
        const name = output && data.classes?.length === layer.units ? data.classes[unit] : `Unit ${unit + 1}`;
        const bar = h("span", { class: values[i] < 0 ? "units-bar is-negative" : "units-bar" });
        bar.style.transform = `scaleX(${Math.abs(values[i]) / most})`;
        return h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "units-unit",
              "aria-pressed": String(unit === layer.unit.index),
              onclick: () => this.picked(at, unit),
            },
            h("span", { class: "units-name" }, name),
            h("span", { class: "units-value" }, figure(values[i], Math.min(digits, 4))),
            h("span", { class: "units-track", "aria-hidden": "true" }, bar),
          ),
        );
      }),
    );
    return h(
      "div",
      { class: "units" },
      h("h4", {}, heading),
      h("p", { class: "units-about" }, `${value === "a" ? "a" : "∂L/∂z"}${layer.units > 1 ? ", those that matter most first" : ""}`),
      list,
      all ? null : h("p", { class: "units-about" }, `${count(layer.units - layer.shownUnits.length)} more matter less.`),
    );
  }
}

/** Up and down move through a list of buttons. @param {KeyboardEvent} event */
function moveFocus(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") {
    return;
  }
  const item = /** @type {HTMLElement} */ (event.target).closest("li");
  const next = event.key === "ArrowDown" ? item?.nextElementSibling : item?.previousElementSibling;
  const button = /** @type {HTMLElement | null} */ (next?.firstElementChild ?? null);
  if (button !== null) {
    event.preventDefault();
    button.focus();
  }
}

/** @param {Given} given @param {number} layer */
function namer({ data }, layer) {
  return (/** @type {number} */ input) => inputName(layer, input, data.inputs, data.image ?? null);
}

// Input

/** @param {Given} given */
function inputStep(given) {
  const { trace, data, settings, digits } = given;
  const name = namer(given, 0);
  const inputs = trace.input.indices;
  const total = trace.layers[0].inputs;
  const rows = inputs.map((input, i) => [
    name(input),
    raw(trace.input.raw[i], digits),
    h("b", {}, figure(trace.input.scaled[i], digits)),
  ]);
  const few = inputs.length < total;
  return h(
    "div",
    { class: "trace-step" },
    h(
      "div",
      { class: "trace-blocks" },
      block(
        "What goes in",
        `Example ${count(trace.row + 1)} of the ${word(trace.part, data)} data ${isPlain(data) ? "has" : "makes"} ${plural(total, isPlain(data) ? "number" : "input")}. ${howEncoded(given)}${few ? ` Here are the ${count(inputs.length)} that matter most for its answer.` : ""}`,
        table("Inputs", [data.image ? "Pixel (row, column)" : "Input", "In the data", math("x")], rows),
      ),
      block(
        "What should come out",
        "",
        h("p", { class: "trace-text" }, "Its label is ", h("b", {}, data.classes === null ? figure(trace.label, digits) : String(trace.label)), ". The network does not see it: it only enters the loss."),
        howScaled(given),
      ),
    ),
  );
}

/** Whether each number of the data is an input, and nothing else is. @param {any} data */
function isPlain(data) {
  return Boolean(data.image) || data.inputs.join() === data.features.join();
}

/** What is done to a row before it goes in. @param {Given} given */
function howEncoded({ trace, data, settings }) {
  const scaling = settings.scale ?? "none";
  const missing = trace.columns.some(({ value }) => value === null);
  const numbers = isPlain(data) ? "They" : "Numbers";
  const done = [
    scaling === "none"
      ? `${numbers} go into the network as they are.`
      : `${numbers} are scaled first (${scaling}), as all examples are by the training data: x is what the network gets.`,
  ];
  if (trace.columns.some(({ value }) => typeof value === "string")) {
    done.push("A word is 1 at its own input and 0 at those of the others.");
  }
  if (missing) {
    done.push("For a number that is missing stands a usual one of the training data; a word that is missing is 0 everywhere.");
  }
  return done.join(" ");
}

/** How a number to predict is scaled, with the example's own. @param {Given} given */
function howScaled({ trace, digits }) {
  return (trace.loss.scaling ?? []).map(({ target, kind, shift, unit }, i) =>
    h(
      "p",
      { class: "trace-text" },
      `The network learns ${target} ${SCALED[kind]}: y = (`,
      figure(trace.loss.parts[i].real, digits),
      ` − ${figure(shift, digits)}) / ${figure(unit, digits)} = `,
      h("b", {}, figure(trace.loss.parts[i].y, digits)),
      ".",
    ),
  );
}

// Forward

/** @param {Given} given @param {number} at */
function forwardStep(given, at) {
  const { trace, digits } = given;
  const layer = trace.layers[at];
  const { unit } = layer;
  const formula = activationFormula(layer.activation);
  return [
    block(
      "The weighted sum",
      `Each of the ${count(layer.inputs)} inputs counts as much as its weight says; the bias is added.`,
      equation(
        "z",
        math(sumFormula(layer.inputs)),
        sumWith(given, at),
        result(unit.z, digits),
      ),
      unit.terms.length > 3 ? termsTable(given, at) : null,
    ),
    h(
      "div",
      { class: "trace-pair" },
      block(
        `The activation: ${formula.title}`,
        formula.note,
        equation(
          "a",
          math(formula.formula),
          formula.valueWith(unit.z, unit.a, digits),
          result(unit.a, digits),
        ),
      ),
      curve(formula, unit.z, false, `${formula.title}: z = ${figure(unit.z)} gives a = ${figure(unit.a)}.`) ??
        (isSoftmax(layer.activation) ? sharesOf(given, at) : h("span", {})),
    ),
  ];
}

/** @param {number} inputs */
function sumFormula(inputs) {
  if (inputs > 3) {
    return row(sum("i", sub("w", "i"), "⋅", sub("x", "i")), "+", "b");
  }
  const parts = [];
  for (let i = 1; i <= inputs; i++) {
    parts.push(sub("w", String(i)), "⋅", sub("x", String(i)), "+");
  }
  return row(...parts, "b");
}

/** @param {Given} given @param {number} at */
function sumWith(given, at) {
  const { unit, inputs } = given.trace.layers[at];
  const { digits } = given;
  const name = namer(given, at);
  const written = unit.terms.slice(0, WRITTEN);
  const ordered = inputs <= WRITTEN ? written.toSorted((one, other) => one.input - other.input) : written;
  const others = unit.terms.slice(WRITTEN).reduce((total, { product: p }) => total + p, unit.rest ?? 0);
  /** @type {(Node | string)[]} */
  const parts = ordered.map((term) =>
    product(term.w, term.x, digits, ["w", "x"], `weight of ${name(term.input)} · its value`),
  );
  if (inputs > written.length) {
    parts.push(h("span", { class: "eq-product", title: "the sum of the other products" }, `${factor(others, digits)} from ${count(inputs - written.length)} others`));
  }
  parts.push(h("span", { class: "num-b", title: "bias" }, factor(biasOf(unit), digits)));
  return plus(parts);
}

/** @param {Given} given @param {number} at */
function termsTable(given, at) {
  const { unit } = given.trace.layers[at];
  const name = namer(given, at);
  const most = unit.terms.reduce((largest, term) => Math.max(largest, Math.abs(term.product)), 1e-30);
  return details(
    `The ${unit.terms.length} largest products`,
    table(
      "Products, the largest first",
      [at === 0 ? "Input" : "From", math(sub("w", "i")), math(sub("x", "i")), math(row(sub("w", "i"), "⋅", sub("x", "i"))), ""],
      unit.terms.map((term) => [
        name(term.input),
        figure(term.w, given.digits),
        figure(term.x, given.digits),
        h("b", {}, figure(term.product, given.digits)),
        meter(term.product / most),
      ]),
    ),
  );
}

/** @param {string} title @param {Node} content */
function details(title, content) {
  return h("details", { class: "trace-details", open: true }, h("summary", {}, title), content);
}

/** A bar from the middle, left for negative. @param {number} share -1 to 1 */
function meter(share) {
  const bar = h("span", { class: share < 0 ? "meter-bar is-negative" : "meter-bar" });
  bar.style.transform = `scaleX(${Math.abs(share)})`;
  return h("span", { class: "meter", "aria-hidden": "true" }, bar);
}

/** The outputs that share 1. @param {Given} given @param {number} at */
function sharesOf({ trace, data, digits }, at) {
  const layer = trace.layers[at];
  return table(
    "All outputs",
    ["", math("z"), math("a")],
    layer.shownUnits.map((unit, i) => [
      data.classes?.[unit] ?? `unit ${unit + 1}`,
      figure(layer.z[i], digits),
      h("b", {}, figure(layer.a[i], digits)),
    ]),
  );
}

// Loss

/** @param {Given} given */
function lossStep({ trace, data, digits }) {
  const { scaling } = trace.loss;
  const last = trace.layers[trace.layers.length - 1];
  const formula = lossFormula(trace.loss.name, last.units);
  const { parts } = trace.loss;
  const name = (/** @type {number} */ output) =>
    data.classes?.length === last.units ? data.classes[output] : last.units === 1 ? "output" : `output ${output + 1}`;
  const only = parts.length === 1 ? parts[0] : null;
  const lines =
    formula === null
      ? [result(trace.loss.value, digits)]
      : [
          math(formula.formula),
          lossWith(trace.loss, formula, digits),
          result(trace.loss.value, digits),
        ];
  return h(
    "div",
    { class: "trace-step" },
    h(
      "div",
      { class: "trace-blocks" },
      block(
        `How wrong the answer is: ${formula?.title ?? trace.loss.name}`,
        `a is what the network gave, y what it should have given. The loss is one number, 0 at best; training makes it smaller.${
          scaling === undefined ? "" : ` Both are ${scaling.map(({ target, kind }) => `${target}, ${SCALED[kind]}`).join("; ")}, and so is the loss: it has no unit.`
        }`,
        equation("L", ...lines),
      ),
      block(
        "Which way is better",
        "The derivative says how the loss changes with each output: where it is negative, a larger output would be better.",
        formula === null ? null : equation(partial("L", only === null ? sub("a", "i") : "a"), math(formula.derivative)),
        table(
          "Outputs",
          ["", math("y"), math("a"), ...(scaling === undefined ? [] : ["Real", "Predicted"]), "Its loss", math(dLda())],
          parts.map((part) => [
            scaling === undefined ? name(part.output) : scaling[part.output].target,
            figure(part.y, digits),
            figure(part.a, digits),
            ...(scaling === undefined ? [] : [figure(part.real, digits), figure(part.said, digits)]),
            figure(part.value, digits),
            h("b", {}, figure(part.derivative, digits)),
          ]),
        ),
      ),
    ),
  );
}

/**
 * The loss with numbers in it: of one output its formula, of several their sum.
 *
 * @param {Trace["loss"]} loss
 * @param {import("./formulas.js").LossFormula} formula
 * @param {number} digits
 */
function lossWith({ parts }, formula, digits) {
  const counted = parts
    .map((part) => ({ ...part, own: formula.value(part.a, part.y) }))
    .filter(({ own }) => own !== 0)
    .toSorted((one, other) => other.own - one.own);
  const scale = formula.scale(parts.length);
  if (counted.length === 1 && scale === 1) {
    return formula.valueWith(counted[0].a, counted[0].y, digits);
  }
  const terms = counted.slice(0, WRITTEN).map(({ own }) => figure(own, digits));
  const others = counted.slice(WRITTEN);
  if (others.length > 0) {
    terms.push(`${figure(others.reduce((total, { own }) => total + own, 0), digits)} from ${others.length} others`);
  }
  const total = terms.join(" + ") || "0";
  return scale === 1 ? total : `1/${parts.length} · (${total})`;
}

// Back

/** @param {Given} given @param {number} at */
function backStep(given, at) {
  const { trace, digits } = given;
  const layer = trace.layers[at];
  const { unit } = layer;
  const output = at === trace.layers.length - 1;
  const fused = output && (trace.loss.fromSums ?? together(trace.loss.name, layer.activation));
  return [
    ...(fused ? [fusedBlock(given, at)] : [fromAbove(given, at), throughActivation(given, at)]),
    block(
      "To the weights",
      "A weight's gradient is the unit's ∂L/∂z times what came in over it. Beside it stands the finite difference: the weight is moved a little up and down, and the loss taken twice.",
      equation(partial("L", sub("w", "i")), math(row(dLdz(), "⋅", sub("x", "i")))),
      gradientTable(given, at),
      h(
        "p",
        { class: "trace-text" },
        `The engine reckons in single precision, the difference in double: 1e−7 to 1e−4 between them is rounding, more so the smaller the gradient. Here ${figure(unit.dz, digits)} goes back over each input's x.`,
      ),
    ),
  ];
}

/** Loss and output activation in one: dz = a - y. @param {Given} given @param {number} at */
function fusedBlock({ trace, digits }, at) {
  const layer = trace.layers[at];
  const { unit } = layer;
  const part = trace.loss.parts.find(({ output }) => output === unit.index);
  const softmax = isSoftmax(layer.activation);
  const y = part?.y ?? 0;
  const loss = lossFormula(trace.loss.name, layer.units);
  const scale = softmax ? 1 : (loss?.scale(layer.units) ?? 1);
  const share = scale === 1 ? [] : [frac("1", String(layer.units)), brackets("a", "−", "y")];
  return block(
    "Back through loss and activation at once",
    softmax
      ? "Softmax and cross entropy belong together: L = −ln a of the right class, and ln of a softmax is z minus the logarithm of the sum of exp(z). Its derivative by z is the softmax itself, less 1 for the right class: all that is left is a − y."
      : "Sigmoid and binary cross entropy belong together: the sigmoid's slope a (1 − a) cancels the loss's divisor a (1 − a). All that is left is a − y, however flat the sigmoid is.",
    equation(
      dLdz(),
      math(share.length > 0 ? row(...share) : row("a", "−", "y")),
      `${scale === 1 ? "" : `1/${layer.units} · (`}${figure(unit.a, digits)} − ${figure(y, digits)}${scale === 1 ? "" : ")"}`,
      result(unit.dz, digits),
    ),
    softmax
      ? null
      : details(
          "The same by the chain rule",
          equation(
            row(dLda(), "⋅", partial("a", "z")),
            `${factor(unit.da, digits)} · ${factor(unit.dadz, digits)}`,
            figure(unit.da * unit.dadz, digits),
          ),
        ),
  );
}

/** dL/da: of a hidden unit from the layer behind it, of an output from the loss. @param {Given} given @param {number} at */
function fromAbove(given, at) {
  const { trace, digits } = given;
  const { unit } = trace.layers[at];
  const next = trace.layers[at + 1];
  if (next === undefined) {
    return block(
      "From the loss",
      "The step before has it: how the loss changes with this output.",
      equation(dLda(), result(unit.da, digits)),
    );
  }
  const over = wayBack(trace, at);
  const dzk = () => partial("L", sub("z", "k"));
  return block(
    `Back from ${layerName(at + 1, trace.layers.length).toLowerCase()}`,
    next.units === 1
      ? "This unit's a goes into the one unit there. What that passes back counts as much as the weight w between the two."
      : `This unit's a goes into all ${count(next.units)} units there. What each of them passes back counts as much as the weight w between the two.`,
    equation(
      dLda(),
      math(next.units === 1 ? row("w", "⋅", partial("L", "z")) : sum("k", sub("w", "k"), "⋅", dzk())),
      ...(over === null ? [] : [sumBack(over, unit.backRest ?? 0, next.units, digits)]),
      result(unit.da, digits),
    ),
  );
}

/**
 * @param {{unit?: number, w: number, dz: number}[]} over the products, largest first
 * @param {number} rest the sum of those that are not among them
 * @param {number} units
 * @param {number} digits
 */
function sumBack(over, rest, units, digits) {
  const written = over.slice(0, WRITTEN);
  const others = over.slice(WRITTEN).reduce((total, { w, dz }) => total + w * dz, rest);
  /** @type {(Node | string)[]} */
  const parts = written.map(({ unit, w, dz }) =>
    product(w, dz, digits, ["w", "d"], unit === undefined ? undefined : `over unit ${unit + 1}`),
  );
  if (units > written.length) {
    parts.push(h("span", { class: "eq-product" }, `${factor(others, digits)} from ${count(units - written.length)} others`));
  }
  return plus(parts);
}

/**
 * The products that make a hidden unit's dL/da, where the trace has them all.
 *
 * @param {Trace} trace
 * @param {number} at
 * @returns {{unit?: number, w: number, dz: number}[] | null}
 */
function wayBack(trace, at) {
  const { unit } = trace.layers[at];
  const next = trace.layers[at + 1];
  if (unit.back !== undefined) {
    return unit.back;
  }
  if (next.units !== 1) {
    return null;
  }
  const term = next.unit.terms.find(({ input }) => input === unit.index);
  return term === undefined ? null : [{ w: term.w, dz: next.unit.dz }];
}

/** dL/dz = dL/da f'(z). @param {Given} given @param {number} at */
function throughActivation({ trace, digits }, at) {
  const layer = trace.layers[at];
  const { unit } = layer;
  const formula = activationFormula(layer.activation);
  if (isSoftmax(layer.activation)) {
    return block(
      "Back through the activation: Softmax",
      "Each output depends on the sums of all units, so all ∂L/∂a come in.",
      equation(
        partial("L", sub("z", "i")),
        math(row(sub("a", "i"), brackets(partial("L", sub("a", "i")), "−", sum("j", partial("L", sub("a", "j")), sub("a", "j"))))),
        ...softmaxBack(layer, digits),
        result(unit.dz, digits),
      ),
    );
  }
  return h(
    "div",
    { class: "trace-pair" },
    block(
      `Back through the activation: ${formula.title}`,
      unit.dadz === 0 && unit.da !== 0 ? "The curve is flat here: nothing goes back, and this example teaches this unit nothing." : "What the activation's slope lets through.",
      equation(
        partial("a", "z"),
        math(formula.derivative),
        formula.slopeWith(unit.z, unit.a, digits),
        figure(unit.dadz, digits),
      ),
      equation(
        dLdz(),
        math(row(dLda(), "⋅", partial("a", "z"))),
        product(unit.da, unit.dadz, digits, ["d", "d"]),
        result(unit.dz, digits),
      ),
    ),
    curve(formula, unit.z, true, `${formula.title} at z = ${figure(unit.z)}: its slope is ${figure(unit.dadz)}.`) ?? h("span", {}),
  );
}

/** A softmax's way back with numbers, where all units are there. @param {Layer} layer @param {number} digits */
function softmaxBack(layer, digits) {
  if (layer.shownUnits.length < layer.units) {
    return [];
  }
  const dot = layer.a.reduce((total, a, i) => total + a * layer.da[i], 0);
  const { a, da } = layer.unit;
  return [`${factor(a, digits)} · (${figure(da, digits)} − ${factor(dot, digits)})`];
}

/** @param {Given} given @param {number} at */
function gradientTable(given, at) {
  const { unit } = given.trace.layers[at];
  const { digits } = given;
  const name = namer(given, at);
  const rows = unit.weights.map((weight) => [
    `w of ${name(weight.input)}`,
    product(unit.dz, weight.x, digits, ["d", "x"]),
    ...checkCells(weight, digits),
  ]);
  const bias = biasStep(unit);
  if (bias !== null) {
    rows.push(["bias b", product(unit.dz, 1, digits, ["d", "x"]), ...checkCells(bias, digits)]);
  }
  return table(
    "Gradients beside their finite differences",
    ["", math(row(dLdz(), "⋅", sub("x", "i"))), "Gradient", "Finite difference", "Relative difference", ""],
    rows,
  );
}

/** @param {{gradient: number, difference: number, relative: number}} check @param {number} digits */
function checkCells(check, digits) {
  const { good, word } = verdict(check);
  return [
    h("b", {}, figure(check.gradient, digits)),
    figure(check.difference, digits),
    figure(check.relative, 2),
    h("span", { class: good ? "verdict is-good" : "verdict is-bad" }, `${good ? "✓" : "✕"} ${word}`),
  ];
}

// Update

/** @param {Given} given @param {number} at */
function updateStep(given, at) {
  const { trace, settings, digits } = given;
  const { unit } = trace.layers[at];
  const { name: optimizer, learningRate } = trace.optimizer;
  const formula = optimizerFormula(optimizer);
  const name = namer(given, at);
  const first = unit.weights[0];
  const remembered = ["m", "v", "s"].filter((part) => part in (first?.memory ?? {}));
  // There is no room for all.
  const changed = remembered.length === 0 && clippings(settings).length > 0;
  const show = { digits, changed, remembered, change: !changed && remembered.length === 0 };
  const rows = unit.weights.map((weight) => updateRow(`w of ${name(weight.input)}`, weight.w, weight, show));
  const bias = biasStep(unit);
  if (bias !== null) {
    rows.push(updateRow("bias b", bias.b, bias, show));
  }
  return [
    block(
      `The update: ${formula?.title ?? optimizer}`,
      `${formula?.note ?? ""} Here g is this one example's gradient; in the run it is that of a whole batch. The learning rate η is ${figure(learningRate, 6)}.`,
      alsoDone(settings),
      formula === null || first === undefined ? null : assignments(formula, first, learningRate, digits),
      first === undefined ? null : h("p", { class: "trace-text" }, `With the numbers of the weight of ${name(first.input)}.`),
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
        rows,
      ),
    ),
  ];
}

/**
 * @param {import("./formulas.js").OptimizerFormula} formula
 * @param {import("./trace.js").Weight} weight
 * @param {number} learningRate
 * @param {number} digits
 */
function assignments(formula, weight, learningRate, digits) {
  const before = { ...weight.memory, w: weight.w, g: weight.step ?? weight.gradient, eta: learningRate };
  const steps = optimizerStep(formula, before, digits);
  return h(
    "div",
    { class: "eq-stack" },
    steps.map((step, i) =>
      equation(
        step.left,
        math(step.formula),
        math(step.numbers),
        result(i === steps.length - 1 ? weight.new : step.value, digits),
      ),
    ),
  );
}

/**
 * @param {string} name
 * @param {number} before
 * @param {{gradient: number, step?: number, memory?: import("./trace.js").Memory, new: number}} step
 * @param {{digits: number, changed: boolean, remembered: string[], change: boolean}} show whether the optimizer gets
 *     another gradient than the example's, and what it remembers
 */
function updateRow(name, before, step, { digits, changed, remembered, change }) {
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

/** @param {Record<string, string>} settings */
function alsoDone(settings) {
  const done = clippings(settings);
  const limit = settings["max-norm"];
  const after = limit && limit !== "none" ? ` After it the weights into a unit are made no longer than ${limit}.` : "";
  const before = done.length === 0 ? "" : `Before that ${done.join("; ")}: g is what comes out.`;
  return before + after === "" ? null : h("p", { class: "trace-text" }, before + after);
}


// @ts-check
/** What a step of the trace shows: its formulas, and the same with the example's numbers. */
import { count, plural } from "../format.js";
import { h } from "../h.js";
import { word } from "../parts.js";
import { SCALED } from "../scores.js";
import { WRITTEN, checkCells, fromAbove } from "./back.js";
import { curve } from "./curve.js";
import { block, equation, plus, product, result, table } from "./equations.js";
import { activationFormula, lossFormula, together } from "./formulas.js";
import { brackets, frac, math, partial, row, sub, sum } from "./math.js";
import { factor, figure, raw } from "./numbers.js";
import { otherBack, otherForward, otherUpdate } from "./other.js";
import { biasOf, biasStep, inputName, isDense, isSoftmax, kindsOf, layerName } from "./trace.js";
import { updateBlocks } from "./update.js";

/**
 * @typedef {import("./trace.js").Trace} Trace
 * @typedef {import("./trace.js").Layer} Layer
 * @typedef {import("./trace.js").Given} Given
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
    this.updateLayer = Math.min(this.updateLayer, given.trace.layers.length - 1);
    switch (step.kind) {
      case "input":
        return inputStep(given);
      case "forward":
        return this.#layered(given, step.layer ?? 0, false, forwardStep(given, step.layer ?? 0));
      case "loss":
        return lossStep(given);
      case "back":
        return this.#layered(given, step.layer ?? 0, true, backStep(given, step.layer ?? 0));
      default:
        return this.#update(given, step);
    }
  }

  /** @param {Given} given @param {import("./trace.js").Step} step */
  #update(given, step) {
    const made = this.#layered(given, this.updateLayer, true, updateStep(given, this.updateLayer));
    const kinds = kindsOf(given.trace);
    const choice = h(
      "div",
      { class: "segmented trace-layers", role: "group", "aria-label": "Layer" },
      kinds.map((_, layer) =>
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
          layerName(layer, kinds),
        ),
      ),
    );
    made.prepend(choice);
    return made;
  }

  /** A step of a layer: its units at the side. @param {Given} given @param {number} at @param {boolean} back @param {HTMLElement[]} blocks */
  #layered(given, at, back, blocks) {
    return h(
      "div",
      { class: "trace-step has-units" },
      this.#units(given, at, back),
      h("div", { class: "trace-blocks" }, blocks),
    );
  }

  /** @param {Given} given @param {number} at @param {boolean} back */
  #units(given, at, back) {
    const { trace, data, digits } = given;
    const layer = trace.layers[at];
    const { symbol, values } = back ? gradientsOf(layer) : { symbol: isDense(layer) ? "a" : "y", values: layer.a };
    // A unit that takes a single input has its name, where that is one of the data.
    const unitName = namer(given, isDense(layer) || layer.inputs !== layer.units ? 1 : at);
    const most = values.reduce((largest, v) => Math.max(largest, Math.abs(v)), 1e-30);
    const all = layer.shownUnits.length === layer.units;
    const output = at === trace.layers.length - 1;
    const heading = `${layerName(at, kindsOf(trace))}: ${count(layer.units)} ${layer.units === 1 ? "unit" : "units"}`;
    const list = h(
      "ul",
      { class: "units-list", onkeydown: moveFocus },
      layer.shownUnits.map((unit, i) => {
        const name = output && data.classes?.length === layer.units ? data.classes[unit] : capital(unitName(unit));
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
      h("p", { class: "units-about" }, `${symbol}${layer.units > 1 ? ", those that matter most first" : ""}`),
      list,
      all ? null : h("p", { class: "units-about" }, `${count(layer.units - layer.shownUnits.length)} more matter less.`),
    );
  }
}

/** What goes back from a layer's units. @param {Layer} layer */
function gradientsOf(layer) {
  if (isDense(layer)) {
    return { symbol: "∂L/∂z", values: layer.dz };
  }
  return layer.dx === undefined ? { symbol: "∂L/∂y", values: layer.da } : { symbol: "∂L/∂x", values: layer.dx };
}

/** A unit's name as a line begins with it; a name from the data stays as it is. @param {string} name */
const capital = (name) => name.replace(/^unit /, "Unit ");

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
  if (!isDense(given.trace.layers[at])) {
    return otherForward(given, at);
  }
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
  if (!isDense(given.trace.layers[at])) {
    return otherBack(given, at);
  }
  const { trace, digits } = given;
  const layer = trace.layers[at];
  const { unit } = layer;
  const output = at === trace.layers.length - 1;
  const fused = output && (trace.loss.fromSums ?? together(trace.loss.name, layer.activation));
  return [
    ...(fused ? [fusedBlock(given, at)] : [fromAbove(given, at, "a", unit.da), throughActivation(given, at)]),
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

// Update

/** @param {Given} given @param {number} at */
function updateStep(given, at) {
  if (!isDense(given.trace.layers[at])) {
    return otherUpdate(given, at);
  }
  const { unit } = given.trace.layers[at];
  const name = namer(given, at);
  const parameters = unit.weights.map((weight) => ({
    ...weight,
    name: `w of ${name(weight.input)}`,
    before: weight.w,
  }));
  const bias = biasStep(unit);
  return updateBlocks(given, bias === null ? parameters : [...parameters, { ...bias, name: "bias b", before: bias.b }], {
    first: `the weight of ${name(unit.weights[0].input)}`,
    limited: true,
  });
}

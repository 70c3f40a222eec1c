// @ts-check
/**
 * The formulas of a training: activations with their derivatives, losses, optimizers; as MathML, and
 * as arithmetic for curves and tests. A function and its derivative stand side by side, as in the
 * engine, whose formulas these are.
 */
import { brackets, call, cases, element, frac, partial, row, size, sqrt, sub, sum, sup, symbol, words } from "./math.js";
import { factor, figure } from "./numbers.js";

/** @typedef {import("./math.js").Part} Part */

/**
 * A setting such as `leaky_relu(0.05)`.
 *
 * @param {string} text
 * @returns {{name: string, given: string[]}}
 */
export function parseCall(text) {
  const match = /^([a-z_0-9]+)(?:\((.*)\))?$/.exec(text.trim());
  if (match === null) {
    return { name: text, given: [] };
  }
  const given = (match[2] ?? "").split(",").map((part) => part.trim());
  return { name: match[1], given: given.filter((part) => part !== "") };
}

/** @param {string[]} given @param {number} at @param {number} otherwise */
function number(given, at, otherwise) {
  return given[at] === undefined ? otherwise : Number(given[at]);
}

// Activations

/**
 * @typedef {object} ActivationFormula
 * @property {string} name
 * @property {string} title
 * @property {((z: number) => number) | null} value null if a unit's value needs the other units
 * @property {((z: number) => number) | null} slope
 * @property {Part} formula of f(z)
 * @property {Part} derivative of f'(z)
 * @property {(z: number, a: number, digits: number) => string} valueWith f(z) with numbers in it
 * @property {(z: number, a: number, digits: number) => string} slopeWith
 * @property {string} note one sentence for a learner
 */

const z = "z";
const a = "a";
const fz = () => brackets(z);
const above = () => row(words("if\u00a0"), z, ">", "0");
const below = () => row(words("if\u00a0"), z, "≤", "0");
const eToMinusZ = () => sup("e", row("−", z));

/** @param {number} x */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** @type {Record<string, (given: string[]) => Omit<ActivationFormula, "name">>} */
const ACTIVATIONS = {
  identity: () => ({
    title: "Identity",
    value: (x) => x,
    slope: () => 1,
    formula: z,
    derivative: "1",
    valueWith: (x, _, n) => figure(x, n),
    slopeWith: () => "1",
    note: "The sum goes through as it is.",
  }),
  relu: () => ({
    title: "ReLU",
    value: (x) => (x > 0 ? x : 0),
    slope: (x) => (x > 0 ? 1 : 0),
    formula: call("max", "0", ",", z),
    derivative: cases(["1", above()], ["0", below()]),
    valueWith: (x, _, n) => `max(0, ${figure(x, n)})`,
    slopeWith: (x, _, n) => (x > 0 ? `1, as ${figure(x, n)} > 0` : `0, as ${figure(x, n)} ≤ 0`),
    note: "At or below 0 the slope is 0: for this example the unit passes nothing back.",
  }),
  leaky_relu: (given) => leaky(number(given, 0, 0.01)),
  sigmoid: () => ({
    title: "Sigmoid",
    value: sigmoid,
    slope: (x) => sigmoid(x) * (1 - sigmoid(x)),
    formula: frac("1", row("1", "+", eToMinusZ())),
    derivative: row(a, "⋅", brackets("1", "−", a)),
    valueWith: (x, _, n) => `1 / (1 + exp(${figure(-x, n)}))`,
    slopeWith: (_, y, n) => `${figure(y, n)} · (1 − ${figure(y, n)})`,
    note: "Far from 0 the curve is flat and its slope almost 0: little goes back through it.",
  }),
  tanh: () => ({
    title: "Hyperbolic tangent",
    value: Math.tanh,
    slope: (x) => 1 - Math.tanh(x) ** 2,
    formula: call("tanh", z),
    derivative: row("1", "−", sup(a, "2")),
    valueWith: (x, _, n) => `tanh(${figure(x, n)})`,
    slopeWith: (_, y, n) => `1 − ${factor(y, n)}²`,
    note: "Far from 0 the curve is flat and its slope almost 0: little goes back through it.",
  }),
  softmax: () => ({
    title: "Softmax",
    value: null,
    slope: null,
    formula: frac(sup("e", sub(z, "i")), sum("j", sup("e", sub(z, "j")))),
    derivative: row(sub(a, "i"), "⋅", brackets(sub("δ", row("i", "j")), "−", sub(a, "j"))),
    valueWith: (x, _, n) => `exp(${figure(x, n)}) / sum of exp(z) over all units`,
    slopeWith: (_, y, n) => `${figure(y, n)} · (1 − ${figure(y, n)}) by its own z`,
    note: "The units share 1 among them: each output depends on the sums of all.",
  }),
  elu: (given) => elu(number(given, 0, 1)),
  selu: () => ({
    title: "SELU",
    value: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
    slope: (x) => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
    formula: row("1.0507", "⋅", cases([z, above()], [row("1.6733", brackets(sup("e", z), "−", "1")), below()])),
    derivative: row("1.0507", "⋅", cases(["1", above()], [row("1.6733", sup("e", z)), below()])),
    valueWith: (x, _, n) =>
      x > 0 ? `1.0507 · ${figure(x, n)}` : `1.0507 · 1.6733 · (exp(${figure(x, n)}) − 1)`,
    slopeWith: (x, _, n) => (x > 0 ? "1.0507" : `1.0507 · 1.6733 · exp(${figure(x, n)})`),
    note: "Its two constants keep mean 0 and variance 1 from layer to layer.",
  }),
  gelu: () => ({
    title: "GELU",
    value: (x) => x * normal(x),
    slope: (x) => normal(x) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI),
    formula: row(z, "⋅", symbol("Φ"), fz()),
    derivative: row(symbol("Φ"), fz(), "+", z, "⋅", symbol("φ"), fz()),
    valueWith: (x, _, n) => `${figure(x, n)} · Φ(${figure(x, n)})`,
    slopeWith: (x, _, n) => `Φ(${figure(x, n)}) + ${factor(x, n)} · φ(${figure(x, n)})`,
    note: "Φ is the normal distribution function, φ its density.",
  }),
  silu: () => ({
    title: "SiLU",
    value: (x) => x * sigmoid(x),
    slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
    formula: row(z, "⋅", symbol("σ"), fz()),
    derivative: row(symbol("σ"), fz(), "⋅", brackets("1", "+", z, "⋅", brackets("1", "−", symbol("σ"), fz()))),
    valueWith: (x, _, n) => `${figure(x, n)} · ${figure(sigmoid(x), n)}`,
    slopeWith: (x, _, n) => {
      const s = figure(sigmoid(x), n);
      return `${s} · (1 + ${factor(x, n)} · (1 − ${s}))`;
    },
    note: "σ is the sigmoid, 1 / (1 + exp(−z)).",
  }),
  softplus: () => ({
    title: "Softplus",
    value: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
    slope: sigmoid,
    formula: call("ln", "1", "+", sup("e", z)),
    derivative: frac("1", row("1", "+", eToMinusZ())),
    valueWith: (x, _, n) => `ln(1 + exp(${figure(x, n)}))`,
    slopeWith: (x, _, n) => `1 / (1 + exp(${figure(-x, n)}))`,
    note: "A smooth ReLU; its slope is the sigmoid.",
  }),
};

/** @param {number} slope @returns {Omit<ActivationFormula, "name">} */
function leaky(slope) {
  const s = figure(slope);
  return {
    title: "Leaky ReLU",
    value: (x) => (x > 0 ? x : slope * x),
    slope: (x) => (x > 0 ? 1 : slope),
    formula: cases([z, above()], [row(s, "⋅", z), below()]),
    derivative: cases(["1", above()], [s, below()]),
    valueWith: (x, _, n) => (x > 0 ? `z, as ${figure(x, n)} > 0` : `${s} · ${factor(x, n)}`),
    slopeWith: (x, _, n) => (x > 0 ? `1, as ${figure(x, n)} > 0` : `${s}, as ${figure(x, n)} ≤ 0`),
    note: `At or below 0 a slope of ${s} is left, so that the unit can still learn.`,
  };
}

/** @param {number} alpha @returns {Omit<ActivationFormula, "name">} */
function elu(alpha) {
  const s = figure(alpha);
  const times = alpha === 1 ? "" : `${s} · `;
  const part = (/** @type {Part} */ x) => (alpha === 1 ? x : row(s, "⋅", x));
  return {
    title: "ELU",
    value: (x) => (x > 0 ? x : alpha * Math.expm1(x)),
    slope: (x) => (x > 0 ? 1 : alpha * Math.exp(x)),
    formula: cases([z, above()], [part(brackets(sup("e", z), "−", "1")), below()]),
    derivative: cases(["1", above()], [part(sup("e", z)), below()]),
    valueWith: (x, _, n) => (x > 0 ? `z, as ${figure(x, n)} > 0` : `${times}(exp(${figure(x, n)}) − 1)`),
    slopeWith: (x, _, n) => (x > 0 ? `1, as ${figure(x, n)} > 0` : `${times}exp(${figure(x, n)})`),
    note: `Far below 0 it levels off at −${s}.`,
  };
}

/** The normal distribution function, by Abramowitz and Stegun 7.1.26: good to 1e-7, for curves. */
function normal(/** @type {number} */ x) {
  const t = 1 / (1 + 0.3275911 * (Math.abs(x) / Math.SQRT2));
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * poly * Math.exp((-x * x) / 2);
  return x > 0 ? 1 - tail : tail;
}

/**
 * The formula of an activation; of one that is not known only its name.
 *
 * @param {string} text
 * @returns {ActivationFormula}
 */
export function activationFormula(text) {
  const { name, given } = parseCall(text);
  const make = ACTIVATIONS[name];
  return make === undefined ? unknown(text) : { name, ...make(given) };
}

/** @param {string} text @returns {ActivationFormula} */
function unknown(text) {
  return {
    name: text,
    title: text,
    value: null,
    slope: null,
    formula: call("f", z),
    derivative: row(sup("f", "′"), fz()),
    valueWith: (x, _, n) => `f(${figure(x, n)})`,
    slopeWith: (x, _, n) => `f′(${figure(x, n)})`,
    note: "",
  };
}

/** The names with a formula here, for tests. */
export const activationNames = () => Object.keys(ACTIVATIONS);

// Layers that are not dense

/**
 * A layer that makes y of each x by some numbers of the unit: the slope of y by x holds for a single
 * example.
 *
 * @typedef {object} LayerFormula
 * @property {string} name
 * @property {string} title
 * @property {string} note
 * @property {string} back what is to be known on the way back
 * @property {Record<string, Part>} symbols of its arrays, by their names
 * @property {Part} formula of y
 * @property {Part} derivative of y by x
 * @property {(x: number, n: Record<string, number>) => number} value n: the unit's numbers by their arrays' names
 * @property {(n: Record<string, number>) => number} slope
 * @property {(x: number, n: Record<string, number>, digits: number) => string} valueWith
 * @property {(n: Record<string, number>, digits: number) => string} slopeWith
 * @property {Record<string, {formula: Part, value: (x: number, n: Record<string, number>) => number}>} factors of y by
 *     each number that is learnt
 */

/** @type {Record<string, (given: string[]) => Omit<LayerFormula, "name">>} */
const LAYERS = {
  batch_norm: (given) => batchNorm(number(given, 1, 1e-5)),
  keras_batch_norm: (given) => batchNorm(number(given, 1, 1e-3)),
  scale: () => ({
    title: "Scale",
    note: "Each number that comes in is multiplied by one that is learnt.",
    back: "",
    symbols: { weight: "w" },
    formula: row("w", "⋅", "x"),
    derivative: "w",
    value: (x, { weight }) => weight * x,
    slope: ({ weight }) => weight,
    valueWith: (x, { weight }, n) => `${factor(weight, n)} · ${factor(x, n)}`,
    slopeWith: ({ weight }, n) => factor(weight, n),
    factors: { weight: { formula: "x", value: (x) => x } },
  }),
};

/** @param {number} epsilon @returns {Omit<LayerFormula, "name">} */
function batchNorm(epsilon) {
  const root = () => sqrt(sup("σ", "2"), "+", tiny(epsilon));
  const rootWith = (/** @type {number} */ variance, /** @type {number} */ n) =>
    `√(${figure(variance, n)} + ${figure(epsilon)})`;
  const normal = () => frac(row("x", "−", "μ"), root());
  const rootOf = (/** @type {Record<string, number>} */ n) => Math.sqrt(n.running_var + epsilon);
  return {
    title: "Batch normalisation",
    note: "While the network learns, mean μ and variance σ² are those of the batch. A single example goes through with the running ones, as when the network predicts. Weight w and bias b are learnt.",
    back: "Here μ and σ² are fixed. In a batch they depend on x too: there the gradient has two terms more.",
    symbols: { weight: "w", bias: "b", running_mean: "μ", running_var: sup("σ", "2") },
    formula: row("w", "⋅", normal(), "+", "b"),
    derivative: frac("w", root()),
    value: (x, n) => (n.weight * (x - n.running_mean)) / rootOf(n) + n.bias,
    slope: (n) => n.weight / rootOf(n),
    valueWith: (x, n, digits) =>
      `${factor(n.weight, digits)} · (${figure(x, digits)} − ${factor(n.running_mean, digits)}) / ${rootWith(n.running_var, digits)} + ${factor(n.bias, digits)}`,
    slopeWith: (n, digits) => `${factor(n.weight, digits)} / ${rootWith(n.running_var, digits)}`,
    factors: {
      weight: { formula: normal(), value: (x, n) => (x - n.running_mean) / rootOf(n) },
      bias: { formula: "1", value: () => 1 },
    },
  };
}

/**
 * The formula of a layer that is not dense.
 *
 * @param {string} text
 * @returns {LayerFormula | null} null if it is not known
 */
export function layerFormula(text) {
  const { name, given } = parseCall(text);
  const make = LAYERS[name];
  return make === undefined ? null : { name, ...make(given) };
}

/** The names with a formula here, for tests. */
export const layerNames = () => Object.keys(LAYERS);

// Losses

/**
 * @typedef {object} LossFormula
 * @property {string} name
 * @property {string} title
 * @property {Part} formula of L, over the outputs i
 * @property {Part} derivative of L by one output's a
 * @property {(a: number, y: number) => number} value of one output, before the scale
 * @property {(a: number, y: number) => number} slope of that
 * @property {(outputs: number) => number} scale what a row's sum is multiplied by
 * @property {(a: number, y: number, digits: number) => string} valueWith
 * @property {(a: number, y: number, digits: number) => string} slopeWith
 */

/**
 * What an output is called: a and y, of several a with its index. Each call makes them again, since a
 * node stands in one formula only.
 *
 * @typedef {{a: () => Part, y: () => Part}} Names
 */

/** @param {Names} names */
const miss = ({ a, y }) => brackets(a(), "−", y());
/** @param {Names} names */
const missSize = ({ a, y }) => size(a(), "−", y());

/** @type {Record<string, (given: string[]) => {title: string, averaged: boolean, inner: (n: Names) => Part, derivative: (n: Names) => Part, value: (a: number, y: number) => number, slope: (a: number, y: number) => number, valueWith: (a: number, y: number, n: number) => string, slopeWith: (a: number, y: number, n: number) => string}>} */
const LOSSES = {
  bce: (given) => ({
    title: "Binary cross entropy",
    averaged: given[0] !== "sum",
    inner: ({ a, y }) =>
      row("−", brackets(y(), "ln", a(), "+", brackets("1", "−", y()), "ln", brackets("1", "−", a()))),
    derivative: ({ a, y }) => frac(row(a(), "−", y()), row(a(), brackets("1", "−", a()))),
    value: (p, y) => -(y * Math.max(Math.log(p), -100) + (1 - y) * Math.max(Math.log1p(-p), -100)),
    slope: (p, y) => (p - y) / Math.max(p * (1 - p), 1e-12),
    valueWith: (p, y, n) =>
      y === 1
        ? `−ln ${figure(p, n)}`
        : y === 0
          ? `−ln(1 − ${figure(p, n)})`
          : `−(${figure(y, n)} · ln ${figure(p, n)} + ${figure(1 - y, n)} · ln(1 − ${figure(p, n)}))`,
    slopeWith: (p, y, n) => `(${figure(p, n)} − ${figure(y, n)}) / (${figure(p, n)} · (1 − ${figure(p, n)}))`,
  }),
  cross_entropy: () => ({
    title: "Cross entropy",
    averaged: false,
    inner: ({ a, y }) => row("−", y(), "ln", a()),
    derivative: ({ a, y }) => row("−", frac(y(), a())),
    value: (p, y) => (y === 0 ? 0 : -y * Math.log(p)),
    slope: (p, y) => (y === 0 ? 0 : -y / p),
    valueWith: (p, y, n) => (y === 0 ? "0, as y = 0" : y === 1 ? `−ln ${figure(p, n)}` : `−${figure(y, n)} · ln ${figure(p, n)}`),
    slopeWith: (p, y, n) => (y === 0 ? "0, as y = 0" : `−${figure(y, n)} / ${figure(p, n)}`),
  }),
  mse: (given) => squares("Mean squared error", given[0] !== "sum"),
  squared_error: () => squares("Squared error", false),
  mae: (given) => ({
    title: "Mean absolute error",
    averaged: given[0] !== "sum",
    inner: missSize,
    derivative: (names) => row("sign", miss(names)),
    value: (p, y) => Math.abs(p - y),
    slope: (p, y) => Math.sign(p - y),
    valueWith: (p, y, n) => `|${figure(p, n)} − ${factor(y, n)}|`,
    slopeWith: (p, y, n) => `sign(${figure(p, n)} − ${factor(y, n)})`,
  }),
  huber: (given) => huber(number(given, 0, 1)),
};

/** @param {string} title @param {boolean} averaged */
function squares(title, averaged) {
  return {
    title,
    averaged,
    inner: (/** @type {Names} */ names) => sup(miss(names), "2"),
    derivative: (/** @type {Names} */ names) => row("2", miss(names)),
    value: (/** @type {number} */ p, /** @type {number} */ y) => (p - y) ** 2,
    slope: (/** @type {number} */ p, /** @type {number} */ y) => 2 * (p - y),
    valueWith: (/** @type {number} */ p, /** @type {number} */ y, /** @type {number} */ n) =>
      `(${figure(p, n)} − ${factor(y, n)})²`,
    slopeWith: (/** @type {number} */ p, /** @type {number} */ y, /** @type {number} */ n) =>
      `2 · (${figure(p, n)} − ${factor(y, n)})`,
  };
}

/** @param {number} delta */
function huber(delta) {
  const d = figure(delta);
  const near = (/** @type {Names} */ names) => row(words("if\u00a0"), missSize(names), "≤", d);
  const far = () => words("beyond");
  const times = (/** @type {Part} */ x) => (delta === 1 ? x : row(d, x));
  return {
    title: "Huber loss",
    averaged: true,
    inner: (/** @type {Names} */ names) =>
      cases(
        [row(frac("1", "2"), sup(miss(names), "2")), near(names)],
        [times(brackets(missSize(names), "−", figure(delta / 2))), far()],
      ),
    derivative: (/** @type {Names} */ names) =>
      cases([row(names.a(), "−", names.y()), near(names)], [row("±", d), far()]),
    value: (/** @type {number} */ p, /** @type {number} */ y) => {
      const off = Math.abs(p - y);
      return off <= delta ? 0.5 * off * off : delta * (off - 0.5 * delta);
    },
    slope: (/** @type {number} */ p, /** @type {number} */ y) => Math.min(Math.max(p - y, -delta), delta),
    valueWith: (/** @type {number} */ p, /** @type {number} */ y, /** @type {number} */ n) =>
      Math.abs(p - y) <= delta
        ? `½ · (${figure(p, n)} − ${factor(y, n)})²`
        : `${d} · (|${figure(p, n)} − ${factor(y, n)}| − ${figure(delta / 2)})`,
    slopeWith: (/** @type {number} */ p, /** @type {number} */ y, /** @type {number} */ n) =>
      Math.abs(p - y) <= delta ? `${figure(p, n)} − ${factor(y, n)}` : figure(p > y ? delta : -delta),
  };
}

/**
 * The formula of a loss, for one row.
 *
 * @param {string} text
 * @param {number} outputs
 * @returns {LossFormula | null} null if it is not known
 */
export function lossFormula(text, outputs) {
  const { name, given } = parseCall(text);
  const make = LOSSES[name];
  if (make === undefined) {
    return null;
  }
  const { averaged, inner, derivative, ...rest } = make(given);
  const one = outputs === 1;
  const names = one ? { a: () => "a", y: () => "y" } : { a: () => sub("a", "i"), y: () => sub("y", "i") };
  const share = () => (averaged && !one ? [frac("1", String(outputs))] : []);
  return {
    name,
    ...rest,
    formula: one ? inner(names) : row(...share(), sum("i", inner(names))),
    derivative: one || !averaged ? derivative(names) : row(...share(), "⋅", derivative(names)),
    scale: (count) => (averaged ? 1 / count : 1),
  };
}

/** The names with a formula here, for tests. */
export const lossNames = () => Object.keys(LOSSES);

/**
 * Whether loss and output activation are taken together, so that dL/dz = a − y without a division.
 *
 * @param {string} loss
 * @param {string} activation of the output layer
 */
export function together(loss, activation) {
  const pair = `${parseCall(loss).name} ${parseCall(activation).name}`;
  return pair === "cross_entropy softmax" || pair === "bce sigmoid";
}

// Optimizers

/**
 * What is in the formulas of an optimizer, as names or as numbers: the weight w, its gradient g, the
 * learning rate, the steps t with this one, and what the optimizer remembers of the weight.
 *
 * @template T
 * @typedef {Record<"w" | "g" | "eta" | "t" | "m" | "v" | "s" | "mHat" | "vHat", T>} InStep
 */

/**
 * @typedef {object} Assignment
 * @property {string} name of what it changes: one of those in {@link InStep}, or wNew
 * @property {Part} left
 * @property {(part: InStep<Part>) => Part} right
 * @property {(x: InStep<number>) => number} value the same in numbers
 */

/**
 * @typedef {object} OptimizerFormula
 * @property {string} name
 * @property {string} title
 * @property {Assignment[]} lines
 * @property {string} note
 */

const hat = (/** @type {string} */ name) => element("mover", name, "^");

/** The names that formulas have, for those who show them without numbers. @type {InStep<Part>} */
export const STEP_NAMES = {
  w: "w",
  g: "g",
  eta: symbol("η"),
  t: "t",
  m: "m",
  v: "v",
  s: "s",
  mHat: hat("m"),
  vHat: hat("v"),
};

/**
 * @param {string} name
 * @param {Assignment["right"]} right
 * @param {Assignment["value"]} value
 * @returns {Assignment}
 */
function assign(name, right, value) {
  const left = name === "wNew" ? sub("w", words("new")) : STEP_NAMES[/** @type {keyof InStep<Part>} */ (name)];
  return { name, left, right, value };
}

/** @type {Record<string, (given: string[]) => Omit<OptimizerFormula, "name">>} */
const OPTIMIZERS = {
  sgd: () => ({
    title: "Gradient descent",
    lines: [
      assign(
        "wNew",
        (n) => row(n.w, "−", n.eta, "⋅", n.g),
        (x) => x.w - x.eta * x.g,
      ),
    ],
    note: "One step against the gradient, as long as the learning rate η times the gradient.",
  }),
  momentum: (given) => momentum(number(given, 0, 0.9), false),
  nesterov: (given) => momentum(number(given, 0, 0.9), true),
  adam: (given) => adam(number(given, 0, 0.9), number(given, 1, 0.999), number(given, 2, 1e-8), 0),
  adamw: (given) =>
    adam(number(given, 1, 0.9), number(given, 2, 0.999), number(given, 3, 1e-8), number(given, 0, 0.01)),
  rmsprop: (given) => {
    const alpha = number(given, 0, 0.99);
    const epsilon = number(given, 1, 1e-8);
    return {
      title: "RMSprop",
      lines: [
        mean("v", alpha, true),
        assign(
          "wNew",
          (n) => row(n.w, "−", n.eta, "⋅", frac(n.g, row(sqrt(n.v), "+", tiny(epsilon)))),
          (x) => x.w - (x.eta * x.g) / (Math.sqrt(x.v) + epsilon),
        ),
      ],
      note: "The gradient over its root mean square v so far: all parameters step about equally far.",
    };
  },
  adagrad: (given) => {
    const epsilon = number(given, 0, 1e-10);
    return {
      title: "Adagrad",
      lines: [
        assign(
          "s",
          (n) => row(n.s, "+", sup(n.g, "2")),
          (x) => x.s + x.g * x.g,
        ),
        assign(
          "wNew",
          (n) => row(n.w, "−", n.eta, "⋅", frac(n.g, row(sqrt(n.s), "+", tiny(epsilon)))),
          (x) => x.w - (x.eta * x.g) / (Math.sqrt(x.s) + epsilon),
        ),
      ],
      note: "s holds all squares so far: a parameter that has changed a lot changes less and less.",
    };
  },
};

/** @param {number} epsilon a power of ten is shown as one */
function tiny(epsilon) {
  const exponent = Math.round(Math.log10(epsilon));
  return Math.abs(epsilon / 10 ** exponent - 1) < 1e-9 ? sup("10", figure(exponent)) : figure(epsilon);
}

/**
 * The running mean of the gradients, or of their squares.
 *
 * @param {"m" | "v"} name
 * @param {number} keep the share of the old one
 * @param {boolean} squared
 */
function mean(name, keep, squared) {
  return assign(
    name,
    (n) => row(figure(keep), "⋅", n[name], "+", figure(1 - keep), "⋅", squared ? sup(n.g, "2") : n.g),
    (x) => keep * x[name] + (1 - keep) * (squared ? x.g * x.g : x.g),
  );
}

/** @param {number} share @param {boolean} nesterov @returns {Omit<OptimizerFormula, "name">} */
function momentum(share, nesterov) {
  const m = figure(share);
  return {
    title: nesterov ? "Nesterov's momentum" : "Momentum",
    lines: [
      assign(
        "v",
        (n) => row(m, "⋅", n.v, "+", n.g),
        (x) => share * x.v + x.g,
      ),
      nesterov
        ? assign(
            "wNew",
            (n) => row(n.w, "−", n.eta, "⋅", brackets(n.g, "+", m, "⋅", n.v)),
            (x) => x.w - x.eta * (x.g + share * x.v),
          )
        : assign(
            "wNew",
            (n) => row(n.w, "−", n.eta, "⋅", n.v),
            (x) => x.w - x.eta * x.v,
          ),
    ],
    note: nesterov
      ? "v remembers the gradients so far; the step looks ahead along it."
      : "v remembers the gradients so far: the step keeps going the way it went.",
  };
}

/** @param {number} beta1 @param {number} beta2 @param {number} epsilon @param {number} decay */
function adam(beta1, beta2, epsilon, decay) {
  const corrected = (/** @type {Part} */ value, /** @type {number} */ beta, /** @type {Part} */ t) =>
    frac(value, row("1", "−", sup(figure(beta), t)));
  return {
    title: decay === 0 ? "Adam" : "AdamW",
    lines: [
      mean("m", beta1, false),
      mean("v", beta2, true),
      assign(
        "mHat",
        (n) => corrected(n.m, beta1, n.t),
        (x) => x.m / (1 - beta1 ** x.t),
      ),
      assign(
        "vHat",
        (n) => corrected(n.v, beta2, n.t),
        (x) => x.v / (1 - beta2 ** x.t),
      ),
      assign(
        "wNew",
        (n) =>
          row(
            ...(decay === 0 ? [] : [brackets("1", "−", n.eta, "⋅", figure(decay)), "⋅"]),
            n.w,
            "−",
            n.eta,
            "⋅",
            frac(n.mHat, row(sqrt(n.vHat), "+", tiny(epsilon))),
          ),
        (x) => (1 - x.eta * decay) * x.w - (x.eta * x.mHat) / (Math.sqrt(x.vHat) + epsilon),
      ),
    ],
    note:
      "m is the mean of the gradients so far, v that of their squares, t the number of steps: a step is about η long, whatever the gradient's size." +
      (decay === 0 ? "" : " AdamW also shrinks the weight itself."),
  };
}

/**
 * The formula of an optimizer's step.
 *
 * @param {string} text
 * @returns {OptimizerFormula | null} null if it is not known
 */
export function optimizerFormula(text) {
  const { name, given } = parseCall(text);
  const make = OPTIMIZERS[name];
  return make === undefined ? null : { name, ...make(given) };
}

/**
 * An optimizer's step with the numbers in it, an assignment after the other.
 *
 * @param {OptimizerFormula} formula
 * @param {Partial<InStep<number>>} before w, g, eta, and what the optimizer remembered, t without this step
 * @param {number} digits
 * @returns {{left: Part, formula: Part, numbers: Part, value: number}[]}
 */
export function optimizerStep(formula, before, digits) {
  const x = /** @type {InStep<number>} */ ({ ...before, t: (before.t ?? 0) + 1 });
  return formula.lines.map((line) => {
    const parts = /** @type {InStep<Part>} */ (
      Object.fromEntries(Object.entries(x).map(([name, value]) => [name, words(factor(value, digits))]))
    );
    const value = line.value(x);
    const numbers = line.right({ ...parts, t: String(x.t) });
    if (line.name in STEP_NAMES) {
      x[/** @type {keyof InStep<number>} */ (line.name)] = value;
    }
    return { left: line.left, formula: line.right(STEP_NAMES), numbers, value };
  });
}

/** The names with a formula here, for tests. */
export const optimizerNames = () => Object.keys(OPTIMIZERS);

/** The chain rule's three factors, as a formula. */
export const chain = () => row(partial("L", "w"), "=", partial("L", "z"), "⋅", partial("z", "w"));

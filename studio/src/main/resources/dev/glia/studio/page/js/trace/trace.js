// @ts-check
/** A trace as the server gives it, and what is reckoned from it: steps, names, verdicts. */
import { parseCall } from "./formulas.js";

/**
 * @typedef {Record<string, number>} Memory what the optimizer remembered of a parameter, such as m, v and t
 * @typedef {{b: number, gradient: number, difference: number, relative: number, step?: number, memory?: Memory, new: number}} Bias
 * @typedef {{input: number, x: number, w: number, product: number}} Term
 * @typedef {{input: number, w: number, x: number, gradient: number, difference: number,
 *     relative: number, step?: number, memory?: Memory, new: number}} Weight step: the gradient that the optimizer gets
 * @typedef {object} Unit every number of one unit
 * @property {number} index
 * @property {Term[]} terms largest product first
 * @property {number} rest the sum of the products that are not among the terms
 * @property {number | Bias} bias
 * @property {number} z
 * @property {number} a
 * @property {number} da
 * @property {number} dadz
 * @property {number} dz
 * @property {Weight[]} weights
 * @property {{unit: number, w: number, dz: number}[]} [back] what the next layer's units pass back
 * @property {number} [backRest] the sum of the products w dz that are not among them
 *
 * @typedef {object} Layer
 * @property {number} layer
 * @property {number} inputs
 * @property {number} units
 * @property {string} activation
 * @property {number[]} shownUnits most important first
 * @property {Unit} unit
 * @property {number[]} z
 * @property {number[]} a
 * @property {number[]} da
 * @property {number[]} dz
 *
 * @typedef {{output: number, y: number, a: number, value: number, derivative: number, real?: number, said?: number}} Answer
 *     of scaled numbers real and said are y and a in their own unit
 * @typedef {{target: string, kind: string, shift: number, unit: number}} Scaling y is what is left of a number less shift, by unit
 *
 * @typedef {object} Trace
 * @property {import("../parts.js").Part} part
 * @property {number} row
 * @property {number} rows
 * @property {string | number} label
 * @property {number} updates
 * @property {{names: string[], indices: number[], raw: (number | string | null)[], scaled: number[]}} input raw: what stands in the data behind an input, null where it is missing
 * @property {{name: string, value: number | string | null}[]} columns of the example, as in the data; none of pictures
 * @property {Layer[]} layers
 * @property {{name: string, value: number, fromSums?: boolean, scaling?: Scaling[], parts: Answer[]}} loss scaling: of numbers to predict that are scaled
 * @property {{name: string, learningRate: number}} optimizer
 * @property {{largestRelative: number, units?: number, all?: boolean}} gradcheck
 * @property {string[]} leftOut layers that do nothing when the network predicts
 */

/**
 * @typedef {{kind: "input" | "forward" | "loss" | "back" | "update", layer: number | null}} Step
 */

/**
 * The steps of one training step: in, forward, the loss, back, the update.
 *
 * @param {number} depth
 * @returns {Step[]}
 */
export function steps(depth) {
  const layers = Array.from({ length: depth }, (_, i) => i);
  return [
    { kind: "input", layer: null },
    ...layers.map((layer) => /** @type {Step} */ ({ kind: "forward", layer })),
    { kind: "loss", layer: null },
    ...layers.toReversed().map((layer) => /** @type {Step} */ ({ kind: "back", layer })),
    { kind: "update", layer: null },
  ];
}

/** A layer's name. @param {number} layer @param {number} depth */
export function layerName(layer, depth) {
  return layer === depth - 1 ? "Output" : `Layer ${layer + 1}`;
}

/** A step's name, short. @param {Step} step @param {number} depth */
export function stepName({ kind, layer }, depth) {
  switch (kind) {
    case "input":
      return "Input";
    case "loss":
      return "Loss";
    case "update":
      return "Update";
    default:
      return `${kind === "back" ? "Back: " : ""}${layerName(layer ?? 0, depth)}`;
  }
}

/**
 * What stands at an input of a layer: a column or a word of it, a pixel or a unit of the layer before.
 *
 * @param {number} layer
 * @param {number} input
 * @param {string[]} inputs the names of the network's inputs
 * @param {{width: number, height: number} | null} image
 */
export function inputName(layer, input, inputs, image) {
  if (layer > 0) {
    return `unit ${input + 1}`;
  }
  if (image !== null) {
    return `pixel ${Math.floor(input / image.width) + 1}, ${(input % image.width) + 1}`;
  }
  return inputs[input] ?? `input ${input + 1}`;
}

/** A difference this small is what single precision leaves of a sum of numbers near 1. */
const ROUNDING = 2e-6;
/** As the engine's own gradient checks. */
const RELATIVE = 1e-3;

/**
 * Whether a gradient agrees with its finite difference.
 *
 * @param {{gradient: number, difference: number, relative: number}} check
 * @returns {{good: boolean, word: string}}
 */
export function verdict({ gradient, difference, relative }) {
  if (gradient === difference) {
    return { good: true, word: "equal" };
  }
  if (relative <= RELATIVE) {
    return { good: true, word: "agrees" };
  }
  const off = Math.abs(gradient - difference);
  return off <= ROUNDING ? { good: true, word: "rounding" } : { good: false, word: "differs" };
}

/**
 * The relative difference of two numbers, as gradient checks have it.
 *
 * @param {number} one
 * @param {number} other
 */
export function relativeDifference(one, other) {
  const sizes = Math.abs(one) + Math.abs(other);
  return sizes === 0 ? 0 : Math.abs(one - other) / sizes;
}

/**
 * The place nearest to a point, in a scatter.
 *
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {number} x
 * @param {number} y
 * @returns {number} its index, -1 if there are none
 */
export function nearest(xs, ys, x, y) {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < xs.length; i++) {
    const distance = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/** Whether a layer's units depend on one another's sums. @param {string} activation */
export const isSoftmax = (activation) => parseCall(activation).name === "softmax";

/** The bias of a unit, whether it comes alone or with its gradient. @param {Unit} unit */
export const biasOf = (unit) => (typeof unit.bias === "number" ? unit.bias : unit.bias.b);

/** A bias with its gradient, or null. @param {Unit} unit @returns {Bias | null} */
export const biasStep = (unit) => (typeof unit.bias === "number" ? null : unit.bias);

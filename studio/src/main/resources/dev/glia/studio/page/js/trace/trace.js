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
 * @property {Above} [above] its own unit of the next layer, where that is not dense
 *
 * @typedef {object} Layer
 * @property {number} layer
 * @property {string} kind dense
 * @property {number} inputs
 * @property {number} units
 * @property {string} activation
 * @property {number[]} shownUnits most important first
 * @property {Unit} unit
 * @property {number[]} z
 * @property {number[]} a
 * @property {number[]} da
 * @property {number[]} dz
 * @property {number[]} [dx] of a layer that is not dense
 *
 * @typedef {{name: string, value: number}} Named
 * @typedef {{dy: number, arrays: Named[]}} Above
 * @typedef {{name: string, trained: false, value: number}} Kept a number that the layer itself keeps
 * @typedef {{name: string, trained: true, value: number, gradient: number, difference: number, relative: number,
 *     step: number, memory: Memory, new: number, rate: number, decay: number}} Learnt rate, decay: what the learning
 *     rate and weight decay are multiplied by
 *
 * @typedef {object} OtherUnit every number of one unit of a layer that is not dense
 * @property {number} index
 * @property {number} [x] where as many numbers come in as come out
 * @property {number} y
 * @property {number} dy
 * @property {number} [dx] as x
 * @property {(Kept | Learnt)[]} arrays those that have one number for each unit
 * @property {string[]} notShown the names of the other arrays
 *
 * @typedef {object} OtherLayer
 * @property {number} layer
 * @property {string} kind its name, such as batch_norm
 * @property {number} inputs
 * @property {number} units
 * @property {number[]} shownUnits most important first
 * @property {OtherUnit} unit
 * @property {number[]} [x] as x of a unit, as dx
 * @property {number[]} a what comes out: y
 * @property {number[]} da
 * @property {number[]} [dx]
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
 * @property {Layer[]} layers or OtherLayer: see {@link isDense}
 * @property {{name: string, value: number, fromSums?: boolean, scaling?: Scaling[], parts: Answer[]}} loss scaling: of numbers to predict that are scaled
 * @property {{name: string, learningRate: number}} optimizer
 * @property {{largestRelative: number, units?: number, all?: boolean}} gradcheck
 * @property {string[]} leftOut layers that do nothing when the network predicts
 */

/** @typedef {{trace: Trace, data: any, settings: Record<string, string>, digits: number}} Given what a step is drawn of */

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

/** Whether a layer has weighted sums and an activation. @param {{kind: string}} layer */
export const isDense = ({ kind }) => kind === "dense";

/** The kinds of a trace's layers: dense, or a layer's own name. @param {Trace} trace */
export const kindsOf = ({ layers }) => layers.map(({ kind }) => kind);

/** A layer's name: dense ones are counted, others have their own. @param {number} layer @param {string[]} kinds */
export function layerName(layer, kinds) {
  if (layer === kinds.length - 1) {
    return "Output";
  }
  const dense = kinds.slice(0, layer + 1).filter((kind) => kind === "dense").length;
  return kinds[layer] === "dense" ? `Layer ${dense}` : kinds[layer];
}

/** The numbers of a unit's arrays by their names. @param {Named[]} arrays @returns {Record<string, number>} */
export const valuesOf = (arrays) => Object.fromEntries(arrays.map(({ name, value }) => [name, value]));

/** A step's name, short. @param {Step} step @param {string[]} kinds */
export function stepName({ kind, layer }, kinds) {
  switch (kind) {
    case "input":
      return "Input";
    case "loss":
      return "Loss";
    case "update":
      return "Update";
    default:
      return `${kind === "back" ? "Back: " : ""}${layerName(layer ?? 0, kinds)}`;
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

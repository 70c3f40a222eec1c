// @ts-check
/** What comes back to a unit from the layer behind it, and gradients beside their finite differences. */
import { count } from "../format.js";
import { h } from "../h.js";
import { block, equation, plus, product, result } from "./equations.js";
import { layerFormula } from "./formulas.js";
import { math, partial, row, sub, sum, words } from "./math.js";
import { factor, figure } from "./numbers.js";
import { isDense, kindsOf, layerName, valuesOf, verdict } from "./trace.js";

/** Products written out in a formula; the table has the others. */
export const WRITTEN = 6;

/**
 * @typedef {import("./trace.js").Trace} Trace
 * @typedef {import("./trace.js").Given} Given
 */

/**
 * The gradient by what comes out of a unit: of a hidden one from the layer behind it, of an output from the loss.
 *
 * @param {Given} given
 * @param {number} at
 * @param {string} out what comes out: a, of a layer that is not dense y
 * @param {number} gradient
 */
export function fromAbove(given, at, out, gradient) {
  const { trace, digits } = given;
  const { unit } = trace.layers[at];
  const next = trace.layers[at + 1];
  const dLdOut = () => partial("L", out);
  if (next === undefined) {
    return block(
      "From the loss",
      "The step before has it: how the loss changes with this output.",
      equation(dLdOut(), result(gradient, digits)),
    );
  }
  if (!isDense(next)) {
    return fromOther(given, at, out, gradient);
  }
  const over = wayBack(trace, at);
  const dzk = () => partial("L", sub("z", "k"));
  return block(
    `Back from ${layerName(at + 1, kindsOf(trace)).toLowerCase()}`,
    next.units === 1
      ? `This unit's ${out} goes into the one unit there. What that passes back counts as much as the weight w between the two.`
      : `This unit's ${out} goes into all ${count(next.units)} units there. What each of them passes back counts as much as the weight w between the two.`,
    equation(
      dLdOut(),
      math(next.units === 1 ? row("w", "⋅", partial("L", "z")) : sum("k", sub("w", "k"), "⋅", dzk())),
      ...(over === null ? [] : [sumBack(over, unit.backRest ?? 0, next.units, digits)]),
      result(gradient, digits),
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

/**
 * What a layer that is not dense passes back, by its formula where that is known.
 *
 * @param {Given} given
 * @param {number} at
 * @param {string} out
 * @param {number} gradient
 */
function fromOther({ trace, digits }, at, out, gradient) {
  const { kind } = trace.layers[at + 1];
  const { above } = trace.layers[at].unit;
  const formula = layerFormula(kind);
  if (formula === null || above === undefined) {
    return block(
      `Back from ${kind}`,
      `This unit's ${out} goes into ${kind}, which passes this back.`,
      equation(partial("L", out), result(gradient, digits)),
    );
  }
  const dLdNext = partial("L", sub("y", words("next")));
  return block(
    `Back from ${kind}`,
    `This unit's ${out} is the x of the same unit there. What comes back to the y there counts as much as the slope of y by x.`,
    equation(
      partial("L", out),
      math(row(dLdNext, "⋅", formula.derivative)),
      `${factor(above.dy, digits)} · ${formula.slopeWith(valuesOf(above.arrays), digits)}`,
      result(gradient, digits),
    ),
  );
}

/** @param {{gradient: number, difference: number, relative: number}} check @param {number} digits */
export function checkCells(check, digits) {
  const { good, word } = verdict(check);
  return [
    h("b", {}, figure(check.gradient, digits)),
    figure(check.difference, digits),
    figure(check.relative, 2),
    h("span", { class: good ? "verdict is-good" : "verdict is-bad" }, `${good ? "✓" : "✕"} ${word}`),
  ];
}

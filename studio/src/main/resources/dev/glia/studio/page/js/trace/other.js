// @ts-check
/** The steps of a layer that is not dense: by its formula where that is known, else its numbers. */
import { h } from "../h.js";
import { checkCells, fromAbove } from "./back.js";
import { block, equation, product, result, table } from "./equations.js";
import { layerFormula } from "./formulas.js";
import { math, partial, row } from "./math.js";
import { factor, figure } from "./numbers.js";
import { valuesOf } from "./trace.js";
import { updateBlocks } from "./update.js";

/**
 * @typedef {import("./trace.js").Given} Given
 * @typedef {import("./trace.js").OtherLayer} OtherLayer
 * @typedef {import("./trace.js").Learnt} Learnt
 */

const dLdy = () => partial("L", "y");
const dLdx = () => partial("L", "x");

/** @param {Given} given @param {number} at */
function layerOf({ trace }, at) {
  return /** @type {OtherLayer} */ (/** @type {any} */ (trace.layers[at]));
}

/** @param {import("./trace.js").OtherUnit} unit */
function learntBy({ arrays }) {
  return /** @type {Learnt[]} */ (arrays.filter(({ trained }) => trained));
}

// Forward

/** @param {Given} given @param {number} at */
export function otherForward(given, at) {
  const { digits } = given;
  const layer = layerOf(given, at);
  const { unit, kind } = layer;
  const formula = layerFormula(kind);
  if (formula === null || unit.x === undefined) {
    return [
      block(
        "What the layer makes of x",
        `${kind} is none of the layers whose formula stands here: these are its numbers.`,
        valuesTable(layer, "What comes in and out", ["x", "y"], [layer.x, layer.a], digits),
      ),
      ownNumbers(layer, digits),
    ];
  }
  return [
    block(
      formula.title,
      formula.note,
      equation(
        "y",
        math(formula.formula),
        formula.valueWith(unit.x, valuesOf(unit.arrays), digits),
        result(unit.y, digits),
      ),
    ),
    ownNumbers(layer, digits),
  ];
}

/** The numbers that a layer has for the unit. @param {OtherLayer} layer @param {number} digits */
function ownNumbers({ unit, kind }, digits) {
  const symbols = layerFormula(kind)?.symbols ?? {};
  const without =
    unit.notShown.length === 0 ? "" : `Without ${unit.notShown.join(", ")}, which have not one number for each unit.`;
  if (unit.arrays.length === 0) {
    return block("The unit's own numbers", without === "" ? "It has none." : without);
  }
  return block(
    "The unit's own numbers",
    without,
    table(
      "The unit's own numbers",
      ["", "", "Number", ""],
      [
        ...(unit.x === undefined ? [] : [["what comes in", math("x"), h("b", {}, figure(unit.x, digits)), ""]]),
        ...unit.arrays.map(({ name, trained, value }) => [
          name,
          symbols[name] === undefined ? "" : math(symbols[name]),
          h("b", {}, figure(value, digits)),
          trained ? "learnt" : "kept by the layer while it learns",
        ]),
      ],
    ),
  );
}

/**
 * Numbers of all units that are shown, a column for each kind that the layer has.
 *
 * @param {OtherLayer} layer
 * @param {string} caption
 * @param {import("./math.js").Part[]} names
 * @param {(number[] | undefined)[]} columns
 * @param {number} digits
 */
function valuesTable({ shownUnits }, caption, names, columns, digits) {
  const there = columns.map((column, i) => ({ column, name: names[i] })).filter(({ column }) => column !== undefined);
  return table(
    caption,
    ["", ...there.map(({ name }) => math(name))],
    shownUnits.map((unit, i) => [`unit ${unit + 1}`, ...there.map(({ column }) => figure(column?.[i], digits))]),
  );
}

// Back

/** @param {Given} given @param {number} at */
export function otherBack(given, at) {
  const { digits } = given;
  const layer = layerOf(given, at);
  return [
    fromAbove(given, at, "y", layer.unit.dy),
    through(layer, digits),
    ...(learntBy(layer.unit).length === 0 ? [] : [toArrays(layer, digits)]),
  ];
}

/** dL/dx of dL/dy. @param {OtherLayer} layer @param {number} digits */
function through(layer, digits) {
  const { unit, kind } = layer;
  const formula = layerFormula(kind);
  if (formula === null || unit.dx === undefined) {
    return block(
      "What the layer passes back",
      `${kind} is none of the layers whose formula stands here: these are its numbers.`,
      valuesTable(layer, "What comes back and goes on", [dLdy(), dLdx()], [layer.da, layer.dx], digits),
    );
  }
  return block(
    `Back through ${kind}`,
    formula.back,
    equation(
      dLdx(),
      math(row(dLdy(), "⋅", formula.derivative)),
      `${factor(unit.dy, digits)} · ${formula.slopeWith(valuesOf(unit.arrays), digits)}`,
      result(unit.dx, digits),
    ),
  );
}

/** The gradients by what the layer learns. @param {OtherLayer} layer @param {number} digits */
function toArrays({ unit, kind }, digits) {
  const formula = layerFormula(kind);
  const learnt = learntBy(unit);
  const numbers = valuesOf(unit.arrays);
  const products = formula !== null && unit.x !== undefined;
  return block(
    "To what the layer learns",
    "Beside each gradient stands the finite difference: the number is moved a little up and down, and the loss taken twice.",
    ...(formula === null
      ? []
      : learnt.map(({ name }) =>
          equation(partial("L", formula.symbols[name]), math(row(dLdy(), "⋅", formula.factors[name].formula))),
        )),
    table(
      "Gradients beside their finite differences",
      ["", ...(products ? ["Product"] : []), "Gradient", "Finite difference", "Relative difference", ""],
      learnt.map((array) => [
        array.name,
        ...(products
          ? [product(unit.dy, formula.factors[array.name].value(unit.x ?? 0, numbers), digits, ["d", "x"])]
          : []),
        ...checkCells(array, digits),
      ]),
    ),
    h(
      "p",
      { class: "trace-text" },
      "The engine reckons in single precision, the difference in double: 1e−7 to 1e−4 between them is rounding, more so the smaller the gradient.",
    ),
  );
}

// Update

/** @param {Given} given @param {number} at */
export function otherUpdate(given, at) {
  const { unit, kind } = layerOf(given, at);
  const learnt = learntBy(unit);
  if (learnt.length === 0) {
    return [block("Nothing to update", `The optimizer changes no number of this unit: ${kind} has none that is learnt for a unit.`)];
  }
  const [{ name, rate, decay }] = learnt;
  const kept = unit.arrays.filter(({ trained }) => !trained);
  const blocks = updateBlocks(
    given,
    learnt.map((array) => ({ ...array, before: array.value })),
    { first: `the unit's ${name}`, limited: false, rate, decay },
  );
  const rest = `The optimizer leaves ${kept.map((array) => array.name).join(" and ")} alone: the layer itself changes them, with the batches that it learns from.`;
  return kept.length === 0 ? blocks : [...blocks, block("What the layer keeps itself", rest)];
}

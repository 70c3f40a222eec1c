// @ts-check
/** Formulas as MathML, which browsers set and screen readers read; built node by node. */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @typedef {Node | string | number} Part text in letters is an identifier, else a number or operator */

/**
 * An element of MathML; parts that are text become identifiers, numbers or operators, and those that
 * stand in another formula are copied.
 *
 * @param {string} name
 * @param {...Part} parts
 * @returns {Element}
 */
export function element(name, ...parts) {
  const made = document.createElementNS(MATHML, name);
  for (const part of parts) {
    made.append(part instanceof Node ? free(part) : leaf(String(part)));
  }
  return made;
}

/** @param {Node} part */
const free = (part) => (part.parentNode === null ? part : part.cloneNode(true));

/** @param {string} text */
function leaf(text) {
  const kind = /^[\p{L}]/u.test(text) ? "mi" : /^[−-]?[\d.∞]/.test(text) ? "mn" : "mo";
  const made = document.createElementNS(MATHML, kind);
  made.textContent = text;
  return made;
}

/** A whole formula within a line of text. @param {...Part} parts */
export const math = (...parts) => element("math", row(...parts));
/** @param {...Part} parts */
export const row = (...parts) => element("mrow", ...parts);
/** @param {Part} over @param {Part} under */
export const frac = (over, under) => element("mfrac", over, under);
/** @param {Part} base @param {Part} index */
export const sub = (base, index) => element("msub", base, index);
/** @param {Part} base @param {Part} power */
export const sup = (base, power) => element("msup", base, power);
/** @param {...Part} parts */
export const sqrt = (...parts) => element("msqrt", ...parts);
/** @param {string} words words inside a formula, upright */
export function words(words) {
  const made = document.createElementNS(MATHML, "mtext");
  made.textContent = words;
  return made;
}
/** @param {...Part} parts */
export const brackets = (...parts) => row("(", ...parts, ")");
/** A function's name and its argument. @param {string} name @param {...Part} parts */
export const call = (name, ...parts) => row(name, brackets(...parts));
/** A partial derivative. @param {Part} of @param {Part} by */
export const partial = (of, by) => frac(row(symbol("∂"), of), row(symbol("∂"), by));
/** A symbol that stands for a thing, such as ∂ or Φ. @param {string} text */
export function symbol(text) {
  const made = document.createElementNS(MATHML, "mi");
  made.textContent = text;
  return made;
}
/** A sum over an index. @param {Part} index @param {...Part} parts */
export const sum = (index, ...parts) => row(element("munder", "∑", index), ...parts);
/** @param {...Part} parts */
export const size = (...parts) => row("|", ...parts, "|");

/**
 * One of two formulas, as a condition says.
 *
 * @param {...[Part, Part]} choices
 */
export function cases(...choices) {
  const rows = choices.map(([value, when]) =>
    element("mtr", element("mtd", value), element("mtd", when)),
  );
  const table = element("mtable", ...rows);
  // The brace is a border of the style sheet: without a font for formulas browsers cannot stretch one.
  table.setAttribute("class", "cases");
  return table;
}

// @ts-check
/** Numbers as a formula shows them. */

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number with so many significant digits: 0.53, −1.25, 3.2 × 10⁻⁷.
 *
 * @param {number | string | null | undefined} number what JSON cannot hold comes as text or null
 * @param {number} [digits]
 */
export function figure(number, digits = 4) {
  const x = typeof number === "number" ? number : Number(number ?? NaN);
  if (Number.isNaN(x)) {
    return "not a number";
  }
  if (!Number.isFinite(x)) {
    return x > 0 ? "∞" : "−∞";
  }
  if (x === 0) {
    return "0";
  }
  const size = Math.abs(x);
  const sign = x < 0 ? "−" : "";
  if (size < 1e-4 || size >= 1e6) {
    const [mantissa, exponent] = size.toExponential(Math.min(digits, 6) - 1).split("e");
    return `${sign}${trim(mantissa)}\u00a0×\u00a010${superscript(Number(exponent))}`;
  }
  // Of a large number all of its whole part: no power of ten, and no digit that is not its own.
  return sign + (size >= 10 ** digits ? String(Math.round(size)) : trim(size.toPrecision(digits)));
}

/**
 * What stands in the data: a number, a word, or nothing.
 *
 * @param {number | string | null} value
 * @param {number} [digits]
 */
export function raw(value, digits = 4) {
  return value === null ? "missing" : typeof value === "string" ? value : figure(value, digits);
}

/** As a factor or a later summand: negative numbers stand in brackets. */
export function factor(/** @type {number | null} */ number, digits = 4) {
  const text = figure(number, digits);
  return text.startsWith("−") || text.includes("×") ? `(${text})` : text;
}

/** @param {number} exponent */
export function superscript(exponent) {
  const sign = exponent < 0 ? "⁻" : "";
  return sign + [...String(Math.abs(exponent))].map((d) => SUPERSCRIPT[Number(d)]).join("");
}

/** @param {string} text of a number in plain decimals */
function trim(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

// @ts-check
/**
 * Numbers as people read them. A thing that is not a number is an en dash: as wide in all places.
 *
 * @module
 */

const NONE = "\u2013";
const MINUS = "\u2212";

/** @param {unknown} value @returns {value is number} */
function real(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** @param {string} text */
function minus(text) {
  return text.replace(/-/g, MINUS);
}

/** @param {unknown} value what is not finite, by its name */
function odd(value) {
  if (value === Infinity) return "\u221e";
  if (value === -Infinity) return MINUS + "\u221e";
  return typeof value === "number" ? "NaN" : NONE;
}

/**
 * A number with so many significant digits, without zeros at its end: 0.25, 1234, 1.2e−7.
 *
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
export function number(value, digits = 4) {
  if (!real(value)) return odd(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) {
    return minus(
      value
        .toExponential(digits - 1)
        .replace(/\.?0+e/, "e")
        .replace("e+", "e"),
    );
  }
  return minus(String(Number(value.toPrecision(digits))));
}

/**
 * A number with so many decimals, so that columns of them stand still.
 *
 * @param {number | null | undefined} value
 * @param {number} [decimals]
 */
export function fixed(value, decimals = 4) {
  return real(value) ? minus(value.toFixed(decimals)) : odd(value);
}

/**
 * A loss: four decimals, or as a power of ten where they would say nothing.
 *
 * @param {number | null | undefined} value
 */
export function loss(value) {
  if (!real(value)) return odd(value);
  const size = Math.abs(value);
  if (value !== 0 && (size < 0.001 || size >= 10000)) {
    return minus(value.toExponential(2).replace("e+", "e"));
  }
  return fixed(value, 4);
}

/**
 * A whole number with its thousands apart: 20,000.
 *
 * @param {number | null | undefined} value
 */
export function count(value) {
  return real(value)
    ? minus(String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ","))
    : odd(value);
}

/**
 * A large count in few letters: 950, 12.3k, 4.1M.
 *
 * @param {number | null | undefined} value
 */
export function short(value) {
  if (!real(value)) return odd(value);
  const size = Math.abs(value);
  if (size < 1000) return minus(String(Math.round(value)));
  const [unit, by] = size < 999_500 ? ["k", 1e3] : size < 999.5e6 ? ["M", 1e6] : ["G", 1e9];
  const scaled = value / by;
  return minus(Math.abs(scaled) < 99.95 ? scaled.toFixed(1) : scaled.toFixed(0)) + unit;
}

/**
 * A share: 0.987 is 98.7%.
 *
 * @param {number | null | undefined} value
 * @param {number} [decimals]
 */
export function percent(value, decimals = 1) {
  return real(value) ? minus((value * 100).toFixed(decimals)) + "%" : odd(value);
}

/**
 * A number of bytes: 3.2 MB.
 *
 * @param {number | null | undefined} value
 */
export function bytes(value) {
  if (!real(value)) return odd(value);
  if (value < 1000) return `${value} B`;
  return value < 999_500 ? `${number(value / 1e3, 3)} KB` : `${number(value / 1e6, 3)} MB`;
}

/**
 * A count with its noun: `plural(1, "row")` is "1 row", `plural(2, "class", "classes")`.
 *
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
export function plural(n, one, many = one + "s") {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/**
 * A number as the command and the API take it: digits, a point, no thousands.
 *
 * @param {number} value
 */
export function plain(value) {
  return String(value);
}

// @ts-check
/** Equations: a formula, the same with numbers in it, and what comes out. */
import { h } from "../h.js";
import { math } from "./math.js";
import { factor, figure } from "./numbers.js";

/** @typedef {import("./math.js").Part} Part */

/**
 * An equation of several lines, each beginning with an equals sign. Text that is long may wrap at
 * its spaces; formulas do not.
 *
 * @param {Part} left
 * @param {...((Node | string)[] | Node | string)} lines
 */
export function equation(left, ...lines) {
  const right = lines.map((line) =>
    h("div", { class: "eq-line" }, h("span", { class: "eq-sign" }, "="), h("span", { class: "eq-value" }, line)),
  );
  return h("div", { class: "eq" }, h("div", { class: "eq-left" }, math(left)), h("div", { class: "eq-right" }, right));
}

/** The last line of an equation. @param {number} value @param {number} digits */
export function result(value, digits) {
  return h("strong", { class: "eq-result" }, figure(value, digits));
}

/**
 * A product with numbers, which does not break across lines.
 *
 * @param {number} one
 * @param {number} other
 * @param {number} digits
 * @param {[string, string]} kinds what each is, for its colour: w, x, d
 * @param {string} [title]
 */
export function product(one, other, digits, kinds, title) {
  return h(
    "span",
    { class: "eq-product", title: title ?? null },
    h("span", { class: `num-${kinds[0]}` }, factor(one, digits)),
    " · ",
    h("span", { class: `num-${kinds[1]}` }, factor(other, digits)),
  );
}

/**
 * A sum with numbers: its parts with plus signs between.
 *
 * @param {(Node | string)[]} parts
 * @returns {(Node | string)[]}
 */
export function plus(parts) {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [" + ", part]));
}

/**
 * A block of a step: what happens here, then its equations.
 *
 * @param {string} title
 * @param {string} text
 * @param {...(Node | null)} children
 */
export function block(title, text, ...children) {
  return h(
    "section",
    { class: "trace-block" },
    h("h4", {}, title),
    text === "" ? null : h("p", { class: "trace-text" }, text),
    children,
  );
}

/**
 * A table of numbers.
 *
 * @param {string} caption for those who hear it
 * @param {(Node | string)[]} heads
 * @param {(Node | string)[][]} rows the first cell of each is its header
 */
export function table(caption, heads, rows) {
  return h(
    "div",
    { class: "trace-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      { class: "trace-table" },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h(
        "tbody",
        {},
        rows.map(([first, ...rest]) =>
          h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))),
        ),
      ),
    ),
  );
}

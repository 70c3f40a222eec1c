// @ts-check
/** An activation's curve with the unit's place on it, and its slope there. */
import { svg } from "../h.js";

const WIDTH = 220;
const HEIGHT = 140;
const PAD = 10;

/**
 * Where a curve is looked at: around 0, wide enough for the unit's z.
 *
 * @param {number} z
 * @returns {[number, number]}
 */
export function range(z) {
  const most = Math.max(3, Math.min(50, 1.25 * Math.abs(z)));
  return [-most, most];
}

/**
 * @param {import("./formulas.js").ActivationFormula} formula
 * @param {number} z
 * @param {boolean} tangent whether to draw the slope too
 * @param {string} label
 */
export function curve(formula, z, tangent, label) {
  const { value, slope } = formula;
  if (value === null || slope === null || !Number.isFinite(z)) {
    return null;
  }
  const [from, to] = range(z);
  const xs = Array.from({ length: 121 }, (_, i) => from + ((to - from) * i) / 120);
  const ys = xs.map(value);
  const low = Math.min(-0.2, ...ys);
  const high = Math.max(1, ...ys);
  const x = (/** @type {number} */ at) => PAD + ((at - from) / (to - from)) * (WIDTH - 2 * PAD);
  const y = (/** @type {number} */ at) => HEIGHT - PAD - ((at - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const path = xs.map((at, i) => `${i === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(ys[i]).toFixed(1)}`).join("");
  const at = { x: x(z), y: y(value(z)) };
  return svg(
    "svg",
    { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    svg("path", { class: "curve-axis", d: `M${PAD} ${y(0)}H${WIDTH - PAD}M${x(0)} ${PAD}V${HEIGHT - PAD}` }),
    svg("path", { class: "curve-line", d: path }),
    tangent ? tangentLine(at, (slope(z) * (y(1) - y(0))) / (x(1) - x(0))) : null,
    svg("path", { class: "curve-drop", d: `M${at.x} ${y(0)}V${at.y}` }),
    svg("circle", { class: "curve-point", cx: at.x, cy: at.y, r: 5 }),
    svg("text", { class: "curve-text", x: WIDTH - PAD, y: y(0) - 4, "text-anchor": "end" }, "z"),
    svg("text", { class: "curve-text", x: x(0) + 5, y: PAD + 8 }, "a"),
  );
}

/** @param {{x: number, y: number}} at @param {number} slope in pixels */
function tangentLine(at, slope) {
  const reach = 42 / Math.hypot(1, slope);
  return svg("line", {
    class: "curve-tangent",
    x1: at.x - reach,
    y1: at.y - reach * slope,
    x2: at.x + reach,
    y2: at.y + reach * slope,
  });
}

// @ts-check
/**
 * Names with values, as the command writes them: relu, leaky_relu(0.05), adam(0.9,0.999,1e-8); and
 * layers of them: 16:relu,dropout(0.2),8:leaky_relu(0.05).
 *
 * @module
 */

/**
 * @typedef {{name: string, values: string[]}} Call
 * @typedef {{units: number | null, activation: string}} Layer units: null for a layer without, whose name and values stand in activation
 * @typedef {{name: string, parameters: {name: string, value: number | string}[]}} Entry of the catalog
 */

/**
 * @param {string} text
 * @returns {Call}
 */
export function parse(text) {
  const match = /^\s*([\w-]+)\s*(?:\((.*)\))?\s*$/.exec(text);
  if (!match) return { name: text.trim(), values: [] };
  return { name: match[1], values: match[2] ? parts(match[2]) : [] };
}

/**
 * A name with its values; values at the end that are the entry's own are left out.
 *
 * @param {string} name
 * @param {string[]} values
 * @param {Entry} [entry]
 */
export function format(name, values, entry) {
  const kept = [...values];
  const own = entry?.parameters ?? [];
  while (kept.length > 0 && String(own[kept.length - 1]?.value) === kept[kept.length - 1]) {
    kept.pop();
  }
  return kept.length > 0 ? `${name}(${kept.join(",")})` : name;
}

/**
 * The parts of a list, apart at commas that stand in no brackets.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function parts(text) {
  const found = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === "(") depth++;
    if (c === ")") depth--;
    if (i === text.length || (c === "," && depth === 0)) {
      found.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return found.filter((part) => part !== "");
}

/**
 * @param {string | undefined} text
 * @returns {Layer[]}
 */
export function parseLayers(text) {
  if (!text || text === "none") return [];
  return parts(text).map((part) => {
    const at = part.indexOf(":");
    return at < 0
      ? { units: null, activation: part }
      : { units: Number(part.slice(0, at)), activation: part.slice(at + 1) };
  });
}

/** @param {Layer[]} layers */
export function formatLayers(layers) {
  return layers.length === 0
    ? "none"
    : layers.map(({ units, activation }) => (units === null ? activation : `${units}:${activation}`)).join(",");
}

/**
 * The next number of 1, 2, 5, 10, 20, ... above or below.
 *
 * @param {number} value
 * @param {1 | -1} direction
 */
export function nextOf125(value, direction) {
  if (!(value > 0)) return direction > 0 ? 1 : value;
  const power = Math.floor(Math.log10(value) + 1e-9);
  const all = [-1, 0, 1].flatMap((p) => [1, 2, 5].map((d) => Number(`${d}e${power + p}`)));
  return direction > 0
    ? /** @type {number} */ (all.find((x) => x > value * (1 + 1e-9)))
    : /** @type {number} */ (all.reverse().find((x) => x < value * (1 - 1e-9)));
}

/**
 * A value with a step more or less, without the digits that binary fractions add: 0.1 + 0.2 is 0.3.
 *
 * @param {number} value
 * @param {number} step
 */
export function add(value, step) {
  const decimals = Math.max(0, -Math.floor(Math.log10(Math.abs(step)))) + 2;
  return Number((value + step).toFixed(Math.min(12, decimals)));
}

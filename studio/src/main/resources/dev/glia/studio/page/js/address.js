// @ts-check
/**
 * Settings as the page's address holds them: `#data=moons&layers=16:relu&seed=3`, in the names of the
 * command's options. A CSV file is packed (deflate, then base64) under `csvz`.
 *
 * @module
 */

import { bytesUrl, encodeUrl } from "./base64.js";

/** @typedef {Record<string, string>} Settings */

/** The order in which an address names them; until the catalogue has come, that of the alphabet. @type {string[]} */
let keys = [];

/** Settings that change each other's defaults, as output and loss do. @type {[string, string][]} */
let pairs = [];

/**
 * Takes order and rules from the catalogue.
 *
 * @param {{keys: string[], settings: import("./settings.js").Setting[]}} catalog
 */
export function know(catalog) {
  keys = catalog.keys;
  pairs = catalog.settings.flatMap(({ name, brings }) => brings.map((other) => /** @type {[string, string]} */ ([name, other])));
}

/** Above this an address gets too long to be passed on. */
export const MOST_PACKED = 32 * 1024;

/**
 * @param {Settings} settings
 * @returns {Promise<{fragment: string, whole: boolean}>} not whole: the file is too large for it
 */
export async function write(settings) {
  const { csv, ...rest } = settings;
  const values = order(rest);
  let whole = true;
  if (csv !== undefined) {
    const packed = await pack(csv);
    whole = packed.length <= MOST_PACKED;
    if (whole) {
      values.push(["csvz", packed]);
    }
  }
  return { fragment: join(values), whole };
}

/**
 * @param {string} fragment with or without #
 * @returns {Promise<Settings>}
 * @throws {Error} if what it packs cannot be unpacked
 */
export async function read(fragment) {
  const settings = split(fragment);
  if (settings.csvz !== undefined) {
    const packed = settings.csvz;
    delete settings.csvz;
    try {
      settings.csv = await unpack(packed);
    } catch {
      throw new Error("The file in this link is damaged: was the link cut?");
    }
  }
  return settings;
}

/**
 * Keys and values of a fragment, without unpacking.
 *
 * @param {string} fragment
 * @returns {Settings}
 */
export function split(fragment) {
  /** @type {Settings} */
  const settings = {};
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) {
      settings[decode(part.slice(0, at))] = decode(part.slice(at + 1));
    }
  }
  return settings;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @param {[string, string][]} pairs
 * @returns {string}
 */
export function join(pairs) {
  return pairs.map(([key, value]) => `${key}=${readable(value)}`).join("&");
}

/**
 * A value with as little escaped as an address allows: layers=16:relu,8:tanh stays as it is.
 *
 * @param {string} value
 */
export function readable(value) {
  return encodeURIComponent(value).replace(/%(?:3A|2C|3B|2F|40)/g, decodeURIComponent);
}

/**
 * @param {Settings} settings
 * @returns {[string, string][]}
 */
function order(settings) {
  const rank = (/** @type {string} */ key) => {
    const at = keys.indexOf(key);
    return at < 0 ? keys.length : at;
  };
  return Object.entries(settings).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/**
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return encodeUrl(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/**
 * @param {string} packed
 * @returns {Promise<string>}
 */
export async function unpack(packed) {
  const bytes = /** @type {BlobPart} */ (bytesUrl(packed));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

/**
 * Settings with changes: a value that is null takes its key away.
 *
 * @param {Settings} settings
 * @param {Record<string, string | number | boolean | null | undefined>} changes
 * @returns {Settings}
 */
export function merge(settings, changes) {
  const merged = { ...settings };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined) {
      delete merged[key];
    } else {
      merged[key] = String(value);
    }
  }
  return merged;
}

/** What says which rows there are; it stays in the address whatever its value is. */
const ROWS = new Set(["data", "points", "csv", "csv-name", "target", "header", "task"]);

/**
 * Settings without what a run of the same data has anyway.
 *
 * @param {Settings} settings
 * @param {Settings | undefined} defaults all settings of a run with nothing but its data given
 * @returns {Settings}
 */
export function withoutDefaults(settings, defaults) {
  if (!defaults) return { ...settings };
  const differs = (/** @type {string} */ key) => key in settings && settings[key] !== defaults[key];
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([key]) => ROWS.has(key) || differs(key) || pairs.some(([one, other]) => other === key && differs(one)),
    ),
  );
}

/**
 * Whether a run with these settings has the defaults of its data in all others.
 *
 * @param {Settings} given
 */
export function plain(given) {
  return Object.keys(given).every((key) => ROWS.has(key));
}

// @ts-check
/**
 * The table of settings, which the server has and its catalogue tells.
 *
 * @module
 */

/**
 * @typedef {object} Setting
 * @property {string} name as the command's option, without its dashes
 * @property {"network" | "training" | "split"} group
 * @property {string} help a sentence
 * @property {boolean} atFork whether it may change in the middle of a run
 * @property {string[]} brings what it changes too, where that is not given
 * @property {"whole" | "seed" | "real" | "truth" | "choice" | "named" | "layers"} kind
 * @property {number | null} [least] of numbers
 * @property {number | null} [most]
 * @property {string | null} [word] what may stand for a number, such as none
 * @property {string[]} [choices]
 * @property {import("./train/call.js").Entry[]} [entries] names and the numbers they take; of layers those without units
 * @property {import("./train/call.js").Entry[]} [activations] of layers
 */

/**
 * @param {import("./app.js").App} app
 * @returns {Setting[]}
 */
export function all(app) {
  return app.catalog.settings;
}

/**
 * @param {import("./app.js").App} app
 * @param {string} name
 * @returns {Setting | undefined} undefined for what makes the data
 */
export function find(app, name) {
  return all(app).find((setting) => setting.name === name);
}

/**
 * @param {import("./app.js").App} app
 * @param {string} name of one that there is
 * @returns {Setting}
 */
export function named(app, name) {
  return /** @type {Setting} */ (find(app, name));
}

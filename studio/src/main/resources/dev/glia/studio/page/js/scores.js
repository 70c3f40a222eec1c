// @ts-check
/**
 * The scores that a frame brings, and of which moment they are: a large run is not evaluated for
 * every frame, and then the scores are those of an earlier moment, which has to be named.
 *
 * @module
 */

import { count } from "./format.js";

/**
 * @typedef {{loss?: number | null, accuracy?: number | null, r2?: number | null, val_loss?: number | null,
 *     val_accuracy?: number | null, val_r2?: number | null}} Values
 */

/**
 * @param {any} frame
 * @returns {{values: Values, at: string}} at: "" if they are of the frame's own moment, or if there
 *     are none; else which moment's they are, as in " at update 1,200"
 */
export function scoresOf(frame) {
  const scored = frame?.scored ?? null;
  if (scored === null) return { values: {}, at: "" };
  const { scores } = frame;
  // JSON has no NaN: a loss that was computed and is not there is not finite.
  const values = { ...scores, loss: scores.loss ?? NaN, val_loss: scores.val_loss ?? NaN };
  return { values, at: scored === frame.updates ? "" : ` at update ${count(scored)}` };
}

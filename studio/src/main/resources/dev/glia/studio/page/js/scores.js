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
 * @returns {{values: Values, other: number | null, at: string}} other: the update whose scores they
 *     are if that is not the frame's own; at: the same in words, as in " at update 1,200", else ""
 */
export function scoresOf(frame) {
  const scored = frame?.scored ?? null;
  if (scored === null) return { values: {}, other: null, at: "" };
  const { scores } = frame;
  // JSON has no NaN: a loss that was computed and is not there is not finite.
  const values = { ...scores, loss: scores.loss ?? NaN, val_loss: scores.val_loss ?? NaN };
  const own = scored === frame.updates;
  return { values, other: own ? null : scored, at: own ? "" : ` at update ${count(scored)}` };
}

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
  const values = { ...scores, loss: scores.loss ?? NaN };
  if ("val_loss" in scores) values.val_loss ??= NaN; // else no rows are looked at
  const own = scored === frame.updates;
  return { values, other: own ? null : scored, at: own ? "" : ` at update ${count(scored)}` };
}

/**
 * What a loss is of, where the numbers to predict are scaled while learning: "of price, standardised".
 *
 * @param {any} state of the run
 * @returns {string} "" where the loss is of the numbers as they are, or of classes
 */
export function lossUnit(state) {
  const scaled = state?.data?.task === "number" ? SCALED[state.settings?.["target-scale"]] : undefined;
  return scaled === undefined ? "" : `of ${state.data.quantity}, ${scaled}`;
}

/** How numbers to predict are scaled, in words. @type {Record<string, string>} */
export const SCALED = { standard: "standardised", minmax: "scaled to 0 to 1" };

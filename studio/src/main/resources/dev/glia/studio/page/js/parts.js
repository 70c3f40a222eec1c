// @ts-check
/**
 * The parts of a run's rows and what they are called: those that it learns from, and those that are
 * looked at meanwhile. The latter are the rows to validate on, or, where there are none of these,
 * those to test on; or there are none at all.
 *
 * @module
 */

import { count } from "./format.js";

/**
 * @typedef {"train" | "watched"} Part as the server has them
 * @typedef {{trainRows: number, watched: "test" | "validation" | null, watchedRows: number, testRows: number}} Counts
 *     of a run's data; watched is what the rows are that are looked at
 */

/**
 * What a part is called: training, validation, test.
 *
 * @param {Part} part
 * @param {Counts | null | undefined} data
 */
export function word(part, data) {
  return part === "train" ? "training" : (data?.watched ?? "validation");
}

/**
 * The same with a capital letter.
 *
 * @param {Part} part
 * @param {Counts | null | undefined} data
 */
export function title(part, data) {
  const text = word(part, data);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * How many rows a part has.
 *
 * @param {Part} part
 * @param {Counts} data
 */
export function rows(part, data) {
  return part === "train" ? data.trainRows : data.watchedRows;
}

/** Whether there are rows to test on that are not looked at before the end. @param {Counts | null | undefined} data */
export function hasTest(data) {
  return data !== null && data !== undefined && data.watched !== "test" && data.testRows > 0;
}

/** All rows. @param {Counts} data */
export function all(data) {
  return data.trainRows + data.watchedRows + (hasTest(data) ? data.testRows : 0);
}

/**
 * How many rows there are of each: "60 to train, 20 to validate, 20 to test".
 *
 * @param {Counts} data
 */
export function counts(data) {
  return [
    `${count(data.trainRows)} to train`,
    data.watched === "validation" && `${count(data.watchedRows)} to validate`,
    data.testRows > 0 && `${count(data.testRows)} to test`,
  ]
    .filter(Boolean)
    .join(", ");
}

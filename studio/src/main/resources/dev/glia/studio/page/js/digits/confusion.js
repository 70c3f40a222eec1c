// @ts-check
/** The confusion matrix: how often each class was read as which; its cells open their pictures. */
import { h } from "../h.js";

/** @typedef {{part: string, classes: string[], counts: number[][], accuracy: number, rows: number}} Matrix */

/**
 * How strongly a cell is coloured: its share of its row, so that rare classes show too.
 *
 * @param {number[][]} counts [actual][predicted]
 * @returns {number[][]} 0 to 1
 */
export function shares(counts) {
  return counts.map((row) => {
    const sum = row.reduce((total, count) => total + count, 0);
    return row.map((count) => (sum === 0 ? 0 : count / sum));
  });
}

export class Confusion {
  /** @param {(actual: number, predicted: number) => void} picked */
  constructor(picked) {
    this.picked = picked;
    this.root = h("div", { class: "confusion" });
    /** @type {HTMLButtonElement[][]} */
    this.cells = [];
    this.key = "";
    this.at = { row: 0, column: 0 };
  }

  /** @param {Matrix} matrix */
  show(matrix) {
    const key = JSON.stringify(matrix.classes);
    if (key !== this.key) {
      this.key = key;
      this.#build(matrix.classes);
    }
    const part = shares(matrix.counts);
    matrix.counts.forEach((row, actual) =>
      row.forEach((count, predicted) => this.#fill(matrix, actual, predicted, count, part[actual][predicted])),
    );
  }

  /** Marks the cell whose pictures are shown. @param {number | null} actual @param {number | null} predicted */
  mark(actual, predicted) {
    this.cells.forEach((row, i) =>
      row.forEach((cell, j) => {
        cell.setAttribute("aria-pressed", String(actual === i && predicted === j));
      }),
    );
  }

  /** @param {Matrix} matrix @param {number} actual @param {number} predicted @param {number} count @param {number} share */
  #fill(matrix, actual, predicted, count, share) {
    const cell = this.cells[actual][predicted];
    const right = actual === predicted;
    cell.textContent = count === 0 ? "·" : String(count);
    cell.classList.toggle("is-none", count === 0);
    // The root makes a few errors visible: one in a hundred is a tenth of the colour.
    cell.style.setProperty("--share", `${Math.round(70 * Math.sqrt(share))}%`);
    const name = `${matrix.classes[actual]} read as ${matrix.classes[predicted]}: ${count}`;
    const about = `${name}, ${(100 * share).toFixed(1)} % of this row`;
    cell.setAttribute("aria-label", `${about}${right ? ", right" : ""}`);
    cell.title = about;
  }

  /** @param {string[]} classes */
  #build(classes) {
    const long = classes.some((name) => name.length > 2);
    this.at = { row: 0, column: 0 };
    this.cells = classes.map((_, actual) => classes.map((__, predicted) => this.#cell(actual, predicted)));
    const head = h(
      "thead",
      {},
      h("tr", {}, h("td", {}), h("th", { class: "confusion-axis", colspan: String(classes.length), scope: "colgroup" }, "Read as")),
      h(
        "tr",
        {},
        h("th", { class: "confusion-axis", scope: "col" }, "Is"),
        ...classes.map((name) => h("th", { scope: "col" }, h("span", { title: name }, name))),
      ),
    );
    const body = h(
      "tbody",
      { onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
      ...classes.map((name, actual) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, h("span", { title: name }, name)),
          ...this.cells[actual].map((cell, predicted) =>
            h("td", { class: actual === predicted ? "is-right" : "" }, cell),
          ),
        ),
      ),
    );
    this.root.replaceChildren(
      h(
        "table",
        { class: long ? "confusion-table is-long" : "confusion-table" },
        h("caption", { class: "visually-hidden" }, "Confusion matrix: rows are the classes, columns what the network read. Arrow keys move, Enter shows a cell's pictures."),
        head,
        body,
      ),
    );
  }

  /** @param {number} actual @param {number} predicted */
  #cell(actual, predicted) {
    return /** @type {HTMLButtonElement} */ (
      h("button", {
        class: "confusion-cell",
        type: "button",
        tabindex: actual === 0 && predicted === 0 ? "0" : "-1",
        "aria-pressed": "false",
        onclick: () => {
          this.#go(actual, predicted);
          this.picked(actual, predicted);
        },
      })
    );
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.cells.length - 1;
    const { row, column } = this.at;
    const places = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [row, 0],
      End: [row, last],
    };
    const place = places[/** @type {keyof typeof places} */ (event.key)];
    if (place !== undefined) {
      event.preventDefault();
      this.#go(Math.min(Math.max(place[0], 0), last), Math.min(Math.max(place[1], 0), last));
      this.cells[this.at.row][this.at.column].focus();
    }
  }

  /** Moves the one cell that the tab key reaches. @param {number} row @param {number} column */
  #go(row, column) {
    this.cells[this.at.row][this.at.column].tabIndex = -1;
    this.at = { row, column };
    this.cells[row][column].tabIndex = 0;
  }
}

// @ts-check
/** A page of pictures with what they are and what the network read. */
import { bytes } from "../base64.js";
import { count, percent } from "../format.js";
import { h } from "../h.js";
import { word } from "../parts.js";
import { drawPixels } from "./pixels.js";

/**
 * @typedef {{row: number, label: number, prediction: number, confidence: number, pixels: string}} Item
 * @typedef {{total: number, rows: number, wrong: number, width: number, height: number,
 *     classes: string[], items: Item[]}} Page
 * @typedef {{part: import("../parts.js").Part, actual: number | null, predicted: number | null,
 *     wrong: boolean, offset: number, limit: number}} Filter
 */

/** Rows of pictures to a page. */
const ROWS = 6;
/** As the server allows. */
const MOST = 60;

/**
 * The query of a filter, for /digits.
 *
 * @param {Filter} filter
 * @param {number | null} moment
 */
export function query(filter, moment) {
  const given = new URLSearchParams({
    part: filter.part,
    offset: String(filter.offset),
    limit: String(filter.limit),
  });
  if (filter.actual !== null) {
    given.set("actual", String(filter.actual));
  }
  if (filter.predicted !== null) {
    given.set("predicted", String(filter.predicted));
  }
  if (filter.wrong) {
    given.set("wrong", "true");
  }
  if (moment !== null) {
    given.set("moment", String(moment));
  }
  return given.toString();
}

/**
 * What a filter shows, in words: "121 test pictures. In all 7 of 121 are read wrongly."
 *
 * @param {Filter} filter
 * @param {Page} page
 * @param {import("../parts.js").Counts} data
 */
export function heading(filter, page, data) {
  const part = word(filter.part, data);
  const of = [];
  if (filter.actual !== null) {
    of.push(`that are ${page.classes[filter.actual]}`);
  }
  if (filter.predicted !== null) {
    of.push(`read as ${page.classes[filter.predicted]}`);
  }
  const wrong = filter.wrong ? "wrong " : "";
  const found = `${count(page.total)} ${wrong}${part} picture${page.total === 1 ? "" : "s"} ${of.join(" and ")}`.trim();
  return `${found}. In all ${count(page.wrong)} of ${count(page.rows)} are read wrongly at update ${count(page.updates)}.`;
}

export class Gallery {
  /** @param {(row: number) => void} picked called when a picture is chosen */
  constructor(picked) {
    this.picked = picked;
    this.list = h("ul", { class: "gallery-list", "aria-label": "Pictures" });
    this.root = h("div", { class: "gallery" }, this.list);
    /** @type {Tile[]} */
    this.tiles = [];
    /** @type {Page | null} */
    this.page = null;
  }

  /** How many pictures fill a page of it, as wide as it is now. */
  get limit() {
    const columns = getComputedStyle(this.list).gridTemplateColumns.split(" ").length;
    return Math.min(MOST, Math.max(ROWS, columns * ROWS));
  }

  /** @param {Page} page */
  show(page) {
    this.page = page;
    this.root.classList.remove("is-loading");
    if (page.items.length === 0) {
      this.tiles = [];
      this.list.replaceChildren(
        h(
          "li",
          { class: "gallery-none" },
          page.rows > 0 && page.wrong === 0
            ? "No picture of this part is read wrongly."
            : "No picture fits this choice.",
        ),
      );
      return;
    }
    // The tiles stay where they are and change: a running network does not make the page jump.
    while (this.tiles.length < page.items.length) {
      this.tiles.push(new Tile(this.picked));
    }
    this.tiles.length = page.items.length;
    const roots = this.tiles.map(({ root }) => root);
    if (this.list.children.length !== roots.length || this.list.firstChild !== roots[0]) {
      this.list.replaceChildren(...roots);
    }
    page.items.forEach((item, i) => this.tiles[i].show(item, page));
  }

  /** Draws again in the colours of the theme. */
  redraw() {
    this.page?.items.forEach((item, i) => this.tiles[i]?.show(item, /** @type {Page} */ (this.page)));
  }
}

class Tile {
  /** @param {(row: number) => void} picked */
  constructor(picked) {
    this.row = 0;
    this.canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "tile-picture", "aria-hidden": "true" }));
    this.label = h("span", { class: "tile-label" });
    this.read = h("span", { class: "tile-read" });
    this.button = h(
      "button",
      { class: "tile", type: "button", onclick: () => picked(this.row) },
      this.canvas,
      h("span", { class: "tile-text", "aria-hidden": "true" }, this.label, this.read),
    );
    this.root = h("li", {}, this.button);
  }

  /** @param {Item} item @param {Page} page */
  show(item, page) {
    const label = page.classes[item.label];
    const read = page.classes[item.prediction];
    const wrong = item.label !== item.prediction;
    this.row = item.row;
    this.button.classList.toggle("is-wrong", wrong);
    this.label.textContent = label;
    this.read.textContent = wrong ? `✕ ${read}` : "✓";
    const outcome = wrong ? `read as ${read}, wrong` : "read rightly";
    const spoken = `${label}, ${outcome}, ${percent(item.confidence)} sure. Example ${item.row + 1}.`;
    this.button.setAttribute("aria-label", `${spoken} Trace it.`);
    this.button.title = `${spoken} Click to trace it.`;
    drawPixels(this.canvas, bytes(item.pixels), page.width, page.height);
  }
}

// @ts-check
/** A canvas that fills its host, sharp on every screen, with room for axes (SVG) over it. */

import { h } from "../h.js";

/** @typedef {{top: number, right: number, bottom: number, left: number}} Margin */

const SVG = "http://www.w3.org/2000/svg";

export class Surface {
  /**
   * @param {HTMLElement} host an element whose size does not depend on its content
   * @param {() => void} changed called when the size has changed
   */
  constructor(host, changed) {
    this.host = host;
    this.width = 0;
    this.height = 0;
    this.ratio = 1;
    this.canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "w-canvas", role: "img", "aria-label": "" }));
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    host.append(this.canvas);
    new ResizeObserver(() => this.#fit() && changed()).observe(host);
    this.#fit();
  }

  /** Clears and makes one unit one CSS pixel. */
  begin() {
    // The ratio changes when a window moves to another screen or is zoomed.
    if ((window.devicePixelRatio || 1) !== this.ratio) this.#fit();
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
    return this.context;
  }

  /** What a screen reader says of the picture; written only if it is new. @param {string} text */
  label(text) {
    if (this.canvas.getAttribute("aria-label") !== text) this.canvas.setAttribute("aria-label", text);
  }

  /** @returns {boolean} whether anything changed */
  #fit() {
    const width = this.host.clientWidth;
    const height = this.host.clientHeight;
    const ratio = window.devicePixelRatio || 1;
    if (width === this.width && height === this.height && ratio === this.ratio) return false;
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    return true;
  }
}

/** The two axes of a plot, drawn by d3 and only when a scale has changed. */
export class Axes {
  /** @param {HTMLElement} host @param {Margin} margin */
  constructor(host, margin) {
    this.margin = margin;
    this.key = "";
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("class", "w-axes");
    this.svg.setAttribute("aria-hidden", "true");
    this.grid = this.#add("g", "w-grid");
    this.bottom = this.#add("g", "w-axis");
    this.left = this.#add("g", "w-axis");
    this.xName = this.#add("text", "w-axis-name");
    this.yName = this.#add("text", "w-axis-name");
    host.append(this.svg);
  }

  /** @param {string} tag @param {string} name */
  #add(tag, name) {
    const element = document.createElementNS(SVG, tag);
    element.setAttribute("class", name);
    this.svg.append(element);
    return element;
  }

  /**
   * @param {any} x d3 scale
   * @param {any} y d3 scale
   * @param {{width: number, height: number, xTicks?: number, yTicks?: number, yValues?: number[], xFormat?: any, yFormat?: any,
   *     xName?: string, xNameHigh?: boolean, yName?: string, grid?: boolean, key?: string}} options
   */
  draw(x, y, options) {
    const { width, height, xTicks = 4, yTicks = 4, xFormat = null, yFormat = null, xName = "", yName = "" } = options;
    const key = [width, height, x.domain(), y.domain(), xName, yName, options.key].join("|");
    if (key === this.key) return;
    this.key = key;
    const d3 = /** @type {any} */ (globalThis).d3;
    const { top, right, bottom, left } = this.margin;
    const axisX = d3.axisBottom(x).ticks(xTicks, xFormat).tickSize(3).tickPadding(3);
    const axisY = d3.axisLeft(y).ticks(yTicks, typeof yFormat === "function" ? null : yFormat).tickSize(3).tickPadding(3);
    const lines = d3.axisLeft(y).ticks(yTicks).tickSize(-(width - left - right)).tickFormat("");
    if (typeof yFormat === "function") axisY.tickFormat(yFormat);
    if (options.yValues) {
      axisY.tickValues(options.yValues);
      lines.tickValues(options.yValues);
    }
    d3.select(this.bottom).attr("transform", `translate(0,${height - bottom})`).call(axisX);
    d3.select(this.left).attr("transform", `translate(${left},0)`).call(axisY);
    if (options.grid) d3.select(this.grid).attr("transform", `translate(${left},0)`).call(lines);
    d3.select(this.xName).attr("x", width - right - 4).attr("y", options.xNameHigh ? top + 10 : height - bottom - 5).attr("text-anchor", "end").text(xName);
    d3.select(this.yName).attr("x", left + 5).attr("y", top + 11).attr("text-anchor", "start").text(yName);
  }
}

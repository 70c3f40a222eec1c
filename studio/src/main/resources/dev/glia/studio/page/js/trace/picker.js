// @ts-check
/** The choice of the example that is traced, with a picture of it that fits its data. */
import { bytes } from "../base64.js";
import { fit, linear } from "../canvas.js";
import { classColor, css } from "../colors.js";
import { count } from "../format.js";
import { drawPixels } from "../digits/pixels.js";
import { h, setText } from "../h.js";
import * as parts from "../parts.js";
import { figure, raw } from "./numbers.js";
import { nearest } from "./trace.js";

/** Values of a row that are shown beside a table's example. */
const VALUES = 12;

export class Picker {
  /**
   * @param {any} app
   * @param {(part: import("../parts.js").Part, row: number) => void} chosen
   */
  constructor(app, chosen) {
    this.app = app;
    this.chosen = chosen;
    /** @type {import("../parts.js").Part} */
    this.part = "train";
    this.row = 0;
    this.rows = 1;
    /** @type {any} */
    this.points = null;
    this.asked = 0;
    this.watched = h("option", { value: "watched" }, "Test");
    this.select = /** @type {HTMLSelectElement} */ (
      h(
        "select",
        { class: "select", "aria-label": "Part", onchange: () => this.#go(/** @type {any} */ (this.select.value), 0) },
        h("option", { value: "train" }, "Training"),
        this.watched,
      )
    );
    this.input = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "number",
        class: "input",
        min: "1",
        step: "1",
        "aria-label": "Number of the example",
        onchange: () => this.#go(this.part, Number(this.input.value) - 1),
      })
    );
    this.of = h("span", { class: "picker-of" });
    this.picture = h("div", { class: "picker-picture" });
    this.label = h("p", { class: "picker-label" });
    this.root = h(
      "div",
      { class: "picker" },
      h("h3", {}, "Example"),
      h(
        "div",
        { class: "picker-row" },
        this.select,
        h("button", { type: "button", class: "button icon", "aria-label": "Previous example", onclick: () => this.#go(this.part, this.row - 1) }, "‹"),
        this.input,
        h("button", { type: "button", class: "button icon", "aria-label": "Next example", onclick: () => this.#go(this.part, this.row + 1) }, "›"),
        this.of,
      ),
      this.picture,
      this.label,
    );
    this.scatter = this.#scatter();
    this.thumbnail = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "picker-thumbnail", role: "img" }));
  }

  /** @param {import("../parts.js").Part} part @param {number} row */
  #go(part, row) {
    const { state } = this.app;
    const rows = Math.max(1, state ? parts.rows(part, state.data) : this.rows);
    this.chosen(part, Number.isFinite(row) ? (Math.trunc(row) + rows) % rows : 0);
  }

  /** @param {import("../parts.js").Part} part @param {number} row */
  set(part, row) {
    const { data } = this.app.state;
    this.part = part;
    this.row = row;
    this.rows = parts.rows(part, data);
    setText(this.watched, parts.title("watched", data));
    this.watched.hidden = this.watched.disabled = data.watched === null;
    this.select.value = part;
    this.input.value = String(row + 1);
    this.input.max = String(this.rows);
    setText(this.of, `of ${count(this.rows)}`);
    this.#load(data);
  }

  /** @param {any} data */
  async #load(data) {
    const { id } = this.app.state;
    const asked = ++this.asked;
    try {
      if (data.image) {
        await this.#loadPicture(id, data.image, asked);
      } else if (data.kind === "plane" || data.kind === "curve") {
        const points = await this.app.points();
        if (asked !== this.asked) {
          return;
        }
        this.points = points;
        this.#put(this.scatter.canvas);
        this.scatter.redraw();
      }
    } catch {
      this.#put(h("p", { class: "picker-none" }, "No picture of this example."));
    }
  }

  /** @param {string} id @param {{width: number, height: number}} image @param {number} asked */
  async #loadPicture(id, image, asked) {
    const page = await this.app.api.get(`/api/sessions/${id}/pictures?part=${this.part}&offset=${this.row}&limit=1`);
    const item = page.items[0];
    if (asked !== this.asked || item === undefined) {
      return;
    }
    this.#put(this.thumbnail);
    this.thumbnail.setAttribute("aria-label", `Example ${this.row + 1}: ${page.classes[item.label]}`);
    drawPixels(this.thumbnail, bytes(item.pixels), image.width, image.height);
  }

  /** What the trace says about the example. @param {import("./trace.js").Trace} trace */
  describe(trace) {
    const { data } = this.app.state;
    setText(
      this.label,
      data.classes === null ? `${data.quantity ?? "Target"}: ${figure(trace.label, 5)}` : `Class: ${trace.label}`,
    );
    if (!data.image && data.kind === "table") {
      this.#put(rowOf(trace));
    }
  }

  /** @param {Element} child */
  #put(child) {
    if (this.picture.firstChild !== child) {
      this.picture.replaceChildren(child);
    }
  }

  redraw() {
    this.scatter.redraw();
    if (this.app.state && this.app.state.data.image) {
      this.set(this.part, this.row);
    }
  }

  #scatter() {
    const canvas = h("canvas", {
      class: "picker-scatter",
      role: "img",
      "aria-label": "The data as points; a click picks the nearest. The number above does the same by keyboard.",
    });
    const drawing = fit(canvas, (context, width, height) => this.#drawScatter(context, width, height));
    canvas.addEventListener("click", (event) => {
      const part = this.points?.[this.part];
      if (!part) {
        return;
      }
      const box = canvas.getBoundingClientRect();
      const { x, y } = this.#scales(box.width, box.height);
      const ys = this.#heights(part);
      this.#go(
        this.part,
        nearest(part.x.map(x), ys.map(y), event.clientX - box.left, event.clientY - box.top),
      );
    });
    return drawing;
  }

  /** @param {any} part */
  #heights(part) {
    return this.app.state?.data.kind === "curve" ? part.target : part.y;
  }

  /** @param {number} width @param {number} height */
  #scales(width, height) {
    const [x0, x1, y0, y1] = this.points.extent;
    return { x: linear(x0, x1, 6, width - 6), y: linear(y0, y1, height - 6, 6) };
  }

  /** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height */
  #drawScatter(context, width, height) {
    const part = this.points?.[this.part];
    if (!part) {
      return;
    }
    const { x, y } = this.#scales(width, height);
    const ys = this.#heights(part);
    const classes = this.app.state?.data.classes;
    context.globalAlpha = 0.75;
    for (let i = 0; i < part.x.length; i++) {
      context.fillStyle = classes ? classColor(part.target[i]) : css("--accent");
      context.beginPath();
      context.arc(x(part.x[i]), y(ys[i]), 2.6, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    if (this.row < part.x.length) {
      const at = [x(part.x[this.row]), y(ys[this.row])];
      context.strokeStyle = css("--text");
      context.lineWidth = 2;
      context.beginPath();
      context.arc(at[0], at[1], 7, 0, 2 * Math.PI);
      context.moveTo(at[0] - 12, at[1]);
      context.lineTo(at[0] - 7, at[1]);
      context.moveTo(at[0] + 7, at[1]);
      context.lineTo(at[0] + 12, at[1]);
      context.stroke();
    }
  }
}

/** The example's columns as they are in the data. @param {import("./trace.js").Trace} trace */
function rowOf({ columns }) {
  const shown = columns.slice(0, VALUES);
  const more = columns.length - shown.length;
  return h(
    "dl",
    { class: "picker-values" },
    shown.map(({ name, value }) => h("div", {}, h("dt", { title: name }, name), h("dd", { title: value }, raw(value, 5)))),
    more > 0 ? h("div", {}, h("dt", {}, `${count(more)} more`), h("dd", {})) : null,
  );
}

// @ts-check
/** A board to draw on with mouse, pen, finger or the keyboard. */
import { css } from "../colors.js";
import { h } from "../h.js";
import { center, penWidth } from "./center.js";

/** The pen on the screen, as a share of the board's side. */
const PEN = 0.08;
/** A step of the keyboard's pen: a pixel of the picture; with Shift a quarter of it. */
const STEP = 1 / 28;
/** The side of the bitmap that is scaled down for the network. */
const INK = 280;

/**
 * @typedef {import("./center.js").Point} Point in shares of the board's side
 */

export class Board {
  /** @type {Point[][]} */
  strokes = [];
  /** @type {Point} */
  #pen = { x: 0.5, y: 0.5 };
  #penDown = false;
  #penShown = false;
  /** @type {number | null} the pointer that draws */
  #pointer = null;
  #ink = document.createElement("canvas");

  /** @param {() => void} changed called after every change of the drawing */
  constructor(changed) {
    this.changed = changed;
    this.canvas = /** @type {HTMLCanvasElement} */ (
      h("canvas", {
        class: "board-canvas",
        tabindex: "0",
        role: "application",
        "aria-roledescription": "drawing board",
        "aria-label": "Board to draw a digit on",
        "aria-describedby": "board-keys",
      })
    );
    this.hint = h("p", { class: "board-hint", "aria-hidden": "true" }, "Draw a digit here");
    this.penStatus = h("span", { class: "visually-hidden", "aria-live": "polite" });
    this.root = h("div", { class: "board" }, this.canvas, this.hint, this.penStatus);
    this.#ink.width = INK;
    this.#ink.height = INK;
    this.#listen();
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  /** Whether there is nothing on the board. */
  get empty() {
    return this.strokes.length === 0;
  }

  clear() {
    this.strokes = [];
    this.#penDown = false;
    this.#update();
  }

  undo() {
    this.strokes.pop();
    this.#penDown = false;
    this.#update();
  }

  /**
   * The picture for the network.
   *
   * @returns {Uint8Array} [28][28]
   */
  picture() {
    const context = this.#ink.getContext("2d", { willReadFrequently: true });
    if (context === null) {
      return new Uint8Array(28 * 28);
    }
    context.clearRect(0, 0, INK, INK);
    const width = penWidth(this.strokes, PEN) * INK;
    // A wide pen must not be cut at the board's edge: the strokes keep a margin.
    const margin = width / 2;
    context.setTransform(1 - (2 * margin) / INK, 0, 0, 1 - (2 * margin) / INK, margin, margin);
    context.strokeStyle = "#000";
    strokePaths(context, this.strokes, INK, width);
    context.setTransform(1, 0, 0, 1, 0, 0);
    const { data } = context.getImageData(0, 0, INK, INK);
    const ink = new Uint8Array(INK * INK);
    for (let i = 0; i < ink.length; i++) {
      ink[i] = data[4 * i + 3];
    }
    return center(ink, INK, INK);
  }

  /** Draws the board again, at the screen's own resolution. */
  draw() {
    const side = this.canvas.clientWidth;
    const context = this.canvas.getContext("2d");
    if (side === 0 || context === null) {
      return;
    }
    const pixels = Math.round(side * (window.devicePixelRatio || 1));
    if (this.canvas.width !== pixels) {
      this.canvas.width = pixels;
      this.canvas.height = pixels;
    }
    context.clearRect(0, 0, pixels, pixels);
    context.strokeStyle = css("--text");
    strokePaths(context, this.strokes, pixels, PEN * pixels);
    if (this.#penShown) {
      this.#drawPen(context, pixels, css("--accent"));
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {number} side @param {string} color */
  #drawPen(context, side, color) {
    context.beginPath();
    context.arc(this.#pen.x * side, this.#pen.y * side, (PEN * side) / 2 + 2, 0, 2 * Math.PI);
    context.strokeStyle = color;
    context.lineWidth = Math.max(2, side / 140);
    context.stroke();
    if (this.#penDown) {
      context.fillStyle = color;
      context.fill();
    }
  }

  #update() {
    this.hint.hidden = !this.empty;
    this.draw();
    this.changed();
  }

  #listen() {
    const canvas = this.canvas;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, (event) => {
        if (/** @type {PointerEvent} */ (event).pointerId === this.#pointer) {
          this.#pointer = null;
        }
      });
    }
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("focus", () => {
      this.#penShown = canvas.matches(":focus-visible") && this.#pointer === null;
      this.draw();
    });
    canvas.addEventListener("blur", () => {
      this.#penShown = false;
      this.#penDown = false;
      this.draw();
    });
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (!event.isPrimary || event.button !== 0) {
      return;
    }
    this.#pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    this.#penShown = false;
    this.#penDown = false;
    this.strokes.push([this.#place(event)]);
    this.#update();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer) {
      return;
    }
    // A fast hand moves several times between two frames: all of its places count.
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const events = coalesced.length > 0 ? coalesced : [event];
    const stroke = this.strokes[this.strokes.length - 1];
    for (const each of events) {
      stroke?.push(this.#place(each));
    }
    this.#update();
  }

  /** @param {PointerEvent} event @returns {Point} */
  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: onBoard((event.clientX - box.left) / box.width),
      y: onBoard((event.clientY - box.top) / box.height),
    };
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move !== undefined) {
      this.#movePen(move[0], move[1], event.shiftKey ? STEP / 4 : STEP);
    } else if (event.key === " ") {
      this.#togglePen();
    } else if (event.key === "Backspace" || (event.key === "z" && (event.ctrlKey || event.metaKey))) {
      this.undo();
    } else if (event.key === "Delete") {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {number} dx @param {number} dy @param {number} step */
  #movePen(dx, dy, step) {
    this.#penShown = true;
    this.#pen = { x: onBoard(this.#pen.x + dx * step), y: onBoard(this.#pen.y + dy * step) };
    if (this.#penDown) {
      this.strokes[this.strokes.length - 1]?.push(this.#pen);
      this.#update();
    } else {
      this.draw();
    }
  }

  #togglePen() {
    this.#penShown = true;
    this.#penDown = !this.#penDown;
    this.penStatus.textContent = this.#penDown ? "Pen down" : "Pen up";
    if (this.#penDown) {
      this.strokes.push([this.#pen]);
      this.#update();
    } else {
      this.draw();
    }
  }
}

/** @param {number} share */
function onBoard(share) {
  return Math.min(Math.max(share, 0), 1);
}

/**
 * Strokes with a smooth round brush: curves from middle to middle of the places that the hand gave.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Point[][]} strokes
 * @param {number} side
 * @param {number} width
 */
function strokePaths(context, strokes, side, width) {
  context.lineWidth = width;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    const at = stroke.map(({ x, y }) => ({ x: x * side, y: y * side }));
    context.beginPath();
    context.moveTo(at[0].x, at[0].y);
    if (at.length === 1) {
      context.lineTo(at[0].x + 0.01, at[0].y); // a dot
    }
    for (let i = 1; i < at.length - 1; i++) {
      const middle = { x: (at[i].x + at[i + 1].x) / 2, y: (at[i].y + at[i + 1].y) / 2 };
      context.quadraticCurveTo(at[i].x, at[i].y, middle.x, middle.y);
    }
    const last = at[at.length - 1];
    context.lineTo(last.x, last.y);
    context.stroke();
  }
}

// @ts-check
/**
 * Points painted by hand, of up to eight classes; by keys and by coordinates too.
 *
 * @module
 */

import * as canvas from "../canvas.js";
import * as colors from "../colors.js";
import { fixed, plural } from "../format.js";
import { fill, h, setText } from "../h.js";
import * as fields from "./fields.js";

/** @typedef {{x: number, y: number, k: number}} Point */

const CLASSES = 8;
const SIDE = 1; // the square goes from -SIDE to SIDE
const APART = 0.07; // of points of one stroke
const NEAR = 0.08; // what the eraser takes

/**
 * @param {string | undefined} text x,y,class;x,y,class;...
 * @returns {Point[]}
 */
export function parsePoints(text) {
  return (text ?? "")
    .split(";")
    .map((part) => part.split(",").map(Number))
    .filter((numbers) => numbers.length === 3 && numbers.every(Number.isFinite))
    .map(([x, y, k]) => ({ x, y, k }));
}

/** @param {Point[]} points */
export function formatPoints(points) {
  return points.map(({ x, y, k }) => `${round(x)},${round(y)},${k}`).join(";");
}

/** @param {number} value at most 3 decimals, as the address holds them */
export function round(value) {
  return Math.round(value * 1000) / 1000 + 0;
}

/** @param {import("../app.js").App} app */
export function paint(app) {
  /** @type {Point[]} */
  let points = [];
  /** @type {Point[][]} */
  let undo = [];
  let k = 0;
  let erase = false;
  let sent = "";
  let sending = 0; // how many are under way
  /** @type {{x: number, y: number}} where the keys would put a point */
  let cursor = { x: 0, y: 0 };
  let keys = false;
  /** @type {{x: number, y: number} | null} */
  let last = null;
  /** @type {any} */
  let timer = 0;
  let side = SIDE;

  const element = h("canvas", {
    class: "paint",
    tabindex: "0",
    role: "application",
    "aria-label":
      "Paint points: 1 to 8 choose the class, arrow keys move, Enter puts a point, Delete takes one away",
    dataset: { keys: "own" },
    onpointerdown: down,
    onpointermove: move,
    onpointerup: up,
    onpointercancel: up,
    onkeydown: key,
    onfocus: () => redraw(),
    onblur: () => {
      keys = false;
      redraw();
    },
  });
  const drawing = canvas.fit(element, draw);
  const redraw = drawing.redraw;
  const error = fields.errorOf(element);
  const hint = h("p", { class: "muted small tabular" });
  const classes = h(
    "div",
    { class: "paint-classes", role: "radiogroup", "aria-label": "Class of new points", onkeydown: arrows },
    ...Array.from({ length: CLASSES }, (_, i) =>
      h(
        "button",
        {
          type: "button",
          class: "paint-class",
          role: "radio",
          "aria-checked": String(i === 0),
          "aria-label": `Class ${i + 1}`,
          title: `Class ${i + 1} (key ${i + 1})`,
          tabindex: i === 0 ? "0" : "-1",
          dataset: { class: String(i) },
          onclick: () => pick(i),
        },
        h("span", { class: `swatch back-${i}` }),
        String(i + 1),
      ),
    ),
  );
  const eraser = h(
    "button",
    { type: "button", class: "button", "aria-pressed": "false", onclick: () => setErase(!erase) },
    "Erase",
  );
  const back = h("button", { type: "button", class: "button", onclick: takeBack }, "Undo");
  const clear = h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => {
        keep();
        points = [];
        changed(0);
      },
    },
    "Clear",
  );
  const x = coordinate("x");
  const y = coordinate("y");
  const enter = h(
    "form",
    {
      class: "row coordinates",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const at = { x: Number(x.value.replace(",", ".")), y: Number(y.value.replace(",", ".")) };
        if (x.value.trim() === "" || y.value.trim() === "" || !Number.isFinite(at.x) || !Number.isFinite(at.y)) {
          error.show("Expected two numbers, such as 0.5 and -0.25.");
          return;
        }
        keep();
        put(at);
        changed(0);
        x.select();
      },
    },
    x,
    y,
    h("button", { class: "button" }, "Add a point"),
  );

  /** @param {string} name */
  function coordinate(name) {
    return h("input", {
      class: "input",
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      name: `point-${name}`,
      "aria-label": `${name} of a new point`,
      placeholder: name,
    });
  }

  /** @param {number} i */
  function pick(i) {
    k = i;
    setErase(false);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (classes.querySelectorAll("button"))) {
      const on = button.dataset.class === String(i);
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    redraw();
  }

  /** @param {boolean} on */
  function setErase(on) {
    erase = on;
    eraser.setAttribute("aria-pressed", String(on));
  }

  /** @param {KeyboardEvent} event */
  function arrows(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = step ? (k + step + CLASSES) % CLASSES : Number(event.key) - 1;
    if (to >= 0 && to < CLASSES) {
      event.preventDefault();
      pick(to);
      /** @type {HTMLElement} */ (classes.children[to]).focus();
    }
  }

  /** @param {PointerEvent} event */
  function place(event) {
    const box = element.getBoundingClientRect();
    return {
      x: canvas.linear(box.left, box.right, -side, side)(event.clientX),
      y: canvas.linear(box.bottom, box.top, -side, side)(event.clientY),
    };
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0 && event.pointerType === "mouse") return;
    element.setPointerCapture(event.pointerId);
    keys = false;
    keep();
    last = null;
    stroke(place(event));
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (last === null || !element.hasPointerCapture(event.pointerId)) return;
    const at = place(event);
    if (Math.hypot(at.x - last.x, at.y - last.y) >= APART * side) stroke(at);
  }

  function up() {
    if (last !== null) {
      last = null;
      changed(200);
    }
  }

  /** @param {{x: number, y: number}} at */
  function stroke(at) {
    last = at;
    if (erase) wipe(at);
    else put(at);
    tell();
    redraw();
  }

  /** @param {{x: number, y: number}} at */
  function put(at) {
    const most = app.catalog.limits?.points ?? 2000;
    if (points.length >= most) {
      error.show(`The studio takes up to ${plural(most, "point")}.`);
      return;
    }
    const within = (/** @type {number} */ v) => round(Math.min(1000, Math.max(-1000, v)));
    points = [...points, { x: within(at.x), y: within(at.y), k }];
  }

  /** @param {{x: number, y: number}} at */
  function wipe(at) {
    points = points.filter((p) => Math.hypot(p.x - at.x, p.y - at.y) > NEAR * side);
  }

  function keep() {
    undo = [...undo.slice(-49), points];
  }

  function takeBack() {
    const before = undo.pop();
    if (before) {
      points = before;
      changed(0);
    }
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === "z") {
        event.preventDefault();
        takeBack();
      }
      return;
    }
    const step = side * (event.shiftKey ? 0.01 : 0.05);
    const by = { ArrowRight: [step, 0], ArrowLeft: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    const digit = Number(event.key);
    keys = true;
    if (by) {
      const within = (/** @type {number} */ v) => round(Math.min(side, Math.max(-side, v)));
      cursor = { x: within(cursor.x + by[0]), y: within(cursor.y + by[1]) };
      tell();
    } else if (digit >= 1 && digit <= CLASSES) {
      pick(digit - 1);
      app.announce(`Class ${digit}`);
    } else if (event.key === "Enter") {
      keep();
      put(cursor);
      app.announce(`Point of class ${k + 1} at ${fixed(cursor.x, 2)}, ${fixed(cursor.y, 2)}`);
      changed(400);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      keep();
      wipe(cursor);
      changed(400);
    } else {
      return;
    }
    event.preventDefault();
    redraw();
  }

  function tell() {
    const many = new Set(points.map((p) => p.k)).size;
    const where = keys ? `, at ${fixed(cursor.x, 2)}, ${fixed(cursor.y, 2)}` : "";
    setText(
      hint,
      many < 2
        ? "Paint points of at least two classes."
        : `${plural(points.length, "point")} of ${plural(many, "class", "classes")}${where}`,
    );
    back.disabled = undo.length === 0;
    clear.disabled = points.length === 0;
  }

  /** @param {number} delay */
  function changed(delay) {
    tell();
    redraw();
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  /** Painted points are a run as soon as there is something to tell apart. */
  async function send() {
    const text = formatPoints(points);
    if (text === sent) return;
    if (new Set(points.map((p) => p.k)).size < 2) return;
    sent = text;
    error.show(null);
    sending++;
    const refused =
      app.settings.data === "points"
        ? await app.apply({ points: text }, { quiet: true })
        : await app.start({ data: "points", points: text }, { quiet: true });
    sending--;
    if (refused) {
      sent = "";
      error.show(refused.message);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   */
  function draw(context, width, height) {
    const sx = canvas.linear(-side, side, 0, width);
    const sy = canvas.linear(-side, side, height, 0);
    context.strokeStyle = colors.css("--line");
    context.lineWidth = 1;
    for (const v of [-0.5, 0, 0.5]) {
      context.beginPath();
      context.moveTo(Math.round(sx(v * side)) + 0.5, 0);
      context.lineTo(Math.round(sx(v * side)) + 0.5, height);
      context.moveTo(0, Math.round(sy(v * side)) + 0.5);
      context.lineTo(width, Math.round(sy(v * side)) + 0.5);
      context.stroke();
    }
    context.strokeStyle = colors.css("--surface");
    for (const point of points) {
      context.beginPath();
      context.arc(sx(point.x), sy(point.y), 4.5, 0, 7);
      context.fillStyle = colors.classColor(point.k);
      context.fill();
      context.stroke();
    }
    if (points.length === 0 && !keys) {
      context.fillStyle = colors.css("--muted");
      context.font = `13px ${colors.css("--font")}`;
      context.textAlign = "center";
      context.fillText("Click or drag to paint points", width / 2, height / 2 - 14);
    }
    if (keys && document.activeElement === element) {
      context.strokeStyle = colors.css("--text");
      context.beginPath();
      context.arc(sx(cursor.x), sy(cursor.y), 7, 0, 7);
      context.moveTo(sx(cursor.x) - 12, sy(cursor.y));
      context.lineTo(sx(cursor.x) + 12, sy(cursor.y));
      context.moveTo(sx(cursor.x), sy(cursor.y) - 12);
      context.lineTo(sx(cursor.x), sy(cursor.y) + 12);
      context.stroke();
    }
  }

  tell();
  return {
    root: h(
      "div",
      { class: "stack grow" },
      classes,
      element,
      error.text,
      h("div", { class: "row" }, h("span", { class: "grow" }, hint), eraser, back, clear),
      enter,
    ),
    open() {
      redraw();
      element.focus({ preventScroll: true });
    },
    /** @param {any} state */
    show(state) {
      const text = app.settings.points;
      // The answer to what was sent before must not take away what was painted since.
      if (sending > 0) return;
      if (state.settings.data === "points" && text !== undefined && text !== sent && last === null) {
        sent = text;
        points = parsePoints(text);
        side = Math.max(SIDE, ...points.map((p) => Math.max(Math.abs(p.x), Math.abs(p.y)) * 1.05));
        tell();
        redraw();
      }
    },
  };
}

// @ts-check
/**
 * Short messages over the page: they move nothing, and go by themselves unless something is to be done.
 *
 * @module
 */

import { h } from "./h.js";

/**
 * @typedef {object} Options
 * @property {"info" | "warn" | "bad"} [kind]
 * @property {string} [key] a message takes the place of an older one of the same key
 * @property {boolean} [stay] until it is closed or hidden
 * @property {string} [label] of a button
 * @property {() => void} [action] of that button
 */

export class Toasts {
  constructor() {
    /** @type {Map<string, {element: HTMLElement, timer: any}>} */
    this.shown = new Map();
  }

  /**
   * @param {string} text
   * @param {Options} [options]
   */
  show(text, { kind = "info", key = text, stay = false, label, action } = {}) {
    this.hide(key);
    const close = () => this.hide(key);
    const element = h(
      "div",
      { class: `toast ${kind}` },
      h("span", { class: "grow" }, text),
      label &&
        h(
          "button",
          {
            class: "button",
            type: "button",
            onclick: () => {
              close();
              action?.();
            },
          },
          label,
        ),
      h("button", { class: "button quiet icon", type: "button", "aria-label": "Close", onclick: close }, "\u00d7"),
    );
    document.getElementById("toasts")?.append(element);
    const timer = stay ? 0 : setTimeout(close, 5000 + text.length * 40);
    this.shown.set(key, { element, timer });
  }

  /** @param {string} key */
  hide(key) {
    const toast = this.shown.get(key);
    if (toast) {
      clearTimeout(toast.timer);
      toast.element.remove();
      this.shown.delete(key);
    }
  }
}

// @ts-check
/**
 * The way through a training step, drawn as it runs: forward along the top, back along the bottom;
 * each stop is a button.
 */
import { h } from "../h.js";
import { layerName, stepName, steps } from "./trace.js";

export class Stepper {
  /** @param {(index: number) => void} chosen */
  constructor(chosen) {
    this.chosen = chosen;
    this.root = h("nav", { class: "steps", "aria-label": "Steps of one training step" });
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
    /** @type {string[]} */
    this.kinds = [];
  }

  /** @param {string[]} kinds of the layers @param {number} index of the step that is shown */
  show(kinds, index) {
    if (kinds.join() !== this.kinds.join()) {
      this.kinds = kinds;
      this.#build();
    }
    this.buttons.forEach((button, i) => {
      button.classList.toggle("is-done", i < index);
      if (i === index) {
        button.setAttribute("aria-current", "step");
      } else {
        button.removeAttribute("aria-current");
      }
    });
  }

  #build() {
    const depth = this.kinds.length;
    const all = steps(depth);
    this.buttons = all.map((step, i) => {
      const back = step.kind === "back";
      const name = back ? layerName(step.layer ?? 0, this.kinds) : stepName(step, this.kinds);
      // There is no room for more than a layer's own name, and maybe not for all of that.
      const named = step.layer !== null && this.kinds[step.layer] !== "dense";
      const button = h(
        "button",
        {
          type: "button",
          class: `steps-stop is-${step.kind}`,
          "aria-label": `Step ${i + 1} of ${all.length}: ${stepName(step, this.kinds)}`,
          title: named ? name : null,
          onclick: () => this.chosen(i),
        },
        h("span", { class: "steps-name" }, name),
        named ? null : h("span", { class: "steps-about", "aria-hidden": "true" }, ABOUT[step.kind]),
      );
      const column = step.kind === "loss" ? depth + 2 : step.layer === null ? 1 : step.layer + 2;
      button.style.gridColumn = String(column);
      button.style.gridRow = step.kind === "loss" ? "1 / span 2" : back || step.kind === "update" ? "2" : "1";
      return button;
    });
    const track = h("div", { class: "steps-track" }, this.buttons);
    const widths = this.kinds.map((kind) => `minmax(${kind === "dense" ? 84 : 112}px, 1fr)`);
    track.style.gridTemplateColumns = ["minmax(84px, 1fr)", ...widths, "minmax(84px, 1fr)"].join(" ");
    this.root.replaceChildren(track);
  }
}

const ABOUT = { input: "x", forward: "z, a →", loss: "L", back: "← dz, dw", update: "w − η · g" };

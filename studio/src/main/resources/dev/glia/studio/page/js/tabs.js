// @ts-check
/**
 * The tabs over the main area: arrow keys, Home and End move, as ARIA's pattern has it. On a phone
 * the settings are a tab too.
 *
 * @module
 */

const NAMES = ["train", "watch", "digits", "trace", "doctor", "takeaway"];
const STORE = "glia-tab";

export class Tabs {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.selected = "watch";
    this.narrow = matchMedia("(max-width: 760px)");
  }

  mount() {
    const list = /** @type {HTMLElement} */ (document.getElementById("tabs"));
    list.addEventListener("click", (event) => {
      const tab = /** @type {Element} */ (event.target).closest('[role="tab"]');
      if (tab) this.select(tab.id.replace("tab-", ""));
    });
    list.addEventListener("keydown", (event) => this.key(event));
    this.narrow.addEventListener("change", () => this.fit());
    let first = "watch";
    try {
      first = sessionStorage.getItem(STORE) ?? first;
    } catch {
      // Then a reload shows the first.
    }
    this.selected = NAMES.includes(first) ? first : "watch";
    this.fit();
  }

  /** The names that can be chosen now. */
  names() {
    return this.narrow.matches ? NAMES : NAMES.slice(1);
  }

  fit() {
    const side = tabPanel("train");
    if (this.narrow.matches) {
      side.setAttribute("role", "tabpanel");
      side.setAttribute("aria-labelledby", "tab-train");
    } else {
      side.removeAttribute("role");
      side.removeAttribute("aria-labelledby");
      if (this.selected === "train") this.selected = "watch";
    }
    this.mark();
  }

  mark() {
    const layout = /** @type {HTMLElement} */ (document.getElementById("layout"));
    layout.dataset.tab = this.selected;
    for (const name of NAMES) {
      const on = name === this.selected;
      const tab = /** @type {HTMLElement} */ (document.getElementById(`tab-${name}`));
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      if (name !== "train") tabPanel(name).hidden = !on;
    }
  }

  /**
   * @param {string} name
   * @param {{detail?: any, focus?: boolean}} [options]
   */
  select(name, { detail, focus = false } = {}) {
    if (!this.names().includes(name)) {
      tabPanel(name).focus();
      return;
    }
    const before = this.selected;
    this.selected = name;
    this.mark();
    try {
      sessionStorage.setItem(STORE, name);
    } catch {
      // Only a reload would have used it.
    }
    if (focus) document.getElementById(`tab-${name}`)?.focus();
    const { app } = this;
    if (before !== name) app.panels.get(before)?.hide?.();
    app.panels.get(name)?.show?.(detail);
    if (before !== name) {
      app.refresh(true);
      if (app.frame) app.panels.get(name)?.onFrame?.(app.frame);
      app.tellAll("tab", name);
    }
  }

  /**
   * A small number on a tab.
   *
   * @param {string} name
   * @param {number} count 0 for none
   * @param {string} severity
   */
  badge(name, count, severity) {
    const badge = document.getElementById(`badge-${name}`);
    if (!badge) return;
    badge.hidden = count === 0;
    badge.dataset.severity = severity;
    if (badge.textContent !== String(count)) badge.textContent = String(count);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const names = this.names();
    const at = names.indexOf(this.selected);
    const to = {
      ArrowRight: (at + 1) % names.length,
      ArrowLeft: (at + names.length - 1) % names.length,
      Home: 0,
      End: names.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.select(names[to], { focus: true });
    }
  }
}

/** @param {string} name */
function tabPanel(name) {
  return /** @type {HTMLElement} */ (document.getElementById(`panel-${name}`));
}

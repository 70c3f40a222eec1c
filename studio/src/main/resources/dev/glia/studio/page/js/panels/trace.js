// @ts-check
/** Trace: every number of one training step on one example, as formulas with the numbers in them. */
import { count, plural } from "../format.js";
import { h, setText } from "../h.js";
import { rows } from "../parts.js";
import { figure } from "../trace/numbers.js";
import { Picker } from "../trace/picker.js";
import { Stepper } from "../trace/stepper.js";
import { kindsOf, stepName, steps } from "../trace/trace.js";
import { View } from "../trace/view.js";

/**
 * @param {HTMLElement} root
 * @param {any} app
 */
export function mount(root, app) {
  const panel = new TracePanel(root, app);
  root.replaceChildren(panel.root);
  return {
    parts: () => [],
    show: (/** @type {any} */ example) => panel.show(example),
    onState: () => panel.onState(),
    onFrame: () => panel.onFrame(),
  };
}

class TracePanel {
  /** @param {HTMLElement} place @param {any} app */
  constructor(place, app) {
    this.app = app;
    this.place = place;
    /** @type {import("../parts.js").Part} */
    this.part = "train";
    this.row = 0;
    this.step = 0;
    this.digits = 4;
    /** @type {number[]} the unit chosen of each layer, -1 the most important */
    this.units = [];
    this.run = "";
    /** @type {import("../trace/trace.js").Trace | null} */
    this.trace = null;
    this.asked = 0;
    this.#build();
    app.events.addEventListener("moment", () => this.#moment());
    // Another file under the same settings is another run too; its state is about to come.
    app.events.addEventListener("settings", () => (this.run = ""));
    app.events.addEventListener("theme", () => this.picker.redraw());
  }

  #build() {
    this.picker = new Picker(this.app, (part, row) => this.#pick(part, row));
    this.stepper = new Stepper((index) => this.#go(index));
    this.view = new View((layer, unit) => this.#unit(layer, unit));
    this.taken = h("p", { class: "trace-taken", role: "status" });
    this.refresh = h("button", { class: "button", type: "button", onclick: () => this.load() }, "Take it again");
    this.more = /** @type {HTMLInputElement} */ (
      h("input", { type: "checkbox", onchange: () => this.#digits(this.more.checked ? 8 : 4) })
    );
    this.check = h("p", { class: "trace-check" });
    this.back = h("button", { class: "button", type: "button", onclick: () => this.#go(this.step - 1) });
    this.next = h("button", { class: "button primary", type: "button", onclick: () => this.#go(this.step + 1) });
    this.at = h("span", { class: "trace-place" });
    this.problem = h("div", { class: "notice bad trace-problem", role: "alert", hidden: true });
    this.content = h("div", { class: "trace-content", "aria-live": "off" });
    this.main = h(
      "div",
      { class: "trace-main" },
      h("div", { class: "trace-bar" }, this.taken, h("label", { class: "check" }, this.more, "More digits"), this.refresh),
      this.stepper.root,
      this.content,
      h("div", { class: "trace-foot" }, this.back, this.at, this.next),
    );
    this.aside = h("aside", { class: "trace-aside", "aria-label": "Example" }, this.picker.root, this.check);
    this.body = h("div", { class: "trace" }, this.aside, this.main);
    this.none = h(
      "div",
      { class: "notice" },
      h("h2", {}, "Every number of one training step"),
      h("p", {}, "Start a run: then you can follow one example forward through the network, and its error back."),
    );
    this.root = h("div", { class: "trace-panel" }, this.none, this.problem, this.body);
    this.body.hidden = true;
  }

  /** A page that is opened on this tab never switches to it. */
  get shown() {
    return !this.place.hidden;
  }

  /** @param {{part: import("../parts.js").Part, row: number}} [example] the one to trace */
  show(example) {
    if (example !== undefined) {
      this.part = example.part;
      this.row = example.row;
      this.run = "";
    }
    const before = this.asked;
    this.onState();
    const stale = this.trace !== null && this.app.moment === null && this.#updates() !== this.trace.updates;
    if (stale && this.asked === before) {
      this.load(); // who comes back wants to see the run as it is now
    }
  }

  /** Of another run the moment comes before its state: that takes the trace. */
  #moment() {
    if (this.shown && this.app.state && this.run === this.#runOf(this.app.state)) {
      this.load();
    }
  }

  /** What tells a run from others. @param {any} state */
  #runOf(state) {
    return `${state.id} ${JSON.stringify(state.settings)}`;
  }

  onState() {
    const { state } = this.app;
    this.none.hidden = Boolean(state);
    if (!state || !this.shown) {
      return;
    }
    const run = this.#runOf(state);
    if (run !== this.run) {
      this.run = run;
      this.trace = null;
      this.units = [];
      this.step = Math.min(this.step, 2 * state.network.traced.length + 2);
      if (this.row >= rows(this.part, state.data)) {
        this.part = "train";
        this.row = 0;
      }
      this.load();
    } else {
      this.onFrame();
    }
  }

  /** A run that stands still is traced again at once; one that runs is left alone and says so. */
  onFrame() {
    if (!this.shown || this.app.moment !== null || this.trace === null) {
      return;
    }
    const updates = this.#updates();
    if (updates !== this.trace.updates && this.app.state.status !== "running") {
      this.load();
    } else {
      this.#tell();
    }
  }

  #updates() {
    const { frame, state } = this.app;
    return frame && frame.session === state.id ? frame.updates : state.updates;
  }

  /** @param {import("../parts.js").Part} part @param {number} row */
  #pick(part, row) {
    this.part = part;
    this.row = row;
    this.load();
  }

  /** @param {number} layer @param {number} unit */
  #unit(layer, unit) {
    this.units[layer] = unit;
    this.load();
  }

  /** @param {number} digits */
  #digits(digits) {
    this.digits = digits;
    this.#draw();
  }

  /** @param {number} index */
  #go(index) {
    const { traced } = this.app.state.network;
    this.step = Math.min(Math.max(index, 0), 2 * traced.length + 2);
    const { layer } = this.#now();
    const unit = layer === null ? undefined : this.units[layer];
    if (unit !== undefined && this.trace?.layers[layer ?? 0].unit.index !== unit) {
      this.load();
    } else {
      this.#draw();
    }
    this.place.scrollTop = Math.min(this.place.scrollTop, this.main.offsetTop - this.body.offsetTop);
    this.app.announce(`Step ${this.step + 1}: ${stepName(this.#now(), traced)}`);
  }

  #now() {
    return steps(this.app.state.network.traced.length)[this.step];
  }

  /** Takes the trace: as of the timeline's moment, else as of now. */
  async load() {
    const { app } = this;
    if (!app.state) {
      return;
    }
    const asked = ++this.asked;
    const query = new URLSearchParams({ part: this.part, row: String(this.row) });
    if (app.moment !== null && app.moment !== undefined) {
      query.set("moment", String(app.moment));
    }
    const layer = this.#now().layer ?? this.view.updateLayer;
    const unit = this.units[layer];
    if (unit !== undefined) {
      query.set("layer", String(layer));
      query.set("unit", String(unit));
    }
    this.body.hidden = false;
    this.body.classList.add("is-loading");
    this.picker.set(this.part, this.row);
    if (this.trace === null) {
      this.#drawLoading();
    }
    setText(this.taken, "Reckoning…");
    try {
      const trace = await app.api.get(`/api/sessions/${app.state.id}/trace?${query}`);
      if (asked === this.asked) {
        this.trace = trace;
        this.#fail(null);
        this.picker.describe(trace);
        this.#draw();
      }
    } catch (error) {
      if (asked === this.asked) {
        this.#fail(/** @type {Error} */ (error).message);
      }
    }
    if (asked === this.asked) {
      this.body.classList.remove("is-loading");
      this.#tell();
    }
  }

  /** The way and the frame of what comes, before the first numbers. */
  #drawLoading() {
    this.stepper.show(this.app.state.network.traced, this.step);
    this.content.replaceChildren(
      h("div", { class: "trace-blocks" }, h("div", { class: "skeleton" }), h("div", { class: "skeleton" })),
    );
    this.back.textContent = "Back";
    this.next.textContent = "Next";
    this.back.disabled = true;
    this.next.disabled = true;
    setText(this.at, "");
    setText(this.check, "");
  }

  #draw() {
    const { trace } = this;
    const { state } = this.app;
    if (trace === null || kindsOf(trace).join() !== state.network.traced.join()) {
      return;
    }
    const kinds = kindsOf(trace);
    const all = steps(trace.layers.length);
    this.stepper.show(kinds, this.step);
    this.content.replaceChildren(
      this.view.draw(all[this.step], { trace, data: state.data, settings: state.settings, digits: this.digits }),
    );
    const name = (/** @type {number} */ i) => stepName(all[i], kinds);
    this.back.disabled = this.step === 0;
    this.next.disabled = this.step === all.length - 1;
    this.back.textContent = this.back.disabled ? "Back" : `‹ ${name(this.step - 1)}`;
    this.next.textContent = this.next.disabled ? "Next" : `${name(this.step + 1)} ›`;
    setText(this.at, `Step ${this.step + 1} of ${all.length}`);
    this.#tell();
  }

  /** Of when the trace is, and whether the run has gone on since. */
  #tell() {
    const { trace } = this;
    if (trace === null) {
      return;
    }
    const past = this.app.moment !== null && this.app.moment !== undefined;
    const since = this.#updates() - trace.updates;
    const on = !past && since > 0;
    const when = past && this.app.moment === trace.updates ? "The timeline's moment, update" : "Taken at update";
    setText(
      this.taken,
      `${when} ${count(trace.updates)}${on ? `; the run has gone on by ${plural(since, "update")}` : ""}`,
    );
    this.refresh.disabled = past;
    this.refresh.classList.toggle("primary", on);
    const without = trace.leftOut.length > 0 ? ` Without ${trace.leftOut.join(", ")}: as the network predicts.` : "";
    const { largestRelative, all = true } = trace.gradcheck;
    const which = all ? "All gradients of this example" : "The gradients of the units chosen here";
    setText(
      this.check,
      `${which} against finite differences: they differ by ${figure(largestRelative, 2)} at most, relatively.${without}`,
    );
  }

  /** @param {string | null} message */
  #fail(message) {
    this.problem.hidden = message === null;
    this.body.hidden = message !== null;
    if (message !== null) {
      this.problem.replaceChildren(
        h("h2", {}, "No trace"),
        h("p", {}, message),
        h("button", { class: "button", type: "button", onclick: () => this.load() }, "Try again"),
      );
    }
  }
}

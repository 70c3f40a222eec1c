// @ts-check
/** Digits: draw one and see what a network makes of it; all pictures of a run; its mistakes. */
import { encode } from "../base64.js";
import { Board } from "../digits/board.js";
import { Confusion } from "../digits/confusion.js";
import { Gallery, heading, query } from "../digits/gallery.js";
import { Newest } from "../digits/newest.js";
import { drawPixels } from "../digits/pixels.js";
import { Reading } from "../digits/reading.js";
import { count, percent } from "../format.js";
import { h, setText } from "../h.js";
import { title } from "../parts.js";

/** Milliseconds between two questions about a drawing, and between two looks at a running run. */
const DRAWING_PAUSE = 60;
const RUN_PAUSE = 2000;

/**
 * @param {HTMLElement} root
 * @param {any} app
 */
export function mount(root, app) {
  const panel = new DigitsPanel(root, app);
  root.replaceChildren(panel.root);
  return {
    parts: () => [],
    show: () => panel.show(),
    hide: () => panel.hide(),
    onState: () => panel.onState(),
    onFrame: () => panel.onFrame(),
  };
}

class DigitsPanel {
  /** @param {HTMLElement} place @param {any} app */
  constructor(place, app) {
    this.app = app;
    this.place = place;
    this.drawing = new Drawing(app);
    this.pictures = new Pictures(app);
    this.root = h("div", { class: "digits" }, this.drawing.root, this.pictures.root);
    app.events.addEventListener("theme", () => {
      this.drawing.redraw();
      this.pictures.redraw();
    });
    app.events.addEventListener("moment", () => this.onFrame());
  }

  /** A page that is opened on this tab never switches to it. */
  get shown() {
    return !this.place.hidden;
  }

  show() {
    this.onState();
  }

  hide() {
    this.pictures.rest();
  }

  onState() {
    if (this.shown) {
      this.drawing.show();
      this.drawing.onState();
      this.pictures.onState();
    }
  }

  onFrame() {
    if (this.shown) {
      this.drawing.onFrame();
      this.pictures.onFrame();
    }
  }
}

/** The board with its reading. */
class Drawing {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    /** @type {{id: string, title: string, description: string}[] | null} null until the server has said */
    this.models = null;
    this.board = new Board(() => this.#drawn());
    this.reading = new Reading();
    this.asking = new Newest(
      (question) => app.api.post("/api/predict", question),
      (/** @type {any} */ answer) => this.reading.show(answer),
      (/** @type {Error} */ error) => this.reading.fail(error.message),
      DRAWING_PAUSE,
    );
    /** The run's line and update of the last question about it. */
    this.moment = "";
    this.modelsAsked = false;
    /** @type {Uint8Array | null} what the network sees */
    this.picture = null;
    this.#build();
  }

  #build() {
    this.model = /** @type {HTMLSelectElement} */ (
      h("select", { class: "select", id: "digits-model", onchange: () => this.#modelChosen() })
    );
    this.about = h("p", { class: "digits-about" });
    this.problem = h("p", { class: "error-text digits-problem", role: "alert", hidden: true });
    this.file = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "file",
        class: "visually-hidden",
        tabindex: "-1",
        accept: ".safetensors",
        "aria-label": "Model file",
        onchange: () => this.#open(this.file.files),
      })
    );
    this.seen = /** @type {HTMLCanvasElement} */ (
      h("canvas", { class: "seen-picture", role: "img", "aria-label": "What the network sees: 28 by 28 pixels" })
    );
    this.seen.width = 28;
    this.seen.height = 28;
    this.undo = this.#tool("Undo", "Take the last stroke back (Ctrl+Z)", () => this.board.undo());
    this.clear = this.#tool("Clear", "Begin with an empty board (Delete)", () => this.board.clear());
    this.root = h(
      "section",
      { class: "card digits-card", "aria-labelledby": "digits-draw-title" },
      h(
        "header",
        { class: "digits-head" },
        h("h2", { id: "digits-draw-title" }, "Draw a digit"),
        h("div", { class: "digits-model" }, h("label", { class: "label", for: "digits-model" }, "Network"), this.model),
        h("button", { class: "button", type: "button", onclick: () => this.file.click() }, "Open a model file…"),
        this.file,
      ),
      this.about,
      this.problem,
      h(
        "div",
        { class: "draw-body" },
        h(
          "div",
          { class: "draw-board" },
          this.board.root,
          h("div", { class: "draw-tools" }, this.undo, this.clear),
          h(
            "p",
            { class: "draw-keys", id: "board-keys" },
            h("kbd", {}, "Space"),
            " pen down or up, ",
            h("kbd", {}, "←↑↓→"),
            " move it",
          ),
        ),
        h(
          "figure",
          { class: "seen" },
          this.seen,
          h(
            "figcaption",
            {},
            h("b", {}, "What the network sees"),
            h("span", {}, "28 × 28 greys: your ink scaled into a 20 × 20 box, its centre of mass in the middle, as in MNIST."),
          ),
        ),
        this.reading.root,
        h("div", { class: "draw-hidden" }, h("h3", {}, "Hidden units"), this.reading.layers),
      ),
    );
    this.#acceptDrops();
    this.#tools();
  }

  /** @param {string} name @param {string} title @param {() => void} act */
  #tool(name, title, act) {
    return h("button", { class: "button", type: "button", title, onclick: act }, name);
  }

  /** Asks once which networks there are. */
  async show() {
    if (this.models !== null || this.modelsAsked) {
      return;
    }
    this.modelsAsked = true;
    try {
      this.models = (await this.app.api.get("/api/models")).models;
      this.#offer();
    } catch (error) {
      this.modelsAsked = false;
      this.#say(/** @type {Error} */ (error).message);
    }
  }

  onState() {
    this.#offer();
  }

  /** A run that goes on, or is shown at another moment, is asked again about the same drawing. */
  onFrame() {
    const { frame } = this.app;
    const moment = frame ? `${frame.line} ${frame.updates}` : "";
    if (this.model.value.startsWith("session:") && moment !== this.moment && !this.board.empty) {
      this.moment = moment;
      this.#ask();
    }
  }

  redraw() {
    this.board.draw();
    this.reading.redraw();
    this.#drawSeen();
  }

  #drawn() {
    this.#tools();
    this.picture = this.board.empty ? null : this.board.picture();
    this.#drawSeen();
    if (this.picture === null) {
      this.asking.drop();
      this.reading.clear();
    } else {
      this.#ask();
    }
  }

  #drawSeen() {
    drawPixels(this.seen, this.picture ?? new Uint8Array(28 * 28), 28, 28);
  }

  #tools() {
    this.undo.disabled = this.board.empty;
    this.clear.disabled = this.board.empty;
  }

  #ask() {
    if (this.picture && this.model.value !== "") {
      this.asking.put({
        model: this.model.value,
        moment: this.model.value.startsWith("session:") ? (this.app.frame?.moment ?? null) : null,
        pixels: encode(this.picture),
      });
    }
  }

  /** The networks that read pictures of this size: those of the server, and this run's. */
  #offer() {
    const { state } = this.app;
    const offered = (this.models ?? []).map(({ id, title, description }) => ({ id, title, description }));
    const image = state?.data?.image;
    if (image && image.width === 28 && image.height === 28) {
      offered.push({
        id: `session:${state.id}`,
        title: `This run (${state.network.sizes})`,
        description: "The network that you train, at the moment shown: its reading changes while it learns.",
      });
    }
    const before = this.model.value;
    const key = JSON.stringify(offered);
    if (this.model.dataset.key !== key) {
      this.model.dataset.key = key;
      this.model.replaceChildren(...offered.map(({ id, title }) => h("option", { value: id }, title)));
      this.model.value = offered.some(({ id }) => id === before) ? before : (offered[0]?.id ?? "");
    }
    setText(this.about, offered.find(({ id }) => id === this.model.value)?.description ?? "");
    if (this.model.value !== before) {
      this.#ask();
    }
  }

  #modelChosen() {
    this.#say(null);
    this.#offer();
    if (this.board.empty) {
      this.reading.clear();
    } else {
      this.#ask();
    }
  }

  #acceptDrops() {
    const over = (/** @type {DragEvent} */ event) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
        this.root.classList.add("is-dropping");
      }
    };
    this.root.addEventListener("dragenter", over);
    this.root.addEventListener("dragover", over);
    this.root.addEventListener("dragleave", (event) => {
      if (!this.root.contains(/** @type {Node | null} */ (event.relatedTarget))) {
        this.root.classList.remove("is-dropping");
      }
    });
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.root.classList.remove("is-dropping");
      this.#open(event.dataTransfer?.files ?? null);
    });
  }

  /** @param {FileList | null} files */
  async #open(files) {
    const file = files?.[0];
    if (file === undefined) {
      return;
    }
    this.#say(null);
    try {
      const name = encodeURIComponent(file.name);
      const opened = await this.app.api.upload(`/api/models?name=${name}`, await file.arrayBuffer());
      this.models = [...(this.models ?? []).filter(({ id }) => id !== opened.id), opened];
      this.#offer();
      this.model.value = opened.id;
      this.#modelChosen();
      this.app.announce(`${opened.title} is open.`);
    } catch (error) {
      this.#say(/** @type {Error} */ (error).message);
    }
    this.file.value = "";
  }

  /** @param {string | null} problem */
  #say(problem) {
    this.problem.hidden = problem === null;
    this.problem.textContent = problem ?? "";
    this.about.hidden = problem !== null; // it stands in the same line: nothing moves
  }
}

/** The gallery and the confusion matrix of this run. */
class Pictures {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    /** @type {import("../digits/gallery.js").Filter} */
    this.filter = { part: "watched", actual: null, predicted: null, wrong: false, offset: 0, limit: 42 };
    this.total = 0;
    this.asked = "";
    this.key = "";
    this.gallery = new Gallery((row) => this.#trace(row));
    this.confusion = new Confusion((actual, predicted) => this.#cell(actual, predicted));
    this.loading = new Newest(
      (question) => this.#load(/** @type {any} */ (question)),
      (answer) => this.#show(/** @type {any} */ (answer)),
      (error) => this.#fail(/** @type {Error} */ (error).message),
    );
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.lastLoad = 0;
    this.#build();
  }

  #build() {
    const change = (/** @type {any} */ given) => this.#choose(given);
    this.part = select("Part", [["train", "Training"]], (value) => change({ part: value }));
    this.actual = select("Is", [["", "any class"]], (value) => change({ actual: value === "" ? null : Number(value) }));
    this.predicted = select("Read as", [["", "any class"]], (value) =>
      change({ predicted: value === "" ? null : Number(value) }),
    );
    this.wrong = /** @type {HTMLInputElement} */ (
      h("input", { type: "checkbox", onchange: () => change({ wrong: this.wrong.checked }) })
    );
    this.summary = h("p", { class: "gallery-summary", role: "status" });
    this.back = h("button", { class: "button", type: "button", onclick: () => this.#page(-1) }, "‹ Back");
    this.next = h("button", { class: "button", type: "button", onclick: () => this.#page(1) }, "Next ›");
    this.place = h("span", { class: "gallery-place" });
    this.score = h("p", { class: "confusion-score" });
    this.problem = h("p", { class: "error-text digits-problem", role: "alert", hidden: true });
    this.content = h(
      "div",
      { class: "pictures-body" },
      h(
        "div",
        { class: "pictures-gallery" },
        h(
          "div",
          { class: "gallery-filter", role: "group", "aria-label": "Which pictures" },
          this.part.root,
          this.actual.root,
          this.predicted.root,
          h("label", { class: "check gallery-wrong" }, this.wrong, "Wrong only"),
        ),
        this.summary,
        this.gallery.root,
        h("nav", { class: "gallery-pages", "aria-label": "Pages of pictures" }, this.back, this.place, this.next),
      ),
      h(
        "div",
        { class: "pictures-confusion" },
        h("h3", {}, "Confusion matrix"),
        this.confusion.root,
        this.score,
      ),
    );
    this.empty = h("div", { class: "notice digits-empty" });
    this.root = h(
      "section",
      { class: "card digits-card", "aria-labelledby": "digits-pictures-title" },
      h("header", { class: "digits-head" }, h("h2", { id: "digits-pictures-title" }, "Right and wrong")),
      this.problem,
      this.empty,
      this.content,
    );
  }

  onState() {
    const { state } = this.app;
    const images = this.#images();
    this.content.hidden = !images;
    this.empty.hidden = images;
    if (!images) {
      this.key = "";
      this.asked = "";
      this.problem.hidden = true;
      this.loading.drop();
      this.#offerDigits(state);
      return;
    }
    const key = `${state.id} ${JSON.stringify(state.data.classes)} ${state.data.name} ${state.data.watched}`;
    if (key !== this.key) {
      this.key = key;
      this.asked = "";
      const { watched } = state.data;
      this.part.offer([...(watched === null ? [] : [["watched", title("watched", state.data)]]), ["train", "Training"]]);
      const part = watched === null ? "train" : "watched";
      this.filter = { ...this.filter, part, actual: null, predicted: null, wrong: false, offset: 0 };
      const classes = [["", "any class"], ...state.data.classes.map((/** @type {string} */ name, /** @type {number} */ i) => [String(i), name])];
      this.actual.offer(classes);
      this.predicted.offer(classes);
      this.filter.limit = this.gallery.limit;
      this.gallery.root.classList.add("is-loading");
      this.#showFilter();
    }
    this.onFrame();
  }

  /** Whether this run has pictures to look through. */
  #images() {
    const data = this.app.state?.data;
    return Boolean(data?.image && data.classes);
  }

  /** Looks at the run again, but not more often than people can. */
  onFrame() {
    // A run's first moment comes before its state is shown: the content may still be another's.
    if (!this.#images() || this.content.hidden || this.#question() === this.asked) {
      return;
    }
    const wait = this.lastLoad + RUN_PAUSE - performance.now();
    clearTimeout(this.later);
    if (wait <= 0) {
      this.#refresh();
    } else {
      this.later = setTimeout(() => this.#refresh(), wait);
    }
  }

  rest() {
    clearTimeout(this.later);
  }

  redraw() {
    this.gallery.redraw();
  }

  /** What is to be seen now, as a text that changes with it. */
  #question() {
    const { app } = this;
    const updates = app.moment === null || app.moment === undefined ? (app.frame?.updates ?? app.state?.updates) : "";
    return `${app.state?.id} ${app.state?.line} ${updates} ${query(this.filter, app.moment ?? null)}`;
  }

  #refresh() {
    const { app } = this;
    if (this.content.hidden || !this.#images()) {
      return;
    }
    this.asked = this.#question();
    this.lastLoad = performance.now();
    this.loading.put({ id: app.state.id, filter: { ...this.filter }, moment: app.moment ?? null, data: app.state.data });
  }

  /** @param {{id: string, filter: import("../digits/gallery.js").Filter, moment: number | null, data: any}} question */
  async #load({ id, filter, moment, data }) {
    const at = moment === null ? "" : `&moment=${moment}`;
    const [page, matrix] = await Promise.all([
      this.app.api.get(`/api/sessions/${id}/digits?${query(filter, moment)}`),
      this.app.api.get(`/api/sessions/${id}/confusion?part=${filter.part}${at}`),
    ]);
    return { page, matrix, filter, data };
  }

  /** @param {{page: import("../digits/gallery.js").Page, matrix: any, filter: import("../digits/gallery.js").Filter, data: any}} answer */
  #show({ page, matrix, filter, data }) {
    this.problem.hidden = true;
    this.total = page.total;
    setText(this.summary, heading(filter, page, data));
    this.gallery.show(page);
    this.confusion.show(matrix);
    this.confusion.mark(filter.actual, filter.predicted);
    setText(
      this.score,
      `${percent(matrix.accuracy)} of ${count(matrix.rows)} pictures read rightly at update ${count(matrix.updates)}. A cell shows its pictures; the colour is its share of the row.`,
    );
    const pages = Math.max(1, Math.ceil(page.total / filter.limit));
    const at = Math.floor(filter.offset / filter.limit) + 1;
    setText(this.place, `Page ${count(at)} of ${count(pages)}`);
    this.back.disabled = at <= 1;
    this.next.disabled = at >= pages;
    if (at > pages) {
      this.#choose({ offset: (pages - 1) * filter.limit }); // the run has learnt: there are fewer wrong ones now
    }
  }

  /** @param {string} message */
  #fail(message) {
    this.asked = "";
    this.problem.hidden = false;
    this.problem.textContent = message;
    this.gallery.root.classList.remove("is-loading");
  }

  /** @param {Partial<import("../digits/gallery.js").Filter>} given */
  #choose(given) {
    this.filter = { ...this.filter, offset: 0, ...given };
    if (this.filter.offset === 0) {
      this.filter.limit = this.gallery.limit;
    }
    this.#showFilter();
    clearTimeout(this.later);
    this.#refresh();
  }

  /** @param {number} by */
  #page(by) {
    this.#choose({ offset: Math.max(0, this.filter.offset + by * this.filter.limit) });
  }

  /** @param {number} actual @param {number} predicted */
  #cell(actual, predicted) {
    this.#choose({ actual, predicted, wrong: false });
    this.gallery.root.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  #showFilter() {
    const { part, actual, predicted, wrong } = this.filter;
    this.part.input.value = part;
    this.actual.input.value = actual === null ? "" : String(actual);
    this.predicted.input.value = predicted === null ? "" : String(predicted);
    this.wrong.checked = wrong;
    this.confusion.mark(actual, predicted);
  }

  /** @param {number} row */
  #trace(row) {
    this.app.show("trace", { part: this.filter.part, row });
  }

  /** @param {any} state */
  #offerDigits(state) {
    this.empty.replaceChildren(
      h("p", {}, state ? `This run's data are ${state.data.name}: no pictures to look through.` : "There is no run yet."),
      h("p", {}, "The drawing board above works all the same, with the network that came with the studio."),
      h(
        "button",
        { class: "button primary", type: "button", onclick: () => this.app.start({ data: "digits" }) },
        "Train on digits",
      ),
    );
  }
}

/**
 * @param {string} name
 * @param {string[][]} options value and text
 * @param {(value: string) => void} chosen
 */
function select(name, options, chosen) {
  const input = /** @type {HTMLSelectElement} */ (
    h("select", { class: "select", onchange: () => chosen(input.value) })
  );
  const offer = (/** @type {string[][]} */ given) =>
    input.replaceChildren(...given.map(([value, text]) => h("option", { value }, text)));
  offer(options);
  return { root: h("label", { class: "field gallery-choice" }, h("span", { class: "label" }, name), input), input, offer };
}

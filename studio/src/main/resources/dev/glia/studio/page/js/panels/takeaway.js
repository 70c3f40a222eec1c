// @ts-check
/** Take away: the run as a command, as Java, as files and pictures, and as a link. */
import { write } from "../address.js";
import { count } from "../format.js";
import { h, setText } from "../h.js";

/** Milliseconds for which a button says that it has copied. */
const SAID = 1800;

/**
 * @param {HTMLElement} root
 * @param {any} app
 */
export function mount(root, app) {
  const panel = new TakeawayPanel(root, app);
  root.replaceChildren(panel.root);
  return {
    parts: () => [],
    show: () => panel.show(),
    onState: () => panel.onState(),
    onFrame: () => panel.onFrame(),
  };
}

/**
 * A name for a file of a run, such as `moons-2-16-16-1`.
 *
 * @param {any} state
 */
export function baseName(state) {
  const name = String(state.settings?.["csv-name"] ?? state.data.name).replace(/\.[a-z0-9]+$/i, "");
  return `${name}-${state.network.sizes}`.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+|-+$/g, "");
}

class TakeawayPanel {
  /** @param {HTMLElement} place @param {any} app */
  constructor(place, app) {
    this.app = app;
    this.place = place;
    this.run = "";
    this.pictured = "";
    this.none = h(
      "div",
      { class: "notice" },
      h("h2", {}, "Take a run with you"),
      h("p", {}, "Once there is a run, its command, its Java code, its model, data and pictures are here."),
    );
    this.command = new Text("The command", "The same run in a terminal, with the same numbers.", "is-wrapped", app);
    this.java = new Text("Java code", "A program that trains this network with Glia.", "is-wide", app);
    this.javaFile = link("Download Main.java");
    this.java.tools.append(this.javaFile);
    this.#buildLink();
    this.#buildFiles();
    this.pictures = h("ul", { class: "takeaway-pictures" });
    this.picturesAbout = h("p", { class: "takeaway-about" });
    this.again = h(
      "button",
      { class: "button", type: "button", onclick: () => this.#loadPictures(true) },
      "Draw them again",
    );
    this.body = h(
      "div",
      { class: "takeaway" },
      this.linkCard,
      this.command.root,
      this.filesCard,
      h(
        "section",
        { class: "card is-wide", "aria-labelledby": "takeaway-pictures" },
        h("header", { class: "takeaway-head" }, h("h2", { id: "takeaway-pictures" }, "Pictures"), this.again),
        this.picturesAbout,
        this.pictures,
      ),
      this.java.root,
    );
    this.root = h("div", { class: "takeaway-panel" }, this.none, this.body);
    // Another file under the same settings is another run too; its state is about to come.
    app.events.addEventListener("settings", () => (this.run = ""));
    app.events.addEventListener("moment", () => this.onFrame());
    app.events.addEventListener("history", () => this.onFrame());
    this.body.hidden = true;
  }

  #buildLink() {
    this.address = /** @type {HTMLInputElement} */ (
      h("input", {
        class: "input takeaway-address",
        readonly: true,
        "aria-label": "Link to this run",
        onfocus: () => this.address.select(),
      })
    );
    this.linkNote = h("p", { class: "takeaway-about" });
    this.linkCard = h(
      "section",
      { class: "card", "aria-labelledby": "takeaway-link" },
      h("header", { class: "takeaway-head" }, h("h2", { id: "takeaway-link" }, "The link")),
      this.linkNote,
      h(
        "div",
        { class: "takeaway-line" },
        this.address,
        copyButton(() => this.address.value, "the link", this.app),
      ),
    );
  }

  #buildFiles() {
    this.files = {
      model: link("model.safetensors"),
      history: link("history.csv"),
      data: link("data.csv"),
    };
    this.modelAbout = h("span", {});
    this.historyAbout = h("span", {});
    const line = (/** @type {HTMLElement} */ anchor, /** @type {string} */ name, /** @type {Node} */ about) =>
      h("li", {}, h("div", {}, h("b", {}, name), about), anchor);
    this.filesCard = h(
      "section",
      { class: "card is-wide", "aria-labelledby": "takeaway-files" },
      h("header", { class: "takeaway-head" }, h("h2", { id: "takeaway-files" }, "Files")),
      h(
        "ul",
        { class: "takeaway-files" },
        line(this.files.model, "Model", this.modelAbout),
        line(this.files.history, "History", this.historyAbout),
        line(this.files.data, "Data", h("span", {}, "all rows, with their labels")),
      ),
    );
  }

  /** A page that is opened on this tab never switches to it. */
  get shown() {
    return !this.place.hidden;
  }

  show() {
    this.onState();
  }

  onState() {
    const { state } = this.app;
    this.none.hidden = Boolean(state);
    this.body.hidden = !state;
    if (!state || !this.shown) {
      return;
    }
    const run = `${state.id} ${JSON.stringify(state.settings)}`;
    if (run !== this.run) {
      this.run = run;
      this.pictured = "";
      this.#showFiles(state);
      this.command.load(`/api/sessions/${state.id}/export/command`);
      this.java.load(`/api/sessions/${state.id}/export/Main.java`);
    }
    this.#showLink();
    this.onFrame();
  }

  onFrame() {
    if (this.shown && this.app.state) {
      this.#showProgress();
      this.#loadPictures(false);
    }
  }

  /** @param {any} state */
  #showFiles(state) {
    const base = `/api/sessions/${state.id}/export`;
    const name = baseName(state);
    aim(this.files.data, `${base}/data.csv`, `${name}-data.csv`);
    aim(this.javaFile, `${base}/Main.java`, "Main.java");
  }

  /** The files that change while the run goes on: as of the timeline's moment. */
  #showProgress() {
    const { state, moment, history } = this.app;
    const base = `/api/sessions/${state.id}/export`;
    const name = baseName(state);
    const at = moment === null ? "" : `?moment=${moment}`;
    aim(this.files.model, `${base}/model.safetensors${at}`, `${name}.safetensors`);
    const when =
      moment !== null
        ? `the timeline's moment, update ${count(moment)}`
        : state.diverged
          ? `update ${count(state.updates)}, the last finite one`
          : "now";
    setText(this.modelAbout, `as of ${when}, with its scores, for glia predict and other programs`);
    const logged = history.rows.length > 0;
    aim(this.files.history, logged ? `${base}/history.csv` : null, `${name}-history.csv`);
    setText(this.historyAbout, logged ? "loss and scores of each logged epoch" : "once an epoch is logged");
  }

  async #showLink() {
    const { fragment, whole } = await write(this.app.settings ?? {});
    this.address.value = `${location.origin}${location.pathname}#${fragment}`;
    setText(
      this.linkNote,
      whole && this.app.state?.forks
        ? "All settings are in the address, but not that this run was forked: who opens it gets a run of these settings from its start, with the same numbers only if no fork changed a setting."
        : whole
        ? "All settings are in the address: who opens it with a studio of their own gets the same run, to the last digit."
        : "Your CSV file is too large for a link: it holds all settings but not the data. Pass the file on with it.",
    );
    this.linkNote.classList.toggle("is-warning", !whole);
  }

  /** Pictures of how the run stands: anew once it rests, or when asked for. @param {boolean} asked */
  async #loadPictures(asked) {
    const { state, live, moment } = this.app;
    const updates = live?.session === state.id ? live.updates : state.updates;
    const at = moment === null ? `updates=${updates}` : `moment=${moment}`;
    const key = `${this.run} ${at}`;
    const goesOn = state.status === "running" && moment === null;
    this.again.disabled = key === this.pictured;
    setText(
      this.picturesAbout,
      moment !== null
        ? `As the run was at the timeline's moment, update ${count(moment)}, as PNG and SVG.`
        : goesOn
          ? "As the run stood when they were drawn; it goes on."
          : state.diverged
            ? `As the run was at update ${count(state.updates)}, before it diverged, as PNG and SVG.`
            : "As the run stands now, as PNG and SVG.",
    );
    if (key === this.pictured || (goesOn && !asked && this.pictured !== "")) {
      return;
    }
    this.pictured = key;
    const base = `/api/sessions/${state.id}/export/pictures`;
    try {
      const { pictures } = await this.app.api.get(`${base}?${at}`);
      if (key !== this.pictured) {
        return;
      }
      const name = baseName(state);
      const items = pictures.map((/** @type {any} */ picture) => pictureItem(base, picture, at, name));
      if (items.length === 0) {
        this.pictured = goesOn ? "" : key; // asked again with the next frame
      }
      this.pictures.replaceChildren(
        ...(items.length > 0
          ? items
          : [h("li", { class: "takeaway-none" }, "There are pictures once the run has trained.")]),
      );
    } catch (error) {
      this.pictures.replaceChildren(h("li", { class: "takeaway-none" }, /** @type {Error} */ (error).message));
    }
  }
}

/** A text of the server's to copy: shown as it is. */
class Text {
  /** @param {string} title @param {string} about @param {string} shape @param {any} app */
  constructor(title, about, shape, app) {
    this.app = app;
    this.text = "";
    this.code = h("code", {});
    this.box = h("pre", { class: "takeaway-code", tabindex: "0", "aria-label": title }, this.code);
    this.copy = copyButton(() => this.text, title.toLowerCase(), app);
    this.tools = h("div", { class: "takeaway-tools" }, this.copy);
    this.root = h(
      "section",
      { class: `card takeaway-text ${shape}`, "aria-label": title },
      h("header", { class: "takeaway-head" }, h("h2", {}, title), this.tools),
      h("p", { class: "takeaway-about" }, about),
      this.box,
    );
    this.asked = "";
  }

  /** @param {string} path */
  async load(path) {
    this.asked = path;
    this.copy.disabled = true;
    this.box.classList.add("is-loading");
    try {
      const text = await this.app.api.get(path);
      if (this.asked === path) {
        this.text = String(text).trimEnd();
        this.code.replaceChildren(...unbroken(this.text));
        this.copy.disabled = false;
        this.box.classList.remove("is-bad");
      }
    } catch (error) {
      this.text = "";
      this.code.textContent = /** @type {Error} */ (error).message;
      this.box.classList.add("is-bad");
    }
    this.box.classList.remove("is-loading");
  }
}

/** Browsers break lines after hyphens, and an option's name is no longer one then. @param {string} text */
function unbroken(text) {
  return text.split(/(--[a-z-]+)/).map((part) => (part.startsWith("--") ? h("span", { class: "option" }, part) : part));
}

/** @param {string} text */
function link(text) {
  return /** @type {HTMLAnchorElement} */ (h("a", { class: "button" }, text));
}

/** @param {HTMLAnchorElement} anchor @param {string | null} path null if there is nothing yet @param {string} file */
function aim(anchor, path, file) {
  anchor.setAttribute("aria-disabled", String(path === null));
  if (path === null) {
    anchor.removeAttribute("href");
  } else if (anchor.getAttribute("href") !== path) {
    anchor.href = path;
  }
  anchor.download = file;
}

/**
 * @param {() => string} text
 * @param {string} what
 * @param {any} app
 */
function copyButton(text, what, app) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const button = h(
    "button",
    {
      class: "button takeaway-copy",
      type: "button",
      "aria-label": `Copy ${what}`,
      onclick: async () => {
        const done = await copy(text());
        button.textContent = done ? "Copied ✓" : "Not copied";
        app.announce(done ? `Copied ${what}.` : `This browser does not let the page copy ${what}.`);
        clearTimeout(later);
        later = setTimeout(() => (button.textContent = "Copy"), SAID);
      },
    },
    "Copy",
  );
  return button;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // no permission, or a page that is not at localhost
  }
}

/** @param {string} text */
function copyBySelection(text) {
  const area = h("textarea", { class: "visually-hidden", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/**
 * @param {string} base
 * @param {{name: string, title: string}} picture
 * @param {string} time of the run, in the address: no older picture is shown
 * @param {string} name
 */
function pictureItem(base, picture, time, name) {
  const at = (/** @type {string} */ kind) => `${base}/${encodeURIComponent(picture.name)}.${kind}?${time}`;
  const image = h("img", { src: at("svg"), alt: picture.title, loading: "lazy" });
  const file = (/** @type {string} */ kind) =>
    h("a", { class: "button", href: at(kind), download: `${name}-${picture.name}.${kind}`, "aria-label": `${picture.title} as ${kind.toUpperCase()}` }, kind.toUpperCase());
  image.addEventListener("error", () => image.replaceWith(h("p", { class: "takeaway-none" }, "This picture could not be drawn.")));
  return h(
    "li",
    {},
    h("a", { class: "takeaway-thumb", href: at("svg"), target: "_blank", rel: "noopener", "aria-label": `${picture.title}, large` }, image),
    h("div", { class: "takeaway-caption" }, h("span", {}, picture.title), file("png"), file("svg")),
  );
}

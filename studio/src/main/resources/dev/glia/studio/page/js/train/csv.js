// @ts-check
/**
 * The user's own table: dropped, chosen or pasted; which column is to be predicted.
 *
 * @module
 */

import { bytes, plural } from "../format.js";
import { h, setText } from "../h.js";
import * as parts from "../parts.js";
import * as fields from "./fields.js";

/**
 * @param {import("../app.js").App} app
 * @param {(key: string) => fields.Change} change
 */
export function csv(app, change) {
  const input = h("input", {
    type: "file",
    accept: ".csv,.tsv,.txt,text/csv,text/plain",
    class: "visually-hidden",
    id: fields.id("csv-file"),
    onchange: () => {
      const file = input.files?.[0];
      if (file) take(file);
      input.value = "";
    },
  });
  const text = h("textarea", {
    class: "textarea mono",
    id: fields.id("csv-text"),
    name: "csv",
    rows: 4,
    spellcheck: "false",
    placeholder: "x,y,class\n0.1,2.5,a\n0.7,1.2,b",
  });
  const error = fields.errorOf(text);
  const what = h("p", { class: "small csv-what" });
  const zone = h(
    "div",
    {
      class: "drop",
      ondragover: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        zone.classList.add("over");
      },
      ondragleave: () => zone.classList.remove("over"),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        event.stopPropagation();
        zone.classList.remove("over");
        const file = event.dataTransfer?.files[0];
        if (file) take(file);
      },
    },
    what,
    h("label", { class: "button", for: input.id }, "Choose a file"),
    input,
  );
  const paste = h(
    "details",
    { class: "more" },
    h("summary", null, "Paste the text"),
    h("label", { class: "visually-hidden", for: text.id }, "Text of the table"),
    text,
    h(
      "button",
      {
        type: "button",
        class: "button",
        onclick: () => use(text.value, "pasted.csv"),
      },
      "Use this text",
    ),
  );
  const target = fields.choice({ label: "Predict", name: "target", options: [], change: change("target") });
  const header = fields.choice({
    label: "First line",
    name: "header",
    options: [
      { value: "", text: "found out" },
      { value: "true", text: "names" },
      { value: "false", text: "an example" },
    ],
    change: (value, from) => change("header")(value === "" ? /** @type {any} */ (null) : value, from),
  });
  const task = fields.choice({
    label: "Take it for",
    name: "task",
    options: [
      { value: "auto", text: "what it looks like" },
      { value: "classes", text: "classes" },
      { value: "number", text: "a number" },
    ],
    change: (value, from) => change("task")(value === "auto" ? /** @type {any} */ (null) : value, from),
    title: "Whether the column to predict holds classes or numbers: words are classes, and so are up to 20 different whole numbers.",
  });
  const columns = h("div", { class: "stack", hidden: true }, h("div", { class: "pair" }, target.root, task.root), header.root);
  let shown = "";

  /** @param {File} file */
  async function take(file) {
    const most = app.catalog.limits?.csvBytes ?? 8e6;
    if (file.size > most) {
      error.show(`${file.name} has ${bytes(file.size)}; the studio takes up to ${bytes(most)}. Use \`glia train\` for more.`);
      return;
    }
    await use(await file.text(), file.name);
  }

  /**
   * @param {string} content
   * @param {string} name
   */
  async function use(content, name) {
    if (content.trim() === "") {
      error.show("There is no text yet.");
      return;
    }
    error.show(null);
    zone.setAttribute("aria-busy", "true");
    const refused = await app.start({ data: "csv", csv: content, "csv-name": name }, { quiet: true });
    zone.removeAttribute("aria-busy");
    if (refused) {
      error.show(refused.message);
      app.announce(refused.message);
    } else {
      app.announce(`${name} is read: ${plural(parts.all(app.state.data), "row")}.`);
    }
  }

  return {
    root: h("div", { class: "stack grow" }, zone, error.text, columns, paste),
    take,
    /** @param {any} state */
    show(state) {
      const here = state.settings.data === "csv";
      const content = app.settings.csv ?? "";
      columns.hidden = !here;
      const rows = here ? parts.all(state.data) : 0;
      const name = state.settings["csv-name"] ?? "Your table";
      setText(what, here ? `${name}: ${plural(rows, "row")}, ${plural(state.data.features.length, "feature")}` : "Drop a CSV file here");
      if (!here) return;
      error.show(null);
      const first = `${content.length}:${content.slice(0, 2000)}:${state.data.columns}`;
      if (first !== shown) {
        shown = first;
        target.fill(content === "" ? [unknown(state)] : targets(content, state));
      }
      target.show(content === "" ? unknown(state).value : column(content, state));
      header.show(state.given.header ?? "");
      task.show(state.given.task ?? "auto");
    },
  };
}

/**
 * What can be predicted: the columns by name where the first line has names, else by number.
 *
 * @param {string} content
 * @param {any} state
 */
function targets(content, state) {
  const names = firstLine(content);
  const named = names.every((name, i) => name === state.data.columns[i]);
  return names.map((name, i) => {
    const number = String(i + 1);
    return { value: named ? name : number, text: named ? name : `column ${number}` };
  });
}

/**
 * The predicted column where the page has not the file: it was too large for the address.
 *
 * @param {any} state
 */
function unknown(state) {
  const value = state.settings.target ?? "";
  return { value, text: value === "" ? "the last column" : value };
}

/**
 * The column that is predicted, as `targets` names it; the last one unless the settings say.
 *
 * @param {string} content
 * @param {any} state
 */
function column(content, state) {
  const all = targets(content, state);
  const wanted = state.settings.target;
  const found = all.find(({ value, text }, i) => wanted === value || wanted === text || wanted === String(i + 1));
  return (wanted === undefined || wanted === "" ? all.at(-1) : found)?.value ?? wanted;
}

/**
 * The cells of the first line; quotes may hold the character that parts them.
 *
 * @param {string} content
 * @returns {string[]}
 */
export function firstLine(content) {
  const line = content.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
  const count = (/** @type {string} */ c) => line.split(c).length;
  const comma = [",", ";", "\t"].reduce((best, c) => (count(c) > count(best) ? c : best));
  const cells = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '"' && quoted && line[i + 1] === '"') {
      cell += c; // two quotes within quotes are one
      i++;
    } else if (c === '"') {
      quoted = !quoted;
    } else if (c === comma && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += c;
    }
  }
  cells.push(cell.trim());
  return cells;
}

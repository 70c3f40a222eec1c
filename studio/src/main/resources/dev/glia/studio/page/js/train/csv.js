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
    accept: ".csv,.tsv,.txt,.data,.gz,text/csv,text/plain",
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
        onclick: () => {
          encoding = null;
          use(text.value, "pasted.csv");
        },
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
  /**
   * @param {string} name
   * @param {string} label
   * @param {string} placeholder
   */
  const said = (name, label, placeholder) => {
    const field = h("input", {
      class: "input mono",
      id: fields.id(name),
      name,
      placeholder,
      spellcheck: "false",
      onchange: () => change(name)(field.value.trim() === "" ? /** @type {any} */ (null) : field.value.trim(), field),
    });
    return { field, root: h("div", { class: "field" }, h("label", { for: field.id }, label), field) };
  };
  const kinds = said("columns", "What columns hold", "zip:category,id:ignore");
  const missing = said("missing", "Missing values", "NA,?");
  const decimal = fields.choice({
    label: "Decimals",
    name: "decimal",
    options: [
      { value: "", text: "found out" },
      { value: "point", text: "point: 1.5" },
      { value: "comma", text: "comma: 1,5" },
    ],
    change: (value, from) => change("decimal")(value === "" ? /** @type {any} */ (null) : value, from),
  });
  const how = h(
    "details",
    { class: "more" },
    h("summary", null, "How it is read"),
    h("div", { class: "stack" }, header.root, kinds.root, h("div", { class: "pair" }, missing.root, decimal.root)),
  );
  const remarks = h("ul", { class: "small remarks" });
  const columns = h("div", { class: "stack", hidden: true }, h("div", { class: "pair" }, target.root, task.root), remarks, how);
  let shown = "";
  let encoding = /** @type {string | null} */ (null);

  /** @param {File} file */
  async function take(file) {
    const most = app.catalog.limits?.csvBytes ?? 8e6;
    if (file.size > most) {
      error.show(`${file.name} has ${bytes(file.size)}; the studio takes up to ${bytes(most)}. Use \`glia train\` for more.`);
      return;
    }
    let read;
    try {
      read = await decoded(file);
    } catch {
      error.show(`${file.name} is compressed and cannot be unpacked: it may be cut.`);
      return;
    }
    if (read.text.includes("\0")) {
      error.show(`${file.name} is not text: a CSV file was expected.`);
      return;
    }
    encoding = read.encoding === "windows-1252" ? `${file.name} is not UTF-8: it is read as Windows-1252.` : null;
    await use(read.text, file.name);
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
      columns.hidden = !here;
      const rows = here ? parts.all(state.data) : 0;
      const name = state.settings["csv-name"] ?? "Your table";
      setText(what, here ? `${name}: ${plural(rows, "row")}, ${plural(state.data.features.length, "feature")}` : "Drop a CSV file here");
      if (!here) return;
      error.show(null);
      const reading = JSON.stringify(state.data.reading ?? null);
      if (reading !== shown) {
        shown = reading;
        target.fill(targets(state));
        const lines = [...(encoding === null ? [] : [encoding]), ...(state.data.reading?.remarks ?? [])];
        remarks.replaceChildren(...lines.map((line) => h("li", null, line)));
      }
      target.show(predicted(state));
      header.show(state.given.header ?? "");
      task.show(state.given.task ?? "auto");
      kinds.field.value = state.given.columns ?? "";
      missing.field.value = state.given.missing ?? "";
      decimal.show(state.given.decimal ?? "");
    },
  };
}

/**
 * What can be predicted: the file's columns.
 *
 * @param {any} state
 */
function targets(state) {
  return (state.data.reading?.columns ?? []).map((/** @type {any} */ { name }) => ({ value: name, text: name }));
}

/**
 * The column that is predicted.
 *
 * @param {any} state
 */
function predicted(state) {
  return (state.data.reading?.columns ?? []).find((/** @type {any} */ { role }) => role === "target")?.name ?? "";
}

/**
 * The text of a file: unpacked, in UTF-8 or UTF-16, else in Windows-1252, as a spreadsheet writes it.
 *
 * @param {File} file
 * @returns {Promise<{text: string, encoding: string}>}
 */
async function decoded(file) {
  const start = new Uint8Array(await file.slice(0, 3).arrayBuffer());
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const stream = packed ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  return decode(await new Response(stream).arrayBuffer());
}

/**
 * @param {ArrayBuffer} content
 * @returns {{text: string, encoding: string}}
 */
export function decode(content) {
  const start = new Uint8Array(content.slice(0, 2));
  const wide = start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : null;
  for (const encoding of wide === null ? ["utf-8"] : [wide]) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(content), encoding };
    } catch {
      // not in this encoding
    }
  }
  return { text: new TextDecoder("windows-1252").decode(content), encoding: "windows-1252" };
}

// @ts-check
/**
 * The controls of the settings. Each shows what the run has, passes on what is chosen, and says
 * below itself what the server refused.
 *
 * @module
 */

import { fill, h, setText } from "../h.js";
import * as call from "./call.js";

/**
 * @callback Change passes on what was chosen
 * @param {string} value
 * @param {Control} from
 * @returns {void}
 *
 * @typedef {object} Control
 * @property {HTMLElement} root
 * @property {(value: string | undefined) => void} show
 * @property {(sentence: string | null) => void} error
 * @property {HTMLElement} [values] of a name: the numbers it takes, which stand where the caller puts them
 */

let ids = 0;

/** @param {string} name */
export function id(name) {
  return `${name}-${++ids}`;
}

/**
 * The sentence below a control, tied to it for screen readers.
 *
 * @param {HTMLElement} control what is invalid
 */
export function errorOf(control) {
  const text = h("p", { class: "error-text", id: id("error"), hidden: true });
  return {
    text,
    /** @param {string | null} sentence */
    show(sentence) {
      text.hidden = sentence === null;
      setText(text, sentence ?? "");
      if (sentence === null) {
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
      } else {
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", text.id);
      }
    },
  };
}

/**
 * The control that fits what a setting takes.
 *
 * @param {import("../settings.js").Setting} setting
 * @param {object} options
 * @param {Change} options.change
 * @param {string} [options.label]
 * @param {Record<string, string>} [options.texts] what choices are called
 * @returns {Control}
 */
export function of(setting, { change, label = title(setting.name), texts = {} }) {
  const common = { label, name: setting.name, title: setting.help, change };
  switch (setting.kind) {
    case "truth":
      return check(common);
    case "choice":
      return choice({
        ...common,
        options: (setting.choices ?? []).map((value) => ({ value, text: texts[value] ?? value })),
      });
    case "named":
      return named({ ...common, entries: setting.entries ?? [] });
    default:
      return stepper({
        ...common,
        least: setting.least ?? undefined,
        most: setting.most ?? undefined,
        empty: setting.word ?? undefined,
        next: stepOf(setting),
      });
  }
}

/**
 * How the buttons change a number: a seed by 1, others to the next of 1, 2, 5, 10, ...
 *
 * @param {import("../settings.js").Setting} setting
 * @returns {(value: number, direction: 1 | -1) => number}
 */
function stepOf({ kind }) {
  switch (kind) {
    case "seed":
      return (value, direction) => value + direction;
    case "whole":
      return (value, direction) => Math.floor(call.nextOf125(value, direction));
    default:
      return call.nextOf125;
  }
}

/** The name of a setting as a label: log-every is Log every. @param {string} name */
function title(name) {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A number with buttons for less and more.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.name for tests and ids: the setting's key
 * @param {Change} options.change
 * @param {(value: number, direction: 1 | -1) => number} options.next
 * @param {number} [options.least]
 * @param {number} [options.most]
 * @param {string} [options.empty] what an empty field means, such as none
 * @param {string} [options.title]
 * @returns {Control}
 */
export function stepper({ label, name, change, next, least = -Infinity, most = Infinity, empty, title }) {
  let shown = "";
  /** @type {any} */
  let timer = 0;
  const input = h("input", {
    class: "input",
    id: id(name),
    name,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: empty,
    onchange: () => commit(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") {
        event.preventDefault();
        by(event.key === "ArrowUp" ? 1 : -1);
      } else if (event.key === "Escape") {
        input.value = shown;
        control.error(null);
      }
    },
  });
  const error = errorOf(input);

  function commit() {
    clearTimeout(timer);
    const text = input.value.trim().replace(",", ".").replace("\u2212", "-");
    const value = text === "" && empty !== undefined ? empty : text;
    if (value === shown || (value === empty && shown === "")) {
      error.show(null);
      return;
    }
    shown = value === empty ? "" : value;
    change(value, control);
  }

  function by(/** @type {1 | -1} */ direction) {
    const value = Number(input.value.replace("\u2212", "-")) || 0;
    const to = Math.min(most, Math.max(least, next(value, direction)));
    input.value = String(to);
    clearTimeout(timer);
    timer = setTimeout(commit, 220);
  }

  const button = (/** @type {1 | -1} */ direction, /** @type {string} */ sign, /** @type {string} */ word) =>
    h(
      "button",
      {
        type: "button",
        class: "step-button",
        tabindex: "-1",
        "aria-label": `${label}: ${word}`,
        onclick: () => by(direction),
      },
      sign,
    );
  /** @type {Control} */
  const control = {
    root: h(
      "div",
      { class: "field", title },
      h("label", { for: input.id }, label),
      h("div", { class: "stepper" }, button(-1, "\u2212", "less"), input, button(1, "+", "more")),
      error.text,
    ),
    show(value) {
      const text = value === undefined || value === empty ? "" : value;
      const editing = document.activeElement === input && input.value.trim() !== shown;
      shown = text;
      if (!editing) {
        error.show(null);
        input.value = text;
      }
    },
    error(sentence) {
      error.show(sentence);
      if (sentence !== null) shown = "\u0000"; // the same value may be tried again
    },
  };

  return control;
}

/**
 * A choice of words.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.name
 * @param {{value: string, text: string}[]} options.options
 * @param {Change} options.change
 * @param {string} [options.title]
 * @returns {Control & {fill: (options: {value: string, text: string}[]) => void}}
 */
export function choice({ label, name, options, change, title }) {
  const select = h("select", {
    class: "select",
    id: id(name),
    name,
    onchange: () => change(select.value, control),
  });
  const error = errorOf(select);
  const control = {
    root: h("div", { class: "field", title }, h("label", { for: select.id }, label), select, error.text),
    /** @param {string | undefined} value */
    show(value) {
      error.show(null);
      if (value === undefined) return;
      if (![...select.options].some((option) => option.value === value)) {
        select.append(h("option", { value }, value));
      }
      select.value = value;
    },
    error: error.show,
    /** @param {{value: string, text: string}[]} all */
    fill(all) {
      fill(select, ...all.map(({ value, text }) => h("option", { value }, text)));
    },
  };
  control.fill(options);
  return control;
}

/**
 * A choice whose entries have values of their own: adam with its betas, leaky_relu with its slope.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.name
 * @param {call.Entry[]} options.entries
 * @param {Change} options.change
 * @param {boolean} [options.bare] no visible label, values beside the name
 * @param {string} [options.title]
 * @returns {Control & {values: HTMLElement}} values: stand where the caller puts them, unless bare
 */
export function named({ label, name, entries: given, change, bare = false, title }) {
  const entries = given.flatMap(flat);
  const select = h("select", {
    class: "select",
    id: id(name),
    name,
    onchange: () => {
      values = [];
      values = own();
      draw();
      commit();
    },
  });
  fill(select, ...entries.map((entry) => h("option", { value: entry.name }, option(entry.name))));
  const row = h("div", { class: "named-values" });
  const error = errorOf(select);
  /** @type {string[]} */
  let values = [];
  let shown = "";

  function entry() {
    return entries.find((e) => e.name === select.value);
  }

  function own() {
    const parameters = entry()?.parameters ?? [];
    const more = values.slice(parameters.length); // that have no field, as in warm_up(5,cosine)
    return [...parameters.map((parameter, i) => values[i] ?? String(parameter.value)), ...more];
  }

  function commit() {
    const text = call.format(select.value, values, entry());
    shown = text;
    change(text, control);
  }

  function draw() {
    fill(
      row,
      ...(entry()?.parameters ?? []).map((parameter, i) => {
        const text = `${label}: ${words(parameter.name)}`;
        const input = h("input", {
          class: "input",
          type: "text",
          inputmode: "decimal",
          autocomplete: "off",
          "aria-label": text,
          title: words(parameter.name),
          value: values[i],
        });
        input.addEventListener("change", () => {
          values[i] = input.value.trim();
          commit();
        });
        return h("label", { class: "named-value" }, h("span", null, words(parameter.name)), input);
      }),
    );
    row.hidden = row.childElementCount === 0;
  }

  const control = {
    root: h(
      "div",
      { class: "field named", title },
      h("label", { for: select.id, class: bare ? "visually-hidden" : null }, label),
      select,
      bare && row,
      error.text,
    ),
    values: row,
    show(/** @type {string | undefined} */ text) {
      error.show(null);
      if (text === undefined || text === shown) return;
      shown = text;
      const whole = entries.some((entry) => entry.name === text);
      const parsed = whole ? { name: text, values: [] } : call.parse(text);
      if (![...select.options].some((option) => option.value === parsed.name)) {
        select.append(h("option", { value: parsed.name }, parsed.name));
      }
      const before = [select.value, ...own()].join();
      select.value = parsed.name;
      values = parsed.values.map((value) => (/E/.test(value) ? String(Number(value)) : value)); // 1e-8, not 1.0E-8
      values = own();
      // momentum is momentum(0.9): what somebody is typing stays.
      if ([select.value, ...values].join() !== before) draw();
    },
    error(/** @type {string | null} */ sentence) {
      error.show(sentence);
      if (sentence !== null) shown = "\u0000";
    },
  };
  draw();
  return control;
}

/**
 * Yes or no.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.name
 * @param {Change} options.change
 * @param {string} [options.title]
 * @returns {Control}
 */
export function check({ label, name, change, title }) {
  const input = h("input", {
    type: "checkbox",
    id: id(name),
    name,
    onchange: () => change(String(input.checked), control),
  });
  const error = errorOf(input);
  const control = {
    root: h("div", { class: "field", title }, h("label", { class: "check" }, input, label), error.text),
    /** @param {string | undefined} value */
    show(value) {
      error.show(null);
      input.checked = value === "true";
    },
    error: error.show,
  };
  return control;
}

/**
 * A share as a slider.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.name
 * @param {Change} options.change
 * @param {string} [options.title]
 * @returns {Control}
 */
export function share({ label, name, change, title }) {
  const output = h("output", { class: "tabular" });
  const written = () => (input.value === "0" ? "none" : `${input.value}%`);
  const input = h("input", {
    type: "range",
    min: 0,
    max: 80,
    step: 1,
    id: id(name),
    name,
    oninput: () => setText(output, written()),
    onchange: () => change(String(Number(input.value) / 100), control),
  });
  const error = errorOf(input);
  const control = {
    root: h(
      "div",
      { class: "field", title },
      h("div", { class: "row" }, h("label", { for: input.id, class: "label grow" }, label), output),
      input,
      error.text,
    ),
    /** @param {string | undefined} value */
    show(value) {
      error.show(null);
      if (value === undefined) return;
      input.value = String(Math.round(Number(value) * 100));
      setText(output, written());
      input.setAttribute("aria-valuetext", written());
    },
    error: error.show,
  };
  return control;
}

/**
 * An entry whose only value is a word is two entries: mse and mse(sum).
 *
 * @param {call.Entry} entry
 * @returns {call.Entry[]}
 */
function flat(entry) {
  const word = entry.parameters.length === 1 && typeof entry.parameters[0].value === "string";
  return word
    ? [entry.name, `${entry.name}(sum)`].map((name) => ({ name, parameters: [] }))
    : [entry];
}

/** @param {string} name */
function option(name) {
  return words(name).replace("(sum)", ", summed");
}

/** Names of the command as words: leaky_relu is leaky relu. */
export function words(/** @type {string} */ name) {
  return name.replace(/[_-]/g, " ");
}

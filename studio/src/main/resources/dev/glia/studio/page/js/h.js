// @ts-check
/**
 * Builds the page's elements. Text only ever becomes text: there is no way to pass markup.
 *
 * @module
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | number | null | undefined | false | Child[]} Child
 * @typedef {Record<string, any> | null} Props
 */

/**
 * An HTML element: `h("button", {class: "button", onclick: run}, "Run")`.
 *
 * `on...` are listeners, `class`, `dataset` and `style` (an object) as the names say, `value`,
 * `checked` and other state of form controls are properties, all else are attributes (`true` sets an
 * empty one, `false`, `null` and `undefined` set none).
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  set(element, props);
  add(element, children);
  return element;
}

/**
 * An SVG element.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  set(element, props);
  add(element, children);
  return element;
}

const PROPERTIES = new Set(["value", "checked", "selected", "indeterminate", "disabled", "hidden"]);

/**
 * Sets attributes, properties and listeners.
 *
 * @param {Element} element
 * @param {Props | undefined} props
 */
export function set(element, props) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (name === "dataset") {
      Object.assign(/** @type {HTMLElement} */ (element).dataset, value);
    } else if (name === "style") {
      for (const [property, v] of Object.entries(value)) {
        /** @type {HTMLElement} */ (element).style.setProperty(property, String(v));
      }
    } else if (PROPERTIES.has(name) && name in element) {
      /** @type {any} */ (element)[name] = value;
    } else if (value === false || value === null || value === undefined) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/**
 * @param {Element} element
 * @param {Child[]} children
 */
function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      add(element, child);
    } else if (child instanceof Node) {
      element.append(child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(String(child));
    }
  }
}

/**
 * Puts children in the place of those that are there.
 *
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

/**
 * Writes a text if it is another one: frames come twelve times a second, most texts stay.
 *
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

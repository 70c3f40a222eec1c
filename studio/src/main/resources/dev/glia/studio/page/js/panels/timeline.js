// @ts-check

/** @param {HTMLElement} root @param {import("../app.js").App} app */
export function mount(root, app) {
  return { parts: () => [] };
}

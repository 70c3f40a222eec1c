// @ts-check
/**
 * How good a run is on rows to test on that nobody has looked at: asked for once it has finished.
 *
 * @module
 */

import { fixed, loss, percent } from "./format.js";
import { hasTest } from "./parts.js";

/** @typedef {{updates: number, loss: number | null, accuracy?: number, r2?: number, mae?: number}} Tested */

/** @param {import("./app.js").App} app */
export function mount(app) {
  let asked = "";
  app.events.addEventListener("state", () => {
    const { state } = app;
    const wanted = state?.status === "finished" && hasTest(state.data);
    const key = wanted ? `${state.id} ${state.line}` : "";
    if (key === asked) return;
    asked = key;
    app.tested = null;
    if (wanted) ask(key);
    else app.tellAll("tested", null);
  });

  /** @param {string} key */
  async function ask(key) {
    try {
      /** @type {Tested} */
      const tested = await app.api.get(`/api/sessions/${app.state.id}/test`);
      if (key !== asked) return;
      app.tested = tested;
      app.announce(`On the rows to test on: ${inWords(tested)}.`);
    } catch (e) {
      if (key !== asked) return;
      asked = ""; // asked again with the next state
      app.fail(e);
    }
    app.tellAll("tested", app.tested);
  }
}

/** @param {Tested} tested */
function inWords(tested) {
  const score = tested.accuracy === undefined ? `R\u00b2 ${fixed(tested.r2, 4)}` : `accuracy ${percent(tested.accuracy)}`;
  return `${score}, loss ${loss(tested.loss ?? NaN)}`;
}

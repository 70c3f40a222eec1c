// @ts-check
/**
 * The left column: data, network, training. A change is applied at once: the run starts again with
 * it, and goes on running if it was. What the server refuses is said below the control.
 *
 * @module
 */

import { count } from "../format.js";
import { h, setText } from "../h.js";
import { find } from "../settings.js";
import { data } from "../train/data.js";
import { words } from "../train/fields.js";
import { network } from "../train/network.js";
import { optimizer } from "../train/optimizer.js";

/**
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 */
export function mount(root, app) {
  /** @param {string} key */
  const change = (key) => {
    return async (/** @type {string | null} */ value, /** @type {any} */ control) => {
      if (app.moment !== null && find(app, key)?.atFork) {
        offer.show(key, value, control);
        return;
      }
      await settle({ [key]: value }, control);
    };
  };

  /**
   * @param {Record<string, string | null>} changes
   * @param {any} control
   */
  async function settle(changes, control) {
    underway++;
    const refused = await app.apply(changes, { quiet: true });
    underway--;
    show();
    control.error(refused ? refused.message : null);
    if (refused) app.announce(refused.message);
    if (refused?.status === 0) app.fail(refused);
  }

  const offer = forkOffer(app, settle);
  const parts = [data(app, change), network(app, change), optimizer(app, change)];
  root.append(
    h("div", { class: "train" }, parts[0].root, parts[1].root, offer.root, parts[2].root),
  );

  app.events.addEventListener("moment", () => offer.hide());

  // A file dropped anywhere in the column is a table; beside it the browser must not leave the page.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file && root.contains(/** @type {Node} */ (event.target))) {
      /** @type {any} */ (parts[0]).drop(file);
    }
  });

  let underway = 0; // changes that were made here: until they are through, the controls know better than the run
  let last = "";
  function show() {
    const { state } = app;
    if (!state || underway > 0) return;
    // Frames change a state many times; the settings only when a run begins.
    const key = `${state.id} ${JSON.stringify(state.given)} ${state.network?.sizes} ${state.data?.trainRows}`;
    if (key === last) return;
    last = key;
    parts.forEach((part) => part.show(state, true));
  }

  return { parts: () => [], onState: show };
}

/**
 * While a past moment is shown, a changed setting can go on from there.
 *
 * @param {import("../app.js").App} app
 * @param {(changes: any, control: any) => Promise<void>} settle
 */
function forkOffer(app, settle) {
  const text = h("p", { class: "small" });
  /** @type {any} */
  let pending = null;
  const fork = h(
    "button",
    {
      type: "button",
      class: "button primary",
      onclick: async () => {
        const { key, value, control } = pending;
        root.hidden = true;
        const refused = await app.fork({ [key]: value });
        control.error(refused ? refused.message : null);
      },
    },
    "Fork from here",
  );
  const anew = h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => {
        root.hidden = true;
        settle({ [pending.key]: pending.value }, pending.control);
      },
    },
    "Start again",
  );
  const root = h("div", { class: "offer", hidden: true, role: "group", "aria-label": "Fork or start again" }, text, h("div", { class: "row" }, fork, anew));
  return {
    root,
    /**
     * @param {string} key
     * @param {any} value
     * @param {any} control
     */
    show(key, value, control) {
      pending = { key, value, control };
      setText(text, `${words(key)} ${value}: train on with it from update ${count(app.moment)}, or start again?`);
      root.hidden = false;
      root.scrollIntoView({ block: "nearest" });
      app.announce(text.textContent ?? "");
    },
    hide() {
      if (!root.hidden) {
        root.hidden = true;
        pending.control.show(app.state.settings[pending.key]);
      }
    },
  };
}

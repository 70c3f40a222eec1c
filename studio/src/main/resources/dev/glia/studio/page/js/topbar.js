// @ts-check
/**
 * The bar at the top: starting points, run and pause, steps, speed, how the run stands, link, theme;
 * and the keys of the whole page.
 *
 * @module
 */

import * as format from "./format.js";
import { fill, h, setText } from "./h.js";
import * as parts from "./parts.js";
import { lossUnit, scoresOf } from "./scores.js";

/** @typedef {import("./app.js").App} App */

const PLAY = "M4 2.5v11l9-5.5z";
const PAUSE = "M4 3h3v10H4zM9 3h3v10H9z";
const PACE = "glia-pace";

/** @type {{name: string, title: string, pace: any}[]} */
export const PACES = [
  { name: "fast", title: "As fast as it can", pace: { updatesPerSecond: null } },
  { name: "article", title: "Article's pace", pace: { article: true } },
  { name: "100", title: "100 updates a second", pace: { updatesPerSecond: 100 } },
  { name: "30", title: "30 updates a second", pace: { updatesPerSecond: 30 } },
  { name: "10", title: "10 updates a second", pace: { updatesPerSecond: 10 } },
  { name: "2", title: "2 updates a second", pace: { updatesPerSecond: 2 } },
];

const STATES = {
  ready: "Ready",
  running: "Running",
  paused: "Paused",
  finished: "Finished",
  failed: "Stopped",
  diverged: "Diverged",
  ended: "Ended",
};

const SHORTCUTS = [
  ["Space", "Run or pause"],
  ["S", "One update"],
  ["E", "To the end of the epoch"],
  ["R", "Start again"],
  [", and .", "A moment back, a moment on"],
  ["N", "Back to now"],
  ["F", "Fork from the moment shown"],
  ["\u2190 \u2192", "Between tabs, or along a slider"],
  ["?", "This list"],
];

/** @param {string} id */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

/** The pace that was chosen last, in this browser; null for the server's own. */
export function storedPace() {
  return PACES.find((pace) => pace.name === storedName())?.pace ?? PACES[1].pace;
}

function storedName() {
  try {
    return localStorage.getItem(PACE) ?? "article";
  } catch {
    return "article";
  }
}

/** @param {App} app */
export function mount(app) {
  byId("run").addEventListener("click", () => app.toggle());
  byId("step").addEventListener("click", () => app.step());
  byId("epoch").addEventListener("click", () => app.epoch());
  byId("reset").addEventListener("click", () => app.reset());
  speed(app);
  theme();
  starts(app);
  link(app);
  keys(app);
  for (const event of ["state", "busy", "tested"]) app.events.addEventListener(event, () => show(app));
  app.events.addEventListener("frame", () => show(app));
  skip();
}

/** @param {App} app */
function show(app) {
  const { state, frame } = app;
  if (!state) return;
  const running = state.status === "running";
  const over = state.status === "finished" || state.status === "ended";
  for (const id of ["step", "epoch"]) byId(id).disabled = running || over || state.status === "failed";
  byId("run").disabled = over || state.status === "failed";
  byId("run").title =
    state.status === "finished" ? "All epochs are trained: reset it, or raise the epochs" : "Space";
  if ("article" in state && document.activeElement !== byId("speed")) {
    byId("speed").value = paceOf(state);
  }
  byId("reset").disabled = state.status === "ended";
  setText(byId("run-text"), running ? "Pause" : "Run");
  byId("run-icon").setAttribute("d", running ? PAUSE : PLAY);
  byId("dot").dataset.status = state.status;
  const busy = document.body.classList.contains("busy");
  const word = /** @type {keyof typeof STATES} */ (state.diverged ? "diverged" : state.status);
  setText(byId("value-state"), busy ? "Loading" : STATES[word] ?? "\u2013");
  const now = frame ?? state;
  const best = bestOf(state, now);
  setText(byId("label-epoch"), best === null ? `Epoch of ${format.count(state.epochs)}` : `Best epoch of ${format.count(best.of)}`);
  byId("status-epoch").title = best?.sentence ?? "";
  setText(byId("value-epoch"), format.count(now.epoch));
  setText(byId("value-updates"), format.count(now.updates));
  const pace = running ? app.live?.updatesPerSecond : 0;
  setText(
    byId("label-updates"),
    frame?.diverged ? "Last finite update" : pace > 0 ? `Updates, ${format.short(pace)}/s` : "Updates",
  );
  const { values, other, at } = scoresOf(frame);
  const unit = lossUnit(state);
  const number = state.data?.task === "number";
  // Where no rows are looked at, how good it is on those that it learns from.
  const part = state.data?.watched ? "watched" : "train";
  const score = number ? `R\u00b2 on ${parts.word(part, state.data)}` : `${parts.title(part, state.data)} accuracy`;
  // There is no room for longer words.
  const short = score.replace(/^R\u00b2 on validation/, "R\u00b2 validation").replace(/^(Validation|Training) accuracy/, "$1");
  const quality = part === "train" ? (values.r2 ?? values.accuracy) : (values.val_r2 ?? values.val_accuracy);
  const written = (/** @type {number | null | undefined} */ value) => (number ? format.fixed(value, 4) : format.percent(value));
  byId("status-loss").title = `Loss${unit === "" ? "" : ` ${unit}`}${at}`;
  byId("status-score").title = `${score}${at}`;
  if (other === null) {
    setText(byId("label-loss"), "Loss");
    setText(byId("label-score"), short);
  } else {
    const when = other < 100_000 ? format.count(other) : format.short(other);
    setText(byId("label-loss"), `Loss at ${when}`);
    setText(byId("label-score"), `${number ? "R\u00b2" : parts.title(part, state.data)} at ${when}`);
  }
  setText(byId("value-loss"), format.loss(values.loss));
  setText(byId("value-score"), written(quality));
  const tested = app.tested?.updates === now.updates ? app.tested : null; // else a past moment is shown
  byId("status-test").hidden = tested === null;
  setText(byId("label-test"), tested === null ? "" : number ? "R\u00b2 on test" : "Test accuracy");
  setText(byId("value-test"), written(tested?.r2 ?? tested?.accuracy));
  byId("status-test").title =
    tested === null ? "" : `On rows that it has never seen; the loss is ${format.loss(tested.loss ?? NaN)} there`;
}

/**
 * A run that a stopping rule ended shows its best epoch: which of how many, and why.
 *
 * @param {any} state
 * @param {any} now a frame, or the state
 * @returns {{of: number, sentence: string} | null} null where it is the last epoch or a past moment that is shown
 */
export function bestOf(state, now) {
  if ((now.status ?? state.status) !== "finished" || !(now.trainedEpochs > now.epoch)) {
    return null;
  }
  const trained = format.count(now.trainedEpochs);
  const end = now.trainedEpochs < state.epochs ? `Training stopped after epoch ${trained} (${state.settings.patience})` : `${trained} epochs were trained`;
  return { of: now.trainedEpochs, sentence: `${end}: shown is epoch ${format.count(now.epoch)}, the best on the rows to validate on.` };
}

/**
 * The name of the pace that a run has.
 *
 * @param {any} state
 */
export function paceOf(state) {
  if (state.article) return "article";
  const found = PACES.find(({ pace }) => !pace.article && pace.updatesPerSecond === state.speed);
  return found?.name ?? "";
}

/** @param {App} app */
function speed(app) {
  const select = byId("speed");
  fill(select, ...PACES.map(({ name, title }) => h("option", { value: name }, title)));
  select.value = storedName();
  select.addEventListener("change", () => {
    const chosen = PACES.find((pace) => pace.name === select.value);
    if (!chosen) return;
    try {
      localStorage.setItem(PACE, chosen.name);
    } catch {
      // Only the next visit would have used it.
    }
    app.speed(chosen.pace);
  });
}

function theme() {
  const button = byId("theme");
  const root = document.documentElement;
  const mark = () => {
    const other = root.dataset.theme === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Use the ${other} theme`);
  };
  button.addEventListener("click", () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try {
      localStorage.setItem("glia-theme", next);
    } catch {
      // Then it holds until the page is left.
    }
    document.dispatchEvent(new CustomEvent("glia-theme"));
  });
  document.addEventListener("glia-theme", mark);
  mark();
}

/** @param {App} app */
function starts(app) {
  const button = byId("starts-button");
  const menu = byId("starts");
  app.events.addEventListener("catalog", () => {
    const items = (app.catalog.starts ?? []).map((/** @type {any} */ start) =>
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            menu.hidePopover();
            app.start(start.settings);
            app.announce(`${start.title} is set up.`);
          },
        },
        h("span", null, start.title),
        h("span", { class: "muted small" }, start.description),
      ),
    );
    fill(menu, ...items);
  });
  button.addEventListener("click", () => menu.togglePopover());
  menu.addEventListener("toggle", (/** @type {any} */ event) => {
    const open = event.newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (open) {
      place(menu, button);
      menu.querySelector("button")?.focus();
    }
  });
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const all = [...menu.querySelectorAll("button")];
      const at = all.indexOf(/** @type {any} */ (document.activeElement));
      all[(at + step + all.length) % all.length]?.focus();
    }
  });
}

/**
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 */
function place(menu, button) {
  const box = button.getBoundingClientRect();
  const left = Math.min(box.left, innerWidth - menu.offsetWidth - 8);
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${box.bottom + 4}px`;
}

/** @param {App} app */
function link(app) {
  byId("link").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      const text = app.state?.forks
        ? "Link copied: it begins a run with these settings. This one was forked: if a fork changed a setting, its numbers differ."
        : "Link copied: it opens this run with the same numbers.";
      app.toasts.show(text, { key: "link" });
      app.announce(text);
    } catch {
      app.toasts.show("The browser does not let the page copy: take the link from the address bar.", {
        kind: "warn",
        key: "link",
      });
    }
  });
}

/** @param {App} app */
function keys(app) {
  const dialog = byId("keys");
  fill(
    byId("keys-list"),
    ...SHORTCUTS.flatMap(([key, does]) => [h("dt", null, h("kbd", null, key)), h("dd", null, does)]),
  );
  const list = () => (dialog.open ? dialog.close() : dialog.showModal());
  byId("help").addEventListener("click", list);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event)) return;
    if (event.key === "?") {
      event.preventDefault();
      list();
      return;
    }
    if (dialog.open || document.querySelector(":popover-open") || event.repeat) return;
    const does = {
      " ": () => app.toggle(),
      s: () => app.step(),
      e: () => app.epoch(),
      r: () => app.reset(),
      n: () => app.setMoment(null),
    }[event.key.toLowerCase()];
    if (!does || (event.key === " " && pressable(event)) || disabled(event.key)) return;
    event.preventDefault();
    does();
  });
}

/** @param {string} key */
function disabled(key) {
  const id = { " ": "run", s: "step", e: "epoch", r: "reset" }[key.toLowerCase()];
  return id !== undefined && byId(id).disabled;
}

/** @param {KeyboardEvent} event */
function typing(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.isContentEditable) return true;
  if (target.closest?.("textarea, select, [data-keys]")) return true;
  const type = target.closest?.("input")?.getAttribute("type") ?? null;
  return target.tagName === "INPUT" && !["range", "checkbox", "radio", "button"].includes(type ?? "text");
}

/** @param {KeyboardEvent} event Space presses what has the focus, and then nothing else. */
function pressable(event) {
  return /** @type {HTMLElement} */ (event.target).closest?.(
    'button, a[href], summary, input, [role="button"], [role="radio"], [role="option"]',
  );
}

/** The link that skips must not change the address: it holds the settings. */
function skip() {
  byId("skip").addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    byId("panels").focus();
  });
}

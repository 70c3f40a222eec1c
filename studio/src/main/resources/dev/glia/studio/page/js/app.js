// @ts-check
/**
 * The page's centre: which run it shows, what is known of it, and who is told when that changes.
 *
 * @module
 */

import * as address from "./address.js";
import { ApiError, get, post, tell, upload } from "./api.js";
import { forget } from "./colors.js";
import { fill, h } from "./h.js";
import { scoresOf } from "./scores.js";
import * as stream from "./stream.js";
import { Tabs } from "./tabs.js";
import * as tested from "./tested.js";
import { Toasts } from "./toasts.js";
import * as topbar from "./topbar.js";

/**
 * @typedef {import("./address.js").Settings} Settings
 * @typedef {Record<string, string | number | boolean | null | undefined>} Changes
 *
 * @typedef {object} Panel what a panel's `mount(root, app)` gives; all but `parts` may be missing
 * @property {() => string[]} [parts] what a frame shall hold while the panel is shown
 * @property {(detail?: any) => void} [show]
 * @property {() => void} [hide]
 * @property {(state: any) => void} [onState]
 * @property {(frame: any) => void} [onFrame] only while the panel is shown
 *
 * @typedef {object} History
 * @property {string[]} columns
 * @property {number[][]} rows
 * @property {{from: number, rows: number[][]}[]} branches
 */

const PANELS = ["train", "timeline", "watch", "digits", "trace", "doctor", "takeaway"];
const ALWAYS = ["train", "timeline"];
const FIRST = { data: "moons" };
const STORE = "glia-session";
const STAY = 120_000; // ms between two signs of life of a hidden tab; a run waits for ten minutes

/** The page's one object; panels get it as their second argument. */
export class App {
  constructor() {
    this.api = { get, post, upload };
    /** @type {any} what the studio offers, from /api/catalog */
    this.catalog = null;
    /** @type {any} the run's state as of the last answer */
    this.state = null;
    /** @type {any} the frame that is shown: of now, or of the moment that was chosen */
    this.frame = null;
    /** @type {any} the newest frame of the run, whatever is shown */
    this.live = null;
    /** @type {import("./tested.js").Tested | null} how good the finished run is on rows that it never saw */
    this.tested = null;
    /** @type {Settings} what differs from the recipe, as in the address */
    this.settings = {};
    /** @type {number | null} the moment that is shown; null is now */
    this.moment = null;
    /** @type {{moment: number, epoch: number, updates: number}[]} */
    this.moments = [];
    /** @type {History} */
    this.history = { columns: [], rows: [], branches: [] };
    this.events = new EventTarget();
    /** @type {"open" | "lost"} */
    this.connection = "open";

    /** @type {Map<string, Panel>} */
    this.panels = new Map();
    this.tabs = new Tabs(this);
    this.toasts = new Toasts();
    /** Whether a run starts again just now. */
    this.beginning = false;
    /** @type {Changes | null} changes that wait for their turn */
    this.pending = null;
    this.commanding = 0;
    /** @type {Settings | null} settings of a new start that waits for its turn */
    this.wanted = null;
    /** @type {ApiError | null} what the last turn was refused with */
    this.refusal = null;
    /** @type {Promise<any>} changes go one after the other */
    this.queue = Promise.resolve();
    /** @type {any} */
    this.pace = null;
    /** @type {Map<string, Settings>} all settings of runs of nothing but their data, by data set */
    this.defaults = new Map();
    /** @type {string | undefined} the file of the run: the server does not send it back */
    this.csv = undefined;
    this.written = "";
    this.ended = false;
    this.momentsAsked = 0;
    /** @type {Promise<any> | null} */
    this.pointsAsked = null;
    /** @type {{k: number, done: boolean} | null} */
    this.momentFetch = null;
    /** @type {() => void} */
    this.releaseLock = () => {};
    /** @type {import("./stream.js").Stream | null} */
    this.stream = null;
  }

  // ---- beginning

  async begin() {
    topbar.mount(this);
    tested.mount(this);
    this.tabs.mount();
    this.stream = stream.open({
      frame: (frame) => this.hearFrame(frame),
      gone: () => this.runEnded(),
      connection: (connection) => this.hearConnection(connection),
    });
    document.addEventListener("glia-theme", () => {
      forget();
      this.tellAll("theme", document.documentElement.dataset.theme);
    });
    addEventListener("hashchange", () => this.obeyAddress());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.look();
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.look();
    });
    setInterval(() => this.stay(), STAY);
    await this.load();
  }

  /** Catalog, panels, run; on failure a page that says so and tries again. */
  async load() {
    try {
      this.catalog ??= await get("/api/catalog");
      address.know(this.catalog);
      await Promise.all(PANELS.map((name) => this.mountPanel(name)));
      cover(null);
      this.tellAll("catalog", this.catalog);
      await this.firstRun();
    } catch (e) {
      if (this.catalog !== null && this.state === null && e instanceof ApiError && e.status > 0) {
        this.refused(e);
      } else {
        cover(failure(e, () => this.load()));
        if (!(e instanceof ApiError)) console.error(e);
      }
    }
  }

  /** The run of this tab before it was reloaded, if it has the address' settings; else a new one. */
  async firstRun() {
    this.pace = topbar.storedPace();
    const stored = session();
    if (stored && stored.hash === location.hash && (await this.own(stored.id))) {
      try {
        const state = await get(path(stored.id));
        this.written = location.hash;
        this.csv = (await address.read(location.hash)).csv;
        this.setSettings(state);
        this.setState(state, true);
        return;
      } catch (e) {
        if (!(e instanceof ApiError) || e.status === 0) throw e;
      }
    }
    await this.obeyAddress(true);
  }

  /**
   * A tab that was duplicated holds the same session id: only one of them keeps the run.
   *
   * @param {string} id
   * @returns {Promise<boolean>}
   */
  async own(id) {
    this.releaseLock();
    this.releaseLock = () => {};
    if (!navigator.locks) return true;
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(400);
      navigator.locks
        .request(`glia-${id}`, { signal }, () => {
          resolve(true);
          return new Promise((release) => {
            this.releaseLock = () => release(undefined);
          });
        })
        .catch(() => resolve(false));
    });
  }

  /**
   * Makes the run that the address says.
   *
   * @param {boolean} [first]
   */
  async obeyAddress(first = false) {
    if (!first && location.hash === this.written) return;
    let settings;
    try {
      settings = await address.read(location.hash);
    } catch (e) {
      this.fail(e);
      settings = first ? FIRST : null;
      if (!settings) return;
    }
    if (settings.session !== undefined) {
      await this.attach(settings.session);
      return;
    }
    if (!settings.data) settings = { ...FIRST, ...settings };
    if (settings.data === "csv" && settings.csv === undefined) {
      this.refused(
        new ApiError(
          400,
          `This link names the file ${settings["csv-name"] ?? ""} but is too short to hold it:` +
            " open the file under Data, CSV.",
        ),
      );
      return;
    }
    const alone = first && this.state === null;
    const error = await this.start(settings, { quiet: alone });
    if (error && alone) this.refused(error);
  }

  /**
   * Shows a run that was begun elsewhere: by `glia train --studio`.
   *
   * @param {string} id
   */
  async attach(id) {
    const state = await get(path(id));
    this.written = location.hash;
    this.csv = undefined;
    this.setSettings(state);
    this.setState(state, true);
  }

  /**
   * What the server says of a run's settings, less what its data set has anyway, and its file.
   *
   * @param {any} state
   */
  setSettings(state) {
    const { given, settings } = state;
    const of = [settings.data, settings.target, settings.header, settings.task].join();
    if (address.plain(given)) this.defaults.set(of, settings);
    this.settings = address.withoutDefaults(given, this.defaults.get(of));
    if (settings.data === "csv" && this.csv !== undefined) this.settings.csv = this.csv;
    document.title = `${settings["csv-name"] ?? settings.data} \u00b7 Glia studio`;
    this.tellAll("settings", this.settings);
  }

  /**
   * The settings of the address were refused: the page stands, with the sentence and a way out.
   *
   * @param {ApiError} e
   */
  refused(e) {
    cover(null);
    this.toasts.show(e.message, {
      kind: "bad",
      key: "refused",
      stay: true,
      ...(e.status === 400
        ? { label: "Start with moons", action: () => this.start(FIRST) }
        : { label: "Try again", action: () => this.obeyAddress(true) }),
    });
    this.announce(e.message);
  }

  /** @param {string} name */
  async mountPanel(name) {
    if (this.panels.has(name)) return;
    const root = /** @type {HTMLElement} */ (document.getElementById(`panel-${name}`));
    try {
      const module = await import(`./panels/${name}.js`);
      root.replaceChildren();
      this.panels.set(name, module.mount(root, this) ?? {});
    } catch (e) {
      console.error(e);
      fill(
        root,
        h(
          "div",
          { class: "notice bad" },
          h("h2", null, "This part of the page did not load"),
          h("p", null, "The rest works without it. Reload the page to try again."),
        ),
      );
    }
  }

  // ---- settings

  /**
   * Changes settings and restarts the run with them: what a change of a setting does everywhere
   * in the page. A run that was running runs again.
   *
   * @param {Changes} changes null takes a key away: the recipe's value
   * @param {{quiet?: boolean}} [options] quiet: the caller shows what was refused
   * @returns {Promise<ApiError | null>} why not, if it was refused; never throws
   */
  apply(changes, options) {
    this.pending = { ...this.pending, ...changes };
    return this.enter(() => {
      const pending = this.pending;
      this.pending = null; // later changes that waited too are in this turn
      return pending && address.merge(this.settings, pending);
    }, options);
  }

  /**
   * Begins a run with these settings and no other.
   *
   * @param {Settings} settings
   * @param {{quiet?: boolean}} [options]
   * @returns {Promise<ApiError | null>}
   */
  start(settings, options) {
    this.pending = null;
    this.wanted = settings;
    return this.enter(() => (this.wanted === settings ? { ...settings } : null), options);
  }

  /**
   * Changes go one after the other: each is made of the settings that the one before it left.
   *
   * @param {() => Settings | null} make the settings; null if another turn has seen to them
   * @param {{quiet?: boolean}} [options]
   * @returns {Promise<ApiError | null>}
   */
  enter(make, { quiet = false } = {}) {
    const turn = this.queue.then(async () => {
      const settings = make();
      if (settings === null) return this.refusal;
      this.refusal = null;
      const running = this.state?.status === "running";
      const waiting = setTimeout(() => this.busy(true), 300);
      this.beginning = true;
      try {
        let state = await this.begun(settings);
        this.csv = settings.csv;
        this.setSettings(state);
        await this.writeAddress();
        if (running) state = await post(path(state.id, "run"));
        this.toasts.hide("refused");
        this.setState(state, true);
        return null;
      } catch (e) {
        const error = e instanceof ApiError ? e : new ApiError(0, String(e));
        if (!(e instanceof ApiError)) console.error(e);
        if (!quiet) this.fail(error);
        this.refusal = error;
        this.refresh(true); // frames that came meanwhile were not heard
        return error;
      } finally {
        this.beginning = false;
        clearTimeout(waiting);
        this.busy(false);
      }
    });
    this.queue = turn;
    return turn;
  }

  /**
   * @param {Settings} settings
   * @returns {Promise<any>} the state of the run that now has them
   */
  async begun(settings) {
    if (this.state && !this.ended && this.state.owner !== "command") {
      try {
        const { csv, ...rest } = settings;
        const kept = csv !== undefined && csv === this.csv; // the server has the file
        return await post(path(this.state.id, "reset"), { settings: kept ? rest : settings });
      } catch (e) {
        if (!(e instanceof ApiError) || e.status !== 404) throw e;
      }
    }
    const state = await post("/api/sessions", { settings });
    await this.own(state.id);
    return this.pace === null ? state : post(path(state.id, "speed"), this.pace);
  }

  /** @param {boolean} on whether a run is being made: a large data set takes a while to read */
  busy(on) {
    document.body.classList.toggle("busy", on);
    document.getElementById("layout")?.setAttribute("aria-busy", String(on));
    this.tellAll("busy", on);
  }

  async writeAddress() {
    const { fragment, whole } = await address.write(this.settings);
    const hash = `#${fragment}`;
    this.written = hash;
    if (location.hash !== hash) {
      history.replaceState(null, "", hash);
    }
    if (this.state) this.remember(this.state.id);
    this.linkWhole = whole;
    if (!whole) {
      this.toasts.show(
        "This file is too large for a link: a copied link holds the settings without the file.",
        { kind: "warn", key: "large" },
      );
    }
  }

  /** @param {string} id */
  remember(id) {
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ id, hash: location.hash }));
    } catch {
      // Then a reload begins a new run.
    }
  }

  // ---- the run

  run() {
    return this.command("run");
  }

  pause() {
    return this.command("pause");
  }

  toggle() {
    return this.state?.status === "running" ? this.pause() : this.run();
  }

  step() {
    return this.command("step");
  }

  epoch() {
    return this.command("epoch");
  }

  async reset() {
    await this.command("reset", {}, true);
    this.announce("The run is back at its beginning.");
  }

  /**
   * @param {{updatesPerSecond?: number | null, article?: boolean}} pace
   */
  speed(pace) {
    this.pace = pace;
    return this.command("speed", pace);
  }

  /**
   * Trains on from the moment that is shown.
   *
   * @param {Changes} [changes] settings that keep the network's shape
   * @returns {Promise<ApiError | null>}
   */
  async fork(changes = {}) {
    if (!this.state || this.moment === null) return null;
    const { csv, ...settings } = address.merge(this.settings, changes);
    this.commanding++;
    try {
      let state = await post(path(this.state.id, "fork"), { moment: this.moment, settings });
      if (state.status === "ready" || state.status === "paused") {
        state = await post(path(state.id, "run"));
      }
      this.setSettings(state);
      this.setState(state, true);
      await this.writeAddress();
      this.announce("Training on from that moment. The old line stays in the graphs.");
      return null;
    } catch (e) {
      this.fail(e);
      return e instanceof ApiError ? e : new ApiError(0, String(e));
    } finally {
      this.commanding--;
    }
  }

  /**
   * @param {string} name
   * @param {unknown} [body]
   * @param {boolean} [fresh] whether the run starts again
   */
  async command(name, body, fresh = false) {
    await this.queue.catch(() => {});
    if (!this.state) return;
    const id = this.state.id;
    if (name !== "speed" && name !== "pause" && this.moment !== null) this.setMoment(null);
    if (name === "run" || name === "pause") {
      // The button answers at once; the server's answer is the truth.
      const changes = this.live?.changes ?? this.state.changes;
      this.setState({ ...this.state, changes, status: name === "run" ? "running" : "paused" });
    }
    this.commanding++;
    try {
      const state = await post(path(id, name), body);
      if (this.state?.id === id) this.setState(state, fresh);
    } catch (e) {
      if (e instanceof ApiError && e.status === 404) {
        this.runEnded();
      } else {
        this.fail(e);
        this.look();
      }
    } finally {
      this.commanding--;
    }
  }

  /**
   * The stream may have brought a frame that is newer than an answer that comes after it: a short run
   * is over before the page hears that it began. The run's count of changes says which is newer.
   *
   * @param {any} state
   * @param {boolean} [fresh] another run, or one that starts again
   */
  setState(state, fresh = false) {
    const other = state.id !== this.state?.id;
    if (!other && !fresh && state.line < this.state.line) return; // overtaken by a newer line's answer
    if (!other && !fresh && state.line > this.state.line) {
      fresh = true; // another tab restarted the run, or forked it
      this.setSettings(state);
    }
    const live = this.live;
    const overtaken = !other && live !== null && live.changes > state.changes;
    this.state = overtaken ? { ...state, ...progress(live) } : state;
    if (overtaken && this.state.status !== state.status) this.announceEnd(live);
    state = this.state;
    this.ended = false;
    this.toasts.hide("gone");
    this.tellFailure();
    if (other || fresh) {
      this.moment = null;
      this.moments = [];
      this.live = null;
      this.frame = null;
      this.pointsAsked = null;
      this.history = { columns: [], rows: [], branches: [] };
      this.remember(state.id);
      this.loadHistory();
      this.tellAll("moment", null);
      this.tellAll("moments", this.moments);
    }
    for (const panel of this.panels.values()) {
      guarded(() => panel.onState?.(state));
    }
    this.tellAll("state", state);
    this.refresh(other || fresh);
  }

  /** Asks how the run stands: after the tab was hidden or the machine asleep. */
  async look() {
    if (!this.state || this.ended) return;
    const id = this.state.id;
    try {
      const state = await get(path(id));
      if (this.state?.id !== id) return;
      this.setState(state);
      this.loadHistory();
    } catch (e) {
      if (e instanceof ApiError && e.status === 404) this.runEnded();
    }
  }

  /** A hidden tab watches nothing, but its run is still wanted: runs that nobody asks for end. */
  async stay() {
    if (!document.hidden || !this.state || this.ended) return;
    try {
      await get(path(this.state.id));
    } catch {
      // The tab finds out when it is looked at again.
    }
  }

  runEnded() {
    if (!this.state) return;
    this.ended = true;
    this.setEnded();
    const sentence =
      "This run has ended: nobody looked at it for a while, others needed its place, or the studio was started again.";
    this.toasts.show(sentence, {
      kind: "warn",
      key: "gone",
      stay: true,
      label: "Begin it again",
      action: () => this.start(this.settings),
    });
    this.announce(sentence);
  }

  setEnded() {
    this.state = { ...this.state, status: "ended" };
    this.tellAll("state", this.state);
  }

  leave() {
    if (this.state && !this.ended && this.state.owner !== "command") {
      tell(path(this.state.id, "leave"));
    }
  }

  // ---- frames

  /** What the shown panels want to see has changed. */
  refresh(anew = false) {
    if (!this.state || this.ended) {
      this.stream?.watch(null, []);
      return;
    }
    const parts = this.moment === null ? this.parts() : ["findings"];
    this.stream?.watch(this.state.id, parts, anew);
    if (this.moment !== null) this.fetchMoment();
  }

  /** @returns {string[]} */
  parts() {
    const parts = new Set(["findings"]);
    for (const panel of this.shown()) {
      for (const part of guarded(() => panel.parts?.()) ?? []) parts.add(part);
    }
    return [...parts];
  }

  /** @returns {Panel[]} */
  shown() {
    return [...ALWAYS, this.tabs.selected]
      .filter((name, i, all) => all.indexOf(name) === i)
      .map((name) => this.panels.get(name))
      .filter((panel) => panel !== undefined);
  }

  /** @param {any} frame */
  hearFrame(frame) {
    if (!this.state || frame.session !== this.state.id) return;
    if (this.beginning) return; // of a run that starts again: its data and network are not known yet
    if (frame.line < this.state.line) return; // made before the last answer
    if (frame.line > this.state.line) {
      if (this.commanding === 0) this.look(); // another tab did something
      return;
    }
    if (frame.changes < this.state.changes) return; // made before the last answer: another follows
    this.live = frame;
    this.growHistory(frame);
    if (this.commanding > 0) {
      // A frame sent before the command came must not turn the button back; the answer settles it.
      const { status, changes } = this.state;
      Object.assign(this.state, { ...progress(frame), status, changes });
    } else if (frame.status !== this.state.status || (frame.error ?? null) !== (this.state.error ?? null)) {
      this.state = { ...this.state, ...progress(frame) };
      for (const panel of this.panels.values()) {
        guarded(() => panel.onState?.(this.state));
      }
      this.tellAll("state", this.state);
      this.tellFailure();
      this.announceEnd(frame);
    } else {
      Object.assign(this.state, progress(frame));
    }
    if (this.momentsAreOld(frame)) this.loadMoments();
    this.tellAll("live", frame);
    if (this.moment === null) this.showFrame(frame);
  }

  /**
   * Whether there are other moments than are known: more, or, in a long run, others in their place.
   *
   * @param {any} frame
   */
  momentsAreOld(frame) {
    const last = this.moments.at(-1)?.updates ?? -1;
    const stale = performance.now() - this.momentsAsked > 2000;
    return frame.moments !== this.moments.length || (stale && frame.updates > last);
  }

  /** @param {any} frame */
  announceEnd(frame) {
    if (frame.status === "finished") {
      const { values, at } = scoresOf(frame);
      const best = topbar.bestOf(this.state, frame);
      this.announce(`Finished after ${frame.updates} updates, loss ${values.loss}${at}.${best === null ? "" : ` ${best.sentence}`}`);
      if (best !== null) {
        this.toasts.show(best.sentence, { key: "best" });
      }
    } else if (frame.status === "failed" && frame.error) {
      this.announce(frame.error);
    }
  }

  /** A run that failed says so as long as it is shown. */
  tellFailure() {
    const { status, error } = this.state;
    if (status === "failed" && error) {
      this.toasts.show(error, {
        kind: "bad",
        key: "failed",
        stay: true,
        label: "See the doctor",
        action: () => this.show("doctor"),
      });
    } else {
      this.toasts.hide("failed");
    }
  }

  /** @param {any} frame */
  showFrame(frame) {
    this.frame = frame;
    for (const panel of this.shown()) {
      guarded(() => panel.onFrame?.(frame));
    }
    this.tellAll("frame", frame);
  }

  /** @param {any} frame */
  growHistory(frame) {
    const rows = frame.history;
    if (!Array.isArray(rows) || rows.length === 0) return;
    const from = frame.historyFrom ?? 0;
    if (from > this.history.rows.length) {
      this.loadHistory();
      return;
    }
    this.history.rows.length = from;
    this.history.rows.push(...rows);
    this.tellAll("history", this.history);
  }

  async loadHistory() {
    const id = this.state?.id;
    if (!id || this.historyAsked === id) return;
    this.historyAsked = id;
    const { line } = this.state;
    let again = false;
    try {
      const history = await get(path(id, "history"));
      if (this.state?.id === id && this.state.line === history.line) {
        this.history = { branches: [], ...history };
        this.tellAll("history", this.history);
      } else {
        again = this.state?.id === id && this.state.line !== line; // it started again meanwhile
      }
    } catch {
      // The stream says when the run is gone.
    } finally {
      this.historyAsked = null;
    }
    if (again) this.loadHistory();
  }

  /** The moments that can be gone back to; asked for at most twice a second. */
  loadMoments() {
    if (this.momentsTimer) return;
    this.momentsTimer = setTimeout(
      async () => {
        this.momentsTimer = 0;
        this.momentsAsked = performance.now();
        const id = this.state?.id;
        if (!id || this.ended) return;
        try {
          const { moments, line } = await get(path(id, "moments"));
          if (this.state?.id === id && this.state.line === line) {
            this.moments = moments;
            this.tellAll("moments", moments);
          }
        } catch {
          // Asked again with the next frame.
        }
      },
      Math.max(0, 500 - (performance.now() - this.momentsAsked)),
    );
  }

  /**
   * Shows a past moment, or now (null). The run itself goes on.
   *
   * @param {number | null} moment
   */
  setMoment(moment) {
    if (moment === this.moment) return;
    this.moment = moment;
    this.tellAll("moment", moment);
    this.refresh(moment === null); // what is now comes as a whole, its pictures and its numbers
    if (this.ended && this.live) this.showFrame(this.live);
  }

  /** One request at a time; the newest wish is the next. */
  async fetchMoment() {
    if (this.momentBusy) {
      this.momentAgain = true;
      return;
    }
    this.momentBusy = true;
    try {
      do {
        this.momentAgain = false;
        const moment = this.moment;
        const id = this.state?.id;
        if (moment === null || !id) return;
        const parts = this.parts().join(",");
        const frame = await get(`${path(id, "frame")}?moment=${moment}&parts=${parts}`);
        if (this.state?.id !== id || this.state.line !== frame.line || this.moment === null) return;
        if (this.moment === moment) {
          this.showFrame({ ...frame, moment });
        } else {
          this.momentAgain = true;
        }
      } while (this.momentAgain);
    } catch (e) {
      this.fail(e);
      this.setMoment(null); // nothing of another moment stays beside it
      if (e instanceof ApiError && e.status === 404) this.loadMoments();
    } finally {
      this.momentBusy = false;
    }
  }

  /**
   * The run's points, asked for once a run: what `/points` gives; null if it has none to draw.
   *
   * @returns {Promise<any>}
   */
  points() {
    const kind = this.state?.data?.kind;
    if (kind !== "plane" && kind !== "curve") return Promise.resolve(null);
    this.pointsAsked ??= get(path(this.state.id, "points")).catch((e) => {
      this.pointsAsked = null;
      throw e;
    });
    return this.pointsAsked;
  }

  // ---- saying things

  /**
   * @param {string} name
   * @param {any} detail
   */
  tellAll(name, detail) {
    this.events.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {string} text for those who listen to the page */
  announce(text) {
    const live = /** @type {HTMLElement} */ (document.getElementById("live"));
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 60);
  }

  /** @param {unknown} error what went wrong, as a sentence on the page */
  fail(error) {
    if (/** @type {any} */ (error)?.name === "AbortError") return;
    if (!(error instanceof ApiError)) console.error(error);
    const sentence = error instanceof Error ? error.message : String(error);
    this.toasts.show(sentence, { kind: "bad", key: "fail" });
    this.announce(sentence);
  }

  /**
   * Shows a panel.
   *
   * @param {string} name
   * @param {any} [detail] what it shall show
   */
  show(name, detail) {
    this.tabs.select(name, { detail });
  }

  /** @param {"open" | "lost"} connection */
  hearConnection(connection) {
    if (connection === this.connection) return;
    this.connection = connection;
    if (connection === "lost") {
      const sentence = "The connection to the studio is lost; trying again.";
      this.toasts.show(sentence, { kind: "warn", key: "connection", stay: true });
      this.announce(sentence);
    } else {
      this.toasts.hide("connection");
      this.announce("Connected again.");
      this.look();
    }
    this.tellAll("connection", connection);
  }
}

/** @param {any} frame what of a frame is the run's state too */
function progress(frame) {
  const { changes, status, error, diverged, epoch, batch, updates, moments } = frame;
  return { changes, status, error: error ?? null, diverged, epoch, batch, updates, moments };
}

/**
 * The path of a run's request.
 *
 * @param {string} id
 * @param {string} [name]
 */
export function path(id, name) {
  return `/api/sessions/${encodeURIComponent(id)}${name ? `/${name}` : ""}`;
}

/** @returns {{id: string, hash: string} | null} */
function session() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "null");
  } catch {
    return null;
  }
}

/**
 * A panel that fails must not take the others with it.
 *
 * @template T
 * @param {() => T} call
 * @returns {T | undefined}
 */
function guarded(call) {
  try {
    return call();
  } catch (e) {
    console.error(e);
    return undefined;
  }
}

/** @param {Node | null} content over the whole page */
function cover(content) {
  const element = /** @type {HTMLElement} */ (document.getElementById("cover"));
  element.hidden = content === null;
  element.replaceChildren(...(content ? [content] : []));
}

/**
 * @param {unknown} e
 * @param {() => void} again
 */
function failure(e, again) {
  const sentence = e instanceof ApiError ? e.message : "The page could not be built.";
  const button = h("button", { class: "button primary", type: "button", onclick: again }, "Try again");
  return h(
    "div",
    { class: "notice bad", role: "alert" },
    h("h2", null, "The studio is not there"),
    h("p", null, sentence),
    button,
  );
}

const app = new App();
/** For the console and for tests. */
/** @type {any} */ (window).glia = app;
app.begin();

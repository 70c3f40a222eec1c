// @ts-check
/**
 * One stream of the server for all tabs of the browser: browsers allow six connections to a host.
 *
 * Runs as a shared worker, or in the page itself where there are none. A tab says what it watches
 * (`{watch: id, parts: [...]}`, null for nothing: hidden tabs ask for nothing), gets `{frame}`,
 * `{gone: id}`, `{connection: "open" | "lost"}` and `{again: true}` (say what you watch), and says now and then that it is still there.
 *
 * @module
 */

/**
 * @typedef {object} Port
 * @property {(message: any) => void} postMessage
 * @property {((event: {data: any}) => void) | null} onmessage
 *
 * @typedef {{watch: string | null, parts: string[], heard: number}} Wish
 */

const SILENT = 150_000; // a hidden tab's timers run once a minute
const PAUSES = [500, 1000, 2000, 4000];

/** Opens the stream, again when wishes change, again when it was lost. */
export class Hub {
  constructor() {
    /** @type {Map<Port, Wish>} */
    this.ports = new Map();
    /** @type {EventSource | null} */
    this.source = null;
    this.address = "";
    this.connection = "open";
    this.failures = 0;
    /** @type {any} */
    this.opening = 0;
    setInterval(() => this.prune(), 30_000);
  }

  /** @param {Port} port */
  add(port) {
    this.ports.set(port, { watch: null, parts: [], heard: Date.now() });
    port.onmessage = ({ data }) => this.hear(port, data);
    port.postMessage({ connection: this.connection });
  }

  /**
   * @param {Port} port
   * @param {any} data
   */
  hear(port, data) {
    if (data.bye) {
      this.ports.delete(port);
      this.open();
      return;
    }
    if (!this.ports.has(port) && !("watch" in data)) {
      port.postMessage({ again: true }); // it slept so long that its wish was forgotten
    }
    const wish = this.ports.get(port) ?? { watch: null, parts: [], heard: 0 };
    wish.heard = Date.now();
    this.ports.set(port, wish);
    if ("watch" in data) {
      wish.watch = data.watch;
      wish.parts = data.parts ?? [];
      this.open(data.anew === true);
    }
  }

  prune() {
    const now = Date.now();
    for (const [port, wish] of this.ports) {
      if (now - wish.heard > SILENT) {
        this.ports.delete(port);
      }
    }
    this.open();
  }

  /**
   * Opens the stream soon, if what is watched has changed: many tabs may change at a time.
   *
   * @param {boolean} [anew] even if nothing has changed: a tab wants the frame of now
   */
  open(anew = false) {
    if (anew) {
      this.address = "";
    }
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.reopen(), 20);
  }

  reopen() {
    const address = watchAddress(this.ports.values());
    if (address === this.address) {
      return;
    }
    this.address = address;
    this.source?.close();
    this.source = null;
    if (address === "") {
      return;
    }
    const source = new EventSource(address);
    this.source = source;
    source.onopen = () => this.say("open");
    source.addEventListener("frame", (event) => this.frame(event.data));
    source.addEventListener("gone", (event) => this.gone(event.data));
    source.onerror = () => {
      if (this.source !== source) {
        return;
      }
      // One's own pauses: browsers give up for good on some errors, or wait too long.
      source.close();
      this.source = null;
      this.address = "";
      const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
      this.failures++;
      if (this.failures > 1) {
        this.say("lost");
      }
      clearTimeout(this.opening);
      this.opening = setTimeout(() => this.reopen(), pause);
    };
  }

  /** @param {string} connection */
  say(connection) {
    if (connection === "open") {
      this.failures = 0;
    }
    if (this.connection !== connection) {
      this.connection = connection;
      for (const port of this.ports.keys()) {
        port.postMessage({ connection });
      }
    }
  }

  /** @param {string} text */
  frame(text) {
    const frame = JSON.parse(text);
    for (const [port, wish] of this.ports) {
      if (wish.watch === frame.session) {
        port.postMessage({ frame });
      }
    }
  }

  /** @param {string} text */
  gone(text) {
    const { session } = JSON.parse(text);
    for (const [port, wish] of this.ports) {
      if (wish.watch === session) {
        wish.watch = null;
        port.postMessage({ gone: session });
      }
    }
    this.open();
  }
}

/**
 * The address of the stream for what tabs watch: each run once, with all parts that any tab shows.
 *
 * @param {Iterable<{watch: string | null, parts: string[]}>} wishes
 */
export function watchAddress(wishes) {
  /** @type {Map<string, Set<string>>} */
  const runs = new Map();
  for (const { watch, parts } of wishes) {
    if (watch !== null) {
      const all = runs.get(watch) ?? new Set();
      parts.forEach((part) => all.add(part));
      runs.set(watch, all);
    }
  }
  if (runs.size === 0) {
    return "";
  }
  const watch = [...runs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, parts]) => `${encodeURIComponent(id)}:${[...parts].sort().join("+")}`);
  return `/api/events?watch=${watch.join(",").replace(/\+/g, "%2B")}`;
}

if ("SharedWorkerGlobalScope" in globalThis) {
  const hub = new Hub();
  globalThis.addEventListener("connect", (event) => {
    hub.add(/** @type {any} */ (event).ports[0]);
  });
}

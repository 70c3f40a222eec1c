// @ts-check
/**
 * The page's end of the stream of frames.
 *
 * @module
 */

/**
 * @typedef {object} Stream
 * @property {(id: string | null, parts: string[], anew?: boolean) => void} watch what to send from
 *     now on; `anew`: the frame of now even if nothing has changed
 */

/**
 * @param {{frame: (frame: any) => void, gone: (id: string) => void, connection: (state: "open" | "lost") => void}} to
 * @returns {Stream}
 */
export function open(to) {
  /** @type {string | null} */
  let id = null;
  /** @type {string[]} */
  let parts = [];
  /** What was told last, as JSON. */
  let said = "";
  let alone = false;
  /** @type {{postMessage: (message: any) => void} | null} */
  let port = null;

  function heard(/** @type {{data: any}} */ { data }) {
    if (data.frame && data.frame.session === id && !document.hidden) {
      to.frame(data.frame);
    } else if (data.gone && data.gone === id) {
      to.gone(data.gone);
    } else if (data.connection) {
      to.connection(data.connection);
    } else if (data.again) {
      said = "";
      tell();
    }
  }

  function tell(anew = false) {
    const message = document.hidden ? { watch: null, parts: [] } : { watch: id, parts };
    const text = JSON.stringify(message);
    if (text !== said || anew) {
      said = text;
      port?.postMessage({ ...message, anew: anew && message.watch !== null });
    }
  }

  function connect() {
    said = "";
    try {
      const worker = new SharedWorker("/js/stream-worker.js", { type: "module", name: "glia" });
      worker.port.onmessage = heard;
      worker.onerror = inline;
      port = worker.port;
    } catch {
      inline();
    }
    tell();
  }

  /** Where there are no shared workers the page has a stream of its own. */
  async function inline() {
    if (alone) return;
    alone = true;
    const { Hub } = await import("./stream-worker.js");
    const channel = new MessageChannel();
    channel.port1.onmessage = heard;
    new Hub().add(/** @type {any} */ (channel.port2));
    port = channel.port1;
    said = "";
    tell();
  }

  document.addEventListener("visibilitychange", () => tell());
  addEventListener("pagehide", () => port?.postMessage({ bye: true }));
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      said = "";
      tell();
    }
  });
  setInterval(() => port?.postMessage({ here: true }), 20_000);
  connect();
  return {
    watch(newId, newParts, anew = false) {
      id = newId;
      parts = newParts;
      tell(anew);
    },
  };
}

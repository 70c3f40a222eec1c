// @ts-check
/**
 * Talks with the server.
 *
 * @module
 */

/** What the server refused, in its own sentence; status 0: it did not answer. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

const NO_ANSWER = "The studio does not answer. Is it still running?";

let token = "";

function pageToken() {
  if (token === "") {
    const meta = document.querySelector('meta[name="glia-token"]');
    token = meta?.getAttribute("content") ?? "";
  }
  return token;
}

/** A studio that was started again has another token: its page tells which. */
async function newToken() {
  const page = await fetch("/", { cache: "no-store" });
  const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
  const found = parsed.querySelector('meta[name="glia-token"]')?.getAttribute("content") ?? "";
  const changed = found !== "" && found !== pageToken();
  token = found || token;
  return changed;
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store", credentials: "same-origin" });
  } catch (e) {
    if (/** @type {any} */ (e)?.name === "AbortError") throw e;
    throw new ApiError(0, NO_ANSWER);
  }
  if (!response.ok) {
    throw new ApiError(response.status, await sentence(response));
  }
  const type = response.headers.get("content-type") ?? "";
  try {
    return type.includes("json") ? await response.json() : await response.text();
  } catch {
    throw new ApiError(0, NO_ANSWER);
  }
}

/** @param {Response} response */
async function sentence(response) {
  try {
    const body = await response.json();
    if (typeof body?.error === "string") return body.error;
  } catch {
    // Not JSON: say the status.
  }
  return `The studio answered with status ${response.status}.`;
}

/**
 * @param {string} path
 * @param {BodyInit} body
 * @param {string} type
 */
async function send(path, body, type) {
  const once = () =>
    ask(path, {
      method: "POST",
      headers: { "Content-Type": type, "X-Glia-Token": pageToken() },
      body,
    });
  try {
    return await once();
  } catch (e) {
    if (e instanceof ApiError && e.status === 403 && (await newToken())) {
      return once();
    }
    throw e;
  }
}

/**
 * @param {string} path
 * @param {{signal?: AbortSignal}} [options]
 */
export function get(path, options) {
  return ask(path, options);
}

/**
 * @param {string} path
 * @param {unknown} [json]
 */
export function post(path, json) {
  return send(path, JSON.stringify(json ?? {}), "application/json");
}

/**
 * @param {string} path
 * @param {BodyInit} body
 */
export function upload(path, body) {
  return send(path, body, "application/octet-stream");
}

/**
 * A last word as the page goes: nothing waits for the answer.
 *
 * @param {string} path
 */
export function tell(path) {
  try {
    fetch(path, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-Glia-Token": pageToken() },
      body: "{}",
    }).catch(() => {});
  } catch {
    // The page is going; the server ends the run by itself later.
  }
}

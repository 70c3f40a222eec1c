// @ts-check
/** Doctor: what is wrong with a training, in one sentence, what to try, and a button that does it. */
import { count, plural } from "../format.js";
import { h, setText, svg } from "../h.js";

/**
 * @typedef {object} Finding
 * @property {string} rule
 * @property {"problem" | "warning" | "hint"} severity
 * @property {string} sentence
 * @property {string} advice
 * @property {number | null} layer
 * @property {Record<string, string> | null} change
 * @property {string | null} changeLabel
 *
 * @typedef {{finding: Finding, from: number, to: number, now: boolean}} Past a finding of this run,
 *     and from which update to which it was there
 */

/** What the doctor looks at, for the learner; the rules themselves are the engine's. */
const CHECKS = [
  ["Dead ReLUs", "units that answer to no example, and so learn from none"],
  ["Saturated units", "sigmoids and tanhs so far out that their slope is almost 0"],
  ["Exploding gradients", "steps that get larger from layer to layer"],
  ["Vanishing gradients", "steps too small for the first layers to learn"],
  ["The loss is a number", "no infinity and nothing undefined in it"],
  ["The loss falls", "training gets somewhere"],
  ["The loss is steady", "it does not swing from one look to the next"],
  ["Inputs are scaled", "no feature is far larger than the others"],
  ["Labels differ", "more than one class to tell apart, none of them rare, and batches that hold several"],
];

const WORDS = { problem: "Problem", warning: "Warning", hint: "Hint" };
const RANKS = { problem: 0, warning: 1, hint: 2 };

/** What two findings have in common that are the same one at different times. @param {Finding} finding */
export const identity = (finding) => `${finding.rule} ${finding.layer ?? ""}`;

/**
 * The findings with the most serious first; those of a kind in the order they came.
 *
 * @param {Finding[]} findings
 */
export function ranked(findings) {
  return findings.toSorted((one, other) => RANKS[one.severity] - RANKS[other.severity]);
}

/**
 * The run's history of findings after one more look.
 *
 * @param {Past[]} past
 * @param {Finding[]} findings
 * @param {number} updates
 * @returns {Past[]}
 */
export function remember(past, findings, updates) {
  const present = new Map(findings.map((finding) => [identity(finding), finding]));
  const kept = past
    .filter(({ from }) => from <= updates) // a fork goes back in time
    .map((entry) => ({ ...entry, to: Math.min(entry.to, updates) }))
    .map((entry) => {
      const found = entry.now ? present.get(identity(entry.finding)) : undefined;
      if (found !== undefined) {
        present.delete(identity(found));
        return { ...entry, finding: found, to: updates };
      }
      return entry.now ? { ...entry, now: false } : entry;
    });
  const fresh = [...present.values()].map((finding) => ({ finding, from: updates, to: updates, now: true }));
  return [...kept, ...fresh];
}

/**
 * @param {HTMLElement} root
 * @param {any} app
 */
export function mount(root, app) {
  const panel = new DoctorPanel(app);
  root.replaceChildren(panel.root);
  return {
    parts: () => ["findings"],
    show: () => panel.draw(),
    onState: () => panel.onState(),
  };
}

class DoctorPanel {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    this.run = "";
    /** @type {Past[]} */
    this.past = [];
    /** @type {Finding[] | null} null before the first look */
    this.findings = null;
    /** The moment that was looked at: after how many updates, and whether the timeline chose it. */
    this.seen = { updates: 0, past: false };
    this.line = -1;
    this.key = "";
    this.heading = h("h2", {});
    this.about = h("p", { class: "doctor-about" });
    this.cards = h("div", { class: "doctor-cards", role: "list" });
    this.history = h("ol", { class: "doctor-history" });
    this.historyBox = h("section", { class: "card doctor-past" }, h("h3", {}, "Earlier in this run"), this.history);
    this.root = h(
      "div",
      { class: "doctor" },
      h("header", { class: "doctor-head" }, (this.icon = h("span", { class: "doctor-icon", "aria-hidden": "true" })), h("div", {}, this.heading, this.about)),
      this.cards,
      this.historyBox,
      h(
        "section",
        { class: "card doctor-checks" },
        h("h3", {}, "What is looked at"),
        h("ul", {}, CHECKS.map(([name, text]) => h("li", {}, h("b", {}, name), h("span", {}, text)))),
      ),
    );
    // Also while another panel is shown: the badge on the tab, and what was found in between.
    app.events.addEventListener("live", (/** @type {any} */ event) => this.#hear(event.detail));
    app.events.addEventListener("frame", (/** @type {any} */ event) => this.#see(event.detail));
    this.onState();
  }

  onState() {
    const { state } = this.app;
    const run = state ? `${state.id} ${JSON.stringify(state.settings)}` : "";
    // The same settings started again are a new run too; what was found before a fork stays.
    const line = state?.line ?? -1;
    if (run !== this.run || (line !== this.line && !state?.forks)) {
      this.run = run;
      this.past = [];
      this.findings = null;
      this.key = "";
      this.app.tabs.badge("doctor", 0, "hint");
    }
    this.line = line;
    this.draw();
  }

  /** The newest of the run, whatever moment is shown. @param {any} frame */
  #hear(frame) {
    if (!Array.isArray(frame?.findings)) {
      return;
    }
    this.past = remember(this.past, frame.findings, frame.updates);
    this.draw();
  }

  /** What is shown: of now, or of a moment. @param {any} frame */
  #see(frame) {
    if (Array.isArray(frame?.findings)) {
      this.findings = frame.findings;
      this.seen = { updates: frame.updates, past: (frame.moment ?? null) !== null };
      const worst = ranked(frame.findings)[0];
      this.app.tabs.badge("doctor", frame.findings.length, worst?.severity ?? "hint");
      this.draw();
    }
  }

  draw() {
    const { state } = this.app;
    const findings = ranked(this.findings ?? []);
    const well = findings.length === 0;
    const looked = this.findings !== null;
    this.root.dataset.state = !state || !looked ? "none" : well ? "well" : findings[0].severity;
    setText(this.icon, !state || !looked ? "…" : well ? "✓" : ICONS[findings[0].severity]);
    setText(
      this.heading,
      !state || !looked ? "The doctor waits for a run" : well ? "All is well" : plural(findings.length, "finding"),
    );
    setText(this.about, about(state, looked, well, this.seen));
    this.#drawCards(findings);
    this.#drawHistory();
  }

  /** Cards are made again only when something about them changed: a button must not vanish under a hand. @param {Finding[]} findings */
  #drawCards(findings) {
    const key = JSON.stringify(findings.map((f) => [identity(f), f.severity, f.change]));
    if (key !== this.key) {
      this.key = key;
      this.cards.replaceChildren(...findings.map((finding) => this.#card(finding)));
    } else {
      findings.forEach((finding, i) => {
        const card = this.cards.children[i];
        setText(/** @type {Node} */ (card.querySelector(".finding-sentence")), finding.sentence);
        setText(/** @type {Node} */ (card.querySelector(".finding-advice")), finding.advice);
      });
    }
  }

  /** @param {Finding} finding */
  #card(finding) {
    return h(
      "article",
      { class: `card finding is-${finding.severity}`, role: "listitem" },
      h("div", { class: "finding-severity" }, severityIcon(finding.severity), WORDS[finding.severity]),
      h("p", { class: "finding-sentence" }, finding.sentence),
      h("p", { class: "finding-advice" }, finding.advice),
      finding.change === null
        ? null
        : h(
            "div",
            { class: "finding-action" },
            h(
              "button",
              { class: "button primary", type: "button", onclick: () => this.#apply(finding) },
              finding.changeLabel ?? "Try it",
            ),
            h("span", { class: "finding-note" }, "The run starts again with it."),
          ),
    );
  }

  /** @param {Finding} finding */
  async #apply(finding) {
    const { app } = this;
    const refused = await app.apply(finding.change);
    if (refused === null) {
      await app.run();
      app.announce(`${finding.changeLabel ?? "Done"}: the run has started again.`);
    }
  }

  #drawHistory() {
    const over = this.past.filter(({ now }) => !now);
    this.historyBox.hidden = over.length === 0;
    const key = JSON.stringify(over.map(({ finding, from, to }) => [identity(finding), from, to]));
    if (this.history.dataset.key === key) {
      return;
    }
    this.history.dataset.key = key;
    this.history.replaceChildren(
      ...over.toReversed().map(({ finding, from, to }) =>
        h(
          "li",
          { class: `is-${finding.severity}` },
          h("span", { class: "finding-severity" }, severityIcon(finding.severity), WORDS[finding.severity]),
          h("span", { class: "doctor-when" }, from === to ? `update ${count(from)}` : `updates ${count(from)} to ${count(to)}`),
          h("span", {}, finding.sentence),
        ),
      ),
    );
  }
}

const ICONS = { problem: "!", warning: "!", hint: "i" };

/**
 * @param {any} state
 * @param {boolean} looked
 * @param {boolean} well
 * @param {{updates: number, past: boolean}} seen
 */
function about(state, looked, well, { updates, past }) {
  if (!state || !looked) {
    return "Train a network: while it learns, its gradients, units, loss and data are looked at.";
  }
  const when = `${past ? "At the timeline's moment, update" : "As of update"} ${count(updates)}`;
  return well ? `${when}, these ${CHECKS.length} checks found nothing.` : `${when}, the most serious first.`;
}

/** A shape of its own for each severity: it is told by form, word and colour. @param {Finding["severity"]} severity */
function severityIcon(severity) {
  const shapes = {
    problem: "M5.3 1.5h5.400l3.800 3.800v5.400l-3.800 3.800H5.300L1.500 10.700V5.300z",
    warning: "M8 1.500 15 14H1z",
    hint: "M8 1.200a6.800 6.800 0 110 13.600 6.800 6.800 0 010-13.600z",
  };
  const marks = {
    problem: "M8 4.500v4.200M8 11.300v.2",
    warning: "M8 6v3.800M8 11.900v.1",
    hint: "M8 7.300v4M8 4.700v.1",
  };
  return svg(
    "svg",
    { class: "finding-icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { class: "finding-shape", d: shapes[severity] }),
    svg("path", { class: "finding-mark", d: marks[severity] }),
  );
}

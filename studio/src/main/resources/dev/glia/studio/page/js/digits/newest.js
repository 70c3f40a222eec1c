// @ts-check
/**
 * Asks one question at a time, and of those that come meanwhile only the newest: a drawing changes
 * faster than a server should be asked about it.
 *
 * @template Q, A
 */
export class Newest {
  /**
   * @param {(question: Q) => Promise<A>} ask
   * @param {(answer: A, question: Q) => void} answered
   * @param {(error: any, question: Q) => void} failed
   * @param {number} [pause] milliseconds between two questions at least
   */
  constructor(ask, answered, failed, pause = 0) {
    this.ask = ask;
    this.answered = answered;
    this.failed = failed;
    this.pause = pause;
    this.busy = false;
    /** @type {{question: Q} | null} */
    this.waiting = null;
    this.round = 0;
  }

  /** @param {Q} question */
  put(question) {
    this.waiting = { question };
    if (!this.busy) {
      this.#next();
    }
  }

  /** Forgets the question that waits, and the answer to the one under way. */
  drop() {
    this.waiting = null;
    this.round++;
  }

  async #next() {
    if (this.waiting === null) {
      return;
    }
    const { question } = this.waiting;
    const round = this.round;
    this.waiting = null;
    this.busy = true;
    const began = performance.now();
    try {
      const answer = await this.ask(question);
      if (round === this.round) {
        this.answered(answer, question);
      }
    } catch (error) {
      if (round === this.round) {
        this.failed(error, question);
      }
    }
    const rest = this.pause - (performance.now() - began);
    if (rest > 0) {
      await new Promise((done) => setTimeout(done, rest));
    }
    this.busy = false;
    this.#next();
  }
}

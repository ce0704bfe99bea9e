/**
 * Python for the page: a promise a request, progress while it starts, and a name for everything that can fail.
 *
 *   const python = start({ onProgress: ({ loaded, total }) => ... });
 *   const reply = await python.request({ kind: "state", ... });   // waits until Python is ready
 *   python.stop();                                                // ends it, with all that it remembers
 *
 * Nothing is kept here or in the worker between requests, so a page whose Python has failed or was stopped
 * loses nothing: it calls `start` again and makes the same request.
 */

/**
 * @typedef {"no-wasm" | "missing-file" | "timeout" | "broken" | "died" | "stopped"} Code
 *   no-wasm       the browser, or a setting or policy of it, does not let WebAssembly run
 *   missing-file  a file of Python's did not come from the server
 *   timeout       nothing was heard for too long while it started
 *   broken        it started wrong
 *   died          it came to an end after it had started, or did not answer in time
 *   stopped       the page has called `stop`
 */
/**
 * @typedef {object} Options
 * @property {(progress: {loaded: number, total: number}) => void} [onProgress] called while files arrive, with
 *   bytes, counted as they are when unpacked; `total` may grow
 * @property {(failure: Failure) => void} [onFailure] called at most once, but not for `stop`
 * @property {boolean} [fresh] ask the server for every file, also for what the browser's HTTP cache holds
 * @property {number} [patience] how long a start may be silent, in milliseconds
 * @property {number} [replyTime] how long an answer may take, in milliseconds
 */
/** @typedef {{road: "fast" | "safe", why: string}} Taken */
/** @import { Reply, Request } from "./protocol.d.ts" */

/** Why there is no Python (any more). */
export class Failure extends Error {
  /**
   * @param {Code} code
   * @param {string} [detail] for developers
   */
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.name = "Failure";
    this.code = code;
  }
}

/**
 * Start Python in a worker of its own. Returns at once.
 * @param {Options} [options]
 */
export function start(options) {
  return new Client(options);
}

/** One Python, from its start to its end. */
class Client {
  /** @type {"starting" | "ready" | "failed"} */
  state = "starting";
  /**
   * The road that the start took, and why it was not the fast one (see worker.mjs); rejected with a Failure.
   * @type {Promise<Taken>}
   */
  ready;

  /** @type {Worker | undefined} */
  #worker;
  /** @type {(taken: Taken) => void} */
  #isReady = () => {};
  /** @type {(failure: Failure) => void} */
  #isNotReady = () => {};
  /** @type {Failure | undefined} */
  #failure;
  #silence = 0; // the timer of a start
  #lastId = 0;
  /** @type {Map<number, {resolve: (reply: Reply) => void, reject: (failure: Failure) => void, timer: number}>} */
  #waiting = new Map();
  #onProgress;
  #onFailure;
  #patience;
  #replyTime;

  /** @param {Options} [options] */
  constructor({ onProgress, onFailure, fresh = false, patience = 30_000, replyTime = 15_000 } = {}) {
    this.#onProgress = onProgress;
    this.#onFailure = onFailure;
    this.#patience = patience;
    this.#replyTime = replyTime;
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isNotReady = reject;
    });
    this.ready.catch(() => {}); // a page may look at its requests alone
    if (typeof WebAssembly !== "object") {
      queueMicrotask(() => this.#end(new Failure("no-wasm")));
      return;
    }
    this.#listen();
    const script = new URL("worker.mjs", import.meta.url);
    if (!fresh) this.#begin(script);
    else void this.#renew(script).then(() => this.#begin(script, "fresh"));
  }

  /**
   * Have the browser fetch a file anew, in place of what it has cached.
   * @param {URL} script
   */
  async #renew(script) {
    const response = await fetch(script, { cache: "reload" }).catch(() => {});
    await response?.arrayBuffer().catch(() => {});
  }

  /**
   * Start the worker.
   * @param {URL} script
   * @param {string} [name] see worker.mjs
   */
  #begin(script, name) {
    if (this.#failure) return;
    this.#worker = new Worker(script, { type: "module", name });
    this.#worker.onmessage = ({ data }) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault(); // told to the page instead of to the console
      // A script that could not be fetched has nothing to say.
      const code = this.state === "ready" ? "died" : event.message ? "broken" : "missing-file";
      this.#end(new Failure(code, event.message));
    };
  }

  /**
   * Ask `quiz.bridge`.
   * @param {Request} message gets its `id` here
   * @returns {Promise<Reply>} rejected with a Failure
   */
  async request(message) {
    await this.ready;
    if (this.#failure) throw this.#failure;
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const timer = setTimeout(() => this.#end(new Failure("died", "no reply")), this.#replyTime);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#worker?.postMessage({ id, request: JSON.stringify({ ...message, id }) });
    });
  }

  /** End Python; what is still asked is rejected. */
  stop() {
    this.#end(new Failure("stopped"));
  }

  /** @param {any} data a message of the worker */
  #take(data) {
    if (data.type === "reply") {
      const asked = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      clearTimeout(asked?.timer);
      asked?.resolve(JSON.parse(data.reply));
    } else if (data.type === "progress") {
      this.#listen();
      this.#onProgress?.({ loaded: data.loaded, total: data.total });
    } else if (data.type === "ready") {
      clearTimeout(this.#silence);
      this.state = "ready";
      this.#isReady({ road: data.road, why: data.why });
    } else {
      this.#end(new Failure(data.code, data.detail));
    }
  }

  /** Wait for the next sign of life of a start: where WebAssembly is blocked half-way, none ever comes. */
  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#end(new Failure("timeout")), this.#patience);
  }

  /** @param {Failure} failure */
  #end(failure) {
    if (this.#failure) return;
    this.#failure = failure;
    this.state = "failed";
    clearTimeout(this.#silence);
    this.#worker?.terminate();
    this.#isNotReady(failure);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(failure);
    }
    this.#waiting.clear();
    if (failure.code !== "stopped") this.#onFailure?.(failure);
  }
}

/**
 * Python for the page: a promise a request, progress while it starts, and a name for everything that can fail.
 *
 *   const python = start({ onProgress: ({ loaded, total }) => ... });
 *   const reply = await python.request({ kind: "state", ... });   // waits until Python is ready
 *   python.stop();                                                // ends it, with all that it remembers
 *
 * Nothing is kept here or in the worker between requests, so a page whose Python has failed or was stopped
 * loses nothing: it calls `start` again and makes the same request. Where Python dies on the fast road, which has
 * not every function, this is done here, once, on the safe road.
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
 * @property {number} [patience] how long a start may be silent, in milliseconds
 * @property {number} [replyTime] how long an answer may take, in milliseconds
 */
/** @typedef {{road: "fast" | "safe", why: string}} Taken */
/** @typedef {{request: string, resolve: (reply: Reply) => void, reject: (failure: Failure) => void, timer?: number}} Asked */
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
  /** @type {"fast" | "safe" | ""} */
  #road = "";
  /** @type {Map<number, Asked>} what has no answer yet */
  #waiting = new Map();
  #onProgress;
  #onFailure;
  #patience;
  #replyTime;

  /** @param {Options} [options] */
  constructor({ onProgress, onFailure, patience = 30_000, replyTime = 15_000 } = {}) {
    this.#onProgress = onProgress;
    this.#onFailure = onFailure;
    this.#patience = patience;
    this.#replyTime = replyTime;
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isNotReady = reject;
    });
    this.ready.catch(() => {}); // a page may look at its requests alone
    if (typeof WebAssembly === "object") this.#begin();
    else queueMicrotask(() => this.#end(new Failure("no-wasm")));
  }

  /** @param {string} [why] the reason not to take the fast road */
  #begin(why = "") {
    this.state = "starting";
    this.#worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module", name: why });
    this.#worker.onmessage = ({ data }) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault(); // told to the page instead of to the console
      // A script that could not be fetched has nothing to say.
      const code = this.state === "ready" ? "died" : event.message ? "broken" : "missing-file";
      this.#end(new Failure(code, event.message));
    };
    this.#listen();
  }

  /**
   * Ask `quiz.bridge`.
   * @param {Request} message gets its `id` here
   * @returns {Promise<Reply>} rejected with a Failure
   */
  request(message) {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const asked = { request: JSON.stringify({ ...message, id }), resolve, reject };
      this.#waiting.set(id, asked);
      if (this.state === "ready") this.#ask(id, asked);
    });
  }

  /** @param {number} id @param {Asked} asked */
  #ask(id, asked) {
    asked.timer = setTimeout(() => this.#end(new Failure("died", "no reply")), this.#replyTime);
    this.#worker?.postMessage({ id, request: asked.request });
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
      this.#road = data.road;
      const taken = { road: data.road, why: data.why };
      this.ready = Promise.resolve(taken);
      this.#isReady(taken);
      for (const [id, asked] of this.#waiting) this.#ask(id, asked);
    } else if (data.code === "died" && this.#road === "fast") {
      this.#worker?.terminate();
      for (const { timer } of this.#waiting.values()) clearTimeout(timer);
      this.#begin(data.detail || "died");
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

/**
 * Python for the page: a promise a request, progress while it starts, and a code for everything that can fail.
 *
 *   const python = start({ onProgress: ({ loaded, total }) => ... });
 *   const reply = await python.request({ kind: "state", ... });   // waits until Python is ready
 *   python.stop();                                                // ends it, with all that it remembers
 *
 * Nothing is kept between requests: a page whose Python has failed or was stopped calls `start` again and makes the
 * same request. Where Python dies on the fast road, this is done here, on the next road (see worker.mjs).
 */

/**
 * @typedef {"old-browser" | "no-wasm" | "no-worker" | "missing-file" | "timeout" | "broken" | "died" | "stopped"} Code
 *   old-browser   the browser is older than what Python needs
 *   no-wasm       the browser, or a setting or policy of it, forbids WebAssembly
 *   no-worker     or a worker
 *   missing-file  a file of Python's did not come
 *   timeout       a start was silent for too long
 *   broken        it started wrong
 *   died          it ended after it had started, or did not answer in time
 *   stopped       the page has called `stop`
 */
/**
 * @typedef {object} Options
 * @property {(progress: {loaded: number, total: number}) => void} [onProgress] called while files arrive, with
 *   bytes as they are when unpacked; `total` may grow
 * @property {(failure: Failure) => void} [onFailure] called at most once, but not for `stop`
 * @property {boolean} [fresh] fetch every file past the browser's HTTP cache
 * @property {number} [patience] how long a start may be silent, in milliseconds
 * @property {number} [replyTime] how long an answer may take, in milliseconds
 */
/** @typedef {"fast" | "whole" | "safe"} Road */
/** @typedef {{road: Road, why: string}} Taken */
/** @typedef {{request: string, resolve: (reply: Reply) => void, reject: (failure: Failure) => void, timer?: number}} Asked */
/** @import { Reply, Request } from "./protocol.d.ts" */

const SCRIPT = new URL("worker.mjs", import.meta.url);

/** Why there is no Python (any more). */
export class Failure extends Error {
  /** @param {Code} code @param {string} [detail] for developers */
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.name = "Failure";
    this.code = code;
    /** Whether a new start in the same browser would fail too. */
    this.final = code === "old-browser" || code.startsWith("no-");
  }
}

/**
 * Whether the browser has what Pyodide calls, and what browsers got no earlier than the syntax that it is written in
 * (class static blocks).
 */
function isModern() {
  return "instantiateStreaming" in WebAssembly && "DecompressionStream" in self && "structuredClone" in self;
}

/** Start Python in a worker of its own. Returns at once. @param {Options} [options] */
export function start(options) {
  return new Client(options);
}

/** One Python, from its start to its end. */
class Client {
  /** @type {"starting" | "ready" | "failed"} */
  state = "starting";
  /** @type {Promise<Taken>} which road the start took, and why not the fast one; rejected with a Failure */
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
  /** @type {Map<number, Asked>} what has no answer yet */
  #waiting = new Map();
  #why = ""; // what ended the road before
  #options;

  /** @param {Options} [options] */
  constructor(options) {
    this.#options = { patience: 30_000, replyTime: 15_000, ...options };
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isNotReady = reject;
    });
    this.ready.catch(() => {}); // a page may look at its requests alone
    this.#listen();
    if (typeof WebAssembly !== "object") this.#refuse("no-wasm");
    else if (!isModern()) this.#refuse("old-browser");
    else if (!this.#options.fresh) this.#begin();
    else void this.#renew().then(() => this.#begin());
  }

  /** Replace the worker's script in the browser's cache. */
  async #renew() {
    const response = await fetch(SCRIPT, { cache: "reload" }).catch(() => {});
    await response?.arrayBuffer().catch(() => {});
  }

  /** @param {Road} [road] the one to take at once */
  #begin(road) {
    if (this.#failure) return;
    const name = [this.#options.fresh && "fresh", road].filter(Boolean).join(" ");
    try {
      this.#worker = new Worker(SCRIPT, { type: "module", name });
    } catch (error) {
      return this.#refuse("no-worker", String(error)); // under Trusted Types, for one
    }
    this.#worker.onmessage = ({ data }) => this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault(); // told to the page instead of to the console
      // A script that could not be fetched has nothing to say.
      const code = this.state === "ready" ? "died" : event.message ? "broken" : "missing-file";
      this.#end(new Failure(code, event.message));
    };
  }

  /** Ask `quiz.bridge`. @param {Request} message @returns {Promise<Reply>} rejected with a Failure */
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
    asked.timer = setTimeout(() => this.#end(new Failure("died", "no reply")), this.#options.replyTime);
    this.#worker?.postMessage({ id, request: asked.request });
  }

  /** End Python; what has no answer is rejected. */
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
      this.#options.onProgress?.({ loaded: data.loaded, total: data.total });
    } else if (data.type === "ready") {
      clearTimeout(this.#silence);
      this.state = "ready";
      const taken = { road: data.road, why: this.#why || data.why };
      this.ready = Promise.resolve(taken);
      this.#isReady(taken);
      for (const [id, asked] of this.#waiting) this.#ask(id, asked);
    } else if (data.other) {
      this.#goOn(data.other, data.detail);
    } else {
      this.#end(new Failure(data.code, data.detail));
    }
  }

  /** Start anew, and ask again what has no answer yet. @param {Road} road @param {string} why */
  #goOn(road, why) {
    this.#worker?.terminate();
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.state = "starting";
    this.#why ||= why;
    this.#listen();
    this.#begin(road);
  }

  /** Wait for the next sign of life of a start: none ever comes where WebAssembly is blocked half-way. */
  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#end(new Failure("timeout")), this.#options.patience);
  }

  /** End once the page has this Client. @param {Code} code @param {string} [detail] */
  #refuse(code, detail) {
    queueMicrotask(() => this.#end(new Failure(code, detail)));
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
    if (failure.code !== "stopped") this.#options.onFailure?.(failure);
  }
}

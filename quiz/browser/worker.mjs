/**
 * Runs Python for the self-check, in a module worker, cut off from the network.
 *
 * It fetches the framework and Python, starts Python on one of three roads, hands over the framework, closes every
 * door out, and only then takes requests, one at a time, in the order they come.
 *
 *   fast   the memory of a Python that has imported the quiz, with only those functions that it uses
 *   whole  the same with all functions, when one was missing
 *   safe   Pyodide with the modules, when the fast road has failed in another way
 *
 * Its name may hold the road to take at once, and `fresh`: fetch every file past the HTTP cache, which may hold an
 * error page.
 *
 * Messages to the page:
 *   {type: "progress", loaded, total}  bytes of Python that have arrived, as they are when unpacked
 *   {type: "ready", road, why}         which road, and why not the fast one; requests are answered now
 *   {type: "reply", id, reply}         what `quiz.bridge.handle` returned: JSON text
 *   {type: "failed", code, detail, other}  the last; for `code` see client.mjs; `other`: a road to try now
 * Messages from the page, after "ready":
 *   {id, request}                      a number, and JSON text for `quiz.bridge.handle`
 */

/**
 * @typedef {object} Manifest what `macros/site/publish.py` knows of the files
 * @property {string} runtime the folder of Python's files, relative to this one
 * @property {Record<string, number>} files the size of each
 * @property {Record<string, string>} environment Python's environment variables
 * @property {object} info what Python is, from the lock file of Pyodide
 * @property {{size: number, sum: number, use: number, handle: number}} memory its bytes, what the words of
 *   `memory.bin` add up to, and where in the memory the two functions of `quiz.bridge` are
 */
/** @import { Road } from "./client.mjs" */
/** @typedef {{use: (framework: string) => void, handle: (request: string) => string}} Bridge `quiz.bridge` */

/** What prevents a start, by one of the codes of client.mjs. */
class Failure extends Error {
  /** @param {string} code @param {string} detail */
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** @type {Manifest} */
const manifest = JSON.parse("{}"); // macros/site/publish.py writes it here
const orders = self.name.split(" ");
const CACHE = orders.includes("fresh") ? "reload" : "default";
const folder = new URL(manifest.runtime, import.meta.url).href;
const PROGRESS_EVERY = 100; // milliseconds
const PAGE = 65536; // what WebAssembly's memory is counted in

// All that is left of the global scope: the language, and what Emscripten and Pyodide use while Python runs.
const KEPT = new Set(
  `Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError
  FinalizationRegistry Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator
  JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol
  SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet
  WebAssembly globalThis isFinite isNaN parseFloat parseInt undefined
  AbortController AbortSignal DOMException TextDecoder TextEncoder close console crypto onmessage performance
  postMessage self`.split(/\s+/),
);

let loaded = 0;
let total = 0;
let told = Number.NEGATIVE_INFINITY; // when, in milliseconds; of the first bytes in any case
// A server that compresses the framework, a file of no special type, compresses Python's files too, as well as the
// browser lets it. From any other server come the copies that were compressed by the build.
let sentPacked = false;

/** @type {Record<Road, () => Promise<Bridge>>} */
const ROADS = {
  fast: () => startFromMemory("python.wasm"),
  whole: () => startFromMemory("pyodide.asm.wasm"),
  safe: startFromModules,
};

try {
  checkWebAssembly();
  const response = await get(new URL("framework.bin", import.meta.url).href);
  sentPacked = response.headers.has("Content-Encoding");
  const framework = response.text();
  framework.catch(() => {}); // told by `start`
  const road = /** @type {Road} */ (orders.find((order) => order in ROADS) ?? "fast");
  const { bridge, ...taken } = await start(framework, road);
  closeDoors();
  serve(bridge, taken.road);
  postMessage({ type: "ready", ...taken });
} catch (error) {
  fail(error, "broken");
}

/** Answer every request from now on. @param {Bridge} bridge @param {Road} road */
function serve({ handle }, road) {
  self.onmessage = ({ data: { id, request } }) => {
    try {
      postMessage({ type: "reply", id, reply: handle(request) });
    } catch (error) {
      fail(error, "died", otherRoad(road, error)); // `handle` raises nothing, so Python itself has come to an end
    }
  };
}

/** Tell the page that it is over. @param {any} error @param {string} otherwise its code, if it has none @param {Road} [other] */
function fail(error, otherwise, other) {
  const code = error instanceof Failure ? error.code : otherwise;
  postMessage({ type: "failed", code, detail: String(error?.message ?? error), other });
}

/** Find out at once what Pyodide would only wait for: a policy or a setting that forbids WebAssembly. */
function checkWebAssembly() {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the shortest there is
  } catch (error) {
    throw new Failure("no-wasm", String(error));
  }
}

/**
 * Start Python on a road, or else on another one.
 * @param {Promise<string>} framework @param {Road} road @param {string} why not an earlier one
 * @returns {Promise<{bridge: Bridge, road: Road, why: string}>}
 */
async function start(framework, road, why = "") {
  try {
    const bridge = await ROADS[road]();
    bridge.use(await framework);
    return { bridge, road, why };
  } catch (error) {
    await framework; // without it, no road leads anywhere
    const other = otherRoad(road, error);
    if (!other) throw error;
    loaded = total = 0;
    return start(framework, other, why || String(error));
  }
}

/**
 * The road to take when one has failed. Where a function was missing, all functions are enough.
 * @param {Road} road @param {unknown} error
 * @returns {Road | undefined}
 */
function otherRoad(road, error) {
  if (road === "safe") return undefined;
  return road === "fast" && error instanceof WebAssembly.RuntimeError ? "whole" : "safe";
}

/**
 * The fast road: Python does not start, it gets the memory of one that has imported the quiz. Pyodide's scripts are
 * not needed.
 * @param {string} file its functions
 * @returns {Promise<Bridge>}
 */
async function startFromMemory(file) {
  const { size, sum, use, handle } = manifest.memory;
  const [wasm, patch] = await Promise.all([
    load(file, "application/wasm").then(WebAssembly.compileStreaming),
    load("memory.bin").then((response) => response.arrayBuffer()),
  ]);
  const python = await instantiate(wasm);
  python.memory.grow((size - python.memory.buffer.byteLength) / PAGE);
  applyPatch(new Uint32Array(patch), new Uint32Array(python.memory.buffer), sum);
  return {
    use: (text) => python.Py_DecRef(call(python, use, text)),
    handle: (text) => taken(python, call(python, handle, text)),
  };
}

/**
 * Make a Python of WebAssembly. Of all that it imports it gets what the quiz uses; anything else ends it, as a missing
 * function does.
 * @param {WebAssembly.Module} wasm
 * @returns {Promise<any>}
 */
async function instantiate(wasm) {
  /** @type {Function[]} */
  const functions = [];
  /** @type {Record<string, (...values: any[]) => any>} */
  const offered = {
    // Calls a function by its number with more arguments than it may have, which WebAssembly itself refuses.
    _PyEM_TrampolineCall_JS(at, self, argument, keywords) {
      functions[at] ??= python.__indirect_function_table.get(at);
      return functions[at](self, argument, keywords);
    },
    _Py_CheckEmscriptenSignals_Helper: () => 0, // nobody interrupts it
    emscripten_resize_heap(size) {
      try {
        python.memory.grow(Math.ceil(((size >>> 0) - python.memory.buffer.byteLength) / PAGE));
        return 1;
      } catch {
        return 0;
      }
    },
  };
  const unused = new WebAssembly.Global({ value: "i32", mutable: true }, 0); // a function for graphics
  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module, name, kind } of WebAssembly.Module.imports(wasm)) {
    const missing = () => {
      throw new Error(`${name} is missing`);
    };
    imports[module] ??= {};
    imports[module][name] = kind === "global" ? unused : (offered[name] ?? missing);
  }
  /** @type {any} */
  const python = (await WebAssembly.instantiate(wasm, imports)).exports;
  return python;
}

/**
 * Call a function of Python with a text.
 * @param {any} python @param {number} callable its place @param {string} text
 * @returns {number} the place of what it returns
 */
function call(python, callable, text) {
  const bytes = new TextEncoder().encode(text);
  const at = python.malloc(bytes.length + 1) >>> 0;
  if (!at) throw new Error("no memory left");
  new Uint8Array(python.memory.buffer).set(bytes, at);
  const argument = python.PyUnicode_FromStringAndSize(at, bytes.length);
  python.free(at);
  const result = argument && python.PyObject_CallOneArg(callable, argument);
  if (!result) throw new Error("Python raised an error");
  python.Py_DecRef(argument);
  return result;
}

/** Take a text from Python. @param {any} python @param {number} result its place */
function taken(python, result) {
  const length = python.malloc(4) >>> 0;
  const at = python.PyUnicode_AsUTF8AndSize(result, length) >>> 0;
  if (!at) throw new Error("Python returned no text");
  const { buffer } = python.memory;
  const text = new TextDecoder().decode(new Uint8Array(buffer, at, new DataView(buffer).getUint32(length, true)));
  python.free(length);
  python.Py_DecRef(result);
  return text;
}

/**
 * Write over the fresh memory; `difference` in `macros/site/runtime.mjs` says what a patch is.
 * @param {Uint32Array} patch @param {Uint32Array} memory @param {number} sum what the words of the patch add up to
 */
function applyPatch(patch, memory, sum) {
  let found = 0;
  for (let i = 0; i < patch.length; i++) found = (found + patch[i]) | 0;
  if (found >>> 0 !== sum) throw new Failure("broken", "memory.bin is not what was published");
  let [to, ranges] = patch;
  let from = 2 + 2 * ranges;
  for (let i = 0; i < ranges; i++) {
    const begin = to + patch[2 + 2 * i];
    const length = patch[3 + 2 * i];
    memory.fill(0, to, begin);
    to = begin;
    memory.set(patch.subarray(from, from + length), to);
    to += length;
    from += length;
  }
}

/** The safe road: Pyodide starts from compiled modules. It gets what has been fetched here. @returns {Promise<Bridge>} */
async function startFromModules() {
  const [{ loadPyodide }, { default: createPyodideModule }, wasm, modules] = await Promise.all([
    script("pyodide.js"),
    script("pyodide.asm.js"),
    load("pyodide.asm.wasm", "application/wasm"),
    load("python.zip"),
  ]);
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  try {
    /** @type {import("pyodide").PyodideAPI} */
    const python = await new Promise((resolve, reject) => {
      globalThis.fetch = async (url) => (String(url).endsWith(".wasm") ? wasm : modules);
      // Where this fails, Pyodide logs it and waits forever.
      WebAssembly.instantiateStreaming = (...wanted) => {
        const instance = instantiateStreaming.apply(WebAssembly, wanted);
        instance.catch(reject);
        return instance;
      };
      loadPyodide({
        indexURL: folder,
        stdLibURL: "python.zip",
        lockFileContents: { info: manifest.info, packages: {} },
        packageBaseUrl: folder,
        env: { ...manifest.environment },
        jsglobals: {}, // what `import js` finds
        stdin: () => null,
        stdout: () => {}, // nothing of an answer reaches a log
        stderr: () => {},
        createPyodideModule,
      }).then(resolve, reject);
    });
    return python.pyimport("quiz.bridge");
  } finally {
    globalThis.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

/** Import one of Python's scripts. @param {string} name */
async function script(name) {
  total += manifest.files[name];
  try {
    // `import()` itself takes what is cached; the whole file has to be read to get there.
    if (CACHE === "reload") await (await get(folder + name)).arrayBuffer();
    const module = await import(folder + name);
    arrived(manifest.files[name]);
    return module;
  } catch (error) {
    throw new Failure("missing-file", String(error));
  }
}

/**
 * Fetch one of Python's files, and tell the page of what comes. Not every server knows the type, so it is set here.
 * @param {string} name @param {string} [type]
 */
async function load(name, type = "application/octet-stream") {
  total += manifest.files[name];
  const { body } = await get(`${folder}${name}${sentPacked ? "" : ".packed"}`);
  const stream = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body);
  const unpacked = sentPacked ? stream : stream.pipeThrough(new DecompressionStream("gzip"));
  const counter = new TransformStream({
    transform(chunk, controller) {
      arrived(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(unpacked.pipeThrough(counter), { headers: { "Content-Type": type } });
}

/** @param {number} bytes */
function arrived(bytes) {
  loaded += bytes;
  if (performance.now() - told < PROGRESS_EVERY) return;
  told = performance.now();
  postMessage({ type: "progress", loaded, total });
}

/** @param {string} url */
async function get(url) {
  const response = await fetch(url, { cache: CACHE }).catch((error) => {
    throw new Failure("missing-file", `${url}: ${error}`);
  });
  if (!response.ok) throw new Failure("missing-file", `${url}: ${response.status}`);
  return response;
}

/**
 * Take away everything that could send or store. What is not known to be harmless goes too, so that a new way out is
 * closed before anybody has heard of it; where one stays open, nothing is answered. `import()`, which is no function,
 * stays; no code here uses it from now on, and no new code can be made.
 */
function closeDoors() {
  for (let scope = self; scope !== Object.prototype; scope = Object.getPrototypeOf(scope)) {
    for (const name of Object.getOwnPropertyNames(scope)) {
      if (KEPT.has(name) || Reflect.deleteProperty(scope, name)) continue;
      const value = Reflect.get(self, name);
      if (Object(value) === value) throw new Failure("broken", `${name} stays`); // more than a number
    }
  }
  // What could make new code of a text. Pyodide asks whether something is a function, so there still is a `Function`.
  for (const example of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(example), "constructor", { value: undefined });
  }
  function NoCode() {}
  NoCode.prototype = Function.prototype;
  globalThis.Function = /** @type {any} */ (NoCode);
}

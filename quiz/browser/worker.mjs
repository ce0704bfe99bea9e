/**
 * Runs Python for the self-check, in a module worker, cut off from the network.
 *
 * The worker starts by itself. It reads `manifest.bin` beside it, fetches Python, starts it on the fast road
 * (the memory of a Python that has imported the quiz) or else on the safe one (the modules), hands it the
 * framework, closes every door out, and only then takes requests, one at a time, in the order they come.
 *
 * Messages to the page:
 *   {type: "progress", loaded, total}  bytes of Python that have arrived, as they are when unpacked
 *   {type: "ready", road, why}         "fast" or "safe", and why the fast road failed; requests are answered now
 *   {type: "reply", id, reply}         `reply` is what `quiz.bridge.handle` returned: JSON text
 *   {type: "failed", code, detail}     nothing more will come; for `code` see client.mjs
 * Messages from the page, after "ready":
 *   {id, request}                      `id` is a number, `request` is for `quiz.bridge.handle`: JSON text
 */

/**
 * @typedef {object} Manifest what `macros/site/publish.py` knows of the files
 * @property {string} runtime the folder of Python's files, relative to this one
 * @property {Record<string, number>} files the size of each
 * @property {Record<string, string>} environment Python's environment variables
 * @property {object} info what Python is, from the lock file of Pyodide
 * @property {{size: number, sum: number, references: object}} memory
 * @property {boolean} sentPacked whether the server compresses what it sends; learnt from the manifest itself
 */
/** @typedef {import("pyodide").PyodideAPI} Pyodide */
/** @typedef {import("pyodide").PyodideConfig} Options */
/** @typedef {{HEAPU8: Uint8Array, API: {restoreSnapshot: () => object}}} Module what is used here of Emscripten's */
/** @typedef {{INITIAL_MEMORY?: number}} Settings likewise */

/** What prevents a start, by one of the codes of client.mjs. */
class Failure extends Error {
  /**
   * @param {string} code
   * @param {string} detail
   */
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

const PROGRESS_EVERY = 100; // milliseconds

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

// A worker of this name asks the server for every file: what the HTTP cache holds may be an error page.
const CACHE = self.name === "fresh" ? "reload" : "default";

let loaded = 0;
let total = 0;
let told = 0;

try {
  checkWebAssembly();
  // Python starts as on iOS in every browser, for so its memory was made (see holdStill in macros/site/runtime.mjs).
  Object.defineProperty(navigator, "userAgent", { value: "iPhone" });
  const framework = text("framework.json");
  framework.catch(() => {}); // told below, unless something else has failed before
  const { python, ...taken } = await start(await readManifest());
  python.pyimport("random").seed(); // the memory came with the numbers of the build
  const bridge = python.pyimport("quiz.bridge");
  bridge.use(await framework);
  closeDoors();
  serve(bridge.handle);
  postMessage({ type: "ready", ...taken });
} catch (error) {
  fail(error, "broken");
}

/**
 * Answer every request from now on.
 * @param {(request: string) => string} handle
 */
function serve(handle) {
  self.onmessage = ({ data: { id, request } }) => {
    try {
      postMessage({ type: "reply", id, reply: handle(request) });
    } catch (error) {
      fail(error, "died"); // `handle` raises nothing, so Python itself has come to an end
    }
  };
}

/**
 * Tell the page that it is over.
 * @param {unknown} error
 * @param {string} otherwise the code of what has none
 */
function fail(error, otherwise) {
  const code = error instanceof Failure ? error.code : otherwise;
  postMessage({ type: "failed", code, detail: error instanceof Error ? error.message : String(error) });
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
 * Start Python on the fast road, or else on the safe one.
 * @param {Manifest} manifest
 * @returns {Promise<{python: Pyodide, road: "fast" | "safe", why: string}>}
 */
async function start(manifest) {
  try {
    return { python: await startFromMemory(manifest), road: "fast", why: "" };
  } catch (error) {
    loaded = total = 0;
    return { python: await startFromModules(manifest), road: "safe", why: String(error) };
  }
}

/**
 * The safe road: Python starts as it always does, from compiled modules.
 * @param {Manifest} manifest
 */
function startFromModules(manifest) {
  return loadPython(manifest, load(manifest, "python.zip"), (create, settings) => create(settings));
}

/**
 * The fast road: Python does not start, it gets the memory of one that has. Every module is in there already,
 * so the archive is empty. What is used of Pyodide here is not public: its version is pinned.
 * @param {Manifest} manifest
 */
function startFromMemory(manifest) {
  const { size, sum, references } = manifest.memory;
  const patch = load(manifest, "memory.bin").then((response) => response.arrayBuffer());
  patch.catch(() => {}); // told below, unless something else has failed before
  return loadPython(
    manifest,
    new Response(""),
    async (create, settings) => {
      settings.INITIAL_MEMORY = size;
      const module = await create(settings);
      applyPatch(new Uint32Array(await patch), new Uint32Array(module.HEAPU8.buffer), sum);
      module.API.restoreSnapshot = () => references;
      return module;
    },
    { _loadSnapshot: new Uint8Array(4) }, // the mark of a start from memory; its content is put in place above
  );
}

/**
 * Write over the fresh memory; `difference` in `macros/site/runtime.mjs` says what a patch is.
 * @param {Uint32Array} patch
 * @param {Uint32Array} memory
 * @param {number} sum what the words of the patch add up to
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

/**
 * Load Pyodide with the parts that have been fetched; it fetches nothing by itself.
 * @param {Manifest} manifest
 * @param {Response | Promise<Response>} archive the modules
 * @param {(create: (settings: Settings) => Promise<Module>, settings: Settings) => Promise<Module>} createModule
 * @param {Options} [options]
 * @returns {Promise<Pyodide>}
 */
async function loadPython(manifest, archive, createModule, options) {
  const [{ loadPyodide }, { default: create }, wasm, modules] = await Promise.all([
    script(manifest, "pyodide.js"),
    script(manifest, "pyodide.asm.js"),
    load(manifest, "pyodide.asm.wasm", "application/wasm"),
    archive,
  ]);
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  try {
    return await new Promise((resolve, reject) => {
      globalThis.fetch = async (url) => (String(url).endsWith(".wasm") ? wasm : modules);
      // Where this fails, Pyodide logs it and waits forever.
      WebAssembly.instantiateStreaming = (...wanted) => {
        const instance = instantiateStreaming.apply(WebAssembly, wanted);
        instance.catch(reject);
        return instance;
      };
      loadPyodide({
        indexURL: folder(manifest),
        stdLibURL: "python.zip",
        lockFileContents: { info: manifest.info, packages: {} },
        packageBaseUrl: folder(manifest),
        env: { ...manifest.environment },
        jsglobals: {}, // what `import js` finds
        stdin: () => null,
        stdout: () => {}, // nothing of an answer reaches a log
        stderr: () => {},
        createPyodideModule: (/** @type {Settings} */ settings) => createModule(create, settings),
        ...options,
      }).then(resolve, reject);
    });
  } finally {
    globalThis.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

/** @returns {Promise<Manifest>} */
async function readManifest() {
  const response = await get(new URL("manifest.bin", import.meta.url).href);
  return { ...(await response.json()), sentPacked: response.headers.has("Content-Encoding") };
}

/** @param {Manifest} manifest */
function folder(manifest) {
  return new URL(manifest.runtime, import.meta.url).href;
}

/**
 * Import one of Python's scripts.
 * @param {Manifest} manifest
 * @param {string} name
 */
async function script(manifest, name) {
  total += manifest.files[name];
  try {
    // `import()` itself takes what is cached; the whole file has to be read to get there.
    if (CACHE === "reload") await (await get(folder(manifest) + name)).arrayBuffer();
    const module = await import(folder(manifest) + name);
    arrived(manifest.files[name]);
    return module;
  } catch (error) {
    throw new Failure("missing-file", String(error));
  }
}

/**
 * Fetch one of Python's files, and tell the page of what comes. Not every server knows the type, so it is set here.
 * @param {Manifest} manifest
 * @param {string} name
 * @param {string} [type]
 */
async function load(manifest, name, type = "application/octet-stream") {
  total += manifest.files[name];
  const body = await unpacked(manifest, name);
  const counter = new TransformStream({
    transform(chunk, controller) {
      arrived(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(body.pipeThrough(counter), { headers: { "Content-Type": type } });
}

/**
 * The content of one of Python's files. A server that compresses the manifest, which has the type of any other
 * file, compresses these too, and as well as the browser lets it. From any other server comes the copy that was
 * compressed by the build.
 * @param {Manifest} manifest
 * @param {string} name
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>}
 */
async function unpacked(manifest, name) {
  const { body } = await get(`${folder(manifest)}${name}${manifest.sentPacked ? "" : ".packed"}`);
  const stream = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body);
  return manifest.sentPacked ? stream : stream.pipeThrough(new DecompressionStream("gzip"));
}

/** @param {number} bytes */
function arrived(bytes) {
  loaded += bytes;
  if (performance.now() - told < PROGRESS_EVERY) return;
  told = performance.now();
  postMessage({ type: "progress", loaded, total });
}

/**
 * Read a text file that is beside this one.
 * @param {string} name
 */
async function text(name) {
  return (await get(new URL(name, import.meta.url).href)).text();
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
 * Take away everything that could send or store. What is not known to be harmless goes too, so that a new way
 * out is closed before anybody has heard of it; where one stays open, nothing is answered. `import()` cannot be
 * taken away, for it is no function; no code here uses it from now on, and no new code can be made.
 */
function closeDoors() {
  for (let scope = self; scope !== Object.prototype; scope = Object.getPrototypeOf(scope)) {
    for (const name of Object.getOwnPropertyNames(scope)) {
      if (KEPT.has(name) || Reflect.deleteProperty(scope, name)) continue;
      const value = Reflect.get(self, name);
      if (Object(value) === value) throw new Failure("broken", `${name} stays`); // more than a number
    }
  }
  // What could make new code of a text, besides `eval` and `setTimeout`. Pyodide asks whether something is a
  // function, so there still is a `Function` to ask with.
  for (const example of [function () {}, async function () {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(example), "constructor", { value: undefined });
  }
  function NoCode() {}
  NoCode.prototype = Function.prototype;
  globalThis.Function = /** @type {any} */ (NoCode);
}

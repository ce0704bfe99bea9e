/**
 * Makes Python for the browser from the npm package `pyodide` and the package `quiz`:
 *
 *   python.zip    the modules that the quiz needs, compiled: a start from these is the safe road
 *   memory.bin    what Python's memory holds once the quiz is imported, where that is more than what the
 *                 WebAssembly file puts there: a start with this put in place is the fast road
 *   runtime.json  what `quiz/browser/worker.mjs` has to know to use them
 *
 * Compiling has to be done by the very Python that will run the modules, so Pyodide does it, here in Node.
 * Two runs on the same files give the same bytes: what differs from run to run (time, random numbers, process
 * id, language, time zone) is held still before Pyodide sees it.
 *
 *     node macros/site/runtime.mjs FOLDER PACKAGES
 *
 * to be run in the project's folder; FOLDER must exist, PACKAGES holds what requirements-pyodide.txt names.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { exit, argv, env } from "node:process";
import { pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";

const require = createRequire(import.meta.url);
const PACKAGE = "quiz";
const PYODIDE = dirname(require.resolve("pyodide/package.json"));
// By default Pyodide finds its folder from a stack trace, and fails when its name contains ( or %.
const HOME = { indexURL: PYODIDE };

// Optional imports of Pyodide and the standard library:
// encryption, compression other than zlib, the interactive prompt; and what of the quiz is types alone.
const UNWANTED = ["_pyrepl", "_ssl", "bz2", "compression", "lzma", "quiz.protocol", "ssl"];
// What a rule may come to import later than at its start. Nothing outside the archive can be imported in the
// browser: that is an ordinary error, which `quiz.bridge` answers like any other.
const MARGIN = ["_strptime", "datetime", "encodings.ascii", "encodings.latin_1", "string", "textwrap", "unicodedata"];
// The order of sets, and with it the bytes of the memory; the language, which else is that of the machine.
const ENVIRONMENT = { PYTHONHASHSEED: "0", LANG: "C.UTF-8" };
// A stretch of fewer zeros than this is kept, for it costs less than one more range.
const SHORTEST_GAP = 16;

holdStill();
const { loadPyodide } = await import("pyodide");
/** @typedef {{HEAPU8: Uint8Array}} Module the part of Emscripten's module that is used here */
/** @typedef {{noInitialRun?: boolean}} Settings the part of Emscripten's settings that is used here */
/** @type {{default: (settings: Settings) => Promise<Module>}} */
const { default: createPyodideModule } = await import(pathToFileURL(join(PYODIDE, "pyodide.asm.mjs")).href);

const [, , folder, packages] = argv;
if (!packages) throw new Error("usage: node macros/site/runtime.mjs FOLDER PACKAGES");
const zip = join(folder, "python.zip");

try {
  const { modules, pack } = await compile(loadPyodide, {
    ...{ name: PACKAGE, folders: [PACKAGE], margin: MARGIN, unwanted: UNWANTED },
    ...{ environment: ENVIRONMENT, packages, ...HOME },
  });
  writeFileSync(zip, pack(modules));
  const fresh = await freshMemory();
  const { memory, references } = await usedMemory(modules);
  const patch = difference(fresh, memory);
  const sum = patch.reduce((total, word) => (total + word) >>> 0, 0);
  writeFileSync(join(folder, "memory.bin"), patch);
  const { info } = JSON.parse(readFileSync(join(PYODIDE, "pyodide-lock.json"), "utf8"));
  const runtime = { environment: ENVIRONMENT, info, memory: { size: memory.byteLength, sum, references }, modules };
  writeFileSync(join(folder, "runtime.json"), JSON.stringify(runtime));
} catch (error) {
  console.error(error instanceof Error ? error.message : error); // not the line where it happened: it is 1 MB long
  exit(1);
}
exit(0); // Python keeps the event loop alive

/** Hold still what would make two runs differ. */
function holdStill() {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  };
  env.TZ = "UTC";
  argv[1] = "python";
  Object.defineProperty(process, "pid", { value: 1 });
  // On iOS, CPython adds no trampoline to WebAssembly's table. With one, every later index in the picture of the
  // memory would be off by one wherever it is left out: so it is left out everywhere, here and in the worker.
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" } });
  Date.now = () => Date.UTC(1980);
  performance.now = () => 0;
  Math.random = () => next() / 65536;
  // Pyodide frees some Python objects when JavaScript's garbage collector comes by, which is at any time.
  FinalizationRegistry.prototype.register = () => {};
  require("node:crypto").randomFillSync = (/** @type {Uint8Array} */ bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = next();
    return bytes;
  };
}

/**
 * Start Python as the browser will on the safe road.
 * @param {import("pyodide").PyodideConfig} [options]
 */
function start(options) {
  return loadPyodide({ ...HOME, stdLibURL: zip, env: { ...ENVIRONMENT }, jsglobals: {}, ...options });
}

/**
 * The memory before Python has started: as the WebAssembly file initialises it.
 * @returns {Promise<Uint32Array>}
 */
function freshMemory() {
  return new Promise((resolve, reject) => {
    start({
      createPyodideModule: async (/** @type {Settings} */ settings) => {
        settings.noInitialRun = true;
        resolve(words(await createPyodideModule(settings)));
        return new Promise(() => {}); // Python itself must not start
      },
    }).catch(reject);
  });
}

/**
 * The memory when the quiz is imported, and which JavaScript objects it refers to.
 * @param {string[]} modules
 * @returns {Promise<{memory: Uint32Array, references: object}>}
 */
async function usedMemory(modules) {
  const python = await start({ _makeSnapshot: true });
  for (const name of modules) python.pyimport(name).destroy();
  // A later import must find that there is no archive, and not trust what was known of it here.
  python.pyimport("zipimport")._zip_directory_cache.clear();
  python.pyimport("sys").path_importer_cache.clear();
  python.pyimport("gc").collect();
  // Not public, like the options `_makeSnapshot` and `_loadSnapshot`: the version is pinned, the tests start
  // Python on this road, and where it does not start the browser takes the safe road.
  const { _api: api, _module: module } = /** @type {any} */ (python);
  return { references: api.serializeHiwireState(), memory: words(module) };
}

/**
 * A copy of the memory.
 * @param {Module} module
 */
function words({ HEAPU8: bytes }) {
  return new Uint32Array(bytes.slice().buffer);
}

/**
 * What has to be written over a fresh memory to make it `used`: the place of the first word that differs, the
 * number of ranges that are not zero from there on, then for each range its distance from the end of the last
 * (of the first from that place) and its length, then the words of all ranges. All is counted in words.
 *
 * What lies before the first difference are constants, and what lies behind the last range nobody has touched. In
 * between, all is written, also what is the same here: the WebAssembly file's own start has put random numbers
 * and the like there, which are others in the browser.
 * @param {Uint32Array} fresh
 * @param {Uint32Array} used
 */
function difference(fresh, used) {
  const begin = used.findIndex((word, i) => word !== fresh[i]);
  /** @type {[number, number][]} */
  const ranges = [];
  for (let i = begin; i < used.length; i++) {
    if (used[i] === 0) continue;
    const last = ranges.at(-1);
    if (last && i - last[1] < SHORTEST_GAP) last[1] = i + 1;
    else ranges.push([i, i + 1]);
  }
  const head = ranges.flatMap(([from, to], n) => [from - (ranges[n - 1]?.[1] ?? begin), to - from]);
  const words = ranges.map(([from, to]) => used.subarray(from, to));
  const patch = new Uint32Array(2 + head.length + words.reduce((total, { length }) => total + length, 0));
  patch.set([begin, ranges.length, ...head]);
  let at = 2 + head.length;
  for (const range of words) {
    patch.set(range, at);
    at += range.length;
  }
  return patch;
}

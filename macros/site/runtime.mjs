/**
 * Makes Python for the browser from the npm package `pyodide` and the package `quiz`:
 *
 *   python.zip    the modules that the quiz needs, compiled: Pyodide started with these is the safe road
 *   python.wasm   Pyodide's WebAssembly file with the functions that the quiz uses, and
 *   memory.bin    what Python's memory holds once the quiz is imported, where that is more than what the
 *                 WebAssembly file puts there: this put in place, without Pyodide's scripts, is the fast road
 *   runtime.json  what `quiz/browser/worker.mjs` has to know to use them
 *
 * Two runs on the same files give the same bytes: what differs from run to run (time, random numbers, process id,
 * language, time zone) is held still before Pyodide sees it.
 *
 *     node macros/site/runtime.mjs FOLDER PACKAGES [mark]
 *
 * to be run in the project's folder; FOLDER must exist, PACKAGES holds what requirements-pyodide.txt names. With
 * `mark`, every function stays in python.wasm and marks that it was executed, and FOLDER gets a pyodide.asm.wasm
 * that does the same.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { exit, argv, env } from "node:process";
import { pathToFileURL } from "node:url";
import { compile, ENVIRONMENT, info, PYODIDE } from "./compile.mjs";
import { instrument, withBodies, withExports } from "./trim.mjs";

// What the quiz may come to import after its start. In the browser nothing outside the archive can be imported: that
// is an error, which `quiz.bridge` answers like any other.
const MARGIN = ["_strptime", "datetime", "encodings.ascii", "encodings.latin_1", "string", "textwrap", "unicodedata"];
// What the worker calls of CPython.
const CALLED =
  `memory __indirect_function_table malloc free PyUnicode_FromStringAndSize PyObject_CallOneArg PyUnicode_AsUTF8AndSize
  Py_DecRef`.split(/\s+/);
const SHORTEST_GAP = 16; // fewer zeros cost less than one more range

holdStill();
const { loadPyodide } = await import("pyodide");
/** @typedef {{noInitialRun?: boolean}} Settings the part of Emscripten's settings that is used here */
/** @type {{default: (settings: Settings) => Promise<any>}} */
const { default: createPyodideModule } = await import(pathToFileURL(join(PYODIDE, "pyodide.asm.mjs")).href);

const [, , folder, packages, mark] = argv;
if (!packages) throw new Error("usage: node macros/site/runtime.mjs FOLDER PACKAGES [mark]");
const zip = join(folder, "python.zip");

try {
  const { modules, pack } = await compile(loadPyodide, {
    ...{ name: "quiz", folders: ["quiz"], margin: MARGIN, packages },
    unwanted: "quiz.protocol", // types alone
  });
  writeFileSync(zip, pack(modules));
  const fresh = freshMemory(trim());
  const { memory, use, handle } = await usedMemory();
  const patch = difference(fresh, memory);
  const sum = patch.reduce((total, word) => (total + word) >>> 0, 0);
  writeFileSync(join(folder, "memory.bin"), patch);
  const runtime = { environment: ENVIRONMENT, info, memory: { size: memory.byteLength, sum, use, handle } };
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
  // On iOS, CPython calls a function of JavaScript's instead of adding its own to WebAssembly's table. So the table of
  // the fast road is that of the file, in every browser.
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" } });
  Date.now = () => Date.UTC(1980);
  performance.now = () => 0;
  Math.random = () => next() / 65536;
  // Pyodide frees some Python objects when JavaScript collects garbage, which is at any time.
  FinalizationRegistry.prototype.register = () => {};
  createRequire(import.meta.url)("node:crypto").randomFillSync = (/** @type {Uint8Array} */ bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = next();
    return bytes;
  };
}

/** Write python.wasm, and return it with all its functions. */
function trim() {
  const whole = new Uint8Array(readFileSync(join(PYODIDE, "pyodide.asm.wasm")));
  const wasm = withExports(whole, CALLED);
  writeFileSync(join(folder, "python.wasm"), mark ? instrument(wasm) : withBodies(wasm, executed()));
  if (mark) writeFileSync(join(folder, "pyodide.asm.wasm"), instrument(whole));
  return wasm;
}

/** Whether the self-check executes a function, by its number; profile.json has a bit for each. */
function executed() {
  const bits = Buffer.from(JSON.parse(readFileSync("macros/site/profile.json", "utf8")).functions, "base64");
  return (/** @type {number} */ at) => ((bits[at >> 3] >> (at & 7)) & 1) === 1;
}

/** The memory as the WebAssembly file initialises it. @param {Uint8Array<ArrayBuffer>} wasm */
function freshMemory(wasm) {
  const module = new WebAssembly.Module(wasm);
  /** @type {Record<string, Record<string, WebAssembly.ImportValue>>} */
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = kind === "global" ? new WebAssembly.Global({ value: "i32", mutable: true }, 0) : () => 0;
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  return words(/** @type {WebAssembly.Memory} */ (exports.memory).buffer);
}

/**
 * The memory when a plain CPython, which knows nothing of JavaScript, has imported the quiz; and where in it the two
 * functions of `quiz.bridge` are.
 */
async function usedMemory() {
  const python = await withoutPyodide();
  const text = (/** @type {string} */ text) => python.stringToNewUTF8(text);
  python._Py_Initialize();
  const bridge = text("quiz.bridge");
  const [use, handle] = ["use", "handle"].map((name) => python._PyImport_ImportModuleAttrString(bridge, text(name)));
  if (!use || !handle || python._PyRun_SimpleString(text("import gc; gc.collect()"))) {
    throw new Error("Python could not import the quiz");
  }
  return { memory: words(python.HEAPU8.buffer), use, handle };
}

/** CPython with the file system and settings that Pyodide prepares, not started. @returns {Promise<any>} */
function withoutPyodide() {
  return new Promise((resolve, reject) => {
    loadPyodide({
      indexURL: PYODIDE,
      stdLibURL: zip,
      env: { ...ENVIRONMENT },
      stderr: () => {}, // it says that it misses folders, which it does not need
      createPyodideModule: async (/** @type {Settings} */ settings) => {
        settings.noInitialRun = true;
        resolve(await createPyodideModule(settings));
        return new Promise(() => {}); // Pyodide itself must not start
      },
    }).catch(reject);
  });
}

/** A copy of the memory. @param {ArrayBuffer} buffer */
function words(buffer) {
  return new Uint32Array(buffer.slice(0));
}

/**
 * What has to be written over a fresh memory to make it `used`: the place of the first word that differs, the number
 * of ranges that are not zero from there on, then for each range its distance from the end of the last (of the first
 * from that place) and its length, then the words of all ranges. All is counted in words.
 *
 * Before the first difference are constants, and behind the last range nobody has written. In between all is written,
 * also what is the same here: the WebAssembly file's own start puts random numbers and the like there, others in the
 * browser.
 * @param {Uint32Array} fresh @param {Uint32Array} used
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
  const words = ranges.flatMap(([from, to]) => [...used.subarray(from, to)]);
  return Uint32Array.from([begin, ranges.length, ...head, ...words]);
}

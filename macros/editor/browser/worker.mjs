/**
 * Runs Python for the editor's page, in a module worker, with the messages of the self-check's worker.
 * `macros.editor.bridge` answers them.
 *
 * The project's own program, its libraries and files are unpacked into the memory of the whole of Pyodide. After that
 * nothing more is fetched.
 */

/**
 * @typedef {object} Manifest what `macros/site/editor.py` knows of the files; all paths are relative to this file
 * @property {string} pyodide the folder of Pyodide
 * @property {string} program the folder of the archives
 * @property {Record<string, string>} environment Python's environment variables
 * @property {object} info what Python is, from the lock file of Pyodide
 */

const NEAR = import.meta.url;
let loaded = 0;

try {
  checkWebAssembly();
  const manifest = /** @type {Manifest} */ (await (await get("manifest.json")).json());
  const pyodide = new URL(manifest.pyodide, NEAR).href;
  const archive = get(`${manifest.program}editor.zip`).then((response) => response.arrayBuffer());
  const project = get("project.json").then((response) => response.text());
  // What fails here is told below, unless something else fails before.
  archive.then(arrived, () => {});
  project.catch(() => {});
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(`${pyodide}pyodide.js`),
    import(`${pyodide}pyodide.asm.js`),
  ]);
  const python = await loadPyodide({
    indexURL: pyodide,
    createPyodideModule,
    stdLibURL: new URL(`${manifest.program}python.zip`, NEAR).href,
    lockFileContents: { info: manifest.info, packages: {} },
    packageBaseUrl: pyodide,
    env: manifest.environment,
    jsglobals: {}, // what `import js` finds
    stdin: () => null,
    stdout: () => {},
    stderr: () => {},
  });
  arrived();
  python.unpackArchive(await archive, "zip");
  const bridge = python.pyimport("macros.editor.bridge");
  arrived();
  bridge.use(await project, "/project");
  self.onmessage = ({ data: { id, request } }) => {
    try {
      postMessage({ type: "reply", id, reply: bridge.handle(request) });
    } catch (error) {
      fail(error, "died"); // `handle` raises nothing, so Python itself has come to an end
    }
  };
  postMessage({ type: "ready", road: "safe", why: "" });
} catch (error) {
  fail(error, "broken");
}

/** Tell the page that it is over. @param {any} error @param {string} otherwise its code, if it has none of ours */
function fail(error, otherwise) {
  const code = typeof error?.code === "string" ? error.code : otherwise; // a DOMException's is a number
  postMessage({ type: "failed", code, detail: String(error) });
}

/** Find out at once what Pyodide would only wait for: a policy or a setting that forbids WebAssembly. */
function checkWebAssembly() {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the shortest there is
  } catch (error) {
    throw Object.assign(new Error(String(error)), { code: "no-wasm" });
  }
}

/** @param {string} path */
async function get(path) {
  const response = await fetch(new URL(path, NEAR)).catch((error) => error);
  if (response.ok) return /** @type {Response} */ (response);
  throw Object.assign(new Error(`${path}: ${response.status ?? response}`), { code: "missing-file" });
}

/** Give a sign of life. */
function arrived() {
  postMessage({ type: "progress", loaded: ++loaded, total: 4 });
}

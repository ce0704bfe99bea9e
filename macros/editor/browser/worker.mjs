/**
 * Runs Python for the editor's page, in a module worker. `client.mjs` of the self-check says which messages it sends
 * and takes; `macros.editor.bridge` answers them.
 *
 * It starts by itself, with the whole of Pyodide: the project's own program and its libraries are unpacked into
 * Python's memory, and then the project's files. After that nothing more is fetched.
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
  const archive = bytes(`${manifest.program}editor.zip`);
  const project = get("project.json").then((response) => response.text());
  for (const early of [archive, project]) early.catch(() => {}); // told below, unless something else fails before
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
  arrived(1);
  python.unpackArchive(await archive, "zip");
  const bridge = python.pyimport("macros.editor.bridge");
  arrived(1);
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

/**
 * Tell the page that it is over.
 * @param {any} error
 * @param {string} otherwise the code of what has none
 */
function fail(error, otherwise) {
  postMessage({ type: "failed", code: error?.code ?? otherwise, detail: String(error) });
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

/** @param {string} path */
async function bytes(path) {
  const content = await (await get(path)).arrayBuffer();
  arrived(1);
  return content;
}

/** Give a sign of life. @param {number} parts */
function arrived(parts) {
  loaded += parts;
  postMessage({ type: "progress", loaded, total: 4 });
}

/**
 * Compiles Python's modules for the browser. `pyodide-build` does it in Pyodide, in Node, for the very Python that will
 * run them.
 */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";

/** For `indexURL`: by default Pyodide finds its folder from a stack trace, and fails when its name contains ( or %. */
export const PYODIDE = dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
/** The order of sets, and with it the bytes of the memory; the language, which else is that of the machine. */
export const ENVIRONMENT = { PYTHONHASHSEED: "0", LANG: "C.UTF-8" };
/** What Python is. */
export const { info } = JSON.parse(readFileSync(join(PYODIDE, "pyodide-lock.json"), "utf8"));
// Optional imports of Pyodide and the standard library: encryption, compression other than zlib, the interactive prompt.
const UNWANTED = ["_pyrepl", "_ssl", "bz2", "compression", "lzma", "ssl"];

/**
 * @typedef {object} Wanted
 * @property {string} name the package to compile, with all that its modules import
 * @property {string[]} folders of the project, with it and what it imports of the project
 * @property {string[]} [libraries] folders of installed packages that it imports
 * @property {string[]} margin further modules to compile
 * @property {string} unwanted module that is left out too, although something imports it
 * @property {string} packages the folder with what requirements-pyodide.txt names
 */
/**
 * @typedef {object} Compiled
 * @property {string[]} modules the names of all
 * @property {(name: string) => boolean} isStandard whether a module comes with Pyodide
 * @property {(names: string[], files?: Record<string, Uint8Array>) => Uint8Array} pack makes an archive of modules,
 *   compiled and without docstrings, and of files as they are
 */

/** @param {typeof import("pyodide").loadPyodide} loadPyodide @param {Wanted} wanted @returns {Promise<Compiled>} */
export async function compile(loadPyodide, wanted) {
  const { name, folders, libraries = [], margin, unwanted, packages } = wanted;
  const env = { ...ENVIRONMENT, PYTHONDONTWRITEBYTECODE: "1" };
  const python = await loadPyodide({ indexURL: PYODIDE, args: ["-OO"], env });
  const home = "/build";
  const { path, modules: imported } = python.pyimport("sys");
  path.insert(0, home);
  for (const folder of folders) {
    const files = readdirSync(folder, { encoding: "utf8", recursive: true });
    for (const file of files.filter((file) => file.endsWith(".py"))) {
      const target = posix.join(home, folder, file.replaceAll("\\", "/"));
      python.FS.mkdirTree(posix.dirname(target));
      python.FS.writeFile(target, readFileSync(join(folder, file)));
    }
  }
  python.FS.writeFile(`${home}/archive.py`, readFileSync("macros/site/archive.py"));
  for (const [at, folder] of [packages, ...libraries].entries()) {
    python.mountNodeFS(`/packages${at}`, folder);
    path.append(`/packages${at}`);
  }
  const tools = python.pyimport("archive");
  const modules = tools.needed(name, margin, ["archive", unwanted, ...UNWANTED]).toJs();
  const { main } = python.pyimport("pyodide_build.cli.py_compile");
  return {
    modules,
    isStandard: (name) => imported.get(name).__file__.startsWith("/lib/"),
    pack: (names, files = {}) => {
      const target = `${home}/packed.zip`;
      tools.pack(names, target, python.toPy(files));
      const options = python.toPy([target, "--compression-level", "0", "--silent"]);
      main.callKwargs(options, { standalone_mode: false });
      return python.FS.readFile(target);
    },
  };
}

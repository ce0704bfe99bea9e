/**
 * Compiles Python's modules for the browser. `pyodide-build` does it in Pyodide, in Node, for the very Python that will
 * run them.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/**
 * @typedef {object} Wanted
 * @property {string} name the package to compile, with all that its modules import
 * @property {string[]} folders of the project, with it and what it imports of the project
 * @property {string[]} [libraries] folders of installed packages that it imports
 * @property {string[]} margin further modules to compile
 * @property {string[]} unwanted modules, with all below them, that are left out although something imports them
 * @property {Record<string, string>} environment Python's environment variables
 * @property {string} packages the folder with what requirements-pyodide.txt names
 * @property {string} indexURL the folder of Pyodide
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
  const { name, folders, libraries = [], margin, unwanted, environment, packages, indexURL } = wanted;
  const env = { ...environment, PYTHONDONTWRITEBYTECODE: "1" };
  const python = await loadPyodide({ indexURL, args: ["-OO"], env });
  const home = "/build";
  const { path, modules: imported } = python.pyimport("sys");
  path.insert(0, home);
  for (const folder of folders) {
    const files = readdirSync(folder, { encoding: "utf8", recursive: true });
    for (const file of files.filter((file) => file.endsWith(".py"))) {
      const target = join(home, folder, file.replaceAll("\\", "/"));
      python.FS.mkdirTree(dirname(target));
      python.FS.writeFile(target, readFileSync(join(folder, file)));
    }
  }
  python.FS.writeFile(join(home, "archive.py"), readFileSync("macros/site/archive.py"));
  for (const [at, folder] of [packages, ...libraries].entries()) {
    python.mountNodeFS(`/packages${at}`, folder);
    path.append(`/packages${at}`);
  }
  const tools = python.pyimport("archive");
  const modules = tools.needed(name, margin, ["archive", ...unwanted]).toJs();
  const { main } = python.pyimport("pyodide_build.cli.py_compile");
  return {
    modules,
    isStandard: (name) => imported.get(name).__file__.startsWith("/lib/"),
    pack: (names, files = {}) => {
      const target = join(home, "packed.zip");
      tools.pack(names, target, python.toPy(files));
      const options = python.toPy([target, "--compression-level", "0", "--silent"]);
      main.callKwargs(options, { standalone_mode: false });
      return python.FS.readFile(target);
    },
  };
}

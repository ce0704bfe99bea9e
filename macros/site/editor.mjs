/**
 * Makes Python for the editor's page from the npm package `pyodide`, installed packages, `macros` and `quiz`:
 *
 *   python.zip   the modules of the standard library that the page needs, compiled: Python starts from these
 *   editor.zip   the libraries, the project's own modules, compiled, and its templates: unpacked when Python runs
 *   editor.json  what `macros/editor/browser/worker.mjs` has to know to use them
 *
 *     node macros/site/editor.mjs FOLDER PACKAGES LIBRARIES
 *
 * to be run in the project's folder; FOLDER must exist, PACKAGES holds what requirements-pyodide.txt names, and
 * LIBRARIES what requirements.txt names.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, env, exit } from "node:process";
import { loadPyodide } from "pyodide";
import { compile, ENVIRONMENT, info } from "./compile.mjs";

// The part of pydantic that is compiled to WebAssembly comes as the file that it is.
const COMPILED = "pydantic_core/_pydantic_core";
// What Pyodide unpacks an archive with, and what else is imported later than at a module's start.
const MARGIN = `_strptime jinja2.bccache jinja2.loaders pydantic._internal._dataclasses shutil tarfile zipfile
  encodings.ascii encodings.cp1252 encodings.latin_1 encodings.unicode_escape encodings.utf_16
  encodings.utf_8_sig`.split(/\s+/);

const [, , folder, packages, libraries] = argv;
// The dates in the archives: two runs on the same files give the same bytes.
env.TZ = "UTC";
Date.now = () => Date.UTC(1980);
if (!libraries) throw new Error("usage: node macros/site/editor.mjs FOLDER PACKAGES LIBRARIES");
try {
  const { modules, isStandard, pack } = await compile(loadPyodide, {
    ...{ name: "macros.editor", folders: ["macros", "quiz"], margin: MARGIN, packages, libraries: [libraries] },
    unwanted: COMPILED.replace("/", "."),
  });
  const files = [
    ...globSync(`${COMPILED}.*.so`, { cwd: packages }).map((path) => [path, join(packages, path)]),
    ...globSync("macros/templates/*.html").map((path) => [path, path]),
  ].map(([name, path]) => [name.replaceAll("\\", "/"), new Uint8Array(readFileSync(path))]);
  writeFileSync(join(folder, "python.zip"), pack(modules.filter(isStandard)));
  const own = modules.filter((name) => !isStandard(name));
  writeFileSync(join(folder, "editor.zip"), pack(own, Object.fromEntries(files)));
  writeFileSync(join(folder, "editor.json"), JSON.stringify({ environment: ENVIRONMENT, info }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  exit(1);
}
exit(0); // Python keeps the event loop alive

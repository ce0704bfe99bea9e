/**
 * Takes the body of a function out of a WebAssembly file, for the tests: `node tests/trap.mjs FUNCTION`, with the name
 * that it is exported by. The file comes from standard input; what is left of it goes to standard output.
 */
/// <reference types="node" />
import { argv, stdin, stdout } from "node:process";
import { withBodies } from "../macros/site/trim.mjs";

const wasm = new Uint8Array(Buffer.concat(await stdin.toArray()));
const module = new WebAssembly.Module(wasm);
/** @type {Record<string, Record<string, WebAssembly.ImportValue>>} */
const imports = {};
let imported = 0;
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = kind === "global" ? new WebAssembly.Global({ value: "i32", mutable: true }, 0) : () => 0;
  if (kind === "function") imported++;
}
const { exports } = new WebAssembly.Instance(module, imports);
const taken = Number(/** @type {Function} */ (exports[argv[2]]).name) - imported; // such a function is named by its number
stdout.write(withBodies(wasm, (at) => at !== taken));

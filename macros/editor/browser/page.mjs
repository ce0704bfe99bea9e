/**
 * The page *Föreslå en ändring*. Data runs one way: what the reader changes goes into `proposal`, all of that goes to
 * Python, and what comes back is shown. The proposal is kept nowhere else and is gone with the page.
 */
import { start } from "../../../quiz/browser/client.mjs";
import { filled } from "../../../quiz/browser/fill.mjs";
import { all, one, say, sentence } from "../../../quiz/browser/form.mjs";
import { startDelivery } from "./delivery.mjs";
import { startText } from "./text.mjs";

/**
 * @typedef {object} Problem
 * @property {string} file
 * @property {number} line
 * @property {string} message
 */
/** @typedef {{problems: Problem[], count: string, letter: string}} Checked what `macros.editor.bridge` says */

const PATIENCE = { patience: 120_000, replyTime: 60_000 };

const form = /** @type {HTMLFormElement} */ (document.getElementById("editor"));
const picker = /** @type {HTMLSelectElement} */ (one(form, "#file"));
const failed = one(form, "[data-state~=failed][tabindex]");
/** @type {Record<string, string>} The files as they are published. */
let original = {};
/** @type {Record<string, string>} Those that the reader has changed, as they are now. */
const proposal = {};
let open = "";
/** @type {ReturnType<typeof start> | undefined} */
let python;
let asking = false;
let stale = false;

const text = startText(form, (value) => change(open, value));
const delivery = startDelivery(form, (kind) => ask({ kind, files: proposal }));
picker.addEventListener("change", () => show(picker.value));
one(form, "[data-revert]").addEventListener("click", () => {
  change(open, original[open]);
  show(open);
  say(sentence("reverted"));
  one(form, "#file-title").focus(); // the button goes away
});
one(form, "[data-retry]").addEventListener("click", begin);
one(form, "[data-fill=problems]").addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (!button) return;
  show(button.dataset.file ?? open);
  text.goTo(Number(button.dataset.line));
});
addEventListener("hashchange", () => named() && show(named()));
begin();

/** Start Python; what the reader has changed before is still there. */
async function begin() {
  tell("starting");
  python = start({ ...PATIENCE, onProgress: showProgress, onFailure: stop });
  const reply = await ask({ kind: "files" }).catch(() => {});
  if (!reply) return; // `stop` has said why
  original = reply.files;
  tell("ready");
  say(sentence("ready"));
  show(open || named() || picker.value);
  void check();
}

/** @param {object} request @returns {Promise<any>} rejected when there is no answer */
async function ask(request) {
  if (!python) throw new Error("not started");
  const reply = /** @type {any} */ (await python.request(/** @type {any} */ (request)));
  if (reply.kind !== "error") return reply;
  console.error(reply.detail);
  throw new Error("an error in Python");
}

/** Have all checked, one request at a time; of many changes in a row only the last is sent. */
async function check() {
  stale = true;
  if (asking) return;
  asking = true;
  while (stale) {
    stale = false;
    const reply = await ask({ kind: "check", files: proposal }).catch(() => unchecked());
    if (!stale) tellProblems(reply);
  }
  asking = false;
}

/** @returns {Checked} what is shown when the program could not check */
function unchecked() {
  return { problems: [], count: sentence("unchecked"), letter: "" };
}

/** @param {string} name @param {string} value */
function change(name, value) {
  if (value === original[name]) delete proposal[name];
  else proposal[name] = value;
  one(form, "[data-revert]").hidden = !(open in proposal);
  // Only while there is something to lose: such a listener can keep a page out of the back/forward cache.
  if (Object.keys(proposal).length) addEventListener("beforeunload", askFirst);
  else removeEventListener("beforeunload", askFirst);
  void check();
}

/** @param {BeforeUnloadEvent} event */
function askFirst(event) {
  event.preventDefault();
  event.returnValue = true; // what older browsers go by
}

/** Open a file. @param {string} name */
function show(name) {
  if (!(name in original)) return;
  open = name;
  picker.value = name;
  one(form, "#file-title").textContent = titleOf(name);
  one(form, "[data-name]").textContent = name;
  one(form, "[data-revert]").hidden = !(name in proposal);
  text.show(proposal[name] ?? original[name]);
}

/** @param {Checked} checked */
function tellProblems({ problems, count, letter }) {
  const elsewhere = problems.map((problem) => ({
    ...problem,
    title: problem.file === open ? "" : titleOf(problem.file),
  }));
  const place = one(form, "[data-fill=problems]");
  const before = place.textContent;
  place.replaceChildren(filled(template("problems"), { problems: elsewhere, count }));
  if (before && before !== place.textContent) say(count);
  text.mark(problems.filter(({ file }) => file === open).map(({ line }) => line));
  const changed = Object.keys(proposal).map((name) => ({ link: `#${name}`, title: titleOf(name) }));
  one(form, "[data-fill=changed]").replaceChildren(filled(template("changed"), { changed }));
  one(form, "[data-wrong]").hidden = problems.length === 0;
  delivery.tell(letter, changed.length > 0);
}

/** @param {string} name */
function titleOf(name) {
  const option = [...picker.options].find(({ value }) => value === name);
  return option?.text ?? name;
}

/** The file that the address names. */
function named() {
  return decodeURIComponent(location.hash.slice(1));
}

/** @param {{loaded: number, total: number}} parts */
function showProgress({ loaded, total }) {
  const bar = /** @type {HTMLProgressElement} */ (one(form, "progress"));
  bar.max = total;
  bar.value = loaded;
}

/** @param {{code: string}} failure why there is no Python any more */
function stop({ code }) {
  python = undefined;
  one(form, "[data-why]").textContent = sentence(code);
  one(form, "[data-retry]").hidden = code === "no-wasm"; // trying again cannot help
  one(form, "[data-kept]").hidden = Object.keys(proposal).length === 0;
  tell("failed");
  say(failed.textContent ?? "");
}

/** @param {"starting" | "ready" | "failed"} state */
function tell(state) {
  form.dataset.engine = state;
  for (const part of all(form, "[data-state]")) part.hidden = !part.dataset.state?.split(" ").includes(state);
}

/** @param {string} name */
function template(name) {
  return /** @type {HTMLTemplateElement} */ (document.getElementById(`t-${name}`));
}

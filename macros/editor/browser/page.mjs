/**
 * The page *Föreslå en ändring*. Data runs one way: what the reader changes, as text or in the form, goes to Python;
 * what comes back becomes the `proposal`, and is shown. It is kept nowhere else and is gone with the page.
 */
import { start } from "../../../quiz/browser/client.mjs";
import { filled } from "../../../quiz/browser/fill.mjs";
import { all, around, askBeforeLeaving, one, onPress, say, sentence } from "../../../quiz/browser/form.mjs";
import { startAdding } from "./adding.mjs";
import { startDelivery } from "./delivery.mjs";
import { startFields } from "./fields.mjs";
import { startMeaning } from "./meaning.mjs";
import { startTabs } from "./tabs.mjs";
import { startText } from "./text.mjs";

/** @import { Change, Place } from "./fields.mjs" */
/** @typedef {{file: string, line: number, message: string, place: Place | null}} Problem */
/**
 * @typedef {object} Checked what `macros.editor.bridge` says of the proposal
 * @property {Problem[]} problems
 * @property {string} count of problems, in words
 * @property {Record<string, string>} files the proposal with the changes of the form
 * @property {string} letter
 * @property {string} refused why the form's changes could not be made
 */

const PATIENCE = { patience: 120_000, replyTime: 60_000 };

const form = one(document, "#editor", HTMLFormElement);
const picker = one(form, "#file", HTMLSelectElement);
/** @type {Record<string, string>} The files as they are published. */
let original = {};
/** @type {Record<string, string>} Those that the reader has changed, as they are now. */
let proposal = {};
let open = "";
/** @type {Problem[]} */
let problems = [];
/** @type {Change[]} What was changed in the form since the last request. */
let changes = [];
let redraw = false;
/** @type {ReturnType<typeof start> | undefined} */
let python;
/** @type {Promise<void> | undefined} The check that is going on. */
let checking;
let stale = false;

const text = startText(form, (value) => {
  put(open, value);
  void check();
});
const fields = startFields(form, (change, isNew) => {
  // Of many changes of one field in a row only the last counts.
  if (!isNew && change.on === undefined && field(changes.at(-1)) === field(change)) changes.pop();
  changes.push(change);
  redraw ||= isNew;
  void check();
});
const meaning = startMeaning(form, ask, () => proposal);
startAdding(form, async (what, given) => {
  await checking;
  const reply = await ask({ kind: "add", what, given, files: proposal }).catch(() => ({ refused: sentence("broken") }));
  if (reply.refused) return reply.refused;
  take(reply.files);
  if (reply.title) picker.options[picker.options.length] = new Option(reply.title, reply.open);
  tabs.choose("as-form");
  await show(reply.open);
  one(form, "[data-added]").textContent = reply.said;
  const title = one(form, "#file-title");
  if (!reply.place || !fields.goTo(reply.place)) title.focus();
  if (document.activeElement === title) title.scrollIntoView();
  say(reply.said);
  return "";
});
const tabs = startTabs(one(form, "[role=tablist]"), async () => {
  await checking;
  await showView();
});
const delivery = startDelivery(form, async () => {
  await checking;
  return ask({ kind: "handover", files: proposal });
});
picker.addEventListener("change", () => void show(picker.value));
one(form, "[data-revert]").addEventListener("click", async () => {
  await checking;
  put(open, original[open]);
  if (!isFile(open)) picker.selectedOptions[0].remove(); // it was new
  await show(picker.value);
  say(sentence("reverted"));
  one(form, "#file-title").focus(); // the button goes away
});
one(form, "[data-retry]").addEventListener("click", begin);
onPress(one(form, "[data-fill=problems]"), async ({ dataset }) => {
  const problem = problems[Number(dataset.at)];
  if (problem.file !== open) await show(problem.file);
  if (tabs.chosen() === "as-form" && problem.place && fields.goTo(problem.place)) return;
  if (tabs.choose("as-text")) await showView();
  text.goTo(problem.line);
});
one(form, "[data-fill=changed]").addEventListener("click", async (event) => {
  const link = around(event, "a");
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  await show(decodeURIComponent(link.hash.slice(1)));
  one(form, "#file-title").focus();
});
addEventListener("hashchange", () => isFile(named()) && void show(named()));
begin();

/** Which field a change is of. @param {Change | undefined} change */
function field(change) {
  return change && JSON.stringify([change.op, change.place, change.file]);
}

/** Start Python; what the reader has changed before is still there. */
async function begin() {
  tell("starting");
  python = start({ ...PATIENCE, onProgress: showProgress, onFailure: stop });
  const reply = await ask({ kind: "files" }).catch(() => {});
  if (!reply) return; // `stop` has said why
  original = reply.files;
  await show([open, named(), picker.value].find(isFile) ?? "");
  tell("ready");
  say(sentence("ready"));
}

/** @param {any} request @returns {Promise<any>} rejected when there is no answer */
async function ask(request) {
  if (!python) throw new Error("not started");
  /** @type {any} */
  const reply = await python.request(request);
  if (reply.kind !== "error") return reply;
  console.error(reply.detail);
  throw new Error("an error in Python");
}

/** Have all checked, one request at a time. */
function check() {
  stale = true;
  checking ??= checkAll().finally(() => {
    checking = undefined;
  });
  return checking;
}

async function checkAll() {
  while (stale) {
    stale = false;
    const [sent, isNew] = [changes, redraw];
    [changes, redraw] = [[], false];
    const request = { kind: "check", files: proposal, open, changes: sent };
    const unchecked = { problems: [], count: sentence("unchecked"), letter: "", refused: "" };
    /** @type {Checked} */
    const reply = await ask(request).catch(() => ({ ...unchecked, files: proposal }));
    if (sent.length) take(reply.files);
    if (isNew || reply.refused) await showView();
    tellProblems(reply);
  }
}

/** Take a file's text into the proposal. @param {string} name @param {string | undefined} value none: it is gone */
function put(name, value) {
  const { [name]: _, ...others } = proposal;
  take(value === undefined || value === original[name] ? others : { ...others, [name]: value });
}

/** Let the proposal be these files. @param {Record<string, string>} files */
function take(files) {
  proposal = files;
  one(form, "[data-revert]").hidden = !(open in proposal);
  askBeforeLeaving(Object.keys(proposal).length > 0);
}

/** Open a file, when what was changed in the last one is taken in. @param {string} name */
async function show(name) {
  await checking;
  const isSame = open === name;
  open = name;
  history.replaceState(null, "", `#${name}`); // where the page begins when it is loaded again
  picker.value = name;
  one(form, "#file-title").textContent = titleOf(name);
  one(form, "[data-name]").textContent = name;
  one(form, "[data-added]").textContent = "";
  one(form, "[data-revert]").hidden = !(name in proposal);
  await showView(isSame);
  await check();
}

/** Show the open file in the view that is chosen. @param {boolean} [isSame] whether it was open before */
async function showView(isSame = true) {
  if (tabs.chosen() === "as-text") return text.show(proposal[open] ?? original[open]);
  const { html } = await ask({ kind: "form", files: proposal, open }).catch(() => ({ html: "" }));
  fields.show(html, isSame);
  one(form, "[data-unreadable]").hidden = html !== "";
  markProblems();
}

/** @param {Checked} checked */
function tellProblems({ problems: found, count, letter }) {
  problems = found;
  const title = (/** @type {string} */ file) => (file === open ? "" : titleOf(file));
  const listed = found.map((problem, at) => ({ ...problem, at: String(at), title: title(problem.file) }));
  const place = one(form, "[data-fill=problems]");
  const before = place.textContent;
  place.replaceChildren(filled("problems", { problems: listed, count }));
  if (before && before !== place.textContent) say(count);
  markProblems();
  const changed = Object.keys(proposal).map((name) => ({ link: `#${name}`, title: titleOf(name) }));
  one(form, "[data-fill=changed]").replaceChildren(filled("changed", { changed }));
  const [isWrong, isChanged] = [found.length > 0, changed.length > 0];
  for (const told of all(form, "[data-wrong]")) told.hidden = !(isWrong && isChanged);
  for (const told of all(form, "[data-unchanged]")) told.hidden = isChanged;
  delivery.tell(letter, isChanged);
  meaning.tell(isChanged && !isWrong);
  form.dispatchEvent(new Event("checked")); // the benchmark listens
}

function markProblems() {
  const here = problems.filter(({ file }) => file === open);
  text.mark(here.map(({ line }) => line));
  fields.mark(here);
}

/** @param {string} name */
function titleOf(name) {
  return [...picker.options].find(({ value }) => value === name)?.text ?? name;
}

/** @param {string} name */
function isFile(name) {
  return name in original || name in proposal;
}

/** The file that the address names. */
function named() {
  return decodeURIComponent(location.hash.slice(1));
}

/** @param {{loaded: number, total: number}} parts */
function showProgress({ loaded, total }) {
  Object.assign(one(form, "progress"), { max: total, value: loaded });
}

/** @param {{code: string}} failure why there is no Python any more */
function stop({ code }) {
  python = undefined;
  one(form, "[data-why]").textContent = sentence(code);
  one(form, "[data-retry]").hidden = code === "no-wasm"; // trying again cannot help
  one(form, "[data-kept]").hidden = Object.keys(proposal).length === 0;
  tell("failed");
  say(one(form, "[data-state=failed]").textContent ?? "");
}

/** @param {"starting" | "ready" | "failed"} state */
function tell(state) {
  form.dataset.engine = state;
  for (const part of all(form, "[data-state]")) part.hidden = !part.dataset.state?.split(" ").includes(state);
}

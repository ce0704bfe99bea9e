/**
 * Sends all answers to Python whenever something changes, one request at a time, of many changes only the last; what
 * comes back is the form's event "reply". The form never waits for it.
 *
 * A Python that ends in the middle is started again at once, and given all answers again. One that does not start,
 * or ends twice in a row, is started when the reader asks for it.
 */
import { start } from "./client.mjs";
import { all, one, request, say, sentence } from "./form.mjs";

/** @typedef {{code: string, how: string}} Typed a code, and what it is for */

/** @param {HTMLFormElement} form */
export function startAnswers(form) {
  const panel = one(form, "[data-engine]");
  /** @type {ReturnType<typeof start> | undefined} */
  let python;
  let asking = false;
  let changed = false;
  let restarted = false;
  let failed = false;
  let fresh = false;

  form.addEventListener("input", () => void ask());
  form.addEventListener("cleared", () => {
    python?.stop();
    python = undefined;
    if (!failed) tell("waiting");
  });
  one(form, "[data-retry]").addEventListener("click", () => {
    failed = false;
    fresh = true; // the browser may have cached what was wrong
    panel.focus(); // the button goes away
    void ask();
  });
  form.addEventListener("code", (event) => void read(/** @type {CustomEvent<Typed>} */ (event).detail));
  // The panel's empty line goes when the reader goes on, not when Python is ready: what is being read would move.
  for (const kind of ["view", "question"]) {
    form.addEventListener(kind, () => panel.toggleAttribute("data-past", panel.dataset.engine === "ready"));
  }
  void ask();

  /** @param {Typed} typed */
  async function read(typed) {
    python ??= begin();
    const reply = await python.request({ kind: "code", code: typed.code }).catch(stopped);
    if (reply?.ok) return form.dispatchEvent(new CustomEvent("code-read", { detail: { ...reply, ...typed } }));
    if (reply) giveUp(reply.error.message);
    panel.focus(); // says why there is no answer
  }

  async function ask() {
    changed = true;
    if (asking || failed) return;
    asking = true;
    while (changed && !failed) {
      changed = false;
      python ??= begin();
      const asked = python;
      const reply = await asked.request(request(form)).catch(stopped);
      if (asked !== python || !reply) continue; // it ended, or the answers were cleared
      restarted = false;
      if (!reply.ok) giveUp(reply.error.message);
      else if (reply.kind === "state") {
        if (document.activeElement === panel) say(one(panel, "[data-engine-state=ready]").textContent ?? "");
        tell("ready");
        // What has changed since would be shown as it was, and then read from there.
        if (!changed) form.dispatchEvent(new CustomEvent("reply", { detail: reply }));
      }
    }
    asking = false;
  }

  /** @param {import("./client.mjs").Failure} failure why there is no Python any more */
  function stopped({ code, final }) {
    if (code === "stopped") return;
    python = undefined;
    if (code === "died" && !restarted) restarted = changed = true;
    else giveUp(sentence(code), final);
  }

  /** Tell why there is no result, until the reader asks for a new start. @param {string} why @param {boolean} [final] */
  function giveUp(why, final = false) {
    python?.stop(); // what it was given may be wrong
    python = undefined;
    failed = true;
    one(form, "[data-retry]").hidden = final;
    one(panel, "[data-why]").textContent = why;
    tell("failed");
    say(one(panel, "[data-engine-state=failed] p").textContent ?? "");
  }

  function begin() {
    tell("starting");
    const options = { onProgress: showBytes, fresh };
    fresh = false;
    return start(options);
  }

  /** @param {{loaded: number, total: number}} bytes */
  function showBytes({ loaded, total }) {
    Object.assign(one(panel, "progress"), { max: total, value: loaded, hidden: false });
  }

  /** @param {"starting" | "ready" | "failed" | "waiting"} state */
  function tell(state) {
    panel.dataset.engine = state;
    if (state !== "ready") panel.removeAttribute("data-past");
    for (const part of all(panel, "[data-engine-state]")) part.hidden = part.dataset.engineState !== state;
  }
}

/** Shows what Python answered: at each question, in the progress, in the result. */
import { fill } from "./fill.mjs";
import { all, one, onReply, say, sentence } from "./form.mjs";

/** @import { CompetenceReply, State } from "./protocol.d.ts" */

/** @param {State} reply */
const competences = (reply) => reply.areas.flatMap((area) => area.competences);

/** @param {HTMLFormElement} form */
export function startShow(form) {
  /** @type {State | undefined} */
  let reply;
  let touched = ""; // the competence that the reader answered last
  let passing = ""; // the competence whose levels the reader walks through with the arrow keys, which pick on the way
  /** @type {Map<string, string>} */
  const said = new Map();

  form.addEventListener("input", ({ target }) => {
    const question = target instanceof Element ? target.closest("[data-competence]") : null;
    if (question instanceof HTMLElement) touched = question.dataset.competence ?? "";
    if (target instanceof HTMLTextAreaElement) showRoom(target);
  });
  form.addEventListener("keydown", ({ target, key }) => {
    const level = target instanceof Element && target.closest("[data-competence] .answers, .others");
    if (level && key.startsWith("Arrow")) {
      passing = level.closest("[data-competence]")?.getAttribute("data-competence") ?? "";
    } else if (key === " " || key === "Enter") settle();
  });
  form.addEventListener("pointerdown", settle);
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const name = target instanceof HTMLInputElement ? target.name : "";
    if (!(relatedTarget instanceof HTMLInputElement && relatedTarget.name === name)) settle();
  });
  onReply(form, (latest) => {
    if (!reply && form.dataset.view === "result") say(sentence("result")); // it was waited for
    reply = latest;
    fill("plan", latest, one(form, "[data-fill=plan]"));
    showProgress(latest);
    for (const competence of competences(latest)) showCompetence(competence);
    for (const { area, text } of latest.motivation) showState(area, text);
    form.toggleAttribute(
      "data-answered",
      latest.sheet.groups.some(({ id }) => id !== "roles"),
    );
    showResult();
  });
  form.addEventListener("view", showResult);
  form.addEventListener("cleared", () => {
    reply = undefined;
    touched = passing = "";
    said.clear();
    for (const notice of all(form, "[data-full]")) notice.hidden = true;
    form.removeAttribute("data-answered");
    showResult();
  });

  /** @param {State} latest */
  function showProgress({ progress }) {
    const bar = /** @type {HTMLProgressElement} */ (one(form, "[data-progress-bar]"));
    one(form, "[data-progress-text]").textContent = progress.text;
    bar.max = progress.of || 1;
    bar.value = progress.answered;
  }

  /** The reader has stopped walking through the levels: show what the last one led to. */
  function settle() {
    const competence = reply && competences(reply).find(({ id }) => id === passing);
    passing = "";
    if (competence) showCompetence(competence);
  }

  /** Say so when a text has no room for more. @param {HTMLTextAreaElement} field */
  function showRoom(field) {
    const full = field.maxLength > 0 && field.value.length >= field.maxLength;
    const notice = one(/** @type {Element} */ (field.closest("fieldset, .own")), "[data-full]");
    if (full && notice.hidden) say(notice.textContent ?? "");
    notice.hidden = !full;
  }

  /** @param {CompetenceReply} competence */
  function showCompetence(competence) {
    const { id, state, state_text: text, ladder, summary } = competence;
    showState(id, text);
    const place = one(form, `[id="a-${id}"]`);
    // The expected level must not pull the answer, so it waits until the reader has chosen.
    if (id === passing) return place.replaceChildren();
    if (state === "unanswered") place.replaceChildren();
    else fill("answered", competence, place);
    const words = [ladder.text, summary].filter(Boolean).join(" ");
    if (words && id === touched && form.dataset.view === "rate" && said.get(id) !== words) say(words);
    said.set(id, words);
  }

  /** @param {string} question @param {string} text */
  function showState(question, text) {
    one(form, `[data-for="${question}"] [data-filled]`).textContent = text;
  }

  function showResult() {
    one(form, "[data-waiting]").hidden = Boolean(reply);
    if (reply && form.dataset.view === "result") fill("result", reply, one(form, "[data-fill=result]"));
  }
}

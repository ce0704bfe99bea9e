/** Shows what Python answered: at each question, at the end of an area, in the result. */
import { fill } from "./fill.mjs";
import { all, around, one, onReply, say, sentence } from "./form.mjs";

/** @import { CompetenceReply, State, Talk } from "./protocol.d.ts" */

/** @param {HTMLFormElement} form */
export function startShow(form) {
  /** @type {State | undefined} */
  let reply;
  let touched = ""; // the competence that the reader answered last
  let choosing = false; // whether the reader has just chosen what to talk about
  /** @type {Map<string, string>} */
  const said = new Map();

  form.addEventListener("input", (event) => {
    touched = around(event, "[data-competence]")?.dataset.competence ?? touched;
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.matches("textarea")) showRoom(field);
    if (field.name === "talk") {
      form.dataset.chosen = field.value;
      choosing = true;
    }
  });
  form.addEventListener("settled", () => reply?.competences.forEach(showCompetence));
  onReply(form, (latest) => {
    if (!reply && form.dataset.view === "result") say(sentence("result")); // it was waited for
    reply = latest;
    fill("time", latest, one(form, "[data-fill=time]"));
    latest.competences.forEach(showCompetence);
    for (const { area, text, done } of latest.motivation) {
      showState(`m-${area}`, text);
      fill("done", done, one(form, `[data-of-area="${area}"]`));
    }
    form.toggleAttribute("data-answered", latest.result.answered);
    showResult();
  });
  form.addEventListener("view", showResult);
  form.addEventListener("cleared", () => {
    reply = undefined;
    touched = "";
    said.clear();
    for (const notice of all(form, "[data-full]")) notice.hidden = true;
    for (const mark of ["data-answered", "data-chosen"]) form.removeAttribute(mark);
    for (const question of all(form, "[data-state]")) delete question.dataset.state;
    showResult();
  });

  /** Say so when a text has no room for more. @param {HTMLInputElement} field */
  function showRoom(field) {
    const full = field.maxLength > 0 && field.value.length >= field.maxLength;
    const notice = one(/** @type {Element} */ (field.closest("details, .own")), "[data-full]");
    if (full && notice.hidden) say(notice.textContent ?? "");
    notice.hidden = !full;
  }

  /** @param {CompetenceReply} competence */
  function showCompetence(competence) {
    const { id, state, ladder, earlier } = competence;
    const question = one(form, `[id="k-${id}"]`);
    question.dataset.state = state;
    showState(`k-${id}`, competence.state_text);
    const place = one(form, `[id="a-${id}"]`);
    if (state === "unanswered" || question.hasAttribute("data-passing")) return place.replaceChildren();
    fill("answered", competence, place);
    const words = [ladder.text, earlier].filter(Boolean).join(" ");
    if (words && id === touched && form.dataset.view === "rate" && said.get(id) !== words) say(words);
    said.set(id, words);
  }

  /** @param {string} question @param {string} text */
  function showState(question, text) {
    one(form, `[data-for="${question}"] [data-filled]`).textContent = text;
  }

  /** Show what is chosen; what had the focus keeps it, although it is made anew. @param {Talk} talk */
  function showChoices(talk) {
    const place = one(form, "[data-fill=choose]");
    const had = /** @type {HTMLInputElement | null} */ (place.querySelector(":focus"));
    fill("choose", talk, place);
    const fields = /** @type {HTMLInputElement[]} */ (all(place, "[name=talk]"));
    for (const field of fields) {
      // A choice that was refused is still ticked, or selected, on the page.
      if (field.type === "checkbox") field.checked = field.defaultChecked;
      else field.value = "";
    }
    if (had && !had.isConnected)
      (fields.find(({ type, value }) => type === had.type && value === had.value) ?? fields.at(-1))?.focus();
    if (choosing && talk.note) say(talk.note);
    choosing = false;
  }

  function showResult() {
    one(form, "[data-waiting]").hidden = Boolean(reply);
    if (!reply || form.dataset.view !== "result") return;
    fill("result", reply, one(form, "[data-fill=result]"));
    showChoices(reply.talk);
    fill("details", reply.details, one(form, "[data-fill=details]"));
  }
}

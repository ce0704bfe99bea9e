/** Shows what Python answered: at each question, in the progress, in the result. */
import { fill } from "./fill.mjs";
import { all, one, say, sentence } from "./form.mjs";

/** @typedef {any} Reply a reply to the kind "state", described in quiz/bridge.py */

/** @param {HTMLFormElement} form */
export function startShow(form) {
  /** @type {Reply} */
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
  form.addEventListener("reply", (event) => {
    if (!reply && form.dataset.view === "result") say(sentence("result")); // it was waited for
    reply = /** @type {CustomEvent<Reply>} */ (event).detail;
    fill(one(form, "[data-fill=t-plan]"), reply);
    showProgress();
    for (const competence of reply.competences) showCompetence(competence);
    for (const { area, text } of reply.motivation) showState(`m-${area}`, text);
    form.toggleAttribute(
      "data-answered",
      reply.sheet.groups.some((/** @type {Reply} */ { id }) => id !== "roles"),
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

  function showProgress() {
    const bar = /** @type {HTMLProgressElement} */ (one(form, "[data-progress-bar]"));
    one(form, "[data-progress-text]").textContent = reply.progress.text;
    bar.max = reply.progress.of || 1;
    bar.value = reply.progress.answered;
  }

  /** The reader has stopped walking through the levels: show what the last one led to. */
  function settle() {
    const competence = reply?.competences.find((/** @type {Reply} */ { id }) => id === passing);
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

  /** @param {Reply} competence */
  function showCompetence(competence) {
    const { id, state, state_text: text, ladder, summary } = competence;
    showState(`k-${id}`, text);
    const place = one(form, `[id="a-${id}"]`);
    // The expected level must not pull the answer, so it waits until the reader has chosen.
    if (id === passing) return place.replaceChildren();
    if (state === "unanswered") place.replaceChildren();
    else fill(place, competence);
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
    if (reply && form.dataset.view === "result") fill(one(form, "[data-fill=t-result]"), result(reply));
  }
}

/**
 * Return the reply with its answered competences in their areas, as the template for the result wants them.
 * @param {Reply} reply
 */
function result(reply) {
  const answered = new Map(
    reply.competences
      .filter((/** @type {Reply} */ competence) => competence.status)
      .map((/** @type {Reply} */ competence) => [competence.id, competence]),
  );
  const suggested = reply.result.suggestions.map((/** @type {Reply} */ suggestion) => suggestion.id.split(":").pop());
  const areas = reply.plan.areas.map((/** @type {Reply} */ area) => ({
    ...area,
    competences: area.competences
      .filter((/** @type {string} */ id) => answered.has(id))
      .map((/** @type {string} */ id) => row(answered.get(id), suggested.includes(id))),
  }));
  const lists = reply.result.lists.map((/** @type {Reply} */ list) => ({
    ...list,
    items: list.items.map((/** @type {Reply} */ item) => ({ ...item, question: `k-${item.id}` })),
  }));
  return { ...reply, areas: areas.filter((/** @type {Reply} */ area) => area.competences.length), lists };
}

/** @param {Reply} competence @param {boolean} open whether to unfold its next step */
function row(competence, open) {
  const { expected, next } = competence;
  return {
    ...competence,
    heading: `${competence.id} ${competence.title}`,
    several: expected?.roles.length > 1,
    open,
    next: next && { ...next, support: [...next.examples, ...next.activities].map(linked) },
  };
}

/**
 * Return a support text in parts, so that its links stand on the words that carry them.
 * @param {Reply} support
 */
function linked(support) {
  /** @type {{text: string, url?: string}[]} */
  let parts = [{ text: support.text }];
  for (const { text, url } of support.links) {
    parts = parts.flatMap((part) => {
      const at = part.url ? -1 : part.text.indexOf(text);
      if (at < 0) return [part];
      return [{ text: part.text.slice(0, at) }, { text, url }, { text: part.text.slice(at + text.length) }];
    });
  }
  return { ...support, parts: parts.filter((part) => part.text) };
}

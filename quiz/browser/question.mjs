/**
 * One question: when a level is picked the other levels fold to a line each, and the staircase is asked about right
 * below the picked one. Walking through the levels with the arrow keys picks on the way; nothing is folded or told
 * until the reader stops there, which the form learns of by the event "settled".
 */
import { all, complain, one } from "./form.mjs";

/** @param {HTMLFormElement} form */
export function startQuestions(form) {
  const questions = all(form, "[data-competence]");

  form.addEventListener("input", ({ target }) => {
    const question = target instanceof Element ? target.closest("[data-competence]") : null;
    if (question instanceof HTMLElement) {
      if (target instanceof HTMLInputElement && target.name.startsWith("answer-"))
        question.removeAttribute("data-open");
      arrange(question);
    } else for (const each of questions) arrange(each); // an answer was taken back, or read from a code
  });
  form.addEventListener("cleared", () => {
    for (const question of questions) {
      question.removeAttribute("data-open");
      question.removeAttribute("data-passing");
      arrange(question);
    }
  });
  form.addEventListener("keydown", ({ target, key }) => {
    const question =
      target instanceof Element && target.matches("[name^=answer-]") && target.closest("[data-competence]");
    if (question && key.startsWith("Arrow")) question.toggleAttribute("data-passing", true);
    else if (key === " " || key === "Enter") settle();
  });
  form.addEventListener("pointerdown", settle);
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const name = target instanceof HTMLInputElement ? target.name : "";
    if (!(relatedTarget instanceof HTMLInputElement && relatedTarget.name === name)) settle();
  });
  // A folded level is opened by the first press, and picked by the next. The keyboard picks at once: a click without
  // a pointer has no count.
  form.addEventListener("click", (event) => {
    const answer =
      event.target instanceof Element ? event.target.closest("[data-folded] .answer:not([data-picked])") : null;
    if (!answer || event.detail === 0) return;
    event.preventDefault();
    unfold(/** @type {HTMLElement} */ (answer.closest("[data-competence]")), answer);
  });
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-unfold], [data-yes]") : null;
    const question = /** @type {HTMLElement | undefined} */ (button?.closest("[data-competence]"));
    if (!button || !question) return;
    if (button.matches("[data-unfold]")) {
      unfold(question, button);
      one(question, "[data-picked] input").focus();
    } else {
      for (const stair of all(question, "[data-met]:not([hidden])")) {
        /** @type {HTMLInputElement} */ (one(stair, "input[value=yes]")).checked = true;
      }
      one(question, "input:checked").dispatchEvent(new Event("input", { bubbles: true }));
      form.dispatchEvent(new Event("next"));
    }
  });
  for (const question of questions) arrange(question);

  function settle() {
    for (const question of all(form, "[data-passing]")) {
      question.removeAttribute("data-passing");
      arrange(question);
      form.dispatchEvent(new CustomEvent("settled", { detail: question }));
    }
  }

  /** @param {HTMLElement} question */
  function arrange(question) {
    const chosen = /** @type {HTMLInputElement | null} */ (question.querySelector("[name^=answer-]:checked"));
    const picked = chosen?.closest(".answer");
    for (const answer of all(question, ".answer")) answer.toggleAttribute("data-picked", answer === picked);
    const stairs = all(question, "[data-met]");
    for (const stair of stairs) stair.hidden = !stair.dataset.picks?.split(" ").includes(chosen?.value ?? "");
    const asked = stairs.filter((stair) => !stair.hidden);
    const left = asked.filter((stair) => !stair.querySelector(":checked"));
    const refused = asked.some((stair) => stair.querySelector("[value=no]:checked"));
    keepInPlace(picked ?? null, () => {
      const place = one(question, "[data-stairs]");
      place.hidden = !asked.length;
      place.toggleAttribute("data-done", asked.length > 0 && (!left.length || refused));
      if (picked && asked.length && picked.nextElementSibling !== place) picked.after(place);
      question.toggleAttribute("data-folded", Boolean(picked) && !question.matches("[data-passing], [data-open]"));
    });
    one(question, "[data-all-met]").hidden = !left.length || refused;
    one(question, ".unfold").hidden = !question.matches("[data-folded]");
    if (!left.length || refused) complain(one(question, "[data-missing=stairs]"), "");
  }

  /** @param {HTMLElement} question @param {Element} anchor */
  function unfold(question, anchor) {
    question.toggleAttribute("data-open", true);
    keepInPlace(anchor, () => arrange(question));
  }

  /** Change the page, and scroll so that the anchor stays where the reader saw it. @param {Element | null} anchor @param {() => void} change */
  function keepInPlace(anchor, change) {
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    const moved = (anchor?.getBoundingClientRect().top ?? 0) - before;
    if (moved && form.dataset.view === "rate") scrollBy({ top: moved, behavior: "instant" });
  }
}

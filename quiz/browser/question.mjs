/**
 * One question: when a level is picked the others fold to a line each, and the staircase is asked about right below it.
 * Arrow keys pick on the way; nothing is folded or told until the reader stops, which is the form's event "settled".
 */
import { all, around, complain, one } from "./form.mjs";

/** @param {HTMLFormElement} form */
export function startQuestions(form) {
  const questions = all(form, "[data-competence]");

  form.addEventListener("input", (event) => {
    const question = around(event, "[data-competence]");
    if (around(event, "[name^=answer-]")) question?.removeAttribute("data-open");
    // Without a question, an answer was taken back, or read from a code.
    for (const each of question ? [question] : questions) arrange(each);
  });
  form.addEventListener("cleared", () => {
    for (const question of questions) {
      question.removeAttribute("data-open");
      question.removeAttribute("data-passing");
      arrange(question);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (around(event, "[name^=answer-]") && event.key.startsWith("Arrow"))
      around(event, "[data-competence]")?.toggleAttribute("data-passing", true);
    else if (event.key === " " || event.key === "Enter") settle();
  });
  form.addEventListener("pointerdown", settle);
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const name = target instanceof HTMLInputElement ? target.name : "";
    if (!(relatedTarget instanceof HTMLInputElement && relatedTarget.name === name)) settle();
  });
  form.addEventListener("click", (event) => {
    const question = around(event, "[data-competence]");
    if (!question) return;
    // A folded level is opened by the first press, and picked by the next. The keyboard picks at once: a click without
    // a pointer has no count.
    const answer = around(event, "[data-folded] .answer:not([data-picked])");
    if (answer && event.detail > 0) {
      event.preventDefault();
      unfold(question, answer);
    }
    const button = around(event, "[data-unfold], [data-yes]");
    if (button?.matches("[data-unfold]")) {
      unfold(question, button);
      one(question, "[data-picked] input").focus();
    } else if (button) {
      for (const yes of all(question, "[data-met]:not([hidden]) input[value=yes]", HTMLInputElement))
        yes.checked = true;
      one(question, "input:checked").dispatchEvent(new Event("input", { bubbles: true }));
      form.dispatchEvent(new Event("next"));
    }
  });
  for (const question of questions) arrange(question);

  function settle() {
    for (const question of all(form, "[data-passing]")) {
      question.removeAttribute("data-passing");
      arrange(question);
      form.dispatchEvent(new Event("settled"));
    }
  }

  /** @param {HTMLElement} question */
  function arrange(question) {
    const [chosen] = all(question, "[name^=answer-]:checked", HTMLInputElement);
    const picked = chosen?.closest(".answer");
    for (const answer of all(question, ".answer")) answer.toggleAttribute("data-picked", answer === picked);
    const stairs = all(question, "[data-met]");
    for (const stair of stairs) stair.hidden = !stair.dataset.picks?.split(" ").includes(chosen?.value ?? "");
    const asked = stairs.filter((stair) => !stair.hidden);
    const isDone =
      asked.every((stair) => stair.querySelector(":checked")) ||
      asked.some((stair) => stair.querySelector("[value=no]:checked"));
    keepInPlace(picked ?? null, () => {
      const place = one(question, "[data-stairs]");
      place.hidden = !asked.length;
      place.toggleAttribute("data-done", asked.length > 0 && isDone);
      if (picked && asked.length && picked.nextElementSibling !== place) picked.after(place);
      question.toggleAttribute("data-folded", Boolean(picked) && !question.matches("[data-passing], [data-open]"));
    });
    one(question, "[data-all-met]").hidden = isDone;
    one(question, ".unfold").hidden = !question.matches("[data-folded]");
    if (isDone) complain(one(question, "[data-missing=stairs]"), "");
  }

  /** @param {HTMLElement} question @param {Element} anchor */
  function unfold(question, anchor) {
    question.toggleAttribute("data-open", true);
    keepInPlace(anchor, () => arrange(question));
  }

  /** Change the page, and scroll so that the anchor stays in view where it was. @param {Element | null} anchor @param {() => void} change */
  function keepInPlace(anchor, change) {
    const top = () => anchor?.getBoundingClientRect().top ?? 0;
    const before = top();
    change();
    const moved = top() - before;
    if (moved && form.dataset.view === "rate") scrollBy({ top: moved, behavior: "instant" });
  }
}

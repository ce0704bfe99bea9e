/**
 * Keeps the answers from anyone else: clears them, by the event "cleared", when the reader says so, leaves the page, or
 * has been away for long; and asks before the page is left while there are answers.
 */
import { empty } from "./fill.mjs";
import { askBeforeLeaving, isTouched, one, say, sentence } from "./form.mjs";

/** @param {HTMLFormElement} form */
export function startGuard(form) {
  const asking = /** @type {HTMLDialogElement} */ (document.getElementById("clear"));
  const away = /** @type {HTMLDialogElement} */ (document.getElementById("idle"));
  const notice = one(form, "[data-notice]");
  const idle = Number(form.dataset.idleSeconds) * 1000;
  const warning = Number(form.dataset.warningSeconds) * 1000;
  const hasDialogs = typeof asking.showModal === "function"; // Firefox 98, Safari 15.4
  let active = Date.now(); // wall-clock time: other clocks stop while the computer sleeps
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  // Reading is activity too. Not "scroll": a page also scrolls by itself when something above changes.
  for (const kind of ["input", "keydown", "pointerdown", "pointermove", "focusin", "wheel", "touchmove"]) {
    addEventListener(kind, () => !away.open && stay(), { capture: true, passive: true });
  }
  form.addEventListener("input", () => {
    notice.hidden = true;
    askBeforeLeaving(isTouched(form));
  });
  one(form, "[data-clear]").addEventListener("click", () => {
    if (hasDialogs) ask(asking);
    else if (confirm(one(asking, "h2").textContent ?? "")) clear("cleared");
  });
  asking.addEventListener("close", () => asking.returnValue === "clear" && clear("cleared"));
  away.addEventListener("close", () => {
    if (away.returnValue === "clear") return clear("cleared");
    stay();
    if (away.returnValue !== "gone") say(sentence("kept"));
  });
  addEventListener("visibilitychange", watch);
  addEventListener("pagehide", () => clear("left"));
  addEventListener("pageshow", ({ persisted }) => persisted && clear("left")); // a page may have been kept as it was
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  // What a browser put back into the fields before this script ran; a reader may have answered by then too.
  if (isTouched(form) && !navigator.userActivation?.hasBeenActive) clear("left");
  else if (["reload", "back_forward"].includes(visit?.type)) tell("reloaded"); // answers that were given then are gone
  stay();

  /** Say what has happened where the reader is, in view and aloud. @param {string} why the name of the sentence */
  function tell(why) {
    notice.textContent = sentence(why);
    notice.hidden = false;
    if (["left", "reloaded"].includes(why)) {
      notice.scrollIntoView({ block: "center" }); // the reader has just come
      say(sentence(why));
    } else notice.focus(); // where the reader was is gone; this reads it aloud
  }

  function stay() {
    active = Date.now();
    watch();
  }

  /** Warn or clear when it is time, else wait until it is. */
  function watch() {
    clearTimeout(timer);
    const left = active + idle - Date.now();
    if (isTouched(form) && left <= 0) return clear("idle");
    if (isTouched(form) && left <= warning && hasDialogs && !away.open) ask(away);
    timer = setTimeout(watch, Math.max(left > warning ? left - warning : left, 1000));
  }

  /** @param {HTMLDialogElement} dialog */
  function ask(dialog) {
    dialog.returnValue = "";
    dialog.showModal();
  }

  /** @param {string} why the name of the sentence that tells it */
  function clear(why) {
    form.reset();
    empty(form);
    for (const dialog of [asking, away]) if (dialog.open) dialog.close("gone");
    askBeforeLeaving(false);
    form.dispatchEvent(new Event("cleared"));
    tell(why);
    stay();
  }
}

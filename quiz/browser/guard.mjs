/**
 * Keeps the answers from anyone else: clears them when the reader says so, leaves the page, or has been away for long;
 * and asks before the page is left while there are answers. Tells the form about a clearing by the event "cleared".
 */
import { empty } from "./fill.mjs";
import { isTouched, one, say, sentence } from "./form.mjs";

/** @param {HTMLFormElement} form */
export function startGuard(form) {
  const asking = /** @type {HTMLDialogElement} */ (document.getElementById("clear"));
  const away = /** @type {HTMLDialogElement} */ (document.getElementById("idle"));
  const notice = one(form, "[data-notice]");
  const idle = Number(form.dataset.idleSeconds) * 1000;
  const warning = Number(form.dataset.warningSeconds) * 1000;
  let active = Date.now(); // wall-clock time: other clocks stop while the computer sleeps
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  // Reading is activity too, with the pointer or from field to field. Not "scroll": a page also scrolls by itself
  // when something above changes, with nobody there.
  for (const kind of ["input", "keydown", "pointerdown", "pointermove", "focusin", "wheel", "touchmove"]) {
    addEventListener(kind, () => !away.open && stay(), { capture: true, passive: true });
  }
  form.addEventListener("input", () => {
    notice.hidden = true;
    // Only while there is something to lose: such a listener can keep a page out of the back/forward cache.
    if (isTouched(form)) addEventListener("beforeunload", askFirst);
    else removeEventListener("beforeunload", askFirst);
  });
  one(form, "[data-clear]").addEventListener("click", () => ask(asking));
  asking.addEventListener("close", () => asking.returnValue === "clear" && clear("cleared"));
  away.addEventListener("close", () => {
    if (away.returnValue === "clear") return clear("cleared");
    stay();
    if (away.returnValue !== "gone") say(sentence("kept"));
  });
  addEventListener("visibilitychange", watch);
  addEventListener("pagehide", () => clear("left"));
  addEventListener("pageshow", ({ persisted }) => persisted && clear("left")); // again: a page may have been kept as it was
  // What a browser put back into the fields before this script ran.
  if (isTouched(form)) clear("left");
  else if (wasReloaded()) tell("reloaded");
  stay();

  /** Whether the page was here before: answers that were given then are gone. */
  function wasReloaded() {
    const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    return visit?.type === "reload" || visit?.type === "back_forward";
  }

  /** Say what has happened where the reader is, in view and aloud. @param {string} why the name of the sentence */
  function tell(why) {
    notice.textContent = sentence(why);
    notice.hidden = false;
    notice.scrollIntoView({ block: "center" });
    say(sentence(why));
  }

  /** @param {BeforeUnloadEvent} event */
  function askFirst(event) {
    event.preventDefault();
    event.returnValue = true; // what older browsers go by
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
    if (isTouched(form) && left <= warning && !away.open) ask(away);
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
    for (const dialog of [asking, away]) dialog.close("gone");
    removeEventListener("beforeunload", askFirst);
    form.dispatchEvent(new Event("cleared"));
    if (why === "left") tell(why);
    else {
      notice.textContent = sentence(why);
      notice.hidden = false;
      notice.focus(); // which reads it aloud
    }
    stay();
  }
}

// What the deck and the leader's view share: a slide as a picture, what a press shows of it, and what keys do.

/** @type {Record<string, string>} Key → what it does. Clickers send the page keys, F5, Escape, b and the full stop. */
const ACTIONS = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  " ": "next",
  Enter: "next",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  PageUp: "previous",
  Home: "first",
  End: "last",
  Escape: "overview",
  b: "black",
  B: "black",
  ".": "black",
  F5: "show",
};
/** Keys that mean nothing in a field for whole numbers. */
const ALSO_IN_FIELDS = ["PageUp", "PageDown", "Escape", "F5", "b", "B", "."];

/** What a key is to do, unless it belongs to what has focus. @param {KeyboardEvent} event */
export function actionOf(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof Element)) return undefined;
  if (target.closest("input, select, textarea") && !ALSO_IN_FIELDS.includes(key)) return undefined;
  if (target.closest("a, button") && [" ", "Enter"].includes(key)) return undefined;
  return ACTIONS[key];
}

/** How many presses the slide takes before the next one comes. @param {HTMLElement} slide */
export function presses(slide) {
  const parts = /** @type {NodeListOf<HTMLElement>} */ (slide.querySelectorAll("[data-from], [data-at]"));
  return Math.max(0, ...[...parts].map(({ dataset }) => Number(dataset.from ?? dataset.at)));
}

/** Shows what the slide has after so many presses. @param {HTMLElement} slide @param {number} press */
export function show(slide, press) {
  const parts = /** @type {NodeListOf<HTMLElement>} */ (slide.querySelectorAll("[data-from], [data-at], [data-mark]"));
  for (const part of parts) {
    const { from, at, mark } = part.dataset;
    if (mark) part.toggleAttribute("data-current", Number(mark) === press);
    else part.toggleAttribute("data-later", from ? press < Number(from) : Number(at) !== press);
  }
}

/**
 * A picture of a slide, for the eye alone.
 * @param {HTMLElement} slide @param {number} ratio of width to height @param {number} [press] otherwise as it is shown
 */
export function picture(slide, ratio, press) {
  const frame = document.createElement("div");
  Object.assign(frame, { className: "projected picture", inert: true, ariaHidden: "true" });
  frame.style.aspectRatio = String(ratio);
  const copy = document.importNode(slide, true);
  if (press !== undefined) show(copy, press);
  for (const part of [copy, ...copy.querySelectorAll("[id], [for], [role]")]) {
    for (const name of ["id", "for", "role", "aria-labelledby", "aria-describedby"]) part.removeAttribute(name);
  }
  frame.append(copy);
  return frame;
}

// The overview: every slide as a picture in a grid, the agenda's first, and then those that it leaves out.

import { picture, presses, show } from "./picture.js";

/**
 * Fills and shows the overview, with focus on the current slide.
 * @param {HTMLElement} place
 * @param {[string, HTMLElement[]][]} groups heading, slides
 * @param {HTMLElement} current
 * @param {number} ratio of a picture's width to its height
 * @param {(slide: HTMLElement) => void} choose
 */
export function openOverview(place, groups, current, ratio, choose) {
  place.replaceChildren();
  for (const [heading, slides] of groups) {
    if (!slides.length) continue;
    const title = document.createElement("h2");
    title.textContent = heading;
    const list = document.createElement("ol");
    list.append(...slides.map((slide, at) => entry(slide, at, slide === current, ratio, choose)));
    place.append(title, list);
  }
  place.hidden = false;
  /** @type {HTMLElement | null} */ (place.querySelector("[aria-current]"))?.focus();
}

/**
 * @param {HTMLElement} slide
 * @param {number} at
 * @param {boolean} current
 * @param {number} ratio
 * @param {(slide: HTMLElement) => void} choose
 */
function entry(slide, at, current, ratio, choose) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.ariaLabel = `${at + 1}. ${slide.querySelector("h2")?.textContent}`;
  if (current) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => choose(slide));
  const shown = picture(slide, ratio);
  const copy = /** @type {HTMLElement} */ (shown.firstElementChild);
  show(copy, presses(copy));
  item.append(shown, button);
  return item;
}

/** Moves the focus as on a page with rows and columns. @param {HTMLElement} place @param {string} key */
export function moveInOverview(place, key) {
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(":scope > ol > li > button"))];
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const { top, left } = buttons[Math.max(at, 0)].getBoundingClientRect();
  const near = (/** @type {HTMLElement[]} */ row) =>
    row.filter((button) => Math.abs(button.getBoundingClientRect().left - left) < 9);
  /** @type {Record<string, () => HTMLElement | undefined>} */
  const towards = {
    ArrowRight: () => buttons[at + 1],
    PageDown: () => buttons[at + 1],
    ArrowLeft: () => buttons[at - 1],
    PageUp: () => buttons[at - 1],
    ArrowDown: () => near(buttons.slice(at + 1)).find((button) => button.getBoundingClientRect().top > top),
    ArrowUp: () => near(buttons.slice(0, at)).findLast((button) => button.getBoundingClientRect().top < top),
    Home: () => buttons[0],
    End: () => buttons.at(-1),
  };
  towards[key]?.()?.focus();
}

// The overview: every slide as a picture in a grid, the agenda's first, and then those that it leaves out.

import { picture, presses } from "./picture.js";

/**
 * Fills and shows the overview, with focus on the current slide.
 * @param {HTMLElement} place
 * @param {Record<string, HTMLElement[]>} groups the slides below each heading
 * @param {HTMLElement | null} current
 * @param {number} ratio of a picture's width to its height
 * @param {(slide: HTMLElement) => void} choose
 */
export function openOverview(place, groups, current, ratio, choose) {
  place.replaceChildren();
  for (const [heading, slides] of Object.entries(groups)) {
    if (!slides.length) continue;
    const list = document.createElement("ol");
    for (const [at, slide] of slides.entries()) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.ariaLabel = `${at + 1}. ${slide.querySelector("h2")?.textContent}`;
      if (slide === current) button.ariaCurrent = "true";
      button.addEventListener("click", () => choose(slide));
      item.append(picture(slide, ratio, presses(slide)), button);
      list.append(item);
    }
    place.append(Object.assign(document.createElement("h2"), { textContent: heading }), list);
  }
  place.hidden = false;
  /** @type {HTMLElement | null} */ (place.querySelector("[aria-current]"))?.focus();
}

/** Moves the focus as on a page with rows and columns. @param {HTMLElement} place @param {string} key */
export function moveInOverview(place, key) {
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(":scope > ol > li > button"))];
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const { top, left } = buttons[Math.max(at, 0)].getBoundingClientRect();
  const near = (/** @type {HTMLElement[]} */ row) =>
    row.filter((button) => Math.abs(button.getBoundingClientRect().left - left) < 9);
  /** @type {Record<string, HTMLElement | undefined>} */
  const towards = {
    ArrowRight: buttons[at + 1],
    PageDown: buttons[at + 1],
    ArrowLeft: buttons[at - 1],
    PageUp: buttons[at - 1],
    ArrowDown: near(buttons.slice(at + 1)).find((button) => button.getBoundingClientRect().top > top),
    ArrowUp: near(buttons.slice(0, at)).findLast((button) => button.getBoundingClientRect().top < top),
    Home: buttons[0],
    End: buttons.at(-1),
  };
  towards[key]?.focus();
}

/** Tabs: one is chosen, by click or with the arrow keys, and its panel is shown. */
import { all, one } from "../../../quiz/browser/form.mjs";

/** @param {HTMLElement} list @param {() => void} changed called when the reader has chosen another */
export function startTabs(list, changed) {
  const tabs = all(list, "[role=tab]");

  list.addEventListener("click", ({ target }) => {
    const tab = tabs.find((tab) => tab === target);
    if (tab && choose(tab.id)) changed();
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    if (choose(tab.id)) changed();
  });

  function chosen() {
    return tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.id ?? "";
  }

  /** @param {string} id @returns {boolean} whether it was not chosen before */
  function choose(id) {
    if (chosen() === id) return false;
    for (const tab of tabs) {
      const isChosen = tab.id === id;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      one(document, `#${tab.getAttribute("aria-controls")}`).hidden = !isChosen;
    }
    return true;
  }

  return { chosen, choose };
}

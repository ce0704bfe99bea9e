// What every page does: the search field and the menu. The search's program is fetched when it is used.

document.documentElement.classList.replace("no-js", "js"); // the search field is there from the first paint
document.documentElement.classList.add("loading"); // until the modules have run, or failed; see question.css
document.addEventListener("DOMContentLoaded", () => document.documentElement.classList.remove("loading"));

/** @type {Promise<() => Promise<void>> | undefined} Searches for the field's text. */
let search;

document.addEventListener("input", async ({ target }) => {
  const place = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".search"));
  if (!place) return;
  const status = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
  if (!search) status.textContent = "Söker …";
  try {
    search ??= import(new URL(`${place.dataset.program}`, document.baseURI).href).then(({ start }) => start(place));
    await (await search)();
  } catch {
    const failed = place.querySelector("template");
    status.replaceChildren(failed?.content.cloneNode(true) ?? "");
  }
});

// On a narrow screen the field is behind a button.
document.addEventListener("click", ({ target }) => {
  const button = /** @type {Element} */ (target).closest(".search-open");
  const open = button?.getAttribute("aria-expanded") === "false";
  button?.setAttribute("aria-expanded", `${open}`);
  if (open) /** @type {HTMLElement | null} */ (document.querySelector(".search input"))?.focus();
});

// Esc closes the menu, and the search on a narrow screen when there are no answers to close.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (location.hash === "#meny") location.hash = "#innehall";
  const button = /** @type {HTMLElement | null} */ (document.querySelector(".search-open[aria-expanded=true]"));
  if (button && /** @type {Element} */ (event.target).closest(".search")) {
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }
});

// The theme's program is needed for searching only, so it is fetched when the reader comes to the search
// field. Until then a page runs nothing but this file.

document.documentElement.classList.replace("no-js", "js"); // the search field is there from the first paint

// The theme reads and writes the browser's storage through these three globals. Here they remember nothing,
// so that no page of the site can store anything.
const { base } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
Object.assign(window, { __md_scope: new URL(`${base}`, location.href), __md_get: () => null, __md_set: () => {} });

/** @param {Event} event */
function startSearch({ target }) {
  const search = document.querySelector(".md-search");
  const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
  if (target !== toggle && !search?.contains(/** @type {Node} */ (target))) return;
  document.removeEventListener("focusin", startSearch);
  document.removeEventListener("change", startSearch);

  const program = document.createElement("script");
  const place = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-src]"));
  program.src = `${place.dataset.src}`;
  place.replaceWith(program);

  // Until the program has come: the search is open while the focus is there.
  const close = () => {
    toggle.checked = false;
  };
  toggle.checked = true;
  document.forms.namedItem("search")?.query.focus();
  search?.addEventListener("focusout", close);
  program.addEventListener("load", () => search?.removeEventListener("focusout", close));
}
document.addEventListener("focusin", startSearch);
document.addEventListener("change", startSearch);

// Esc closes the menu, as it closes the search.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#meny") location.hash = "#innehall";
});

// The theme takes single letters as commands, on the whole page. They would take readers by surprise who
// speak to their computer, so it hears letters in the search only.
document.addEventListener("keydown", (event) => {
  if (event.key.length === 1 && !(/** @type {Element} */ (event.target).closest(".md-search"))) event.stopPropagation();
});

// Filters the learning activities. Without this script all of them stand on the page.

const form = /** @type {HTMLFormElement} */ (document.getElementById("filter"));
const found = /** @type {HTMLElement} */ (document.getElementById("found"));
const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("section.learn")]);
const [role, area, level] = ["role", "area", "level"].map(
  (name) => /** @type {HTMLSelectElement} */ (document.getElementById(`filter-${name}`)),
);

/** The levels that the role is expected to have, by the words of the section. @param {HTMLElement} section */
function expected(section) {
  const pairs = (section.dataset.expected ?? "")
    .trim()
    .split(" ")
    .map((pair) => pair.split(":"));
  return new Map(/** @type {[string, string][]} */ (pairs)).get(role.value);
}

function show() {
  let shown = 0;
  for (const section of sections) {
    const own = expected(section);
    const wanted = level.value || own;
    section.hidden = Boolean((area.value && section.dataset.area !== area.value) || (role.value && !own));
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-levels]"))) {
      const levels = (item.dataset.levels ?? "").split(" ").filter(Boolean);
      item.hidden = Boolean(wanted && levels.length && !levels.includes(wanted));
    }
    const nothing = section.querySelector(".nothing");
    if (nothing instanceof HTMLElement) nothing.hidden = Boolean(section.querySelector("[data-levels]:not([hidden])"));
    if (!section.hidden) shown += 1;
  }
  found.textContent = !shown
    ? "Området ingår inte i rollen. Välj ett annat område eller en annan roll."
    : shown === 1
      ? "1 kompetens visas."
      : `${shown} kompetenser visas.`;
}

form.addEventListener("change", show);
show();

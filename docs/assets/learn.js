// Filters the learning activities. Without this script all of them are shown.

const form = /** @type {HTMLFormElement} */ (document.getElementById("filter"));
const found = /** @type {HTMLElement} */ (document.getElementById("found"));
const competences = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-expected]")]);
const without = /** @type {HTMLElement | null} */ (document.querySelector(".without"));
const [role, area, level] = ["role", "area", "level"].map(
  (name) => /** @type {HTMLSelectElement} */ (document.getElementById(`filter-${name}`) ?? new Option()),
); // a framework without roles has no field for them, and its value is empty

/** @param {string} [list] */
const names = (list) => (list ?? "").split(" ").filter(Boolean);

function show() {
  let belong = 0;
  for (const competence of competences) {
    const pairs = names(competence.dataset.expected).map((pair) => pair.split(":"));
    const own = Object.fromEntries(pairs)[role.value];
    const wanted = level.value || own;
    const outside = Boolean((area.value && competence.dataset.area !== area.value) || (role.value && !own));
    const texts = /** @type {HTMLElement[]} */ ([...competence.querySelectorAll("[data-levels]")]);
    for (const text of texts) {
      const levels = names(text.dataset.levels);
      const elses = Boolean(role.value && text.dataset.whom && !names(text.dataset.whom).includes(role.value));
      text.hidden = elses || Boolean(wanted && levels.length && !levels.includes(wanted));
    }
    const taught = Boolean(role.value && names(competence.dataset.taught).includes(role.value));
    competence.hidden = outside || taught || (texts.length > 0 && texts.every((text) => text.hidden));
    if (!outside) belong += 1;
  }
  const shown = competences.filter((competence) => competence.matches("section:not([hidden])")).length;
  if (without) without.hidden = !without.querySelector("li:not([hidden])");
  const many = shown === 1 ? "1 kompetens" : `${shown} kompetenser`;
  if (!belong) found.textContent = "Området ingår inte i rollen. Välj ett annat område eller en annan roll.";
  else if (shown) found.textContent = `Stödet har förslag eller exempel till ${many}.`;
  else found.textContent = "Stödet har inget förslag här. Längre ner står vad du kan göra då.";
}

// A page about a role leads here with that role chosen. The address is cleared once it has been read.
const arrived = document.getElementById(location.hash.slice(1));
if (arrived instanceof HTMLOptionElement) {
  role.value = arrived.value;
  history.replaceState(null, "", location.pathname + location.search);
}
form.addEventListener("change", show);
show();

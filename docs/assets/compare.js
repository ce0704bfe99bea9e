// Two roles side by side, only what differs. Everything shown is read from the matrix on the page;
// without this script the matrix stands there by itself.

const form = /** @type {HTMLFormElement} */ (document.getElementById("compare"));
const place = /** @type {HTMLElement} */ (document.getElementById("differences"));
const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll(".matrix tr[data-competence]")]);

/**
 * @param {string} tag
 * @param {string} text
 * @param {string} [scope]
 */
function cell(tag, text, scope) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (scope) element.setAttribute("scope", scope);
  return element;
}

/** @param {HTMLTableRowElement} row @param {string} role */
const find = (row, role) => /** @type {HTMLElement} */ (row.querySelector(`td[data-role="${role}"]`));

/** @param {HTMLElement} found */
const words = (found) => found.dataset.words ?? `Nivå ${found.textContent}`;

/** @param {string} one @param {string} other */
function show(one, other) {
  const names = [one, other].map((id) => form.querySelector(`option[value="${id}"]`)?.textContent ?? "");
  const both = rows.map((row) => ({ row, cells: [find(row, one), find(row, other)] }));
  const apply = both.filter(({ cells }) => cells.some((found) => !found.dataset.words));
  const different = apply.filter(({ cells }) => words(cells[0]) !== words(cells[1]));
  if (!different.length) {
    place.replaceChildren(cell("p", `${names[0]} och ${names[1]} har samma förväntade nivåer.`));
    return;
  }
  const table = document.createElement("table");
  table.className = "plain";
  const caption = document.createElement("caption");
  caption.textContent = `${names[0]} och ${names[1]} skiljer sig åt i ${different.length} av ${apply.length} kompetenser.`;
  const head = table.createTHead().insertRow();
  head.append(...["Kompetens", ...names].map((name) => cell("th", name, "col")));
  const body = table.createTBody();
  for (const { row, cells } of different) {
    const competence = document.createElement("th");
    competence.scope = "row";
    competence.append(.../** @type {Element} */ (row.querySelector("th")).cloneNode(true).childNodes);
    body.insertRow().append(competence, ...cells.map((found) => cell("td", words(found))));
  }
  table.prepend(caption);
  place.replaceChildren(table);
}

form.addEventListener("change", () => {
  const { one, other } = /** @type {{one: string, other: string}} */ (Object.fromEntries(new FormData(form)));
  if (!one || !other) place.replaceChildren();
  else if (one === other) place.replaceChildren(cell("p", "Välj två olika roller."));
  else show(one, other);
});

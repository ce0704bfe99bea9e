// Two roles side by side, only what differs, read from the matrix on the page; without this script only the matrix is
// shown. The number of differences is announced, the table is not.

const form = /** @type {HTMLFormElement} */ (document.getElementById("compare"));
const differ = /** @type {HTMLElement} */ (document.getElementById("differ"));
const rows = [...document.querySelectorAll(".matrix tr[data-competence]")];

/** @param {Element} row @param {string} role */
const find = (row, role) => /** @type {HTMLElement} */ (row.querySelector(`td[data-role="${role}"]`));

/** @param {HTMLElement} found */
const words = (found) => found.dataset.words ?? `Nivå ${found.textContent}`;

/** @typedef {{row: Element, cells: HTMLElement[]}} Difference */

/** @param {string} said @param {string[]} [names] @param {Difference[]} [different] */
function show(said, names = [], different = []) {
  differ.nextElementSibling?.remove();
  differ.textContent = said;
  if (!different.length) return;
  const table = document.createElement("table");
  table.className = "plain";
  table.setAttribute("aria-labelledby", differ.id);
  const head = table.createTHead().insertRow();
  for (const name of ["Kompetens", ...names]) head.append(heading("col", name));
  const body = table.createTBody();
  for (const { row, cells } of different) {
    const line = body.insertRow();
    line.append(heading("row", ...(row.querySelector("th")?.cloneNode(true).childNodes ?? [])));
    for (const found of cells) line.insertCell().textContent = words(found);
  }
  differ.after(table);
}

/** @param {string} scope @param {(string | Node)[]} content */
function heading(scope, ...content) {
  const cell = Object.assign(document.createElement("th"), { scope });
  cell.append(...content);
  return cell;
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  const names = [one, other].map((id) => form.querySelector(`option[value="${id}"]`)?.textContent ?? "");
  const both = rows.map((row) => ({ row, cells: [find(row, one), find(row, other)] }));
  const apply = both.filter(({ cells }) => cells.some((found) => !found.dataset.words));
  const different = apply.filter(({ cells }) => words(cells[0]) !== words(cells[1]));
  const said = different.length
    ? `${names.join(" och ")} skiljer sig åt i ${different.length} av ${apply.length} kompetenser.`
    : `${names.join(" och ")} har samma förväntade nivåer.`;
  show(said, names, different);
}

form.addEventListener("change", () => {
  const { one, other } = /** @type {{one: string, other: string}} */ (Object.fromEntries(new FormData(form)));
  if (!one || !other) show("");
  else if (one === other) show("Välj två olika roller.");
  else compare(one, other);
});

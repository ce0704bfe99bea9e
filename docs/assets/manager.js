// Prints the sheets of the roles that are ticked. Without this script a link shows one role's sheet, and only that
// one is printed.

const form = /** @type {HTMLFormElement} */ (document.getElementById("roles"));
const status = /** @type {HTMLElement} */ (document.getElementById("chosen"));
const none = status.textContent;

function choose() {
  const ticked = [...form.querySelectorAll("input")].filter(({ checked }) => checked);
  const chosen = ticked.map(({ value }) => `samtal-${value}`);
  for (const sheet of document.querySelectorAll(".talk")) {
    sheet.toggleAttribute("data-chosen", chosen.includes(sheet.id));
  }
  status.textContent = chosen.length ? `${chosen.length} underlag skrivs ut.` : none;
}

form.addEventListener("change", choose);
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => {
    // A sheet that is shown would be printed alone.
    if (button.getAttribute("data-print") === "chosen" && location.hash) location.hash = "valj-roll";
    window.print();
  });
}
choose();

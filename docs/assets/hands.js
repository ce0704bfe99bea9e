// The vote on a slide: hands are counted, and nobody can be identified.

/** With at least this many answers nobody can be identified. */
const FEWEST = 5;

/** Shows how the hands are spread, but under FEWEST answers only how many there are. @param {HTMLElement} form */
function count(form) {
  const rows = [...form.querySelectorAll(".hand")].map((row) => {
    const field = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const whole = /^\d*$/.test(field.value);
    return {
      field,
      whole,
      bar: /** @type {HTMLElement} */ (row.querySelector("i")),
      hands: whole ? Number(field.value) : 0,
    };
  });
  const total = rows.reduce((sum, { hands }) => sum + hands, 0);
  const most = Math.max(...rows.map(({ hands }) => hands));
  const few = total < FEWEST;
  form.classList.toggle("few", few && total > 0);
  const wrong = rows.some(({ whole }) => !whole);
  const output = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  for (const { field, whole, bar, hands } of rows) {
    // A single hand among many stays visible.
    bar.style.width = few || wrong || !hands ? "0" : `max(0.25em, ${(100 * hands) / most}%)`;
    field.ariaInvalid = whole ? null : "true";
    if (whole) field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", output.id);
  }
  const answers = total === 1 ? "1 svar" : `${total} svar`;
  if (wrong) output.textContent = "Skriv ett helt tal, till exempel 7.";
  else if (!total) output.textContent = "Skriv hur många händer du räknar.";
  else if (few) output.textContent = `${answers}. Siffrorna är dolda tills ni är minst ${FEWEST}.`;
  else output.textContent = `${answers}: ${rows.map(({ hands }, at) => `nivå ${at + 1}: ${hands}`).join(", ")}.`;
}

/** Empties a vote. @param {HTMLElement} form */
export function empty(form) {
  for (const field of form.querySelectorAll("input")) field.value = "";
  count(form);
}

/** Makes the votes inside an element count. @param {HTMLElement} deck */
export function countHands(deck) {
  const formOf = (/** @type {Event} */ event) =>
    /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (event.target).closest(".hands"));
  deck.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form) count(form);
  });
  // Enter leads to the next level's field; there is nothing to send.
  deck.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const fields = [...(formOf(event)?.querySelectorAll("input") ?? [])];
    fields[fields.indexOf(event.target) + 1]?.focus();
  });
  deck.addEventListener("reset", (event) => {
    event.preventDefault();
    empty(/** @type {HTMLFormElement} */ (event.target));
  });
}

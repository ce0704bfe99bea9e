// The vote on a slide: hands are counted, and nobody can be identified.

const FEWEST = 5; // answers among which nobody can be identified

/** Shows how the hands are spread, but under FEWEST answers only how many there are. @param {HTMLElement} form */
function count(form) {
  const fields = [...form.querySelectorAll("input")];
  const isWhole = fields.map(({ value }) => /^\d*$/.test(value));
  const hands = fields.map(({ value }, at) => (isWhole[at] ? Number(value) : 0));
  const total = hands.reduce((sum, one) => sum + one, 0);
  const few = total < FEWEST;
  form.classList.toggle("few", few && total > 0);
  const wrong = isWhole.includes(false);
  const output = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  for (const [at, bar] of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".hand i")).entries()) {
    // A single hand among many stays visible.
    bar.style.width = few || wrong || !hands[at] ? "0" : `max(0.25em, ${(100 * hands[at]) / Math.max(...hands)}%)`;
    fields[at].ariaInvalid = isWhole[at] ? null : "true";
    if (isWhole[at]) fields[at].removeAttribute("aria-describedby");
    else fields[at].setAttribute("aria-describedby", output.id);
  }
  if (wrong) output.textContent = "Skriv ett helt tal, till exempel 7.";
  else if (!total) output.textContent = "Skriv hur många händer du räknar.";
  else if (few) output.textContent = `${total} svar. Siffrorna är dolda tills ni är minst ${FEWEST}.`;
  else output.textContent = `${total} svar: ${hands.map((one, at) => `nivå ${at + 1}: ${one}`).join(", ")}.`;
}

/** Empties a vote. @param {HTMLElement} form */
export function empty(form) {
  for (const field of form.querySelectorAll("input")) field.value = "";
  count(form);
}

/** Makes the votes inside an element count. @param {HTMLElement} deck */
export function countHands(deck) {
  deck.addEventListener("input", ({ target }) => {
    const form = /** @type {HTMLInputElement} */ (target).form;
    if (form) count(form);
  });
  // Enter leads to the next level's field; there is nothing to send.
  deck.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const fields = [...(event.target.form?.querySelectorAll("input") ?? [])];
    fields[fields.indexOf(event.target) + 1]?.focus();
  });
  deck.addEventListener("reset", (event) => {
    event.preventDefault();
    empty(/** @type {HTMLFormElement} */ (event.target));
  });
}

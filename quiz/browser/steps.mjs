/**
 * Shows one step at a time: before, rate, result, sheet; and within "rate" one question at a time, or all.
 * Which questions there are follows from the roles and the area, by attributes that the build made.
 * Tells the form about a change of step by the event "view".
 */
import { all, one, say } from "./form.mjs";

const DOUBLE_CLICK = 1000; // milliseconds, longer than any system's setting

/** @param {HTMLFormElement} form */
export function startSteps(form) {
  const sections = all(form, "[data-step]");
  const questions = all(form, "[data-question]");
  const areas = all(form, "[data-area]");
  const showAll = /** @type {HTMLInputElement} */ (one(form, "[data-all]"));
  const rolesMissing = one(form, "[data-missing=roles]");
  const scopeMissing = one(form, "[data-missing=scope]");
  let planned = questions;
  let current = questions[0];
  let warned = false;
  let turned = -Infinity; // when the reader went to something else

  for (const element of all(form, "[data-js]")) element.hidden = false;
  for (const element of all(form, "[data-plain]")) element.hidden = true;

  // A page about an area leads here with that area chosen. The address says no more than the page that led here.
  const scopes = /** @type {HTMLInputElement[]} */ (all(form, "[name=scope]"));
  if (scopes.some((scope) => leadsTo(scope))) {
    for (const scope of scopes) scope.checked = scope.defaultChecked = leadsTo(scope);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", arrange);
  // Who double-clicks on a button means it once; the second click would answer what comes in its place.
  for (const kind of ["mousedown", "click"]) form.addEventListener(kind, onlyOnce, { capture: true });
  form.addEventListener("cleared", () => {
    current = questions[0];
    warned = false;
    rolesMissing.hidden = true;
    arrange();
    show("before");
  });
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { go, to } = button.dataset;
    if (go === "rate" && form.dataset.view === "before") begin();
    else if (go) goTo(go);
    else if (to) {
      show("rate");
      ask(one(form, `[data-question="${to}"]`));
    } else if ("undo" in button.dataset) undo(/** @type {HTMLElement} */ (button.closest("[data-question]")));
    else if ("previous" in button.dataset) ask(planned[planned.indexOf(current) - 1]);
    else if ("next" in button.dataset) ask(planned[planned.indexOf(current) + 1]);
    else if ("showAll" in button.dataset) {
      showAll.checked = true;
      arrange();
      goTo("rate");
    }
  });
  show("before"); // first, so that what it hides is never laid out
  arrange();

  /** @param {Event} event */
  function onlyOnce(event) {
    const { detail, pointerType } = /** @type {PointerEvent} */ (event);
    if (detail < 2 || pointerType === "touch" || performance.now() - turned > DOUBLE_CLICK) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {HTMLInputElement} scope */
  function leadsTo({ value }) {
    return location.hash === `#omrade-${value}`;
  }

  /** Start rating, unless there is nothing to rate; without a role, say once what is lost. */
  function begin() {
    const roles = /** @type {HTMLInputElement[]} */ (all(form, "[name=role]"));
    if (!planned.length) return refuse(scopeMissing, one(form, "[name=scope]:checked"));
    if (!warned && !roles.some((role) => role.checked)) {
      warned = true;
      return refuse(rolesMissing, roles[0]);
    }
    goTo("rate");
  }

  /** @param {HTMLElement} message @param {HTMLElement} field */
  function refuse(message, field) {
    message.hidden = false;
    say(message.textContent ?? "");
    field.focus();
  }

  /** @param {string} view */
  function goTo(view) {
    show(view);
    face(one(form, `[data-step=${view}]`), "h2");
  }

  /** @param {string} view */
  function show(view) {
    form.dataset.view = view;
    for (const section of sections) section.hidden = section.dataset.step !== view;
    form.dispatchEvent(new Event("view"));
  }

  /** @param {HTMLElement | undefined} question */
  function ask(question) {
    if (!question) return;
    current = question;
    arrange();
    face(question, "h4");
  }

  /** Make a question unanswered again. @param {HTMLElement} question */
  function undo(question) {
    const chosen = /** @type {HTMLInputElement[]} */ (all(question, "input:checked"));
    for (const field of chosen) field.checked = false;
    form.dispatchEvent(new Event("input"));
    face(question, "h4");
  }

  /** @param {HTMLElement} part what the reader is now to read @param {string} heading its heading, which takes the focus */
  function face(part, heading) {
    turned = performance.now();
    one(part, heading).focus({ preventScroll: true });
    part.scrollIntoView();
  }

  /** Show what belongs to the chosen roles and area, and the staircase questions that the answers call for. */
  function arrange() {
    const data = new FormData(form);
    const roles = data.getAll("role");
    const scope = data.get("scope");
    const competences = questions.filter(({ dataset }) => {
      if (dataset.competence === undefined) return false;
      if (scope !== "all" && scope !== dataset.competence.split(".")[0]) return false;
      return roles.length ? dataset.roles?.split(" ").some((role) => roles.includes(role)) : "everyone" in dataset;
    });
    const wanted = new Set([...competences, ...competences.map((question) => motivationOf(question))]);
    planned = questions.filter((question) => wanted.has(question));
    if (!wanted.has(current)) current = planned[0];
    const everything = showAll.checked;
    for (const question of questions) question.hidden = !(wanted.has(question) && (everything || question === current));
    for (const area of areas) area.hidden = all(area, "[data-question]").every((question) => question.hidden);
    for (const item of all(form, "[data-for]")) {
      const question = one(form, `[data-question="${item.dataset.for}"]`);
      item.hidden = !wanted.has(question);
      item.toggleAttribute("data-current", question === current);
    }
    for (const stair of all(form, "[data-picks]")) {
      const pick = data.get(`answer-${stair.dataset.of}`);
      stair.hidden = !stair.dataset.picks?.split(" ").includes(String(pick));
    }
    const at = planned.indexOf(current);
    one(form, "[data-at]").textContent = String(competences.indexOf(current) + 1);
    one(form, "[data-of]").textContent = String(competences.length);
    one(form, "[data-position]").hidden = everything || !competences.includes(current);
    one(form, "[data-previous]").hidden = everything || at <= 0;
    one(form, "[data-next]").hidden = everything || at === planned.length - 1;
    if (planned.length) scopeMissing.hidden = true;
    if (roles.length) rolesMissing.hidden = true;
  }

  /** @param {HTMLElement} question */
  function motivationOf(question) {
    return one(/** @type {Element} */ (question.closest("[data-area]")), "[data-motivation]");
  }
}

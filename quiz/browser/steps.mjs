/**
 * Shows one step at a time: role (unless the framework has none), scope, rate, result, sheet; and within "rate" one question at a time, or all.
 * Which questions there are follows from the roles and the area, by attributes that the build made.
 * Tells the form about a change of step by the event "view", of the shown question by the event "question".
 */
import { all, complain, one, say, sentence } from "./form.mjs";

const DOUBLE_CLICK = 1000; // milliseconds, longer than any system's setting

/** @param {HTMLFormElement} form */
export function startSteps(form) {
  const sections = all(form, "[data-step]");
  const questions = all(form, "[data-question]");
  const areas = all(form, "[data-area]");
  const showAll = /** @type {HTMLInputElement} */ (one(form, "[data-all]"));
  const roles = /** @type {HTMLInputElement[]} */ (all(form, "[name=role]"));
  const scopes = /** @type {HTMLInputElement[]} */ (all(form, "[name=scope]"));
  const rolesMissing = /** @type {HTMLElement | null} */ (form.querySelector("[data-missing=roles]"));
  const scopeMissing = one(form, "[data-missing=scope]");
  const title = document.title;
  const first = sections[0]?.dataset.step ?? "";
  let planned = questions;
  let current = questions[0];
  let warned = false; // about going on without a role
  /** @type {Set<HTMLElement>} questions whose open staircase the reader has been reminded of */
  const reminded = new Set();
  let turned = -Infinity; // when the reader went to something else

  for (const element of all(form, "[data-js]")) element.hidden = false;
  for (const element of all(form, "[data-plain]")) element.hidden = true;

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", arrange);
  // A double click on a button is meant once; the second click would hit what comes in its place.
  for (const kind of ["mousedown", "click"]) document.addEventListener(kind, onlyOnce, { capture: true });
  form.addEventListener("cleared", () => {
    current = questions[0];
    warned = false;
    reminded.clear();
    showAll.checked = false;
    if (rolesMissing) complain(rolesMissing, "");
    arrange();
    show(first);
  });
  form.addEventListener("go", (event) => {
    arrange();
    goTo(/** @type {CustomEvent<string>} */ (event).detail);
  });
  form.addEventListener("next", () => ask(planned[planned.indexOf(current) + 1]));
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { go, to } = button.dataset;
    if (go === "scope" && form.dataset.view === "role") chooseScope();
    else if (go === "rate" && form.dataset.view === "scope") begin();
    else if (go) goTo(go);
    else if (to) {
      show("rate");
      ask(one(form, `[id="${to}"]`));
    } else if ("undo" in button.dataset) undo();
    else if ("previous" in button.dataset) ask(planned[planned.indexOf(current) - 1]);
    else if ("next" in button.dataset) leave();
    else if ("showAll" in button.dataset) {
      showAll.checked = true;
      arrange();
      goTo("rate");
    }
    if (button.closest(".more") && !("take" in button.dataset)) closeMenu();
  });
  show(first); // before the rest, so that what it hides is never laid out
  arrange();
  arrive();

  /** @param {Event} event */
  function onlyOnce(event) {
    const { detail, pointerType } = /** @type {PointerEvent} */ (event);
    if (detail < 2 || pointerType === "touch" || performance.now() - turned > DOUBLE_CLICK) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * A page about a role or an area leads here with it chosen. The address says no more than the page that led here,
   * and only until it has been read.
   */
  function arrive() {
    const [, kind, id] = location.hash.match(/^#(roll|omrade)-([\w-]+)$/) ?? [];
    const field = (kind === "roll" ? roles : scopes).find(({ value }) => value === id);
    if (!kind || !field) return;
    const others = kind === "roll" ? [] : scopes;
    for (const other of others) other.defaultChecked = false;
    field.checked = field.defaultChecked = true;
    history.replaceState(null, "", location.pathname + location.search);
    arrange();
    goTo(kind === "roll" ? "scope" : first);
    scrollTo(0, 0);
  }

  /** Go on from the role; without one, say once what is lost. */
  function chooseScope() {
    if (warned || !rolesMissing || roles.some((role) => role.checked)) return goTo("scope");
    warned = true;
    complain(rolesMissing, rolesMissing.querySelector("p")?.textContent ?? "");
    one(rolesMissing, "button").focus();
  }

  /** Start rating, unless there is nothing to rate. */
  function begin() {
    if (planned.length) return goTo("rate");
    const why = sentence(roles.some((role) => role.checked) ? "no-area" : "role-first");
    scopeMissing.textContent = why;
    complain(scopeMissing, why);
    one(form, "[name=scope]:checked").focus();
  }

  /** Go to the next question; where the staircase is open, remind of it once. */
  function leave() {
    const open = all(current, "[data-met]:not([hidden])").find((stair) => !stair.querySelector(":checked"));
    const reminder = current.querySelector("[data-missing=stairs]");
    if (current.dataset.state === "pending" && open && reminder instanceof HTMLElement && !reminded.has(current)) {
      reminded.add(current);
      complain(reminder, reminder.textContent ?? "");
      one(open, "input").focus();
    } else ask(planned[planned.indexOf(current) + 1]);
  }

  /** @param {string} view */
  function goTo(view) {
    show(view);
    if (view === "rate") ask(current);
    else face(one(form, `[data-step=${view}]`), "h2");
  }

  /** @param {string} view */
  function show(view) {
    form.dataset.view = view;
    form.toggleAttribute("data-begun", view !== first);
    for (const section of sections) section.hidden = section.dataset.step !== view;
    for (const part of all(form, "[data-in]")) part.hidden = !part.dataset.in?.split(" ").includes(view);
    one(form, ".standing").hidden = view === "role" || view === "scope";
    arrange();
    form.dispatchEvent(new Event("view"));
  }

  /** @param {HTMLElement | undefined} question */
  function ask(question) {
    if (!question) return;
    current = question;
    arrange();
    face(question, "h4");
    form.dispatchEvent(new CustomEvent("question", { detail: question }));
  }

  /** Make the shown question unanswered again. */
  function undo() {
    const chosen = /** @type {HTMLInputElement[]} */ (all(current, "input:checked"));
    for (const field of chosen) field.checked = false;
    form.dispatchEvent(new Event("input"));
    ask(current);
  }

  function closeMenu() {
    /** @type {HTMLDetailsElement} */ (one(form, ".more")).open = false;
  }

  /** @param {HTMLElement} part what the reader is now to read @param {string} heading its heading, which takes the focus */
  function face(part, heading) {
    turned = performance.now();
    say(""); // what was said was about something else
    one(part, heading).focus({ preventScroll: true });
    (showAll.checked || !part.matches("[data-question]") ? part : one(form, ".standing")).scrollIntoView();
    const step = part.querySelector("[data-count]")?.textContent ?? part.querySelector(heading)?.textContent ?? "";
    document.title = form.dataset.view === first ? title : `${step.trim().replace(/\.$/, "")} – ${title}`;
  }

  /** Show what belongs to the chosen roles and area. */
  function arrange() {
    const data = new FormData(form);
    const chosen = data.getAll("role");
    const scope = data.get("scope");
    const competences = questions.filter(({ dataset }) => {
      if (dataset.competence === undefined) return false;
      if (scope !== "all" && scope !== dataset.competence.split(".")[0]) return false;
      return chosen.length ? dataset.roles?.split(" ").some((role) => chosen.includes(role)) : "everyone" in dataset;
    });
    const wanted = new Set([...competences, ...competences.flatMap((question) => motivationOf(question))]);
    planned = questions.filter((question) => wanted.has(question));
    if (!wanted.has(current)) current = planned[0] ?? questions[0];
    const everything = showAll.checked;
    for (const question of questions) {
      question.hidden = !(wanted.has(question) && (everything || question === current));
      question.toggleAttribute("data-planned", wanted.has(question));
    }
    for (const area of areas) area.hidden = all(area, "[data-question]").every((question) => question.hidden);
    for (const [at, question] of planned.entries()) one(question, "[data-count]").textContent = `${position(at)}. `;
    for (const item of all(form, "[data-for]")) {
      const question = one(form, `[id="${item.dataset.for}"]`);
      item.hidden = !wanted.has(question);
      item.toggleAttribute("data-current", question === current);
    }
    for (const text of all(form, "[data-whom]")) {
      text.hidden = !text.dataset.whom?.split(" ").some((role) => chosen.includes(role));
    }
    for (const choice of all(form, "[data-area-roles]")) {
      const whom = choice.dataset.areaRoles?.split(" ").filter(Boolean) ?? [];
      choice.hidden =
        whom.length > 0 && !whom.some((role) => chosen.includes(role)) && !choice.querySelector(":checked");
    }
    /** @type {HTMLDetailsElement} */ (one(form, "[data-areas]")).open ||= scope !== "all";
    const at = planned.indexOf(current);
    const last = at === planned.length - 1;
    one(form, "[data-at]").textContent = String(at + 1);
    one(form, "[data-of]").textContent = String(planned.length);
    const bar = /** @type {HTMLProgressElement} */ (one(form, "[data-progress-bar]"));
    bar.max = planned.length || 1;
    bar.value = at + 1;
    one(form, "[data-position]").hidden = bar.hidden = everything || form.dataset.view !== "rate";
    one(form, "[data-previous]").hidden = everything || at <= 0;
    one(form, "[data-next]").hidden = everything || last;
    one(form, "[data-last]").hidden = !(everything || last);
    if (planned.length) complain(scopeMissing, "");
    if (chosen.length && rolesMissing) complain(rolesMissing, "");
  }

  /** @param {number} at @returns {string} «Fråga 3 av 17», as the page says it in view */
  function position(at) {
    return (one(form, "[data-position]").textContent ?? "")
      .replace(/\d+(\D+)\d+/, `${at + 1}$1${planned.length}`)
      .trim();
  }

  /** @param {HTMLElement} question @returns {HTMLElement[]} the question on motivation in its area, if there is one */
  function motivationOf(question) {
    return all(/** @type {Element} */ (question.closest("[data-area]")), "[data-motivation]");
  }
}

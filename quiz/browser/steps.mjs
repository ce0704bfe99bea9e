/**
 * Shows one step at a time: role (unless the framework has none), scope, rate, result, sheet; and within "rate" one
 * question at a time, or all. Attributes that the build made say which questions belong to a role and an area.
 * Tells the form of another step by the event "view", of another question by the event "question".
 */
import { all, complain, one, onPress, say, sentence } from "./form.mjs";

const DOUBLE_CLICK = 1000; // milliseconds, longer than any system's setting

/** @param {HTMLFormElement} form */
export function startSteps(form) {
  const sections = all(form, "[data-step]");
  const questions = all(form, "[data-question]");
  const areas = all(form, "[data-area]");
  const showAll = one(form, "[data-all]", HTMLInputElement);
  const roles = all(form, "[name=role]", HTMLInputElement);
  const scopes = all(form, "[name=scope]", HTMLInputElement);
  const [rolesMissing] = all(form, "[data-missing=roles]"); // none without roles
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
    show(first);
  });
  form.addEventListener("code-taken", () => goTo("scope"));
  form.addEventListener("next", () => move(1));
  onPress(form, (button) => {
    const { go, to } = button.dataset;
    if (go === "scope" && form.dataset.view === "role") chooseScope();
    else if (go === "rate" && form.dataset.view === "scope") begin();
    else if (go) goTo(go);
    else if (to) {
      show("rate");
      ask(one(form, `[id="${to}"]`));
    } else if ("undo" in button.dataset) undo();
    else if ("previous" in button.dataset) move(-1);
    else if ("next" in button.dataset) leave();
    else if ("showAll" in button.dataset) {
      showAll.checked = true;
      goTo("rate");
    }
    const menu = button.closest(".more");
    if (menu instanceof HTMLDetailsElement && !("take" in button.dataset)) menu.open = false;
  });
  show(first); // before the rest, so that what it hides is never laid out
  arrive();

  /** @param {Event} event */
  function onlyOnce(event) {
    const { detail, pointerType } = /** @type {PointerEvent} */ (event);
    if (detail < 2 || pointerType === "touch" || performance.now() - turned > DOUBLE_CLICK) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** A page about a role or an area leads here with it chosen. The address says so only until it has been read. */
  function arrive() {
    const [, kind, id] = location.hash.match(/^#(roll|omrade)-([\w-]+)$/) ?? [];
    const isRole = kind === "roll";
    const field = (isRole ? roles : scopes).find(({ value }) => value === id);
    if (!field) return;
    if (!isRole) for (const other of scopes) other.defaultChecked = false;
    field.checked = field.defaultChecked = true;
    history.replaceState(null, "", location.pathname + location.search);
    goTo(isRole ? "scope" : first);
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
    if (current.dataset.state !== "pending" || !open || reminded.has(current)) return move(1);
    reminded.add(current);
    const reminder = one(current, "[data-missing=stairs]");
    complain(reminder, reminder.textContent ?? "");
    one(open, "input").focus();
  }

  /** @param {1 | -1} by */
  function move(by) {
    ask(planned[planned.indexOf(current) + by]);
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
    form.dispatchEvent(new Event("question"));
  }

  /** Make the shown question unanswered again. */
  function undo() {
    for (const field of all(current, "input:checked", HTMLInputElement)) field.checked = false;
    form.dispatchEvent(new Event("input"));
    ask(current);
  }

  /** @param {HTMLElement} part what is now to be read @param {string} heading takes the focus */
  function face(part, heading) {
    turned = performance.now();
    say(""); // what was said was about something else
    one(part, heading).focus({ preventScroll: true });
    (showAll.checked || !part.matches("[data-question]") ? part : one(form, ".standing")).scrollIntoView();
    const step = (part.querySelector("[data-count]") ?? one(part, heading)).textContent ?? "";
    document.title = form.dataset.view === first ? title : `${step.trim().replace(/\.$/, "")} – ${title}`;
  }

  /** Show what belongs to the chosen roles and area. */
  function arrange() {
    const data = new FormData(form);
    const chosen = data.getAll("role");
    const scope = data.get("scope");
    const isChosen = (/** @type {string} */ role) => chosen.includes(role);
    const competences = questions.filter(({ dataset }) => {
      if (dataset.competence === undefined) return false;
      if (scope !== "all" && scope !== dataset.competence.split(".")[0]) return false;
      return chosen.length ? dataset.roles?.split(" ").some(isChosen) : "everyone" in dataset;
    });
    const wanted = new Set([...competences, ...competences.flatMap(motivationOf)]);
    planned = questions.filter((question) => wanted.has(question));
    if (!wanted.has(current)) current = planned[0] ?? questions[0];
    const everything = showAll.checked;
    for (const question of questions) {
      question.hidden = !(wanted.has(question) && (everything || question === current));
      question.toggleAttribute("data-planned", wanted.has(question));
    }
    for (const area of areas) area.hidden = all(area, "[data-question]").every((question) => question.hidden);
    for (const item of all(form, "[data-for]")) {
      const question = one(form, `[id="${item.dataset.for}"]`);
      item.hidden = !wanted.has(question);
      item.toggleAttribute("data-current", question === current);
    }
    for (const text of all(form, "[data-whom]")) {
      text.hidden = !text.dataset.whom?.split(" ").some(isChosen);
    }
    for (const choice of all(form, "[data-area-roles]")) {
      const whom = choice.dataset.areaRoles?.split(" ").filter(Boolean) ?? [];
      choice.hidden = whom.length > 0 && !whom.some(isChosen) && !choice.querySelector(":checked");
    }
    one(form, "[data-areas]", HTMLDetailsElement).open ||= scope !== "all";
    const at = planned.indexOf(current);
    const last = at === planned.length - 1;
    one(form, "[data-at]").textContent = String(at + 1);
    one(form, "[data-of]").textContent = String(planned.length);
    const position = one(form, "[data-position]");
    // Made of what is in view, which has the right total by now: «Fråga 3 av 17».
    for (const [index, question] of planned.entries()) {
      const count = position.textContent?.replace(/\d+/, String(index + 1)).trim();
      one(question, "[data-count]").textContent = `${count}. `;
    }
    const bar = one(form, "[data-progress-bar]");
    Object.assign(bar, { max: planned.length || 1, value: at + 1 });
    position.hidden = bar.hidden = everything || form.dataset.view !== "rate";
    one(form, "[data-previous]").hidden = everything || at <= 0;
    one(form, "[data-next]").hidden = everything || last;
    one(form, "[data-last]").hidden = !everything && !last;
    if (planned.length) complain(scopeMissing, "");
    if (chosen.length && rolesMissing) complain(rolesMissing, "");
  }

  /** @param {HTMLElement} question @returns {HTMLElement[]} the question on motivation in its area, if there is one */
  function motivationOf(question) {
    return all(/** @type {Element} */ (question.closest("[data-area]")), "[data-motivation]");
  }
}

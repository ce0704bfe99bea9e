/** What the reader has said, read from the form, which is the only place where it is kept. */

/** @import { AnswerRequest, NoLevel, Request, Said, SheetMode, State } from "./protocol.d.ts" */

/**
 * Return all elements that match, inside of `root`.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/**
 * Return the element that matches; the page is broken when there is none.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function one(root, selector) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`no ${selector} on the page`);
  return element;
}

/**
 * Call a function with every reply of Python.
 * @param {HTMLFormElement} form
 * @param {(reply: State) => void} take
 */
export function onReply(form, take) {
  form.addEventListener("reply", (event) => take(/** @type {CustomEvent<State>} */ (event).detail));
}

/**
 * Return everything that the reader has said.
 * @param {HTMLFormElement} form
 * @returns {Request}
 */
export function request(form) {
  const data = new FormData(form);
  return {
    kind: "state",
    roles: data.getAll("role").map(String),
    scope: text(data, "scope"),
    answers: Object.fromEntries(
      all(form, "[data-competence]").map((question) => [question.dataset.competence, answer(data, question)]),
    ),
    motivation: Object.fromEntries(
      all(form, "[data-motivation]").map(({ dataset: { motivation } }) => [
        motivation,
        Number(data.get(`motivation-${motivation}`)) || null,
      ]),
    ),
    earlier: form.dataset.earlier ?? "",
    today: new Date().toLocaleDateString("sv-SE"),
    talk: form.dataset.chosen === undefined ? null : talk(data, form.dataset.chosen),
    sheet: {
      mode: /** @type {SheetMode} */ (text(data, "mode")),
      ticked: data.getAll("tick").map(String),
      questions: text(data, "questions"),
    },
  };
}

/**
 * What the reader wants to talk about, the latest choice last: of too many, it is the one that is refused.
 * @param {FormData} data @param {string} latest
 */
function talk(data, latest) {
  const ids = data.getAll("talk").filter(Boolean).map(String);
  return [...ids.filter((id) => id !== latest), ...ids.filter((id) => id === latest)];
}

/** @param {FormData} data @param {string} name */
function text(data, name) {
  return String(data.get(name) ?? "");
}

/** @param {FormData} data @param {HTMLElement} question @returns {AnswerRequest} */
function answer(data, question) {
  const id = question.dataset.competence;
  const chosen = text(data, `answer-${id}`);
  const met = Object.fromEntries(
    all(question, "[data-met]").map(({ dataset: { met: level } }) => {
      const said = data.get(`met-${id}-${level}`);
      return [level, said ? said === "yes" : null];
    }),
  );
  const pick = Number(chosen) || null;
  const none = pick || !chosen ? null : /** @type {NoLevel} */ (chosen);
  return { pick, none, met, example: text(data, `example-${id}`) };
}

/**
 * Choose in the form what a request would say: the opposite of `request`.
 * @param {HTMLFormElement} form
 * @param {Said} said
 */
export function put(form, { roles, scope, answers, motivation }) {
  /** @type {Map<string, string[]>} */
  const values = new Map([
    ["role", roles],
    ["scope", [scope]],
  ]);
  for (const [id, { pick, none, met }] of Object.entries(answers)) {
    for (const stair of all(form, `[data-of="${id}"]`)) values.set(`met-${id}-${stair.dataset.met}`, []);
    values.set(`answer-${id}`, [String(pick ?? none)]);
    for (const [level, yes] of Object.entries(met ?? {})) values.set(`met-${id}-${level}`, [yes ? "yes" : "no"]);
  }
  for (const [area, place] of Object.entries(motivation)) values.set(`motivation-${area}`, [String(place)]);
  for (const [name, chosen] of values) {
    for (const field of /** @type {HTMLInputElement[]} */ (all(form, `[name="${name}"]`))) {
      field.checked = chosen.includes(field.value);
    }
  }
}

/**
 * Whether the form differs from an empty one.
 * @param {HTMLFormElement} form
 */
export function isTouched(form) {
  const fields = /** @type {HTMLInputElement[]} */ (all(form, "[name]:is(input, textarea)"));
  return fields.some((field) => field.checked !== field.defaultChecked || field.value !== field.defaultValue);
}

/**
 * Return one of the sentences in the page's HTML.
 * @param {string} name
 */
export function sentence(name) {
  const sentences = /** @type {HTMLTemplateElement} */ (document.getElementById("sentences"));
  return sentences.content.querySelector(`[data-name="${name}"]`)?.textContent ?? "";
}

/**
 * Say something to those who listen to the page. The place is in the page from the start, so that it is heard; it is
 * emptied again, so that nobody comes upon an old message.
 * @param {string} text
 */
export function say(text) {
  const place = /** @type {HTMLElement} */ (document.getElementById("said"));
  place.textContent = "";
  clearTimeout(saying);
  saying = setTimeout(() => {
    place.textContent = text; // the same words twice are only heard when they come anew
    saying = setTimeout(() => place.replaceChildren(), Math.max(3000, text.length * 80));
  }, 100);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/**
 * Show a message at what it is about and say it, or hide it again when there is nothing to say. The group it is in
 * is described by it only as long: a description is read from hidden elements too.
 * @param {HTMLElement} message
 * @param {string} text
 */
export function complain(message, text) {
  if (message.hidden === !text) return;
  message.hidden = !text;
  const group = message.closest("fieldset");
  const others = (group?.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== message.id);
  const described = text && message.id ? [message.id, ...others] : others;
  if (described.length) group?.setAttribute("aria-describedby", described.join(" "));
  else group?.removeAttribute("aria-describedby");
  if (text) say(text);
}

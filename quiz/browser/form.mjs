/** What pages with forms share; and what the reader has said, which is kept in the form alone. */

/** @import { AnswerRequest, NoLevel, Request, Said, SheetMode, State } from "./protocol.d.ts" */

/**
 * Return the elements of a kind that match.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 */
export function all(root, selector, kind = /** @type {any} */ (HTMLElement)) {
  return /** @type {Kind[]} */ ([...root.querySelectorAll(selector)].filter((element) => element instanceof kind));
}

/**
 * Return the first element that matches; the page is broken when there is none, or one of another kind.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 */
export function one(root, selector, kind = /** @type {any} */ (HTMLElement)) {
  const element = root.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`no ${selector} on the page`);
  return element;
}

/** Return what an event happened to or in, if that matches. @param {Event} event @param {string} selector */
export function around({ target }, selector) {
  return /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(selector) : null);
}

/**
 * Call a function with every button that is pressed.
 * @param {HTMLElement} root
 * @param {(button: HTMLElement) => void} take
 */
export function onPress(root, take) {
  root.addEventListener("click", (event) => {
    const button = around(event, "button");
    if (button) take(button);
  });
}

/** Call a function with every reply of Python. @param {HTMLFormElement} form @param {(reply: State) => void} take */
export function onReply(form, take) {
  form.addEventListener("reply", (event) => take(/** @type {CustomEvent<State>} */ (event).detail));
}

/** Return everything that the reader has said. @param {HTMLFormElement} form @returns {Request} */
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
 * What to talk about, the latest choice last: of too many, it is refused.
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

/** Choose in the form: the opposite of `request`. @param {HTMLFormElement} form @param {Said} said */
export function put(form, { roles, scope, answers, motivation }) {
  /** @type {Record<string, string[]>} */
  const values = { role: roles, scope: [scope] };
  for (const [id, { pick, none, met }] of Object.entries(answers)) {
    for (const stair of all(form, `[data-of="${id}"]`)) values[`met-${id}-${stair.dataset.met}`] = [];
    values[`answer-${id}`] = [String(pick ?? none)];
    for (const [level, yes] of Object.entries(met ?? {})) values[`met-${id}-${level}`] = [yes ? "yes" : "no"];
  }
  for (const [area, place] of Object.entries(motivation)) values[`motivation-${area}`] = [String(place)];
  for (const [name, chosen] of Object.entries(values)) {
    for (const field of all(form, `[name="${name}"]`, HTMLInputElement)) field.checked = chosen.includes(field.value);
  }
}

/** Whether the form differs from an empty one. @param {HTMLFormElement} form */
export function isTouched(form) {
  const fields = /** @type {HTMLInputElement[]} */ (all(form, "[name]:is(input, textarea)"));
  return fields.some((field) => field.checked !== field.defaultChecked || field.value !== field.defaultValue);
}

/** Return one of the sentences in the page's HTML. @param {string} name */
export function sentence(name) {
  const { content } = one(document, "#sentences", HTMLTemplateElement);
  return content.querySelector(`[data-name="${name}"]`)?.textContent ?? "";
}

/**
 * Say something to those who listen to the page. The place is there from the start, to be heard, and is emptied, so
 * that nobody comes upon an old message.
 * @param {string} text
 */
export function say(text) {
  const place = one(document, "#said");
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
 * Show a message and say it, or hide it when there is nothing to say. It describes its group only as long: a
 * description is read from hidden elements too.
 * @param {HTMLElement} message
 * @param {string} text
 */
export function complain(message, text) {
  if (message.hidden === !text) return;
  message.hidden = !text;
  const shown = text ? [message.id] : [];
  describe(message.closest("fieldset"), (ids) => [...shown, ...ids.filter((id) => id !== message.id)]);
  if (text) say(text);
}

/**
 * Change which elements describe another.
 * @param {Element | null} element
 * @param {(ids: string[]) => string[]} change
 */
export function describe(element, change) {
  const ids = change(element?.getAttribute("aria-describedby")?.split(" ") ?? []).filter(Boolean);
  if (ids.length) element?.setAttribute("aria-describedby", ids.join(" "));
  else element?.removeAttribute("aria-describedby");
}

/** Ask before the page is left, or no longer. @param {boolean} isNeeded whether there is something to lose */
export function askBeforeLeaving(isNeeded) {
  // Not always: such a listener can keep a page out of the back/forward cache.
  if (isNeeded) addEventListener("beforeunload", askFirst);
  else removeEventListener("beforeunload", askFirst);
}

/** @param {BeforeUnloadEvent} event */
function askFirst(event) {
  event.preventDefault();
  event.returnValue = true; // what older browsers go by
}

/**
 * Copy a text. Plain http on a host name has no clipboard for pages; then the older way is tried.
 * @param {string} text
 * @param {() => void} select selects it on the page
 * @param {HTMLElement} [button] gets the focus back when that way worked
 * @returns {Promise<boolean>} whether it is copied; else it is selected
 */
export async function copy(text, select, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select();
    if (!document.execCommand("copy")) return false;
    button?.focus();
    return true;
  }
}

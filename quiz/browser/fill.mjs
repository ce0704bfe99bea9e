/**
 * Fills the page's <template>s with data. All words are in the HTML or in the data; none are here.
 *
 *   data-text="next.lead"          the element's text is the value at that path; "." is the data itself
 *   data-set="href:url open:mine"  an attribute is the value; true gives an empty one, false or nothing gives none
 *   data-if="next"                 the element goes when the value is empty; data-if="!next" when it is not
 *   data-each="items"              on a nested <template>: once for each item, with the item as its data
 */

/** @import { Templates } from "./protocol.d.ts" */
/** @typedef {any} Data JSON; a test knows every path in the templates against quiz/protocol/ */

/**
 * Return the template's content, filled.
 * @param {HTMLTemplateElement} template
 * @param {Data} data
 */
export function filled(template, data) {
  const content = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const element of all(content, "data-if")) {
    const path = take(element, "data-if");
    const wanted = !path.startsWith("!");
    if (isEmpty(valueAt(data, path.replace("!", ""))) === wanted) element.remove();
  }
  for (const element of all(content, "data-text")) {
    element.textContent = valueAt(data, take(element, "data-text")) ?? "";
  }
  for (const element of all(content, "data-set")) {
    for (const [name, path] of take(element, "data-set")
      .split(" ")
      .map((pair) => pair.split(":"))) {
      const value = valueAt(data, path);
      if (value !== undefined && value !== null && value !== false) {
        element.setAttribute(name, value === true ? "" : String(value));
      }
    }
  }
  for (const element of all(content, "data-each")) {
    const nested = /** @type {HTMLTemplateElement} */ (element);
    const items = valueAt(data, take(nested, "data-each")) ?? [];
    nested.replaceWith(...items.map((/** @type {Data} */ item) => filled(nested, item)));
  }
  return content;
}

/**
 * Fill an element from a template; an element that shows the data already is left alone.
 * @template {keyof Templates} Name
 * @param {Name} name the template has the id `t-` and this; the element has it as `data-fill`
 * @param {Templates[Name]} data
 * @param {HTMLElement} element
 * @returns {boolean} whether the element changed
 */
export function fill(name, data, element) {
  const text = JSON.stringify(data);
  if (shown.get(element) === text && element.hasChildNodes()) return false;
  shown.set(element, text);
  const template = document.getElementById(`t-${name}`);
  element.replaceChildren(filled(/** @type {HTMLTemplateElement} */ (template), data));
  return true;
}

/**
 * Empty all that was filled in `root`, and forget it.
 * @param {HTMLElement} root
 */
export function empty(root) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-fill], [data-filled]"))) {
    shown.delete(element);
    element.replaceChildren();
  }
}

/** @type {Map<HTMLElement, string>} */
const shown = new Map();

/** @param {DocumentFragment} content @param {string} attribute */
function all(content, attribute) {
  return [...content.querySelectorAll(`[${attribute}]`)];
}

/** @param {Element} element @param {string} attribute */
function take(element, attribute) {
  const value = element.getAttribute(attribute) ?? "";
  element.removeAttribute(attribute);
  return value;
}

/** @param {Data} data @param {string} path */
function valueAt(data, path) {
  if (path === ".") return data;
  return path.split(".").reduce((value, key) => value?.[key], data);
}

/** @param {Data} value */
function isEmpty(value) {
  return !value || value.length === 0;
}

/**
 * Fills the page's <template>s with data. All words are in the HTML or in the data; none are here.
 *
 *   data-text="next.lead"          the element's text is the value at that path; "." is the data itself
 *   data-set="href:url open:mine"  an attribute is the value; true gives an empty one, false or nothing gives none
 *   data-if="next"                 the element goes when the value is empty; data-if="!next" when it is not
 *   data-each="items"              on a nested <template>: once for each item, with the item as its data
 */

import { all, one } from "./form.mjs";

/** @import { Templates } from "./protocol.d.ts" */
/** @typedef {any} Data JSON; a test knows every path in the templates against quiz/protocol/ */

/** @type {Map<HTMLElement, string>} */
const shown = new Map();

/**
 * Fill an element from a template; an element that shows the data already is left alone.
 * @template {keyof Templates} Name
 * @param {Name} name the element has it as `data-fill`
 * @param {Templates[Name]} data
 * @param {HTMLElement} element
 * @returns {boolean} whether the element changed
 */
export function fill(name, data, element) {
  const text = JSON.stringify(data);
  if (shown.get(element) === text && element.hasChildNodes()) return false;
  shown.set(element, text);
  element.replaceChildren(filled(name, data));
  return true;
}

/** Empty all that was filled in `root`, and forget it. @param {HTMLElement} root */
export function empty(root) {
  for (const element of all(root, "[data-fill], [data-filled]")) {
    shown.delete(element);
    element.replaceChildren();
  }
}

/**
 * Return the content of a template, filled.
 * @param {string} name the template has the id `t-` and this
 * @param {Data} data
 */
export function filled(name, data) {
  return contentOf(one(document, `#t-${name}`, HTMLTemplateElement), data);
}

/** @param {HTMLTemplateElement} template @param {Data} data */
function contentOf(template, data) {
  const content = document.importNode(template.content, true);
  for (const [element, path] of taken(content, "data-if")) {
    const value = valueAt(data, path.replace("!", ""));
    const isEmpty = !value || value.length === 0;
    if (isEmpty !== path.startsWith("!")) element.remove();
  }
  for (const [element, path] of taken(content, "data-text")) element.textContent = valueAt(data, path) ?? "";
  for (const [element, pairs] of taken(content, "data-set")) {
    for (const [name, path] of pairs.split(" ").map((pair) => pair.split(":"))) {
      const value = valueAt(data, path) ?? false;
      if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const [nested, path] of taken(content, "data-each")) {
    const items = valueAt(data, path) ?? [];
    nested.replaceWith(...items.map((/** @type {Data} */ item) => contentOf(nested, item)));
  }
  return content;
}

/**
 * The elements with an attribute, each with the value that it had.
 * @param {DocumentFragment} content @param {string} attribute
 * @returns {[any, string][]}
 */
function taken(content, attribute) {
  return [...content.querySelectorAll(`[${attribute}]`)].map((element) => {
    const value = element.getAttribute(attribute) ?? "";
    element.removeAttribute(attribute);
    return [element, value];
  });
}

/** @param {Data} data @param {string} path */
function valueAt(data, path) {
  if (path === ".") return data;
  return path.split(".").reduce((value, key) => value?.[key], data);
}

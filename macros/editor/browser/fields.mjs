/** The open file as a form: what is changed in it, and what is wrong where. The form's HTML is made by Python. */
import { all, describe, one, onPress } from "../../../quiz/browser/form.mjs";

/** @typedef {(string | number)[]} Place keys and positions from the top of the file */
/** @typedef {{op: string, place: Place, file?: string, value?: string, on?: boolean}} Change see macros/editor/change.py */

/**
 * @param {HTMLFormElement} form
 * @param {(change: Change, isNew: boolean) => void} changed `isNew` when the form itself becomes another
 */
export function startFields(form, changed) {
  const root = one(form, "[data-fields]");
  /** @type {{from: Place, op: string} | undefined} What the form was changed by, until it is drawn anew. */
  let rebuilt;

  root.addEventListener("input", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    const { op, place, file } = field.dataset;
    if (!op || !place) return;
    const on = field.type === "checkbox" ? { on: field.checked } : {};
    changed({ op, place: JSON.parse(place), file, value: field.value, ...on }, false);
  });
  onPress(root, (button) => {
    const { op, place } = button.dataset;
    if (!op || !place) return;
    /** @type {HTMLInputElement | null | undefined} */
    const name = button.parentElement?.querySelector("[data-new]");
    if (name && !name.value.trim()) return name.focus();
    rebuilt = { from: JSON.parse(place), op };
    changed({ op, place: rebuilt.from, value: name?.value ?? "" }, true);
  });

  /** The field at a place, or the closest one around it. @param {Place} place @returns {HTMLElement} */
  function near(place) {
    const [found] = all(root, `[data-place=${CSS.escape(written(place))}]`);
    return found ?? (place.length ? near(place.slice(0, -1)) : root);
  }

  /** Put the reader where the form has become another: into what is new, or where something was. */
  function focusNew() {
    if (!rebuilt) return;
    const { from, op } = rebuilt;
    rebuilt = undefined;
    const list = near(op === "add" ? from : from.slice(0, -1));
    const items = all(list, ":scope > .item, :scope > .one");
    const item = op === "add" ? items.at(-1) : items[Math.min(Number(from.at(-1)), items.length - 1)];
    if (item instanceof HTMLDetailsElement && op === "add") item.open = true;
    const field = item?.querySelector(op === "add" ? "select, textarea, input" : "summary, textarea");
    const target = /** @type {HTMLElement | null} */ (field ?? list.querySelector(":scope > .add button"));
    target?.focus();
  }

  return {
    /** Draw the form. @param {string} html @param {boolean} isSame whether it is that of the same file */
    show(html, isSame) {
      const open = isSame ? all(root, "details[open]").map((item) => item.dataset.place) : [];
      root.innerHTML = html;
      for (const item of all(root, "details", HTMLDetailsElement)) item.open = open.includes(item.dataset.place);
      focusNew();
    },
    /** Say at each field what is wrong with it. @param {{place: Place | null, message: string}[]} problems */
    mark(problems) {
      for (const old of all(root, "[data-problem]")) old.remove();
      for (const field of all(root, "[aria-invalid]")) {
        field.removeAttribute("aria-invalid");
        describe(field, withoutProblems);
      }
      for (const [number, { place, message }] of problems.entries()) {
        const field = place ? near(place) : root;
        if (field === root) continue;
        const told = Object.assign(document.createElement("p"), { id: `problem-${number}`, className: "missing" });
        told.dataset.problem = "";
        told.textContent = message;
        const above = field.matches("fieldset, details") ? field.firstElementChild : (field.closest("table") ?? field);
        above?.after(told);
        if (field.matches("details")) continue;
        field.setAttribute("aria-invalid", "true");
        describe(field, (ids) => [...withoutProblems(ids), told.id]);
      }
    },
    /** Put the reader into the field at a place; false when the form has none. @param {Place} place */
    goTo(place) {
      const field = near(place);
      if (field === root) return false;
      for (const folded of all(root, "details", HTMLDetailsElement)) folded.open ||= folded.contains(field);
      const fillable = "input, select, textarea";
      (field.matches(fillable) ? field : all(field, `${fillable}, summary`)[0])?.focus();
      field.scrollIntoView({ block: field.matches("details") ? "start" : "center" });
      return true;
    },
  };
}

/** A place as Python writes it. @param {Place} place */
function written(place) {
  return `[${place.map((step) => JSON.stringify(step)).join(", ")}]`;
}

/** What else a field is described by. @param {string[]} ids */
function withoutProblems(ids) {
  return ids.filter((id) => !id.startsWith("problem-"));
}

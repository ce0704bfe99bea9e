/** The open file as a form: what is changed in it, and what is wrong where. The form's HTML is made by Python. */
import { all, one } from "../../../quiz/browser/form.mjs";

/** @typedef {(string | number)[]} Place keys and positions from the top of the file */
/** @typedef {{op: string, place: Place, file?: string, value?: string, on?: boolean}} Change see macros/editor/change.py */

/**
 * @param {HTMLFormElement} form
 * @param {(change: Change, isNew: boolean) => void} changed called for each change; `isNew` when the form itself
 *   becomes another
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
  root.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    const { op, place } = button?.dataset ?? {};
    if (!button || !op || !place) return;
    const name = button.parentElement?.querySelector("[data-new]");
    if (name instanceof HTMLInputElement && !name.value.trim()) return name.focus();
    rebuilt = { from: JSON.parse(place), op };
    const value = name instanceof HTMLInputElement ? name.value : "";
    changed({ op, place: rebuilt.from, value }, true);
  });

  /** @param {Place} place */
  function at(place) {
    return /** @type {HTMLElement | null} */ (root.querySelector(`[data-place=${CSS.escape(written(place))}]`));
  }

  /** The field at a place, or the closest one around it. @param {Place} place */
  function near(place) {
    for (let end = place.length; end >= 0; end--) {
      const found = at(place.slice(0, end));
      if (found) return found;
    }
    return root;
  }

  /** @param {Element} element */
  function reveal(element) {
    for (let up = element.closest("details"); up; up = up.parentElement?.closest("details") ?? null) up.open = true;
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
    const target = field ?? list.querySelector(":scope > .add button");
    if (target instanceof HTMLElement) target.focus();
  }

  return {
    /** Draw the form. @param {string} html @param {boolean} isSame whether it is that of the same file */
    show(html, isSame) {
      const open = isSame ? all(root, "details[open]").map((item) => item.dataset.place) : [];
      root.innerHTML = html;
      for (const item of /** @type {HTMLDetailsElement[]} */ (all(root, "details"))) {
        item.open = open.includes(item.dataset.place);
      }
      focusNew();
    },
    /** Say at each field what is wrong with it. @param {{place: Place | null, message: string}[]} problems */
    mark(problems) {
      for (const old of all(root, "[data-problem]")) old.remove();
      for (const field of all(root, "[aria-invalid]")) {
        field.removeAttribute("aria-invalid");
        describe(field, "");
      }
      problems.forEach(({ place, message }, number) => {
        const field = place && near(place);
        if (!field || field === root) return;
        const told = document.createElement("p");
        told.id = `problem-${number}`;
        told.className = "missing";
        told.dataset.problem = "";
        told.textContent = message;
        const inside = field.matches("fieldset, details");
        if (inside) field.firstElementChild?.after(told);
        else (field.closest("table") ?? field).after(told);
        if (!field.matches("details")) {
          field.setAttribute("aria-invalid", "true");
          describe(field, told.id);
        }
      });
    },
    /** Put the reader into the field at a place; false when the form has none. @param {Place} place */
    goTo(place) {
      const field = near(place);
      if (field === root) return false;
      reveal(field);
      const target = field.matches("input, select, textarea")
        ? field
        : field.querySelector("input, select, textarea, summary");
      if (target instanceof HTMLElement) target.focus();
      field.scrollIntoView({ block: field.matches("details") ? "start" : "center" });
      return true;
    },
  };
}

/** A place as Python writes it. @param {Place} place */
function written(place) {
  return `[${place.map((step) => JSON.stringify(step)).join(", ")}]`;
}

/** Have a field described by its problem too; none when `id` is empty. @param {Element} field @param {string} id */
function describe(field, id) {
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const ids = [...others.filter((other) => other && !other.startsWith("problem-")), id].filter(Boolean);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

/** The forms for a new role, a new competence and a part's own support texts. */
import { all, one, say } from "../../../quiz/browser/form.mjs";

/**
 * @param {HTMLFormElement} form
 * @param {(what: string, given: Record<string, string>) => Promise<string>} add adds it, or returns why it did not
 */
export function startAdding(form, add) {
  for (const place of all(form, "[data-add]")) {
    const refused = one(place, "[data-refused]");
    const fields = /** @type {HTMLInputElement[]} */ (all(place, "[data-given]"));
    const [first] = fields;

    one(place, "button").addEventListener("click", () => void take());
    first.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void take();
    });

    async function take() {
      const given = Object.fromEntries(fields.map(({ dataset, value }) => [dataset.given, value.trim()]));
      const why = first.value.trim() ? await add(place.dataset.add ?? "", given) : refused.dataset.empty;
      refused.textContent = why ?? "";
      refused.hidden = !why;
      if (why) {
        say(why);
        first.focus();
      } else {
        first.value = "";
        place.closest("details")?.removeAttribute("open");
      }
    }
  }
}

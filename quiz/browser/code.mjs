/** The reader's own code of levels: made by Python to be taken along, and read by Python into the form. */
import { fill } from "./fill.mjs";
import { complain, one, onReply, put } from "./form.mjs";

/** @import { CodeReply } from "./protocol.d.ts" */

/** @param {HTMLFormElement} form */
export function startCode(form) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("take"));
  const shown = one(dialog, "[data-fill=code]");
  const copied = one(dialog, "[data-code-copied]");
  const typed = /** @type {HTMLInputElement} */ (one(form, "[name=code]"));
  const wrong = one(form, "[data-code-wrong]");
  let code = "";

  onReply(form, (latest) => {
    code = latest.code;
  });
  form.addEventListener("cleared", () => {
    code = "";
    shown.replaceChildren();
    delete form.dataset.earlier;
    complain(wrong, "");
    if (dialog.open) dialog.close();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    if ("take" in button.dataset) show();
    else if (button.dataset.code) form.dispatchEvent(new CustomEvent("code", { detail: button.dataset.code }));
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.dispatchEvent(new CustomEvent("code", { detail: "on" }));
  });
  form.addEventListener("code-read", (event) =>
    take(/** @type {CustomEvent<CodeReply & {how: string}>} */ (event).detail),
  );
  one(dialog, "[data-copy-code]").addEventListener("click", () => void copy());

  function show() {
    copied.textContent = "";
    fill("code", code, shown);
    dialog.showModal();
  }

  async function copy() {
    const selection = getSelection();
    selection?.selectAllChildren(shown);
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      if (!document.execCommand("copy")) return; // it is selected
    }
    copied.textContent = copied.dataset.done ?? "";
  }

  /** Put what the code says into the form, or keep it to compare with. @param {CodeReply & {how: string}} read */
  function take({ message, said, how }) {
    wrong.textContent = message;
    complain(wrong, message);
    if (!said) return typed.focus();
    if (how === "earlier") form.dataset.earlier = typed.value;
    put(form, how === "earlier" ? { ...said, answers: {}, motivation: {} } : said);
    typed.value = "";
    form.dispatchEvent(new Event("input"));
    form.dispatchEvent(new CustomEvent("go", { detail: "scope" }));
  }
}

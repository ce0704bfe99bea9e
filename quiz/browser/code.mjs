/** The reader's own code of levels: made by Python to be taken along, and read by Python into the form. */
import { fill } from "./fill.mjs";
import { complain, one, onReply, put, sentence } from "./form.mjs";

/** @import { CodeReply } from "./protocol.d.ts" */
/** @typedef {CodeReply & {code: string, how: string}} Read */

/** @param {HTMLFormElement} form */
export function startCode(form) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("take"));
  const shown = one(dialog, "[data-fill=code]");
  const copied = one(dialog, "[data-code-copied]");
  const typed = /** @type {HTMLInputElement} */ (one(form, "[name=code]"));
  const wrong = one(form, "[data-code-wrong]");
  /** @type {string | undefined} */
  let code; // empty while nothing is answered

  onReply(form, (latest) => {
    code = latest.code;
    show();
  });
  form.addEventListener("cleared", () => {
    code = undefined;
    shown.replaceChildren();
    delete form.dataset.earlier;
    complain(wrong, "");
    if (dialog.open) dialog.close();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    if ("take" in button.dataset) {
      copied.textContent = "";
      show();
      dialog.showModal();
    } else if (button.dataset.code) read(button.dataset.code);
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    read("on");
  });
  form.addEventListener("code-read", (event) => take(/** @type {CustomEvent<Read>} */ (event).detail));
  one(dialog, "[data-copy-code]").addEventListener("click", () => void copy());

  /** Show the code in the dialog, or why there is none. */
  function show() {
    fill("code", code ?? "", shown);
    one(dialog, "[data-with-code]").hidden = one(dialog, "[data-copy-code]").hidden = !code;
    one(dialog, "[data-no-code]").textContent = code ? "" : sentence(code === "" ? "no-code" : "code-later");
  }

  /** Have Python read what is typed. @param {string} how what the reader wants with it */
  function read(how) {
    if (one(form, "[data-engine]").dataset.engine === "starting") {
      wrong.textContent = sentence("code-waits");
      complain(wrong, sentence("code-waits"));
    }
    form.dispatchEvent(new CustomEvent("code", { detail: { code: typed.value, how } }));
  }

  async function copy() {
    const selection = getSelection();
    selection?.selectAllChildren(shown);
    try {
      await navigator.clipboard.writeText(code ?? "");
    } catch {
      if (!document.execCommand("copy")) return; // it is selected
    }
    copied.textContent = copied.dataset.done ?? "";
  }

  /** Put what a code says into the form, or keep it to compare with. @param {Read} read */
  function take({ message, said, code: read, how }) {
    complain(wrong, "");
    wrong.textContent = message;
    complain(wrong, message);
    if (!said) return typed.focus();
    if (how === "earlier") form.dataset.earlier = read;
    put(form, how === "earlier" ? { ...said, answers: {}, motivation: {} } : said);
    typed.value = "";
    form.dispatchEvent(new Event("input"));
    form.dispatchEvent(new CustomEvent("go", { detail: "scope" }));
  }
}

/** The reader's own code of levels: made by Python to be taken along, and read by Python into the form. */
import { fill } from "./fill.mjs";
import { complain, copy, one, onPress, onReply, put, sentence } from "./form.mjs";

/** @import { Typed } from "./answers.mjs" */
/** @import { CodeReply } from "./protocol.d.ts" */

/** @param {HTMLFormElement} form */
export function startCode(form) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("take"));
  const shown = one(dialog, "[data-fill=code]");
  const copied = one(dialog, "[data-code-copied]");
  const typed = one(form, "[name=code]", HTMLInputElement);
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
  onPress(form, ({ dataset }) => {
    if ("take" in dataset) {
      copied.textContent = "";
      show();
      dialog.showModal();
    } else if (dataset.code) read(dataset.code);
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    read("on");
  });
  form.addEventListener("code-read", (event) => take(/** @type {CustomEvent<CodeReply & Typed>} */ (event).detail));
  one(dialog, "[data-copy-code]").addEventListener("click", async () => {
    getSelection()?.selectAllChildren(shown); // also when it is copied, to be seen
    if (await copy(code ?? "", () => {})) copied.textContent = copied.dataset.done ?? "";
  });

  /** Show the code in the dialog, or why there is none. */
  function show() {
    fill("code", code ?? "", shown);
    one(dialog, "[data-with-code]").hidden = one(dialog, "[data-copy-code]").hidden = !code;
    one(dialog, "[data-no-code]").textContent = code ? "" : sentence(code === "" ? "no-code" : "code-later");
  }

  /** Have Python read what is typed. @param {string} how */
  function read(how) {
    if (one(form, "[data-engine]").dataset.engine === "starting") {
      wrong.textContent = sentence("code-waits");
      complain(wrong, sentence("code-waits"));
    }
    form.dispatchEvent(new CustomEvent("code", { detail: { code: typed.value, how } }));
  }

  /** Put what a code says into the form, or keep it to compare with. @param {CodeReply & Typed} read */
  function take({ message, said, code: read, how }) {
    complain(wrong, "");
    wrong.textContent = message;
    complain(wrong, message);
    if (!said) return typed.focus();
    if (how === "earlier") form.dataset.earlier = read;
    put(form, how === "earlier" ? { ...said, answers: {}, motivation: {} } : said);
    typed.value = "";
    form.dispatchEvent(new Event("input"));
    form.dispatchEvent(new Event("code-taken"));
  }
}

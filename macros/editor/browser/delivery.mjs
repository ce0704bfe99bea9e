/** Handing over the proposal: as files to download, and a text for the mail to copy. */
import { all, one, say, sentence } from "../../../quiz/browser/form.mjs";

const NAMES = { zip: "forslag.zip", patch: "andring.patch" };

/**
 * @param {HTMLFormElement} form
 * @param {(kind: string) => Promise<any>} ask asks Python
 */
export function startDelivery(form, ask) {
  const letter = /** @type {HTMLTextAreaElement} */ (one(form, "#letter"));
  const copied = one(form, "[data-copied]");
  for (const button of all(form, "[data-download]")) {
    button.addEventListener("click", () => void download(button.dataset.download === "zip" ? "zip" : "patch"));
  }
  one(form, "[data-copy]").addEventListener("click", (event) => void copy(/** @type {HTMLElement} */ (event.target)));

  /** @param {"zip" | "patch"} kind */
  async function download(kind) {
    const reply = await ask("handover");
    const content = kind === "zip" ? Uint8Array.from(atob(reply.zip), (letter) => letter.charCodeAt(0)) : reply.patch;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content]));
    link.download = NAMES[kind];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // not before the browser has read it
  }

  /** Plain http on a host name has no clipboard for pages; then the older way is tried. @param {HTMLElement} button */
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(letter.value);
    } catch {
      letter.select();
      if (!document.execCommand("copy")) return say(sentence("select"));
      button.focus();
    }
    copied.hidden = false;
    say(sentence("copied"));
  }

  return {
    /** @param {string} text @param {boolean} changed whether there is anything to hand over */
    tell(text, changed) {
      letter.value = text;
      copied.hidden = true;
      one(form, "[data-changed]").hidden = !changed;
    },
  };
}

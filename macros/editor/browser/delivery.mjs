/** Handing over the proposal: as files to download, and a text for the mail to copy. */
import { copy, one, onPress, say, sentence } from "../../../quiz/browser/form.mjs";

/** @param {HTMLFormElement} form @param {() => Promise<any>} handOver asks Python for the files */
export function startDelivery(form, handOver) {
  const letter = one(form, "#letter", HTMLTextAreaElement);
  const copied = one(form, "[data-copied]");
  onPress(form, async (button) => {
    const { download } = button.dataset;
    if (download) {
      const { zip, patch } = await handOver();
      if (download === "zip")
        save(
          "forslag.zip",
          Uint8Array.from(atob(zip), (byte) => byte.charCodeAt(0)),
        );
      else save("andring.patch", patch);
    } else if ("copy" in button.dataset) {
      const done = await copy(letter.value, () => letter.select(), button);
      if (done) copied.hidden = false;
      say(sentence(done ? "copied" : "select"));
    }
  });

  /** @param {string} name @param {BlobPart} content */
  function save(name, content) {
    const href = URL.createObjectURL(new Blob([content]));
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000); // not before the browser has read it
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

/** The reader's own sheet: what is ticked, as it prints; printing and copying it. */
import { fill } from "./fill.mjs";
import { all, one, onReply, say, sentence } from "./form.mjs";

/** @import { Sheet } from "./protocol.d.ts" */

/** The sizes of the sheet's text, in tenths of a point, largest first: the largest that fits one page is taken. */
const SIZES = ["100", "92", "85", "78", "72"];
/** The part of an A4 page inside of its margins: height for width. */
const PAGE = (297 - 2 * 15) / (210 - 2 * 15);

/** @param {HTMLFormElement} form */
export function startSheet(form) {
  const ticks = one(form, "[data-fill=ticks]");
  const paper = one(form, "[data-fill=sheet]");
  const tooLong = one(form, "[data-too-long]");
  const nothing = one(form, "[data-nothing]");
  const copied = one(form, "[data-copied]");
  const byHand = one(form, "[data-by-hand]");
  const asText = /** @type {HTMLTextAreaElement} */ (one(byHand, "textarea"));
  /** @type {Sheet | undefined} of the last reply */
  let sheet;
  let offered = "";

  onReply(form, (reply) => {
    sheet = reply.sheet;
    show();
  });
  form.addEventListener("view", show);
  form.addEventListener("cleared", () => {
    sheet = undefined;
    offered = "";
    nothing.hidden = true;
    forget();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button && "tickAll" in button.dataset) tickAll(button);
  });
  one(form, "[data-print]").addEventListener("click", () => {
    if (!refused()) window.print();
  });
  one(form, "[data-copy]").addEventListener("click", () => void copy());

  function show() {
    forget();
    if (!sheet || form.dataset.view !== "sheet") return;
    // Texts of the reader's own have their box beside them, in the page from the start.
    const groups = sheet.groups.filter((group) => !ticks.dataset.own?.split(" ").includes(group.id));
    const offer = JSON.stringify(groups, (key, value) => (key === "ticked" ? undefined : value));
    if (offer !== offered) fill("ticks", groups, ticks); // else the boxes stay, and what has focus keeps it
    offered = offer;
    for (const button of all(ticks, "[data-tick-all]")) {
      button.hidden = boxesOf(button).length < 2;
      one(button, "[data-tick]").hidden = boxesOf(button).every((box) => box.checked);
      one(button, "[data-untick]").hidden = !one(button, "[data-tick]").hidden;
    }
    if (sheet.document.sections.length) nothing.hidden = true;
    if (fill("sheet", sheet, paper)) fit();
  }

  /** Make the text as small as one page asks for, but not smaller than can be read; then say that it is too long. */
  function fit() {
    const measured = /** @type {HTMLElement} */ (paper.cloneNode(true));
    measured.classList.add("measured");
    paper.after(measured);
    // Laying out is what takes time, so as few sizes as possible are tried.
    let largest = 0;
    let end = SIZES.length;
    while (largest < end) {
      const middle = (largest + end) >> 1;
      measured.dataset.size = SIZES[middle];
      if (measured.scrollHeight <= measured.clientWidth * PAGE) end = middle;
      else largest = middle + 1;
    }
    measured.remove();
    const fits = largest < SIZES.length;
    paper.dataset.size = SIZES[fits ? largest : SIZES.length - 1];
    if (!fits && tooLong.hidden) say(tooLong.textContent ?? "");
    tooLong.hidden = fits;
  }

  /** @param {Element} button */
  function tickAll(button) {
    const boxes = boxesOf(button);
    const every = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !every;
    form.dispatchEvent(new Event("input"));
  }

  /** @param {Element} button @returns {HTMLInputElement[]} */
  function boxesOf(button) {
    return /** @type {any} */ (all(/** @type {Element} */ (button.closest("fieldset")), "[name=tick]"));
  }

  /** Say that nothing is on the sheet, when so, and lead to what can be ticked. */
  function refused() {
    if (sheet && !sheet.empty) return false;
    nothing.textContent = sheet?.empty ?? "";
    nothing.hidden = !sheet;
    say(nothing.textContent ?? "");
    one(form, "[data-step=sheet] [name=tick]").focus();
    return true;
  }

  /** Copy the sheet as text. Plain http on a host name has no clipboard for pages; then the older way is tried. */
  async function copy() {
    forget();
    if (refused() || !sheet) return;
    const { text } = sheet;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      byHand.hidden = false;
      asText.value = text;
      asText.select();
      if (!document.execCommand("copy")) return say(sentence("select"));
      forget();
      one(form, "[data-copy]").focus();
    }
    copied.hidden = false;
    say(sentence("copied"));
  }

  function forget() {
    copied.hidden = byHand.hidden = true;
    asText.value = "";
  }
}

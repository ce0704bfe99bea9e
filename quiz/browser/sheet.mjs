/** The reader's own sheet: what the reader has chosen, as it prints; printing and copying it. */
import { fill } from "./fill.mjs";
import { all, copy, describe, one, onPress, onReply, say, sentence } from "./form.mjs";

const SIZES = ["100", "92", "85", "78", "72"]; // of the sheet's text, in tenths of a point
const PAGE = (297 - 2 * 15) / (210 - 2 * 15); // height for width of A4 inside of its margins, in millimetres

/** @import { State } from "./protocol.d.ts" */

/** @param {HTMLFormElement} form */
export function startSheet(form) {
  const ticks = one(form, "[data-fill=ticks]");
  const paper = one(form, "[data-fill=sheet]");
  const print = one(form, "[data-print]");
  const tooLong = one(form, "[data-too-long]");
  const nothing = one(form, "[data-nothing]");
  const copied = one(form, "[data-copied]");
  const byHand = one(form, "[data-by-hand]");
  const asText = one(byHand, "textarea", HTMLTextAreaElement);
  /** @type {State | undefined} */
  let reply;
  let offered = "";

  const canPrint = typeof window.print === "function";
  for (const button of [print, one(form, "[data-print-form]")]) button.hidden = !canPrint;
  one(form, "[data-no-print]").hidden = canPrint;

  onReply(form, (latest) => {
    reply = latest;
    show();
  });
  form.addEventListener("view", show);
  form.addEventListener("cleared", () => {
    reply = undefined;
    offered = "";
    nothing.hidden = true;
    forget();
  });
  onPress(form, (button) => {
    if ("tickAll" in button.dataset) tickAll(button);
    else if ("printForm" in button.dataset || ("print" in button.dataset && !refused())) window.print();
    else if ("copy" in button.dataset && !refused()) void take(button, reply?.sheet.text ?? "");
    else if ("copyLevels" in button.dataset) void take(button, reply?.entries.text ?? "");
  });

  function show() {
    forget();
    if (!reply || form.dataset.view !== "sheet") return;
    const { sheet, entries } = reply;
    // Until the reader decides on each box, they show what is on the sheet; then they stay, and what has focus keeps it.
    const offer = JSON.stringify(sheet.groups, (key, value) => (key === "ticked" ? undefined : value));
    if (offer !== offered || sheet.mode !== "own") fill("ticks", sheet.groups, ticks);
    offered = offer;
    ticks.hidden = sheet.mode !== "own";
    for (const button of all(ticks, "[data-tick-all]")) {
      const boxes = boxesOf(button);
      const isTicked = boxes.every((box) => box.checked);
      button.hidden = boxes.length < 2;
      one(button, "[data-tick]").hidden = isTicked;
      one(button, "[data-untick]").hidden = !isTicked;
    }
    if (sheet.document.sections.length) nothing.hidden = true;
    for (const place of all(form, "[data-fill=entries]")) fill("entries", entries, place);
    if (fill("sheet", sheet, paper)) fit();
  }

  /** Give the text the largest size that fits one page; when none does, the smallest, and say that it is too long. */
  function fit() {
    const measured = document.importNode(paper, true);
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
    describe(print, () => (fits ? [] : [tooLong.id]));
  }

  /** @param {Element} button */
  function tickAll(button) {
    const boxes = boxesOf(button);
    const every = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !every;
    form.dispatchEvent(new Event("input"));
  }

  /** @param {Element} button */
  function boxesOf(button) {
    return all(/** @type {Element} */ (button.closest("fieldset")), "[name=tick]", HTMLInputElement);
  }

  /** Say that nothing is on the sheet, when so, and lead to what can be chosen. */
  function refused() {
    if (reply && !reply.sheet.empty) return false;
    const why = reply?.sheet.empty ?? "";
    nothing.textContent = why;
    nothing.hidden = !reply;
    say(why);
    one(form, "[name=mode]:checked").focus();
    return true;
  }

  /** Copy a text. @param {HTMLElement} button @param {string} text */
  async function take(button, text) {
    forget();
    const select = () => {
      byHand.hidden = false;
      asText.value = text;
      asText.select();
    };
    const done = await copy(text, select, button);
    if (done) forget();
    copied.hidden = !done;
    say(sentence(done ? "copied" : "select"));
  }

  function forget() {
    copied.hidden = byHand.hidden = true;
    asText.value = "";
  }
}

/** The reader's own sheet: what the reader has chosen, as it prints; printing and copying it. */
import { fill } from "./fill.mjs";
import { all, one, onReply, say, sentence } from "./form.mjs";

/** The sizes of the sheet's text, in tenths of a point, largest first: the largest that fits one page is taken. */
const SIZES = ["100", "92", "85", "78", "72"];
/** The part of an A4 page inside of its margins: height for width. */
const PAGE = (297 - 2 * 15) / (210 - 2 * 15);

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
  const asText = /** @type {HTMLTextAreaElement} */ (one(byHand, "textarea"));
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
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    if ("tickAll" in button.dataset) tickAll(button);
    else if ("printForm" in button.dataset || ("print" in button.dataset && !refused())) window.print();
    else if ("copy" in button.dataset && !refused()) void copy(button, reply?.sheet.text ?? "");
    else if ("copyLevels" in button.dataset) void copy(button, reply?.entries.text ?? "");
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
      button.hidden = boxesOf(button).length < 2;
      one(button, "[data-tick]").hidden = boxesOf(button).every((box) => box.checked);
      one(button, "[data-untick]").hidden = !one(button, "[data-tick]").hidden;
    }
    if (sheet.document.sections.length) nothing.hidden = true;
    const place = form.querySelector("[data-fill=entries]");
    if (place instanceof HTMLElement) fill("entries", entries, place);
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
    if (fits) print.removeAttribute("aria-describedby");
    else print.setAttribute("aria-describedby", tooLong.id);
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

  /** Say that nothing is on the sheet, when so, and lead to what can be chosen. */
  function refused() {
    if (reply && !reply.sheet.empty) return false;
    nothing.textContent = reply?.sheet.empty ?? "";
    nothing.hidden = !reply;
    say(nothing.textContent ?? "");
    one(form, "[name=mode]:checked").focus();
    return true;
  }

  /**
   * Copy a text. Plain http on a host name has no clipboard for pages; then the older way is tried.
   * @param {HTMLElement} button @param {string} text
   */
  async function copy(button, text) {
    forget();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      byHand.hidden = false;
      asText.value = text;
      asText.select();
      if (!document.execCommand("copy")) return say(sentence("select"));
      forget();
      button.focus();
    }
    copied.hidden = false;
    say(sentence("copied"));
  }

  function forget() {
    copied.hidden = byHand.hidden = true;
    asText.value = "";
  }
}

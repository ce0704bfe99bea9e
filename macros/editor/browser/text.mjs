/** The open file's text, with the numbers of its lines beside it. */
import { one } from "../../../quiz/browser/form.mjs";

/**
 * @param {HTMLFormElement} form
 * @param {(value: string) => void} changed called with the whole text after each change by the reader
 */
export function startText(form, changed) {
  const field = one(form, "#text", HTMLTextAreaElement);
  const numbers = one(form, ".numbers");
  /** @type {Set<number>} */
  let wrong = new Set();
  let end = "\n"; // a field knows only this one

  field.addEventListener("input", () => {
    number();
    changed(field.value.replaceAll("\n", end));
  });
  field.addEventListener("scroll", follow);

  function number() {
    const lines = field.value.split("\n").map((_, at) => {
      const line = document.createElement(wrong.has(at + 1) ? "mark" : "span");
      line.textContent = `${at + 1}\n`;
      return line;
    });
    numbers.replaceChildren(...lines);
    follow();
  }

  function follow() {
    numbers.scrollTop = field.scrollTop;
  }

  return {
    /** @param {string} value */
    show(value) {
      end = value.includes("\r\n") ? "\r\n" : "\n";
      wrong = new Set();
      field.value = value;
      number();
    },
    /** Mark lines where something is wrong. @param {number[]} lines counted from 1 */
    mark(lines) {
      wrong = new Set(lines);
      number();
    },
    /** Put the cursor on a line. @param {number} line counted from 1 */
    goTo(line) {
      const rows = field.value.split("\n");
      const begin = rows.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(begin, begin + (rows[line - 1]?.length ?? 0));
      const height = Number.parseFloat(getComputedStyle(field).lineHeight);
      field.scrollTop = (line - 1) * height - field.clientHeight / 3;
    },
  };
}

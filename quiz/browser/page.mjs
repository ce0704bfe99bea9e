/**
 * The page *Självskattning*: starts its parts, each by itself, so that one that is broken does not stop the others.
 * They know of each other only through the form: its fields, and its events.
 */
// What the parts import in turn is named here too: a browser otherwise hears of it only when it has read them.
import "./client.mjs";
import "./fill.mjs";
import "./form.mjs";
import { startAnswers } from "./answers.mjs";
import { startCode } from "./code.mjs";
import { startGuard } from "./guard.mjs";
import { startQuestions } from "./question.mjs";
import { startSheet } from "./sheet.mjs";
import { startShow } from "./show.mjs";
import { startSteps } from "./steps.mjs";

const form = /** @type {HTMLFormElement} */ (document.getElementById("self-check"));
for (const part of [startGuard, startSteps, startQuestions, startShow, startSheet, startCode]) begin(part);
// Python starts when the page has been drawn: the first answer can be given before it is on its way.
requestAnimationFrame(() => setTimeout(() => begin(startAnswers)));

/** @param {(form: HTMLFormElement) => void} part */
function begin(part) {
  try {
    part(form);
  } catch (error) {
    console.error(part.name, error);
  }
}

/**
 * The page *Självskattning*: starts its parts, which know of each other only through the form's fields and events, so
 * that one that is broken does not stop the others.
 */
// What the parts import is named here too, so that the browser hears of it before it has read them.
import "./client.mjs";
import "./fill.mjs";
import { startAnswers } from "./answers.mjs";
import { startCode } from "./code.mjs";
import { one } from "./form.mjs";
import { startGuard } from "./guard.mjs";
import { startQuestions } from "./question.mjs";
import { startSheet } from "./sheet.mjs";
import { startShow } from "./show.mjs";
import { startSteps } from "./steps.mjs";

const form = one(document, "#self-check", HTMLFormElement);
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

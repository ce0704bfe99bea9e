// The search field in the header: searches as the reader types, and lists the results below.
// Dictation and pasting fire only `input`, so it is the only event that starts a search.

import { Search } from "./search.mjs";

const SITE = new URL("../../", import.meta.url); // this file is in assets/search-<hash>/
const MOST = 120; // letters of an answer's text that are read aloud; the screen shows one line of them
/** Where to go when nothing was found. */
const HELP = [
  { kind: "Sida", url: "roller/", title: "Roller", text: "Hitta din roll och vad som förväntas i den." },
  { kind: "Sida", url: "ramverket/", title: "Ramverket", text: "Alla områden och kompetenser." },
  { kind: "Sida", url: "stod/lara-mer/", title: "Lära mer", text: "Läraktiviteter för varje kompetens." },
];

/** @type {Promise<Search> | undefined} */
let search;

/** The search with its index; fetched once, and again if that failed. */
function ready() {
  search ??= fetch(new URL("index.json", import.meta.url)).then(async (response) => {
    if (!response.ok) throw new Error(`index.json: ${response.status}`);
    return new Search(await response.json());
  });
  search.catch(() => {
    search = undefined;
  });
  return search;
}

/** The beginning of a text, whole words only. @param {string} text */
function short(text) {
  return text.length > MOST ? `${text.slice(0, text.lastIndexOf(" ", MOST))} …` : text;
}

/** @param {import("./search.mjs").Answer} answer */
function item({ kind, url, title, text }) {
  const [row, link, first, second] = ["li", "a", "strong", "span"].map((tag) => document.createElement(tag));
  link.setAttribute("href", new URL(url, SITE).href);
  first.textContent = title;
  second.textContent = text.startsWith(kind) ? short(text) : `${kind}. ${short(text)}`;
  link.append(first, " ", second);
  row.append(link);
  return row;
}

/**
 * @param {HTMLElement} place The search in the header, with its field and its list.
 * @returns {() => Promise<void>} Searches for the field's text; rejects when the index cannot be fetched.
 */
export function start(place) {
  const field = /** @type {HTMLInputElement} */ (place.querySelector("input"));
  const status = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (place.querySelector("ol"));
  let answered = ""; // the question whose answers are shown
  let follow = false; // whether Enter was pressed before the results came: go to the first

  function close() {
    status.textContent = "";
    list.replaceChildren();
    answered = "";
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const stops = [field, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      stops[stops.indexOf(/** @type {HTMLInputElement} */ (event.target)) + step]?.focus();
    } else if (event.key === "Escape" && status.textContent) {
      field.focus();
      close(); // what is written stays
    } else if (event.key === "Enter" && event.target === field && !event.isComposing) {
      follow = true;
      if (answered === field.value.trim()) goToFirst();
    } else {
      return;
    }
    event.preventDefault();
  }

  function goToFirst() {
    if (list.dataset.found) list.querySelector("a")?.click();
    follow = false;
  }

  place.addEventListener("keydown", press);
  place.addEventListener("click", ({ target }) => {
    if (target === field && !answered) field.dispatchEvent(new Event("input", { bubbles: true }));
    else if (/** @type {Element} */ (target).closest("a")) close();
  });
  /** @param {EventTarget | null} target */
  const closeOutside = (target) => target && !place.contains(/** @type {Node} */ (target)) && close();
  place.addEventListener("focusout", ({ relatedTarget }) => closeOutside(relatedTarget));
  document.addEventListener("pointerup", ({ target }) => closeOutside(target));

  return async function answer() {
    const question = field.value.trim();
    follow = false;
    if (!question) return close();
    const index = await ready();
    if (question !== field.value.trim()) return; // a later question is under way
    const found = index.answers(question);
    const shown = found.length ? found : HELP.filter(({ url }) => index.entries.some((entry) => entry.url === url));
    list.replaceChildren(...shown.map(item));
    list.dataset.found = found.length ? "yes" : "";
    status.textContent = found.length ? `${found.length} svar` : "Inget svar. Prova ett annat ord, eller börja här:";
    answered = question;
    if (follow) goToFirst();
  };
}

// The slides of the page, one at a time over the whole window. The page is complete without this script. Nothing is
// stored; after its #, the address remembers which slide of which agenda is shown, and never an answer.

import { fit } from "./fit.js";
import { countHands, empty } from "./hands.js";
import { moveInOverview, openOverview } from "./overview.js";
import { actionOf, presses, show } from "./picture.js";

/** The only such element of the page. @param {string} selector */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

const deck = one("#deck");
const stage = one(".stage");
const slides = one(".slides");
const bar = one(".bar");
const place = one(".place");
const heard = one(".bar [role=status]");
const overview = one(".overview");
const blackness = one(".blackness");
const blocked = one(".blocked");
const start = one("#start");
/** @type {{agenda: HTMLSelectElement, example: HTMLSelectElement, colours: HTMLSelectElement, when?: HTMLInputElement}} */
const settings = /** @type {any} */ (one("#settings")).elements;

/** The choices that the address remembers, by their names there. */
const REMEMBERED = { minuter: settings.agenda, exempel: settings.example, farger: settings.colours };
/** What the leader's view may ask for. */
const LED = ["previous", "next", "first", "last", "black", "overview"];
const BAR_STAYS = 3000; // milliseconds
const SWIPE = 60; // pixels

/** Every slide in order, also those that the chosen agenda leaves out. */
let all = /** @type {HTMLElement[]} */ ([...slides.children]);
/** @type {HTMLElement[]} The slides of the chosen agenda. */
let sequence = [];
/** @type {HTMLElement | null} The slide that is shown, while the deck is running. */
let current = null;
let press = 0; // how many presses of the slide are shown
/** @type {HTMLElement} The agenda's slide that an extra slide was reached from. */
let back;
let began = 0; // when the deck was started, in milliseconds since 1970
let resumed = false; // whether it was running before a reload
/** @type {object | undefined} The clock of the leader's view, kept for when that window is reloaded. */
let clock;
/** @type {ReturnType<typeof setTimeout>} */
let hiding;

/** @type {Window | null} The leader's view. The messages are in speaker.js too. */
let script = null;
/** @param {object} message */
const say = (message) => script?.postMessage(message, location.origin);

/** Makes everything around the deck inert while it covers the page. @param {boolean} on */
function cover(on) {
  deck.classList.toggle("on", on);
  for (let node = deck; node.parentElement && node !== document.body; node = node.parentElement) {
    for (const other of node.parentElement.children) {
      if (other !== node && other instanceof HTMLElement) other.inert = on;
    }
  }
}

/** @param {HTMLElement | undefined} slide */
const nameOf = (slide) => slide?.dataset.slide;

/** The minutes of a slide in the chosen agenda, if it is in it. @param {HTMLElement} slide */
function minutesOf(slide) {
  const found = slide.dataset.minutes?.split(" ").map((part) => part.split(":"));
  return found?.find(([agenda]) => agenda === settings.agenda.value)?.[1];
}

/** Chooses the slides of the agenda, for the deck and for paper. */
function takeAgenda() {
  sequence = all.filter((slide) => !settings.agenda.value || minutesOf(slide) !== undefined);
  for (const slide of all) slide.classList.toggle("left-out", !sequence.includes(slide));
}

/** When in the meeting the time of a slide of the agenda begins, and how long it is, in minutes. @param {number} at */
function plan(at) {
  if (!settings.agenda.value || at === -1) return undefined;
  const minutes = sequence.map((slide) => Number(minutesOf(slide)));
  return { begins: minutes.slice(0, at).reduce((sum, one) => sum + one, 0), minutes: minutes[at] };
}

const ratio = () => slides.clientWidth / slides.clientHeight;

/** Tells the page and the leader's view which slide is shown. */
function tell() {
  if (!current) return;
  const at = sequence.indexOf(current);
  const number = at + 1;
  const shown = number ? `Bild ${number} av ${sequence.length}` : "Extrabild";
  place.textContent = blackness.hidden ? shown : "Bilden är svart";
  const title = blackness.hidden ? `: ${current.querySelector("h2")?.textContent}` : "";
  heard.textContent = `${place.textContent}${title}`;
  say({
    ...{ kind: "slide", began, resumed, clock, id: nameOf(current), next: nameOf(number ? sequence[number] : back) },
    ...{ at: number, place: place.textContent, agenda: settings.agenda.value, plan: plan(at) },
    ...{ left: presses(current) - press, ratio: ratio() },
  });
}

/** Shows a slide after so many presses. @param {HTMLElement} slide @param {number} pressed */
function go(slide, pressed) {
  for (const other of all) other.classList.toggle("present", other === slide);
  current = slide;
  press = pressed;
  show(slide, press);
  const chosen = Object.entries(REMEMBERED).map(([name, field]) => [name, field.value]);
  const shown = { bild: nameOf(slide) ?? "", tryck: String(press), ...Object.fromEntries(chosen) };
  history.replaceState(null, "", `#${new URLSearchParams(shown)}`);
  blocked.hidden = true;
  if (!bar.contains(document.activeElement)) focusSlide();
  tell();
}

/** Puts the focus where keys change slide; in a vote, where the first number goes. */
function focusSlide() {
  /** @type {HTMLElement | null | undefined} */
  const field = current?.querySelector(".phase:not([data-later]) .hand input");
  (field && !matchMedia("(pointer: coarse)").matches ? field : stage).focus();
}

/** Moves on or back. @param {1 | -1} by */
function turn(by) {
  if (!current) return;
  const at = sequence.indexOf(current);
  const pressed = press + by;
  if (pressed >= 0 && pressed <= presses(current)) go(current, pressed);
  else if (at === -1) go(back, 0);
  else if (sequence[at + by]) go(sequence[at + by], by > 0 ? 0 : presses(sequence[at + by]));
}

/** Shows a slide from the overview. @param {HTMLElement} slide */
function choose(slide) {
  overview.hidden = true;
  if (current && sequence.includes(current)) back = current;
  stage.focus();
  go(slide, slide === current ? press : 0);
}

function toggleOverview() {
  if (overview.hidden) {
    const extras = all.filter((slide) => !sequence.includes(slide));
    openOverview(overview, { Bilderna: sequence, Extrabilder: extras }, current, ratio(), choose);
  } else {
    overview.hidden = true;
    focusSlide();
  }
}

/** @param {boolean} black */
function blacken(black) {
  blackness.hidden = !black;
  tell();
}

/** Starts the deck, or goes on where it was before a reload. @param {URLSearchParams} [before] */
function run(before) {
  takeAgenda();
  back = sequence[0];
  resumed = before !== undefined;
  began = Date.now();
  clock = undefined;
  deck.classList.toggle("light", settings.colours.value === "light");
  answerWhen();
  cover(true);
  bar.hidden = false;
  stage.tabIndex = -1;
  slides.classList.add("projected");
  fit(all);
  const slide = all.find((other) => nameOf(other) === before?.get("bild")) ?? sequence[0];
  stage.focus();
  go(slide, Math.min(Number(before?.get("tryck")) || 0, presses(slide)));
  showBar();
}

function stop() {
  if (!current) return;
  current = null;
  say({ kind: "ended" });
  overview.hidden = blackness.hidden = bar.hidden = blocked.hidden = true;
  stage.removeAttribute("tabindex");
  slides.classList.remove("projected");
  for (const slide of all) {
    slide.classList.remove("present");
    slide.removeAttribute("style");
    for (const part of slide.querySelectorAll("[data-later], [data-current]")) {
      part.removeAttribute("data-later");
      part.removeAttribute("data-current");
    }
  }
  answerWhen("");
  emptyAll();
  cover(false);
  history.replaceState(null, "", location.pathname + location.search);
  if (document.fullscreenElement) document.exitFullscreen();
  start.focus();
}

/** Shows when the group has its talks instead of the dates of the first year. */
function answerWhen(answer = settings.when?.value.trim()) {
  for (const slide of all.filter(({ dataset }) => dataset.ours)) {
    slide.querySelector(".ours")?.remove();
    if (!answer) continue;
    const ours = Object.assign(document.createElement("div"), { className: "ours" });
    const question = Object.assign(document.createElement("h2"), { textContent: slide.dataset.ours });
    ours.append(question, Object.assign(document.createElement("p"), { textContent: answer }));
    slide.prepend(ours);
  }
}

/** Opens the leader's view in a window of its own, or brings the open one to the front. */
function openScript() {
  if (script && !script.closed) script.focus();
  else script = window.open(deck.dataset.speaker, "_blank", "popup,width=1100,height=760");
  blocked.hidden = script !== null;
  if (!current) blocked.scrollIntoView({ block: "center" });
}

/** Shows the bar for a while. */
function showBar() {
  clearTimeout(hiding);
  deck.classList.remove("calm-bar");
  hiding = setTimeout(() => deck.classList.add("calm-bar"), BAR_STAYS);
}

/** @type {Record<string, () => void>} */
const actions = {
  previous: () => turn(-1),
  next: () => turn(1),
  first: () => go(sequence[0], 0),
  last: () => go(sequence[sequence.length - 1], 0),
  overview: toggleOverview,
  show: () => {},
  black: () => blacken(true),
  speaker: openScript,
  fullscreen: () =>
    void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  stop,
};

/** Does what a key, a click or the leader's view asks; on a black screen, brings the slide back. @param {string} name */
function act(name) {
  if (!blackness.hidden && name !== "stop") blacken(false);
  else actions[name]();
}

/** Exchanges the slides that show the example competence. */
function exchange() {
  const template = /** @type {HTMLTemplateElement} */ (one(`template[data-example="${settings.example.value}"]`));
  for (const slide of template.content.children) {
    const copy = /** @type {HTMLElement} */ (slide.cloneNode(true));
    all = all.map((old) => (nameOf(old) === nameOf(copy) ? copy : old));
  }
  slides.replaceChildren(...all);
  takeAgenda();
}

/** Empties the hands of every slide. */
function emptyAll() {
  slides.querySelectorAll("form").forEach(empty);
}

/** Goes on with the deck that the address remembers from before a reload, if any. */
function resume() {
  const before = new URLSearchParams(location.hash.slice(1));
  takeAgenda();
  if (!before.has("bild")) return;
  for (const [name, field] of Object.entries(REMEMBERED)) {
    const value = before.get(name);
    if ([...field.options].some((option) => option.value === value)) field.value = String(value);
  }
  exchange();
  run(before);
}

bar.addEventListener("click", ({ target, detail }) => {
  const button = /** @type {Element} */ (target).closest("button");
  if (!button?.dataset.do) return;
  act(button.dataset.do);
  // After a click the keys change slide; who came by keyboard stays.
  if (current && overview.hidden && (detail || button.matches("[data-do=speaker], [data-do=fullscreen]"))) focusSlide();
});
countHands(deck);

document.addEventListener("keydown", (event) => {
  const action = actionOf(event);
  const isOpen = current && !overview.hidden;
  if (!action || (!current && action !== "show") || (isOpen && [" ", "Enter"].includes(event.key))) return;
  event.preventDefault();
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  if (!current) run();
  else if (!isOpen) act(action);
  else if (action === "show" && overview.contains(focused)) focused.click();
  else if (action === "show" || action === "overview") toggleOverview();
  else moveInOverview(overview, event.key);
});

let down = NaN; // where a finger came down
stage.addEventListener("pointerdown", ({ pointerType, clientX }) => {
  down = pointerType === "touch" ? clientX : NaN;
});
stage.addEventListener("pointerup", ({ clientX }) => {
  const moved = clientX - down;
  if (current && Math.abs(moved) > SWIPE) act(moved < 0 ? "next" : "previous");
});
stage.addEventListener("click", ({ target }) => {
  if (!current || /** @type {Element} */ (target).closest("a, button, form")) return;
  if (getSelection()?.isCollapsed ?? true) act("next");
});
blackness.addEventListener("click", () => blacken(false));
for (const kind of ["pointermove", "pointerdown", "focusin"]) deck.addEventListener(kind, showBar);

start.addEventListener("click", () => run());
one("#open-script").addEventListener("click", openScript);
settings.example.addEventListener("change", exchange);
settings.agenda.addEventListener("change", takeAgenda);
window.addEventListener("resize", () => {
  if (!current) return;
  fit(all);
  tell();
});
window.addEventListener("beforeprint", stop); // the page itself is the handout
window.addEventListener("pagehide", () => {
  emptyAll();
  if (current) say({ kind: "ended" });
});
window.addEventListener("message", ({ data, origin, source }) => {
  if (origin !== location.origin) return;
  // After a reload this page no longer knows the window that it opened; the window still knows this one.
  if (data.kind === "hello") {
    script = /** @type {Window} */ (source);
    tell();
  } else if (data.kind === "clock") clock = data.clock;
  else if (data.kind === "do" && current && LED.includes(data.what)) {
    if (!overview.hidden) toggleOverview();
    else act(data.what);
  }
});
resume();

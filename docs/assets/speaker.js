// The leader's view beside the slides: follows the deck that opened this window, and no other. Nothing is stored.

import { actionOf, picture } from "./picture.js";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const panel = part("speaker");
const list = /** @type {HTMLElement} */ (document.querySelector("ol.script"));
const pause = /** @type {HTMLElement} */ (panel.querySelector("[data-clock=pause]"));

/** @type {Window | null} The window with the deck. The messages are in deck.js too. */
const deck = window.opener;
let following = false; // whether a deck is running there, and tells of every slide
/** When the clock was last started, in milliseconds since 1970, what it had counted until then, whether it goes. */
let clock = { since: 0, counted: 0, going: false };

/** The deck's window while it shows this site; any other page must not be asked, and would be an error each time. */
function reachable() {
  try {
    return deck && !deck.closed && deck.location.origin === location.origin ? deck : null;
  } catch {
    return null;
  }
}
/** @param {object} message */
const say = (message) => reachable()?.postMessage(message, location.origin);

/** @param {number} seconds */
const asClock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;

const counted = () => clock.counted + (clock.going ? Date.now() - clock.since : 0);

function tick() {
  part("clock").textContent = asClock(counted() / 1000);
  pause.textContent = clock.going ? "Pausa klockan" : "Starta klockan";
}

/** Sets the clock, and lets the deck keep it. @param {typeof clock} to */
function setClock(to) {
  clock = to;
  say({ kind: "clock", clock });
  tick();
}

/** @param {string} what */
function press(what) {
  if (what === "zero") setClock({ since: Date.now(), counted: 0, going: clock.going });
  else setClock({ since: Date.now(), counted: counted(), going: !clock.going });
}

/** Shows a slide of the deck as a picture. @param {HTMLElement} place @param {string} id @param {number} ratio @param {number} [press] */
function showPicture(place, id, ratio, press) {
  const deckPage = reachable()?.document;
  /** @type {HTMLElement | null | undefined} */
  const slide = deckPage?.querySelector(`.slides > [data-slide="${id}"]`);
  if (!slide) return place.replaceChildren();
  const shown = picture(slide, ratio, press);
  shown.classList.toggle("light", deckPage?.querySelector(".deck.light") !== null);
  place.replaceChildren(shown);
}

/** @param {any} data */
function follow(data) {
  panel.hidden = false;
  document.body.classList.add("speaking");
  if (data.clock) clock = clock.since ? clock : data.clock;
  else setClock(data.resumed && clock.since ? clock : { since: data.began, counted: 0, going: true });
  following = true;
  tick();
  part("place").textContent = data.place;
  part("left").textContent = data.left ? `${data.left} tryck kvar på bilden` : "";
  const { begins, minutes } = data.plan ?? {};
  const lasts = minutes === 1 ? " och ta 1 minut" : minutes ? ` och ta ${minutes} minuter` : "";
  part("planned").textContent = data.plan ? `Bild ${data.at} ska börja ${asClock(begins * 60)}${lasts}.` : "";
  part("following").textContent = document.getElementById(`manus-${data.next}`)?.dataset.title ?? "Det var den sista.";
  showPicture(part("now"), data.id, data.ratio);
  showPicture(part("next"), data.next, data.ratio, 0);
  for (const item of list.children) item.toggleAttribute("data-current", item.id === `manus-${data.id}`);
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-agenda]"))) {
    line.hidden = data.agenda !== "" && line.dataset.agenda !== data.agenda;
  }
  panel.scrollIntoView();
}

// The last message of an unloaded page has no source.
window.addEventListener("message", ({ data, origin }) => {
  if (origin !== location.origin) return;
  if (data.kind === "slide") follow(data);
  else if (data.kind === "ended") {
    following = false;
    part("place").textContent = "Bildspelet är avslutat.";
    for (const id of ["left", "planned"]) part(id).textContent = "";
    part("following").textContent = "–";
  }
});
panel.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (button?.dataset.do) say({ kind: "do", what: button.dataset.do });
  if (button?.dataset.clock) press(button.dataset.clock);
});
document.addEventListener("keydown", (event) => {
  const action = actionOf(event);
  if (panel.hidden || !action) return;
  event.preventDefault();
  say({ kind: "do", what: action });
});
if (deck) {
  say({ kind: "hello" });
  setInterval(() => (following ? tick() : say({ kind: "hello" })), 1000);
}

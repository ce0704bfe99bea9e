// The leader's view beside the slides: follows the deck that opened this window, and no other. Nothing is stored.

import { actionOf, picture, show } from "./picture.js";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const panel = part("speaker");
const list = /** @type {HTMLElement} */ (document.querySelector("ol.script"));
const pause = /** @type {HTMLElement} */ (panel.querySelector("[data-clock=pause]"));

/** @type {Window | null} The window with the deck. The messages are in deck.js too. */
const deck = window.opener;
/** Whether a deck is running there, and tells us of every slide. */
let following = false;
/** The clock: when it was last started, in milliseconds since 1970, what it had counted until then, whether it goes. */
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

/** @param {string} id */
const slideOf = (id) =>
  /** @type {HTMLElement | null | undefined} */ (reachable()?.document.querySelector(`.slides > [data-slide="${id}"]`));

/** @param {number} seconds */
const asClock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;

function tick() {
  const counted = clock.counted + (clock.going ? Date.now() - clock.since : 0);
  part("clock").textContent = asClock(counted / 1000);
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
  const counted = clock.counted + (clock.going ? Date.now() - clock.since : 0);
  if (what === "zero") setClock({ since: Date.now(), counted: 0, going: clock.going });
  else setClock({ since: Date.now(), counted, going: !clock.going });
}

/** Shows a slide of the deck as a picture. @param {HTMLElement} place @param {string} id @param {any} data */
function showPicture(place, id, data) {
  const slide = id && slideOf(id);
  if (!slide) {
    place.replaceChildren();
    return;
  }
  const shown = picture(slide, data.ratio);
  shown.classList.toggle("light", deck?.document.querySelector(".deck.light") !== null);
  const copy = /** @type {HTMLElement} */ (shown.firstElementChild);
  if (place.id === "next") show(copy, 0);
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
  const minutes = data.plan?.minutes === 1 ? "1 minut" : `${data.plan?.minutes} minuter`;
  part("planned").textContent = data.plan
    ? `Bild ${data.at} ska börja ${asClock(data.plan.begins * 60)}${data.plan.minutes ? ` och ta ${minutes}` : ""}.`
    : "";
  part("following").textContent = document.getElementById(`manus-${data.next}`)?.dataset.title ?? "Det var den sista.";
  showPicture(part("now"), data.id, data);
  showPicture(part("next"), data.next, data);
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

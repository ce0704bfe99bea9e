// The script beside the slides: follows the deck that opened this window. Nothing is stored.

const panel = /** @type {HTMLElement} */ (document.getElementById("speaker"));
const place = /** @type {HTMLElement} */ (document.getElementById("place"));
const following = /** @type {HTMLElement} */ (document.getElementById("following"));
const clock = /** @type {HTMLElement} */ (document.getElementById("clock"));
const list = /** @type {HTMLElement} */ (document.querySelector("ol.script"));

/** @type {Window | null} The window with the deck. The messages are in deck.js too. */
const deck = window.opener;
/** @param {object} message */
const say = (message) => deck?.postMessage(message, location.origin);
/** When the deck was started, in milliseconds since 1970; 0 when none is running. */
let began = 0;

/** @param {string | undefined} id */
const scriptOf = (id) => document.getElementById(`manus-${id}`);

/** Shows the elapsed time while a deck is running; otherwise looks for a deck. */
function tick() {
  if (!began) {
    say({ kind: "hello" });
    return;
  }
  const seconds = Math.floor((Date.now() - began) / 1000);
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// Only the deck knows this window. The last message of an unloaded page has no source.
window.addEventListener("message", ({ data, origin }) => {
  if (origin !== location.origin) return;
  if (data.kind === "ended") {
    began = 0;
    place.textContent = "Bildspelet är avslutat.";
    following.textContent = "–";
  }
  if (data.kind !== "slide") return;
  panel.hidden = false;
  document.body.classList.add("speaking");
  began = data.began;
  tick();
  place.textContent = `Bild ${data.at} av ${data.of}`;
  following.textContent = scriptOf(data.next)?.dataset.title ?? "Det var den sista.";
  for (const item of list.children) item.toggleAttribute("data-current", item === scriptOf(data.id));
  panel.scrollIntoView();
});

/** @param {string} where */
const go = (where) => say({ kind: "go", where });

panel.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (button?.dataset.do) go(button.dataset.do);
});
document.addEventListener("keydown", (event) => {
  if (panel.hidden || /** @type {Element} */ (event.target).closest("input")) return;
  if (["ArrowRight", "PageDown"].includes(event.key)) go("next");
  if (["ArrowLeft", "PageUp"].includes(event.key)) go("previous");
});
if (deck) {
  tick();
  setInterval(tick, 1000);
}

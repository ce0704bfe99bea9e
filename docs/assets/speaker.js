// The script beside the slides: follows the deck in another window of the same browser. Nothing is stored.

const panel = /** @type {HTMLElement} */ (document.getElementById("speaker"));
const place = /** @type {HTMLElement} */ (document.getElementById("place"));
const following = /** @type {HTMLElement} */ (document.getElementById("following"));
const clock = /** @type {HTMLElement} */ (document.getElementById("clock"));
const list = /** @type {HTMLElement} */ (document.querySelector("ol.script"));

/** The names of the channel and its messages are also in deck.js. */
const channel = new BroadcastChannel("kompetenstrappan-bildspel");
/** When the deck was started, in milliseconds since 1970. */
let began = 0;
let ticking = 0;

/** @param {string | undefined} id */
const scriptOf = (id) => document.getElementById(`manus-${id}`);

function tick() {
  const seconds = Math.floor((Date.now() - began) / 1000);
  clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

channel.addEventListener("message", ({ data }) => {
  if (data.kind === "ended") {
    clearInterval(ticking);
    ticking = 0;
    place.textContent = "Bildspelet är avslutat.";
    following.textContent = "–";
  }
  if (data.kind !== "slide") return;
  panel.hidden = false;
  document.body.classList.add("speaking");
  began = data.began;
  tick();
  ticking ||= setInterval(tick, 1000);
  place.textContent = `Bild ${data.at} av ${data.of}`;
  following.textContent = scriptOf(data.next)?.dataset.title ?? "Det var den sista.";
  for (const item of list.children) item.toggleAttribute("data-current", item === scriptOf(data.id));
  panel.scrollIntoView();
});

/** @param {string} where */
const go = (where) => channel.postMessage({ kind: "go", where });

panel.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (button?.dataset.do) go(button.dataset.do);
});
document.addEventListener("keydown", (event) => {
  if (panel.hidden || /** @type {Element} */ (event.target).closest("input")) return;
  if (["ArrowRight", "PageDown"].includes(event.key)) go("next");
  if (["ArrowLeft", "PageUp"].includes(event.key)) go("previous");
});
channel.postMessage({ kind: "hello" });

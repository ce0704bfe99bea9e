// The slides of the page, one at a time. The page is complete without this script; reveal.js (from the site
// itself) does scaling, keys, touch and overview. Nothing is stored, and the address never changes.

const deck = /** @type {HTMLElement} */ (document.getElementById("deck"));
const stage = /** @type {HTMLElement} */ (deck.querySelector(".stage"));
const slides = /** @type {HTMLElement} */ (deck.querySelector(".slides"));
const bar = /** @type {HTMLElement} */ (deck.querySelector(".bar"));
const next = /** @type {HTMLButtonElement} */ (bar.querySelector("[data-do=next]"));
const place = /** @type {HTMLElement} */ (deck.querySelector(".place"));
const heard = /** @type {HTMLElement} */ (bar.querySelector("[role=status]"));
const blocked = /** @type {HTMLElement} */ (deck.querySelector(".blocked"));
const agenda = /** @type {HTMLSelectElement} */ (document.getElementById("agenda"));
const example = /** @type {HTMLSelectElement} */ (document.getElementById("example"));
const start = /** @type {HTMLButtonElement} */ (document.getElementById("start"));

/** @type {Window | null} The window with the script, which this deck opened. The messages are in speaker.js too. */
let script = null;
/** @param {object} message */
const say = (message) => script?.postMessage(message, location.origin);

/** No character keys, so that dictation and typing errors never change the slide. */
const KEYS = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  " ",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Escape",
  "Enter",
];
/** Keys that also work from within a field. */
const LEAVING = ["PageUp", "PageDown", "Escape"];
/** With at least this many answers nobody can be identified. */
const FEWEST = 5;

/** @type {any} The running reveal.js; it has no types that fit its module. */
let reveal = null;
/** When the deck was started, in milliseconds since 1970. */
let began = 0;
/** @type {HTMLElement[]} Every slide in order, also those that the chosen agenda leaves out. */
let all = /** @type {HTMLElement[]} */ ([...slides.children]);

/** Space and Enter belong to the button that has focus. @param {EventTarget | null} target */
const isControl = (target) => target instanceof Element && target.closest("button, a") !== null;

/** Makes everything around the deck inert while it covers the page. @param {boolean} on */
function cover(on) {
  deck.classList.toggle("on", on);
  for (let node = deck; node !== document.body; node = /** @type {HTMLElement} */ (node.parentElement)) {
    for (const other of /** @type {HTMLElement} */ (node.parentElement).children) {
      if (other !== node && other instanceof HTMLElement) other.inert = on;
    }
  }
}

/** The size that slides are drawn in before they are scaled: wide, or as upright as the window. */
function size() {
  const upright = stage.clientWidth < stage.clientHeight * 0.9;
  stage.classList.toggle("upright", upright);
  return upright
    ? { width: 420, height: Math.round((420 * stage.clientHeight) / stage.clientWidth) }
    : { width: 1280, height: 720 };
}

/** Whether everything on a slide is in view and no word sticks out of its box. @param {HTMLElement} slide */
function fits(slide) {
  const parts = [slide, ...slide.querySelectorAll(".body"), ...slide.querySelectorAll("h2, h3, p, dd, li")];
  return (
    parts.every((part) => part.scrollWidth <= part.clientWidth) &&
    parts.slice(0, 2).every((part) => part.scrollHeight <= part.clientHeight)
  );
}

/** Makes the text of each slide as large as it can be with everything in view. */
function fit() {
  for (const slide of slides.children) {
    if (!(slide instanceof HTMLElement)) continue;
    const { hidden } = slide;
    const { display } = slide.style;
    slide.hidden = false; // what is hidden has no size, whatever its display
    slide.style.display = "flex";
    for (let factor = 1.3; factor > 0.4; factor -= 0.05) {
      slide.style.setProperty("--fit", factor.toFixed(2));
      if (fits(slide)) break;
    }
    slide.style.display = display;
    slide.hidden = hidden;
  }
}

function tell() {
  if (!reveal) return;
  const shown = reveal.getSlides();
  const at = reveal.getIndices().h;
  place.textContent = `Bild ${at + 1} av ${shown.length}`;
  heard.textContent = `${place.textContent}: ${shown[at].querySelector("h2")?.textContent}`;
  blocked.hidden = true;
  say({
    kind: "slide",
    began,
    at: at + 1,
    of: shown.length,
    id: shown[at].dataset.slide,
    next: shown[at + 1]?.dataset.slide,
  });
}

async function run() {
  start.disabled = true;
  slides.replaceChildren(
    ...all.filter((slide) => !agenda.value || slide.dataset.agendas?.split(" ").includes(agenda.value)),
  );
  cover(true);
  bar.hidden = false;
  stage.classList.add("reveal");
  // reveal.js reads its settings from the address too; some of them would make it store.
  if (location.search) history.replaceState(null, "", location.pathname);
  const { default: Reveal } = await import(/** @type {string} */ (deck.dataset.library));
  reveal = new Reveal(stage, {
    ...size(),
    embedded: true,
    display: "flex",
    margin: 0,
    minScale: 0.1,
    maxScale: 4,
    center: false,
    controls: false,
    progress: false,
    transition: "none", // reveal.js puts this word as a class on the stage: no rule of the site may hide .none
    keyboardCondition: (/** @type {KeyboardEvent} */ event) =>
      KEYS.includes(event.key) && !([" ", "Enter"].includes(event.key) && isControl(event.target)),
    hash: false,
    history: false,
    respondToHashChanges: false,
    jumpToSlide: false,
    help: false,
    pause: false,
    autoAnimate: false,
    postMessage: false,
    focusBodyOnPageVisibilityChange: false,
    hideInactiveCursor: false,
    view: null,
    scrollActivationWidth: null, // its scroll view stores where it was
  });
  reveal.on("slidechanged", tell);
  reveal.on("overviewshown", () => stage.focus()); // so that Enter opens a slide and presses no button
  reveal.on("overviewhidden", () => next.focus());
  began = Date.now();
  await reveal.initialize();
  stage.tabIndex = -1;
  stage.removeAttribute("role"); // "application" would keep screen readers from reading the slides
  stage.querySelector(".aria-status")?.remove(); // it would say the whole slide again
  fit();
  tell();
  start.disabled = false;
  next.focus();
}

function stop() {
  if (!reveal) return;
  reveal.destroy();
  reveal = null;
  say({ kind: "ended" });
  stage.classList.remove("reveal", "upright");
  stage.removeAttribute("tabindex");
  slides.removeAttribute("class");
  slides.classList.add("slides");
  for (const slide of all) {
    slide.className = "slide";
    slide.removeAttribute("style");
  }
  slides.replaceChildren(...all);
  emptyAll();
  bar.hidden = true;
  cover(false);
  if (document.fullscreenElement) document.exitFullscreen();
  start.focus();
}

/** Opens the script in a window of its own, or brings the one that is open to the front. */
function openScript() {
  if (script && !script.closed) script.focus();
  else script = window.open(deck.dataset.speaker, "_blank", "popup,width=720,height=800");
  blocked.hidden = script !== null;
}

/** @type {Record<string, () => void>} */
const actions = {
  previous: () => reveal?.prev(),
  next: () => reveal?.next(),
  overview: () => reveal?.toggleOverview(),
  speaker: openScript,
  fullscreen: () =>
    void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  stop,
};

/** Exchanges the slides that show the example competence; all of them were rendered when the site was built. */
function choose() {
  const template = /** @type {HTMLTemplateElement} */ (
    document.querySelector(`template[data-example="${example.value}"]`)
  );
  for (const slide of template.content.children) {
    const copy = /** @type {HTMLElement} */ (slide.cloneNode(true));
    all = all.map((old) => (old.dataset.slide === copy.dataset.slide ? copy : old));
  }
  slides.replaceChildren(...all);
}

/** Shows how the hands are spread, but under FEWEST answers only how many there are. @param {HTMLElement} form */
function count(form) {
  const rows = [...form.querySelectorAll(".hand")].map((row) => {
    const field = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const whole = /^\d*$/.test(field.value);
    return {
      field,
      whole,
      bar: /** @type {HTMLElement} */ (row.querySelector("i")),
      hands: whole ? Number(field.value) : 0,
    };
  });
  const total = rows.reduce((sum, { hands }) => sum + hands, 0);
  const most = Math.max(...rows.map(({ hands }) => hands));
  const few = total < FEWEST;
  form.classList.toggle("few", few && total > 0);
  const wrong = rows.some(({ whole }) => !whole);
  const output = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  for (const { field, whole, bar, hands } of rows) {
    // A single hand among many stays visible.
    bar.style.width = few || wrong || !hands ? "0" : `max(0.25em, ${(100 * hands) / most}%)`;
    field.ariaInvalid = whole ? null : "true";
    if (whole) field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", output.id);
  }
  const answers = total === 1 ? "1 svar" : `${total} svar`;
  if (wrong) output.textContent = "Skriv ett helt tal, till exempel 7.";
  else if (!total) output.textContent = "Skriv hur många händer du räknar för varje nivå.";
  else if (few) output.textContent = `${answers}. Fördelningen visas när ni är minst ${FEWEST}.`;
  else output.textContent = `${answers}: ${rows.map(({ hands }, at) => `nivå ${at + 1}: ${hands}`).join(", ")}.`;
}

/** @param {HTMLFormElement} form */
function empty(form) {
  for (const field of form.querySelectorAll("input")) field.value = "";
  count(form);
}

/** Empties the hands of every slide, also of those that the chosen agenda leaves out. */
function emptyAll() {
  for (const slide of all) slide.querySelectorAll("form").forEach(empty);
}

/** @param {Event} event */
const handsOf = (event) =>
  /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (event.target).closest(".hands"));

bar.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (button?.dataset.do) actions[button.dataset.do]();
  if (button?.matches("[data-do=speaker], [data-do=fullscreen]")) next.focus(); // so that the keys change slide
});
deck.addEventListener("input", (event) => {
  const form = handsOf(event);
  if (form) count(form);
});
deck.addEventListener("submit", (event) => event.preventDefault());
deck.addEventListener("reset", (event) => {
  event.preventDefault();
  empty(/** @type {HTMLFormElement} */ (event.target));
});
// reveal.js ignores all keys while a field has focus; these are useless in a field.
deck.addEventListener("keydown", (event) => {
  if (reveal && event.target instanceof HTMLInputElement && LEAVING.includes(event.key)) event.target.blur();
});
start.addEventListener("click", run);
example.addEventListener("change", choose);
window.addEventListener("resize", () => {
  reveal?.configure(size());
  if (reveal) fit();
});
window.addEventListener("beforeprint", stop); // the page itself is the handout
window.addEventListener("pagehide", () => {
  emptyAll();
  if (reveal) say({ kind: "ended" });
});
window.addEventListener("message", ({ data, origin, source }) => {
  if (origin !== location.origin) return;
  // After a reload this page no longer knows the window that it opened; the window still knows this one.
  if (data.kind === "hello") {
    script = /** @type {Window} */ (source);
    tell();
  } else if (data.kind === "go" && ["previous", "next"].includes(data.where)) actions[data.where]();
});

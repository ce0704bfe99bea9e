// Counts a page's requests and stored items, so that a reader can see that there are none.
// On "Självskattning" it counts from the first answer, and the page "Så skyddas dina svar" in another tab shows it.
// Only the counts pass between the tabs; nothing of an answer, and nothing is stored.

const EVERY = 2000; // milliseconds
const NOT_COUNTED = "–";
const REFUSED = "webbläsaren tillåter ingen lagring";

const channel = new BroadcastChannel("counts");
const check = document.getElementById("self-check");
const place = document.getElementById("counts");

let since = Infinity; // the first answer, or on other pages their beginning
let heard = -Infinity;

/** How to count this tab's requests since counting began, and everything stored that it can see. */
const COUNTERS = {
  requests: () => performance.getEntriesByType("resource").filter((entry) => entry.startTime > since).length,
  cookies: () => document.cookie.split(";").filter((cookie) => cookie.trim()).length,
  local: () => localStorage.length,
  session: () => sessionStorage.length,
  databases: async () => (await indexedDB.databases()).length,
  // Plain http on a host name has neither of these.
  caches: async () => (window.caches ? (await caches.keys()).length : 0),
  workers: async () => (navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0),
};

/** What to show of each count; one failure does not affect the others. */
async function counts() {
  const shown = Object.entries(COUNTERS).map(async ([name, count]) => [name, await said(count)]);
  return Object.fromEntries(await Promise.all(shown));
}

/** @param {() => number | Promise<number>} count */
async function said(count) {
  try {
    return String(await count());
  } catch (error) {
    // A browser that blocks storage throws DOMExceptions of several names; a missing feature throws another error.
    return error instanceof DOMException ? REFUSED : NOT_COUNTED;
  }
}

/** @param {HTMLElement} shown @param {Record<string, string>} found @param {"check" | "self"} whose */
function show(shown, found, whose) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (shown.querySelectorAll("[data-when]"))) {
    element.hidden = element.dataset.when !== whose && element.dataset.when !== "counted";
  }
  for (const [name, said] of Object.entries(found)) {
    const cell = shown.querySelector(`[data-count="${name}"]`);
    if (cell) cell.textContent = said;
  }
}

if (check) {
  check.addEventListener("input", () => (since = performance.now()), { once: true });
  channel.onmessage = async ({ data }) => {
    if (data === "how many?") channel.postMessage(await counts());
  };
} else if (place) {
  since = performance.now();
  channel.onmessage = ({ data }) => {
    if (typeof data !== "object") return;
    heard = performance.now();
    show(place, data, "check");
  };
  const ask = async () => {
    channel.postMessage("how many?");
    if (performance.now() - heard > 2 * EVERY) show(place, await counts(), "self");
    setTimeout(ask, EVERY);
  };
  ask();
}

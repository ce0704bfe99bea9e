// Counts what a page has asked for and stored, so that a reader can see that it is nothing.
// On "Självskattning" it counts from the first answer and tells the page "Så skyddas dina svar" in another tab,
// which shows it. Only the counts pass between the tabs; nothing of an answer, and nothing is stored.

const EVERY = 2000; // milliseconds

const channel = new BroadcastChannel("counts");
const check = document.getElementById("self-check");
const place = document.getElementById("counts");

let since = Infinity; // the first answer, or on other pages their beginning
let heard = -Infinity;

/** What this tab has asked for since it began to count, and all that it can see stored. */
async function counts() {
  const requests = performance.getEntriesByType("resource").filter((entry) => entry.startTime > since);
  return {
    requests: requests.length,
    cookies: document.cookie.split(";").filter((cookie) => cookie.trim()).length,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    // Plain http on a host name has neither of these.
    caches: window.caches ? (await caches.keys()).length : 0,
    workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  };
}

/** @param {HTMLElement} shown @param {Record<string, number>} found @param {"check" | "self"} whose */
function show(shown, found, whose) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (shown.querySelectorAll("[data-when]"))) {
    element.hidden = element.dataset.when !== whose && element.dataset.when !== "counted";
  }
  for (const [name, number] of Object.entries(found)) {
    const cell = shown.querySelector(`[data-count="${name}"]`);
    if (cell) cell.textContent = String(number);
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

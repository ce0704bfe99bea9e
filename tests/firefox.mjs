/**
 * A reader in Firefox, for tests/test_privacy.py: fills in the self-check, leaves it in every way, and tells what was
 * left of it. Reads what to do as JSON from standard input, and writes what it found as JSON.
 */
/// <reference types="node" />
import { cpSync, readFileSync, statSync } from "node:fs";
import puppeteer from "puppeteer-core";

/** @type {Record<string, string>} */
const task = JSON.parse(readFileSync(0, "utf8"));
const { executable, profile, killed, address, client, mark, fill, filled, found, left, careless, kept } = task;
const check = `${address}sjalvskattning/`;

const launch = () =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: executable,
    userDataDir: profile,
    extraPrefsFirefox: {
      "browser.sessionstore.interval": 200, // how often it saves open pages, in milliseconds; otherwise 15 seconds
      "browser.sessionstore.interval.idle": 200,
      "browser.sessionstore.resume_from_crash": true,
      "browser.sessionstore.max_resumed_crashes": -1,
      "browser.sessionstore.restore_on_demand": false,
      "browser.startup.page": 3, // begin where one was
      "browser.spell-check.default": 0,
    },
  });

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Wait until an expression is true on the page.
 * @param {import("puppeteer-core").Page} page
 * @param {string} expression
 */
async function until(page, expression) {
  for (let tries = 0; !(await page.evaluate(expression).catch(() => false)); tries++) {
    if (tries > 300) throw new Error(`never true: ${expression}`);
    await pause(100);
  }
}

/** @param {import("puppeteer-core").Page} page */
async function fillIn(page) {
  await until(page, "document.querySelector('[data-engine]').dataset.engine !== 'starting'");
  await page.evaluate(`(${fill})(${JSON.stringify(mark)})`);
  await page.type("textarea[name=questions]", mark); // by keyboard, as a reader does
  await until(page, filled);
}

async function open() {
  const page = await browser.newPage();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(check);
  return page;
}

let browser = await launch();
let page = await open();
await until(page, "document.querySelector('[data-engine]').dataset.engine === 'ready'");
const taken = await page.evaluate(
  `import(${JSON.stringify(address + client)}).then(({ start }) => {
    const python = start();
    return python.ready.finally(() => python.stop());
  })`,
);
await fetch(`${address}first-answer`); // marks the place in the server's list of requests
await fillIn(page);
const stored = await page.evaluate(`(${found})()`);
await pause(1500);
await fetch(`${address}last-answer`);

await page.reload();
const reloaded = await page.evaluate(`(${left})()`);
await fillIn(page);
await page.evaluate("addEventListener('pageshow', (event) => (window.kept = event.persisted))");
await page.goto(address);
await page.evaluate("history.back()"); // a page that was kept does not load again, so there is no load to wait for
await until(page, `location.href === ${JSON.stringify(check)} && document.readyState === "complete"`);
await pause(500); // for what Firefox puts into the fields then
const back = { kept: await page.evaluate("window.kept ?? false"), left: await page.evaluate(`(${left})()`) };

page = await open();
await fillIn(page);
const other = await browser.newPage();
await other.goto(address);
await other.evaluate(careless);
await other.type("textarea", kept);
const typed = Date.now();
// Until Firefox has saved its open pages; the caller looks whether it has. It packs them, but leaves a new word whole.
const session = `${profile}/sessionstore-backups/recovery.jsonlz4`;
const saved = () => {
  try {
    if (readFileSync(session).includes(kept)) return statSync(session).mtimeMs;
  } catch {} // not there yet, or just being replaced
  return Date.now();
};
while (Date.now() - saved() < 1000 && Date.now() < typed + 20_000) await pause(100);
const firefox = browser.process();
const ended = new Promise((resolve) => firefox?.once("exit", resolve));
firefox?.kill("SIGKILL"); // as when the power goes: nothing on the page gets to run
await ended;
cpSync(profile, killed, { recursive: true });
browser = await launch();
/** @type {import("puppeteer-core").Page[]} */
let again = [];
for (let tries = 0; again.length < 2 && tries < 100; tries++) {
  await pause(100);
  again = (await browser.pages()).filter((open) => open.url() === check);
}
await pause(1000); // for what Firefox puts into the fields then
const reopened = await Promise.all(again.map((open) => open.evaluate(`(${left})()`)));
await browser.close();
console.log(JSON.stringify({ taken, stored, reloaded, back, reopened }));

/**
 * A reader in Firefox, for tests/test_reader.py: takes a code along, goes on from it, and compares with it. Takes the
 * path of Firefox and the address of the self-check as arguments, and writes what the page said as JSON.
 */
/// <reference types="node" />
import puppeteer from "puppeteer-core";

const [executablePath, address] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath });

/** Open the self-check anew, and wait until Python answers. */
async function open() {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForSelector("[data-engine=ready]");
  return page;
}

/** @param {import("puppeteer-core").Page} page @param {string} selector Of a button or box, pressed by keyboard. */
async function press(page, selector) {
  await page.waitForSelector(selector, { visible: true });
  await page.focus(selector);
  await page.keyboard.press(" ");
}

/** @param {import("puppeteer-core").Page} page @param {string} selector @returns Its text, once it has one. */
async function text(page, selector) {
  await page.waitForSelector(`${selector}:not(:empty)`, { visible: true });
  return page.$eval(selector, (element) => element.textContent?.trim());
}

/** @param {import("puppeteer-core").Page} page @param {string} code @param {string} how */
async function enter(page, code, how) {
  await press(page, ".take summary");
  await page.type("[name=code]", code);
  await press(page, `[data-code=${how}]`);
  await press(page, "[data-step=scope] [data-go=rate]");
}

const first = await open();
await press(first, "[name=role][value=bibliotekarie]");
await press(first, "[data-step=role] .actions [data-go=scope]");
await press(first, "[data-step=scope] [data-go=rate]");
await press(first, "[name='answer-1.1'][value='4']");
await press(first, "[name='met-1.1-2'][value=yes]");
await press(first, "[name='met-1.1-3'][value=no]");
const answered = await text(first, "[id='a-1.1'] .carried");
await press(first, ".more summary");
await press(first, ".more [data-take]");
const code = await text(first, "#take .code");

const later = await open();
await enter(later, code.toLowerCase(), "on");
const back = await text(later, "[id='a-1.1'] .carried");
const role = await later.$eval("[name=role]:checked", (field) => /** @type {HTMLInputElement} */ (field).value);

const anew = await open();
await enter(anew, code, "earlier");
const before = await anew.$$eval(".question :checked, .earlier", (found) => found.length);
await press(anew, "[name='answer-1.1'][value='1']");
const compared = await text(anew, "[id='a-1.1'] .earlier");

const wrong = await open();
await press(wrong, ".take summary");
await wrong.type("[name=code]", `${code.slice(0, -1)}${code.endsWith("A") ? "B" : "A"}`);
await press(wrong, "[data-code=on]");
const slip = await text(wrong, "[data-code-wrong]");
const addresses = await Promise.all([first, later, anew, wrong].map((page) => page.evaluate("location.href")));
await browser.close();
console.log(JSON.stringify({ answered, code, back, role, before, compared, slip, addresses }));

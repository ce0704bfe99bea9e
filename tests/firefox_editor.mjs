/**
 * An editor in Firefox, for tests/test_proposal.py: changes a sentence in the form, and tells what the page says then.
 * Reads what to do as JSON from standard input, and writes what it found as JSON.
 */
/// <reference types="node" />
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

/** @type {Record<string, string>} */
const { executable, profile, address, field, text } = JSON.parse(readFileSync(0, "utf8"));
const browser = await puppeteer.launch({ browser: "firefox", executablePath: executable, userDataDir: profile });
const page = await browser.newPage();
/** @type {string[]} */
const errors = [];
page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
page.on("pageerror", (error) => void errors.push(String(error)));
await page.goto(address);
await page.waitForSelector("#editor[data-engine=ready]", { timeout: 120_000 });
await page.type(field, text);
// Each letter is checked; wait for the check of all of them.
await page.waitForFunction(
  (all) => document.querySelector("#editor .problems li > span")?.textContent?.includes(all),
  { timeout: 60_000 },
  text.trim(),
);
const said = await page.$$eval("#editor .problems li > span", (items) => items.map((item) => item.textContent));
for (let at = 0; at < text.length; at++) await page.keyboard.press("Backspace");
await page.waitForSelector("#editor [data-unchanged]:not([hidden])", { timeout: 60_000 });
await browser.close();
console.log(JSON.stringify({ said, errors }));

/**
 * Opens pages in Firefox, for tests/bench_runtime.py: each with a profile of its own, twice. Reads what to do as JSON
 * from standard input, and writes what the pages left in `result`.
 */
/// <reference types="node" />
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

/** @type {{executable: string, rounds: number, start: string, pages: Record<string, string>, watch: Record<string, string>}} */
const { executable, rounds, start, pages, watch } = JSON.parse(readFileSync(0, "utf8"));
const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} way
 */
async function visit(browser, way) {
  const page = await browser.newPage();
  if (watch[way]) await page.evaluateOnNewDocument(watch[way]);
  await page.goto(pages[way]);
  for (let tries = 0; tries < 1200; tries++) {
    const result = await page.evaluate("globalThis.result");
    if (result) {
      await page.close();
      return result;
    }
    await pause(50);
  }
  throw new Error(`${way}: no answer`);
}

/** @type {Record<string, {cold: unknown[], warm: unknown[]}>} */
const found = Object.fromEntries(Object.keys(pages).map((way) => [way, { cold: [], warm: [] }]));
for (let turn = 0; turn < rounds; turn++) {
  for (const way of turn % 2 ? Object.keys(pages).reverse() : Object.keys(pages)) {
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: executable });
    await (await browser.newPage()).goto(start);
    found[way].cold.push(await visit(browser, way));
    await pause(1500);
    found[way].warm.push(await visit(browser, way));
    await browser.close();
  }
}
console.log(JSON.stringify(found));

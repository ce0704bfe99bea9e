"""Count which functions of Pyodide the self-check executes, in a real browser, and write them down.

    python -m tests.make_profile      (make profile)

What is not counted is left out of the WebAssembly file of the fast road (macros/site/trim.mjs), so more is
counted than one reader needs: both roads, every answer vector, requests that nobody thought of, other
frameworks than the real one, and a framework that makes every request fail.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from macros.load import load
from macros.model import Framework
from macros.site.publish import framework_json, make_runtime, profiled, publish
from macros.site.server import SiteServer, running
from tests.bench_site import grown
from tests.conftest import CHROMIUM_FLAGS
from tests.engines import browser_path
from tests.fuzz import fuzzed
from tests.project import ROOT, with_levels
from tests.vectors import vectors

PROFILE = ROOT / "macros" / "site" / "profile.json"
FUZZED = 2000
# The worker's script gets these: it keeps the marks, takes another framework, and hands the marks out.
_KEEP_MARKS = """
let marks;
for (const name of ["instantiate", "instantiateStreaming"]) {
  const make = WebAssembly[name];
  WebAssembly[name] = async (...wanted) => {
    const made = await make.apply(WebAssembly, wanted);
    const { executed } = (made.instance ?? made).exports;
    if (executed) marks = new Uint8Array(executed.buffer);
    return made;
  };
}
"""
_SERVE = "serve(bridge, taken.road);"
_TAKE_ORDERS = """
const answer = self.onmessage;
self.onmessage = (event) => {
  if (event.data.framework) bridge.use(event.data.framework);
  else if (event.data.marks) postMessage({ type: "marks", marks: Array.from(marks) });
  else answer(event);
};
"""
_ASK = """
async ([script, name]) => {
  const orders = await (await fetch("orders.json")).json();
  const worker = new Worker(script, { type: "module", name });
  const next = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
  let message;
  do message = await next(); while (message.type === "progress");
  if (message.type !== "ready") throw new Error(JSON.stringify(message));
  const { road } = message;
  for (const [framework, requests] of orders) {
    worker.postMessage({ framework });
    for (const request of requests) {
      worker.postMessage({ id: 0, request });
      message = await next();
      if (message.type !== "reply") throw new Error(JSON.stringify(message));
    }
  }
  worker.postMessage({ marks: true });
  return [road, (await next()).marks];
}
"""


def orders(framework: Framework) -> Iterator[tuple[str, list[str]]]:
    """Yield frameworks, each with requests to it, as JSON text."""
    text = framework_json(framework)
    data: dict[str, Any] = json.loads(text)
    known = vectors(data)
    yield text, [*known, *fuzzed(data, FUZZED, 0), json.dumps({"kind": "ping", "text": "a" * 25_000_000})]
    yield framework_json(with_levels(framework, 4)), known
    for other in (with_levels(framework, 6), grown(framework, 2, 3)):
        text = framework_json(other)
        yield text, vectors(json.loads(text))
    yield json.dumps(data | {"competences": [{"id": "1.1"}]}), known


def executed(browser: Browser, framework: Framework, marked: Path, site: Path) -> Iterator[list[int]]:
    """Run it all on both roads; yield a list for each, with a mark for every function, 1 when executed."""
    published = publish(framework, ROOT, marked)
    published.copy_to(site)
    worker = site / published.app / "worker.js"
    script = _KEEP_MARKS + worker.read_text("utf-8").replace(_SERVE, _SERVE + _TAKE_ORDERS)
    worker.write_text(script, "utf-8")
    (site / "index.html").write_text("<!doctype html>", "utf-8")
    (site / "orders.json").write_text(json.dumps(list(orders(framework))), "utf-8")
    server = SiteServer(site, security=False)
    with running(server):
        for road in ("fast", "safe"):
            page = browser.new_page()
            page.goto(server.url)
            taken, marks = page.evaluate(_ASK, [f"{server.url}{published.app}worker.js", road])
            if taken != road:
                raise SystemExit(f"Python took the {taken} road, not the {road} one")
            yield marks
            page.close()


def main() -> None:
    """Count, write and print."""
    framework = load(ROOT)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        marked, site = Path(folder, "runtime-marked"), Path(folder, "site")
        make_runtime(ROOT, marked, "mark")
        site.mkdir()
        browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS)
        fast, safe = executed(browser, framework, marked, site)
        browser.close()
    either = [max(pair) for pair in zip(fast, safe, strict=True)]
    bits = sum(1 << at for at, mark in enumerate(either) if mark)
    functions = base64.b64encode(bits.to_bytes(bits.bit_length() // 8 + 1, "little")).decode()
    profile = {"profiled": profiled(ROOT), "functions": functions}
    PROFILE.write_text(json.dumps(profile, indent=2) + "\n", "utf-8")
    print(f"{sum(fast)} functions on the fast road, {sum(safe)} on the safe one, {sum(either)} together")


if __name__ == "__main__":
    main()

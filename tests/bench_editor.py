"""How long the editor's page takes until it is ready, and from a keystroke to the messages of the check.

python -m tests.bench_editor [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from macros.site.build import build
from macros.site.compress import compress
from macros.site.server import SiteServer, running
from tests.conftest import CHROMIUM_FLAGS
from tests.engines import browser_path
from tests.project import ROOT

FILE = "framework/competences/1.1.yml"
WORDS = " Kompetens att välja källor och att säga varför de är bra."
TARGET = 500
# Notes when the page is ready, and the time from each keystroke to the check that takes it in.
_WATCH = """
addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("editor");
  let pressed = 0;
  globalThis.times = [];
  form.addEventListener("input", () => (pressed ||= performance.now()), true);
  form.addEventListener("checked", () => {
    globalThis.ready ??= performance.now();
    if (pressed) globalThis.times.push(performance.now() - pressed);
    pressed = 0;
  });
});
"""


def visit(playwright: Playwright, server: SiteServer) -> dict[str, Any]:
    """Open the page with nothing cached and write a sentence; return what was measured."""
    with tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS
        )
        page = context.new_page()
        page.add_init_script(_WATCH)
        server.hits.clear()
        page.goto(f"{server.url}redigera/#{FILE}")
        while not page.evaluate("globalThis.ready"):
            time.sleep(0.05)
        size = sum(hit.size for hit in server.hits)
        page.get_by_label("Definition").press("Control+End")
        page.keyboard.type(WORDS, delay=120)
        time.sleep(2)
        found = {**page.evaluate("({ ready, times })"), "size": size}
        context.close()
    return found


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    rounds = int(arguments[0]) if arguments else 3
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder, "site")
        if problem := build(ROOT, site):
            raise SystemExit(problem)
        compress(site, ROOT / ".cache" / "compressed")
        server = SiteServer(site, encodings=("br", "gzip"))
        with running(server):
            found = [visit(playwright, server) for _ in range(rounds)]
    ready = statistics.median(visit["ready"] for visit in found)
    times = [taken for visit in found for taken in visit["times"]]
    late = statistics.quantiles(times, n=20)[-1]
    print(f"Editor, medians of {rounds}: ready after {ready:.0f} ms, {found[0]['size'] / 1e6:.2f} MB")
    middle = statistics.median(times)
    print(f"From a keystroke to the messages: {middle:.0f} ms, p95 {late:.0f} ms (target: {TARGET})")


if __name__ == "__main__":
    main(sys.argv[1:])

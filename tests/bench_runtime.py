"""How fast Python starts in the browser, beside a plain start of the same Pyodide from the same server.

    python -m tests.bench_runtime [ROUNDS]

plain   `loadPyodide()` in a module worker, with its own files, the quiz as a zip archive
fast    our worker, from the memory of a Python that has the quiz in it
safe    our worker, when that memory is not to be had: it tries the fast road first
page    the real self-check; its replies are timed from a click to the changed page

Every figure of a table comes from one run, in which the ways of starting take turns. Each start has a profile
of its own, so the first visit (cold) finds an empty cache, the second (warm) what the first left there. Times
are from the beginning of the page's load to the first reply of `quiz.bridge.handle`; bytes are those that the
server has sent until then. All are medians; times in milliseconds only count within one table.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from macros.load import load
from macros.site.build import build
from macros.site.compress import compress
from macros.site.publish import Published, framework_json, publish
from macros.site.server import Encoding, SiteServer, make_server, running
from tests.conftest import CHROMIUM_FLAGS, browser_path

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
WAYS = ("plain", "fast", "safe", "page")
PATHS = {way: f"{way}/" for way in WAYS} | {"page": "page/sjalvskattning/"}
_REPLIES = 40

_EMPTY_PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Python</title>
<link rel="icon" href="data:,">"""
_PAGE = f'{_EMPTY_PAGE}<script type="module" src="page.js"></script>'
# The longest task of the page since its worker was asked for, in milliseconds.
_LONGEST = """Math.max(0, ...tasks
    .filter((task) => task.startTime > performance.getEntriesByType("resource")
      .find(({ name }) => name.endsWith("worker.js")).startTime)
    .map((task) => task.duration))"""
# Every page leaves in `window.result` when the first reply had come, how long others took, the longest task.
_MEASURE = """
const tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries()))
  .observe({ type: "longtask", buffered: true });
export const done = async (ask) => {
  await ask();
  const first = performance.now();
  const replies = [];
  for (let i = 0; i < %d; i++) {
    const before = performance.now();
    await ask();
    replies.push(performance.now() - before);
  }
  await new Promise((resolve) => setTimeout(resolve, 100)); // tasks are reported late
  globalThis.result = { first, replies, long: %s };
};
"""
_PLAIN_PAGE = """
import { done } from "./measure.js";
const worker = new Worker("worker.js", { type: "module" });
const request = await (await fetch("request.json")).text();
done(() => new Promise((resolve) => {
  worker.onmessage = resolve;
  worker.postMessage(request);
}));
"""
_PLAIN_WORKER = """
const requests = [];
self.onmessage = ({ data }) => requests.push(data);
const { loadPyodide } = await import("./pyodide.mjs");
const [python, quiz, framework] = await Promise.all([
  loadPyodide(),
  fetch("quiz.zip").then((response) => response.arrayBuffer()),
  fetch("framework.json").then((response) => response.text()),
]);
python.unpackArchive(quiz, "zip");
const bridge = python.pyimport("quiz.bridge");
bridge.use(framework);
self.onmessage = ({ data }) => postMessage(bridge.handle(data));
requests.forEach((data) => self.onmessage({ data }));
"""
# In the real page: after the first reply 20 competences are answered, and one answer changes over and over.
_WATCH_PAGE = """
const tasks = [];
const replies = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries()))
  .observe({ type: "longtask", buffered: true });
let heard;
const next = () => new Promise((resolve) => (heard = resolve));
document.addEventListener("reply", () => setTimeout(() => heard(performance.now())), true);
next().then(async (first) => {
  for (const role of document.querySelectorAll("[name=role]")) {
    role.checked = ["chef", "systemagare", "systemansvarig"].includes(role.value);
  }
  const questions = [...document.querySelectorAll("[data-competence]")].slice(0, 20);
  questions.forEach((question, at) => {
    question.querySelectorAll("[name^=answer]")[at %% 5].checked = true;
    for (const yes of question.querySelectorAll("[value=yes]")) yes.checked = true;
  });
  const choices = questions[0].querySelectorAll("[name^=answer]");
  for (let i = 0; i <= %d; i++) {
    const before = performance.now();
    choices[(i + 1) %% 5].click();
    const reply = (await next()) - before;
    if (i) replies.push(reply);
  }
  const [{ domContentLoadedEventEnd: usable }] = performance.getEntriesByType("navigation");
  await new Promise((resolve) => setTimeout(resolve, 100));
  globalThis.result = { first, usable, replies, long: %s };
});
"""
_OUR_PAGE = """
import {{ done }} from "./measure.js";
import {{ start }} from "./{app}client.js";
const python = start();
const request = await (await fetch("request.json")).json();
done(() => python.request(request));
"""


def twenty_answers(framework: dict[str, Any]) -> dict[str, Any]:
    """Return a request with 20 competences answered, on all levels, for the roles that have most of them."""
    competences = [competence["id"] for competence in framework["competences"]][:20]
    answers = {
        competence: {"pick": 1 + at % 5, "met": {str(level): True for level in range(2, at % 5 + 1)}}
        for at, competence in enumerate(competences)
    }
    return {
        "kind": "state",
        "roles": ["chef", "systemagare", "systemansvarig"],
        "scope": "all",
        "answers": answers,
        "today": "2026-11-23",
        "sheet": {
            "mode": "own",
            "ticked": [f"level:{competence}" for competence in competences],
            "questions": "",
        },
    }


def prepare(folder: Path, published: Published, framework: str) -> None:
    """Make a site with one page for each way of starting Python, and compressed copies of its files."""
    request = json.dumps(twenty_answers(json.loads(framework)))
    for way in ("plain", "fast", "safe"):
        (folder / way).mkdir(parents=True)
        (folder / way / "index.html").write_text(_PAGE, "utf-8")
        (folder / way / "measure.js").write_text(_MEASURE % (_REPLIES, _LONGEST), "utf-8")
        (folder / way / "request.json").write_text(request, "utf-8")
    (folder / "index.html").write_text(_EMPTY_PAGE, "utf-8")
    plain = folder / "plain"
    for name in PYODIDE:
        shutil.copyfile(ROOT / "node_modules" / "pyodide" / name, plain / name)
    with zipfile.ZipFile(plain / "quiz.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((ROOT / "quiz").glob("*.py")):
            archive.write(path, f"quiz/{path.name}")
    (plain / "framework.json").write_text(framework, "utf-8")
    (plain / "page.js").write_text(_PLAIN_PAGE, "utf-8")
    (plain / "worker.js").write_text(_PLAIN_WORKER, "utf-8")
    for way in ("fast", "safe"):
        published.copy_to(folder / way)
        (folder / way / "page.js").write_text(_OUR_PAGE.format(app=published.app), "utf-8")
    for name in ("memory.bin", "memory.bin.packed"):
        (folder / "safe" / published.runtime / name).unlink()
    if problem := build(ROOT, folder / "page"):
        raise SystemExit(problem)
    compress(folder, ROOT / ".cache" / "compressed")


def visit(context: BrowserContext, server: SiteServer, way: str) -> dict[str, Any]:
    """Open a page that starts Python; return what it measured, and the bytes that the server has sent."""
    page = context.new_page()
    if way == "page":
        page.add_init_script(_WATCH_PAGE % (_REPLIES, _LONGEST))
    server.hits.clear()
    page.goto(f"{server.url}{PATHS[way]}")
    for _ in range(600):
        if result := page.evaluate("globalThis.result"):
            break
        time.sleep(0.05)
    page.close()
    return {**result, "bytes": sum(hit.size for hit in server.hits)}


def measure(playwright: Playwright, server: SiteServer, rounds: int) -> dict[str, dict[str, list[Any]]]:
    """Return way → visit ("cold" or "warm") → what was measured in each round."""
    found: dict[str, dict[str, list[Any]]] = {way: {"cold": [], "warm": []} for way in WAYS}
    for turn in range(rounds):
        for way in WAYS if turn % 2 == 0 else reversed(WAYS):
            with tempfile.TemporaryDirectory() as profile:
                context = playwright.chromium.launch_persistent_context(
                    profile, executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS
                )
                context.new_page().goto(server.url)  # the browser itself is up, with nothing in its cache
                found[way]["cold"].append(visit(context, server, way))
                time.sleep(1.5)  # the browser puts away what it has compiled
                found[way]["warm"].append(visit(context, server, way))
                context.close()
    return found


def table(found: dict[str, dict[str, list[Any]]]) -> list[str]:
    """Return the lines of a table of what `measure` found, with ratios to the plain start."""
    heads = ("cold ms", "ratio", "warm ms", "ratio", "MB", "ratio", "reply ms", "p95 ms", "longest task")
    lines = [f"{'':8}" + "".join(f"{head:>14}" for head in heads)]

    def median(way: str, which: str, key: str) -> float:
        return float(statistics.median(visit[key] for visit in found[way][which]))

    for way in WAYS:
        cold, warm = median(way, "cold", "first"), median(way, "warm", "first")
        size = median(way, "cold", "bytes")
        replies = [reply for visit in found[way]["cold"] for reply in visit["replies"]]
        longest = max(visit["long"] for which in ("cold", "warm") for visit in found[way][which])
        figures = (
            f"{cold:.0f}",
            f"{cold / median('plain', 'cold', 'first'):.3f}",
            f"{warm:.0f}",
            f"{warm / median('plain', 'warm', 'first'):.3f}",
            f"{size / 1e6:.2f}",
            f"{size / median('plain', 'cold', 'bytes'):.3f}",
            f"{statistics.median(replies):.1f}",
            f"{statistics.quantiles(replies, n=20)[-1]:.1f}",
            f"{longest:.0f} ms" if longest else "none",
        )
        lines.append(f"{way:8}" + "".join(f"{figure:>14}" for figure in figures))
    usable = median("page", "cold", "usable")
    share = usable / median("plain", "cold", "first")
    lines.append(
        f"page: the form can be filled in after {usable:.0f} ms, {share:.3f} of a plain start (cold)"
    )
    return lines


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    rounds = int(arguments[0]) if arguments else 5
    framework = load(ROOT)
    encodings: tuple[tuple[Encoding, ...], ...] = (("br", "gzip"), ("gzip",))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder)
        prepare(site, publish(framework, ROOT), framework_json(framework))
        for offered in encodings:
            server = make_server(site, security=False, encodings=offered)
            with running(server):
                print(f"Python in the browser, {offered[0]}, medians of {rounds}", flush=True)
                print(*table(measure(playwright, server, rounds)), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

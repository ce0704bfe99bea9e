"""How fast Python starts in the browser, beside a plain start of the same Pyodide from the same server.

    python -m tests.bench_runtime [ROUNDS]

plain        `loadPyodide()` in a module worker, with its own files, the quiz as a zip archive
fast         our worker, from the memory of a Python that has the quiz in it
safe         our worker, when that memory is not to be had: it tries the fast road first
trap         the fast road, where the first request needs a function that is missing: it is asked again
page         the real self-check; its replies are timed from a click to the changed page
micropython  MicroPython in a worker: until it has tried to import the quiz
pyscript     PyScript's smallest page, without the quiz: until its first line of Python has run

Every figure of a table comes from one run, in which the ways of starting take turns. Each start has a profile
of its own, so the first visit (cold) finds an empty cache, the second (warm) what the first left there. Times
are from the beginning of the page's load to the first reply of `quiz.bridge.handle`; bytes are those that the
server has sent until then. All are medians; times in milliseconds only count within one table.

On the slow line all answers of the server share 10 Mbit/s. In the end, requests that nobody thought of are
asked on the fast road, other ones each time: no function may be missing.
"""

from __future__ import annotations

import json
import random
import shutil
import socketserver
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from socket import SHUT_WR, create_connection
from threading import Lock, Thread
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from macros.load import load
from macros.site.build import build
from macros.site.compress import compress
from macros.site.publish import Published, framework_json, publish
from macros.site.server import Encoding, SiteServer, running
from tests.conftest import CHROMIUM_FLAGS
from tests.engines import WebDriver, browser_path, start_firefox, start_webkit, wait
from tests.faults import without
from tests.fuzz import fuzzed
from tests.test_runtime import answers

ROOT = Path(__file__).resolve().parent.parent
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
MICROPYTHON = ROOT / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
PYSCRIPT = ROOT / "node_modules" / "@pyscript" / "core" / "dist"
OURS = ("plain", "fast", "safe", "trap", "page")
WAYS = (*OURS, "micropython", "pyscript")
PATHS = {way: f"{way}/" for way in WAYS} | {"page": "page/sjalvskattning/"}
# What the real page may take, as a share of a plain start in the same run.
TARGETS = {"usable": 0.11, "cold": 0.26, "warm": 0.30, "bytes": 0.60}
SLOW_TARGET = 0.62
SLOW_LINE = 10_000_000 / 8  # bytes a second
FUZZED = 2000
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
_MICROPYTHON_PAGE = """
const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = ({ data }) => {
  globalThis.result = { first: performance.now(), replies: [0, 0], long: 0, said: data };
};
"""
_MICROPYTHON_WORKER = """
import { loadMicroPython } from "./micropython.js";
const [python, quiz] = await Promise.all([
  loadMicroPython({ url: new URL("micropython.wasm", import.meta.url).href }),
  fetch("quiz.json").then((response) => response.json()),
]);
python.FS.mkdir("/quiz");
for (const [name, text] of Object.entries(quiz)) python.FS.writeFile(`/quiz/${name}`, text);
const missing = [];
for (const code of ["import sys; sys.path.append('/'); import quiz.bridge", %s]) {
  try {
    python.runPython(code);
  } catch (error) {
    missing.push(String(error.message).trim().split("\\n").pop());
  }
}
postMessage(missing.join("; ") || "it imports the quiz");
"""
_NEEDED = ("dataclasses", "difflib", "functools", "json", "typing", "collections.abc")
_PYSCRIPT_PAGE = f"""{_EMPTY_PAGE}
<script type="module" src="core.js"></script>
<script type="py" config='{{"interpreter": "./pyodide.mjs"}}'>
import js
first = "first: performance.now(), replies: [0, 0], long: 0"
js.eval(f"globalThis.result = {{{{ {{first}}, said: 'on the page itself' }}}}")
</script>"""
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
# In the real page, before its own scripts: after the first reply 20 competences are answered, and then one
# answer changes over and over.
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
    for way in ("plain", "fast", "safe", "trap"):
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
    prepare_others(folder)
    for way in ("fast", "safe", "trap"):
        published.copy_to(folder / way)
        (folder / way / "page.js").write_text(_OUR_PAGE.format(app=published.app), "utf-8")
    for name in ("memory.bin", "memory.bin.packed"):
        (folder / "safe" / published.runtime / name).unlink()
    wasm = folder / "trap" / published.runtime / "python.wasm"
    wasm.write_bytes(without("PyUnicode_AsUTF8AndSize", wasm.read_bytes()))
    if problem := build(ROOT, folder / "page"):
        raise SystemExit(problem)
    page = folder / PATHS["page"]
    (page / "watch.js").write_text(_WATCH_PAGE % (_REPLIES, _LONGEST), "utf-8")
    index = page / "index.html"
    watched = index.read_text("utf-8").replace("</title>", '</title><script src="watch.js"></script>', 1)
    index.write_text(watched, "utf-8")
    compress(folder, ROOT / ".cache" / "compressed")


def prepare_others(folder: Path) -> None:
    """Make the pages of what one could take instead."""
    micro = folder / "micropython"
    micro.mkdir()
    (micro / "index.html").write_text(_PAGE, "utf-8")
    (micro / "page.js").write_text(_MICROPYTHON_PAGE, "utf-8")
    imports = ", ".join(json.dumps(f"import {name}") for name in _NEEDED)
    (micro / "worker.js").write_text(_MICROPYTHON_WORKER % imports, "utf-8")
    shutil.copyfile(MICROPYTHON / "micropython.mjs", micro / "micropython.js")
    shutil.copyfile(MICROPYTHON / "micropython.wasm", micro / "micropython.wasm")
    quiz = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "quiz").glob("*.py"))}
    (micro / "quiz.json").write_text(json.dumps(quiz), "utf-8")
    script = folder / "pyscript"
    shutil.copytree(PYSCRIPT, script, ignore=shutil.ignore_patterns("*.map"))
    for name in PYODIDE:
        shutil.copyfile(ROOT / "node_modules" / "pyodide" / name, script / name)
    (script / "index.html").write_text(_PYSCRIPT_PAGE, "utf-8")


class _Line(socketserver.ThreadingTCPServer):
    """A line to a server over which all answers together get no more than so many bytes a second."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, server: SiteServer, rate: float) -> None:
        self.target = ("127.0.0.1", server.server_port)
        self.rate = rate
        self.lock = Lock()
        self.free_at = 0.0
        super().__init__(("127.0.0.1", 0), _Connection)

    def wait_for(self, size: int) -> None:
        """Wait until so many bytes may pass."""
        with self.lock:
            self.free_at = max(self.free_at, time.monotonic()) + size / self.rate
            wait = self.free_at - time.monotonic()
        time.sleep(max(wait, 0))


class _Connection(socketserver.BaseRequestHandler):
    server: _Line

    def handle(self) -> None:
        with create_connection(self.server.target) as target:
            Thread(target=self._ask, args=(target,), daemon=True).start()
            while chunk := target.recv(8192):
                self.server.wait_for(len(chunk))
                self.request.sendall(chunk)

    def _ask(self, target: Any) -> None:
        try:
            while chunk := self.request.recv(65536):
                target.sendall(chunk)
            target.shutdown(SHUT_WR)
        except OSError:
            pass  # the browser or the server has hung up


@contextmanager
def slow_line(server: SiteServer) -> Iterator[str]:
    """Yield the address of the server behind a slow line."""
    with _Line(server, SLOW_LINE) as line:
        Thread(target=line.serve_forever, daemon=True).start()
        yield server.url.replace(str(server.server_port), str(line.server_address[1]))
        line.shutdown()


def visit(context: BrowserContext, server: SiteServer, way: str, address: str) -> dict[str, Any]:
    """Open a page that starts Python; return what it measured, and the bytes that the server has sent."""
    page = context.new_page()
    server.hits.clear()
    page.goto(f"{address}{PATHS[way]}")
    for _ in range(1200):
        if result := page.evaluate("globalThis.result"):
            break
        time.sleep(0.05)
    else:
        raise SystemExit(f"{way}: no answer")
    page.close()
    return {**result, "bytes": sum(hit.size for hit in server.hits)}


def measure(
    playwright: Playwright, server: SiteServer, rounds: int, ways: Sequence[str] = WAYS, line: str = ""
) -> dict[str, dict[str, list[Any]]]:
    """Return way → visit ("cold" or "warm") → what was measured in each round; `line` is another address."""
    found: dict[str, dict[str, list[Any]]] = {way: {"cold": [], "warm": []} for way in ways}
    address = line or server.url
    for turn in range(rounds):
        for way in ways if turn % 2 == 0 else reversed(ways):
            with tempfile.TemporaryDirectory() as profile:
                context = playwright.chromium.launch_persistent_context(
                    profile, executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS
                )
                context.new_page().goto(address)  # the browser itself is up, with nothing in its cache
                found[way]["cold"].append(visit(context, server, way, address))
                time.sleep(1.5)  # the browser puts away what it has compiled
                found[way]["warm"].append(visit(context, server, way, address))
                context.close()
    return found


def measure_elsewhere(
    start: Callable[[], AbstractContextManager[WebDriver]], server: SiteServer, rounds: int
) -> dict[str, dict[str, list[Any]]]:
    """Return the same of another engine, without bytes, for the ways of this project."""
    found: dict[str, dict[str, list[Any]]] = {way: {"cold": [], "warm": []} for way in OURS}
    for turn in range(rounds):
        for way in OURS if turn % 2 == 0 else reversed(OURS):
            with start() as browser:
                for which in ("cold", "warm"):
                    browser.open(server.url)
                    browser.open(server.url + PATHS[way])
                    wait(lambda: browser.run("!!globalThis.result"), way, 60)
                    found[way][which].append(browser.run("globalThis.result"))
                    time.sleep(1.5)  # the browser puts away what it has compiled
    return found


def median(found: dict[str, dict[str, list[Any]]], way: str, which: str, key: str = "first") -> float:
    """Return the middle of what was measured."""
    return float(statistics.median(visit[key] for visit in found[way][which]))


def share(found: dict[str, dict[str, list[Any]]], way: str, which: str, key: str = "first") -> float:
    """Return it as a share of the plain start."""
    return median(found, way, which, key) / median(found, "plain", which, key)


def fuzz(playwright: Playwright, server: SiteServer, app: str, framework: str) -> str:
    """Ask requests that nobody thought of, on the fast road; return what came of it."""
    number = random.randrange(1_000_000)
    requests = fuzzed(json.loads(framework), FUZZED, number)
    browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS)
    page = browser.new_page()
    page.goto(server.url)
    found = answers(page, f"{server.url}fast/", app, requests)
    browser.close()
    bad = [
        request
        for request, reply in zip(requests, found["replies"], strict=True)
        if not reply.startswith("{")
    ]
    if bad or found["road"] != "fast":
        return f"{len(bad)} of {FUZZED} requests (number {number}) MISSED a function, such as {bad[:1]}"
    return f"{FUZZED} requests (number {number}): no function was missing"


def table(found: dict[str, dict[str, list[Any]]]) -> list[str]:
    """Return the lines of a table of what `measure` found, with ratios to the plain start."""
    heads = ("cold ms", "ratio", "warm ms", "ratio", "MB", "ratio", "reply ms", "p95 ms", "longest task")
    lines = [f"{'':12}" + "".join(f"{head:>14}" for head in heads)]
    for way in found:
        replies = [reply for visit in found[way]["cold"] for reply in visit["replies"]]
        longest = max(visit["long"] for which in ("cold", "warm") for visit in found[way][which])
        figures = (
            *(f"{median(found, way, 'cold'):.0f}", f"{share(found, way, 'cold'):.3f}"),
            *(f"{median(found, way, 'warm'):.0f}", f"{share(found, way, 'warm'):.3f}"),
            f"{median(found, way, 'cold', 'bytes') / 1e6:.2f}",
            f"{share(found, way, 'cold', 'bytes'):.3f}",
            f"{statistics.median(replies):.1f}",
            f"{statistics.quantiles(replies, n=20)[-1]:.1f}",
            f"{longest:.0f} ms" if longest else "none",
        )
        lines.append(f"{way:12}" + "".join(f"{figure:>14}" for figure in figures))
    lines += [f"{way}: {visits['cold'][0]['said']}" for way, visits in found.items() if way not in OURS]
    usable = median(found, "page", "cold", "usable")
    shares = {
        "usable": usable / median(found, "plain", "cold"),
        "cold": share(found, "page", "cold"),
        "warm": share(found, "page", "warm"),
        "bytes": share(found, "page", "cold", "bytes"),
    }
    lines.append(f"page: the form can be filled in after {usable:.0f} ms")
    lines += [f"page, {name}: {shares[name]:.3f}, {verdict(shares[name], TARGETS[name])}" for name in shares]
    return lines


def verdict(share: float, target: float) -> str:
    """Say whether a target is met."""
    return f"target {target}: {'met' if share <= target else 'MISSED'}"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    rounds = int(arguments[0]) if arguments else 5
    framework = load(ROOT)
    text = framework_json(framework)
    encodings: tuple[tuple[Encoding, ...], ...] = (("br", "gzip"), ("gzip",))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder)
        published = publish(framework, ROOT)
        prepare(site, published, text)
        for offered in encodings:
            server = SiteServer(site, security=False, encodings=offered)
            with running(server):
                print(f"Python in the browser, {offered[0]}, medians of {rounds}", flush=True)
                print(*table(measure(playwright, server, rounds)), sep="\n", flush=True)
        server = SiteServer(site, security=False, encodings=encodings[0])
        with running(server), slow_line(server) as line:
            found = measure(playwright, server, max(1, rounds // 2), ("plain", "page"), line)
            times = " and ".join(f"{way} {median(found, way, 'cold'):.0f} ms" for way in found)
            slow = share(found, "page", "cold")
            print(f"At 10 Mbit/s, cold: {times}, {slow:.3f}, {verdict(slow, SLOW_TARGET)}", flush=True)
            for engine, start in (("Firefox", start_firefox), ("WebKit", start_webkit)):
                found = measure_elsewhere(start, server, max(1, rounds // 2))
                for way in found:
                    cold, warm = (f"{median(found, way, which):.0f} ms" for which in ("cold", "warm"))
                    shares = " and ".join(f"{share(found, way, which):.3f}" for which in ("cold", "warm"))
                    print(f"{engine}, {way}: {cold} cold, {warm} warm; {shares} of plain", flush=True)
            print(fuzz(playwright, server, published.app, text))


if __name__ == "__main__":
    main(sys.argv[1:])

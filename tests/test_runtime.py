"""Python in the browser: the same replies as here, two roads to it, a name for each failure, no way out."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from macros.model import Framework
from macros.site import headers
from macros.site.publish import framework_json
from macros.site.server import SiteServer
from quiz import bridge
from tests.conftest import INTRANET, Watched
from tests.faults import without
from tests.fuzz import fuzzed
from tests.vectors import vectors

# Everything that sends or stores in a worker, in Chromium or elsewhere.
DOORS = (
    *(
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "WebSocketStream",
        "EventSource",
        "WebTransport",
        "importScripts",
    ),
    *("Worker", "SharedWorker", "BroadcastChannel", "MessageChannel", "MessagePort", "navigator", "location"),
    *(
        "indexedDB",
        "caches",
        "cookieStore",
        "FileSystemHandle",
        "StorageManager",
        "CacheStorage",
        "IDBFactory",
    ),
    *("FontFace", "fonts", "Request", "Response", "RTCPeerConnection", "Notification", "eval", "setTimeout"),
    *(
        "setInterval",
        "trustedTypes",
        "reportError",
        "webkitRequestFileSystem",
        "FetchLaterResult",
        "fetchLater",
    ),
)
MAKERS_OF_CODE = ("Function", "AsyncFunction", "GeneratorFunction", "AsyncGeneratorFunction")
# Follows every property and prototype from the global scope; returns the names of all functions on the way.
REACHABLE = """(() => {
  const seen = new Set([globalThis]);
  const names = new Set();
  for (const object of seen) {
    if (typeof object === "function") names.add(object.name);
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
      for (const next of [value, get, set]) if (Object(next) === next) seen.add(next);
    }
    const prototype = Reflect.getPrototypeOf(object);
    if (prototype) seen.add(prototype);
  }
  return [...names];
})()"""


@pytest.fixture(scope="session")
def app(site: Path) -> str:
    """The folder of the self-check's scripts in the site."""
    (folder,) = (site / "sjalvskattning").glob("app-*")
    return f"{folder.relative_to(site).as_posix()}/"


@pytest.fixture(scope="session")
def runtime(site: Path) -> str:
    """The folder of Python in the site."""
    (folder,) = (site / "sjalvskattning").glob("runtime-*")
    return f"{folder.relative_to(site).as_posix()}/"


@pytest.fixture
def changed(
    site: Path, tmp_path: Path, serve: Callable[..., SiteServer]
) -> Callable[[dict[str, bytes | None]], SiteServer]:
    """Serve the site with other contents in some files, or without them (None)."""

    def start(files: dict[str, bytes | None]) -> SiteServer:
        folder = tmp_path / "site"
        shutil.copytree(site, folder, copy_function=os.link)
        for name, content in files.items():
            (folder / name).unlink()
            if content is not None:
                (folder / name).write_bytes(content)
        return serve(folder)

    return start


@pytest.fixture
def visit(watch: Callable[..., Watched]) -> Callable[..., Page]:
    """Open a page of a site that does not start Python by itself."""
    return lambda address, **options: watch(address, **options).open("om/")


def start(page: Page, address: str, app: str, options: str = "{}") -> dict[str, Any]:
    """Start Python in the page, as `window.python`; return how that went."""
    return dict(
        page.evaluate(
            f"""async (client) => {{
              const {{ start }} = await import(client);
              const progress = [];
              const failures = [];
              const onProgress = ({{ loaded, total }}) => progress.push([loaded, total]);
              const onFailure = ({{ code }}) => failures.push(code);
              window.failures = failures;
              window.python = start({{ onProgress, onFailure, ...{options} }});
              const {{ road, why }} = await window.python.ready.catch(() => ({{ road: "" }}));
              return {{ road, why, failures, progress, state: window.python.state }};
            }}""",
            f"{address}{app}client.js",
        )
    )


def answers(page: Page, address: str, app: str, requests: list[str]) -> dict[str, Any]:
    """Send requests, as they are, to a worker of their own; return the `road` it took and the `replies`."""
    return dict(
        page.evaluate(
            """async ([script, requests]) => {
              const worker = new Worker(script, { type: "module" });
              const next = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
              let message;
              do message = await next(); while (message.type === "progress");
              const { road } = message;
              const replies = [];
              for (const request of requests) {
                worker.postMessage({ id: replies.length, request });
                const { id, reply, detail } = await next();
                replies.push(id === replies.length ? reply : detail);
              }
              worker.terminate();
              return { road, replies };
            }""",
            [f"{address}{app}worker.js", requests],
        )
    )


class Inside:
    """The inside of a page's only worker, through the browser's debugger.

    Playwright's own `Worker.evaluate` needs `eval`, which the worker has not.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.found: dict[int, dict[str, Any]] = {}
        self.workers: list[str] = []
        self.last = 0
        self.session.on("Target.attachedToTarget", lambda event: self.workers.append(event["sessionId"]))
        self.session.on(
            "Target.receivedMessageFromTarget", lambda event: self._take(json.loads(event["message"]))
        )
        self.session.send(
            "Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        )

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self.found[message["id"]] = message["result"]

    def send(self, method: str, **params: Any) -> None:
        """Tell the worker's debugger something, and wait for no answer."""
        self.last += 1
        message = json.dumps({"id": self.last, "method": method, "params": params})
        self.session.send("Target.sendMessageToTarget", {"sessionId": self.workers[-1], "message": message})

    def run(self, script: str) -> Any:
        """Return the value of a JavaScript expression, awaited; an exception is returned as its text."""
        self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        while self.last not in self.found:
            self.page.wait_for_timeout(20)
        result = self.found[self.last]
        if "exceptionDetails" in result:
            return result["exceptionDetails"]["exception"]["description"]
        return result["result"].get("value")


def test_replies_are_the_same_in_the_browser(
    framework: Framework,
    server: SiteServer,
    changed: Callable[..., SiteServer],
    visit: Callable[..., Page],
    app: str,
    runtime: str,
) -> None:
    """Every vector gets the same reply, byte for byte, in CPython and in the browser, on both roads.

    So do requests that nobody thought of, and that were not there when the functions were counted.
    """
    text = framework_json(framework)
    requests = [*vectors(json.loads(text)), *fuzzed(json.loads(text), 200, 1)]
    assert len(requests) >= 400
    bridge.use(text)
    expected = [bridge.handle(request) for request in requests]
    without_memory = changed({f"{runtime}memory.bin.packed": None}).url
    for address, road in ((server.url, "fast"), (without_memory, "safe")):
        found = answers(visit(address), address, app, requests)
        assert found["road"] == road
        unequal = [
            request[:200]
            for request, reply, here in zip(requests, found["replies"], expected, strict=True)
            if reply != here
        ]
        assert not unequal, f"{road}: {len(unequal)} of {len(requests)}"


def test_a_start_tells_its_bytes_and_leaves_nothing_out(
    server: SiteServer, visit: Callable[..., Page], app: str, site: Path, runtime: str
) -> None:
    """Progress never goes back and ends near the size of the files; each file is asked for once."""
    page = visit(server.url)
    before = len(server.hits)
    found = start(page, server.url, app)
    assert found["state"] == "ready"
    loaded = [loaded for loaded, _ in found["progress"]]
    assert loaded == sorted(loaded)
    total = found["progress"][-1][1]
    names = ("memory.bin", "python.wasm")
    assert total == sum((site / runtime / name).stat().st_size for name in names)
    assert 0 < loaded[-1] <= total
    paths = [Path(hit.path) for hit in server.hits[before:]]
    asked = [path.name for path in paths if path.parent.parent.name == "sjalvskattning"]
    packed = [f"{name}.packed" for name in names]
    assert sorted(asked) == sorted((*packed, "client.js", "worker.js", "framework.bin"))


def test_what_the_server_compresses_is_not_unpacked_here(
    site: Path, tmp_path: Path, serve: Callable[..., SiteServer], visit: Callable[..., Page], app: str
) -> None:
    """Where the server compresses by itself, Python's files are asked for as they are, on both roads."""
    folder = tmp_path / "site"
    shutil.copytree(site, folder, copy_function=os.link)
    text = folder / app / "framework.bin"
    Path(f"{text}.gz").write_bytes(gzip.compress(text.read_bytes()))
    for packed in folder.glob("sjalvskattning/runtime-*/*.packed"):
        packed.rename(packed.with_suffix(".gz"))
    server = serve(folder)
    for road, file in (("fast", "python.wasm"), ("safe", "pyodide.asm.wasm")):
        before = len(server.hits)
        assert start(visit(server.url), server.url, app)["road"] == road
        asked = {Path(hit.path).name: hit for hit in server.hits[before:]}
        wasm = asked[file]
        assert wasm.size < (folder / wasm.path.lstrip("/")).stat().st_size / 2
        for memory in folder.glob("sjalvskattning/runtime-*/memory.bin*"):
            memory.unlink()


def test_python_starts_on_a_plain_host_name(server: SiteServer, visit: Callable[..., Page], app: str) -> None:
    """An intranet's `http://` host name, which is no secure context, takes the fast road too."""
    address = server.url.replace("127.0.0.1", INTRANET)
    page = visit(address)
    assert page.evaluate("isSecureContext") is False
    assert start(page, address, app)["road"] == "fast"


@pytest.mark.parametrize("device", ["iPhone; CPU iPhone OS 18_5", "iPad; CPU OS 18_5", "Macintosh; Intel"])
def test_every_identity_takes_the_fast_road(
    device: str, server: SiteServer, visit: Callable[..., Page], app: str
) -> None:
    """CPython starts in another way where the browser reports iOS; the memory fits every browser."""
    identity = f"Mozilla/5.0 ({device}) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"
    found = start(visit(server.url, user_agent=identity), server.url, app)
    assert (found["road"], found["why"]) == ("fast", "")


@pytest.mark.parametrize("damage", ["cut", "changed", "torn"])
def test_a_damaged_memory_leads_to_the_safe_road(
    damage: str,
    changed: Callable[..., SiteServer],
    visit: Callable[..., Page],
    app: str,
    site: Path,
    runtime: str,
) -> None:
    """A memory that arrives cut short, changed or torn off is not used; Python starts from its modules."""
    memory = (site / runtime / "memory.bin").read_bytes()
    half = len(memory) // 2
    content = memory[: half & ~3] if damage == "cut" else memory[:half] + b"damaged!" + memory[half + 8 :]
    packed = gzip.compress(content, 1)
    address = changed(
        {f"{runtime}memory.bin.packed": packed[: len(packed) // 2] if damage == "torn" else packed}
    ).url
    page = visit(address)
    found = start(page, address, app)
    error = "TypeError" if damage == "torn" else "Error: memory.bin is not what was published"
    assert (found["road"], found["why"][: len(error)]) == ("safe", error)
    assert page.evaluate("window.python.request({ kind: 'ping' })")["ok"] is True


@pytest.mark.parametrize(
    "missing", ["pyodide.asm.wasm.packed", "pyodide.asm.js", "pyodide.js", "framework.bin", "worker.js"]
)
def test_a_missing_file_is_named_so(
    missing: str, changed: Callable[..., SiteServer], watch: Callable[..., Watched], app: str, runtime: str
) -> None:
    """Without one of its files Python does not start, which is reported to the page once and soon."""
    folder = runtime if missing.startswith("pyodide") else app
    files = {f"{folder}{missing}": None, f"{runtime}memory.bin.packed": None}  # the safe road wants them all
    address = changed(files).url
    watched = watch(address)
    found = start(watched.open("om/"), address, app)
    assert (found["road"], found["state"], found["failures"]) == ("", "failed", ["missing-file"])
    assert watched.page.evaluate("window.python.request({}).catch(({ code }) => code)") == "missing-file"


def test_blocked_webassembly_is_found_at_once(
    monkeypatch: pytest.MonkeyPatch, server: SiteServer, watch: Callable[..., Watched], app: str
) -> None:
    """A policy or a browser without WebAssembly gives `no-wasm`, where Pyodide alone would wait forever."""
    monkeypatch.setattr(headers, "WORKER_CSP", "default-src 'none'; script-src 'self'; connect-src 'self'")
    page = watch().open("om/")
    assert start(page, server.url, app)["failures"] == ["no-wasm"]
    page.evaluate("delete globalThis.WebAssembly")
    assert start(page, server.url, app)["failures"] == ["no-wasm"]


def test_a_silent_start_has_an_end(server: SiteServer, visit: Callable[..., Page], app: str) -> None:
    """A start without a sign of life within the page's timeout has failed."""
    assert start(visit(server.url), server.url, app, "{ patience: 1 }")["failures"] == ["timeout"]


def test_nothing_is_lost_when_python_ends(server: SiteServer, visit: Callable[..., Page], app: str) -> None:
    """Requests to a Python that was stopped or has died are rejected; a new one answers them."""
    page = visit(server.url)
    start(page, server.url, app)
    stopped = page.evaluate(
        """async () => {
          const asked = window.python.request({ kind: "ping" });
          await window.python.ready;
          window.python.stop();
          const outstanding = await asked.then(() => "answered", ({ code }) => code);
          const later = await window.python.request({ kind: "ping" }).catch(({ code }) => code);
          return [outstanding, later, window.failures.length];
        }"""
    )
    assert stopped == ["stopped", "stopped", 0]

    start(page, server.url, app, "{ replyTime: 500 }")
    inside = Inside(page)
    inside.send("Runtime.evaluate", expression="close()")
    page.wait_for_timeout(200)  # until the worker has closed
    died = page.evaluate("window.python.request({ kind: 'ping' }).catch(({ code }) => code)")
    assert died == "died"
    assert page.evaluate("window.failures") == ["died"]

    assert start(page, server.url, app)["road"] == "fast"
    assert page.evaluate("window.python.request({ kind: 'ping' })")["ok"] is True


@pytest.mark.parametrize("also", ["", "memory.bin.packed"])
def test_a_function_that_nobody_foresaw_costs_no_answer(
    also: str,
    changed: Callable[..., SiteServer],
    watch: Callable[..., Watched],
    app: str,
    site: Path,
    runtime: str,
) -> None:
    """Where the fast road lacks a function, Python starts anew with all of them and answers.

    Where that cannot be done either, it starts on the safe road.
    """
    trapping = without("PyUnicode_AsUTF8AndSize", (site / runtime / "python.wasm").read_bytes())
    server = changed({f"{runtime}python.wasm.packed": gzip.compress(trapping, 1)})
    watched = watch(server.url)
    page = watched.open("om/")
    assert start(page, server.url, app, "{ fresh: true }")["road"] == "fast"
    if also:
        (server.directory / runtime / also).unlink()
    found = page.evaluate(
        """async () => {
          const replies = await Promise.all([1, 2, 3].map(() => window.python.request({ kind: "ping" })));
          const { python: { state, ready }, failures } = window;
          return { ok: replies.map(({ ok }) => ok), state, failures, ...(await ready) };
        }"""
    )
    assert "unreachable" in found.pop("why")
    road = "safe" if also else "whole"
    assert found == {"ok": [True] * 3, "state": "ready", "failures": [], "road": road}
    assert also or watched.problems == []


def test_a_trap_at_the_start_leads_to_all_functions(
    changed: Callable[..., SiteServer], visit: Callable[..., Page], app: str, site: Path, runtime: str
) -> None:
    """Also before the first request, a missing function only means that Python starts with all of them."""
    trapping = without("PyObject_CallOneArg", (site / runtime / "python.wasm").read_bytes())
    address = changed({f"{runtime}python.wasm.packed": gzip.compress(trapping, 1)}).url
    page = visit(address)
    found = start(page, address, app)
    assert found["road"] == "whole"
    assert "unreachable" in found["why"]
    assert page.evaluate("window.python.request({ kind: 'ping' })")["ok"] is True


@pytest.mark.parametrize("with_headers", [True, False])
def test_the_worker_is_cut_off(
    with_headers: bool, request: pytest.FixtureRequest, visit: Callable[..., Page], app: str
) -> None:
    """A worker that has started cannot send, store, or make code from text, whatever the server's headers."""
    server: SiteServer = request.getfixturevalue("server" if with_headers else "bare_server")
    page = visit(server.url)
    assert start(page, server.url, app)["road"] == "fast"
    inside = Inside(page)
    before = len(server.hits)
    assert inside.run("1 + 1") == 2
    assert inside.run(f"{json.dumps(DOORS)}.filter((name) => name in self)") == []
    reachable = set(inside.run(REACHABLE))
    assert {"postMessage", "get size"} <= reachable
    assert reachable.isdisjoint(DOORS + MAKERS_OF_CODE)
    for attempt in (
        "fetch('/leak')",
        "new XMLHttpRequest()",
        "new WebSocket('ws://127.0.0.1/leak')",
        "indexedDB.open('leak')",
        "caches.open('leak')",
        "navigator.storage.getDirectory()",
        "new Worker('leak.js')",
        "new BroadcastChannel('leak')",
        "eval('1')",
        "setTimeout('1')",
    ):
        assert "is not defined" in inside.run(attempt), attempt
    assert "is not a constructor" in inside.run("new (async () => {}).constructor('return 1')")
    assert inside.run("typeof new Function('return 1')") == "object"
    assert page.evaluate("window.python.request({ kind: 'ping' })")["ok"] is True
    assert server.hits[before:] == []


def test_python_is_cut_off(
    changed: Callable[..., SiteServer], visit: Callable[..., Page], app: str, site: Path, runtime: str
) -> None:
    """Python code in the worker finds no way out either; a missing module is an ordinary error.

    On the safe road, where any code can run.
    """
    worker = (site / app / "worker.js").read_text("utf-8")
    opened = worker
    for line, other in (
        ("let loaded = 0;", "let loaded = 0, python;"),
        ("const python = await new Promise", "python = await new Promise"),
        ("closeDoors();\n", "closeDoors();\n  self.python = python;\n"),
    ):
        assert line in opened
        opened = opened.replace(line, other)
    server = changed({f"{app}worker.js": opened.encode(), f"{runtime}memory.bin.packed": None})
    page = visit(server.url)
    assert start(page, server.url, app)["road"] == "safe"
    inside = Inside(page)
    before = len(server.hits)
    leak = f"{server.url}leak.whl"
    for code, error in (
        ("import js; js.fetch", "AttributeError: fetch"),
        ("from pyodide.code import run_js; run_js('1')", "ImportError: cannot import name 'eval'"),
        (f"import pyodide_js; await pyodide_js.loadPackage('{leak}')", "JsException"),
        ("import pyodide_js; pyodide_js.runPython.constructor('return 1')", "TypeError: Expected callable"),
        (f"import socket; socket.socket().connect(('127.0.0.1', {server.server_port}))", "OSError"),
        ("import urllib.request", "ModuleNotFoundError"),
        ("from pyodide.http import pyfetch", "ModuleNotFoundError"),
    ):
        found = str(inside.run(f"python.runPythonAsync({json.dumps(code)})"))
        message = [line for line in found.splitlines() if not line.startswith(" ")]  # without the traceback
        assert error in "\n".join(message)
    assert server.hits[before:] == []

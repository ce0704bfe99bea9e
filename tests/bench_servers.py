"""What a first visit to the self-check costs on real web servers, and how many visitors nginx serves.

    python -m tests.bench_servers [SECONDS]

The first table is for README.md. Bytes are all that the server sends to Chromium, headers included, from an
empty cache until Python answers. Browsers request brotli over https alone, and on this computer's own
address, which is measured here for https.

The second runs `wrk` with 50 connections on all files of such visits, and on one file of the same size as
they have together: what the site costs a server beyond the mere bytes.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from macros.load import load
from macros.site import headers
from macros.site.build import build
from macros.site.compress import compress
from macros.site.publish import publish
from tests.conftest import CHROMIUM_FLAGS, INTRANET, browser_path
from tests.servers import Served, program, serving

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"nginx": "nginx", "apache2": "Apache", "caddy": "Caddy", "lighttpd": "lighttpd"}
CONNECTIONS = 50
_WRK = """
local paths, at = {{ {paths} }}, 0
wrk.headers["Accept-Encoding"] = "gzip, deflate, br"
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary)
  local errors = 0
  for _, count in pairs(summary.errors) do errors = errors + count end
  io.write(string.format("found %d %d %d %d", summary.requests, summary.bytes, summary.duration, errors))
end
"""


class Counter:
    """Between a browser and a server: passes everything on, notes what is asked for and how much comes."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.bytes = 0
        self.paths: list[str] = []
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:  # closed
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._pass, args=(browser, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, browser, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, asked: bool) -> None:
        try:
            while data := source.recv(65536):
                with self.lock:
                    if asked:
                        self.paths += [path.decode() for path in re.findall(rb"^GET (\S+) HTTP", data, re.M)]
                    else:
                        self.bytes += len(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:  # one of the two has gone
            target.close()


@contextmanager
def counting(server: Served) -> Iterator[Counter]:
    """Put a counter before a server."""
    counter = Counter(server.port)
    yield counter
    counter.listener.close()


def visit(browser: Browser, server: Served, host: str) -> Counter:
    """Open the self-check for the first time and wait until Python answers; return what that took."""
    with counting(server) as counter:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://{host}:{counter.port}/sjalvskattning/")
        expect(page.locator("[data-engine]")).to_have_attribute("data-engine", "ready", timeout=60_000)
        context.close()
    return counter


def field(server: Served, path: str, name: str) -> tuple[int, str]:
    """Return the status of a reply, and one of its headers."""
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", f"/{path}")
    with connection.getresponse() as reply:
        return reply.status, reply.headers.get(name, "")


def row(browser: Browser, server: Served, name: str, site: Path) -> str:
    """Return a server's line of the table."""
    (worker,) = site.glob("sjalvskattning/*/worker.js")
    https, http = (visit(browser, server, host).bytes / 1e6 for host in ("127.0.0.1", INTRANET))
    policy = field(server, worker.relative_to(site).as_posix(), "Content-Security-Policy")[1]
    cached = field(server, worker.relative_to(site).as_posix(), "Cache-Control")[1]
    missing = int(field(server, "saknas/", "Content-Length")[1] or 0)
    listed = field(server, worker.parent.relative_to(site).as_posix() + "/", "Content-Type")[0] == 200
    cells = (
        name,
        f"{https:.1f}",
        f"{http:.1f}",
        "yes" if policy == headers.WORKER_CSP else "only in the pages",
        "a year" if "31536000" in cached else "as the browser guesses",
        "the site's" if missing == (site / "404.html").stat().st_size else "the server's",
        "yes" if listed else "no",
    )
    return f"| {' | '.join(cells)} |"


def table(browser: Browser, site: Path) -> Iterator[str]:
    """Return the lines of the table for README.md."""
    yield "| server | https, MB | http, MB | headers | scripts cached | missing page | folders listed |"
    yield "|---|---|---|---|---|---|---|"
    for name, shown in NAMES.items():
        with serving(name, site) as server:
            with_settings = f"{shown}, settings" + (" with brotli" if name == "nginx" else "")
            yield row(browser, server, with_settings, site)
        if name == "nginx":
            with serving(name, site, changes={"brotli_static on;": ""}) as server:
                yield row(browser, server, "nginx, settings", site)
        with serving(name, site, configured=False) as server:
            yield row(browser, server, f"{shown}, none", site)


def load_test(server: Served, paths: Sequence[str], seconds: int) -> tuple[int, int, float, int]:
    """Ask for paths in turn, over and over; return replies, bytes, seconds and errors."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_WRK.format(paths=", ".join(f'"{path}"' for path in paths)))
        script.flush()
        command = [program("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script.name, server.url]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    found = re.search(r"found (\d+) (\d+) (\d+) (\d+)", done.stdout)
    assert found, done.stdout
    replies, size, microseconds, errors = map(int, found.groups())
    return replies, size, microseconds / 1e6, errors


def memory(server: Served) -> float:
    """Return the memory of a server's processes at its highest, in megabytes."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    states = (Path(f"/proc/{pid}/status").read_text() for pid in (str(server.pid), *children))
    return sum(int(size) for state in states for size in re.findall(r"VmHWM:\s+(\d+)", state)) / 1e3


def load_table(browser: Browser, site: Path, seconds: int) -> Iterator[str]:
    """Return what nginx bears: whole first visits, beside one plain file of the same size."""
    with serving("nginx", site) as server:
        first = visit(browser, server, "127.0.0.1")
        (site / "plain.bin").write_bytes(os.urandom(first.bytes))
        for name, paths in (("visits", first.paths), ("plain file", ["/plain.bin"])):
            replies, size, took, errors = load_test(server, paths, seconds)
            visits = replies / len(paths)
            yield (
                f"{name:12}{visits / took:8.1f} a second{size / took / 1e6:10.0f} MB/s{errors:4} errors"
                f"{memory(server):6.0f} MB of memory"
            )
        size = first.bytes
        yield f"on a line of 1 Gbit/s: {125e6 / size:.0f} first visits of {size / 1e6:.1f} MB a second"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    seconds = int(arguments[0]) if arguments else 10
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        if problem := build(ROOT, site):
            raise SystemExit(problem)
        publish(load(ROOT), ROOT).copy_to(site)
        compress(site, ROOT / ".cache" / "compressed")
        browser = playwright.chromium.launch(executable_path=browser_path("chromium"), args=CHROMIUM_FLAGS)
        print("A first visit to the self-check", *table(browser, site), sep="\n", flush=True)
        print(f"nginx, {CONNECTIONS} connections", *load_table(browser, site, seconds), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

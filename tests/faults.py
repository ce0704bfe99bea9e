"""A server on which things go wrong on purpose: a file is cut, a proxy's page comes, a script runs first."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import time
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import TypedDict

from macros.site.server import SiteServer, _Handler

BLOCK_PAGE = b"<!doctype html><title>Blocked</title><h1>Access denied by policy</h1>"
_FIRST = "first.js"
_ROOT = Path(__file__).resolve().parent.parent


def without(function: str, wasm: bytes) -> bytes:
    """Return a WebAssembly file in which the function that is exported by that name has no body."""
    command = [str(Path(sys.executable).parent / "node"), "tests/trap.mjs", function]
    return subprocess.run(command, cwd=_ROOT, input=wasm, stdout=subprocess.PIPE, check=True).stdout


class Fault(TypedDict, total=False):
    """What the server does with each file whose path a regular expression finds."""

    path: str
    status: int
    headers: dict[str, str | None]  #: set, or left out where there is no value
    body: str  #: instead of the file's; "page" is a proxy's page
    instead: str  #: the pattern of another file of the site, which comes under this one's name
    replace: list[str]  #: a text in the file, and what comes instead
    first: str  #: JavaScript that runs before the file's own, which is a page or a script
    without: str  #: the WebAssembly file, packed, lacks the function that is exported by this name
    half: bool  #: the file ends in the middle, as if that were all
    cut: bool  #: the connection ends in the middle of the file
    stall: bool  #: the second half of the file never comes
    trickle: float  #: the file comes in ten parts, with as many seconds after each


class FaultyServer(SiteServer):
    """A server of one folder with faults. Nothing may be cached, so that each counts."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, encodings=())
        self.RequestHandlerClass = _FaultyHandler
        self.spoil([])

    def spoil(self, faults: list[Fault]) -> None:
        """Have these faults from now on, and no others."""
        self.faults = faults
        self.met: list[Fault] = []  # those that a request has had
        self.mended = Event()

    def mend(self) -> None:
        """Serve everything as it is from now on."""
        self.mended.set()
        self.spoil([])


class _FaultyHandler(_Handler):
    server: FaultyServer

    def _reply(self, status: HTTPStatus, fields: dict[str, str], body: bytes) -> None:
        fields = fields | {"Cache-Control": "no-store"}
        path = self.path.partition("?")[0]
        if path == "/down":
            self.server.spoil([{"path": "", "status": 503}])
        faults = [fault for fault in self.server.faults if re.search(fault["path"], path)]
        self.server.met += faults
        for fault in faults:
            if "instead" in fault:
                body = next(self.server.directory.rglob(fault["instead"])).read_bytes()
            status, fields, body = _spoiled(fault, status, fields, body)
        if path == f"/{_FIRST}":
            scripts = [fault["first"] for fault in self.server.faults if "first" in fault]
            status, body = HTTPStatus.OK, scripts[0].encode()
            fields["Content-Type"] = "text/javascript"
        for fault in faults:
            if fault.keys() & {"cut", "stall", "trickle"}:
                return self._reply_in_parts(fault, status, fields, body)
        return super()._reply(status, fields, body)

    def _reply_in_parts(self, fault: Fault, status: HTTPStatus, fields: dict[str, str], body: bytes) -> None:
        mended, pause = self.server.mended, fault.get("trickle", 0)
        self.send_response(status)
        for name, value in (fields | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        size = len(body) // (10 if pause else 2) + 1
        for at in range(0, len(body), size):
            self.wfile.write(body[at : at + size])
            self.wfile.flush()
            if pause:
                time.sleep(pause)
                continue
            if "stall" in fault:
                mended.wait(60)
            self.close_connection = True
            return


def _spoiled(
    fault: Fault, status: HTTPStatus, fields: dict[str, str], body: bytes
) -> tuple[HTTPStatus, dict[str, str], bytes]:
    """A reply as the fault makes it."""
    if "body" in fault:
        body = fault["body"].encode()
    if fault.get("body") == "page":
        body = BLOCK_PAGE
        fields = fields | {"Content-Type": "text/html"}
    if "replace" in fault:
        old, new = (text.encode() for text in fault["replace"])
        assert old in body, f"{old!r} is not in {fault['path']}"
        body = body.replace(old, new)
    if "first" in fault and "html" not in fields["Content-Type"]:
        body = fault["first"].encode() + b"\n" + body
    elif "first" in fault:  # as a file of its own, which the page's policy allows
        body = body.replace(b"</title>", f'</title><script src="/{_FIRST}"></script>'.encode(), 1)
    if "without" in fault:
        body = gzip.compress(without(fault["without"], gzip.decompress(body)), 1)
    if fault.get("half"):
        body = body[: len(body) // 2]
    changed = fields | fault.get("headers", {})
    kept = {name: value for name, value in changed.items() if value is not None}
    return HTTPStatus(fault.get("status", status)), kept, body

"""Build the site and show it, as a real server would: with the headers of `macros.site.headers`.

    python -m macros.site.server [--port 8000]     build into site/, then serve on this computer
    python -m macros.site.server --watch           ... and build again when a file changes

MkDocs' own server puts a script into every page, which the site's policy rightly refuses.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from macros.site import headers
from macros.site.build import build_and_tell

_WATCHED = ("framework", "docs", "macros", "quiz", "mkdocs.yml")

Encoding = Literal["br", "gzip"]
_SUFFIXES: dict[Encoding, str] = {"br": ".br", "gzip": ".gz"}


class Hit(NamedTuple):
    """A request as the server saw it; `path` has its query, `size` is the reply's body in bytes."""

    method: str
    path: str
    status: int
    size: int


class SiteServer(ThreadingHTTPServer):
    """A server of one folder on this computer, for `running`; `hits` holds every request, oldest first.

    Args:
        directory: the folder with the site's files.
        port: the port to listen on; 0 takes a free one.
        prefix: the sub-path that the site lives under, such as `/kompetens/`.
        security: whether to send the headers of `macros.site.headers`, or to be a server where only files can
            be placed.
        encodings: the compressed copies that `compress` makes and that may be sent, the preferred first.

    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        directory: Path,
        *,
        port: int = 0,
        prefix: str = "/",
        security: bool = True,
        encodings: Sequence[Encoding] = ("br", "gzip"),
    ) -> None:
        self.directory = directory.resolve()
        self.prefix = f"/{prefix.strip('/')}/".replace("//", "/")
        self.security = security
        self.encodings = encodings
        self.hits: list[Hit] = []
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """The site's address, with a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}{self.prefix}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report anything but a browser that disconnects in the middle of a reply."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "Kompetenstrappan"
    sys_version = ""
    disable_nagle_algorithm = True  # or a kept connection waits 40 ms between headers and body

    def do_GET(self) -> None:
        site = self.server
        path = unquote(self.path.partition("?")[0])
        if f"{path}/" == site.prefix:
            return self._redirect()
        file = (
            _inside(site.directory, path.removeprefix(site.prefix)) if path.startswith(site.prefix) else None
        )
        if file and file.is_dir():
            if not path.endswith("/"):
                return self._redirect()
            file = _inside(file, "index.html")
        return self._file(file) if file and file.is_file() else self._missing()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _file(self, file: Path, status: HTTPStatus = HTTPStatus.OK) -> None:
        path = f"/{file.relative_to(self.server.directory).as_posix()}"
        fields = {"Content-Type": headers.content_type(path)}
        if self.server.encodings:
            fields["Vary"] = "Accept-Encoding"
            asked = self.headers.get("Accept-Encoding", "").split(",")
            accepted = {kind.split(";")[0].strip() for kind in asked}
            for encoding in self.server.encodings:
                copy = file.with_name(file.name + _SUFFIXES[encoding])
                if encoding in accepted and copy.is_file():
                    fields["Content-Encoding"] = encoding
                    file = copy
                    break
        if self.server.security:
            fields |= headers.security_headers(path)
            fields["Cache-Control"] = headers.cache_control(path, status)
        stat = file.stat()
        fields["ETag"] = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}{file.suffix}"'
        fields["Last-Modified"] = formatdate(stat.st_mtime, usegmt=True)
        if status == HTTPStatus.OK and self._is_known(fields["ETag"], stat.st_mtime):
            return self._reply(HTTPStatus.NOT_MODIFIED, fields, b"")
        return self._reply(status, fields, file.read_bytes())

    def _is_known(self, etag: str, modified: float) -> bool:
        """Whether the browser has this version; an ETag takes precedence over a date."""
        if (known := self.headers.get("If-None-Match")) is not None:
            return not {"*", etag}.isdisjoint(item.strip().removeprefix("W/") for item in known.split(","))
        since = self.headers.get("If-Modified-Since", "")
        with suppress(ValueError):  # no date
            return int(modified) <= parsedate_to_datetime(since).timestamp()
        return False

    def _missing(self) -> None:
        page = self.server.directory / "404.html"
        if page.is_file():
            return self._file(page, HTTPStatus.NOT_FOUND)
        fields = {"Content-Type": headers.content_type("404.txt")}
        return self._reply(HTTPStatus.NOT_FOUND, fields, b"404: sidan finns inte\n")

    def _redirect(self) -> None:
        """Add a slash to the address; never lead to another host (`//host`)."""
        path, mark, query = self.path.partition("?")
        location = f"/{path.strip('/')}/{mark}{query}"
        return self._reply(HTTPStatus.MOVED_PERMANENTLY, {"Location": location}, b"")

    def _reply(self, status: HTTPStatus, fields: dict[str, str], body: bytes) -> None:
        self.server.hits.append(Hit(self.command, self.path, status, len(body)))
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the base class
        """Log nothing: `hits` records every request."""


def _inside(directory: Path, address: str) -> Path | None:
    """The file or folder at an address, if it is in the directory."""
    try:
        file = (directory / address.lstrip("/")).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # missing, too long, a loop of links, a null character
        return None
    return file if file.is_relative_to(directory) else None


@contextmanager
def running(server: SiteServer) -> Iterator[Thread]:
    """Serve in a thread, which the context gives, as long as it lasts."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _state(root: Path) -> dict[Path, int]:
    """When each watched file was changed last, in nanoseconds."""
    state = {}
    for path in (path for name in _WATCHED for path in (root / name, *(root / name).rglob("*"))):
        with suppress(FileNotFoundError):  # an editor's temporary file, gone again
            if path.is_file() and "__pycache__" not in path.parts:
                state[path] = path.stat().st_mtime_ns
    return state


def main() -> int:
    """Return the exit status."""
    parser = argparse.ArgumentParser("python -m macros.site.server", description="Bygg och visa webbplatsen.")
    parser.add_argument("--port", type=int, default=8000, help="porten att visa webbplatsen på (8000)")
    parser.add_argument("--watch", action="store_true", help="bygg om när en fil ändras")
    options = parser.parse_args()
    root = Path.cwd()
    site = root / "site"
    try:
        server = SiteServer(site, port=options.port)
    except OSError:
        print(f"Port {options.port} är upptagen. Välj en annan: make serve PORT=8001", file=sys.stderr)
        return 1
    with suppress(KeyboardInterrupt), server:
        state = _state(root)
        if not (build_and_tell(root, site) or options.watch):
            return 1
        with running(server) as thread:
            shown = f"Webbplatsen visas på {server.url}" if site.is_dir() else "Väntar på att felet rättas."
            print(f"{shown} Avsluta med Ctrl+C. (Stop: Ctrl+C)", flush=True)
            while options.watch:
                time.sleep(0.5)
                if (now := _state(root)) != state:
                    state = now  # a failed build leaves the last good site in place
                    if build_and_tell(root, site):
                        print(f"Ladda om sidan i webbläsaren: {server.url}", flush=True)
            thread.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())

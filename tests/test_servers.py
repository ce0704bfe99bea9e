"""Real web servers, with the settings that are published with the site, and without any."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from macros.site import headers
from macros.site.settings import server_files
from tests.conftest import Watched
from tests.servers import SERVERS, Served, serving

pytestmark = pytest.mark.slow
HASHED = "sjalvskattning/runtime-0123456789ab/"
SUB_PATH = "kompetens/"
LARGE = 3000
# What servers can be told to say of a file that has changed, that never changes, and of an error.
CACHED = {
    "lighttpd": ("max-age=0", "max-age=31536000", None),  # its settings know no status
}
FILES = {
    "index.html": "<h1>Start</h1>",
    "404.html": "<h1>Sidan finns inte</h1>",
    "om/index.html": "<h1>Om</h1>",
    "tom/fil.txt": "En mapp utan sida.",
    f"{HASHED}worker.js": "export {};",
    f"{HASHED}python.wasm": "w" * LARGE,
    f"{HASHED}python.wasm.br": "as brotli",
    f"{HASHED}python.wasm.gz": "as gzip",
    f"{HASHED}memory.bin.packed": "p" * LARGE,
    **{f"typ/x{ending}": "x" for ending in headers.MIME_TYPES},
}


class Answer(NamedTuple):
    """A server's reply; a header that is there twice is two lines."""

    status: int
    fields: http.client.HTTPMessage
    body: bytes

    def field(self, name: str) -> str | None:
        """The value of a header."""
        return "\n".join(self.fields.get_all(name) or ()) or None


def ask(server: Served, path: str, encodings: str = "") -> Answer:
    """Ask for a path, with what would be accepted as compression."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", f"/{path}", headers={"Accept-Encoding": encodings})
    with connection.getresponse() as reply:
        answer = Answer(reply.status, reply.headers, reply.read())
    connection.close()
    return answer


def deny(file: Path) -> None:
    """Make a file one that a server refuses to open, for root too."""
    file.unlink(missing_ok=True)
    file.symlink_to(file.name)


def damage(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file one that no server can open."""
    monkeypatch.chdir(file.parent)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(file.name)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small site, and the same one in a folder of its own."""
    root = tmp_path_factory.mktemp("published")
    for base in ("", SUB_PATH):
        for name, text in FILES.items():
            (root / base / name).parent.mkdir(parents=True, exist_ok=True)
            (root / base / name).write_text(text, "utf-8")
        (root / base / "server").mkdir()
        for name, text in server_files(FILES, f"/{base}").items():
            (root / base / name).write_text(text, "utf-8")
        deny(root / base / HASHED / "denied.js")
    return root


@pytest.mark.parametrize("base", ["", SUB_PATH], ids=["root", "sub-path"])
@pytest.mark.parametrize("name", SERVERS)
def test_settings_send_the_decided_headers(name: str, base: str, root: Path) -> None:
    """Every file comes with its type, its policy and for how long it may be cached; so does a missing one."""
    changing, fixed, error = CACHED.get(name, (headers.REVALIDATE, headers.FOREVER, headers.NEVER))
    cases = {
        "": (200, changing),
        "om/": (200, changing),
        f"{HASHED}worker.js": (200, fixed),
        f"{HASHED}memory.bin.packed": (200, fixed),
        "saknas/": (404, error),
        f"{HASHED}gone.js": (404, error),
    }
    with serving(name, root, f"/{base}") as server:
        for path, (status, cached) in cases.items():
            answer = ask(server, base + path)
            assert (answer.status, answer.field("Cache-Control")) == (status, cached), path
            sent = {field: answer.field(field) for field in headers.HEADERS}
            assert sent == headers.security_headers(f"/{path}" if status == 200 else "/404.html"), path
            if status == 404:
                assert answer.body.decode() == FILES["404.html"]
                assert answer.field("Content-Type") == "text/html; charset=utf-8"
        for ending in headers.MIME_TYPES:
            assert ask(server, f"{base}typ/x{ending}").field("Content-Type") == headers.content_type(
                f"x{ending}"
            )
        assert (ask(server, f"{base}om").field("Location") or "").endswith(f"/{base}om/")


@pytest.mark.parametrize("base", ["", SUB_PATH], ids=["root", "sub-path"])
@pytest.mark.parametrize("name", SERVERS)
def test_settings_hide_what_is_not_for_readers(name: str, base: str, root: Path) -> None:
    """The settings themselves cannot be read, and a folder without a page is not listed."""
    with serving(name, root, f"/{base}") as server:
        for path in ("server/", "server/nginx.conf", "web.config", ".htaccess", "tom/", HASHED):
            answer = ask(server, base + path)
            assert answer.status in (403, 404), path
            assert b"fil.txt" not in answer.body
        assert ask(server, f"{base}tom/fil.txt").status == 200


@pytest.mark.parametrize("configured", [True, False], ids=["settings", "bare"])
@pytest.mark.parametrize("name", SERVERS)
def test_no_error_is_cached(name: str, configured: bool, root: Path) -> None:
    """A file that is refused or gone comes without leave to cache it, also where its path has a hash."""
    with serving(name, root, configured=configured) as server:
        for path in ("denied.js", "gone.js"):
            answer = ask(server, HASHED + path)
            assert answer.status >= 400
            assert answer.field("Cache-Control") in (None, headers.NEVER)
            if not answer.field("Cache-Control"):  # then a browser goes by what else it is told
                assert not {"Expires", "Last-Modified"} & set(answer.fields)


def test_nginx_says_no_store_with_every_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """403, 404 and 500 of nginx, each at the path of a file with a hash."""
    damage(root / HASHED / "damaged.js", monkeypatch)
    with serving("nginx", root) as server:
        for path, status in (("denied.js", 403), ("gone.js", 404), ("damaged.js", 500)):
            answer = ask(server, HASHED + path)
            assert (answer.status, answer.field("Cache-Control")) == (status, headers.NEVER)
            assert {field: answer.field(field) for field in headers.HEADERS} == headers.HEADERS


@pytest.mark.parametrize("name", ["nginx", "apache2", "caddy"])
def test_compressed_copies_are_sent(name: str, root: Path) -> None:
    """The copy beside a file is sent where the browser takes it, with the type of the file, brotli first."""
    with serving(name, root) as server:
        for asked, encoding, body in (
            ("gzip, deflate, br", "br", b"as brotli"),
            ("gzip, deflate", "gzip", b"as gzip"),
            ("", None, b"w" * LARGE),
        ):
            answer = ask(server, f"{HASHED}python.wasm", asked)
            assert (answer.field("Content-Encoding"), answer.body) == (encoding, body)
            assert answer.field("Content-Type") == "application/wasm"
            assert answer.field("Cache-Control") == headers.FOREVER
            assert encoding is None or "Accept-Encoding" in (answer.field("Vary") or "")


def test_lighttpd_compresses_texts(root: Path) -> None:
    """No copies are sent by lighttpd; it compresses texts by itself, and leaves alone what is packed."""
    with serving("lighttpd", root) as server:
        text = root / "text.js"
        text.write_text("x = 1;\n" * LARGE, "utf-8")
        for asked, encoding in (("br", "br"), ("gzip", "gzip")):
            answer = ask(server, "text.js", asked)
            assert answer.field("Content-Encoding") == encoding
            assert len(answer.body) < LARGE
        assert len(ask(server, f"{HASHED}memory.bin.packed", "br").body) == LARGE


@pytest.mark.parametrize("name", SERVERS)
def test_copying_files_is_enough(name: str, root: Path) -> None:
    """Without any settings, packed files come as they are, and pages and scripts with a type that works."""
    with serving(name, root, configured=False) as server:
        packed = ask(server, f"{HASHED}memory.bin.packed", "gzip, deflate, br")
        assert (packed.status, packed.field("Content-Encoding"), len(packed.body)) == (200, None, LARGE)
        assert (ask(server, "om/").field("Content-Type") or "").startswith("text/html")
        assert "javascript" in (ask(server, f"{HASHED}worker.js").field("Content-Type") or "")


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of the real site whose files can be exchanged."""
    return Path(shutil.copytree(site, tmp_path / "site", copy_function=os.link))


@contextmanager
def broken(files: list[Path]) -> Iterator[None]:
    """Have the server refuse files for a while."""
    contents = {file: file.read_bytes() for file in files}
    for file in files:
        deny(file)
    yield
    for file, content in contents.items():
        file.unlink()
        file.write_bytes(content)


def is_now(page: Page, state: str) -> None:
    """Wait until the self-check's Python is in a state."""
    expect(page.locator("[data-engine]")).to_have_attribute("data-engine", state)


@pytest.mark.parametrize("again", ["retry", "reload", "new visit"])
def test_a_mended_file_works_at_once(again: str, copy: Path, watch: Callable[..., Watched]) -> None:
    """The page says that nginx refuses a file; once it is mended, any way of trying again works."""
    files = list(copy.glob("sjalvskattning/runtime-*/*.wasm.packed"))
    assert len(files) == 2
    with serving("nginx", copy) as server:
        watched = watch(server.url)
        with broken(files):
            page = watched.open("sjalvskattning/")
            is_now(page, "failed")
            expect(page.locator("[data-why]")).to_contain_text("En fil som behövs gick inte att hämta.")
        if again == "retry":
            page.get_by_role("button", name="Försök igen").click()
        elif again == "reload":
            page.reload()
        else:
            page = watched.open("sjalvskattning/")
        is_now(page, "ready")


@pytest.mark.parametrize(
    "names", ["worker.js", "framework.bin", "memory.bin.packed pyodide.asm.js", "*.wasm.packed"]
)
def test_retrying_asks_past_the_cache(names: str, copy: Path, watch: Callable[..., Watched]) -> None:
    """Where a server has an error cached for a year, *Försök igen* mends that, for later visits too."""
    files = [file for name in names.split() for file in copy.glob(f"sjalvskattning/*/{name}")]
    assert files
    changes = {f'default "{headers.NEVER}";': "default $kompetenstrappan_file;"}
    with serving("nginx", copy, changes=changes) as server:
        watched = watch(server.url)
        with broken(files):
            page = watched.open("sjalvskattning/")
            is_now(page, "failed")
        page = watched.open("sjalvskattning/")
        is_now(page, "failed")
        page.get_by_role("button", name="Försök igen").click()
        is_now(page, "ready")
        is_now(watched.open("sjalvskattning/"), "ready")


def test_the_self_check_starts_on_every_server(copy: Path, watch: Callable[..., Watched]) -> None:
    """With settings and without, below a sub-path, Python starts on the fast road."""
    root = copy.parent / "root"
    root.mkdir()
    copy.rename(root / "kompetens")
    (client,) = root.glob(f"{SUB_PATH}sjalvskattning/*/client.js")
    script = f"/{client.relative_to(root).as_posix()}"
    for name in SERVERS:
        for configured in (True, False):
            with serving(name, root, f"/{SUB_PATH}", configured=configured) as server:
                page = watch(server.url).open(f"{SUB_PATH}om/")
                road = page.evaluate(
                    "async (script) => (await (await import(script)).start().ready).road", script
                )
                assert road == "fast", name
                page.context.close()

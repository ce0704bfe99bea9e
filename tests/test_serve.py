"""The server that shows the site answers like a real one, and the files for real servers agree with it."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import NamedTuple
from urllib.request import urlopen

import pytest

from macros.site import headers
from macros.site.build import build
from macros.site.iis import web_config
from macros.site.server import SiteServer
from tests.conftest import ROOT
from tests.project import copy_project

PAGE = "om/tillganglighet"
HASHED = "sjalvskattning/runtime-0123456789ab/"
Serve = Callable[..., SiteServer]


class Answer(NamedTuple):
    """A server's reply."""

    status: int
    fields: http.client.HTTPMessage
    body: bytes


def ask(server: SiteServer, path: str, method: str = "GET", **fields: str) -> Answer:
    """Ask a server for exactly this path; `If_None_Match=...` becomes the header If-None-Match."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in fields.items()}
    )
    with connection.getresponse() as reply:
        answer = Answer(reply.status, reply.headers, reply.read())
    connection.close()
    return answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site beside a file that is not part of it."""
    parent = tmp_path_factory.mktemp("served")
    (parent / "secret.txt").write_text("hemligt")
    site = parent / "site"
    for name, text in {
        "index.html": "<h1>Start</h1>" * 50,
        "404.html": "<h1>Sidan finns inte</h1>",
        "räksmörgås/index.html": "<h1>Smörgås</h1>",
        "data.yml": "a: 1",
        f"{HASHED}worker.js": "export {};",
        f"{HASHED}python.wasm": "wasm",
        f"{HASHED}python.wasm.br": "as brotli",
        f"{HASHED}python.wasm.gz": "as gzip",
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / "leak.txt").symlink_to(parent / "secret.txt")
    return site


@pytest.fixture(scope="module")
def small(folder: Path, serve: Serve) -> SiteServer:
    """The small site on a server as it is by itself: with headers and both kinds of compression."""
    return serve(folder)


@pytest.mark.parametrize("path", ["/", "/data.yml", "/saknas/", f"/{HASHED}python.wasm"])
def test_every_reply_carries_the_security_headers(small: SiteServer, path: str) -> None:
    """A page, a file and a missing page are all sent with every header of the policy."""
    fields = ask(small, path).fields
    assert {name: fields[name] for name in headers.HEADERS} == headers.HEADERS


def test_policy_in_the_page_is_the_one_in_the_header() -> None:
    """The <meta> equals the header, except for framing, and neither allows inline script or eval."""
    assert headers.CSP.startswith(headers.CSP_META)
    assert "frame-ancestors" not in headers.CSP_META
    for policy in (headers.CSP, headers.WORKER_CSP):
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"'unsafe-(inline|eval)'|https?:|\*", policy)


def test_worker_has_a_policy_of_its_own(site: Path, server: SiteServer) -> None:
    """The self-check's worker on the real site may load Python, and nothing that a page may."""
    (worker,) = site.glob("sjalvskattning/*/worker.js")
    fields = ask(server, f"/{worker.relative_to(site).as_posix()}").fields
    assert fields["Content-Security-Policy"] == headers.WORKER_CSP
    assert fields["Cache-Control"] == headers.FOREVER


def test_only_paths_with_a_hash_are_kept(small: SiteServer) -> None:
    """What can change is asked for again; what is named by its content is kept, unless it is missing."""
    assert ask(small, f"/{HASHED}worker.js").fields["Cache-Control"] == headers.FOREVER
    for path in ("/", "/data.yml"):
        assert ask(small, path).fields["Cache-Control"] == headers.REVALIDATE
    assert ask(small, f"/{HASHED}gone.js").fields["Cache-Control"] == headers.NEVER
    assert headers.cache_control("/assets/stylesheets/main.484c7ddc.min.css") == headers.FOREVER
    assert headers.cache_control("/ramverket/nivaerna/index.html") == headers.REVALIDATE


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/data.yml", "application/yaml"),
        (f"/{HASHED}worker.js", "text/javascript; charset=utf-8"),
        (f"/{HASHED}python.wasm", "application/wasm"),
        ("/saknas.json", "text/html; charset=utf-8"),
    ],
)
def test_files_have_the_type_that_browsers_demand(small: SiteServer, path: str, expected: str) -> None:
    """A module script and WebAssembly start only with the right type."""
    assert ask(small, path).fields["Content-Type"] == expected


def test_every_ending_on_the_site_has_a_type(site: Path) -> None:
    """IIS refuses a file whose ending is not listed, so the real site has no such file."""
    endings = {file.suffix for file in site.rglob("*") if file.is_file()} - {".br", ".gz"}
    assert endings <= set(headers.MIME_TYPES) | {".config", ".conf", ""}


def test_missing_page_answers_with_the_sites_own(small: SiteServer, serve: Serve, tmp_path: Path) -> None:
    """404 comes with the site's 404.html, or with a plain line where there is none."""
    assert (ask(small, "/saknas/").status, ask(small, "/saknas/").body.decode()) == (
        404,
        "<h1>Sidan finns inte</h1>",
    )
    plain = ask(serve(tmp_path), "/")
    assert (plain.status, plain.fields["Content-Type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        f"/{HASHED}../../../secret.txt",
        "//../secret.txt",
        "/leak.txt",
        "/index.html%00.txt",
        "/" + "x" * 5000,
    ],
)
def test_nothing_outside_of_the_folder_is_served(small: SiteServer, path: str) -> None:
    """No spelling of a path, and no link, leads out of the folder."""
    answer = ask(small, path)
    assert answer.status == 404
    assert b"hemligt" not in answer.body


def test_folder_without_slash_redirects(small: SiteServer) -> None:
    """A folder's address gets its slash, with its query, and never names another host."""
    answer = ask(small, "/r%C3%A4ksm%C3%B6rg%C3%A5s?a=1")
    assert (answer.status, answer.fields["Location"]) == (301, "/r%C3%A4ksm%C3%B6rg%C3%A5s/?a=1")
    assert ask(small, answer.fields["Location"]).body.decode() == "<h1>Smörgås</h1>"
    assert not ask(small, f"//{HASHED.rstrip('/')}").fields["Location"].startswith("//")


def test_site_can_live_under_a_sub_path(folder: Path, serve: Serve) -> None:
    """With a prefix the site answers below it, and nowhere else."""
    server = serve(folder, prefix="kompetens")
    assert server.url.endswith("/kompetens/")
    assert ask(server, "/kompetens").fields["Location"] == "/kompetens/"
    assert ask(server, "/kompetens/").status == 200
    assert ask(server, "/").status == ask(server, "/kompetensen/").status == 404


def test_server_where_only_files_can_be_placed(folder: Path, serve: Serve) -> None:
    """Without our headers the types are there, and nothing else of ours."""
    fields = ask(serve(folder, security=False), f"/{HASHED}worker.js").fields
    assert fields["Content-Type"] == "text/javascript; charset=utf-8"
    assert not {*headers.HEADERS, "Cache-Control"} & set(fields)


def test_compression_follows_what_the_browser_asks_for(small: SiteServer, folder: Path) -> None:
    """The copy beside a file is sent: brotli before gzip, and the file itself without either."""
    path = f"{HASHED}python.wasm"
    for asked, encoding, suffix in [
        ("gzip, deflate, br", "br", ".br"),
        ("gzip", "gzip", ".gz"),
        ("identity", None, ""),
    ]:
        answer = ask(small, f"/{path}", Accept_Encoding=asked)
        assert (answer.fields["Content-Encoding"], answer.body) == (
            encoding,
            (folder / f"{path}{suffix}").read_bytes(),
        )
        assert answer.fields["Content-Type"] == "application/wasm"
        assert answer.fields["Vary"] == "Accept-Encoding"


def test_each_encoding_is_a_version_of_its_own(small: SiteServer) -> None:
    """A browser that holds one encoding of a file gets no 304 for another."""
    kinds = ("br", "gzip", "identity")
    assert (
        len({ask(small, f"/{HASHED}python.wasm", Accept_Encoding=kind).fields["ETag"] for kind in kinds}) == 3
    )


def test_compression_can_be_off_and_files_without_a_copy_are_sent(
    folder: Path, serve: Serve, small: SiteServer
) -> None:
    """A server that compresses nothing, and a file too small to have a copy, send the file itself."""
    off = serve(folder, encodings=())
    for server, path in ((off, f"/{HASHED}python.wasm"), (small, "/")):
        answer = ask(server, path, Accept_Encoding="gzip, br")
        assert answer.fields["Content-Encoding"] is None
        assert answer.status == 200
    assert ask(off, f"/{HASHED}python.wasm", Accept_Encoding="br").body == b"wasm"


def test_second_visit_is_not_sent_again(small: SiteServer) -> None:
    """A browser with the current version gets a 304; one with another version gets the page."""
    first = ask(small, "/")
    for known in (
        {"If_None_Match": first.fields["ETag"]},
        {"If_Modified_Since": first.fields["Last-Modified"]},
    ):
        second = ask(small, "/", **known)
        assert (second.status, second.body) == (304, b"")
        assert second.fields["ETag"] == first.fields["ETag"]
    changed = {"If_None_Match": '"older"', "If_Modified_Since": first.fields["Last-Modified"]}
    assert ask(small, "/", **changed).status == 200
    assert ask(small, "/", If_Modified_Since="nonsense").status == 200


def test_head_is_get_without_the_body(small: SiteServer) -> None:
    """HEAD gives the size and no body."""
    get, head = ask(small, "/"), ask(small, "/", "HEAD")
    assert head.body == b""
    assert head.fields["Content-Length"] == get.fields["Content-Length"] == str(len(get.body))


def test_every_request_is_noted(folder: Path, serve: Serve) -> None:
    """The tests of privacy count what reached the server, in order, with its query."""
    server = serve(folder)
    ask(server, "/data.yml?x=1")
    ask(server, "/saknas", "HEAD")
    assert [(hit.method, hit.path, hit.status) for hit in server.hits] == [
        ("GET", "/data.yml?x=1", 200),
        ("HEAD", "/saknas", 404),
    ]


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A copy of the project, with one page's text replaced."""
    write_page(copy_project(tmp_path), "Före")
    return tmp_path


def write_page(project: Path, text: str) -> None:
    """Give the page another text."""
    front = "---\ntitle: Sida\ndescription: En sida.\n---\n"
    (project / "docs" / f"{PAGE}.md").write_text(f"{front}# Rubrik\n\n{text}\n", "utf-8")


def test_build_replaces_the_site_or_leaves_it(toy: Path) -> None:
    """A failed build reports why and leaves the served site; the next one replaces it, and nothing else."""
    assert build(toy, toy / "site") == ""
    before = sorted(path.name for path in toy.iterdir())
    assert "Före" in (toy / "site" / PAGE / "index.html").read_text("utf-8")
    write_page(toy, "Efter [länk](finns-inte.md)")
    said = build(toy, toy / "site")
    assert "finns-inte.md" in said
    assert "INFO" not in said
    assert "Före" in (toy / "site" / PAGE / "index.html").read_text("utf-8")
    write_page(toy, "Efter")
    assert build(toy, toy / "site") == ""
    assert "Efter" in (toy / "site" / PAGE / "index.html").read_text("utf-8")
    assert sorted(path.name for path in toy.iterdir()) == before


def test_taken_port_is_said_plainly(small: SiteServer) -> None:
    """Starting a second server gives advice to choose another port, and no traceback."""
    command = [sys.executable, "-m", "macros.site.server", "--port", str(small.server_port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr == f"Port {small.server_port} är upptagen. Välj en annan: make serve PORT=8001\n"


def test_watching_serves_the_last_good_site(toy: Path) -> None:
    """An edit shows after a rebuild; a mistake is reported, and the site stays up; Ctrl+C exits cleanly."""
    watching = subprocess.Popen(
        [sys.executable, "-u", "-m", "macros.site.server", "--port", "0", "--watch"],
        cwd=toy,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    with watching as process:

        def told(text: str) -> str:
            """Read on until a line holds the text, and return that line."""
            assert process.stdout is not None
            return next(line for line in process.stdout if text in line)

        late = Timer(120, process.kill)  # or a silent process would be read from forever
        late.start()
        try:
            url = told("Webbplatsen visas på").split()[3]
            with urlopen(f"{url}{PAGE}/") as reply:
                assert "Före" in reply.read().decode()
            write_page(toy, "Efter")
            assert url in told("Ladda om sidan")
            write_page(toy, "Efter [länk](finns-inte.md)")
            assert told("finns-inte.md")
            assert told("Webbplatsen byggdes inte")
            with urlopen(f"{url}{PAGE}/") as reply:
                assert "Efter" in reply.read().decode()
            process.send_signal(signal.SIGINT)
            process.wait()
        finally:
            late.cancel()
            process.kill()
    assert process.returncode == 0


def test_headers_are_the_decided_ones() -> None:
    """The policies and headers, written out here, so that none of them is loosened or lost unseen."""
    assert headers.CSP.split("; ") == [
        "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'",
        "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "worker-src 'self'",
        "manifest-src 'self'", "media-src 'self'", "base-uri 'none'", "form-action 'none'",
        "frame-ancestors 'self'",
    ]  # fmt: skip
    assert (
        headers.WORKER_CSP == "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    )
    assert headers.HEADERS == {
        "Content-Security-Policy": headers.CSP,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
        "payment=(), usb=()",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert headers.FOREVER == "public, max-age=31536000, immutable"
    assert (headers.REVALIDATE, headers.NEVER) == ("no-cache", "no-store")


def test_iis_file_says_what_the_server_does() -> None:
    """The IIS file holds the same headers and types, and names the worker and the folders with a hash."""
    root = ET.fromstring(web_config(["index.html", f"{HASHED}worker.js", f"{HASHED}python.wasm"]).encode())
    general = root.find("system.webServer")
    assert general is not None
    sent = {
        item.get("name"): item.get("value") for item in general.iterfind("httpProtocol/customHeaders/add")
    }
    assert sent == headers.HEADERS
    removed = [item.get("name") for item in general.iterfind("httpProtocol/customHeaders/remove")]
    assert removed == ["X-Powered-By", *headers.HEADERS]
    error = general.find("httpErrors/error[@statusCode='404']")
    assert error is not None
    assert (error.get("path"), error.get("responseMode")) == ("404.html", "File")
    types = {
        item.get("fileExtension"): item.get("mimeType") for item in general.iterfind("staticContent/mimeMap")
    }
    assert types == {ending: headers.content_type(f"x{ending}") for ending in headers.MIME_TYPES}
    locations = {item.get("path"): item for item in root.iterfind("location")}
    assert list(locations) == [HASHED.rstrip("/"), f"{HASHED}worker.js"]
    policy = locations[f"{HASHED}worker.js"].find(".//customHeaders/add")
    assert policy is not None
    assert locations[f"{HASHED}worker.js"].find(".//remove[@name='Content-Security-Policy']") is not None
    assert policy.get("value") == headers.WORKER_CSP
    assert locations[HASHED.rstrip("/")].find(".//clientCache[@cacheControlCustom='immutable']") is not None

"""What the tests share: the framework, one built site, its server, a browser that notes what goes wrong."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from macros.load import load
from macros.model import Framework
from macros.site.build import build
from macros.site.server import SiteServer, running
from macros.slides.deck import Slide, deck
from tests.engines import WebDriver, browser_path, start_firefox, start_webkit
from tests.faults import FaultyServer
from tests.pages import parse
from tests.protocol import Recorder, unknown

ROOT = Path(__file__).resolve().parent.parent
# Plain http on a host name is no secure context; Chromium finds this one here, and no other at all.
INTRANET = "intranat.test"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {INTRANET} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}

# No test is timed: a slow machine is no failure.
settings.register_profile("kompetenstrappan", deadline=None, print_blob=True)
settings.load_profile("kompetenstrappan")
set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
expect.set_options(timeout=30_000)

# Runs in every page before its own scripts, and records what the browser reports only to the page.
_TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  console.error(`csp: ${effectiveDirective} ${blockedURI} ${sourceFile}`));
"""

# The same for the pages of the fixture `listening`: kept in `window.problems`.
_LISTEN = """window.problems = [];
for (const kind of ["error", "warn"])
  console[kind] = (...words) => problems.push(`${kind}: ${words.join(" ")}`);
addEventListener("error", ({ message, target }) =>
  problems.push(`error: ${message ?? target.outerHTML}`), true);
addEventListener("unhandledrejection", ({ reason }) => problems.push(`rejected: ${reason}`));
addEventListener("securitypolicyviolation", (event) =>
  problems.push(`csp: ${event.effectiveDirective} ${event.blockedURI}`));"""


# A test with one of these fixtures needs a browser, a built site or Python as it is published.
_SLOW = {"chromium", "firefox", "nasty_site", "published", "site", "subpath_site", "toy", "webkit"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what renews files in the project: transcripts, and the protocol of accessibility."""
    parser.addoption("--renew", action="store_true", help="write the transcripts in tests/heard/ anew")
    parser.addoption("--protocol", type=Path, help="write what the tests marked `wcag` show to this file")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Use a process more than there are cores, since a test in a browser often waits."""
    return (yield) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Record what the tests show of accessibility, when asked to."""
    if file := config.getoption("--protocol"):
        config.pluginmanager.register(Recorder(file))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what `make test FAST=1` leaves out; refuse a mark of `wcag` that says too little.

    The slow ones come first, so that one process builds the site while another has the others to run; and of
    them those in Firefox and WebKit, so that one process starts these.
    """
    for item in items:
        for mark in item.iter_markers("wcag"):
            if wrong := unknown(mark):
                raise pytest.UsageError(f"{item.nodeid}: {'; '.join(wrong)}")
        if _SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    engines = {"engine", "firefox", "webkit"}
    items.sort(key=lambda item: engines.isdisjoint(getattr(item, "fixturenames", ())))
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The real framework."""
    return load(ROOT)


@pytest.fixture(scope="session")
def decided(framework: Framework) -> Framework:
    """The framework as version 1.0 was decided, kept aside: no edit of the texts changes what it says."""
    return as_decided(framework)


def as_decided(framework: Framework) -> Framework:
    """Return version 1.0, with what no version holds: the workshop and the statement on accessibility."""
    kept = json.loads((ROOT / "framework" / "versions" / "1.0.json").read_bytes())
    return Framework.model_validate_json(json.dumps(framework.model_dump(mode="json") | kept))


@pytest.fixture(scope="session")
def slides(framework: Framework) -> tuple[Slide, ...]:
    """The workshop's slides of the real framework."""
    return deck(framework)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built once for all processes that run tests."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "site"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            problem = build(ROOT, folder)
            assert not problem, problem
    return folder


@pytest.fixture(scope="session")
def urls(site: Path) -> list[str]:
    """The address of every page, relative to the site."""
    return [
        file.relative_to(site).as_posix().removesuffix("index.html") for file in sorted(site.rglob("*.html"))
    ]


@pytest.fixture(scope="session")
def kinds(site: Path, urls: list[str]) -> list[str]:
    """The address of one page of each kind: the first of each template, and each with its own text."""
    chosen: dict[str, str] = {}
    for url in urls:
        page = parse(
            (site / url / "index.html" if not url.endswith(".html") else site / url).read_text("utf-8")
        )
        shown = page.all("div", class_="page")
        chosen.setdefault(shown[0].get("class") if shown else url, url)
    return list(chosen.values())


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., SiteServer]]:
    """Start a server of a folder, with the arguments of `SiteServer`; all end with the session."""
    with ExitStack() as stack:

        def start(directory: Path, **options: Any) -> SiteServer:
            server = SiteServer(directory, **options)
            stack.enter_context(running(server))
            return server

        yield start


@pytest.fixture(scope="session")
def server(site: Path, serve: Callable[..., SiteServer]) -> SiteServer:
    """The real site on a server that sends its headers: `server.url`, and every request in `server.hits`."""
    return serve(site)


@pytest.fixture(scope="session")
def listening(site: Path) -> Iterator[SiteServer]:
    """The real site for engines that report nothing: each page keeps its `window.problems`."""
    server = FaultyServer(site)
    server.spoil([{"path": r"(/|\.html)$", "first": _LISTEN}])
    with running(server):
        yield server


@pytest.fixture(scope="session")
def bare_server(site: Path, serve: Callable[..., SiteServer]) -> SiteServer:
    """The real site under a sub-path, on a server where only files can be placed: no headers of ours."""
    return serve(site, security=False, prefix="/kompetens/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    # axe and Python are new to each page: to compile them well takes longer than they run.
    patience = "--invocation-count-for-maglev=4000 --invocation-count-for-turbofan=30000 --liftoff-only"
    with sync_playwright() as playwright, started(playwright.chromium, f"--js-flags={patience}") as browser:
        yield browser


@contextmanager
def started(kind: BrowserType, *flags: str) -> Iterator[Browser]:
    """Start a Chromium without windows: the same engine, a fifth faster."""
    executable = browser_path("chromium-headless-shell")
    with kind.launch(executable_path=executable, args=[*CHROMIUM_FLAGS, *flags]) as browser:
        yield browser


@pytest.fixture(scope="session")
def firefox() -> Iterator[WebDriver]:
    """One Firefox for all tests that need a page in it."""
    with start_firefox() as driver:
        yield driver


@pytest.fixture(scope="session")
def webkit() -> Iterator[WebDriver]:
    """One WebKit for all tests."""
    with start_webkit() as driver:
        yield driver


class Watched:
    """A new page of a browser context, which notes what should not happen on it and on those it opens.

    `problems` holds a line for each console error or warning, uncaught error, breach of the content policy,
    failed request, and request to anywhere but `address`. `requests` holds every address asked for.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.context = page, page.context
        self.address = address
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._notes: dict[Any, Callable[[Any], None]] = {
            "console": lambda message: self._note_console(message.type, message.text),
            "weberror": lambda error: self.problems.append(f"error: {error.error}"),
            "request": lambda request: self._note_request(request.url),
            "requestfailed": lambda request: self.problems.append(f"failed: {request.url} {request.failure}"),
        }
        for event, note in self._notes.items():
            self.context.on(event, note)

    def open(self, path: str = "") -> Page:
        """Go to a page of the site, by its path without a leading slash, and return it."""
        self.page.goto(self.address + path)
        return self.page

    def leave(self, last: Page) -> None:
        """Close every page of the context but the last, and note nothing more."""
        for page in self.context.pages:
            if page is not last:
                page.close()
        for event, note in self._notes.items():
            self.context.remove_listener(event, note)

    def _note_console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(f"console: {text}")

    def _note_request(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self.address, "data:", "blob:")):
            self.problems.append(f"outside: {url}")


@contextmanager
def listened(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Open a context whose pages report breaches of the content policy; the options are a context's."""
    with browser.new_context(**options) as context:
        context.add_init_script(_TELL_VIOLATIONS)
        yield context


@pytest.fixture
def watch(chromium: Browser, server: SiteServer) -> Iterator[Callable[..., Watched]]:
    """Open a `Watched` page, of `server` unless another address is given; options are those of a context."""
    with ExitStack() as stack:

        def start(address: str = server.url, viewport: ViewportSize = DESKTOP, **options: Any) -> Watched:
            context = stack.enter_context(listened(chromium, viewport=viewport, **options))
            return Watched(context.new_page(), address)

        yield start


@pytest.fixture(scope="session")
def first_page(chromium: Browser, server: SiteServer) -> Iterator[Page]:
    """A page that stays open: what it opens shares its process, which takes longer to start than a page."""
    with listened(chromium, viewport=DESKTOP) as context:
        page = context.new_page()
        page.goto(f"{server.url}404.html")
        yield page


@pytest.fixture
def watched(first_page: Page, server: SiteServer) -> Iterator[Watched]:
    """A `Watched` page of the real site, 1280 pixels wide, in a context that tests share."""
    with first_page.expect_popup() as opened:
        first_page.evaluate("() => { open('about:blank').opener = null }")
    watched = Watched(opened.value, server.url)
    yield watched
    watched.leave(first_page)


@pytest.fixture
def alone(watch: Callable[..., Watched]) -> Watched:
    """The same in a context of its own, for a test that changes the context or goes back."""
    return watch()


def await_python(page: Page) -> None:
    """Wait until Python has started, where the page has it; the page says so then."""
    engine = page.locator("[data-engine]")
    if engine.count():
        expect(engine).to_have_attribute("data-engine", "ready")


def axe(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe-core finds wrong in the page's current state, a line each: rule, element, fix.

    Args:
        page: the page.
        rules: the rules to check, all of WCAG and good practice unless given.
    """
    if not page.evaluate("'axe' in window"):
        script = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
        page.add_init_script(script)  # the next document has it already: sending it takes a while
        page.evaluate(script)
    found: list[str] = page.evaluate(
        """async only => {
          const told = await axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false })
          return told.violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`))
        }""",  # a line each: the whole of what axe tells takes as long to send as to find
        list(rules) or ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    )
    return found

"""What the browser tests look with sees what it should; a sweep that finds nothing rests on these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from macros.load import load
from macros.model import Framework
from macros.site.server import SiteServer
from tests.bench_site import SIZES, grown
from tests.conftest import INTRANET, Watched, axe
from tests.engines import wait
from tests.project import copy_project, write_framework

PAGE = """<!doctype html>
<html lang="sv">
<title>Prov</title>
<link rel="icon" href="data:,">
<main><h1>Prov</h1>{}</main>
"""


@pytest.fixture
def visit(
    tmp_path: Path, serve: Callable[..., SiteServer], watch: Callable[..., Watched]
) -> Callable[..., Watched]:
    """Open a page with this in its main part, on a server that sends our headers or not."""

    def open_page(body: str, security: bool = True, host: str = "127.0.0.1") -> Watched:
        (tmp_path / "index.html").write_text(PAGE.format(body))
        (tmp_path / "worker.js").write_text(
            'fetch("https://elsewhere.test/worker").catch(() => postMessage(0))'
        )
        watched = watch(serve(tmp_path, security=security).url.replace("127.0.0.1", host))
        watched.open()
        return watched

    return open_page


@pytest.mark.parametrize("host", ["127.0.0.1", INTRANET])
def test_clean_page_has_no_problem(visit: Callable[..., Watched], host: str) -> None:
    """A page in order gives no line, on this machine's address and on a host name without encryption."""
    watched = visit("<p>I ordning.</p>", host=host)
    assert watched.problems == []
    assert axe(watched.page) == []
    assert watched.page.evaluate("isSecureContext") == (host != INTRANET)


def test_breach_of_the_policy_is_seen(visit: Callable[..., Watched]) -> None:
    """An inline script is refused by the header, and noted."""
    watched = visit("<script>document.title = 'körd'</script>")
    # The page is told of the breach after it has loaded, and tells it on then.
    told = "console: csp: script-src-elem inline"
    wait(lambda: watched.page.title() and any(line.startswith(told) for line in watched.problems), told)
    assert watched.page.title() == "Prov"


def test_request_to_elsewhere_is_seen(visit: Callable[..., Watched]) -> None:
    """A picture from another host is noted, and Chromium finds no such host."""
    problems = visit('<img alt="" src="https://elsewhere.test/x.png">', security=False).problems
    assert "outside: https://elsewhere.test/x.png" in problems
    assert any(
        line.startswith("failed: https://elsewhere.test/x.png net::ERR_NAME_NOT_RESOLVED")
        for line in problems
    )


def test_request_of_a_worker_is_seen(visit: Callable[..., Watched]) -> None:
    """A worker's requests are recorded like its page's."""
    watched = visit(
        "<script>new Worker('worker.js').onmessage = () => document.title = 'klar'</script>", security=False
    )
    expect(watched.page).to_have_title("klar")
    assert "outside: https://elsewhere.test/worker" in watched.problems


def test_errors_are_seen(visit: Callable[..., Watched]) -> None:
    """A line in the console, a script that fails and a missing file are noted."""
    script = "<script>console.warn('varning'); setTimeout(() => { throw new Error('fel') })</script>"
    watched = visit(f'{script}<img alt="" src="saknas.png">', security=False)
    watched.page.wait_for_load_state("networkidle")
    problems = "\n".join(watched.problems)
    assert "console: varning" in problems
    assert "error: fel" in problems
    assert "404" in problems


def test_accessibility_mistake_is_seen(visit: Callable[..., Watched]) -> None:
    """A picture without a text is found under our policy, which refuses other scripts than the site's."""
    (line,) = axe(visit('<img src="data:,">').page)
    assert line.startswith("image-alt: img: ")


@pytest.mark.slow
def test_grown_framework_is_one(framework: Framework, tmp_path: Path) -> None:
    """The benchmark's generated projects pass the check that a build begins with."""
    root = copy_project(tmp_path / "project")
    bigger = grown(framework, *SIZES[200][:2])
    write_framework(bigger, root / "framework")
    assert len(load(root).competences) == len(bigger.competences) >= 200

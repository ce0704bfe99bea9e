"""The site in Firefox and WebKit: every page, search, deck, self-check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.model import Framework
from macros.site.server import SiteServer
from tests.conftest import PHONE
from tests.engines import WebDriver, wait, webkit_pdf
from tests.paper import sheets
from tests.test_browser import STORED, TOO_WIDE, report
from tests.test_privacy import FILL, FILLED, FOUND, LEFT, MARK, nothing_stored
from tests.workshop import DECK

PATH = "sjalvskattning/"


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    """Each of the two engines in turn, as wide as a phone."""
    browser: WebDriver = request.getfixturevalue(request.param)
    browser.open("about:blank")
    browser.open_phone()
    yield browser
    browser.leave_phone()


def test_every_page_is_clean(engine: WebDriver, listening: SiteServer, site: Path) -> None:
    """No page reports an error, violates the policy, stores anything or can be pushed sideways on a phone."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        url = file.relative_to(site).as_posix().removesuffix("index.html")
        engine.open(listening.url + url)
        assert engine.run("innerWidth") == PHONE["width"]
        engine.run("document.querySelectorAll('details').forEach(details => details.open = true)")
        pushed = "(scrollTo(100, 0), scrollX)"
        found[url] = [
            *engine.problems(),
            *engine.run(f"({STORED})()"),
        ]
        found[url] += [f"too wide: {element}" for element in engine.run(f"({TOO_WIDE})()")]
        found[url] += [f"pushed {by} px sideways" for by in [engine.run(pushed)] if by]
    assert not report(found)


def test_search(engine: WebDriver, server: SiteServer) -> None:
    """The search field answers, and an answer leads to its page."""
    engine.open(f"{server.url}ramverket/1.1/")
    engine.run("document.querySelector('.search-open').click()")
    engine.run(
        """(field => {
          field.value = "upphovsrätten"
          field.dispatchEvent(new Event("input", { bubbles: true }))
        })(document.querySelector(".search input"))"""
    )
    wait(lambda: engine.run("!!document.querySelector('.search li a')"), "an answer")
    engine.run("void document.querySelector('.search li a').click()")
    title = "document.querySelector('h1')?.textContent.trim()"
    wait(lambda: engine.run(title) == "3.2 Upphovsrätt och licenser", "the page that was found")


def test_deck(engine: WebDriver, server: SiteServer) -> None:
    """The slides are shown over the whole window, one after the other, and no longer once stopped."""
    engine.open(server.url + DECK)
    engine.run("document.querySelector('#start').click()")
    place = "document.querySelector('.bar .place').textContent"
    wait(lambda: engine.run(place).startswith("Bild 1 av"), "the first slide")
    turn = "document.querySelector('.bar [data-do=next]').click()"  # a part of a slide, or a slide
    wait(lambda: engine.run(f"({turn}, {place})").startswith("Bild 3 av"), "the third slide")
    box = engine.run("document.querySelector('.slides > .present h2').getBoundingClientRect().toJSON()")
    assert box["width"] > 0
    assert 0 <= box["left"] < box["right"] <= PHONE["width"]
    engine.run("document.querySelector('.bar [data-do=stop]').click()")
    wait(lambda: engine.run("!document.querySelector('.deck.on')"), "the page")


def test_self_check(engine: WebDriver, server: SiteServer, site: Path) -> None:
    """Python takes the fast road; up to the sheet nothing is sent or stored, and Rensa leaves nothing."""
    engine.open(server.url + PATH)
    wait(lambda: engine.run("document.querySelector('[data-engine]').dataset.engine === 'ready'"), "Python")
    (client,) = site.glob("sjalvskattning/app-*/client.js")
    address = json.dumps(server.url + client.relative_to(site).as_posix())
    script = f"import({address}).then(({{ start }}) => start().ready)"
    assert engine.run(script) == {"road": "fast", "why": ""}
    before = len(server.hits)
    engine.run("document.querySelector('[name=role][value=bibliotekarie]').click()")
    engine.run("document.querySelector(\"[name='answer-1.1'][value='3']\").click()")
    state = "document.querySelector('[id=\"k-1.1\"]').dataset.state"
    wait(lambda: engine.run(state) == "pending", "the staircase asks")
    stairs = "[...document.querySelectorAll('[id=\"k-1.1\"] [data-met]:not([hidden])')]"
    assert engine.run(f"{stairs}.map(stair => stair.dataset.met)") == ["2"]
    engine.run(f"{stairs}[0].querySelector('[value=no]').click()")
    wait(lambda: engine.run(state) == "level", "the staircase carries")
    engine.run(f"({FILL})({json.dumps(MARK)})")
    wait(lambda: engine.run(FILLED), "the sheet")
    assert engine.run(f"({FOUND})()")[4:] == nothing_stored(server.url)[4:]
    assert engine.run("location.href") == server.url + PATH
    engine.run("document.querySelector('[data-clear]').click()")
    engine.run("document.querySelector('#clear [value=clear]').click()")
    notice = "document.querySelector('[data-notice]').textContent"
    wait(lambda: engine.run(notice) == "Alla svar är rensade.", "the answers are cleared")
    assert engine.run(f"({LEFT})()") == []
    assert server.hits[before:] == []


def test_sheets_on_paper_in_webkit(server: SiteServer, framework: Framework, tmp_path: Path) -> None:
    """No sheet of the level cards is blank, and what a manager prints for a role has two pages."""
    cards = sheets(webkit_pdf(f"{server.url}workshop/nivakort/", tmp_path / "cards.pdf", "landscape"))
    assert len(cards) == (len(framework.competences) + 1) // 2
    whole, half = len(framework.competences) // 2, 250  # letters, at least, of a card
    assert min(len(sheet.text) for sheet in cards[:whole]) > 2 * half
    assert min(len(sheet.text) for sheet in cards) > half
    for role in ("chef", "bibliotekarie"):
        url = f"{server.url}workshop/for-chefen/#samtal-{role}"
        talk = sheets(webkit_pdf(url, tmp_path / f"{role}.pdf"))
        assert len(talk) == 2, role

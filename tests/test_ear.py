"""Every kind of page by ear: what a screen reader says from beginning to end, and how one finds the way.

Two readers listen. Virtual Screen Reader walks through the page; what it says is kept in `tests/heard/`, one
file a page, to be read by someone who knows Swedish (`make test ARGS="tests/test_ear.py --renew"` renews it).
Chromium's own tree has the names that it gives to real screen readers, also of what style sheets draw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from macros.model import Framework
from macros.slides.deck import Slide
from tests.conftest import DESKTOP, PHONE, ROOT, Watched, await_python
from tests.project import outdated
from tests.test_browser import noted, report
from tests.workshop import begin

Watch = Callable[..., Watched]

HEARD = ROOT / "tests" / "heard"
READER = ROOT / "node_modules" / "@guidepup" / "virtual-screen-reader" / "lib" / "esm" / "index.browser.js"
WALK = """async where => {
  // Real readers skip the first two; the third is what the last run of the protocol says.
  document.querySelectorAll("noscript, [inert], .run").forEach(element => element.remove())
  const { virtual } = await import(new URL("/reader.js", location.href).href)
  await virtual.start({ container: document.querySelector(where) })
  const first = await virtual.lastSpokenPhrase()
  do await virtual.next()
  while (![first, `end of ${first}`].includes(await virtual.lastSpokenPhrase()))
  const said = await virtual.spokenPhraseLog()
  await virtual.stop()
  return said
}"""
ARROWS = re.compile("[←-⇿›‹]")
PARTS = re.compile(
    r"(button|checkbox|columnheader|combobox|group|heading|img|link|main|navigation|radio|table)\b"
)


def said(watched: Watched, where: str = "body") -> list[str]:
    """What the reader says of a part of the page, a phrase each; ends and places in lists are left out."""

    def serve(route: Route) -> None:
        route.fulfill(body=READER.read_text("utf-8"), content_type="text/javascript")

    watched.page.route("**/reader.js", serve)  # from the site itself, so that its policy holds
    phrases: list[str] = watched.page.evaluate(WALK, where)
    watched.page.unroute("**/reader.js")
    shorter = (re.sub(r", (level|position|set size) \d+(?=,|$)", "", phrase) for phrase in phrases)
    return [
        phrase for phrase in shorter if not re.match(r"(end(,| of) |(document|listitem|paragraph)$)", phrase)
    ]


class Transcripts:
    """What is kept of how pages sound. Of another framework only the kinds of parts are compared."""

    def __init__(self, framework: Framework, renew: bool) -> None:
        self.renew = renew
        front = (HEARD / "start.txt").read_text("utf-8")
        version = re.findall(r"version ([\d.]+), \d{4}-", front)[-1]
        self.outdated = "" if renew else outdated(framework, version)

    def compare(self, name: str, phrases: list[str]) -> None:
        """Compare what was said with what is kept, or keep it."""
        file, text = HEARD / f"{name}.txt", "\n".join(phrases) + "\n"
        if self.renew:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        kept = file.read_text("utf-8").splitlines() if file.is_file() else []
        if not self.outdated:
            assert text.splitlines() == kept, f"{name} sounds different; read it, then: --renew"
        elif kept:
            assert _parts(phrases) == _parts(kept), f"{name} has other parts"
        assert phrases

    def report(self) -> None:
        """Skip the rest of a test, with the reason, where texts could not be compared."""
        if self.outdated:
            pytest.skip(f"{self.outdated}: only the parts of the pages were compared; read them, --renew")


def _parts(phrases: list[str]) -> set[str]:
    return {found[1] for phrase in phrases if (found := PARTS.match(phrase))}


@pytest.fixture
def transcripts(request: pytest.FixtureRequest, framework: Framework) -> Transcripts:
    """The kept transcripts, written anew with --renew."""
    return Transcripts(framework, bool(request.config.getoption("--renew")))


@pytest.mark.wcag(
    "1.3.2",
    "1.1.1",
    shows="En skärmläsares väg genom sidan, från början till slut, är den som är läst och godkänd.",
    where="En sida av varje slag",
)
def test_every_kind_of_page_sounds_as_kept(
    watched: Watched, kinds: list[str], transcripts: Transcripts
) -> None:
    """A screen reader's walk says what its transcript says: all of the front page, the content of others."""
    names = [url.strip("/").replace("/", "-").replace(".html", "") or "start" for url in kinds]
    for name, url in zip(names, kinds, strict=True):
        page = watched.open(url)
        await_python(page)
        if url == "redigera/":  # which then says so, for some seconds
            expect(page.locator("#said")).not_to_be_empty()
        transcripts.compare(name, said(watched, "main" if url else "body"))
    assert not noted(watched)
    transcripts.report()
    assert {path.stem for path in HEARD.glob("*.txt")} == {*names, "deck"}


@pytest.mark.wcag(
    "4.1.3",
    "2.5.1",
    shows="Byte av bild läses upp en gång, med nummer och rubrik. Knappar räcker för att byta.",
    where="Bildspelet",
)
def test_deck_says_each_slide_once(
    watched: Watched, slides: tuple[Slide, ...], transcripts: Transcripts
) -> None:
    """In the deck a change of slide is announced once, by number and title; its text is read at will."""
    page = begin(watched)
    for number, slide in enumerate(slides[:3], start=1):
        live = page.locator(".deck [aria-live], .deck [role=status], .deck [role=alert]").filter(visible=True)
        told = [text.strip() for text in live.all_text_contents() if text.strip()]
        assert told == [f"Bild {number} av {len(slides)}: {slide.title}"]
        page.get_by_role("button", name="Nästa bild").click()
    page.keyboard.press("Home")
    transcripts.compare("deck", said(watched, "main"))
    assert not noted(watched)
    transcripts.report()


# What Chromium tells screen readers


def tree(page: Page) -> Iterator[dict[str, Any]]:
    """Each node of the page that is told to screen readers: its role, its name, its element's number."""
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if not node["ignored"]:
            name = node.get("name", {}).get("value", "").strip()
            yield {"role": node["role"]["value"], "name": name, "id": node.get("backendDOMNodeId")}
    session.detach()


def faults(page: Page) -> list[str]:
    """What makes the page hard to find one's way in by ear."""
    nodes = list(tree(page))
    found = []
    roles = Counter(node["role"] for node in nodes)
    for role, most in {"main": 1, "banner": 1, "contentinfo": 1, "search": 1, "region": 1}.items():
        if roles[role] > most or (role in ("main", "banner", "contentinfo") and not roles[role]):
            found.append(f"{roles[role]} {role}")
    skips = [node["name"] for node in nodes if re.match("Hoppa till|Gå till inneh", node["name"])]
    if skips[:1] != ["Hoppa till innehållet"] or len({*skips}) > 1:
        found.append(f"skip links: {skips}")
    needing = (
        "link",
        "button",
        "image",
        "textbox",
        "searchbox",
        "combobox",
        "checkbox",
        "radio",
        "navigation",
    )
    found += [f"no name: {node['role']}" for node in nodes if node["role"] in needing and not node["name"]]
    found += [f"reads {node['name']}" for node in nodes if ARROWS.search(node["name"])]
    found += page.evaluate(
        r"""() => [
          ...[...document.querySelectorAll("main .menu")].map(() => "the menu is in main"),
          ...[...document.querySelectorAll("a[target=_blank]")]
            .filter(link => !/ny\s+flik/.test(link.textContent))
            .map(link => `opens a tab without saying so: ${link.textContent}`),
        ]"""
    )
    return found


@pytest.mark.wcag(
    "1.1.1",
    "1.3.1",
    "2.4.1",
    "2.4.4",
    "4.1.2",
    shows="Ett huvudinnehåll, en länk förbi menyn, inga pilar som läses. Länkar, knappar och bilder har "
    "namn. Nya flikar sägs.",
    where="En sida av varje slag, i Chromiums träd för hjälpmedel",
)
def test_every_kind_of_page_leads_the_ear(watched: Watched, kinds: list[str]) -> None:
    """One main part without the menu, one skip link, hardly a region; no arrow read, new tabs announced."""
    found = {}
    for url in kinds:
        page = watched.open(url)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        found[url] = faults(page)
        if url in ("", "ramverket/1.1/"):  # one layout is that of all pages
            page.set_viewport_size(PHONE)
            found[f"{url} on a phone"] = faults(page)
            page.set_viewport_size(DESKTOP)
    assert not report(found)


DRAWN = """const sheet = new CSSStyleSheet(); sheet.replaceSync("h1::after { content: '→' }");
document.adoptedStyleSheets = [sheet];"""


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("document.querySelector('main').append(document.querySelector('.sidebar'))", "the menu is in main"),
        ("document.querySelector('article a').target = '_blank'", "opens a tab"),
        ("document.querySelectorAll('h2').forEach(h => { h.role = 'region'; h.ariaLabel = 'x' })", "region"),
        ("document.querySelector('article a').textContent = ''", "no name: link"),
        ("document.querySelector('.skip').remove()", "skip links"),
        (DRAWN, "reads →"),
    ],
)
def test_a_fault_by_ear_is_found(watched: Watched, fault: str, told: str) -> None:
    """Each kind of fault is seen where it is made on purpose."""
    page = watched.open("ramverket/1.1/")
    assert faults(page) == []
    page.evaluate(f"() => {{ {fault} }}")
    assert any(told in line for line in faults(page))


@pytest.mark.wcag(
    "1.4.13",
    "3.2.1",
    shows="Sökningen lägger inget över sidan förrän du skriver.",
    where="Sökningen på smal skärm",
)
def test_passing_by_the_search_opens_nothing(watch: Watch) -> None:
    """Whoever tabs past the search gets nothing over the page; writing opens it."""
    watched = watch(viewport=PHONE)
    page = watched.open("ramverket/1.1/")
    for at in range(6):
        page.keyboard.press("Tab")
        assert not page.locator(".answers").is_visible(), at
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert not page.locator(".answers").is_visible()
    page.keyboard.type("lösenord")
    expect(page.locator(".answers")).to_be_visible()
    assert not noted(watched)

"""Criteria of WCAG 2.2 that no other test shows: what the site has none of, how its pages take change."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Watched, await_python, axe
from tests.pages import Element, squeezed
from tests.test_browser import LIGHT, noted, report
from tests.test_site import read_pages

Watch = Callable[..., Watched]
Pages = dict[str, Element]


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page of the real site."""
    return read_pages(site)


@pytest.fixture(scope="module")
def scripts() -> str:
    """All that the project's own scripts do in a browser, without comments."""
    files = [
        *(ROOT / "docs" / "assets").glob("*.js"),
        *(ROOT / "quiz" / "browser").glob("*.mjs"),
        *(ROOT / "macros" / "search").glob("*.mjs"),
    ]
    text = "\n".join(path.read_text("utf-8") for path in files)
    return re.sub(r"(?m)/\*.*?\*/|(?<!:)//.*$", "", text)


@pytest.fixture(scope="module")
def styles() -> str:
    """All of the project's own style sheets, without comments."""
    files = [*(ROOT / "docs" / "assets").glob("*.css"), *(ROOT / "quiz" / "browser").glob("*.css")]
    return re.sub(r"(?s)/\*.*?\*/", "", "\n".join(path.read_text("utf-8") for path in files))


# What the site has none of


@pytest.mark.wcag(
    *("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"),
    shows="Sidorna har varken ljud eller film, så kravet gäller inget här. Filmen i bildspelet är en länk.",
    where="Alla sidor och program",
)
def test_no_page_has_sound_or_film(pages: Pages, scripts: str) -> None:
    """No page has sound, film, or a frame that could have them; no script makes any."""
    for url, page in pages.items():
        assert not [e.tag for e in page if e.tag in ("audio", "video", "object", "embed", "iframe")], url
    assert not re.search(r"AudioContext|speechSynthesis|new Audio|[\"'](audio|video|iframe)[\"']", scripts)


@pytest.mark.wcag(
    *("1.1.1", "1.4.5"),
    shows="Ingen text är en bild. Tecknade former är dolda för hjälpmedel och har texten bredvid sig.",
    where="Alla sidor och formatmallar",
)
def test_no_text_is_a_picture(pages: Pages, styles: str) -> None:
    """There is no picture file on any page; what is drawn is hidden from screen readers and has no text."""
    for url, page in pages.items():
        assert not page.all("img") + page.all("picture") + page.all("canvas"), url
        for drawing in page.all("svg"):
            assert drawing.get("aria-hidden") == "true" or drawing.get("aria-label"), url
            assert not drawing.all("text"), url
    assert not re.search(r"url\((?!\s*[\"']?#)", styles)


@pytest.mark.wcag(
    *("1.3.5", "3.3.8"),
    shows="Inget fält frågar efter namn, adress eller lösenord. Ingen behöver logga in.",
    where="Alla sidor",
)
def test_nothing_personal_is_asked_for(pages: Pages) -> None:
    """No field asks who the reader is: neither by its type nor by its name."""
    # The name of a role, say, is nobody's own.
    personal = re.compile(
        r"\b((?<!s )namn|efternamn|e-post|telefon|adress|personnummer|lösenord)\b", re.IGNORECASE
    )
    for url, page in pages.items():
        fields = [field for field in page if field.tag in ("input", "textarea", "select")]
        kinds = {field.get("type") for field in fields if field.tag == "input"}
        assert kinds <= {"", "search", "text", "radio", "checkbox"}, url
        named = [label.text for label in page.all("label")] + [field.get("aria-label") for field in fields]
        assert not [name for name in named if personal.search(name)], url


@pytest.mark.wcag(
    *("2.2.2", "2.3.1", "1.3.4", "1.4.13"),
    shows="Inget rör sig av sig själv eller blinkar. Skärmen kan hållas åt båda hållen. Inget visas "
    "bara för att pekaren är där.",
    where="Alla formatmallar och sidor",
)
def test_nothing_moves_turns_or_pops_up(pages: Pages, styles: str, scripts: str) -> None:
    """No rule animates without end, asks how the screen is held or reveals by hovering; no page has tips."""
    assert "infinite" not in styles
    assert {*re.findall(r"@keyframes (\S+)", styles)} == {"not-started"}  # appears, after a while, at once
    assert {*re.findall(r"animation: ((?!none ).*);", styles)} == {"not-started 0s 5s forwards"}
    assert "orientation" not in styles + scripts
    revealing = re.sub(
        r":not\([^()]*\)", "", styles
    )  # what stays because the pointer is there was seen before
    for selectors, rules in re.findall(r"([^{}]*:hover[^{}]*)\{([^{}]*)\}", revealing):
        assert not re.search(r"display|visibility|opacity|clip|content\s*:", rules), selectors
    for url, page in pages.items():
        assert not [e.tag for e in page if e.get("title")], url
        assert not page.all("marquee") + page.all("blink"), url


@pytest.mark.wcag(
    *("2.5.1", "2.5.2", "2.5.4", "2.5.7"),
    shows="Inget kräver drag, gester eller rörelser. Det du trycker på händer när du släpper. Bilderna kan "
    "du svepa mellan, men knappar, tangenter och ett tryck gör detsamma.",
    where="Alla egna program i webbläsaren",
)
def test_one_press_is_enough(scripts: str) -> None:
    """No script needs dragging, several fingers or a moving device, nor acts when a press begins.

    The beginning of a press only says that somebody is there, ends a choice made by arrow keys, notes where
    a swipe between slides begins (which a click on the slide does as well), and is stopped when it is the
    second of a double press.
    """
    wanted = r"devicemotion|deviceorientation|drag(start|over)|draggable|gesture|touchstart|touchend"
    assert not re.search(wanted, scripts)
    pressing = scripts.replace('["mousedown", "click"]', "")
    listening = re.findall(r'"((?:pointer|mouse)\w+)"', pressing)
    assert sorted(set(listening)) == ["pointerdown", "pointermove", "pointerup"]
    assert len(re.findall('"pointerdown"', scripts)) == 4
    assert '"pointerdown", settle)' in scripts
    assert 'stage.addEventListener("click"' in scripts


@pytest.mark.wcag(
    "2.5.3",
    shows="Namnet som hjälpmedel får börjar med eller innehåller det som syns.",
    where="Alla länkar, knappar och fält på alla sidor",
)
def test_names_hold_what_is_seen(pages: Pages) -> None:
    """Where a control has a name of its own, the words on it are part of that name; signs are no words."""
    for url, page in pages.items():
        for control in page:
            name, seen = control.get("aria-label"), control.text
            if control.tag in ("a", "button", "summary") and name and re.search(r"\w", seen):
                assert squeezed(seen).lower() in name.lower(), f"{url}: {name}"


@pytest.mark.wcag(
    *("3.2.3", "3.2.4", "3.2.6"),
    shows="Menyns rader, sidhuvudet och sidfotens länkar är desamma i samma ordning, med samma namn. "
    "Där finns vägen till hjälp.",
    where="Alla sidor",
)
def test_every_page_has_the_same_ways(pages: Pages) -> None:
    """Menu, header and foot have the same rows, names and order on every page; the way to help is in both."""
    ways = set()
    for page in pages.values():
        menu = next(e for e in page.one("nav", class_="menu") if e.tag == "ul")
        top = [row for row in menu.content if isinstance(row, Element)]
        names = [next(e for e in row if e.tag == "a").text for row in top]
        head = [
            e.text or e.get("aria-label") for e in page.one("header") if e.tag in ("a", "button", "input")
        ]
        foot = [link.text for link in page.one("footer").all("a")]
        ways.add((tuple(names), tuple(head), tuple(foot)))
    assert len(ways) == 1
    [(rows, _, ends)] = ways
    assert "Frågor och svar" in rows
    assert "Tillgänglighet" in ends


# How the pages stand being changed

# Each visible field and button whose edge does not stand out from what is around it, with the contrast.
EDGES = (
    f"() => {{ {LIGHT}"
    + r"""
  const ratio = (one, other) => [light(one), light(other)].sort((a, b) => b - a).reduce((a, b) => a / b)
  const opaque = colour => numbers(colour).length < 4 || numbers(colour)[3] > 0
  const around = element => {
    let under = element.parentElement
    const ground = () => getComputedStyle(under).backgroundColor
    while (under.parentElement && !opaque(ground())) under = under.parentElement
    return ground()
  }
  return [...document.querySelectorAll("input:not([type=radio], [type=checkbox]), select, textarea, button")]
    .filter(element => element.checkVisibility())
    .map(element => {
      const style = getComputedStyle(element), ground = around(element)
      const shown = [parseFloat(style.borderTopWidth) && style.borderTopColor, style.backgroundColor]
        .filter(colour => colour && opaque(colour))
      return [element.outerHTML.slice(0, 80), Math.max(0, ...shown.map(colour => ratio(colour, ground)))]
    })
    .filter(([, contrast]) => contrast < 3)
    .map(([name, contrast]) => `edge ${contrast.toFixed(2)}: ${name}`)
}"""
)
WITH_FIELDS = (
    "",
    "sjalvskattning/",
    "roller/jamfor/",
    "stod/lara-mer/",
    "workshop/bilder/",
    "workshop/for-chefen/",
)


@pytest.mark.wcag(
    "1.4.11",
    shows="Kanten på fält och knappar har minst kontrasten 3:1 mot det som är runt om.",
    where="Sidorna med fält, ljusa och mörka",
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_buttons_stand_out(watch: Watch, scheme: str) -> None:
    """The edge or the ground of each field and button stands out from what is around it."""
    watched = watch(color_scheme=scheme)
    found = {url: watched.open(url).evaluate(EDGES) for url in WITH_FIELDS}
    assert not report(found)


@pytest.mark.wcag(
    "2.1.4",
    shows="Bokstäver, siffror och tecken gör ingenting när du inte skriver i ett fält.",
    where="Sidorna med fält",
)
def test_letters_are_no_commands(watched: Watched) -> None:
    """No letter, digit or sign does anything while no field has the focus."""
    for url in WITH_FIELDS:
        page = watched.open(url)
        await_python(page)
        state = (
            "() => [location.href, document.activeElement.tagName, document.querySelector('main').innerText]"
        )
        before = page.evaluate(state)
        for key in "abcdefghijklmnopqrstuvwxyz0123456789.,-+?":
            page.keyboard.press(key)
        assert page.evaluate(state) == before, url
    assert not noted(watched)


def test_axe_measures_what_it_is_said_to(watched: Watched) -> None:
    """The rules that the protocol relies on are run: small targets and faint text are found out."""
    page = watched.open("fragor-och-svar/")
    assert axe(page) == []
    page.evaluate(
        """() => {
          const row = document.createElement("p")
          for (const word of ["ett", "två"]) {
            const button = row.appendChild(document.createElement("button"))
            button.textContent = word
            for (const [name, value] of Object.entries(
              { width: "10px", height: "10px", padding: 0, border: 0, color: "#999", background: "#fff" }
            )) button.style[name] = value
          }
          document.querySelector("article").append(row)
        }"""
    )
    assert {line.split(":")[0] for line in axe(page)} >= {"target-size", "color-contrast"}

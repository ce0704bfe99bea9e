"""The slides as a deck over the whole window, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from macros.model import Framework
from macros.render.pages import PAGES
from macros.render.view import View
from macros.site.publish import Published
from macros.slides.deck import Slide, deck
from tests.conftest import PHONE, Watched, axe
from tests.pages import squeezed
from tests.project import with_levels
from tests.test_browser import NARROW, STORED, noted
from tests.workshop import DECK, PROJECTOR, begin, contrast, show_instead

Watch = Callable[..., Watched]


# The slide that is shown: which it is, the size of its text, and its faults: what of it is not to be seen,
# and what sticks out of it or of its boxes. A hidden slide has no parts, so without the former it would pass.
SHOWN = """() => {
  const slide = document.querySelector(".slides > .present")
  const frame = slide.getBoundingClientRect()
  const bar = document.querySelector(".bar").getBoundingClientRect()
  const inside = box => box.left >= frame.left - 1 && box.right <= frame.right + 1
    && box.top >= frame.top - 1 && box.bottom <= Math.min(frame.bottom, bar.top) + 1
  const parts = [...slide.querySelectorAll("*")].filter(part => part.getClientRects().length)
  const wide = [...document.querySelectorAll(".bar button")]
    .filter(button => button.getBoundingClientRect().right > innerWidth)
  const out = parts.filter(part => !inside(part.getBoundingClientRect())).concat(wide)
  const cut = [slide, ...parts].filter(part => !part.matches("input, i, span, strong, wbr, a") && (
    part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1
  ))
  const heading = slide.querySelector("h2")
  const seen = {
    frame: frame.width > 0 && frame.height > 0,
    parts: parts.length > 0,
    heading: parts.includes(heading) && heading.getBoundingClientRect().height > 0
      && heading.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  }
  const scale = frame.width / slide.offsetWidth
  const sizes = parts.filter(part => part.textContent.trim() && !part.children.length)
    .map(part => parseFloat(getComputedStyle(part).fontSize) * scale)
  const smallest = Math.min(...sizes)
  seen.sizes = Number.isFinite(smallest)
  const unseen = Object.keys(seen).filter(what => !seen[what]).map(what => `${what} not seen`)
  return [slide.dataset.slide, smallest,
    unseen.concat([...out, ...cut].map(part => part.outerHTML.slice(0, 120)))]
}"""


@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE, NARROW], ids=["1280x720", "phone", "320 px"])
def test_deck_runs_by_keyboard(watch: Watch, slides: tuple[Slide, ...], viewport: ViewportSize) -> None:
    """From start to end and back by keyboard, with nothing cut off on any slide, and no text too small."""
    watched = watch(viewport=viewport)
    page = begin(watched)
    address = page.url
    place = page.locator(".bar .place")
    for number, slide in enumerate(slides, start=1):
        expect(place).to_have_text(f"Bild {number} av {len(slides)}")
        name, smallest, cut = page.evaluate(SHOWN)
        assert (name, cut) == (slide.id, [])
        assert smallest >= (8 if viewport is NARROW else 10.5), f"{name}: {smallest} px"
        page.keyboard.press(["ArrowRight", "Space", "PageDown"][number % 3])
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"Bild {len(slides) - 1} av {len(slides)}")
    page.keyboard.press("Home")
    expect(place).to_have_text(f"Bild 1 av {len(slides)}")
    page.keyboard.press("End")
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    for letter in "nbsfo.":
        page.keyboard.press(letter)
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    page.keyboard.press("Escape")
    expect(page.locator(".stage.overview")).to_have_count(1)
    expect(page.locator(".stage")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".stage.overview")).to_have_count(0)
    expect(place).to_have_text(f"Bild {len(slides) - 1} av {len(slides)}")
    assert page.url == address
    assert page.evaluate(STORED) == []
    assert not noted(watched)


@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE], ids=["1280x720", "phone"])
def test_any_example_fits(watch: Watch, framework: Framework, viewport: ViewportSize) -> None:
    """Each of the 20 competences can be chosen as the example, and nothing of it is cut off."""
    watched = watch(viewport=viewport)
    page = watched.open(DECK)
    page.select_option("#agenda", "")
    found: dict[str, list[str]] = {}
    for item in framework.competences:
        page.select_option("#example", item.id)
        page.click("#start")
        expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 1 "))
        changed = [number for number, slide in enumerate(deck(framework, item.id)) if slide.example]
        assert len(changed) == 5
        for number in range(max(changed) + 1):
            if number in changed:
                name, _, cut = page.evaluate(SHOWN)
                found |= {f"{item.id} {name}": cut} if cut else {}
            page.keyboard.press("ArrowRight")
        shown = page.locator(".slides").text_content() or ""
        assert squeezed(item.definition) in squeezed(shown)
        page.click("[data-do=stop]")
    assert not found
    assert not noted(watched)


def test_shorter_agenda(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """With 20 minutes only the slides of that agenda are shown; afterwards the page has all of them again."""
    page = begin(watched, "20")
    short = [slide.id for slide in slides if 20 in slide.agendas]
    shown = page.locator(".slides > section").evaluate_all("all => all.map(one => one.dataset.slide)")
    assert shown == short
    assert 0 < len(short) < len(slides)
    page.click("[data-do=stop]")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#start")).to_be_focused()
    expect(page.locator(".slides > section")).to_have_count(len(slides))
    assert page.locator("[inert], [hidden].slide, .slide[style]").count() == 0
    assert axe(page) == []
    assert not noted(watched)


def test_deck_is_accessible(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """While the deck covers the page, each kind of slide is clean and the page below is out of reach."""
    watched = watch(viewport=PROJECTOR)
    page = begin(watched)
    for slide in slides:
        if {"stairs", "hands", "cards", "flow", "scale", "links", "stamp"} & {
            b.shape.value for b in slide.blocks
        }:
            assert axe(page) == [], slide.id
        page.keyboard.press("ArrowRight")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.deck')"
        )
    assert not noted(watched)


def test_space_presses_the_button_that_has_focus(watched: Watched) -> None:
    """Space on a button is that button, not the next slide."""
    page = begin(watched)
    page.locator("[data-do=stop]").focus()
    page.keyboard.press("Space")
    expect(page.locator(".bar")).to_be_hidden()


def test_keys_lead_on_after_a_click(watched: Watched) -> None:
    """After a click has opened the speaker's view the space key changes slide, and opens no second view."""
    page = begin(watched)
    with page.context.expect_page():
        page.click("[data-do=speaker]")
    page.bring_to_front()
    page.keyboard.press("Space")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    assert len(page.context.pages) == 2


def test_address_cannot_make_the_deck_store(watched: Watched) -> None:
    """A setting in the address that would make the library store where one is has no effect."""
    page = watched.open(f"{DECK}?view=scroll&hash=true")
    page.click("#start")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 1 "))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    assert page.url == watched.address + DECK
    page.reload()
    assert page.evaluate(STORED) == []
    assert not noted(watched)


# The steps of the staircases on the shown slide: where each is, and the colours of its ground and its text.
STEPS = """() => [...document.querySelectorAll(".slides > .present .stairs > li")].map(step => {
  const { left, right, top } = step.getBoundingClientRect()
  const { backgroundColor, color } = getComputedStyle(step)
  const whole = step.parentElement.getBoundingClientRect()
  return { left: left - whole.left, right: whole.right - right, top, ground: backgroundColor, ink: color }
})"""


def hexadecimal(colour: str) -> str:
    """A browser's `rgb(1, 2, 3)` as six digits."""
    return bytes(map(int, re.findall(r"\d+", colour))).hex()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PROJECTOR, PHONE], ids=["1280x720", "phone"])
@pytest.mark.parametrize("count", [4, 6])
def test_deck_with_other_levels(
    watch: Watch, framework: Framework, site: Path, count: int, viewport: ViewportSize, scheme: str
) -> None:
    """With four or six levels nothing is cut off, no column is empty, every step has a colour of its own."""
    other = with_levels(framework, count)
    watched = watch(viewport=viewport, color_scheme=scheme)
    view = View(other, Published(app="", runtime="", search="", editor="", files={}), "../../")
    show_instead(watched, site, DECK, PAGES["slides"](view).html)
    page = begin(watched)
    stairs = []
    for number, slide in enumerate(deck(other), start=1):
        expect(page.locator(".bar .place")).to_have_text(re.compile(f"^Bild {number} "))
        name, _, cut = page.evaluate(SHOWN)
        assert (name, cut) == (slide.id, [])
        stairs += [page.evaluate(STEPS)]
        page.keyboard.press("ArrowRight")
    stairs = [steps for steps in stairs if steps]
    assert len(stairs) == 2
    for steps in stairs:
        assert len({step["ground"] for step in steps}) == len(steps) == count
        for step in steps:
            assert contrast(hexadecimal(step["ground"]), hexadecimal(step["ink"])) >= 4.5
        assert steps[0]["left"] == pytest.approx(0, abs=1)
        assert steps[-1]["right"] == pytest.approx(0, abs=1)
        tops = [step["top"] for step in steps]
        assert tops == sorted(tops, reverse=viewport is PROJECTOR)
        assert len(set(tops)) == count
    hands = page.locator(".slides .hand label strong")
    assert hands.all_text_contents() == [f"Nivå {level}" for level in other.levels]
    assert not noted(watched)

"""The slides as a deck over the whole window, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from macros.model import Framework
from macros.render.pages import PAGES
from macros.render.view import View
from macros.site.publish import Published
from macros.slides.deck import Shape, Slide, deck
from tests.bench_deck import SMALLEST_PX, figures
from tests.conftest import NARROW, PHONE, Watched, axe
from tests.project import with_levels
from tests.test_browser import STORED, noted
from tests.workshop import DECK, PROJECTOR, begin, contrast, luminance, show_instead

Watch = Callable[..., Watched]


# Where a step of a staircase on a slide is, and the colours of its ground and its text.
STEPS = """() => [...document.querySelectorAll(".slides > .slide")].map(slide =>
  [...slide.querySelectorAll(":is(.stairs, .rows) > li")].map(step => {
    const { left, right, top } = step.getBoundingClientRect()
    const { backgroundColor, borderTopColor, color } = getComputedStyle(step)
    return { left, right, top, ground: backgroundColor, edge: borderTopColor, ink: color }
  })).filter(steps => steps.length)"""
LONGEST = ("1.2", "3.2", "6.7")  # the usual example, and those with most to read
WIDE: ViewportSize = {"width": 1920, "height": 1080}
SQUARE: ViewportSize = {"width": 1024, "height": 768}


def presses(slide: Slide) -> int:
    """How many presses a slide takes before the next one comes."""
    entries = {block.shape: len(block.entries) for block in slide.blocks}
    return (
        entries.get(Shape.PRINCIPLES, 0)
        + 2 * entries.get(Shape.CASES, 0)
        + (Shape.HANDS in entries)
        + max(entries.get(Shape.STAIRS, 1) - 1, 0)
    )


def shown(page: Page) -> str:
    """The id of the slide that can be seen; it is the only one."""
    (name,) = page.locator(".slides > .slide:visible").evaluate_all(
        "all => all.map(one => one.dataset.slide)"
    )
    return str(name)


def test_every_text_can_be_read(watch: Watch, framework: Framework) -> None:
    """At 1280 × 720 every text, for all 20 examples, is at least 25 px, and nothing is cut off."""
    page = watch(viewport=PROJECTOR).open(DECK)
    found = list(figures(page))
    always = [slide.id for slide in deck(framework) if not slide.example]
    assert len(found) == len(always) + 5 * len(framework.competences)
    assert {one["example"] for one in found} == {"", *(item.id for item in framework.competences)}
    assert not [one for one in found if one["faults"] or not SMALLEST_PX <= one["size"] < 200]


@pytest.mark.parametrize(
    ("viewport", "smallest"),
    [(WIDE, 37.5), (SQUARE, 19), (PHONE, 10.5), (NARROW, 8)],
    ids=["1920x1080", "4:3", "phone", "320 px"],
)
def test_any_window_shows_everything(watch: Watch, viewport: ViewportSize, smallest: float) -> None:
    """In any window nothing of any slide is cut off, whatever the example, and no text is too small."""
    found = list(figures(watch(viewport=viewport).open(DECK), LONGEST))
    assert not [one for one in found if one["faults"] or not smallest <= one["size"] < 300]


@pytest.mark.wcag(
    "2.1.1",
    shows="Bildspelet styrs från början till slut med tangentbord.",
    where="Bildspelet, båda tiderna",
)
@pytest.mark.parametrize("agenda", [45, 20])
def test_a_clicker_is_enough(alone: Watched, slides: tuple[Slide, ...], agenda: int) -> None:
    """F5 and the page keys lead through the agenda, press by press, also after a reload; b and . blacken.

    It is so with a second deck open, and where the browser blocks the window with the script.
    """
    other = begin(alone)
    alone.page = alone.context.new_page()
    alone.page.add_init_script("window.open = () => null")
    page = alone.open(DECK)
    page.click("#open-script")
    expect(page.get_by_role("alert")).to_contain_text("stoppade fönstret")
    page.select_option("#agenda", str(agenda))
    page.select_option("#example", "3.1")
    page.keyboard.press("F5")
    expect(page.get_by_role("alert")).to_have_count(0)
    place = page.locator(".bar .place")
    mine = [slide for slide in slides if agenda in slide.agendas]
    assert len(mine) < len(slides)
    walked: list[str] = []
    for number, slide in enumerate(mine, start=1):
        expect(place).to_have_text(f"Bild {number} av {len(mine)}")
        expect(page.locator(".bar").get_by_role("status")).to_have_text(
            f"Bild {number} av {len(mine)}: {slide.title}"
        )
        assert shown(page) == slide.id
        if number == len(mine) // 2:
            page.keyboard.press("Escape")
            page.keyboard.press("F5")
            page.reload()
            expect(place).to_have_text(f"Bild {number} av {len(mine)}")
            assert shown(page) == slide.id
            assert page.evaluate("document.getElementById('example').value") == "3.1"
        for key in "b.":
            page.keyboard.press(key)
            expect(page.locator(".blackness")).to_be_visible()
            page.keyboard.press("PageDown")
            expect(page.locator(".blackness")).to_be_hidden()
        for _ in range(presses(slide) + 1):
            walked.append(page.evaluate("location.href"))
            page.keyboard.press("PageDown")
    expect(place).to_have_text(f"Bild {len(mine)} av {len(mine)}")
    assert len(set(walked)) == len(walked) == sum(presses(slide) + 1 for slide in mine)
    for url in reversed(walked[:-1]):
        page.keyboard.press("PageUp")
        assert page.evaluate("location.href") == url
    expect(other.locator(".bar .place")).to_have_text(f"Bild 1 av {len(slides)}")
    assert page.evaluate(STORED) == []
    assert not noted(alone)


def test_all_keys(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """Arrows, space, Enter, Home and End turn slides; other letters do nothing; F5 reloads nothing."""
    page = begin(watched)
    place = page.locator(".bar .place")
    for number, key in enumerate(("ArrowRight", "Space", "Enter", "ArrowDown"), start=2):
        page.keyboard.press(key)
        expect(place).to_have_text(f"Bild {number} av {len(slides)}")
    for key in ("ArrowLeft", "ArrowUp", "n", "s", "f", "o", "F5", "Control+ArrowRight"):
        page.keyboard.press(key)
    expect(place).to_have_text(f"Bild 3 av {len(slides)}")
    page.keyboard.press("End")
    expect(place).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    page.keyboard.press("Home")
    expect(place).to_have_text(f"Bild 1 av {len(slides)}")
    assert not noted(watched)


def test_click_and_tap_go_on(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """A click or a tap beside links and fields goes on, a swipe goes on or back."""
    page = begin(watch(viewport=PHONE, has_touch=True))
    place = page.locator(".bar .place")
    page.mouse.click(200, 200)
    expect(place).to_have_text(f"Bild 2 av {len(slides)}")
    page.touchscreen.tap(200, 200)
    expect(place).to_have_text(f"Bild 3 av {len(slides)}")
    client = page.context.new_cdp_session(page)
    for start, end in ((100, 300), (300, 100)):
        for kind, x in (("touchStart", start), ("touchMove", end), ("touchEnd", end)):
            points = [] if kind == "touchEnd" else [{"x": x, "y": 300}]
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        expect(place).to_have_text(f"Bild {2 if start < end else 3} av {len(slides)}")
    with page.expect_popup():
        page.locator(".slides > .present .links a").click()
    expect(place).to_have_text(f"Bild 3 av {len(slides)}")


def test_bar_hides_and_comes_back(watched: Watched) -> None:
    """The bar hides after three seconds without mouse or focus, and shows again for either."""
    watched.page.clock.install()
    page = begin(watched)
    bar = page.locator(".bar")
    page.mouse.move(300, 300)
    expect(bar).to_have_css("opacity", "1")
    page.clock.fast_forward(2000)
    expect(bar).to_have_css("opacity", "1")
    page.clock.fast_forward(1000)
    expect(bar).to_have_css("opacity", "0")
    page.keyboard.press("Tab")
    expect(bar).to_have_css("opacity", "1")
    assert page.evaluate("document.activeElement.closest('.bar') !== null")
    page.clock.fast_forward(3500)
    page.wait_for_timeout(500)  # for a bar that fades
    expect(bar).to_have_css("opacity", "1")


def test_overview_reaches_every_slide(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """Escape shows all slides in a grid, also those that the agenda leaves out; keys lead back from these."""
    page = begin(watched, "20")
    mine = [slide for slide in slides if 20 in slide.agendas]
    extras = [slide for slide in slides if 20 not in slide.agendas]
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".overview")).to_be_hidden()
    assert shown(page) == mine[1].id
    page.keyboard.press("Escape")
    buttons = page.locator(".overview > ol > li > button")
    names = [f"{n}. {slide.title}" for group in (mine, extras) for n, slide in enumerate(group, start=1)]
    assert buttons.evaluate_all("all => all.map(one => one.ariaLabel)") == names
    boxes = buttons.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert boxes[0]["top"] == boxes[1]["top"] < boxes[-1]["top"], "no grid"
    assert all(box["width"] / box["height"] == pytest.approx(1280 / 900, rel=0.05) for box in boxes)
    expect(buttons.nth(1)).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    columns = len([box for box in boxes if box["top"] == boxes[0]["top"]])
    expect(buttons.nth(1 + columns)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(buttons.nth(0)).to_be_focused()
    outline, ground = buttons.nth(0).evaluate(
        """one => [
          getComputedStyle(one).outlineColor,
          getComputedStyle(one.closest(".overview")).backgroundColor,
        ]"""
    )
    assert contrast(hexadecimal(outline), hexadecimal(ground)) >= 3
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator(".overview")).to_be_hidden()
    assert shown(page) == extras[-1].id
    expect(page.locator(".bar .place")).to_have_text("Extrabild")
    page.reload()
    expect(page.locator(".bar .place")).to_have_text("Extrabild")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert shown(page) == extras[-1].id
    page.keyboard.press("Escape")
    page.locator(f".overview button[aria-label='3. {mine[2].title}']").click()
    page.keyboard.press("Escape")
    buttons.nth(len(mine)).click()
    page.keyboard.press("PageDown")
    assert shown(page) == mine[2].id
    assert not noted(watched)


def test_when_replaces_the_dates(watched: Watched) -> None:
    """What the leader answers is shown instead of the dates of the first year, and is in the page alone."""
    page = watched.open(DECK)
    page.get_by_label("När har vi våra samtal?").fill("Vecka 6–10 <b>")
    page.click("#start")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == "tidplan"
    slide = page.locator(".slides > .present")
    assert slide.inner_text().split("\n\n") == ["När har vi våra samtal?", "Vecka 6–10 <b>"]
    assert "Vecka" not in page.url
    assert "6" not in page.url.split("#")[1].replace("minuter=45", "")
    assert axe(page) == []
    page.reload()
    assert shown(page) == "tidplan"
    assert "mars 2025" in slide.inner_text()
    assert page.evaluate(STORED) == []
    page.click("[data-do=stop]")
    expect(page.locator(".ours")).to_have_count(0)
    assert not noted(watched)


@pytest.mark.parametrize("asked", [False, True], ids=["light", "as the computer"])
def test_light_on_a_dark_laptop_unless_asked(watch: Watch, asked: bool) -> None:
    """With the system's colours dark the slides are light, or dark when the leader has asked for it."""
    page = watch(color_scheme="dark").open(DECK)
    if asked:
        page.select_option("#colours", "")
    page.click("#start")
    page.keyboard.press("End")
    page.reload()
    ground = page.locator(".slides > .present").evaluate("one => getComputedStyle(one).backgroundColor")
    assert (luminance(hexadecimal(ground)) < 0.1) is asked
    assert axe(page) == []


def test_the_page_is_whole_again(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """After the deck the page has all slides again, everything on them, and an address without a slide."""
    page = begin(watched, "20")
    page.keyboard.press("End")
    page.click("[data-do=stop]")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#start")).to_be_focused()
    expect(page.locator(".slides > section:visible")).to_have_count(len(slides))
    assert page.locator("[inert], [data-later], [data-current], .present, .slide[style]").count() == 0
    assert page.url == watched.address + DECK
    assert axe(page) == []
    assert not noted(watched)


@pytest.mark.wcag(
    "1.3.1",
    "1.4.3",
    "2.1.2",
    "4.1.2",
    shows="Programmet axe hittar inga fel, och Tabb stannar i bildspelet.",
    where="Bildspelet, varje slags bild",
)
def test_deck_is_accessible(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """While the deck covers the page, each kind of slide is clean and the page below is out of reach."""
    watched = watch(viewport=PROJECTOR)
    page = begin(watched)
    seen = set()
    for slide in slides:
        shapes = frozenset(block.shape for block in slide.blocks)
        for _ in range(presses(slide)):
            page.keyboard.press("ArrowRight")
        if shapes not in seen:
            assert axe(page) == [], slide.id
        seen.add(shapes)
        page.keyboard.press("PageDown")
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


def test_keys_lead_on_after_a_click(alone: Watched) -> None:
    """After a click has opened the leader's view the space key changes slide, and opens no second view."""
    page = begin(alone)
    with page.context.expect_page():
        page.click("[data-do=speaker]")
    page.bring_to_front()
    page.keyboard.press("Space")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    assert len(page.context.pages) == 2


def hexadecimal(colour: str) -> str:
    """A browser's `rgb(1, 2, 3)` as six digits."""
    return bytes(map(int, re.findall(r"\d+", colour)[:3])).hex()


def test_an_address_of_something_else_starts_nothing(watched: Watched) -> None:
    """An address with an unknown slide starts at the first, one that names no slide starts nothing."""
    page = watched.open(f"{DECK}#settings")
    expect(page.locator(".bar")).to_be_hidden()
    page.goto(f"{watched.address}{DECK}?x#bild=finns-inte&tryck=9&minuter=7&exempel=9.9")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 1 "))
    assert not noted(watched)


PAPER = {"light": "fbfaf6", "dark": "12161d"}


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
    page = watched.open(DECK)
    found = list(figures(page, LONGEST[:1]))
    assert found
    assert not [one for one in found if one["faults"]]
    page.select_option("#colours", "")
    page.click("#start")
    stairs = page.evaluate(STEPS)
    assert len(stairs) == 2
    for columns, steps in zip((True, False), stairs, strict=True):
        assert len({step["ground"] for step in steps}) == len(steps) == count
        for step in steps:
            assert contrast(hexadecimal(step["ground"]), hexadecimal(step["ink"])) >= 4.5
            assert contrast(hexadecimal(step["edge"]), PAPER[scheme]) >= 3
        tops = [step["top"] for step in steps]
        assert tops == sorted(set(tops), reverse=True), "the steps do not rise"
        rights = [step["right"] for step in steps]
        assert rights == sorted(set(rights)), "the right ends are no stair"
        assert (len({step["left"] for step in steps}) > 1) is (columns and viewport is PROJECTOR)
    hands = page.locator(".slides .hand label strong")
    assert hands.all_text_contents() == [f"Nivå {level}" for level in other.levels]
    assert not noted(watched)

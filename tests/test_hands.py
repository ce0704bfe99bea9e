"""The vote on a slide: hands are counted, and nobody can be identified."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.slides.deck import Slide
from tests.conftest import Watched, axe
from tests.test_browser import STORED, noted
from tests.workshop import DECK, begin

Watch = Callable[..., Watched]


def widths(page: Page) -> list[float]:
    """The lengths of the bars, in pixels."""
    found: list[float] = page.locator(".slides .share i").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().width)"
    )
    return found


def test_hands(watched: Watched) -> None:
    """Under five answers only their number is shown, from five on the spread too; one press empties it."""
    page = watched.open(DECK)
    form = page.locator(".slides .hands")
    fields, output = form.locator("input"), form.get_by_role("status")
    for level, hands in ((0, "1"), (2, "3")):
        fields.nth(level).fill(hands)
    expect(output).to_have_text("4 svar. Siffrorna är dolda tills ni är minst 5.")
    assert widths(page) == [0] * 5
    fields.nth(1).focus()
    colours = fields.evaluate_all("all => all.map(one => getComputedStyle(one).color)")
    assert [colours[0], colours[2]] == ["rgba(0, 0, 0, 0)"] * 2, "what was typed can be read"
    fields.nth(3).fill("2")
    expect(output).to_have_text("6 svar: nivå 1: 1, nivå 2: 0, nivå 3: 3, nivå 4: 2, nivå 5: 0.")
    one, two, three, four, five = widths(page)
    assert (two, five) == (0, 0)
    assert one == pytest.approx(three / 3, abs=1)
    assert four == pytest.approx(three * 2 / 3, abs=1)
    assert page.evaluate(STORED) == []
    form.get_by_role("button", name="Töm").click()
    expect(output).to_have_text("Skriv hur många händer du räknar.")
    assert fields.evaluate_all("all => all.map(one => one.value)") == [""] * 5
    assert widths(page) == [0] * 5
    fields.nth(4).fill("7")
    page.goto(watched.address)
    page.go_back()
    assert fields.evaluate_all("all => all.map(one => one.value)") == [""] * 5
    assert not noted(watched)


@pytest.mark.wcag(
    "1.4.1",
    "1.4.11",
    shows="Staplarna syns med datorns egna färger.",
    where="Handuppräckningen i bildspelet",
)
def test_hands_with_forced_colours(watch: Watch) -> None:
    """Where the system chooses the colours, few hands still do not show, and the bars of many do."""
    watched = watch(forced_colors="active")
    page = watched.open(DECK)
    form = page.locator(".slides .hands")
    fields, bar = form.locator("input"), form.locator(".share i").nth(2)
    colour = "element => getComputedStyle(element).color"
    fields.nth(2).fill("3")
    fields.nth(0).fill("1")
    page.locator("h1").click()
    expect(form.locator(".count")).to_contain_text("4 svar")
    assert fields.nth(2).evaluate(colour) == "rgba(0, 0, 0, 0)"
    fields.nth(2).fill("9")
    fill = "element => getComputedStyle(element).backgroundColor"
    assert bar.evaluate(fill) != form.evaluate(fill.replace("element)", "document.body)"))


@pytest.mark.wcag(
    "3.3.1",
    "3.3.3",
    shows="Fel tal pekas ut vid fältet, med ett exempel på rätt.",
    where="Handuppräckningen i bildspelet",
)
def test_only_whole_numbers_are_hands(watched: Watched) -> None:
    """A field with anything but digits is marked and explained, and no bar is drawn until it is corrected."""
    page = watched.open(DECK)
    form = page.locator(".slides .hands")
    fields, output = form.locator("input"), form.get_by_role("status")
    fields.nth(0).fill("1")
    fields.nth(1).fill("200")
    assert widths(page)[0] >= 2, "a single hand cannot be seen"
    for wrong in ("-3", "1,5", "två"):
        fields.nth(0).fill(wrong)
        expect(fields.nth(0)).to_have_attribute("aria-invalid", "true")
        expect(fields.nth(0)).to_have_accessible_description("Skriv ett helt tal, till exempel 7.")
        expect(output).to_have_text("Skriv ett helt tal, till exempel 7.")
        expect(form.locator("[aria-invalid]")).to_have_count(1)
        assert widths(page) == [0] * 5
    assert axe(page) == []
    fields.nth(0).fill("3")
    expect(form.locator("[aria-invalid], [aria-describedby]")).to_have_count(0)
    expect(output).to_have_text("203 svar: nivå 1: 3, nivå 2: 200, nivå 3: 0, nivå 4: 0, nivå 5: 0.")
    assert not noted(watched)


def test_the_vote_by_keyboard(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """The first field gets the focus, Enter leads to the next, the page keys turn; the end empties."""
    at = 1 + next(n for n, slide in enumerate(slides) if slide.id == "rack-upp-handen")
    page = begin(watched)
    place, fields = page.locator(".bar .place"), page.locator(".slides .present .hands input")
    page.keyboard.press("End")
    page.goto(page.url.replace(page.url.split("bild=")[1].split("&")[0], "rack-upp-handen"))
    page.reload()
    expect(place).to_have_text(f"Bild {at} av {len(slides)}")
    expect(fields.first).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(place).to_have_text(f"Bild {at} av {len(slides)}")
    expect(fields.first).to_be_focused()
    for hands in "120":
        page.keyboard.type(hands)
        page.keyboard.press("Enter")
    expect(fields.nth(3)).to_be_focused()
    output = page.locator(".slides .present").get_by_role("status")
    expect(output).to_have_text("3 svar. Siffrorna är dolda tills ni är minst 5.")
    assert axe(page) == []
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"Bild {at} av {len(slides)}")
    for key in ".b":
        page.keyboard.press(key)
        expect(page.locator(".blackness")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(".blackness")).to_be_hidden()
        expect(fields.nth(3)).to_have_value("")
    fields.nth(3).fill("4")
    page.keyboard.press("PageDown")
    expect(place).to_have_text(f"Bild {at + 1} av {len(slides)}")
    page.keyboard.press("PageUp")
    expect(fields.nth(3)).to_have_value("4")
    assert max(widths(page)) > 0
    page.keyboard.press("PageUp")
    expect(fields.first).to_be_hidden()
    page.mouse.move(9, 9)
    page.click("[data-do=stop]")
    assert page.locator(".slides .hands input").evaluate_all("all => all.map(one => one.value)") == [""] * 5
    assert widths(page) == [0] * 5
    assert not noted(watched)

"""The script in a window of its own, which follows the deck that opened it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.slides.deck import Slide
from tests.conftest import DESKTOP, Watched, axe
from tests.test_browser import STORED, noted
from tests.workshop import DECK, begin

Watch = Callable[..., Watched]


ON_TOP = """element => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return document.elementFromPoint(left + width / 2, top + height / 2) === element
}"""


def opened_by(page: Page) -> Page:
    """The script's window, opened from a running deck."""
    with page.expect_popup() as opened:
        page.click("[data-do=speaker]")
    page.bring_to_front()
    return opened.value


def test_speaker_view_follows(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """The script in a second window shows the current slide's notes, leads the deck, and stores nothing."""
    watched = watch(viewport=DESKTOP)
    page = begin(watched)
    speaker = opened_by(page)
    expect(speaker.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    page.keyboard.press("ArrowRight")
    expect(speaker.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    expect(speaker.locator("#following")).to_have_text(slides[2].title)
    visible = speaker.locator(".script > li:visible")
    expect(visible).to_have_count(1)
    for line in (*slides[1].timing, *slides[1].script):
        expect(visible).to_contain_text(line)
    speaker.get_by_role("button", name="Nästa").click()
    expect(page.locator(".bar .place")).to_have_text(f"Bild 3 av {len(slides)}")
    speaker.keyboard.press("Escape")
    speaker.keyboard.press("ArrowLeft")  # the focus is on the button that was pressed
    expect(page.locator(".bar .place")).to_have_text(f"Bild 2 av {len(slides)}")
    expect(speaker.locator("#clock")).to_have_text(re.compile(r"^0:(0[1-9]|[1-5]\d)$"))
    speaker.reload()
    expect(speaker.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    assert speaker.locator("#clock").text_content() != "0:00", "the clock does not start when the deck does"
    page.click("[data-do=stop]")
    expect(speaker.locator("#place")).to_have_text("Bildspelet är avslutat.")
    page.click("#start")
    expect(speaker.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    expect(speaker.locator("#clock")).to_have_text(re.compile(r"^0:\d\d$"))
    page.goto(watched.address)
    expect(speaker.locator("#place")).to_have_text("Bildspelet är avslutat.")
    assert axe(speaker) == []
    assert speaker.evaluate(STORED) == []
    assert page.evaluate(STORED) == []
    assert not watched.context.storage_state()["origins"]
    assert not noted(watched)


def test_each_script_follows_its_own_deck(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """With a deck in each of two tabs, a script follows and leads the one that opened it, and no other."""
    first = begin(watched)
    one = opened_by(first)
    watched.page = watched.context.new_page()
    second = begin(watched)
    other = opened_by(second)
    expect(other.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    second.keyboard.press("End")
    expect(other.locator("#place")).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    one.get_by_role("button", name="Nästa").click()
    expect(first.locator(".bar .place")).to_have_text(f"Bild 2 av {len(slides)}")
    expect(one.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    expect(second.locator(".bar .place")).to_have_text(f"Bild {len(slides)} av {len(slides)}")
    second.click("[data-do=stop]")
    expect(other.locator("#place")).to_have_text("Bildspelet är avslutat.")
    expect(one.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    assert not noted(watched)


def test_script_finds_its_deck_after_a_reload(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """When the deck's page was reloaded and the deck started again, the open script follows it again."""
    page = begin(watched)
    speaker = opened_by(page)
    expect(speaker.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    page.reload()
    expect(speaker.locator("#place")).to_have_text("Bildspelet är avslutat.")
    begin(watched)
    page.keyboard.press("ArrowRight")
    expect(speaker.locator("#place")).to_have_text(f"Bild 2 av {len(slides)}")
    page.click("[data-do=speaker]")
    assert len(watched.context.pages) == 2, "a second script was opened"
    assert not noted(watched)


def test_script_page_by_itself_is_for_reading(watched: Watched, slides: tuple[Slide, ...]) -> None:
    """Opened by its address the script shows everything, also while a deck runs in another tab."""
    begin(watched)
    page = watched.context.new_page()
    page.goto(f"{watched.address}workshop/manus/")
    watched.page.keyboard.press("ArrowRight")
    expect(page.locator("#speaker")).to_be_hidden()
    expect(page.locator(".script > li:visible")).to_have_count(len(slides))


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_blocked_window_is_told(watched: Watched, way: str) -> None:
    """When the browser blocks the script's window, the deck explains what to do until the slide changes."""
    watched.context.add_init_script("window.open = () => null")
    page = begin(watched)
    button, told = page.locator("[data-do=speaker]"), page.get_by_role("alert")
    expect(told).to_have_count(0)
    if way == "mouse":
        button.click()
    else:
        button.focus()
        page.keyboard.press("Enter")
    expect(told).to_have_text(
        "Webbläsaren stoppade fönstret med manuset. "
        "Tillåt att sidan öppnar fönster, och tryck på Talarvy igen."
    )
    expect(told).to_be_in_viewport(ratio=1)
    assert told.evaluate(ON_TOP), "something covers the message"
    assert axe(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.locator(".bar .place")).to_have_text(re.compile("Bild 2 "))
    expect(told).to_have_count(0)
    assert len(watched.context.pages) == 1
    assert watched.page.url == watched.address + DECK

"""The script in a window of its own, which follows the deck that opened it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from macros.slides.deck import Slide
from tests.conftest import DESKTOP, Watched, axe
from tests.test_browser import STORED, noted
from tests.workshop import begin

Watch = Callable[..., Watched]


def test_speaker_view_follows(watch: Watch, slides: tuple[Slide, ...]) -> None:
    """The script in a second window shows the current slide's notes, leads the deck, and stores nothing."""
    watched = watch(viewport=DESKTOP)
    page = begin(watched)
    with page.expect_popup() as opened:
        page.click("[data-do=speaker]")
    speaker = opened.value
    expect(speaker.locator("#place")).to_have_text(f"Bild 1 av {len(slides)}")
    page.bring_to_front()
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

"""What the tests of the workshop share: its pages, the deck in a browser, what a page is on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import Watched
from tests.pages import Element, parse
from tests.test_browser import printed, tight

PROJECTOR: ViewportSize = {"width": 1280, "height": 720}

DECK = "workshop/bilder/"


def page_of(site: Path, url: str) -> Element:
    """A page of the built site."""
    return parse((site / url / "index.html").read_text("utf-8"))


def begin(watched: Watched, agenda: str = "", example: str = "") -> Page:
    """Open the page of the slides and start the deck."""
    page = watched.open(DECK)
    page.select_option("#agenda", agenda)
    if example:
        page.select_option("#example", example)
    page.click("#start")
    expect(page.locator(".bar .place")).to_have_text(re.compile(r"Bild 1 av \d+"))
    return page


def paper(page: Page) -> list[str]:
    """The text of each printed sheet, without spaces, and with letters parted that the font has joined."""
    return [unicodedata.normalize("NFKC", text) for text, _ in printed(page)]


def joined(text: str) -> str:
    """A text as `paper` gives it."""
    return unicodedata.normalize("NFKC", tight(text))


def paragraphs_of(page: Any) -> Iterator[str]:
    """Every paragraph of a PowerPoint slide."""
    for shape in page.shapes:
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
        for frame in frames:
            yield from (plain(paragraph.text) for paragraph in frame.paragraphs)


def plain(text: str) -> str:
    """A text of the file without the break that a slash allows."""
    return text.replace("\u200b", "")

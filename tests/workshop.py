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


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def show_instead(watched: Watched, site: Path, url: str, html: str) -> None:
    """Let a page of the site hold what a renderer made of another framework."""
    page = (site / url / "index.html").read_text("utf-8")
    start = page.index('<div class="page ')
    end = page.index("</article>", start)
    body = page[:start] + html + page[end:]
    watched.page.route(f"**/{url}", lambda route: route.fulfill(response=route.fetch(), body=body))

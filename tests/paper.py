"""The sheets of paper that a print becomes, as another program than the browser reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pypdfium2 import PdfDocument, PdfPage


@dataclass(frozen=True)
class Sheet:
    """One sheet: its text, whether it lies down, and how high above its lower edge the text ends (0 to 1)."""

    text: str
    lies: bool
    end: float


def sheets(pdf: bytes | Path) -> list[Sheet]:
    """Read a PDF file."""
    return [_sheet(page) for page in PdfDocument(pdf)]


def _sheet(page: PdfPage) -> Sheet:
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    end = min((bottom for _, bottom, _, _ in boxes), default=height)
    words = text.get_text_bounded().replace("\x02", "-\n")  # how PDFium notes a hyphen at the end of a line
    return Sheet(words, width > height, end / height)

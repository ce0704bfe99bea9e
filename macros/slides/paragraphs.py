"""Text of the PowerPoint file: its sizes, how much room it takes, how it is written into a shape."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from macros.slides.look import Box, child

# Sizes of text in points, the largest that fits is used. The smallest can be read at six metres.
SIZES = (32, 30, 28, 26, 24, 23, 22, 21, 20, 19)
SMALLEST = SIZES[-1]
CHARACTER = 0.5  # mean width of a character, in its height
_LINE = 1.25


class Line(NamedTuple):
    """A paragraph of a shape: its text, and how it looks. Sizes are in points."""

    text: str
    size: float
    bold: bool = False
    colour: MSO_THEME_COLOR | None = None
    below: float = 0  # the room between this paragraph and the next
    bullet: str = ""
    indent: float = 0  # of the text after the bullet
    url: str = ""


def lines_of(text: str, size: float, width: float) -> int:
    """Return how many lines `text` takes at `size` points in `width` inches, rather one too many."""
    return len(textwrap.wrap(text, int(width * 72 / (size * CHARACTER)))) or 1


def height_of(lines: Iterable[Line], width: float) -> float:
    """Return the height in inches that the paragraphs take in a shape of this width."""
    points = sum(
        lines_of(line.text, line.size, width - 0.2 - line.indent / 72) * line.size * _LINE + line.below
        for line in lines
    )
    return points / 72 + 0.1


def text_box(page: Any, box: Box, lines: Iterable[Line]) -> None:
    """Add a box with these paragraphs to a slide."""
    write(page.shapes.add_textbox(*box.emu), lines)


def write(shape: Any, lines: Iterable[Line]) -> None:
    """Write the paragraphs into an empty shape."""
    frame = shape.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(line.below)
        _bullet(paragraph, line)
        run = paragraph.add_run()
        run.text = line.text
        run.font.size = Pt(line.size)
        run.font.bold = line.bold
        if line.colour is not None:
            run.font.color.theme_color = line.colour
        if line.url:
            run.hyperlink.address = line.url
    in_swedish(shape)


def _bullet(paragraph: Any, line: Line) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(line.indent)))
    properties.set("indent", str(-Pt(line.indent / 2 if line.bullet == "–" else line.indent)))
    if not line.bullet:
        child(properties, "a:buNone")
    elif line.bullet[0].isdigit():
        child(properties, "a:buFont", typeface="+mj-lt")
        child(properties, "a:buAutoNum", type="arabicPeriod")
    else:
        child(properties, "a:buChar", char=line.bullet)


def in_swedish(shape: Any) -> None:
    """Mark the text as Swedish, for spelling and for screen readers."""
    for run in shape.element.iter(qn("a:rPr")):
        run.set("lang", "sv-SE")

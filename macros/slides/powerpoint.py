"""The workshop's slides as a PowerPoint file: the same texts as in the browser, as text that can be edited.

Two builds of the same framework are equal byte for byte.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from macros.model import Framework
from macros.slides.deck import Block, Entry, Shape, Slide, deck, flat
from macros.slides.drawings import DRAWN, columns_of, stairs
from macros.slides.look import (
    BODY,
    COVER_KICKER,
    DENSE_BODY,
    DENSE_TITLE,
    DENSE_TITLE_SIZE,
    KICKER,
    LAYOUTS,
    STAMP,
    TITLE,
    TITLE_SIZE,
    WHITE,
    Box,
    empty_presentation,
    place,
)
from macros.slides.paragraphs import (
    SIZES,
    SMALLEST,
    Line,
    height_of,
    in_swedish,
    lines_of,
    text_box,
    write,
)

SHORT_TITLE = 0.45  # what the body gains in height when the title takes one line
_INDENT = 1.4  # of a bullet, in the text's size


def powerpoint(framework: Framework, example: str | None = None) -> bytes:
    """Return the workshop's slides as the contents of a .pptx file; `example` as for `deck`."""
    presentation = empty_presentation(len(framework.levels))
    for slide in deck(framework, example):
        for page in flat(slide):
            _add(presentation, page)
    basics, properties = framework.basics, presentation.core_properties
    properties.title = f"{basics.title}: workshop"
    properties.subject = f"Version {basics.version}, {basics.date}"
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.language = "sv-SE"
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(basics.date, time.min)
    raw = io.BytesIO()
    presentation.save(raw)
    return _without_dates(raw)


def _add(presentation: Any, slide: Slide) -> None:
    stamp = next((block for block in slide.blocks if block.shape is Shape.STAMP), None)
    texts = [block for block in slide.blocks if block.shape in _TEXTS]
    drawings = [block for block in slide.blocks if block.shape in DRAWN]
    layout = LAYOUTS["Title Slide" if stamp else "Title and Content" if texts else "Title Only"]
    page = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(layout))
    page.shapes.title.text = slide.title
    in_swedish(page.shapes.title)
    if slide.kicker:
        colour = WHITE if stamp else MSO_THEME_COLOR.TEXT_2
        text_box(page, COVER_KICKER if stamp else KICKER, [Line(slide.kicker, SMALLEST, colour=colour)])
    if stamp:
        write(page.placeholders[1], _lines(texts, 24))
        text_box(page, STAMP, [Line(stamp.entries[0].text, SMALLEST, colour=WHITE)])
    elif slide.look == "dense" and drawings:
        place(page.shapes.title, DENSE_TITLE)
        page.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(DENSE_TITLE_SIZE)
        _lay_out(page, DENSE_BODY, texts, drawings)
    else:
        short = SHORT_TITLE if lines_of(slide.title, TITLE_SIZE * 1.1, TITLE.width) == 1 else 0
        body = BODY._replace(top=BODY.top - short, height=BODY.height + short)
        _lay_out(page, body, texts, drawings, slide.part)
    page.notes_slide.notes_text_frame.text = slide.notes
    for shape in list(page.notes_slide.placeholders):
        if shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER:
            shape.element.getparent().remove(shape.element)


def _lay_out(page: Any, body: Box, texts: list[Block], drawings: list[Block], part: int = 0) -> None:
    """Place the texts at the top and the drawings below; two passages are side by side."""
    shapes = [block.shape for block in texts]
    if Shape.HEADING in shapes:
        middle = shapes.index(Shape.HEADING)
        left, right = texts[:middle], texts[middle:]
        first, second = columns_of(body, 2, 0.6)
        size = min(_fitting(left, first), _fitting(right, second))
        place(page.placeholders[1], first)
        write(page.placeholders[1], _lines(left, size))
        text_box(page, second, _lines(right, size))
        return
    rest = body
    if texts:
        largest = min((_LARGEST_ABOVE.get(block.shape, 20) for block in drawings), default=SIZES[0])
        size = min(largest, _fitting(texts, body))
        lines = _lines(texts, size)
        room = body._replace(height=height_of(lines, body.width) + 0.1) if drawings else body
        rest = body._replace(top=room.top + room.height, height=body.height - room.height)
        place(page.placeholders[1], room)
        write(page.placeholders[1], lines)
    for block in drawings:
        if block.shape is Shape.PARTS:
            stairs(page, rest, block.entries, part)
        else:
            DRAWN[block.shape](page, rest, block.entries)


def _lines(blocks: Iterable[Block], size: float) -> list[Line]:
    """Return the paragraphs of the blocks, where a text has this size."""
    lines = []
    for block in blocks:
        for number, entry in enumerate(block.entries, start=1):
            if block.shape is Shape.PRINCIPLES:  # their texts are in the notes
                entry = Entry(entry.label)
            bullet = _BULLETS.get(block.shape, "").format(number)
            indent = size * _INDENT
            if entry.label:
                lines.append(Line(entry.label, max(SMALLEST, round(size * 0.75)), bold=True))
            bold = block.shape is Shape.HEADING
            text = Line(entry.text, size, bold, bullet=bullet, indent=indent if bullet else 0, url=entry.url)
            smaller = max(SMALLEST, round(size * 0.85))
            lines += [text, *(Line(point, smaller, bullet="–", indent=indent * 2) for point in entry.points)]
    return [line._replace(below=round(line.size * 0.35)) for line in lines]


_BULLETS = {Shape.POINTS: "•", Shape.PRINCIPLES: "•", Shape.STEPS: "{}."}


def _fitting(blocks: list[Block], box: Box) -> int:
    fitting = (size for size in SIZES if height_of(_lines(blocks, size), box.width) <= box.height)
    return next(fitting, SMALLEST)


_TEXTS = (
    Shape.TEXT, Shape.HEADING, Shape.QUOTE, Shape.POINTS, Shape.STEPS, Shape.LINKS, Shape.FACTS,
    Shape.PRINCIPLES,
)  # fmt: skip
# Size in points of the text above a drawing, where it may be larger than 20.
_LARGEST_ABOVE = {Shape.SCALE: 32, Shape.STAIRS: 24, Shape.PAIR: 28, Shape.TILES: 26}


def _without_dates(raw: io.BytesIO) -> bytes:
    """Return the same archive with a fixed date on every file, so that equal slides are equal bytes."""
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w") as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item), compresslevel=9)
    return clean.getvalue()

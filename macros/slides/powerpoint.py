"""The workshop's slides as a PowerPoint file: the same texts as in the browser, as text that can be edited.

Two builds of the same framework are equal byte for byte.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from macros.model import Framework
from macros.slides.deck import Block, Entry, Shape, Slide, deck
from macros.slides.look import (
    BODY,
    COVER_KICKER,
    KICKER,
    LAYOUTS,
    STAMP,
    TITLE,
    TITLE_SIZE,
    WHITE,
    Box,
    child,
    empty_presentation,
    ink_on,
    level_colour,
    place,
)

SHORT_TITLE = 0.45  # what the body gains in height when the title takes one line
GAP = 0.2
# Sizes of text in points, the largest that fits is used.
SIZES = (32, 30, 28, 26, 24, 22, 20, 18, 16, 15, 14, 13, 12)
_CHARACTER = 0.5  # mean width of a character, in its height
_LINE = 1.25
_INDENT = 1.4  # of a bullet, in the text's size


def powerpoint(framework: Framework) -> bytes:
    """Return the workshop's slides as the contents of a .pptx file."""
    presentation = empty_presentation(len(framework.levels))
    for slide in deck(framework):
        _add(presentation, slide)
    basics = framework.basics
    properties = presentation.core_properties
    made = datetime(basics.date.year, basics.date.month, basics.date.day)
    properties.title = f"{basics.title}: workshop"
    properties.subject = f"Version {basics.version}, {basics.date}"
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.language = "sv-SE"
    properties.revision = 1
    properties.created = properties.modified = made
    raw = io.BytesIO()
    presentation.save(raw)
    return _without_dates(raw)


def _add(presentation: Any, slide: Slide) -> None:
    stamp = next((block for block in slide.blocks if block.shape is Shape.STAMP), None)
    texts = [block for block in slide.blocks if block.shape in _TEXTS]
    drawings = [block for block in slide.blocks if block.shape in _DRAWN]
    name = LAYOUTS["Title Slide" if stamp else "Title and Content" if texts else "Title Only"]
    layout = next(layout for layout in presentation.slide_layouts if layout.name == name)
    page = presentation.slides.add_slide(layout)
    page.shapes.title.text = slide.title
    _in_swedish(page.shapes.title)
    if slide.kicker:
        colour = WHITE if stamp else MSO_THEME_COLOR.TEXT_2
        _text_box(page, COVER_KICKER if stamp else KICKER, [Line(slide.kicker, 16, colour=colour)])
    if stamp:
        _write(page.placeholders[1], _lines(texts, 24))
        _text_box(page, STAMP, [Line(stamp.entries[0].text, 12, colour=WHITE)])
    else:
        short = SHORT_TITLE if lines_of(slide.title, TITLE_SIZE * 1.1, TITLE.width) == 1 else 0
        _lay_out(page, BODY._replace(top=BODY.top - short, height=BODY.height + short), texts, drawings)
    page.notes_slide.notes_text_frame.text = slide.notes
    for shape in list(page.notes_slide.placeholders):
        if shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER:
            shape.element.getparent().remove(shape.element)


def _lay_out(page: Any, body: Box, texts: list[Block], drawings: list[Block]) -> None:
    """Place the texts at the top and the drawings below; two passages are side by side."""
    headings = [number for number, block in enumerate(texts) if block.shape is Shape.HEADING]
    if headings:
        left, right = texts[: headings[0]], texts[headings[0] :]
        first, second = _columns(body, 2, 0.6)
        size = min(_fitting(left, first), _fitting(right, second))
        place(page.placeholders[1], first)
        _write(page.placeholders[1], _lines(left, size))
        _text_box(page, second, _lines(right, size))
        return
    rest = body
    if texts:
        largest = min((_LARGEST_ABOVE.get(block.shape, 20) for block in drawings), default=SIZES[0])
        size = min(largest, _fitting(texts, body))
        lines = _lines(texts, size)
        room = body._replace(height=_height(lines, body.width) + 0.1) if drawings else body
        rest = body._replace(top=room.top + room.height, height=body.height - room.height)
        place(page.placeholders[1], room)
        _write(page.placeholders[1], lines)
    for block in drawings:
        _DRAWN[block.shape](page, rest, block.entries)


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


def _lines(blocks: Iterable[Block], size: float) -> list[Line]:
    """Return the paragraphs of the blocks, where a text has this size."""
    lines = []
    for block in blocks:
        for number, entry in enumerate(block.entries, start=1):
            bullet = {Shape.POINTS: "•", Shape.STEPS: f"{number}."}.get(block.shape, "")
            bold = block.shape is Shape.HEADING
            indent = size * _INDENT
            if entry.label:
                lines.append(Line(entry.label, round(size * 0.75), bold=True))
            text = Line(entry.text, size, bold, bullet=bullet, indent=indent if bullet else 0, url=entry.url)
            points = (
                Line(point, round(size * 0.85), bullet="–", indent=indent * 2) for point in entry.points
            )
            lines += [text, *points]
    return [line._replace(below=round(line.size * 0.35)) for line in lines]


def lines_of(text: str, size: float, width: float) -> int:
    """Return how many lines `text` takes at `size` points in `width` inches, rather one too many."""
    return len(textwrap.wrap(text, int(width * 72 / (size * _CHARACTER)))) or 1


def _height(lines: Iterable[Line], width: float) -> float:
    """Return the height in inches that the paragraphs take in a shape of this width."""
    points = sum(
        lines_of(line.text, line.size, width - 0.2 - line.indent / 72) * line.size * _LINE + line.below
        for line in lines
    )
    return points / 72 + 0.1


def _fitting(blocks: list[Block], box: Box) -> int:
    return next((size for size in SIZES if _height(_lines(blocks, size), box.width) <= box.height), SIZES[-1])


def _text_box(page: Any, box: Box, lines: Iterable[Line]) -> None:
    _write(page.shapes.add_textbox(*box.emu), lines)


def _write(shape: Any, lines: Iterable[Line]) -> None:
    """Write the paragraphs into an empty shape."""
    frame = shape.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
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
    _in_swedish(shape)


def _bullet(paragraph: Any, line: Line) -> None:
    properties = paragraph._p.get_or_add_pPr()
    hanging = line.indent / 2 if line.bullet == "–" else line.indent
    properties.set("marL", str(Pt(line.indent)))
    properties.set("indent", str(-Pt(hanging)))
    if not line.bullet:
        child(properties, "a:buNone")
    elif line.bullet[0].isdigit():
        child(properties, "a:buFont", typeface="+mj-lt")
        child(properties, "a:buAutoNum", type="arabicPeriod")
    else:
        child(properties, "a:buChar", char=line.bullet)


def _in_swedish(shape: Any) -> None:
    """Mark the text as Swedish, for spelling and for screen readers."""
    for run in shape.element.iter(qn("a:rPr")):
        run.set("lang", "sv-SE")


def _tile(page: Any, box: Box, entry: Entry, size: float, kind: Any, fill: MSO_THEME_COLOR = WHITE) -> None:
    """Draw a filled shape with a label and a text."""
    shape = page.shapes.add_shape(kind, *box.emu)
    shape.element.remove(shape.element.find(qn("p:style")))  # it brings a shadow
    shape.fill.solid()
    shape.fill.fore_color.theme_color = fill
    shape.line.color.theme_color = MSO_THEME_COLOR.ACCENT_4
    shape.line.width = Pt(0.75)
    if kind is not MSO_SHAPE.RECTANGLE:
        shape.adjustments[0] = 0.04 if kind is MSO_SHAPE.ROUNDED_RECTANGLE else 0.15
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.TOP
    _write(shape, (line._replace(colour=ink_on(fill)) for line in _tile_lines(entry, size)))
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT


def _tile_lines(entry: Entry, size: float) -> list[Line]:
    label = [Line(entry.label, size + 2, bold=True, below=4)] if entry.label else []
    # In a narrow tile, two words joined by a slash may wrap.
    return [*label, Line(entry.text.replace("/", "/\u200b"), size)]


def _tile_height(entry: Entry, size: float, width: float) -> float:
    """Return the height in inches of a tile of that width with its text at `size` points."""
    return _height(_tile_lines(entry, size), width - 0.05) + 0.05


def _tile_size(entries: Iterable[Entry], width: float, height: float, largest: float) -> int:
    """Return the largest size in points at which every entry fits a tile of this size in inches."""
    entries = list(entries)
    words = [word for entry in entries for word in entry.text.split() if len(word) < _LONGEST_WORD]
    longest = max(map(len, words))
    for size in SIZES:
        whole_words = longest * size * _CHARACTER / 72 <= width - 0.25
        if size <= largest and whole_words and all(_tile_height(e, size, width) <= height for e in entries):
            return size
    return SIZES[-1]


def _columns(box: Box, number: int, gap: float = GAP) -> list[Box]:
    width = (box.width - gap * (number - 1)) / number
    return [box._replace(left=box.left + column * (width + gap), width=width) for column in range(number)]


def _stairs(page: Any, box: Box, entries: tuple[Entry, ...]) -> None:
    rise = 0.3
    columns = _columns(box, len(entries), 0.08)
    lowest = box.height - rise * (len(entries) - 1)
    size = _tile_size(entries, columns[0].width, lowest, 18)
    for level, (column, entry) in enumerate(zip(columns, entries, strict=True), start=1):
        top = box.top + rise * (len(entries) - level)
        step = column._replace(top=top, height=box.top + box.height - top)
        _tile(page, step, entry, size, MSO_SHAPE.RECTANGLE, level_colour(level, len(entries)))


def _cards(page: Any, box: Box, entries: tuple[Entry, ...]) -> None:
    columns = _columns(box, len(entries), 0.3)
    width = columns[0].width
    size = _tile_size(entries, width, box.height, 22)
    height = min(box.height, max(_tile_height(entry, size, width) for entry in entries) + GAP)
    for column, entry in zip(columns, entries, strict=True):
        _tile(page, column._replace(height=height), entry, size, MSO_SHAPE.ROUNDED_RECTANGLE)


def _scale(page: Any, box: Box, entries: tuple[Entry, ...]) -> None:
    columns = _columns(box._replace(top=box.top + 0.3, height=1.1), len(entries))
    size = _tile_size(entries, columns[0].width, 1.1, 22)
    for column, entry in zip(columns, entries, strict=True):
        _tile(page, column, entry, size, MSO_SHAPE.ROUNDED_RECTANGLE)


def _flow(page: Any, box: Box, entries: tuple[Entry, ...]) -> None:
    columns = _columns(box._replace(top=box.top + 0.4), len(entries), 0.1)
    tiles = [Entry(entry.text, f"{number}.") for number, entry in enumerate(entries, start=1)]
    width = columns[0].width * 0.87  # the point of the arrow holds no text
    size = _tile_size(tiles, width, 2.4, 20)
    height = max(_tile_height(tile, size, width) for tile in tiles) + GAP
    for column, tile in zip(columns, tiles, strict=True):
        _tile(page, column._replace(height=height), tile, size, MSO_SHAPE.PENTAGON)


def _hands(page: Any, box: Box, entries: tuple[Entry, ...]) -> None:
    """Draw a table to write the number of hands in."""
    frame = page.shapes.add_table(len(entries) + 1, 3, *box.emu)
    frame.name = "Antal händer för varje nivå"
    table = frame.table
    frame.element.find(f".//{qn('a:tableStyleId')}").text = _PLAIN_TABLE
    widths, head = (1.2, box.width - 3, 1.8), 0.45
    height = (box.height - head) / len(entries)
    size = _tile_size([Entry(entry.text) for entry in entries], widths[1], height, 16)
    rows = [("Nivå", "Beskrivning", "Antal händer"), *((entry.label, entry.text, "") for entry in entries)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row.height = Inches(height if number else head)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(size)
                run.font.bold = number == 0 or text == texts[0]
    _in_swedish(frame)


_PLAIN_TABLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # "No Style, Table Grid"
_TEXTS = (
    Shape.TEXT, Shape.HEADING, Shape.QUOTE, Shape.POINTS, Shape.STEPS, Shape.LINKS, Shape.FACTS,
)  # fmt: skip
# Size in points of the text above a drawing, where it may be larger than 20.
_LARGEST_ABOVE = {Shape.SCALE: 28, Shape.STAIRS: 24}
_LONGEST_WORD = 25  # longer ones, as those with a slash, are broken
_DRAWN: dict[Shape, Callable[[Any, Box, tuple[Entry, ...]], None]] = {
    Shape.STAIRS: _stairs,
    Shape.CARDS: _cards,
    Shape.SCALE: _scale,
    Shape.FLOW: _flow,
    Shape.HANDS: _hands,
}


def _without_dates(raw: io.BytesIO) -> bytes:
    """Return the same archive with a fixed date on every file, so that equal slides are equal bytes."""
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w") as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item), compresslevel=9)
    return clean.getvalue()

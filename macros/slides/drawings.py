"""Drawings of the PowerPoint file: tiles with texts, placed as steps, rows, bands and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from macros.render.text import by_number
from macros.slides.deck import Entry, Shape
from macros.slides.look import PAGE, WHITE, Box, ink_on, level_colour
from macros.slides.paragraphs import CHARACTER, SIZES, SMALLEST, Line, height_of, in_swedish, text_box, write

GAP = 0.2
Entries = tuple[Entry, ...]


def _shape(page: Any, kind: Any, box: Box, fill: MSO_THEME_COLOR) -> Any:
    shape = page.shapes.add_shape(kind, *box.emu)
    shape.element.remove(shape.element.find(qn("p:style")))  # it brings a shadow
    shape.fill.solid()
    shape.fill.fore_color.theme_color = fill
    return shape


def _tile(
    page: Any,
    box: Box,
    entry: Entry,
    size: float,
    kind: Any = MSO_SHAPE.RECTANGLE,
    fill: MSO_THEME_COLOR = WHITE,
) -> Any:
    """Draw a filled shape with a label and a text, and return it."""
    shape = _shape(page, kind, box, fill)
    shape.line.color.theme_color = MSO_THEME_COLOR.ACCENT_5
    shape.line.width = Pt(1.5)
    if kind is not MSO_SHAPE.RECTANGLE:
        shape.adjustments[0] = 0.04 if kind is MSO_SHAPE.ROUNDED_RECTANGLE else 0.15
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(shape, (line._replace(colour=ink_on(fill)) for line in _tile_lines(entry, size)))
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
    return shape


def _tile_lines(entry: Entry, size: float) -> list[Line]:
    heads = (Line(text, size, bold=True, below=4) for text in (entry.label, entry.answer))
    # In a narrow tile, two words joined by a slash may wrap.
    text = f"{entry.lead} {entry.text}".strip().replace("/", "/\u200b")
    return [line for line in (*heads, Line(text, size)) if line.text]


def _tile_height(entry: Entry, size: float, width: float) -> float:
    """Return the height in inches of a tile of that width with its text at `size` points."""
    return height_of(_tile_lines(entry, size), width - 0.05) + 0.05


def _tile_size(entries: Entries, width: float, height: float, largest: float) -> int:
    """Return the largest size in points at which every entry fits a tile of this size in inches."""
    lengths = (len(word) for entry in entries for word in entry.text.split())
    longest = max(length for length in lengths if length < _LONGEST_WORD)
    for size in (size for size in SIZES if size <= largest):
        whole_words = longest * size * CHARACTER / 72 <= width - 0.25
        if whole_words and all(_tile_height(entry, size, width) <= height for entry in entries):
            return size
    return SMALLEST


def columns_of(box: Box, number: int, gap: float = GAP) -> list[Box]:
    """Return so many equal columns of a box."""
    width = (box.width - gap * (number - 1)) / number
    return [box._replace(left=box.left + column * (width + gap), width=width) for column in range(number)]


def stairs(page: Any, box: Box, entries: Entries, now: int = 0) -> None:
    """Draw columns that rise to the right, in the levels' colours; or the workshop's parts until `now`."""
    rise = 0.6 if now else 0.3
    columns = columns_of(box, len(entries), 0)
    lowest = box.height - rise * (len(entries) - 1)
    size = _tile_size(entries, columns[0].width, lowest, 24)
    for level, (column, entry) in enumerate(zip(columns, entries, strict=True), start=1):
        top = box.top + rise * (len(entries) - level)
        step = column._replace(top=top, height=box.top + box.height - top)
        fill = level_colour(level, len(entries))
        if now:
            done = MSO_THEME_COLOR.ACCENT_5 if level == now else MSO_THEME_COLOR.ACCENT_4
            fill = WHITE if level > now else done
        _tile(page, step, entry, size, fill=fill)


def _rows(page: Any, box: Box, entries: Entries) -> None:
    """Draw rows from the bottom up, each a little longer than the one below."""
    widths = [box.width * (1 - 0.03 * above) for above in reversed(range(len(entries)))]
    size, heights = _row_heights(entries, [width - _LABEL for width in widths], box.height)
    bottom = box.top + box.height
    for level, (entry, height, width) in enumerate(zip(entries, heights, widths, strict=True), start=1):
        row = Box(box.left, bottom - height, width, height)
        bottom = row.top
        label = row._replace(width=_LABEL)
        text = row._replace(left=row.left + _LABEL, width=width - _LABEL)
        fill = level_colour(level, len(entries))
        for tile in (
            _tile(page, label, Entry("", entry.label), size, fill=fill),
            _tile(page, text, Entry(entry.text), size),
        ):
            tile.text_frame.margin_top = tile.text_frame.margin_bottom = Inches(_ROW_MARGIN)


def _row_heights(entries: Iterable[Entry], widths: Iterable[float], height: float) -> tuple[int, list[float]]:
    """Return the largest size of text at which rows of these widths fit a height, and the rows' heights."""
    rows = [(Entry(entry.text), width) for entry, width in zip(entries, widths, strict=True)]
    for size in (size for size in SIZES if size <= _ROW_SIZE):
        # In long lines the mean width of a character is a little less.
        lines = [(_tile_lines(entry, size), width * 1.06) for entry, width in rows]
        heights = [height_of(*one) - 0.1 + 2 * _ROW_MARGIN for one in lines]
        if sum(heights) <= height or size == SMALLEST:
            break
    spare = (height - sum(heights)) / len(rows)
    return size, [own + spare for own in heights]


_ROW_SIZE = 22  # at most, so that "Nivå 1" takes one line
_ROW_MARGIN = 0.005  # above and below the text of a row
_LABEL = 1.3  # the width of "Nivå 1" beside its text


def _tiles(page: Any, box: Box, entries: Entries) -> None:
    """Draw two to a row."""
    rows = -(-len(entries) // 2)
    height = min(1.5, (box.height - GAP * (rows - 1)) / rows)
    columns = columns_of(box, 2, 0.3)
    size = _tile_size(entries, columns[0].width, height, 28)
    for number, entry in enumerate(entries):
        top = box.top + GAP + number // 2 * (height + GAP)
        _tile(page, columns[number % 2]._replace(top=top, height=height), entry, size)


def _pair(page: Any, box: Box, entries: Entries) -> None:
    """Draw two tiles with an arrow from the first to the second."""
    columns = columns_of(box._replace(top=box.top + GAP, height=2.4), 2, 1.2)
    size = _tile_size(entries, columns[0].width, 2.4, 28)
    for number, (column, entry) in enumerate(zip(columns, entries, strict=True), start=1):
        _tile(page, column, Entry(entry.text, f"{number}."), size, MSO_SHAPE.ROUNDED_RECTANGLE)
    arrow = Box(columns[0].left + columns[0].width + 0.2, box.top + GAP + 0.85, 0.8, 0.7)
    _shape(page, MSO_SHAPE.RIGHT_ARROW, arrow, MSO_THEME_COLOR.ACCENT_4).name = "Pil"


def _numbers(page: Any, box: Box, entries: Entries) -> None:
    """Write each number of a sentence large, with its words below."""
    parts = by_number(entries[0].text)
    for column, (number, words) in zip(columns_of(box, len(parts)), parts, strict=True):
        large = Line(number, 115, bold=True, colour=MSO_THEME_COLOR.ACCENT_4)
        text_box(page, column, [large, Line(words, 32)])


def _cards(page: Any, box: Box, entries: Entries) -> None:
    columns = columns_of(box, len(entries), 0.3)
    width = columns[0].width
    size = _tile_size(entries, width, box.height, 22)
    height = min(box.height, max(_tile_height(entry, size, width) for entry in entries) + GAP)
    for column, entry in zip(columns, entries, strict=True):
        _tile(page, column._replace(height=height), entry, size, MSO_SHAPE.ROUNDED_RECTANGLE)


def _scale(page: Any, box: Box, entries: Entries) -> None:
    columns = columns_of(box._replace(top=box.top + 0.3, height=1.1), len(entries))
    size = _tile_size(entries, columns[0].width, 1.1, 22)
    for column, entry in zip(columns, entries, strict=True):
        _tile(page, column, entry, size, MSO_SHAPE.ROUNDED_RECTANGLE)


def _flow(page: Any, box: Box, entries: Entries) -> None:
    """Draw the steps as a band over the whole width."""
    columns = columns_of(box._replace(top=box.top + 0.4, left=0, width=PAGE.width), len(entries), 0)
    tiles = tuple(
        Entry(entry.text, f"{number}. {entry.label}") for number, entry in enumerate(entries, start=1)
    )
    width = columns[0].width * 0.87  # the point of the arrow holds no text
    size = _tile_size(tiles, width, 3, 22)
    height = max(_tile_height(tile, size, width) for tile in tiles) + GAP
    for number, (column, tile) in enumerate(zip(columns, tiles, strict=True)):
        fill = MSO_THEME_COLOR.ACCENT_3 if number % 2 else MSO_THEME_COLOR.ACCENT_2
        _tile(page, column._replace(height=height), tile, size, MSO_SHAPE.PENTAGON, fill)


def _hands(page: Any, box: Box, entries: Entries) -> None:
    """Draw a table to write the number of hands in."""
    frame = page.shapes.add_table(len(entries) + 1, 3, *box.emu)
    frame.name = "Antal händer för varje nivå"
    table = frame.table
    frame.element.find(f".//{qn('a:tableStyleId')}").text = _PLAIN_TABLE
    widths, head = (1.1, box.width - 2.1, 1), 0.36
    size, heights = _row_heights(entries, [widths[1]] * len(entries), box.height - head)
    rows = [("Nivå", "Beskrivning", "Antal"), *((entry.label, entry.text, "") for entry in entries)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for number, (row, height, texts) in enumerate(zip(table.rows, (head, *heights), rows, strict=True)):
        row.height = Inches(height)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.margin_top = cell.margin_bottom = Inches(_ROW_MARGIN)
            cell.text = text
            is_head = number == 0 or text == texts[0]
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(SMALLEST if is_head else size)
                run.font.bold = is_head
    in_swedish(frame)


_PLAIN_TABLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # "No Style, Table Grid"
_LONGEST_WORD = 25  # longer ones, as those with a slash, are broken
DRAWN: dict[Shape, Callable[[Any, Box, Entries], None]] = {
    Shape.STAIRS: stairs,
    Shape.PARTS: stairs,
    Shape.ROWS: _rows,
    Shape.CARDS: _cards,
    Shape.CASES: _cards,
    Shape.TILES: _tiles,
    Shape.PAIR: _pair,
    Shape.NUMBERS: _numbers,
    Shape.SCALE: _scale,
    Shape.FLOW: _flow,
    Shape.HANDS: _hands,
}

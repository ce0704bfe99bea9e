"""The workshop's slides as a PowerPoint file: the same texts as in the browser, as text that can be edited.

The file starts from the template of python-pptx, made wide and given the site's colours, so that slides which
a leader adds look like ours. Two builds of the same framework are equal byte for byte.
"""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Length, Pt

from macros.model import Framework
from macros.slides.deck import Block, Entry, Shape, Slide, deck

# The light colours of docs/assets/base.css, as the theme of the file. accent1-5 are the five levels.
COLOURS = {
    "dk1": "1A2230", "lt1": "FFFFFF", "dk2": "16324F", "lt2": "FBFAF6",
    "accent1": "E6EDF4", "accent2": "C9D9E8", "accent3": "9CBAD5", "accent4": "2F6EA3", "accent5": "16324F",
    "accent6": "8A5A00", "hlink": "14507F", "folHlink": "14507F",
}  # fmt: skip
FONTS = {"major": "Georgia", "minor": "Arial"}
LEVELS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
)
DARK_LEVELS = 3  # from this place in LEVELS on, the text is white
LAYOUTS = {"Title Slide": "Titelbild", "Title and Content": "Rubrik och text", "Title Only": "Bara rubrik"}


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """The same place as python-pptx wants it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


PAGE = Box(0, 0, 13.333, 7.5)
KICKER = Box(0.7, 0.4, 11.9, 0.4)
TITLE = Box(0.7, 0.75, 11.9, 1.15)
BODY = Box(0.7, 2.1, 11.9, 4.7)
SHORT_TITLE = 0.45  # what the body gains in height when the title takes one line
GAP = 0.2
TITLE_SIZE = 32
# Sizes of text in points, the largest that fits is used.
SIZES = (32, 30, 28, 26, 24, 22, 20, 18, 16, 15, 14, 13, 12)
_CHARACTER = 0.5  # mean width of a character, in its height
_LINE = 1.25
_INDENT = 1.4  # of a bullet, in the text's size


def powerpoint(framework: Framework) -> bytes:
    """Return the workshop's slides as the contents of a .pptx file."""
    presentation = _template()
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


def lines_of(text: str, size: float, width: float) -> int:
    """Return how many lines `text` takes at `size` points in `width` inches, rather one too many."""
    return len(textwrap.wrap(text, int(width * 72 / (size * _CHARACTER)))) or 1


def _template() -> Any:
    """Return an empty presentation in 16:9 with the site's fonts and colours and Swedish layouts."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = PAGE.emu[2:]
    master = presentation.slide_master
    for layout in list(presentation.slide_layouts):
        if layout.name in LAYOUTS:
            layout.name = LAYOUTS[layout.name]
        else:
            presentation.slide_layouts.remove(layout)
    places = {PP_PLACEHOLDER.TITLE: TITLE, PP_PLACEHOLDER.CENTER_TITLE: Box(0.7, 2.2, 11.9, 1.4)}
    places |= {PP_PLACEHOLDER.BODY: BODY, PP_PLACEHOLDER.OBJECT: BODY}
    places |= {PP_PLACEHOLDER.SUBTITLE: Box(0.7, 3.7, 11.9, 1.2)}
    places |= {PP_PLACEHOLDER.DATE: Box(0.7, 6.95, 3, 0.4), PP_PLACEHOLDER.FOOTER: Box(4.4, 6.95, 4.5, 0.4)}
    places |= {PP_PLACEHOLDER.SLIDE_NUMBER: Box(9.6, 6.95, 3, 0.4)}
    for holder in (master, *presentation.slide_layouts):
        for shape in holder.placeholders:
            shape.left, shape.top, shape.width, shape.height = places[shape.placeholder_format.type].emu
    master.background.fill.solid()
    master.background.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    _set_theme(master)
    _set_styles(master)
    for layout in presentation.slide_layouts:
        if layout.name == LAYOUTS["Title Slide"]:
            _set_title_layout(layout)
    return presentation


def _set_title_layout(layout: Any) -> None:
    """Give the first slide a dark ground, white text to the left and the staircase of the site."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_2
    for shape in layout.placeholders:
        style = shape.element.find(f".//{qn('a:lstStyle')}")
        style.clear()
        level = _child(style, "a:lvl1pPr", marL="0", indent="0", algn="l")
        _child(level, "a:buNone")
        fill = _child(_child(level, "a:defRPr"), "a:solidFill")
        _child(fill, "a:schemeClr", val="bg1")
    tree = layout.shapes._spTree
    for place in range(5):
        height = 0.5 * (place + 1)
        left, top, width, height = Box(9.2 + 0.7 * place, 6.3 - height, 0.66, height).emu
        step = tree.add_autoshape(100 + place, f"Steg {place + 1}", "rect", left, top, width, height)
        step.remove(step.find(qn("p:style")))
        fill = _child(step.spPr, "a:solidFill")
        _child(fill, "a:schemeClr", val=f"accent{place + 1}" if place < 4 else "bg1")


def _set_theme(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode()
    for name, value in COLOURS.items():
        theme = re.sub(f"(?s)(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{value}"/>\2', theme)
    for name, value in FONTS.items():
        theme = re.sub(rf'(<a:{name}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{value}", theme)
    part._blob = theme.encode()


def _set_styles(master: Any) -> None:
    """Set the size and place of titles and texts for all slides, also those that are added later."""
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(TITLE_SIZE * 100))
    for level, size in enumerate(("2400", "2000", "1800", "1800", "1800"), start=1):
        style = styles.find(qn("p:bodyStyle")).find(qn(f"a:lvl{level}pPr"))
        style.find(qn("a:defRPr")).set("sz", size)
    for shape in master.placeholders:
        if shape.placeholder_format.type is PP_PLACEHOLDER.TITLE:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP


def _add(presentation: Any, slide: Slide) -> None:
    shapes = {block.shape for block in slide.blocks}
    is_title = Shape.STAMP in shapes
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    texts = [block for block in slide.blocks if block.shape in _TEXTS]
    others = [block for block in slide.blocks if block.shape not in (*_TEXTS, Shape.STAMP)]
    layout = LAYOUTS["Title Slide" if is_title else "Title and Content" if texts else "Title Only"]
    page = presentation.slides.add_slide(layouts[layout])
    page.shapes.title.text = slide.title
    _in_swedish(page.shapes.title)
    if slide.kicker:
        place, colour = (KICKER._replace(top=1.75), _WHITE) if is_title else (KICKER, MSO_THEME_COLOR.TEXT_2)
        _text_box(page, place, [(slide.kicker, 16, False, colour)])
    if is_title:
        _fill(page.placeholders[1], texts, 24)
        for block in slide.blocks:
            if block.shape is Shape.STAMP:
                _text_box(page, Box(0.7, 6.6, 11.9, 0.4), [(block.entries[0].text, 12, False, _WHITE)])
    else:
        short = SHORT_TITLE if lines_of(slide.title, TITLE_SIZE * 1.1, TITLE.width) == 1 else 0
        body = BODY._replace(top=BODY.top - short, height=BODY.height + short)
        _lay_out(page, body, texts, others)
    page.notes_slide.notes_text_frame.text = slide.notes
    for shape in list(page.notes_slide.placeholders):
        if shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER:
            shape.element.getparent().remove(shape.element)


def _lay_out(page: Any, body: Box, texts: list[Block], others: list[Block]) -> None:
    """Place the texts at the top and the rest below; two passages stand side by side."""
    headings = [place for place, block in enumerate(texts) if block.shape is Shape.HEADING]
    if headings:
        left, right = texts[: headings[0]], texts[headings[0] :]
        first, second = _columns(body, 2, 0.6)
        size = min(_fitting(left, first), _fitting(right, second))
        _place(page.placeholders[1], first)
        _fill(page.placeholders[1], left, size)
        _fill(page.shapes.add_textbox(*second.emu), right, size)
        return
    rest = body
    if texts:
        largest = min(_LARGEST_ABOVE.get(block.shape, 20) for block in others) if others else SIZES[0]
        size = min(largest, _fitting(texts, body))
        room = body._replace(height=_height(texts, size, body.width) + 0.1) if others else body
        rest = body._replace(top=room.top + room.height, height=body.height - room.height)
        _place(page.placeholders[1], room)
        _fill(page.placeholders[1], texts, size)
    for block in others:
        _DRAWN[block.shape](page, rest, block.entries)


class Line(NamedTuple):
    """A paragraph of a text frame."""

    text: str
    factor: float = 1.0
    bold: bool = False
    bullet: str = ""
    level: int = 0
    url: str = ""


def _lines(blocks: Iterable[Block]) -> list[Line]:
    lines = []
    for block in blocks:
        for number, entry in enumerate(block.entries, start=1):
            if entry.label:
                lines.append(Line(entry.label, 0.75, bold=True))
            bullet = {Shape.POINTS: "•", Shape.STEPS: f"{number}."}.get(block.shape, "")
            lines.append(Line(entry.text, bold=block.shape is Shape.HEADING, bullet=bullet, url=entry.url))
            lines += [Line(point, 0.85, bullet="–", level=1) for point in entry.points]
    return lines


def _height(blocks: Iterable[Block], size: float, width: float) -> float:
    """Return the height in inches that the texts take at `size` points."""
    total = 0.0
    for line in _lines(blocks):
        points = size * line.factor
        room = width - 0.2 - (size * _INDENT / 72 * (line.level + 1) if line.bullet else 0)
        total += lines_of(line.text, points, room) * points * _LINE + points * 0.35
    return total / 72 + 0.1


def _fitting(blocks: list[Block], box: Box) -> int:
    return next((size for size in SIZES if _height(blocks, size, box.width) <= box.height), SIZES[-1])


def _fill(shape: Any, blocks: Iterable[Block], size: float) -> None:
    """Write the texts of the blocks into a shape's frame."""
    frame = shape.text_frame
    frame.word_wrap = True
    for place, line in enumerate(_lines(blocks)):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line.text
        run.font.size = Pt(round(size * line.factor))
        run.font.bold = line.bold or None
        if line.url:
            run.hyperlink.address = line.url
        paragraph.space_after = Pt(round(size * line.factor * 0.35))
        _bullet(paragraph, line, size)
    _in_swedish(shape)


def _bullet(paragraph: Any, line: Line, size: float) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = Pt(round(size * _INDENT)) if line.bullet else 0
    properties.set("marL", str(indent * (line.level + 1)))
    properties.set("indent", str(-indent))
    if not line.bullet:
        _child(properties, "a:buNone")
    elif line.bullet[0].isdigit():
        _child(properties, "a:buFont", typeface="+mj-lt")
        _child(properties, "a:buAutoNum", type="arabicPeriod")
    else:
        _child(properties, "a:buChar", char=line.bullet)


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element of the drawing language, for what python-pptx has no words for."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(name, value)
    parent.append(element)
    return element


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu


def _text_box(page: Any, box: Box, lines: list[tuple[str, float, bool, MSO_THEME_COLOR | None]]) -> None:
    shape = page.shapes.add_textbox(*box.emu)
    _write(shape, lines)


def _write(shape: Any, lines: list[tuple[str, float, bool, MSO_THEME_COLOR | None]]) -> None:
    """Write paragraphs, each with its size in points, whether it is bold, and its colour."""
    frame = shape.text_frame
    frame.word_wrap = True
    for place, (text, size, bold, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(size)
        run.font.bold = bold
        if colour is not None:
            run.font.color.theme_color = colour
        if bold and place == 0:
            paragraph.space_after = Pt(4)
    _in_swedish(shape)


def _in_swedish(shape: Any) -> None:
    """Mark the text as Swedish, for spelling and for screen readers."""
    for run in shape.element.iter(qn("a:rPr")):
        run.set("lang", "sv-SE")


def _tile(page: Any, box: Box, entry: Entry, size: float, kind: Any, level: int | None = None) -> None:
    """Draw a filled shape with a label and a text; `level` (1-5) gives it that level's colour."""
    shape = page.shapes.add_shape(kind, *box.emu)
    shape.element.remove(shape.element.find(qn("p:style")))  # it brings a shadow
    shape.fill.solid()
    shape.fill.fore_color.theme_color = LEVELS[level - 1] if level else MSO_THEME_COLOR.BACKGROUND_1
    shape.line.color.theme_color = MSO_THEME_COLOR.ACCENT_4
    shape.line.width = Pt(0.75)
    if kind is not MSO_SHAPE.RECTANGLE:
        shape.adjustments[0] = 0.04 if kind is MSO_SHAPE.ROUNDED_RECTANGLE else 0.15
    dark = level is not None and level > DARK_LEVELS
    colour = _WHITE if dark else MSO_THEME_COLOR.TEXT_1
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.TOP
    label = [(entry.label, size + 2, True, colour)] if entry.label else []
    # In a narrow tile, two words with a slash between them may stand on two lines.
    _write(shape, [*label, (entry.text.replace("/", "/\u200b"), size, False, colour)])
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT


def _tile_height(entry: Entry, size: float, width: float) -> float:
    """Return the height in inches of a tile of that width with its text at `size` points."""
    points = size * _LINE * lines_of(entry.text, size, width - 0.25)
    if entry.label:
        points += (size + 2) * _LINE * lines_of(entry.label, size + 2, width - 0.25) + 4
    return points / 72 + 0.15


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
    return [box._replace(left=box.left + place * (width + gap), width=width) for place in range(number)]


def _stairs(page: Any, box: Box, entries: tuple[Entry, ...]) -> None:
    rise = 0.3
    columns = _columns(box, len(entries), 0.08)
    lowest = box.height - rise * (len(entries) - 1)
    size = _tile_size(entries, columns[0].width, lowest, 18)
    for place, (column, entry) in enumerate(zip(columns, entries, strict=True)):
        top = box.top + rise * (len(entries) - 1 - place)
        step = column._replace(top=top, height=box.top + box.height - top)
        _tile(page, step, entry, size, MSO_SHAPE.RECTANGLE, place + 1)


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
    tiles = [Entry(entry.text, f"{place}.") for place, entry in enumerate(entries, start=1)]
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
    for place, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row.height = Inches(height if place else head)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(size)
                run.font.bold = place == 0 or text == texts[0]
    _in_swedish(frame)


_WHITE = MSO_THEME_COLOR.BACKGROUND_1
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

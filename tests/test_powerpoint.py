"""The slides as a PowerPoint file: the same texts, all of them to be seen and read."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from macros.model import Framework
from macros.slides.deck import POWERPOINT, Slide, deck, flat
from macros.slides.powerpoint import powerpoint
from tests.bench_deck import SMALLEST_PT, points
from tests.pages import squeezed
from tests.project import with_levels
from tests.workshop import contrast, luminance, paragraphs_of


@pytest.fixture(scope="module")
def presentation(framework: Framework) -> Any:
    """The slides of the real framework as a PowerPoint file, opened again."""
    return Presentation(io.BytesIO(powerpoint(framework)))


@pytest.fixture(scope="module", params=[4, 5, 6], ids=["four levels", "five levels", "six levels"])
def any_presentation(framework: Framework, request: pytest.FixtureRequest) -> Any:
    """The slides of the framework with this many levels as a PowerPoint file, opened again."""
    return Presentation(io.BytesIO(powerpoint(with_levels(framework, request.param))))


# Liberation Sans has the widths of Arial. Georgia, for titles, is a good tenth wider than Liberation Serif.
SANS = {False: "LiberationSans-Regular", True: "LiberationSans-Bold"}
SERIF = "LiberationSerif-Regular"
GEORGIA = 1.15
LINE = 1.2  # a line's height, in the size of its letters


@dataclass(frozen=True)
class Paragraph:
    """A text of the file; sizes are in points, `ink` is the name of its colour in the theme."""

    text: str
    size: float
    bold: bool
    title: bool
    indent: float
    below: float
    ink: str


@dataclass(frozen=True)
class Frame:
    """A shape or a cell with text: the room for it in points, and the name of the colour behind it."""

    width: float
    height: float
    fill: str
    paragraphs: tuple[Paragraph, ...]


def frames_of(page: Any) -> Iterator[Frame]:
    """Everything with text on a slide."""
    cover = page.slide_layout.name == "Titelbild"
    ground, ink = ("dk2", "lt1") if cover else ("lt2", "dk1")
    for shape in page.shapes:
        if shape.has_table:
            for row in shape.table.rows:
                for column, cell in zip(shape.table.columns, row.cells, strict=True):
                    if cell.text:
                        margins = cell.margin_top + cell.margin_bottom
                        room = row.height - margins
                        yield frame_of(cell.text_frame, column.width, room, ground, ink)
            continue
        if not shape.text_frame.text:
            continue
        fill, width = ground, shape.width
        if shape.shape_type is MSO_SHAPE_TYPE.AUTO_SHAPE:
            fill = NAMES[shape.fill.fore_color.theme_color]
            if len(shape.adjustments):  # the corners' or the point's share of the shorter side holds no text
                width -= min(shape.width, shape.height) * shape.adjustments[0] / 2
        own_ink = "lt1" if shape.is_placeholder and cover else "dk1"
        margins = shape.text_frame.margin_top + shape.text_frame.margin_bottom
        room = shape.height - margins
        yield frame_of(shape.text_frame, width, room, fill, own_ink, title=shape == page.shapes.title)


def frame_of(frame: Any, width: float, height: float, fill: str, ink: str, *, title: bool = False) -> Frame:
    """A text frame of the file, less the margins that PowerPoint keeps free beside it."""
    paragraphs = []
    for paragraph in frame.paragraphs:
        (run,) = paragraph.runs
        own = run.font.color.theme_color if run.font.color.type else None
        paragraphs.append(
            Paragraph(
                text=run.text,
                size=run.font.size.pt if run.font.size else 32,
                bold=bool(run.font.bold),
                title=title,
                indent=int(paragraph._p.pPr.get("marL", 0)) / 12_700 if paragraph._p.pPr is not None else 0,
                below=paragraph.space_after.pt if paragraph.space_after else 0,
                ink="hlink" if run.hyperlink.address else NAMES[own] if own else ink,
            )
        )
    return Frame(width / 12_700 - 14.4, height / 12_700, fill, tuple(paragraphs))


def lines_of(paragraph: Paragraph, frame: Frame) -> list[float]:
    """The widths of a paragraph's lines in its frame."""
    room = frame.width - paragraph.indent
    lines, line = [], ""
    for part in re.findall(r"[^ \u200b-]+[ \u200b-]?|[ -]", paragraph.text):
        if line and width_of((line + part).rstrip(), paragraph) > room:
            lines.append(line)
            line = ""
        line += part
    return [width_of(one.rstrip(), paragraph) for one in (*lines, line)]


def width_of(text: str, paragraph: Paragraph) -> float:
    """The width of a text in points."""
    font, factor = (SERIF, GEORGIA) if paragraph.title else (SANS[paragraph.bold], 1)
    return letters(font).getlength(text.replace("\u200b", "")) * factor * paragraph.size / 100


@cache
def letters(font: str) -> ImageFont.FreeTypeFont:
    """One of the fonts that `make test` installs from Debian."""
    return ImageFont.truetype(f"{font}.ttf", 100)


NAMES = {
    MSO_THEME_COLOR.TEXT_1: "dk1",
    MSO_THEME_COLOR.BACKGROUND_1: "lt1",
    MSO_THEME_COLOR.TEXT_2: "dk2",
    MSO_THEME_COLOR.BACKGROUND_2: "lt2",
    **{MSO_THEME_COLOR.from_xml(f"accent{n}"): f"accent{n}" for n in range(1, 7)},
}


def theme_of(presentation: Any) -> dict[str, str]:
    """The colours of the file's theme by name."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    return dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w{6})"/>', theme))


def test_file_has_the_same_slides(presentation: Any, slides: tuple[Slide, ...]) -> None:
    """The file has each slide of the deck, with its title, all its texts and the leader's notes."""
    pages = [page for slide in slides for page in flat(slide)]
    assert len(presentation.slides) == len(pages)
    for page, slide in zip(presentation.slides, pages, strict=True):
        assert page.shapes.title.text == slide.title
        told = squeezed(" ".join(paragraphs_of(page)))
        for text, times in Counter(map(squeezed, slide.texts)).items():
            only_said = text in [squeezed(quote.text) for quote in slide.quotes]
            assert only_said or told.count(text) >= times, f"{slide.id}: {text}"
        assert page.notes_slide.notes_text_frame.text == slide.notes
        links = {entry.url for block in slide.blocks for entry in block.entries if entry.url}
        addresses = {link.target_ref for link in page.part.rels.values() if link.is_external}
        assert addresses == links, slide.id


def test_file_has_nothing_empty_or_outside(any_presentation: Any) -> None:
    """No placeholder is empty, no slide lacks a title, every shape is text and lies inside the wide page."""
    assert any_presentation.slide_width * 9 == pytest.approx(any_presentation.slide_height * 16, rel=0.001)
    for number, page in enumerate(any_presentation.slides, start=1):
        kinds = [shape.placeholder_format.type for shape in page.placeholders]
        assert {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE} & set(kinds), number
        for holder in (*page.placeholders, page.notes_slide.notes_placeholder):
            assert holder.text_frame.text.strip(), f"slide {number}: {holder.name}"
        for shape in page.shapes:
            assert shape.shape_type is not MSO_SHAPE_TYPE.PICTURE, f"slide {number} has a picture"
            wordless = shape.has_table or shape.name == "Pil"
            assert wordless or shape.text_frame.text.strip(), f"slide {number}: {shape.name}"
            assert 0 <= shape.left < shape.left + shape.width <= any_presentation.slide_width, shape.name
            assert 0 <= shape.top < shape.top + shape.height <= any_presentation.slide_height, shape.name


@pytest.mark.slow
def test_text_of_the_file_fits(any_presentation: Any) -> None:
    """Measured with the letters of real fonts, no word is wider than its shape, and no text is higher."""
    assert_fits(any_presentation)


@pytest.mark.slow
def test_any_example_can_be_read_in_the_file(framework: Framework) -> None:
    """Every text is at least 18.7 points; with any of the 20 examples that holds, and it fits."""
    assert min(points(powerpoint(framework, framework.workshop.example))) >= SMALLEST_PT
    # What the example does not change has been measured with the first.
    decks = (deck(framework, item.id) for item in framework.competences[:2])
    showing = {slide.id for slide, other in zip(*decks, strict=True) if slide != other}
    cover, *others = framework.workshop.slides
    slides = (cover, *(slide for slide in others if slide.id in showing))
    short = framework.model_copy(
        update={"workshop": framework.workshop.model_copy(update={"slides": slides})}
    )
    for item in framework.competences:
        content = powerpoint(short, item.id)
        assert min(points(content)) >= SMALLEST_PT, item.id
        file = Presentation(io.BytesIO(content))
        assert item.definition in [plain for page in file.slides for plain in paragraphs_of(page)]
        assert_fits(file)


def assert_fits(presentation: Any) -> None:
    """Assert that nothing of a file's texts sticks out of its shape."""
    for number, page in enumerate(presentation.slides, start=1):
        for frame in frames_of(page):
            room = f"slide {number}: {frame.paragraphs[0].text[:40]}"
            height = 0.0
            for paragraph in frame.paragraphs:
                lines = lines_of(paragraph, frame)
                assert max(lines) <= frame.width - paragraph.indent, f"{room}: {paragraph.text}"
                height += len(lines) * paragraph.size * LINE + paragraph.below
            assert height - frame.paragraphs[-1].below <= frame.height, room


def test_text_of_the_file_can_be_read(any_presentation: Any) -> None:
    """The colour of every text has a contrast of at least 4.5:1 to what is behind it."""
    theme = theme_of(any_presentation)
    texts = 0
    for number, page in enumerate(any_presentation.slides, start=1):
        for frame in frames_of(page):
            for paragraph in frame.paragraphs:
                found = contrast(theme[paragraph.ink], theme[frame.fill])
                assert found >= 4.5, f"slide {number}: {found:.1f} {paragraph.text[:40]}"
                texts += 1
    assert texts > 100


@pytest.mark.parametrize("count", [4, 5, 6])
def test_levels_of_the_file_go_from_light_to_dark(framework: Framework, count: int) -> None:
    """Every level has a step and a row of its own, and each step is darker than the one below."""
    other = with_levels(framework, count)
    file = Presentation(io.BytesIO(powerpoint(other)))
    theme = theme_of(file)
    pages = dict(zip((page.id for slide in deck(other) for page in flat(slide)), file.slides, strict=True))
    for name in ("trappan", "nivabeskrivningar"):
        steps = [frame for frame in frames_of(pages[name]) if frame.paragraphs[0].text.startswith("Nivå ")]
        steps = [frame for frame in steps if frame.fill.startswith("accent")]
        assert [step.paragraphs[0].text for step in steps] == [f"Nivå {level}" for level in other.levels]
        light = [luminance(theme[step.fill]) for step in steps]
        assert light == sorted(light, reverse=True)
        # As far apart as the two lightest shades of the site, at least.
        assert all(contrast(theme[a.fill], theme[b.fill]) > 1.2 for a, b in pairwise(steps)), name
    (table,) = (shape.table for shape in pages["rack-upp-handen"].shapes if shape.has_table)
    assert [row.cells[0].text for row in table.rows] == ["Nivå", *(f"Nivå {level}" for level in other.levels)]
    cover = [shape for shape in file.slides[0].slide_layout.shapes if shape.name.startswith("Steg")]
    assert len(cover) == count


def test_file_is_sound_and_always_the_same(framework: Framework, site: Path) -> None:
    """The archive is whole, all its XML can be read, and two writings and the published file are equal."""
    content = powerpoint(framework)
    assert content == powerpoint(framework) == (site / POWERPOINT).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        for item in archive.infolist():
            assert item.date_time == (1980, 1, 1, 0, 0, 0)
            if item.filename.endswith((".xml", ".rels")):
                parse_xml(archive.read(item))
    properties = Presentation(io.BytesIO(content)).core_properties
    assert properties.language == "sv-SE"
    assert properties.subject == f"Version {framework.basics.version}, {framework.basics.date}"
    assert not properties.author
    assert properties.created.date() == framework.basics.date

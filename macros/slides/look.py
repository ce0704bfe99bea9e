"""The look of the PowerPoint file: colours, fonts, places on a slide, and an empty presentation made so.

The presentation starts from the template of python-pptx, made wide and given the site's colours, so that
slides which a leader adds look like ours.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Length, Pt

from macros.render.text import shade

# The light colours of docs/assets/base.css, as the theme of the file. The accents are the levels' shades.
COLOURS = {
    "dk1": "1A2230", "lt1": "FFFFFF", "dk2": "16324F", "lt2": "FBFAF6",
    "accent1": "E6EDF4", "accent2": "C9D9E8", "accent3": "9CBAD5", "accent4": "2F6EA3", "accent5": "16324F",
    "accent6": "081420", "hlink": "14507F", "folHlink": "14507F",
}  # fmt: skip
FONTS = {"major": "Georgia", "minor": "Arial"}
LAYOUTS = {"Title Slide": "Titelbild", "Title and Content": "Rubrik och text", "Title Only": "Bara rubrik"}
INK, WHITE = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.BACKGROUND_1
TITLE_SIZE, DENSE_TITLE_SIZE = 32, 26
BODY_SIZES = (24, 22, 20, 20, 20)  # of a text and of the four kinds of bullets below it


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """The same place in python-pptx's units."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


PAGE = Box(0, 0, 13.333, 7.5)
KICKER = Box(0.7, 0.3, 11.9, 0.45)
COVER_KICKER = KICKER._replace(top=1.75)
TITLE = Box(0.7, 0.75, 11.9, 1.2)
BODY = Box(0.7, 2.1, 11.9, 4.7)
DENSE_TITLE = Box(0.7, 0.72, 11.9, 0.6)
DENSE_BODY = Box(0.7, 1.33, 11.9, 5.98)
STAMP = Box(0.7, 6.6, 11.9, 0.45)
PLACES = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.CENTER_TITLE: Box(0.7, 2.2, 11.9, 1.4),
    PP_PLACEHOLDER.BODY: BODY,
    PP_PLACEHOLDER.OBJECT: BODY,
    PP_PLACEHOLDER.SUBTITLE: Box(0.7, 3.7, 11.9, 1.2),
    PP_PLACEHOLDER.DATE: Box(0.7, 6.95, 3, 0.4),
    PP_PLACEHOLDER.FOOTER: Box(4.4, 6.95, 4.5, 0.4),
    PP_PLACEHOLDER.SLIDE_NUMBER: Box(9.6, 6.95, 3, 0.4),
}


def level_colour(level: int, levels: int) -> MSO_THEME_COLOR:
    """Return the theme's colour of a level out of `levels`."""
    return MSO_THEME_COLOR.from_xml(f"accent{shade(level, levels)}")


def ink_on(fill: MSO_THEME_COLOR) -> MSO_THEME_COLOR:
    """Return the colour of text that is easiest to read on a fill: dark or white."""
    return max((INK, WHITE), key=lambda ink: _contrast(_colour(ink), _colour(fill)))


def empty_presentation(levels: int) -> Any:
    """Return an empty presentation in 16:9 with the site's fonts and colours and Swedish layouts.

    The first slide's layout has a staircase of as many steps as there are `levels`.
    """
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = PAGE.emu[2:]
    master = presentation.slide_master
    layouts = presentation.slide_layouts
    for layout in list(layouts):
        if layout.name in LAYOUTS:
            layout.name = LAYOUTS[layout.name]
        else:
            layouts.remove(layout)
    for holder in (master, *layouts):
        for shape in holder.placeholders:
            place(shape, PLACES[shape.placeholder_format.type])
    _set_ground(master, MSO_THEME_COLOR.BACKGROUND_2)
    _set_theme(master)
    _set_styles(master)
    _set_title_layout(layouts.get_by_name(LAYOUTS["Title Slide"]), levels)
    return presentation


def place(shape: Any, box: Box) -> None:
    """Move a shape to its place."""
    shape.left, shape.top, shape.width, shape.height = box.emu


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element of the drawing language, for features that python-pptx does not cover."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(name, value)
    parent.append(element)
    return element


def _colour(theme_colour: MSO_THEME_COLOR) -> str:
    name = MSO_THEME_COLOR.to_xml(theme_colour)  # tx1 is the theme's dk1, bg2 its lt2
    return COLOURS[name.replace("tx", "dk").replace("bg", "lt")]


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _set_title_layout(layout: Any, levels: int) -> None:
    """Give the first slide a dark ground, white text to the left and the staircase of the site."""
    _set_ground(layout, MSO_THEME_COLOR.TEXT_2)
    for shape in layout.placeholders:
        style = shape.element.find(f".//{qn('a:lstStyle')}")
        style.clear()
        paragraph = child(style, "a:lvl1pPr", marL="0", indent="0", algn="l")
        child(paragraph, "a:buNone")
        child(child(child(paragraph, "a:defRPr"), "a:solidFill"), "a:schemeClr", val="bg1")
    tree = layout.shapes._spTree
    width, rise = 3.5 / levels, 2.5 / levels
    for level in range(1, levels + 1):
        step_box = Box(9.2 + width * (level - 1), 6.3 - rise * level, width - 0.04, rise * level)
        step = tree.add_autoshape(99 + level, f"Steg {level}", "rect", *step_box.emu)
        step.remove(step.find(qn("p:style")))
        own = shade(level, levels)
        # The darkest shades are those of the ground.
        child(child(step.spPr, "a:solidFill"), "a:schemeClr", val=f"accent{own}" if own < 5 else "bg1")


def _set_ground(holder: Any, colour: MSO_THEME_COLOR) -> None:
    holder.background.fill.solid()
    holder.background.fill.fore_color.theme_color = colour


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
    (title,) = master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")
    title.set("algn", "l")
    bodies = master.element.xpath("p:txStyles/p:bodyStyle/*[starts-with(local-name(), 'lvl')]")
    for style, size in zip((title, *bodies), (TITLE_SIZE, *BODY_SIZES), strict=False):
        style.find(qn("a:defRPr")).set("sz", str(Pt(size).centipoints))
    for shape in master.placeholders:
        if shape.placeholder_format.type is PP_PLACEHOLDER.TITLE:
            shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP

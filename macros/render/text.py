"""Filters for the templates."""

from __future__ import annotations

from markupsafe import Markup, escape

from macros.model import Support


def linked(item: Support) -> Markup:
    """Return the text of a support item with its links on the words that carry them, the rest escaped."""
    html, rest = Markup(), item.text
    for link in sorted(item.links, key=lambda link: item.text.index(link.text)):
        before, found, after = rest.partition(link.text)
        if found:  # else its words are in another link already
            html, rest = html + escape(before) + Markup('<a href="{}">{}</a>').format(link.url, found), after
    return html + escape(rest)


def breakable(text: str) -> Markup:
    """Return the text, escaped, with places in words joined by a slash where a narrow column may break."""
    return escape(text).replace("/", Markup("/<wbr>"))


def shade(level: int, levels: int) -> int:
    """Return the number of a level's shade, 1 (light) to 5 (dark), or to 6 when `levels` are more than five.

    The lowest and the highest level have the outermost shades, and the others lie evenly between.
    """
    darkest = 6 if levels > 5 else 5
    return 1 + round((level - 1) * (darkest - 1) / max(levels - 1, 1))

"""Filters for the templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from macros.render.glossary import term_id
from macros.support import Support
from quiz import report
from quiz.protocol.framework import LinkData


def linked(item: Support) -> Markup:
    """Return the text of a support item with its links on the words that carry them, the rest escaped."""
    links: list[LinkData] = [{"text": link.text, "url": link.url} for link in item.links]
    return Markup().join(
        Markup('<a href="{url}">{text}</a>').format_map(part) if part["url"] else part["text"]
        for part in report.linked(item.text, links)
    )


def breakable(text: str) -> Markup:
    """Return the text, escaped, with places in words joined by a slash where a narrow column may break."""
    return Markup(re.sub("/(?![^<>]*>)", "/<wbr>", escape(text)))  # not in a tag


def by_number(text: str) -> list[tuple[str, str]]:
    """Return the text in parts that each begin with a number: the number, and the words after it."""
    return re.findall(r"(\d+) (\D+)\b", text)


def shade(level: int, levels: int) -> int:
    """Return the number of a level's shade, spread evenly from 1 (light) to 5, or to 6 above five levels."""
    darkest = 6 if levels > 5 else 5
    return 1 + round((level - 1) * (darkest - 1) / max(levels - 1, 1))


def file_size(size: int) -> str:
    """Return a number of bytes in whole kilobytes, as a person says it."""
    return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}kB"


#: Name → filter, for the templates.
FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (breakable, by_number, file_size, linked, term_id)
}

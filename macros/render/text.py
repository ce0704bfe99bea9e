"""Filters for the templates."""

from __future__ import annotations

from markupsafe import Markup, escape

from macros.model import Support
from quiz import report
from quiz.protocol import LinkData


def linked(item: Support) -> Markup:
    """Return the text of a support item with its links on the words that carry them, the rest escaped."""
    links: list[LinkData] = [{"text": link.text, "url": link.url} for link in item.links]
    return Markup().join(
        Markup('<a href="{url}">{text}</a>').format_map(part) if part["url"] else part["text"]
        for part in report.linked(item.text, links)
    )


def breakable(text: str) -> Markup:
    """Return the text, escaped, with places in words joined by a slash where a narrow column may break."""
    return escape(text).replace("/", Markup("/<wbr>"))

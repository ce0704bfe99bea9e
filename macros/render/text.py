"""Filters for the templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from macros.render.glossary import term_id
from macros.support import Support
from quiz import report, words
from quiz.protocol.framework import LinkData


def linked(item: Support) -> Markup:
    """Return the text of a support item with its links on the words that carry them, the rest escaped."""
    links: list[LinkData] = [{"text": link.text, "url": link.url} for link in item.links]
    return Markup().join(
        Markup('<a href="{url}">{text}</a>').format_map(part) if part["url"] else part["text"]
        for part in report.linked(item.text, links)
    )


@pass_context
def whose(context: Context, item: Support) -> str:
    """Return whom a support text is for, as `Framework.whose` says it."""
    said: str = context["framework"].whose(item)
    return said


def breakable(text: str) -> Markup:
    """Return the text, escaped, with places in words joined by a slash where a narrow column may break."""
    return Markup(re.sub("/(?![^<>]*>)", "/<wbr>", escape(text)))  # not in a tag


def by_number(text: str) -> list[tuple[str, str]]:
    """Return the text in parts that each begin with a number: the number, and the words after it."""
    return re.findall(r"(\d+) (\D+)\b", text)


@pass_context
def role_names(context: Context, role_ids: Iterable[str]) -> str:
    """Return the roles with these ids as an enumeration inside a sentence: «chef och systemägare»."""
    return words.roles(context["framework"].role[role_id].name for role_id in role_ids)


def shade(level: int, levels: int) -> int:
    """Return the number of a level's shade, 1 (light) to 5 (dark), or to 6 when `levels` are more than five.

    The lowest and the highest level have the outermost shades, the others are spread evenly between.
    """
    darkest = 6 if levels > 5 else 5
    return 1 + round((level - 1) * (darkest - 1) / max(levels - 1, 1))


@pass_context
def explained(context: Context, text: str, part: str) -> Markup:
    """Return the text with links on words that the framework explains, each once in a part of the page."""
    linked: Markup = context["glossary"].link(text, part)
    return linked


def file_size(size: int) -> str:
    """Return a number of bytes in whole kilobytes, as a person says it."""
    return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}kB"


#: Name → filter, for the templates.
FILTERS: dict[str, Callable[..., Any]] = {
    "breakable": breakable,
    "by_number": by_number,
    "explained": explained,
    "file_size": file_size,
    "in_sentence": words.in_sentence,
    "linked": linked,
    "listed": words.listed,
    "number_word": words.number_word,
    "role_names": role_names,
    "shade": shade,
    "spans": words.spans,
    "swedish_date": words.swedish_date,
    "term_id": term_id,
    "whose": whose,
}

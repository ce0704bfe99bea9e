"""Filters for the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from macros.model import Support
from quiz import report, words
from quiz.protocol import LinkData

#: How many shades the style sheet knows, from the lightest to the darkest.
SHADES = 9


def linked(item: Support) -> Markup:
    """Return the text of a support item with its links on the words that carry them, the rest escaped."""
    links: list[LinkData] = [{"text": link.text, "url": link.url} for link in item.links]
    return Markup().join(
        Markup('<a href="{url}">{text}</a>').format_map(part) if part["url"] else part["text"]
        for part in report.linked(item.text, links)
    )


@pass_context
def role_names(context: Context, role_ids: Iterable[str]) -> str:
    """Return the roles with these ids as an enumeration inside a sentence: «chef och systemägare»."""
    return words.roles(context["framework"].role[role_id].name for role_id in role_ids)


@pass_context
def level_class(context: Context, level: int) -> str:
    """Return the classes of a level: its number, and its shade between the first level's and the last one's.

    With five levels these are shades 1, 3, 5, 7 and 9.
    """
    last = max(1, len(context["framework"].levels) - 1)
    return f"l{level} shade-{1 + round((level - 1) * (SHADES - 1) / last)}"


def breakable(text: str) -> Markup:
    """Return the text, escaped, with places in words joined by a slash where a narrow column may break."""
    return escape(text).replace("/", Markup("/<wbr>"))


#: Name → filter, for the templates.
FILTERS: dict[str, Callable[..., str]] = {
    "breakable": breakable,
    "in_sentence": words.in_sentence,
    "level_class": level_class,
    "linked": linked,
    "listed": words.listed,
    "number_word": words.number_word,
    "role_names": role_names,
    "spans": words.spans,
}

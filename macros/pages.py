"""The pages made of the framework, each a macro call, and their rows in the navigation.

`mkdocs.yml` marks where they go: `roller/*.md` is a row for each role, `ramverket/omrade-*.md` a section for
each area, with its competences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.words import listed

if TYPE_CHECKING:
    from macros.model import Framework


class Kind(NamedTuple):
    """What has a page of its own: its name in messages, its page in `docs/`, its file in `framework/`."""

    noun: str
    page: str
    home: str


# By the macro that shows it, which is its name in `Framework` too.
KINDS = {
    "competence": Kind("kompetensen", "ramverket/{}.md", "competences/{}.yml"),
    "area": Kind("området", "ramverket/omrade-{}.md", "areas.yml"),
    "role": Kind("rollen", "roller/{}.md", "roles.yml"),
}
# The marks in the navigation, and what they stand for.
MARKS = {KINDS["area"].page.format("*"): "områdena", KINDS["role"].page.format("*"): "rollerna"}
# The macros of pages that are about the workshop, or about roles.
WORKSHOP = {"guide", "level_cards", "manager", "preparation", "script", "slides", "workshop"}
ROLES = {"compare_roles", "roles"}


def macro_of(text: str) -> str:
    """Return the macro that a page's source calls; "" if none."""
    call = re.search(r"\{\{ *(\w+)\(", text)
    return call[1] if call else ""


def is_left_out(text: str, framework: Framework) -> bool:
    """Return whether a page's source is about a part that the framework lacks."""
    macro = macro_of(text)
    return (macro in WORKSHOP and not framework.workshop.is_there) or (macro in ROLES and not framework.roles)


# What pages are about where the framework decides it, by macro; other pages say it themselves.
DESCRIPTIONS: dict[str, Callable[[Framework], str]] = {
    "start": lambda framework: (
        f"{'Läs vad som förväntas i din roll' if framework.roles else 'Läs ramverket'} "
        "och skatta din digitala kompetens. Bara du ser dina svar."
    ),
    "news": lambda framework: (
        "Vad som har ändrats i ramverket, version för version"
        f"{' och roll för roll' if framework.roles else ''}."
    ),
    "sources": lambda framework: (
        listed(
            ["Var texten kommer ifrån"]
            + ["vad som är lagat"] * bool(framework.sources.mends)
            + ["vad som behöver kontrolleras"] * any(framework.unsure())
        )
        + "."
    ),
    "workshop": lambda framework: (
        f"Material för {framework.site.meetings} och för samtalet om digital kompetens."
    ),
    "slides": lambda framework: (
        f"Bilderna till {framework.site.meeting} om digital kompetens, att visa, läsa eller skriva ut."
    ),
    "manager": lambda framework: (
        "Ett underlag för samtalet för varje roll, att skriva ut." if framework.roles else "Råd för samtalen."
    ),
}


def made_pages(framework: Framework) -> dict[str, str]:
    """Return the pages' texts by their names in `docs/`."""
    return {
        kind.page.format(own): f"---\nsource: framework/{kind.home.format(own)}\n---\n"
        f'{{{{ {macro}("{own}") }}}}\n'
        for macro, kind in KINDS.items()
        for own in getattr(framework, macro)
    }


def navigation(marked: list[Any], framework: Framework, left_out: Collection[str] = ()) -> list[Any]:
    """Return the navigation with made rows for its marks, without the pages that are left out."""
    competence, area, role = (KINDS[name].page for name in ("competence", "area", "role"))
    sections: list[Any] = [
        {f"Område {own}": [area.format(own), *(competence.format(item.id) for item in items)]}
        for own, items in framework.by_area.items()
    ]
    roles = [role.format(own) for own in framework.role]
    made = {area.format("*"): sections, role.format("*"): roles, **{name: [] for name in left_out}}
    return list(_filled(marked, made))


def _filled(rows: list[Any], made: dict[str, list[Any]]) -> Iterator[Any]:
    for row in rows:
        if isinstance(row, str):
            yield from made.get(row, [row])
        else:
            filled = {
                title: list(_filled(below, made)) if isinstance(below, list) else below
                for title, below in row.items()
            }
            if any(filled.values()):
                yield filled

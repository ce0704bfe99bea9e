"""What the editor's page calls the framework's files, in the order in which it lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.model import Framework

# What each file holds; the files of competences are called by their names.
TITLES = {
    "framework.yml": "Ramverket: inledning, nivåer, utgångspunkter, texter och länkar",
    "areas.yml": "Områden",
    "roles.yml": "Roller",
    "questions.yml": "Frågor och svar",
    "workshop.yml": "Workshop: bilder, manus, övningar och råd",
    "sources.yml": "Källor och rättelser",
}


class Choice(NamedTuple):
    """A file that can be opened: its name in the project's folder, and what it is called."""

    name: str
    title: str


def choices(framework: Framework) -> Iterator[tuple[str, list[Choice]]]:
    """Yield the files in groups, each with its heading."""
    yield "Hela ramverket", [Choice(f"framework/{name}", title) for name, title in TITLES.items()]
    for area in framework.areas:
        files = [
            Choice(f"framework/competences/{item.id}.yml", f"{item.id} {item.title}")
            for item in framework.by_area[area.id]
        ]
        if files:
            yield f"Kompetenser: {area.id}. {area.name}", files

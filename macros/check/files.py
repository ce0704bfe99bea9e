"""The files of `framework/`: what each of them holds, and which of those in the folder are meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from macros.accessibility import Accessibility
from macros.check.source import Place, Problem, Source, read_source
from macros.check.words import nearest
from macros.model import Area, Basics, Competence, Question, Roster, Sources
from macros.organisation import Site
from macros.support import LocalSupport
from macros.workshop import Workshop

COMPETENCES = "competences/*.yml"
SUPPORT = "support/*.yml"  # a file for each part of the organisation that has support texts of its own
WORKSHOP = "workshop.yml"  # without it there is no workshop on the site
ROLES = "roles.yml"  # without it, and with no level expected in any competence, there are no roles
OURS = {"versions", "schemas"}  # folders that the project writes itself
# Hidden files, backups and locks, what Windows and macOS keep about a folder.
SYSTEMS = re.compile(
    r"(?i)[.~].*|.*~|#.*#|\$.*|_{2}(?:MACOSX|pycache__)|desktop\.ini|(?:eh)?thumbs\.db|icon\r?|.*\.(?:swp|swo|tmp|lnk|crdownload|part)"
)
# A new file is a row here and an argument at the end of `macros.load.load`.
TYPES: dict[str, Any] = {
    "site.yml": Site,
    "framework.yml": Basics,
    "areas.yml": Annotated[tuple[Area, ...], Field(min_length=1)],
    ROLES: Roster,
    "questions.yml": Annotated[tuple[Question, ...], Field(min_length=1)],
    "sources.yml": Sources,
    WORKSHOP: Workshop,
    "accessibility.yml": Accessibility,
    COMPETENCES: Competence,
    SUPPORT: LocalSupport,
}
FILES: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in TYPES.items()}
FOLDERS = (COMPETENCES, SUPPORT)


def kind_of(name: str) -> str:
    """Return which row of TYPES a file belongs to, by its name in `framework/`."""
    return next((kind for kind in FOLDERS if name.startswith(kind.removesuffix("*.yml"))), name)


@dataclass(frozen=True)
class Files:
    """The files by their right names, in order, and what is wrong with the names that they have."""

    sources: dict[str, Source]
    misnamed: tuple[Problem, ...] = ()

    def __getitem__(self, name: str) -> Source:
        """The file of this name; empty where it need not be there."""
        return self.sources.get(name) or Source(f"framework/{name}", b"{}")

    @cached_property
    def competences(self) -> dict[str, Source]:
        """The number in the file's name → the file of a competence."""
        return self._in(COMPETENCES)

    @cached_property
    def local(self) -> dict[str, Source]:
        """The id in the file's name → the file with the support texts of a part of the organisation."""
        return self._in(SUPPORT)

    def _in(self, folder: str) -> dict[str, Source]:
        return {Path(name).stem: source for name, source in self.sources.items() if kind_of(name) == folder}

    def all_of(self, name: str) -> list[Source]:
        """Return the file of this name; for one of FOLDERS all of them."""
        return list(self._in(name).values()) if name in FOLDERS else [self[name]]

    def find(self, name: str, pattern: str) -> Iterator[tuple[Source, Place, Any]]:
        """Yield file, place and value of what matches `pattern` in the files of this name."""
        for source in self.all_of(name):
            yield from ((source, place, value) for place, value in source.find(pattern))


def natural(text: str) -> tuple[int | str, ...]:
    """Return a sorting key that counts: 1.9 comes before 1.10."""
    return tuple(int(part) if at % 2 else part for at, part in enumerate(re.split(r"(\d+)", text)))


def read_files(folder: Path) -> Files:
    """Read the files in `framework/`; one that is missing is an empty source."""
    chosen = {name: name for name in FILES if name not in FOLDERS}
    absent = [name for name in chosen if not (folder / name).is_file()]
    problems = []
    paths = [
        path.relative_to(folder)
        for path in folder.rglob("*")
        if not path.is_dir() or path.suffix in (".yml", ".yaml")
    ]
    meant = {path.as_posix() for path in paths if not systems_own(path) and not {*path.parts[:1]} & OURS}
    for name in sorted(meant - {"README.md"}, key=natural):
        proper = re.sub(r"(?i)(\.ya?ml)?(\.[a-z]+)?$", ".yml", name, count=1)  # Notepad adds .txt
        ours = proper in FILES or re.fullmatch(r"(competences|support)/[^/]+\.yml", proper)
        right = proper if ours else nearest(proper, absent)
        if right == name:
            chosen[right] = name
            continue
        if right is None:
            message = "filen läses inte. Flytta eller ta bort den."
        elif (folder / right).is_file():
            message = f"{Path(right).name} finns redan. Ta bort den ena."
        else:
            message = f"filen ska heta {Path(right).name}. Byt namn på den."
            chosen[right] = name
        problems.append(Problem(f"framework/{name}", 1, message))
    if chosen[WORKSHOP] == WORKSHOP in absent:
        del chosen[WORKSHOP]
    sources = {name: _read(folder, chosen[name]) for name in sorted(chosen, key=natural)}
    files = Files(sources, tuple(problems))
    expected = any(own.at(("expected",)) for own in files.competences.values())
    if chosen[ROLES] == ROLES in absent and not expected:
        del files.sources[ROLES]
    return files


def _read(folder: Path, name: str) -> Source:
    path, name = folder / name, f"framework/{name}"
    try:
        return read_source(name, path.read_bytes() if path.exists() else None)
    except OSError:
        source = Source(name, b"-")
        source.data = None
        what = "det är en mapp" if path.is_dir() else "den går inte att öppna"
        source.blame(1, f"filen går inte att läsa: {what}. Hämta tillbaka filen.")
        return source


def systems_own(path: Path) -> bool:
    """Return whether a file is one that systems and editors leave beside others."""
    return any(SYSTEMS.fullmatch(part) for part in path.parts)

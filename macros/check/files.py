"""The files of `framework/`: what each of them holds, and which of those in the folder are meant by it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from macros.accessibility import Accessibility
from macros.check.source import Problem, Source, read_source
from macros.check.words import nearest
from macros.model import Area, Basics, Competence, Question, Roster, Sources
from macros.organisation import Site
from macros.support import LocalSupport
from macros.workshop import Workshop

COMPETENCES = "competences/*.yml"
# The support texts of parts of the organisation, a file each; there need not be any.
SUPPORT = "support/*.yml"
# Without it there is no workshop on the site.
WORKSHOP = "workshop.yml"
# Without it, and with no level expected in any competence, the framework has no roles.
ROLES = "roles.yml"
# Folders in framework/ that the project writes itself.
OURS = {"versions", "schemas"}
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
        """The file of this name; one that need not be there has nothing in it."""
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


def natural(text: str) -> tuple[int | str, ...]:
    """Return a sorting key that counts: 1.9 comes before 1.10."""
    return tuple(int(part) if at % 2 else part for at, part in enumerate(re.split(r"(\d+)", text)))


def read_files(folder: Path) -> Files:
    """Read the files in `framework/`; one that is missing is an empty source."""
    chosen = {name: name for name in FILES if name not in FOLDERS}
    absent = [name for name in chosen if not (folder / name).is_file()]
    problems = []
    names = [
        path.relative_to(folder)
        for path in folder.rglob("*")
        if not path.is_dir() or path.suffix in (".yml", ".yaml")
    ]
    meant = {path.as_posix() for path in names if not systems_own(path) and not {*path.parts[:1]} & OURS}
    for name in sorted(meant - {"README.md"}, key=natural):
        proper = re.sub(r"(?i)(\.ya?ml)?(\.[a-z]+)?$", ".yml", name, count=1)  # Notepad adds .txt
        ours = proper in FILES or re.fullmatch(r"(competences|support)/[^/]+\.yml", proper)
        right = proper if ours else nearest(proper, absent)
        if right is None:
            problems.append(Problem(f"framework/{name}", 1, "filen läses inte. Flytta eller ta bort den."))
        elif right == name:
            chosen[right] = name
        elif (folder / right).is_file():
            problems.append(
                Problem(f"framework/{name}", 1, f"{Path(right).name} finns redan. Ta bort den ena.")
            )
        else:
            problems.append(
                Problem(f"framework/{name}", 1, f"filen ska heta {Path(right).name}. Byt namn på den.")
            )
            chosen[right] = name
    if chosen[WORKSHOP] == WORKSHOP in absent:
        del chosen[WORKSHOP]
    sources = {}
    for right in sorted(chosen, key=natural):
        sources[right] = _read(folder / chosen[right], f"framework/{chosen[right]}")
    files = Files(sources, tuple(problems))
    if chosen[ROLES] == ROLES in absent and not any(
        own.at(("expected",)) for own in files.competences.values()
    ):
        del sources[ROLES]
    return files


def _read(path: Path, name: str) -> Source:
    try:
        return read_source(name, path.read_bytes() if path.exists() else None)
    except OSError:
        source = Source(name, b"-")
        what = "det är en mapp" if path.is_dir() else "den går inte att öppna"
        source.data = None
        source.problems = {1: Problem(name, 1, f"filen går inte att läsa: {what}. Hämta tillbaka filen.")}
        return source


def systems_own(path: Path) -> bool:
    """Return whether a file is one that systems and editors leave beside others, which nobody has written."""
    return any(SYSTEMS.fullmatch(part) for part in path.parts)

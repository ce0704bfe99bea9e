"""Check the pages in `docs/` and the navigation in `mkdocs.yml`: what would stop the build or be lost."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from macros.check.addresses import wrong_address
from macros.check.characters import unreadable
from macros.check.files import systems_own
from macros.check.source import Place, Problem, Source, read_source
from macros.check.words import nearest, shown
from macros.pages import DESCRIPTIONS, KINDS, MARKS

# Every macro has a template of its name; the macros themselves take time to import, and need more libraries.
MACROS = sorted(path.stem for path in (Path(__file__).parent.parent / "templates").glob("[!_]*.html"))
CALL = re.compile(r"\{\{ *(\w+)\(([^{}]*)\) *\}\}")
TAG = "!ENV "  # the only one that has a meaning in mkdocs.yml
# Addresses in mkdocs.yml, by the variable of the environment that they may be given in.
ADDRESSES: dict[str, Place] = {"SITE_URL": ("site_url",), "EDIT_BASE": ("extra", "edit_base")}
ASSETS = "assets"

Ids = Mapping[str, list[str] | None]


def check_docs(root: Path, known: Ids) -> Iterator[Problem]:
    """Yield what is wrong with the pages and the `mkdocs.yml` of the project in `root`.

    `known` has the ids of competences, areas and roles; None where they cannot all be read.
    """
    docs, navigation = root / "docs", root / "mkdocs.yml"
    files = sorted(path for path in docs.rglob("*") if path.is_file())
    pages = {
        path.relative_to(docs).as_posix(): path
        for path in files
        if path.suffix == ".md" and is_published(docs, path)
    }
    made = {
        kind.page.format(own): f'{kind.noun} "{own}"'
        for macro, kind in KINDS.items()
        for own in known[macro] or ()
    }
    settings = read_source("mkdocs.yml", navigation.read_bytes() if navigation.is_file() else None, (TAG,))
    if not isinstance(settings.at(("nav",)), list) and not settings.problems:
        settings.blame(1, "listan nav saknas. Hämta tillbaka den.")
    named = set() if settings.problems else _check_rows(settings, pages.keys(), made.keys())
    _check_addresses(settings)
    yield from settings.problems.values()
    for path in files:
        below = path.relative_to(docs)
        if not is_published(docs, path) and not systems_own(below):
            advice = "Flytta den till docs/assets/, eller ta bort den."
            yield Problem(f"docs/{below.as_posix()}", 1, f"filen kommer inte med på webbplatsen. {advice}")
    for name, page in pages.items():
        if harm := unreadable(raw := page.read_bytes()):
            yield Problem(f"docs/{name}", *harm)
            continue
        lines = raw.decode("utf-8-sig").splitlines()
        told = list(_check_calls(lines, known))
        if name in made:
            advice = "Ta bort filen, eller byt id."
            told = [(1, f"{made[name]} får en sida med samma namn av sig själv. {advice}")]
        else:
            yield from _check_front(f"docs/{name}", lines)
        if name not in {*named, *made} and not (told or settings.problems):
            advice = "Lägg till den där, eller ta bort filen om den är en kopia."
            told = [(1, f"sidan saknas i nav i mkdocs.yml. {advice}")]
        yield from (Problem(f"docs/{name}", *one) for one in told)


def is_published(docs: Path, path: Path) -> bool:
    """Return whether a file in `docs/` is a page, or one of the files in `docs/assets/`."""
    name = path.relative_to(docs)
    return not systems_own(name) and (name.suffix == ".md" or name.parts[0] == ASSETS)


def _check_addresses(settings: Source) -> None:
    """Report an address of the site, or of its files, that cannot be one."""
    for variable, place in ADDRESSES.items():
        name, given = f'"{place[-1]}"', settings.at(place)
        if isinstance(given, list):
            name, given = variable, os.environ.get(variable, given[-1] if given else "")
        if given and not re.fullmatch(r"https?://[^\s/]\S*", str(given)):
            advice = "Skriv hela adressen, från https:// till slutet."
            settings.blame(place, f'{name} är "{shown(str(given))}", som inte är en webbadress. {advice}')
        elif given and (told := wrong_address(given, name, bare=True)):
            settings.blame(place, told)


def _check_rows(settings: Source, pages: Collection[str], made: Collection[str]) -> set[str]:
    """Report dead and missing rows of the navigation; return all names."""
    marks: dict[str, int] = {}
    named = dict(_rows(settings, ("nav",)))
    for place, name in named.items():
        line = settings.spot(place).line
        if "*" in name and (mark := nearest(name, MARKS)):
            if mark != name:
                settings.blame(place, f'"{shown(name)}" står inte för några sidor. Menade du "{mark}"?')
            elif mark in marks:
                settings.blame(place, f'raden "- {mark}" finns redan på rad {marks[mark]}. Ta bort den ena.')
            marks.setdefault(mark, line)
        elif name in made:
            settings.blame(place, f"sidan {name} kommer med av sig själv. Ta bort raden.")
        elif name.endswith(".md") and name not in pages:
            settings.blame(place, f"sidan docs/{shown(name)} finns inte. Ta bort raden, eller skapa sidan.")
    for mark, what in MARKS.items():
        if mark not in marks:
            message = f'raden "- {mark}" saknas i nav. Skriv den där {what} ska stå i menyn.'
            settings.blame(("nav", mark), message)
    return set(named.values())


def _rows(settings: Source, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield where the navigation names a page, and its name."""
    for below, value in settings.find("*", place):
        if isinstance(value, str):
            yield below, value
        else:
            yield from _rows(settings, below)


def _check_front(path: str, lines: list[str]) -> Iterator[Problem]:
    """Yield what is wrong with the fields at the top of a page; its macro may say some of them."""
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if marks[:1] != [0] or len(marks) < 2:
        advice = "Skriv av början på en annan sida."
        yield Problem(path, 1, f"sidan ska börja med fält mellan två rader som bara är ---. {advice}")
        return
    front = read_source(path, "\n".join(["", *lines[1 : marks[1]]]).encode())
    calls = {name for line in lines for name, _ in CALL.findall(line)}
    own = () if calls & set(KINDS) else ("title",) if calls & set(DESCRIPTIONS) else ("title", "description")
    for field in (*own, *(["source"] if calls else [])):
        if not front.problems and not isinstance(front.at((field,)), str):
            front.blame(1, f'fältet "{field}" saknas. Skriv en rad som börjar med "{field}:".')
    words = front.at(("keywords",)) or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        front.blame(("keywords",), '"keywords" ska vara en lista med ord. Skriv [ett ord, ett annat ord].')
    yield from front.problems.values()


def _check_calls(lines: list[str], known: Ids) -> Iterator[tuple[int, str]]:
    """Yield line and message of each macro call that would stop the build."""
    for number, line in enumerate(lines, start=1):
        for name, argument in CALL.findall(line):
            if name not in MACROS:
                near = nearest(name, MACROS)
                advice = f'Menade du "{near}"?' if near else "Skriv av raden på en annan sida."
                yield number, f'det finns inget att visa som heter "{name}". {advice}'
            elif name not in KINDS and argument.strip():
                yield number, f'"{name}" ska inte ha något inom parentesen. Skriv {{{{ {name}() }}}}'
            elif name in KINDS:
                (noun, _, home), ids = KINDS[name], known[name]
                own = re.fullmatch(r' *(["\'])([^"\']*)\1 *', argument)
                if own is None:
                    example = f'{{{{ {name}("{ids[0] if ids else 1}") }}}}'
                    yield number, f'"{name}" ska ha ett id inom citattecken. Skriv till exempel {example}'
                elif ids is not None and own[2] not in ids:
                    where = f"framework/{home.format(own[2])}"
                    advice = f"Ta bort sidan och dess rad i mkdocs.yml, eller lägg till {noun} i {where}."
                    yield number, f'{noun} "{own[2]}" finns inte. {advice}'
        if odd := re.search(r"\{[{%#]|\}\}", rest := CALL.sub("", line)):
            whole = "Skriv det på en rad, så här: {{ namn() }}"
            yield number, f'"{shown(rest[odd.start() :] if odd[0] != "}}" else rest)}" är inte helt. {whole}'

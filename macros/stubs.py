"""Check that what the framework holds has its page in `docs/`, and that no page shows what is not there.

A stub is a page with one macro call, `{{ competence("1.1") }}`; the navigation in `mkdocs.yml` names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from macros.check.source import Place, Problem, Source, misread
from macros.check.words import nearest, shown

# What has a page of its own: what to call it, its page in docs/, the file in framework/ that has its text.
PAGES = {
    "competence": ("kompetensen", "ramverket/{}.md", "competences/{}.yml"),
    "area": ("området", "ramverket/omrade-{}.md", "areas.yml"),
    "role": ("rollen", "roller/{}.md", "roles.yml"),
}
# Every macro has a template of its name; the macros themselves take time to import, and need more libraries.
MACROS = sorted(path.stem for path in (Path(__file__).parent / "templates").glob("[!_]*.html"))
CALL = re.compile(r"\{\{ *(\w+)\(([^{}]*)\) *\}\}")
TAGS = ("!ENV ", "!!python/")  # what MkDocs gives a meaning in mkdocs.yml

Ids = Mapping[str, list[str] | None]


def check_pages(root: Path, known: Ids) -> Iterator[Problem]:
    """Yield what is wrong with the pages of the project in `root`, and with `mkdocs.yml`.

    `known` is the ids of all competences, areas and roles; None where they cannot all be read.
    """
    docs, path = root / "docs", root / "mkdocs.yml"
    pages = {page.relative_to(docs).as_posix(): page for page in sorted(docs.rglob("*.md"))}
    settings = Source("mkdocs.yml", path.read_bytes() if path.is_file() else None, TAGS)
    if not isinstance(settings.at(("nav",)), list) and not settings.problems:
        settings.blame(1, "listan nav saknas. Hämta tillbaka den.")
    readable = not settings.problems
    named = {name: settings.spot(place).line for name, place in _rows(settings, ("nav",))} if readable else {}
    yield from settings.problems.values()
    wanted = {}
    for kind, (noun, pattern, _) in PAGES.items():
        above = settings.spot(("nav",)).line if readable else 1
        for own in known[kind] or ():
            name = pattern.format(own)
            wanted[name] = (kind, own)
            above = named.get(name, above)
            if name not in pages:
                advice = "Kopiera en annan sida i mappen och byt id i den."
                yield Problem(f"docs/{name}", 1, f'sidan för {noun} "{own}" saknas. {advice}')
            if name not in named and readable:
                advice = "Lägg till den bland de andra, här i närheten."
                yield Problem("mkdocs.yml", above, f'raden "- {name}" saknas i nav. {advice}')
    for name, page in pages.items():
        if unreadable := misread(raw := page.read_bytes()):
            yield Problem(f"docs/{name}", *unreadable)
            continue
        lines = raw.decode("utf-8-sig").splitlines()
        yield from _check_front(f"docs/{name}", lines, name in wanted)
        problems = _check_page(lines, *wanted[name]) if name in wanted else _check_calls(lines, known)
        told = [Problem(f"docs/{name}", line, message) for line, message in problems]
        if readable and name not in named and name not in wanted and set(named) <= set(pages) and not told:
            advice = "Lägg till den där, eller ta bort filen om den är en kopia."
            told = [Problem(f"docs/{name}", 1, f"sidan saknas i nav i mkdocs.yml. {advice}")]
        yield from told
    for name, number in named.items():
        if name.endswith(".md") and name not in wanted and name not in pages:
            message = f"sidan docs/{shown(name)} finns inte. Ta bort raden, eller skapa sidan."
            yield Problem("mkdocs.yml", number, message)


def _rows(settings: Source, place: Place) -> Iterator[tuple[str, Place]]:
    """Yield the pages that the navigation names, each with where."""
    for below, value in settings.find("*", place):
        if isinstance(value, str):
            yield value, below
        else:
            yield from _rows(settings, below)


def _check_front(path: str, lines: list[str], titled: bool) -> Iterator[Problem]:
    """Yield what is wrong with the fields at the top of a page; its macro may give it its title."""
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == "---"), 0)
    if not end or lines[0].rstrip() != "---":
        advice = "Skriv av början på en annan sida."
        yield Problem(path, 1, f"sidan ska börja med fält mellan två rader som bara är ---. {advice}")
        return
    front = Source(path, "\n".join(["", *lines[1:end]]).encode())
    calls = {name for line in lines for name, _ in CALL.findall(line)}
    own = () if titled or calls & set(PAGES) else ("title", "description")
    for field in (*own, *(["source"] if calls else [])):
        if not front.problems and not isinstance(front.at((field,)), str):
            front.blame(1, f'fältet "{field}" saknas. Skriv en rad som börjar med "{field}:".')
    words = front.at(("keywords",)) or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        front.blame(("keywords",), '"keywords" ska vara en lista med ord. Skriv [ett ord, ett annat ord].')
    yield from front.problems.values()


def _check_page(lines: list[str], kind: str, own: str) -> Iterator[tuple[int, str]]:
    """Yield line and message of what is wrong in a page stub that shows `own`."""
    noun, _, home = PAGES[kind]
    call, source = f'{{{{ {kind}("{own}") }}}}', f"source: framework/{home.format(own)}"
    if any(call in line for line in lines):
        yield from _check_calls([line.replace(call, "") for line in lines], {})
    else:
        shows = [number for number, line in enumerate(lines, start=1) if "{{" in line]
        yield shows[0] if shows else 1, f'sidan ska visa {noun} "{own}". Skriv {call}'
    for number, line in enumerate(lines, start=1):
        if line.startswith("source:") and line.strip() != source:
            yield number, f"sidans text kommer från en annan fil. Skriv {source}"


def _check_calls(lines: list[str], known: Ids) -> Iterator[tuple[int, str]]:
    """Yield line and message of each macro call that would stop the build."""
    for number, line in enumerate(lines, start=1):
        for name, argument in CALL.findall(line):
            if name not in MACROS:
                near = nearest(name, MACROS)
                advice = f'Menade du "{near}"?' if near else "Skriv av raden på en annan sida."
                yield number, f'det finns inget att visa som heter "{name}". {advice}'
            elif name not in PAGES and argument.strip():
                yield number, f'"{name}" ska inte ha något inom parentesen. Skriv {{{{ {name}() }}}}'
            elif name in PAGES:
                (noun, _, home), ids = PAGES[name], known.get(name)
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

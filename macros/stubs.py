"""Check that what the framework holds has its page in `docs/`, and that no page shows what is not there.

A stub is a page with one macro call, `{{ competence("1.1") }}`; the navigation in `mkdocs.yml` names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from macros.read import Problem

# What has a page of its own: what to call it, its page in docs/, the file in framework/ that has its text.
PAGES = {
    "competence": ("kompetensen", "ramverket/{}.md", "competences/{}.yml"),
    "area": ("området", "ramverket/omrade-{}.md", "areas.yml"),
    "role": ("rollen", "roller/{}.md", "roles.yml"),
}
CALL = re.compile(r"\{\{ *(competence|area|role)\(\"([^\"]*)\"\) *\}\}")


def check_pages(root: Path, known: Mapping[str, list[str] | None]) -> Iterator[Problem]:
    """Yield what is wrong with the pages of the project in `root`, and with their lines in `mkdocs.yml`.

    `known` is the ids of all competences, areas and roles; None where they cannot all be read.
    """
    docs, settings = root / "docs", root / "mkdocs.yml"
    folders = sorted({page.partition("/")[0] for _, page, _ in PAGES.values()})
    pages = {
        f"{folder}/{path.name}": path for folder in folders for path in sorted((docs / folder).glob("*.md"))
    }
    if not settings.is_file():
        yield Problem("mkdocs.yml", 1, "filen saknas. Hämta tillbaka den.")
    lines = _lines(settings) if settings.is_file() else ["nav:"]
    row = re.compile(rf"^[^#]*?\b((?:{'|'.join(folders)})/[^\s'\"#]+\.md)")
    named = {match[1]: number for number, line in enumerate(lines, start=1) if (match := row.search(line))}
    menu = next((number for number, line in enumerate(lines, start=1) if line.startswith("nav:")), 1)
    wanted = set()
    for kind, (noun, page, _) in PAGES.items():
        above = menu
        for own in known[kind] or ():
            name = page.format(own)
            wanted.add(name)
            above = named.get(name, above)
            if name in pages:
                yield from _check_page(name, pages[name], kind, own)
            else:
                advice = "Kopiera en annan sida i mappen och byt id i den."
                yield Problem(f"docs/{name}", 1, f'sidan för {noun} "{own}" saknas. {advice}')
            if name not in named and settings.is_file():
                advice = "Lägg till den bland de andra, här i närheten."
                yield Problem("mkdocs.yml", above, f'raden "- {name}" saknas i nav. {advice}')
    for name, path in pages.items():
        for number, line in enumerate(() if name in wanted else _lines(path), start=1):
            for kind, own in CALL.findall(line):
                (noun, _, home), ids = PAGES[kind], known[kind]
                if ids is not None and own not in ids:
                    where = f"framework/{home.format(own)}"
                    advice = f"Ta bort sidan och dess rad i mkdocs.yml, eller lägg till {noun} i {where}."
                    yield Problem(f"docs/{name}", number, f'{noun} "{own}" finns inte. {advice}')
    for name, number in named.items():
        if name not in wanted and name not in pages:
            yield Problem(
                "mkdocs.yml", number, f"sidan docs/{name} finns inte. Ta bort raden, eller skapa sidan."
            )


def _check_page(name: str, path: Path, kind: str, own: str) -> Iterator[Problem]:
    """Yield what is wrong in a page stub that shows `own`."""
    lines = _lines(path)
    noun, _, home = PAGES[kind]
    call, source = f'{{{{ {kind}("{own}") }}}}', f"source: framework/{home.format(own)}"
    shows = [number for number, line in enumerate(lines, start=1) if CALL.search(line)]
    if not any(call in line for line in lines):
        yield Problem(
            f"docs/{name}", shows[0] if shows else 1, f'sidan ska visa {noun} "{own}". Skriv {call}'
        )
    for number, line in enumerate(lines, start=1):
        if line.startswith("source:") and line.strip() != source:
            yield Problem(f"docs/{name}", number, f"sidans text kommer från en annan fil. Skriv {source}")


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", "replace").splitlines()

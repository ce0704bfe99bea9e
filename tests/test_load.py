"""The messages to editors: for each kind of mistake the file, the line and what to write instead."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.check.docs import MACROS
from macros.check.files import FILES
from macros.check.schema import ERRORS
from macros.check.source import read_source
from macros.load import FrameworkErrors, load, main
from macros.render.pages import PAGES

ROOT = Path(__file__).resolve().parent.parent

# A small framework in which nothing is wrong. Each case below makes one mistake in it.
SMALL = {
    "framework/framework.yml": """\
        title: Ramverk
        version: "1.0"
        date: 2024-09-02
        introduction:
          - Ramverket beskriver digital kompetens.
        levels:
          - level: 1
            name: Behöver stöd
          - level: 2
            name: Med vägledning
          - level: 3
            name: På egen hand
          - level: 4
            name: Avancerad
          - level: 5
            name: Specialiserad
        motivation:
          title: Motivation
          scale: [Stämmer inte, Stämmer delvis, Stämmer, Stämmer väl, Stämmer helt]
        principles:
          - id: trappa
            name: Trappa
            text: Nivåerna är en trappa.
            rating: true
          - id: samtal
            name: Samtal
            text: Resultatet är till för samtalet.
        process:
          - id: skattning
            name: Skattning
            text: Skatta dig själv.
        sections:
          - id: bakgrund
            title: Bakgrund
            source: bilaga-1
            group: Bakgrund
            text: [Ramverket togs fram 2024.]
            points:
              - En punkt utan delar
              - text: En punkt med delar
                points: [En del]
            links: [karta]
          - {id: grade, title: Grade, source: bilaga-2, group: Bakgrund, text: [Grade är ett verktyg.]}
          - {id: hur-vi-anvander-ramverket, title: Så, source: bilaga-2, group: Bakgrund, links: [grade]}
        links:
          - id: karta
            text: Kompetenskartan
            url: https://intranat.exempel.se/karta
          - {id: grade, text: Grade, url: "https://grade.exempel.se/"}
          - {id: digitalt-kompetenslyft, text: Lyftet, url: "https://intranat.exempel.se/lyft"}
        """,
    "framework/areas.yml": """\
        - id: "1"
          name: Data
          motivation: Jag vill lära mig om data.
        - id: "2"
          name: Förvaltning
          motivation: Jag vill lära mig om förvaltning.
          roles: [chef]
        """,
    "framework/roles.yml": """\
        parts:
          - id: alla
            name: Alla
        roles:
          - id: medarbetare
            name: Medarbetare
            part: alla
          - id: chef
            name: Chef
            part: alla
          - id: bibliotekarie
            name: Bibliotekarie
            part: alla
        """,
    "framework/questions.yml": """\
        - id: lon
          question: Påverkar ramverket min lön?
          answer: Nej.
        - id: tid
          question: Hur lång tid tar samtalet?
          answer: 30 minuter.
          open: true
        - {id: ar-laraktiviteterna-graderade, question: "Är de graderade?", answer: Det är öppet.}
        - {id: satsas-det-pa-lagstanivan, question: "Bara den lägsta?", answer: Alla kommer överens.}
        """,
    "framework/sources.yml": """\
        documents:
          - id: bilaga-1
            name: Bilaga 1
            title: Ramverket
            date: 2024-09-02
          - id: bilaga-2
            name: Bilaga 2
            title: Stödet
            date: "2024-09-03"
        origins:
          - part: Kompetenserna
            documents: [bilaga-1, bilaga-2]
        mends:
          - where: 1.1
            document: bilaga-1
            before: komptens
            after: kompetens
            why: Ett stavfel.
        """.replace("where: 1.1", 'where: "1.1"'),
    "framework/competences/1.1.yml": """\
        id: "1.1"
        title: Söka data
        definition: >-
          Kompetens att söka data.

        levels:
          1: Saknar erfarenhet av att söka.
          2: Kan söka med stöd.
          3: Kan söka på egen hand.
          4: Kan vägleda andra.
          5: Kan utbilda andra.

        expected:
          reading: clear
          levels:
            2: [bibliotekarie]
            3: [medarbetare, chef]

        support:
          - kind: exempel
            levels: [4]
            text: >-
              Läs mer på nivå 4 om
              avancerad sökning.
            links:
              - text: avancerad sökning
                url: https://intranat.exempel.se/sok
        """,
    "framework/competences/1.2.yml": """\
        id: "1.2"
        title: Värdera data
        definition: Kompetens att värdera data.
        levels: {1: Saknar., 2: Kan delvis., 3: Kan., 4: Kan väl., 5: Kan lära ut.}
        expected:
          reading: uncertain
          levels:
            2: [medarbetare]
            3: [chef, bibliotekarie]
          alternatives:
            - 3: [chef]
        """,
    "framework/competences/2.1.yml": """\
        id: "2.1"
        title: Förvalta system
        definition: Kompetens att förvalta system.
        levels: {1: Saknar., 2: Kan delvis., 3: Kan., 4: Kan väl., 5: Kan lära ut.}
        expected:
          reading: clear
          levels: {3: [chef]}
        """,
    "framework/workshop.yml": """\
        example: "1.1"
        agendas: [2]
        slides:
          - id: start
            title: Start
            minutes: {2: 1}
            script: [Hej.]
          - id: bakgrund
            sections: [bakgrund]
            principles: [trappa]
            exercise: prata
            minutes: {2: 1}
            script: [Läs texten.]
        exercises:
          - {id: prata, title: Prata, minutes: 1, needs: Inget., steps: [Prata.]}
        cases: [{competence: "1.1", level: 4}]
        guide: [{id: rad, title: Råd, text: [Ett råd.]}]
        preparation:
          - {id: innan, title: Innan, questions: [lon]}
        manager: [{id: chef, title: Chef, text: [Ett råd till.]}]
        talk:
          - {area: "1", ask: [Prata om data.]}
        """,
    "framework/accessibility.yml": """\
        actor: Förvaltningen
        service: Prov
        conformity: delvis
        claims: [{text: Allt går att nå., criteria: ["2.1.1"]}]
        faults:
          - what: Kartan läses inte upp.
            why: Den är en bild.
            criterion: "1.1.1"
            instead: Läs listan under kartan.
            who: [utan synförmåga]
        contact:
          report: {text: Skriv till oss, url: "mailto:prov@exempel.se"}
          exempted: {text: Be om en annan form, url: "mailto:prov@exempel.se"}
        complaint: {text: Anmäl, url: "https://www.digg.se/tdosanmalan"}
        assessed: 2026-11-01
        updated: 2026-11-02
        method: [Vi har prövat själva.]
        checks:
          - date: 2026-11-01
            tool: Chromium
            version: "156"
            page: Start
            criteria: ["2.4.6"]
            steps: [Läs rubrikerna.]
            result: klarades
        """,
    "framework/support/alla.yml": """\
        part: alla
        document: Stöd från oss
        date: 2026-10-01
        support:
          - competence: "1.2"
            kind: exempel
            levels: [2]
            roles: [chef]
            text: Exempel på nivå 2 är att läsa tabeller.
          - competence: "1.1"
            kind: lär dig mer
            text: Läs sidan om att söka.
            links:
              - text: sidan om att söka
                url: https://intranat.exempel.se/alla
        """,
    "framework/site.yml": """\
        name: Prov
        description: Ramverk på prov
        organisation: förvaltningen
        organisations: förvaltningens
        tool: {name: Grade, text: Skatta dig i Grade., link: grade}
        learning:
          - {name: Intranätet, link: digitalt-kompetenslyft}
        agreed: satsas-det-pa-lagstanivan
        ungraded: ar-laraktiviteterna-graderade
        principles: hur-vi-anvander-ramverket
        """,
    "mkdocs.yml": """\
        use_directory_urls: true
        nav:
          - index.md
          - Ramverket:
              - ramverket/index.md
              - ramverket/omrade-*.md
          - roller/*.md
          - roller/jamfor.md
        """,
}
PAGE = "---\ntitle: Sida\ndescription: Om sidan.\n# {0}\nsource: {0}\n---\n{{{{ {1} }}}}\n"
SMALL |= {
    f"docs/{page}.md": PAGE.format(f"framework/{source}", call)
    for page, source, call in (
        ("index", "framework.yml", "start()"),
        ("ramverket/index", "framework.yml", "framework_overview()"),
        ("roller/jamfor", "roles.yml", "compare_roles()"),
    )
}
BASICS, AREAS, ROLES, QUESTIONS, SOURCES, C11, C12, C21, *_ = SMALL


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with the small framework."""
    for name, text in SMALL.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    return tmp_path


def problems(root: Path) -> list[str]:
    """Return the problems reported for a project; nothing when it is valid."""
    try:
        load(root)
    except FrameworkErrors as errors:
        return str(errors).split("\n")
    return []


def change(root: Path, file: str, old: str, new: str) -> None:
    """Write `new` instead of `old`, which must be in the file once."""
    text = (root / file).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), "utf-8")


def _mistakes() -> Iterator[Any]:
    """Yield the table of `mistakes.yml`, one mistake a test."""
    table = yaml.safe_load((ROOT / "tests" / "mistakes.yml").read_text("utf-8"))
    for file, mistakes in table.items():
        for name, case in mistakes.items():
            said = case["says"] if isinstance(case["says"], list) else [case["says"]]
            lines = [f"{file}:{line}" if line[0].isdigit() else line for line in said]
            yield pytest.param(file, case["was"], case["now"], lines, id=name.replace(" ", "-"))


MISTAKES = list(_mistakes())


def test_small_framework_is_in_order(small: Path) -> None:
    """The framework that the mistakes are made in has none before that."""
    assert problems(small) == []


@pytest.mark.parametrize(("file", "was", "now", "said"), MISTAKES)
def test_mistake_is_explained(small: Path, file: str, was: str, now: str, said: list[str]) -> None:
    """Each mistake gives its own message, on its line, and no other."""
    change(small, file, was, now)
    assert problems(small) == said


def test_what_one_check_says_of_a_file_is_not_there_in_the_next() -> None:
    """A file with the same bytes is not parsed again, but begins without what a check has said of it."""
    first, second = (read_source("a.yml", b"a: 1\n") for _ in range(2))
    first.blame(("a",), "fel.")
    assert ([*first.problems], [*second.problems]) == ([("a",)], [])
    assert second.data is first.data


def _write(name: str, data: bytes) -> Callable[[Path], object]:
    def write(root: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)

    return write


def _rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda root: (root / old).rename(root / new)


def _copy(old: str, new: str) -> Callable[[Path], object]:
    return lambda root: shutil.copy(root / old, root / new)


def _folder_for(name: str) -> Callable[[Path], object]:
    def replace(root: Path) -> None:
        (root / name).unlink()
        (root / name).mkdir()

    return replace


def _delete(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).unlink()


LOCAL = "framework/support/alla.yml"
C13 = C12.replace("1.2", "1.3")
FILE_MISTAKES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "not UTF-8": (
        _write(AREAS, dedent(SMALL[AREAS]).encode("cp1252")),
        [
            f'{AREAS}:3: "ä" är inte sparat som UTF-8. Spara om filen med teckenkodningen UTF-8, '
            "och se efter att å, ä och ö är rätt."
        ],
    ),
    "UTF-16": (
        _write(AREAS, dedent(SMALL[AREAS]).encode("utf-16")),
        [
            f'{AREAS}:1: "ÿ" är inte sparat som UTF-8. Spara om filen med teckenkodningen UTF-8, '
            "och se efter att å, ä och ö är rätt."
        ],
    ),
    "empty file": (_write(QUESTIONS, b""), [f"{QUESTIONS}:1: filen är tom. Hämta tillbaka dess text."]),
    "only comments": (_write(C12, b"# Allt borta\n"), [f"{C12}:1: filen är tom. Hämta tillbaka dess text."]),
    "only a text": (
        _write(C12, b"Hej\n"),
        [
            f'{C12}:1: filen ska vara en grupp av fält, men är texten "Hej". Skriv fälten på var sin rad, '
            'indragna: "id", "title", "definition", "levels", "expected", "support", "digcomp" och '
            '"keywords".'
        ],
    ),
    "only nothing": (_write(C12, b"~\n"), [f"{C12}:1: filen är tom. Skriv en grupp av fält."]),
    "missing file": (_delete(SOURCES), [f"{SOURCES}:1: filen saknas. Hämta tillbaka den."]),
    "another ending": (
        _rename(C12, "framework/competences/1.2.yaml"),
        ["framework/competences/1.2.yaml:1: filen ska heta 1.2.yml. Byt namn på den."],
    ),
    "ending of a text editor": (
        _rename(C12, f"{C12}.txt"),
        [f"{C12}.txt:1: filen ska heta 1.2.yml. Byt namn på den."],
    ),
    "no questions": (
        _write(QUESTIONS, b"[]\n"),
        [f"{QUESTIONS}:1: filen har 0 delar, men ska ha minst 1."],
    ),
    "both endings": (
        _copy(C12, "framework/competences/1.2.yaml"),
        ["framework/competences/1.2.yaml:1: 1.2.yml finns redan. Ta bort den ena."],
    ),
    "misspelt file": (
        _rename(ROLES, "framework/role.yml"),
        ["framework/role.yml:1: filen ska heta roles.yml. Byt namn på den."],
    ),
    "file of no use": (
        _copy(ROLES, "framework/kopia.yml"),
        ["framework/kopia.yml:1: filen läses inte. Flytta eller ta bort den."],
    ),
    "part with another name": (
        _rename(LOCAL, "framework/support/oss.yml"),
        [
            'framework/support/oss.yml:1: part är "alla" men filen heter oss.yml. '
            'Skriv "oss", eller byt namn på filen.',
        ],
    ),
    "part with an empty file": (
        _write(LOCAL, b""),
        [f"{LOCAL}:1: filen är tom. Hämta tillbaka dess text."],
    ),
    "part that is gone": (_delete(LOCAL), []),
    "workshop that is gone": (_delete("framework/workshop.yml"), []),
    "competence with another name": (
        _rename(C12, "framework/competences/ny.yml"),
        ['framework/competences/ny.yml:1: id är "1.2" men filen heter ny.yml. Byt namn på filen.'],
    ),
    "competence copied": (
        _copy(C12, C13),
        [
            f'{C13}:1: id är "1.2" men filen heter 1.3.yml. Skriv "1.3", eller byt namn på filen.',
        ],
    ),
    "page of a role written": (
        _copy("docs/roller/jamfor.md", "docs/roller/chef.md"),
        [
            'docs/roller/chef.md:1: rollen "chef" får en sida med samma namn av sig själv. '
            "Ta bort filen, eller byt id."
        ],
    ),
    "page copied": (
        _copy("docs/roller/jamfor.md", "docs/roller/jamfor - Kopia.md"),
        [
            "docs/roller/jamfor - Kopia.md:1: sidan saknas i nav i mkdocs.yml. "
            "Lägg till den där, eller ta bort filen om den är en kopia."
        ],
    ),
    "page of no role": (
        lambda root: (root / "docs/roller/lots.md").write_text(PAGE.format(ROLES, 'role("lots")')),
        [
            'docs/roller/lots.md:7: rollen "lots" finns inte. Ta bort sidan och dess rad i mkdocs.yml, '
            f"eller lägg till rollen i {ROLES}."
        ],
    ),
    "page not UTF-8": (
        _write("docs/index.md", "{{ start() }}\nÄndra".encode("cp1252")),
        [
            'docs/index.md:2: "Ä" är inte sparat som UTF-8. Spara om filen med teckenkodningen UTF-8, '
            "och se efter att å, ä och ö är rätt."
        ],
    ),
    "zeros": (
        _write(C12, b"\0" * 500),
        [
            f"{C12}:1: filen är skadad: den har 500 tecken utan innehåll (NUL). Hämta tillbaka den förra "
            "versionen, eller spara om filen med teckenkodningen UTF-8."
        ],
    ),
    "document of a word processor": (
        _write(C12, b"PK\x03\x04\x14"),
        [
            f"{C12}:1: filen är ingen textfil, utan ett dokument eller en bild. "
            "Hämta tillbaka den förra versionen."
        ],
    ),
    "letters decoded wrongly everywhere": (
        _write(SOURCES, ("a: ö\n" * 9).encode().decode("cp1252").encode()),
        [
            f'{SOURCES}:1: hela filen har fått fel tecken när den sparades, som i "Ã¶". Hämta tillbaka den '
            "förra versionen, eller spara om filen med teckenkodningen UTF-8."
        ],
    ),
    "folder for a file": (
        _folder_for(C12),
        [f"{C12}:1: filen går inte att läsa: det är en mapp. Hämta tillbaka filen."],
    ),
    "lists in lists": (
        _write(C12, b"[{a: " * 500),
        [f"{C12}:1: fler än 20 listor börjar inne i varandra här. Ta bort tecknen som är för många."],
    ),
    "groups in groups": (
        _write(C12, "".join(f"{' ' * depth}a:\n" for depth in range(900)).encode()),
        [f"{C12}:1: filen har för många nivåer av indrag. Hämta tillbaka den förra versionen."],
    ),
    "text that repeats itself": (
        _write(C12, b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(9))),
        [
            f'{C12}:1: "&a" och "*a" hämtar text från ett annat ställe i filen. Det går inte här. '
            "Skriv ut texten."
        ],
    ),
    "file in docs that is no page": (
        _write("docs/bild.png", b"x"),
        [
            "docs/bild.png:1: filen kommer inte med på webbplatsen. Flytta den till docs/assets/, "
            "eller ta bort den."
        ],
    ),
    "version that cannot be read": (
        _write("framework/versions/1.0.json", b"{"),
        ["framework/versions/1.0.json:1: filen går inte att läsa. Hämta tillbaka den."],
    ),
    "no settings": (_delete("mkdocs.yml"), ["mkdocs.yml:1: filen saknas. Hämta tillbaka den."]),
}


@pytest.mark.parametrize(("damage", "said"), FILE_MISTAKES.values(), ids=FILE_MISTAKES)
def test_mistake_with_a_file_is_explained(
    small: Path, damage: Callable[[Path], object], said: list[str]
) -> None:
    """A file with a wrong name, in another encoding, empty or missing gives one message a thing to do."""
    damage(small)
    assert problems(small) == said


def test_files_of_the_system_are_ignored(small: Path) -> None:
    """What Windows, macOS and editors leave in a folder is no mistake."""
    names = (
        "desktop.ini",
        "Thumbs.db",
        ".DS_Store",
        "areas.yml~",
        "~$roles.yml",
        "#a#",
        ".idea/x.yml",
        "a.swp",
    )
    for folder in ("framework", "framework/competences", "docs", "docs/assets"):
        for name in names:
            path = small / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
    assert problems(small) == []


@pytest.mark.parametrize("variable", ["SITE_URL", "EDIT_BASE"])
def test_addresses_of_the_environment_are_checked(
    small: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a build is given for the site's address, or its files', is held to be one."""
    field = "site_url" if variable == "SITE_URL" else "extra: {edit_base"
    end = "" if variable == "SITE_URL" else "}"
    change(
        small,
        "mkdocs.yml",
        "use_directory_urls: true\n",
        f'use_directory_urls: true\n{field}: !ENV [{variable}, ""]{end}\n',
    )
    for good in ("", "https://kod.exempel.se/edit/", "http://intranat/kompetens/", "http://localhost:8000/"):
        monkeypatch.setenv(variable, good)
        assert problems(small) == []
    for bad in (
        "kod.exempel.se/x",
        "https://",
        "https://a b.se",
        "https:/exempel.se",
        "https://exempel.se).",
    ):
        monkeypatch.setenv(variable, bad)
        (told,) = problems(small)
        assert told.startswith(f"mkdocs.yml:2: {variable} "), bad


def test_levels_may_be_in_quotation_marks(small: Path) -> None:
    """Forms, spreadsheets and JSON tools write numbers as texts: the framework is the same."""
    before = load(small)
    for file, old, new in (
        (C11, "levels: [4]", 'levels: ["4"]'),
        (C11, "  5: Kan utbilda", '  "5": Kan utbilda'),
        (C11, "    2: [bibliotekarie]", "    '2': [bibliotekarie]"),
        (C12, "- 3: [chef]", '- "3": [chef]'),
        (BASICS, "level: 2", 'level: "2"'),
        ("framework/workshop.yml", "agendas: [2]", 'agendas: ["2"]'),
        ("framework/workshop.yml", "level: 4", 'level: "4"'),
    ):
        change(small, file, old, new)
    assert load(small) == before


def test_no_framework_at_all(tmp_path: Path) -> None:
    """Started in the wrong folder, the check says so and nothing else."""
    assert problems(tmp_path) == [f'framework:1: mappen finns inte i "{tmp_path}". Stå i projektets mapp.']


def test_three_mistakes_give_three_messages(small: Path) -> None:
    """All problems in all files are reported together, ordered by file and line."""
    change(small, C11, "bibliotekarie", "bibliotekare")
    change(small, C11, "title: Söka data\n", "")
    change(small, AREAS, "name: Data", "name:")
    assert problems(small) == [
        f'{AREAS}:2: "name" är tom. Skriv en text.',
        f'{C11}:1: fältet "title" saknas. Skriv en rad som börjar med "title:".',
        f'{C11}:15: rollen "bibliotekare" finns inte. Menade du "bibliotekarie"?',
    ]


def test_unreadable_file_is_told_once(small: Path) -> None:
    """Nothing in an unreadable file is reported as missing."""
    change(small, C11, "title: Söka data", "title Söka data")
    change(small, ROLES, "name: Alla", 'name: "Alla')
    assert [line.split(": ")[0] for line in problems(small)] == [f"{C11}:2", f"{ROLES}:3"]


def test_files_are_in_natural_order(small: Path) -> None:
    """Messages about 1.2 come before those about 1.10."""
    (small / "framework/competences/1.10.yml").write_text("id: 1.10\n", "utf-8")
    change(small, C12, "title: Värdera data", "title:")
    told = [line.partition(":")[0] for line in problems(small) if line.startswith("framework")]
    assert list(dict.fromkeys(told)) == [C12, C12.replace("1.2", "1.10")]


@pytest.mark.parametrize("tolerated", ["\ufeff", "\r\n", "\r"], ids=["byte-order-mark", "Windows", "old-Mac"])
def test_other_editors_files_are_read(small: Path, tolerated: str) -> None:
    """A byte order mark and other line endings change neither the framework nor the lines."""
    before = load(small)
    for name in (BASICS, C11):
        text = (small / name).read_text("utf-8")
        text = tolerated + text if tolerated == "\ufeff" else text.replace("\n", tolerated)
        (small / name).write_bytes(text.encode())
    assert load(small) == before
    path = small / C11
    path.write_bytes(path.read_bytes().replace(b"reading: clear", b"reading: cler"))
    assert problems(small) == [f'{C11}:14: "cler" kan inte stå som "reading". Menade du "clear"?']


def test_areas_and_competences_are_in_natural_order(small: Path) -> None:
    """1.10 comes after 1.2, and the areas after their numbers, however the files are ordered."""
    areas = (small / AREAS).read_text("utf-8")
    second = areas.index('- id: "2"')
    (small / AREAS).write_text(areas[second:] + areas[:second], "utf-8")
    text = (small / C12).read_text("utf-8").replace("Värdera data", "Dela data").replace("värdera", "dela")
    (small / C12.replace("1.2", "1.10")).write_text(text.replace("1.2", "1.10"), "utf-8")
    framework = load(small)
    assert [area.id for area in framework.areas] == ["1", "2"]
    assert [competence.id for competence in framework.competences] == ["1.1", "1.2", "1.10", "2.1"]


def test_nothing_is_kept_between_calls(small: Path) -> None:
    """An edit takes effect at once, also a correction, and equal files give equal results."""
    change(small, C11, "title: Söka data", "title:")
    assert problems(small) == problems(small) != []
    change(small, C11, "title:", "title: Hitta data")
    assert load(small).competence["1.1"].title == "Hitta data"


def test_real_pages_are_all_checked(tmp_path: Path) -> None:
    """Without its pages, the navigation of this project leads nowhere, but for the pages that are made."""
    shutil.copytree(ROOT / "framework", tmp_path / "framework")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    told = [
        re.sub(r"mkdocs.yml:\d+: sidan docs/(\S+) finns inte.*", r"\1", line) for line in problems(tmp_path)
    ]
    docs = ROOT / "docs"
    assert sorted(told) == sorted(page.relative_to(docs).as_posix() for page in docs.rglob("*.md"))


SIXTH = (
    (BASICS, "    name: Specialiserad\n", "    name: Specialiserad\n  - level: 6\n    name: Ledande\n"),
    (C11, "  5: Kan utbilda andra.\n", "  5: Kan utbilda andra.\n  6: Kan leda andra.\n"),
    (C12, "5: Kan lära ut.}", "5: Kan lära ut., 6: Kan leda.}"),
    (C21, "5: Kan lära ut.}", "5: Kan lära ut., 6: Kan leda.}"),
)
NO_FIFTH = (
    (BASICS, "  - level: 5\n    name: Specialiserad\n", ""),
    (C11, "  5: Kan utbilda andra.\n", ""),
    (C12, ", 5: Kan lära ut.}", "}"),
    (C21, ", 5: Kan lära ut.}", "}"),
)


@pytest.mark.parametrize(
    ("edits", "levels", "choices"),
    [(NO_FIFTH, 4, "1, 2, 3 eller 4"), ((), 5, "1, 2, 3, 4 eller 5"), (SIXTH, 6, "1, 2, 3, 4, 5 eller 6")],
    ids=["four", "five", "six"],
)
def test_levels_are_as_many_as_the_framework_names(
    small: Path, edits: tuple[tuple[str, str, str], ...], levels: int, choices: str
) -> None:
    """A framework of four or six levels is in order, and its own highest level is the bound everywhere."""
    for edit in edits:
        change(small, *edit)
    change(small, C21, "levels: {3: [chef]}", f"levels: {{{levels}: [chef]}}")
    assert problems(small) == []
    assert load(small).levels == tuple(range(1, levels + 1))
    change(small, C21, f"levels: {{{levels}: [chef]}}", f"levels: {{{levels + 1}: [chef]}}")
    change(small, C11, "levels: [4]", f"levels: [4, {levels + 1}]")
    change(small, "framework/workshop.yml", "level: 4", f"level: {levels + 1}")
    line = 21 + levels - 5
    assert problems(small) == [
        f'{C11}:{line}: del 2 av "levels" är {levels + 1}, men får vara högst {levels}.',
        f"{C21}:7: {levels + 1} är ingen nivå. Skriv {choices}, eller ändra indraget.",
        f'framework/workshop.yml:16: "level" är {levels + 1}, men får vara högst {levels}.',
    ]


def test_new_level_is_missed_in_each_competence(small: Path) -> None:
    """A level more in `framework.yml` alone gives a list of what is to be written."""
    change(small, *SIXTH[0])
    missing = 'text saknas för nivå 6. Skriv en rad som börjar med "6:".'
    assert problems(small) == [f"{C11}:6: {missing}", f"{C12}:4: {missing}", f"{C21}:4: {missing}"]


def test_levels_of_most_competences_decide(small: Path) -> None:
    """A level that one competence has, but neither the others nor `framework.yml`, is wrong where it is."""
    change(small, *NO_FIFTH[0])
    change(small, *NO_FIFTH[2])
    change(small, C21, ", 4: Kan väl., 5: Kan lära ut.}", "}")
    said = "eller ändra indraget."
    assert problems(small) == [
        f"{C11}:11: 5 är ingen nivå. Skriv 1, 2, 3 eller 4, {said}",
        f'{C21}:4: text saknas för nivå 4. Skriv en rad som börjar med "4:".',
    ]


def test_number_of_levels_is_not_guessed(small: Path) -> None:
    """Without any list of levels in order, a level is only asked to be a number."""
    (small / BASICS).write_text("title: [", "utf-8")
    for file in (C11, C12, C21):
        text = (small / file).read_text("utf-8")
        (small / file).write_text(text.replace("1: Saknar", "noll: Saknar"), "utf-8")
    told = [line for line in problems(small) if line.startswith(C12)]
    assert told == [f'{C12}:4: "noll" kan inte stå först på en rad här. Skriv ett heltal.']


# An id in a template, in Python or in a page's text: in an address, or as a key of the framework.
ADDRESS = r"(?:\}\}|[(/])"  # what comes before it in a template or a page
IN_CODE = r"framework\.{0}(?:\[|\.get\()[\"']([^\"']+)[\"']"
NAMED = {kind: IN_CODE.format(kind) for kind in ("question", "principle", "link", "exercise")} | {
    "role": rf"{ADDRESS}roller/([a-z][a-z0-9-]*)(?:/|\.md)|{IN_CODE.format('role')}",
    "competence": rf"{ADDRESS}ramverket/(\d+\.\d+)\b|{IN_CODE.format('competence')}",
    "area": rf"{ADDRESS}ramverket/omrade-(\d+)\b|{IN_CODE.format('area')}",
    "section": rf'{IN_CODE.format("section")}|item\.id != "([^"]+)"',
}
NO_ROLES = {"jamfor", "index"}  # other pages beside those of the roles


def test_no_page_names_an_id() -> None:
    """Neither templates, scripts, renderers nor written pages name anything of the framework by its id."""
    made = re.compile(r"(roller|ramverket)/[^/]+\.md$")  # the page of one role, area or competence
    files = [
        path
        for folder in ("macros/templates", "macros/theme", "macros/render", "macros/slides", "quiz", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".html", ".py", ".mjs", ".js", ".md") and not made.search(path.as_posix())
    ]
    texts = [path.read_text("utf-8") for path in files]
    named = {
        kind: {"".join(match.groups("")) for text in texts for match in re.finditer(pattern, text)}
        for kind, pattern in NAMED.items()
    }
    named["role"] -= NO_ROLES
    assert {kind: ids for kind, ids in named.items() if ids} == {}


def test_every_macro_is_known_to_the_check() -> None:
    """The check knows the macros by their templates, which are neither more nor fewer."""
    assert set(MACROS) == set(PAGES)


def test_role_lost_from_an_area_is_told_once(small: Path) -> None:
    """A role with levels in most competences of an area that leaves it out gives one message, at the area."""
    text = (small / C21).read_text("utf-8").replace("Förvalta", "Utveckla").replace("förvalta", "utveckla")
    text = text.replace("[chef]", "[chef, medarbetare]").replace("2.1", "2.2")
    (small / C21.replace("2.1", "2.2")).write_text(text, "utf-8")
    change(small, AREAS, "[chef]", "[chef, medarbetare]")
    change(small, C21, "[chef]", "[chef, medarbetare]")
    assert problems(small) == []
    change(small, AREAS, "[chef, medarbetare]", "[chef]")
    assert problems(small) == [
        f'{AREAS}:7: rollen "medarbetare" saknas, men har en nivå i 2 kompetenser i område 2. '
        "Skriv den här, eller ta bort den där."
    ]


def test_role_of_half_an_area_is_misplaced_there(small: Path) -> None:
    """A role with levels in no more than half of an area's competences is reported: remove them."""
    whole = (small / C21).read_text("utf-8")
    for number, who in (("2.2", "medarbetare, chef"), ("2.3", "chef"), ("2.4", "chef")):
        text = (
            whole.replace("2.1", number)
            .replace("Förvalta", f"Utveckla {number}")
            .replace("förvalta", f"utveckla {number}")
            .replace("[chef]", f"[{who}]")
        )
        (small / C21.replace("2.1", number)).write_text(text, "utf-8")
    change(small, C21, "[chef]", "[medarbetare, chef]")
    told = [line for line in problems(small) if "medarbetare" in line]
    misplaced = 'rollen "medarbetare" hör inte till område 2, som är för "chef". Ta bort den.'
    assert told == [f"{C21}:7: {misplaced}", f"{C21.replace('2.1', '2.2')}:7: {misplaced}"]


def test_command_says_that_all_is_well(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A project in order gives one line and exit status 0; what to think of is no error."""
    assert main([str(small)]) == 0
    assert capsys.readouterr() == (
        "Allt stämmer: 3 kompetenser, 3 roller, 2 områden, 3 stödtexter, 4 frågor.\n"
        "Att tänka på: docs/assets/protokoll.json saknas. Kör: make protocol\n",
        "",
    )


def test_command_prints_problems_and_fails(small: Path) -> None:
    """Problems go to standard error, one a line, with exit status 1, and nothing else does."""
    change(small, C11, "bibliotekarie", "bibliotekare")
    change(small, C12, 'id: "1.2"', "id: 1.2")
    done = subprocess.run(
        [sys.executable, "-m", "macros.load", str(small)], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f'{C11}:16: rollen "bibliotekare" finns inte. Menade du "bibliotekarie"?',
        f'{C12}:1: "id" ska vara en text, men 1.2 läses som ett tal. Sätt citattecken runt: "1.2".',
    ]


def test_command_imports_nothing_of_the_site() -> None:
    """The check starts at once: it needs neither the pages nor their libraries."""
    done = subprocess.run(
        [sys.executable, "-c", "import macros.load, sys; print(*sys.modules)"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert not loaded & {
        "macros.render",
        "macros.slides",
        "macros.site",
        "jinja2",
        "mkdocs",
        "pptx",
        "brotli",
    }


def test_every_pattern_of_the_model_is_explained() -> None:
    """Each pattern that a text must fit has a message of its own."""
    schemas = json.dumps([adapter.json_schema() for adapter in FILES.values()])
    patterns = {json.loads(f'"{found}"') for found in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schemas)}
    assert patterns, "no pattern was found in the schemas"
    assert patterns <= set(ERRORS)


def test_every_field_is_explained_to_the_editor() -> None:
    """The guide for editors names each field of each file."""
    guide = (ROOT / "framework" / "README.md").read_text("utf-8")
    schemas = [adapter.json_schema() for adapter in FILES.values()]
    parts = [part for schema in schemas for part in (schema, *schema.get("$defs", {}).values())]
    assert [field for part in parts for field in part.get("properties", {}) if f"`{field}" not in guide] == []


# Phrases of pydantic and PyYAML, outside quoted values.
ENGLISH = re.compile(r"(?i)\b(should|input|must|valid|required|permitted|mapping|found|while|string|got)\b")


def assert_swedish(told: list[str]) -> None:
    """Each line names a file and a line, ends as a sentence or a text to write, and has no English in it."""
    for line in told:
        assert re.match(r"[\w./-]+:[1-9]\d*: \S", line), line
        ours = re.sub('"[^"]*"', "", line)
        assert not ENGLISH.search(ours), line
        assert not re.search(r"\{[a-z_]+\}", ours), line
        assert re.search(r"([.?]|\}\})$", line), line


GARBAGE = st.sampled_from(
    [
        *"\"':#[]{}|>%@`?~=,\\\t å\x00\u00a0\u00ad\ufeff\u2028",
        *(": ", "- ", " #x", "{{", "&a", "*a", "&a *a", "!!int x", "no", "1", "1.10", "1e9", "0x1", "0b"),
        *("12:30", "2024-01-01", "2024-13-45", "---", "...", "<<"),
        "9" * 30,
    ]
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose files are changed and put back."""
    root = tmp_path_factory.mktemp("fuzzed")
    for name, text in SMALL.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    return root


@pytest.mark.slow
@settings(max_examples=300, derandomize=True)
@given(data=st.data())
def test_no_edit_of_a_line_ends_in_anything_but_messages(fuzzed: Path, data: st.DataObject) -> None:
    """A line that is removed, doubled or garbled gives a framework or messages, never another error."""
    file = data.draw(st.sampled_from([name for name in SMALL if name.endswith(".yml")]))
    whole = dedent(SMALL[file])
    lines = whole.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    cut = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(cut, len(line)))
    lines[at : at + 1] = data.draw(
        st.one_of(
            st.just([]),
            st.just([line, line]),
            st.just([" " + line]),
            GARBAGE.map(lambda garbage: [line[:cut] + garbage + line[end:]]),
            st.text(max_size=5).map(lambda garbage: [line[:cut] + garbage + line[end:]]),
        )
    )
    try:
        (fuzzed / file).write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        assert_swedish(problems(fuzzed))
    finally:
        (fuzzed / file).write_text(whole, "utf-8")


@pytest.mark.slow
@settings(max_examples=150, derandomize=True)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3)
        ),
    ),
    place=st.data(),
)
def test_no_value_ends_in_anything_but_messages(fuzzed: Path, value: object, place: st.DataObject) -> None:
    """Any value in any place of any file gives a framework or messages, never another error."""
    file = place.draw(st.sampled_from([name for name in SMALL if name.startswith("framework/")]))
    whole = dedent(SMALL[file])
    tree = {"": yaml.safe_load(whole)}
    inside: Any = tree
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = place.draw(st.sampled_from(keys))
        deeper = isinstance(inside[key], dict | list) and inside[key] and place.draw(st.booleans())
        if not deeper:
            break
        inside = inside[key]
    inside[key] = value
    try:
        text = yaml.safe_dump(tree[""], allow_unicode=True, sort_keys=False)
        (fuzzed / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        assert_swedish(problems(fuzzed))
    finally:
        (fuzzed / file).write_text(whole, "utf-8")

"""Read the framework from `framework/`, or say everything that is wrong with it at once.

    python -m macros.load [ROOT]      check the project in ROOT (without it: in the current folder)

To add a rule, add a row: a kind of id to IDS, a field that refers to one to REFERENCES, values that must all
differ to DISTINCT, an id that a page names in its code to SHOWN, what to say of a pattern or limit of the
model to ERRORS, of what stops the YAML reader to SYNTAX in read.py. Other rules are a `_check_…`, called in
`load`. Then make the mistake in tests/mistakes.yml, with all that an editor is told about it.

Rules between places come first, most of them rows of the tables below; the models say the rest. Of a place
only what was said first is told, so that one mistake gives one message. Messages are for editors: in Swedish,
with the file, the line, the value and what to write instead.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from macros.model import (
    LEVELS,
    Area,
    Basics,
    Competence,
    Framework,
    Item,
    Part,
    Question,
    Role,
    Sources,
    Workshop,
)
from macros.read import Place, Problem, Source, nearest, shown
from macros.stubs import check_pages


class Roster(Item):
    """The contents of `roles.yml`."""

    parts: tuple[Part, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)


# What each file in framework/ holds. A new file is a row here and an argument at the end of `load`.
COMPETENCES = "competences/*.yml"
FILES: dict[str, TypeAdapter[Any]] = {
    "framework.yml": TypeAdapter(Basics),
    "areas.yml": TypeAdapter(Annotated[tuple[Area, ...], Field(min_length=1)]),
    "roles.yml": TypeAdapter(Roster),
    "questions.yml": TypeAdapter(Annotated[tuple[Question, ...], Field(min_length=1)]),
    "sources.yml": TypeAdapter(Sources),
    "workshop.yml": TypeAdapter(Workshop),
    COMPETENCES: TypeAdapter(Competence),
}


class Ids(NamedTuple):
    """A list whose ids are referred to: what one of it is called, its file, its field there."""

    noun: str
    file: str
    field: str


IDS = {
    "competence": Ids("kompetensen", COMPETENCES, ""),
    "area": Ids("området", "areas.yml", ""),
    "role": Ids("rollen", "roles.yml", "roles"),
    "part": Ids("delen", "roles.yml", "parts"),
    "document": Ids("dokumentet", "sources.yml", "documents"),
    "link": Ids("länken", "framework.yml", "links"),
    "section": Ids("texten", "framework.yml", "sections"),
    "principle": Ids("principen", "framework.yml", "principles"),
    "question": Ids("frågan", "questions.yml", ""),
    "exercise": Ids("övningen", "workshop.yml", "exercises"),
}
# Which places refer to which list; "*" is any key or item.
REFERENCES = (
    ("areas.yml", "*.roles.*", "role"),
    ("roles.yml", "roles.*.part", "part"),
    ("framework.yml", "sections.*.source", "document"),
    ("framework.yml", "sections.*.links.*", "link"),
    ("sources.yml", "origins.*.documents.*", "document"),
    ("sources.yml", "mends.*.document", "document"),
    ("sources.yml", "notes.*.document", "document"),
    ("workshop.yml", "example", "competence"),
    ("workshop.yml", "cases.*.competence", "competence"),
    ("workshop.yml", "talk.*.area", "area"),
    ("workshop.yml", "slides.*.exercise", "exercise"),
    ("workshop.yml", "*.*.sections.*", "section"),
    ("workshop.yml", "*.*.principles.*", "principle"),
    ("workshop.yml", "*.*.questions.*", "question"),
    (COMPETENCES, "expected.levels.*.*", "role"),
    (COMPETENCES, "expected.not_relevant.*", "role"),
    (COMPETENCES, "expected.alternatives.*.*.*", "role"),
)
# What pages name in their code: id, the page. Without it the page cannot be built, or loses its text.
SHOWN = {
    "section": (("hur-vi-anvander-ramverket", "Så använder vi ramverket"),),
    "question": (("ar-laraktiviteterna-graderade", "Lära mer"),),
}

SAME_ID = 'id "{value}" finns redan på rad {line}. Skriv ett annat.'
TWICE = '"{value}" står redan på rad {line}. Ta bort det ena.'
TWO_LEVELS = 'rollen "{value}" står redan på {parent} (rad {line}). Låt den stå på en nivå.'
SAME_NAME = 'namnet "{value}" finns redan på rad {line}. Skriv ett annat.'
SAME_TEXT = "{here} har samma text som {there} (rad {line}). Skriv vad som skiljer dem åt."
# Inside which part of a file which values must all differ, and what to say when they do not.
DISTINCT = (
    ("areas.yml", "", "*.id", SAME_ID),
    ("areas.yml", "", "*.name", SAME_NAME),
    ("areas.yml", "*.roles", "*", TWICE),
    ("questions.yml", "", "*.id", SAME_ID),
    ("roles.yml", "parts", "*.id", SAME_ID),
    ("roles.yml", "roles", "*.id", SAME_ID),
    ("roles.yml", "roles", "*.name", SAME_NAME),
    ("framework.yml", "principles", "*.id", SAME_ID),
    ("framework.yml", "process", "*.id", SAME_ID),
    ("framework.yml", "sections", "*.id", SAME_ID),
    ("framework.yml", "sections.*.links", "*", TWICE),
    ("framework.yml", "links", "*.id", SAME_ID),
    ("sources.yml", "documents", "*.id", SAME_ID),
    ("sources.yml", "origins.*.documents", "*", TWICE),
    ("workshop.yml", "slides", "*.id", SAME_ID),
    ("workshop.yml", "exercises", "*.id", SAME_ID),
    ("workshop.yml", "agendas", "*", TWICE),
    ("workshop.yml", "guide", "*.id", SAME_ID),
    ("workshop.yml", "preparation", "*.id", SAME_ID),
    ("workshop.yml", "manager", "*.id", SAME_ID),
    ("workshop.yml", "talk", "*.area", TWICE),
    (COMPETENCES, "levels", "*", SAME_TEXT),
    (COMPETENCES, "expected.levels", "*.*", TWO_LEVELS),
    (COMPETENCES, "expected.alternatives.*", "*.*", TWO_LEVELS),
    (COMPETENCES, "expected.not_relevant", "*", TWICE),
    (COMPETENCES, "support.*.levels", "*", TWICE),
)

NUMBER = re.compile(r"\d+\.\d+")
BETWEEN = re.compile(r"[\s,;/]+(?:och\s+)?")  # what may stand between ids instead of a comma

# Wrong type, by the first word of pydantic's name for it: what is right, and how to write it.
TYPES = {
    "string": ("en text", "Sätt citattecken runt: {quoted}."),
    "tuple": ("en lista", 'Skriv [{example}], eller en rad som börjar med "- " för varje del.'),
    "dict": ("en grupp", "Skriv en indragen rad för varje del: numret, kolon och det som hör dit."),
    "model": ("en grupp av fält", "Skriv fälten på var sin rad, indragna: {fields}."),
    "int": ("ett heltal", "Skriv siffran ensam, utan citattecken."),
    "bool": ("true (ja) eller false (nej)", "Skriv true eller false."),
    "date": ("ett datum", "Skriv år, månad och dag: 2024-09-02."),
}
# Other errors, by pydantic's name or the model's pattern: what to say.
ERRORS = {
    r"\S": "{name} är tom. Skriv en text.",
    r"^\d+$": '{name} är "{written}", men ska vara ett heltal inom citattecken: "1".',
    r"^\d+\.\d+$": '{name} är "{written}", men ska vara områdets nummer, punkt och ett nummer: "1.2".',
    r"^\d+\.\d+(\.\d+)?$": '{name} är "{written}", men ska vara två eller tre tal med punkt emellan: "1.2".',
    r"^[a-z0-9]+(-[a-z0-9]+)*$": '{name} är "{written}", men får bara ha små bokstäver (a-z), siffror och '
    'bindestreck. Skriv till exempel "{slug}".',
    "url": '{name} är "{written}", som inte är en webbadress. Skriv hela adressen utan mellanslag, '
    "från https:// till slutet.",
    "key": "{keys} kan inte stå först på en rad här. Skriv ett heltal utan citattecken.",
    "level": "{keys} är ingen nivå. Skriv 1, 2, 3, 4 eller 5 utan citattecken, eller ändra indraget.",
    "greater_than_equal": "{name} är {written}, men ska vara minst {ge}.",
    "less_than_equal": "{name} är {written}, men får vara högst {le}.",
    "too_short": "{name} har {actual_length} delar, men ska ha minst {min_length}.",
    "too_long": "{name} har fler än {max_length} delar. Ta bort dem som är för många.",
    "other": "{name} är fel skrivet. Jämför med samma fält på ett annat ställe.",
}
ERRORS[r"^https?://\S+$"] = ERRORS["url"]

# The ids of each list; None when they cannot all be read or one is lost under another's, so that nothing can
# be called unknown.
Known = dict[str, list[str] | None]


class FrameworkErrors(Exception):  # noqa: N818 - it holds many
    """Everything that is wrong; as text one line a problem, by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda item: (natural(item.path), item.line, item.message))
        super().__init__("\n".join(map(str, self.problems)))


def load(root: Path) -> Framework:
    """Return the framework of the project in `root`, which has `framework/`, `docs/` and `mkdocs.yml`.

    Areas and competences come in the order of their numbers (1.9 before 1.10). Nothing is kept between calls.
    Raises FrameworkErrors with all that is wrong: in the texts, the page stubs and the navigation.
    """
    if not (root / "framework").is_dir():
        raise FrameworkErrors(
            [Problem("framework", 1, f'mappen finns inte i "{root}". Stå i projektets mapp.')]
        )
    sources, problems = _read(root / "framework")
    competences = {Path(name).stem: source for name, source in sources.items() if name not in FILES}
    known: Known = {kind: _ids(sources, kind) for kind in IDS}
    _check_references(sources, known)
    _check_distinct(sources)
    _check_level_names(sources["framework.yml"])
    for_whom = _check_areas(sources["areas.yml"], competences, known)
    for number, source in competences.items():
        _check_competence(number, source, for_whom, known)
    _check_titles(competences)
    for source in sources.values():
        _check_terms(source)
    parts = {name: _validate(FILES.get(name, FILES[COMPETENCES]), source) for name, source in sources.items()}
    _check_workshop(sources["workshop.yml"], competences)
    problems += [problem for source in sources.values() for problem in source.problems.values()]
    problems += check_pages(root, known)
    if problems:
        raise FrameworkErrors(problems)
    return Framework(
        basics=parts["framework.yml"],
        parts=parts["roles.yml"].parts,
        roles=parts["roles.yml"].roles,
        areas=tuple(sorted(parts["areas.yml"], key=lambda area: natural(area.id))),
        competences=tuple(part for name, part in parts.items() if name not in FILES),
        questions=parts["questions.yml"],
        sources=parts["sources.yml"],
        workshop=parts["workshop.yml"],
    )


def natural(text: str) -> tuple[int | str, ...]:
    """Return a sorting key that counts: 1.9 comes before 1.10."""
    return tuple(int(part) if at % 2 else part for at, part in enumerate(re.split(r"(\d+)", text)))


def _read(folder: Path) -> tuple[dict[str, Source], list[Problem]]:
    """Return the files by their right names, in order, and what is wrong with the names that they have."""
    chosen = {name: name for name in FILES if name != COMPETENCES}
    absent = [name for name in chosen if not (folder / name).is_file()]
    problems = []
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("[!.~]*") if path.is_file()]
    for name in sorted(set(names) - {"README.md"}, key=natural):
        proper = re.sub(r"(?i)(\.ya?ml)?(\.[a-z]+)?$", ".yml", name, count=1)  # Notepad adds .txt
        ours = proper in FILES or re.fullmatch(r"competences/[^/]+\.yml", proper)
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
    sources = {}
    for right in sorted(chosen, key=natural):
        path = folder / chosen[right]
        sources[right] = Source(f"framework/{chosen[right]}", path.read_bytes() if path.is_file() else None)
    return sources, problems


def _of(sources: dict[str, Source], file: str) -> list[Source]:
    if file == COMPETENCES:
        return [source for name, source in sources.items() if name not in FILES]
    return [sources[file]]


def _ids(sources: dict[str, Source], kind: str) -> list[str] | None:
    _, file, field = IDS[kind]
    if file == COMPETENCES:
        stems = [(Path(name).stem, source) for name, source in sources.items() if name not in FILES]
        ids = [stem if NUMBER.fullmatch(stem) else source.at(("id",)) for stem, source in stems]
    else:
        start = (field,) if field else ()
        entries = sources[file].at(start)
        if not isinstance(entries, list) or sources[file].doubled_in(start):
            return None
        ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    readable = all(isinstance(own, str) and re.fullmatch("[a-z0-9.-]+", own) for own in ids)
    return ids if ids and readable and len(set(ids)) == len(ids) else None


def _check_references(sources: dict[str, Source], known: Known) -> None:
    for kind, (noun, home, field) in IDS.items():
        if (ids := known[kind]) is None:
            continue
        used: defaultdict[str, list[tuple[Source, Place]]] = defaultdict(list)
        for file, pattern, _ in (row for row in REFERENCES if row[2] == kind):
            for source in _of(sources, file):
                for place, value in source.find(pattern):
                    if isinstance(value, str) and value.strip():
                        used[value].append((source, place))
        whole: Place = (field,) if field else ()
        pages = dict(SHOWN.get(kind, ()))
        for value in pages:
            used[value].append((sources[home], whole))
        for value, places in [(value, places) for value, places in used.items() if value not in ids]:
            if len(words := BETWEEN.split(value.strip())) > 1 and set(words) <= set(ids):
                for source, place in places:
                    source.blame(place, f'ett komma saknas i "{shown(value)}". Skriv {", ".join(words)}.')
                continue
            unused = [own for own in ids if own not in used]
            near = nearest(value, unused) or (unused[0] if len(unused) == 1 else None)
            if near and len(places) > 1 and home in sources:
                at, word = ids.index(near), shown(value)  # misspelt in one place, where it is made
                message = (
                    f'"{near}" används inte, men "{word}" används {len(places)} gånger. Ska det stå "{word}"?'
                )
                sources[home].blame((*whole, at, "id"), message)
                ids[at] = value
                continue
            for source, place in places:
                hint = _hint(value, ids, f" (framework/{home})")
                if value in pages and source is sources.get(home):
                    advice = "Hämta tillbaka den, eller låt en utvecklare ändra sidan."
                    hint = f"Sidan {pages[value]} visar den. {advice}"
                source.blame(place, f'{noun} "{shown(value)}" finns inte. {hint}')


def _check_distinct(sources: dict[str, Source]) -> None:
    for file, group, items, message in DISTINCT:
        for source in _of(sources, file):
            for start, _ in source.find(group):
                seen: dict[str | int, Place] = {}
                for place, value in source.find(items, start):
                    if not isinstance(value, str | int) or value == "":
                        continue
                    same = " ".join(value.split()).casefold() if isinstance(value, str) else value
                    first = seen.setdefault(same, place)
                    if first != place:
                        names = {"here": place, "there": first, "parent": first[:-1]}
                        words = {word: source.spot(at).name for word, at in names.items()}
                        line = source.spot(first).line
                        source.blame(place, message.format(value=shown(str(value)), line=line, **words))


def _check_level_names(source: Source) -> None:
    levels = [value for _, value in source.find("levels.*.level")]
    complete = len(levels) == len(list(source.find("levels.*"))) and not source.doubled_in(("levels",))
    if levels and complete and levels != list(LEVELS) and all(level in LEVELS for level in levels):
        same = [level == right for level, right in zip(levels, LEVELS, strict=False)]
        at = same.index(False) if False in same else len(levels) - 1
        numbers = ", ".join(map(str, levels))
        source.blame(
            ("levels", at, "level"),
            f"nivåerna ska vara 1, 2, 3, 4, 5 i den ordningen, men är {numbers}. Rätta listan.",
        )


def _check_areas(source: Source, competences: dict[str, Source], known: Known) -> dict[str, list[str]]:
    """Check that each area has competences, and the roles of most of them; return whom each area is for."""
    for_whom: dict[str, list[str]] = {}
    roles = known["role"] or []
    numbers = [*competences, *(str(own.at(("id",))) for own in competences.values())]
    used = {number.partition(".")[0] for number in numbers}
    for place, area in source.find("*.id"):
        if isinstance(area, str) and re.fullmatch(r"\d+", area) and area not in used:
            source.blame(
                place,
                f"området {area} har ingen kompetens. Skapa framework/competences/{area}.1.yml, "
                "eller ta bort området.",
            )
        named = source.at((place[0], "roles")) or []
        meant = [nearest(str(role), roles) for role in named] if isinstance(named, list) else [None]
        if not isinstance(area, str) or None in meant:
            continue
        for_whom[area] = list(filter(None, meant))
        own = [item for number, item in competences.items() if number.partition(".")[0] == area]
        placed = [{role for _, role in item.find("expected.levels.*.*") if role in roles} for item in own]
        for role in roles if named and known["area"] else ():
            times = sum(role in item for item in placed)
            if role not in for_whom[area] and times > max(1, len(own) / 2):
                message = f'rollen "{role}" saknas, men har en nivå i {times} kompetenser i område {area}.'
                source.blame((place[0], "roles"), f"{message} Skriv den här, eller ta bort den där.")
                for_whom[area].append(role)
    return for_whom


def _check_titles(competences: dict[str, Source]) -> None:
    first: dict[str, Source] = {}
    for number, source in competences.items():
        title = source.at(("title",))
        if isinstance(title, str) and title.strip() and source.at(("id",)) == number:
            other = first.setdefault(" ".join(title.split()).casefold(), source)
            if other is not source:
                where = f"{other.path}, rad {other.spot(('title',)).line}"
                source.blame(("title",), f'titeln "{shown(title)}" finns redan ({where}). Skriv en annan.')


def _check_terms(source: Source) -> None:
    """Check that the words that a text is said to explain are in it; how they end may differ."""
    for pattern in ("support.*", "principles.*", "sections.*"):
        for place, _ in source.find(pattern):
            fields = ("name", "title", "text", "text.*")
            texts = [value for key in fields for _, value in source.find(key, place)]
            whole = " ".join(text for text in texts if isinstance(text, str)).casefold()
            for at, term in source.find("terms.*", place):
                stems = [word[: max(4, len(word) - 3)] for word in str(term).casefold().split()]
                if whole and not any(stem in whole for stem in stems):
                    message = (
                        f'ordet "{shown(str(term))}" finns inte i texten. Skriv ett ord som texten förklarar.'
                    )
                    source.blame(at, message)


def _check_workshop(source: Source, competences: dict[str, Source]) -> None:
    """Check that slides have titles, that their minutes fill the agendas, that there are examples to rate."""
    for place, slide in source.find("slides.*"):
        titled = {"title", "sections", "exercise"} & set(slide if isinstance(slide, dict) else ())
        if not titled and isinstance(slide, dict) and slide.get("show") != "motivation":
            source.blame(place, "bilden har ingen rubrik. Lägg till title.")
    agendas = [value for _, value in source.find("agendas.*")]
    parts = list(source.find("slides.*.minutes.*"))
    strange = {at[-1]: at for at, _ in reversed(parts) if at[-1] not in agendas}
    for length, place in strange.items():
        if isinstance(length, int) and agendas:
            source.blame(place, f'{length} är ingen längd i "agendas". Välj bland {_list(agendas)}.')
    maps = all(isinstance(value, dict) for _, value in source.find("slides.*.minutes"))
    formed = maps and not strange and all(type(value) is int and value > 0 for _, value in parts)
    for place, agenda in source.find("agendas.*"):
        total = sum(value for at, value in parts if at[-1] == agenda) if formed else agenda
        if type(agenda) is int and not source.doubled_in(("slides",)) and total != agenda:
            source.blame(
                place, f"bildernas minuter blir {total}, inte {agenda}. Ändra {agenda}: under minutes."
            )
    for place, number in source.find("cases.*.competence"):
        if isinstance(number, str) and number in competences:
            own, level = competences[number], source.at((*place[:-1], "level"))
            levels = [at[:2] for at, value in own.find("support.*.levels.*") if value == level]
            kinds = [own.at((*at, "kind")) for at in levels]
            if not own.problems and "exempel" not in kinds:
                advice = f"kompetens {number} har inget exempel på nivå {level}. Välj ett annat."
                source.blame(place[:-1], advice)


def _check_competence(number: str, source: Source, for_whom: dict[str, list[str]], known: Known) -> None:
    """Check what must agree inside one competence, and with its file's name, its area and the roles."""
    own, area, ids = source.at(("id",)), number.partition(".")[0], known["area"]
    if isinstance(own, str) and own != number:
        advice = f'Skriv "{number}", eller byt' if NUMBER.fullmatch(number) else "Byt"
        source.blame(("id",), f'id är "{shown(own)}" men filen heter {number}.yml. {advice} namn på filen.')
    elif own == number and NUMBER.fullmatch(number) and ids is not None and area not in ids:
        source.blame(("id",), f'området "{area}" finns inte. {_hint(area, ids, " (framework/areas.yml)")}')

    if isinstance(texts := source.at(("levels",)), dict):
        missing = [level for level in LEVELS if level not in texts]
        if len(missing) > len(set(texts) - set(LEVELS)) and ("levels",) not in source.doubled:
            source.blame(
                ("levels",),
                f'text saknas för nivå {_list(missing)}. Skriv en rad som börjar med "{missing[0]}:".',
            )

    for place, text in source.find("support.*.links.*.text"):
        whole = source.at((*place[:2], "text"))
        if isinstance(text, str) and isinstance(whole, str) and text not in whole:
            words, length = whole.split(), len(text.split())
            parts = [" ".join(words[at : at + length]).strip(".,:;!?()") for at in range(len(words))]
            near = nearest(text, parts)
            advice = f'Menade du "{near}"?' if near else "Skriv av de ord i texten som ska bli länk."
            source.blame(place, f'länktexten "{shown(text)}" finns inte i stödtexten. {advice}')

    for place, _ in source.find("support.*"):
        last, end = place, 0
        links = [
            (str(source.at((*place, "text"))).find(str(text)), at, str(text))
            for at, text in source.find("links.*.text", place)
        ]
        for start, at, text in sorted(links, key=lambda link: link[:2]):
            if 0 <= start < end:
                other = f'"{source.written(last)}" (rad {source.spot(last).line})'
                source.blame(
                    at, f'länktexten "{shown(text)}" står i samma ord som {other}. Låt länkarna ha egna ord.'
                )
            elif start >= 0:
                last, end = at, start + len(text)

    reading, alternatives = (source.at(("expected", field)) for field in ("reading", "alternatives"))
    if reading in ("clear", "confirmed") and alternatives:
        source.blame(
            ("expected", "alternatives"),
            f'en läsning som är "{reading}" kan inte läsas på annat sätt. '
            'Ta bort "alternatives", eller ändra "reading".',
        )
    if reading == "uncertain" and not alternatives:
        source.blame(
            ("expected", "reading"),
            'en läsning som är "uncertain" ska ha "alternatives", som säger hur raden annars kan läsas. '
            'Lägg till det, eller skriv till exempel "probable".',
        )
    if (roles := known["role"]) is not None and ids is not None and area in for_whom:
        _check_roles(source, roles, area, for_whom[area])


def _check_roles(source: Source, roles: list[str], area: str, for_whom: list[str]) -> None:
    """Check that each role is where it should be; `for_whom` is the area's roles, everyone when empty."""
    placed = {role: place for place, role in source.find("expected.levels.*.*") if isinstance(role, str)}
    for place, role in source.find("expected.not_relevant.*"):
        if isinstance(role, str) and role in placed:
            level, line = source.spot(placed[role][:-1]).name, source.spot(placed[role]).line
            source.blame(
                place, f'rollen "{role}" står också på {level} (rad {line}). Låt den stå på ett ställe.'
            )
    mentioned = [
        (place, value)
        for pattern in ("levels.*", "levels.*.*", "not_relevant", "not_relevant.*", "alternatives.*.*.*")
        for place, value in source.find(f"expected.{pattern}")
        if isinstance(value, str)
    ]
    if for_whom:
        for place, role in mentioned:
            if role in roles and role not in for_whom:
                who = _list(for_whom)
                source.blame(
                    place, f'rollen "{role}" hör inte till område {area}, som är för {who}. Ta bort den.'
                )
    elif isinstance(source.at(("expected", "levels")), dict):
        words = [BETWEEN.split(value) for place, value in mentioned if place[1] != "alternatives"]
        meant = [word if word in roles else nearest(word, roles) for part in words for word in part]
        missing = [role for role in roles if role not in meant]
        if len(missing) > meant.count(None) and ("expected", "levels") not in source.doubled:
            source.blame(
                ("expected", "levels"),
                f"{'rollen' if len(missing) == 1 else 'rollerna'} {_list(missing)} saknas. "
                "Skriv på vilken nivå, eller under not_relevant.",
            )


def _validate(adapter: TypeAdapter[Any], source: Source) -> Any:
    """Return the model made from a file; what pydantic finds wrong is noted in Swedish."""
    if source.data is None and source.problems:
        return None
    try:
        return adapter.validate_python(source.data)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    schema = adapter.json_schema()
    missing: defaultdict[Place, list[str]] = defaultdict(list)
    unknown: defaultdict[Place, list[str | int]] = defaultdict(list)
    odd: defaultdict[Place, list[str | int]] = defaultdict(list)
    values: list[ErrorDetails] = []
    for wrong in errors:
        if wrong["type"] == "missing":
            missing[wrong["loc"][:-1]].append(str(wrong["loc"][-1]))
        elif wrong["type"] in ("extra_forbidden", "invalid_key"):
            unknown[wrong["loc"][:-1]].append(wrong["loc"][-1])
        elif wrong["loc"][-1:] == ("[key]",):
            odd[wrong["loc"][:-2]].append(wrong["loc"][-2])
        elif wrong["type"] != "too_short" or not any(
            other["loc"][: len(wrong["loc"])] == wrong["loc"] for other in errors if other is not wrong
        ):  # a malformed part is not counted
            values.append(wrong)
    for parent, keys in odd.items():
        template = ERRORS["level" if {"levels", "alternatives"} & set(parent) else "key"]
        source.blame((*parent, keys[0]), template.format(keys=_list(keys)))
    for wrong in values:
        if not set(wrong["loc"][-1:]) & set(odd.get(wrong["loc"][:-1], ())):
            source.blame(wrong["loc"], _explain(wrong, source, schema))
    told = set()
    for parent, keys in unknown.items():
        fields, siblings = _fields(schema, parent), (parent[:-1], *keys)
        if len([key for key in keys if not nearest(str(key), fields)]) > 2:
            # Hardly misspelt: these belong elsewhere, and so do the same ones of the next items in the list.
            missing.pop(parent, None)
            if siblings not in told:
                advice = "Saknas en rad ovanför, eller är indraget fel?"
                source.blame((*parent, keys[0]), f"fälten {_list(map(str, keys))} finns inte här. {advice}")
                told.add(siblings)
        else:
            for key in keys:
                message = _unknown_field(str(key), fields, schema, missing[parent])
                source.blame((*parent, key), message)
    for parent, names in missing.items():
        if names and parent not in source.doubled:
            where = f" i {source.spot(parent).name}" if parent else ""
            noun, rows = ("fältet", "en rad") if len(names) == 1 else ("fälten", "rader")
            begin = _list(f"{name}:" for name in names)
            message = f"{noun} {_list(names)} saknas{where}. Skriv {rows} som börjar med {begin}."
            source.blame((*parent, names[0]), message)
    return None


def _unknown_field(word: str, fields: list[str], schema: dict[str, Any], missing: list[str]) -> str:
    """Say what an unknown field should be; the one that it stands for is then no longer `missing`."""
    alike = nearest(word, missing) or nearest(word, fields)
    meant = alike or (missing[0] if len(missing) == 1 else None)
    if meant in missing:
        missing.remove(meant)
    hint = f'Menade du "{meant}"?' if meant else f"Välj bland {_list(fields)}."
    if word.isdecimal() or any(
        word in part.get("properties", {}) for part in schema.get("$defs", {}).values()
    ):
        hint += " Är raden rätt indragen?"
    elif not alike and not re.fullmatch("[a-z_]+", word):
        hint += " Är raden en text med kolon: sätt hela texten inom citattecken."
    return f'fältet "{shown(word)}" finns inte. {hint}'


def _explain(wrong: ErrorDetails, source: Source, schema: dict[str, Any]) -> str:
    """Return what to say of a value that is wrong."""
    place, kind, context = wrong["loc"], wrong["type"], wrong.get("ctx", {})
    name, written, value = source.spot(place).name, source.written(place), source.at(place)
    family = kind.partition("_")[0]
    if kind == "enum":
        choices = re.findall("'([^']*)'", context["expected"])
        return f'"{written}" kan inte stå som {name}. {_hint(written, choices)}'
    if family == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return f"{name} är {written}, men den dagen finns inte. Rätta månaden eller dagen."
    if family in TYPES and re.search("_(type|parsing|from)", kind):
        right, advice = TYPES[family]
        found = _found(value, written)
        template = (
            "{name} är tom. Skriv " + right + "."
            if value is None
            else f"{{name}} ska vara {right}, men {found}. {advice}"
        )
    else:
        template = ERRORS.get(context.get("pattern", kind)) or ERRORS.get(family) or ERRORS["other"]
    letters = unicodedata.normalize("NFKD", written.lower()).encode("ascii", "ignore").decode()
    return template.format(
        **context,
        name=name,
        written=written,
        example="a, b" if isinstance(value, dict) else written,
        quoted=f"'{written}'" if '"' in written else f'"{written}"',
        slug=re.sub("[^a-z0-9]+", "-", letters).strip("-") or "ett-id",
        fields=_list(_fields(schema, place)),
    )


def _found(value: Any, written: str) -> str:
    """Return what a value of the wrong type is, as the end of a clause."""
    match value:
        case bool():
            return f"{written} läses som ja eller nej"
        case int() | float():
            return f"{written} läses som ett tal"
        case date():
            return f"{written} läses som ett datum"
        case str():
            return f'är texten "{written}"'
        case list():
            return "är en lista"
    return "är en grupp av fält"


def _fields(schema: dict[str, Any], place: Place) -> list[str]:
    """Return the names of the fields that the model at `place` has."""

    def resolved(part: dict[str, Any]) -> dict[str, Any]:
        part = part.get("anyOf", [part])[0]
        found: dict[str, Any] = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        return found

    part = resolved(schema)
    for step in place:
        below = part.get("properties", {}).get(step) or part.get("items") or part.get("additionalProperties")
        part = resolved(below or {})
    return list(part.get("properties", {}))


def _hint(word: str, choices: Iterable[str], where: str = "") -> str:
    near = nearest(word, choices)
    return f'Menade du "{near}"?' if near else f"Välj bland {_list(choices)}{where}."


def _list(words: Iterable[object]) -> str:
    """Return words as Swedish lists them: "a", "b" och "c"; numbers without quotation marks."""
    shown_words = [f'"{word}"' if isinstance(word, str) else str(word) for word in words]
    return " och ".join(filter(None, [", ".join(shown_words[:-1]), *shown_words[-1:]]))


def main(arguments: list[str]) -> int:
    """Print whether the project in the named folder is in order, or what is wrong; return the exit status."""
    try:
        framework = load(Path(arguments[0] if arguments else "."))
    except FrameworkErrors as errors:
        print(errors, file=sys.stderr)
        return 1
    texts = sum(len(competence.support) for competence in framework.competences)
    print(
        f"Allt stämmer: {len(framework.competences)} kompetenser, {len(framework.roles)} roller, "
        f"{len(framework.areas)} områden, {texts} stödtexter, {len(framework.questions)} frågor."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Ids: which there are, where they are referred to, and what else must differ inside one file.

To add a rule, add a row: a kind of id to IDS, a field that refers to one to REFERENCES, values that must all
differ to DISTINCT.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from macros.check.files import COMPETENCES, FOLDERS, SUPPORT, Files
from macros.check.source import Place, Source
from macros.check.words import hint, nearest, shown

# The ids of each list; None when they cannot all be read or one is lost under another's, so that nothing can
# be called unknown.
Known = dict[str, list[str] | None]


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


class Reference(NamedTuple):
    """Places of a file that refer to a kind of id; "*" is any key or item."""

    file: str
    places: str
    kind: str


REFERENCES = (
    Reference("site.yml", "tool.link", "link"),
    Reference("site.yml", "learning.*.link", "link"),
    Reference("site.yml", "agreed", "question"),
    Reference("site.yml", "ungraded", "question"),
    Reference("site.yml", "principles", "section"),
    Reference("areas.yml", "*.roles.*", "role"),
    Reference("roles.yml", "roles.*.part", "part"),
    Reference("framework.yml", "sections.*.source", "document"),
    Reference("framework.yml", "sections.*.links.*", "link"),
    Reference("sources.yml", "origins.*.documents.*", "document"),
    Reference("sources.yml", "mends.*.document", "document"),
    Reference("sources.yml", "notes.*.document", "document"),
    Reference("workshop.yml", "example", "competence"),
    Reference("workshop.yml", "cases.*.competence", "competence"),
    Reference("workshop.yml", "talk.*.area", "area"),
    Reference("workshop.yml", "slides.*.exercise", "exercise"),
    Reference("workshop.yml", "*.*.sections.*", "section"),
    Reference("workshop.yml", "*.*.principles.*", "principle"),
    Reference("workshop.yml", "*.*.questions.*", "question"),
    Reference(COMPETENCES, "expected.levels.*.*", "role"),
    Reference(COMPETENCES, "expected.not_relevant.*", "role"),
    Reference(COMPETENCES, "expected.alternatives.*.*.*", "role"),
    Reference(COMPETENCES, "support.*.roles.*", "role"),
    Reference(COMPETENCES, "support.*.parts.*", "part"),
    Reference(SUPPORT, "part", "part"),
    Reference(SUPPORT, "support.*.competence", "competence"),
    Reference(SUPPORT, "support.*.roles.*", "role"),
)


class Distinct(NamedTuple):
    """Values that must all differ inside each `group` of a file, and the message when they do not."""

    file: str
    group: str
    items: str
    says: str
    least: int = 0  # letters: shorter texts may be equal


SAME_ID = 'id "{value}" finns redan på rad {line}. Skriv ett annat.'
TWICE = '"{value}" står redan på rad {line}. Ta bort det ena.'
TWO_LEVELS = 'rollen "{value}" står redan på {parent} (rad {line}). Låt den stå på en nivå.'
SAME_NAME = 'namnet "{value}" finns redan på rad {line}. Skriv ett annat.'
SAME_TEXT = "{here} har samma text som {there} (rad {line}). Skriv vad som skiljer dem åt."
SAME_QUESTION = "frågan finns redan på rad {line}. Skriv en annan, eller ta bort den ena."
AGAIN = 'texten "{value}" finns redan på rad {line}. Skriv en annan, eller ta bort den ena.'
SAME_URL = "adressen finns redan på rad {line}. Ta bort den ena."
DISTINCT = (
    Distinct("site.yml", "learning", "*.name", SAME_NAME),
    Distinct("areas.yml", "", "*.id", SAME_ID),
    Distinct("areas.yml", "", "*.name", SAME_NAME),
    Distinct("areas.yml", "*.roles", "*", TWICE),
    Distinct("questions.yml", "", "*.id", SAME_ID),
    Distinct("questions.yml", "", "*.question", SAME_QUESTION),
    Distinct("questions.yml", "", "*.answer", AGAIN, least=25),
    Distinct("roles.yml", "parts", "*.name", SAME_NAME),
    Distinct("roles.yml", "roles", "*.note", AGAIN),
    Distinct("roles.yml", "roles.*.keywords", "*", TWICE),
    Distinct("roles.yml", "parts", "*.id", SAME_ID),
    Distinct("roles.yml", "roles", "*.id", SAME_ID),
    Distinct("roles.yml", "roles", "*.name", SAME_NAME),
    Distinct("framework.yml", "principles", "*.id", SAME_ID),
    Distinct("framework.yml", "process", "*.id", SAME_ID),
    Distinct("framework.yml", "sections", "*.id", SAME_ID),
    Distinct("framework.yml", "sections.*.links", "*", TWICE),
    Distinct("framework.yml", "links", "*.id", SAME_ID),
    Distinct("framework.yml", "links", "*.url", SAME_URL),
    Distinct("framework.yml", "links", "*.text", AGAIN),
    Distinct("framework.yml", "introduction", "*", AGAIN),
    Distinct("framework.yml", "motivation.scale", "*", TWICE),
    Distinct("framework.yml", "principles", "*.name", SAME_NAME),
    Distinct("framework.yml", "principles", "*.text", AGAIN),
    Distinct("framework.yml", "principles.*.terms", "*", TWICE),
    Distinct("framework.yml", "process", "*.name", SAME_NAME),
    Distinct("framework.yml", "process", "*.text", AGAIN),
    Distinct("framework.yml", "sections", "*.title", SAME_NAME),
    Distinct("framework.yml", "sections", "*.text.*", AGAIN),
    Distinct("framework.yml", "sections.*.points", "*", AGAIN),
    Distinct("framework.yml", "sections.*.points", "*.text", AGAIN),
    Distinct("framework.yml", "sections.*.points.*.points", "*", AGAIN),
    Distinct("framework.yml", "sections.*.terms", "*", TWICE),
    Distinct("sources.yml", "documents", "*.id", SAME_ID),
    Distinct("sources.yml", "documents", "*.name", SAME_NAME),
    Distinct("sources.yml", "origins", "*.part", SAME_NAME),
    Distinct("sources.yml", "notes", "*.text", AGAIN),
    Distinct("sources.yml", "origins.*.documents", "*", TWICE),
    Distinct("workshop.yml", "slides", "*.id", SAME_ID),
    Distinct("workshop.yml", "exercises", "*.id", SAME_ID),
    Distinct("workshop.yml", "agendas", "*", TWICE),
    Distinct("workshop.yml", "guide", "*.id", SAME_ID),
    Distinct("workshop.yml", "preparation", "*.id", SAME_ID),
    Distinct("workshop.yml", "manager", "*.id", SAME_ID),
    Distinct("workshop.yml", "talk", "*.area", TWICE),
    Distinct("workshop.yml", "talk", "*.ask.*", AGAIN),
    Distinct("workshop.yml", "slides", "*.title", SAME_NAME),
    Distinct("workshop.yml", "slides.*.script", "*", AGAIN),
    Distinct("workshop.yml", "exercises", "*.title", SAME_NAME),
    Distinct("workshop.yml", "exercises.*.steps", "*", AGAIN),
    *(
        Distinct("workshop.yml", group, items, says)
        for group in ("guide", "preparation", "manager")
        for items, says in (("*.title", SAME_NAME), ("*.text.*", AGAIN), ("*.points.*", AGAIN))
    ),
    *(
        Distinct("workshop.yml", f"{group}.*.{field}", "*", TWICE)
        for group in ("slides", "guide", "preparation", "manager")
        for field in ("sections", "principles", "questions")
    ),
    Distinct(COMPETENCES, "levels", "*", SAME_TEXT),
    Distinct(COMPETENCES, "expected.levels", "*.*", TWO_LEVELS),
    Distinct(COMPETENCES, "expected.alternatives.*", "*.*", TWO_LEVELS),
    Distinct(COMPETENCES, "expected.not_relevant", "*", TWICE),
    Distinct(COMPETENCES, "support.*.parts", "*", TWICE),
    Distinct(COMPETENCES, "digcomp", "*", TWICE),
    Distinct(COMPETENCES, "keywords", "*", TWICE),
    *(
        Distinct(file, *row)
        for file in FOLDERS
        for row in (
            ("support.*.levels", "*", TWICE),
            ("support", "*.text", AGAIN),
            ("support.*.terms", "*", TWICE),
            ("support.*.roles", "*", TWICE),
            ("support.*.links", "*.url", SAME_URL),
        )
    ),
)

NUMBER = re.compile(r"\d+\.\d+")
BETWEEN = re.compile(r"[\s,;/]+(?:och\s+)?")  # what editors may write between ids instead of a comma


def known_ids(files: Files) -> Known:
    """Return the ids that can be referred to."""
    return {kind: _ids(files, kind) for kind in IDS}


def _ids(files: Files, kind: str) -> list[str] | None:
    _, file, field = IDS[kind]
    if file == COMPETENCES:
        stems = files.competences.items()
        ids = [stem if NUMBER.fullmatch(stem) else source.at(("id",)) for stem, source in stems]
    elif file not in files.sources:
        return []
    else:
        start = (field,) if field else ()
        entries = files[file].at(start)
        if not isinstance(entries, list) or files[file].doubled_in(start):
            return None
        ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    readable = all(isinstance(own, str) and re.fullmatch("[a-z0-9.-]+", own) for own in ids)
    return ids if ids and readable and len(set(ids)) == len(ids) else None


# An id → the places that refer to it.
Used = dict[str, list[tuple[Source, Place]]]


def check_references(files: Files, known: Known) -> None:
    """Record in the files which referenced ids do not exist."""
    for kind, ids in known.items():
        if ids is not None:
            used = _used(files, kind)
            for value in [value for value in used if value not in ids]:
                _blame_unknown(files, kind, ids, value, used)


def _used(files: Files, kind: str) -> Used:
    used: Used = defaultdict(list)
    for row in REFERENCES:
        for source in files.all_of(row.file) if row.kind == kind else ():
            for place, value in source.find(row.places):
                if isinstance(value, str) and value.strip():
                    used[value].append((source, place))
    return used


def _blame_unknown(files: Files, kind: str, ids: list[str], value: str, used: Used) -> None:
    """Report the places that reference an unknown id, or the one definition where it is misspelt."""
    (noun, home, field), places = IDS[kind], used[value]
    if len(words := BETWEEN.split(value.strip())) > 1 and set(words) <= set(ids):
        for source, place in places:
            source.blame(place, f'ett komma saknas i "{shown(value)}". Skriv {", ".join(words)}.')
        return
    unused = [own for own in ids if own not in used]
    near = nearest(value, unused) or (unused[0] if len(unused) == 1 else None)
    if near and len(places) > 1 and home != COMPETENCES:
        at, word = ids.index(near), shown(value)  # misspelt once, in its definition
        message = f'"{near}" används inte, men "{word}" används {len(places)} gånger. Ska det stå "{word}"?'
        files[home].blame((field, at, "id") if field else (at, "id"), message)
        ids[at] = value
        return
    for source, place in places:
        advice = hint(value, ids, f" (framework/{home})")
        source.blame(place, f'{noun} "{shown(value)}" finns inte. {advice}')


def check_distinct(files: Files) -> None:
    """Record in the files which values are equal but must differ."""
    for row in DISTINCT:
        for source in files.all_of(row.file):
            for start, _ in source.find(row.group):
                _check_group(source, start, row)


def _check_group(source: Source, start: Place, row: Distinct) -> None:
    seen: dict[str | int, Place] = {}
    for place, value in source.find(row.items, start):
        if not isinstance(value, str | int) or value == "" or len(str(value)) < row.least:
            continue
        same = " ".join(value.split()).casefold() if isinstance(value, str) else value
        first = seen.setdefault(same, place)
        if first != place:
            names = {"here": place, "there": first, "parent": first[:-1]}
            words = {word: source.spot(at).name for word, at in names.items()}
            line = source.spot(first).line
            # A line of a list that is doubled is one mistake.
            at = source.spot(place).line if row.says == TWICE else place
            source.blame(at, row.says.format(value=shown(str(value)), line=line, **words))

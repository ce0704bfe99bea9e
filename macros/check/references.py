"""Ids: which there are, where they are referred to, and what else must differ inside one file.

To add a rule, add to a table: a kind of id to IDS, a field that refers to one to REFERENCES, values that must
all differ to DISTINCT.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from macros.check.files import COMPETENCES, SUPPORT, Files
from macros.check.source import Place, Source
from macros.check.words import folded, hint, nearest, shown

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


REFERENCES = tuple(
    Reference(file, places, kind)
    for file, kinds in {
        "site.yml": {
            "link": "tool.link learning.*.link",
            "question": "agreed ungraded",
            "section": "principles",
        },
        "areas.yml": {"role": "*.roles.*"},
        "roles.yml": {"part": "roles.*.part"},
        "framework.yml": {"document": "sections.*.source", "link": "sections.*.links.*"},
        "sources.yml": {"document": "origins.*.documents.* mends.*.document notes.*.document"},
        "workshop.yml": {
            "competence": "example cases.*.competence",
            "area": "talk.*.area",
            "exercise": "slides.*.exercise",
            "section": "*.*.sections.*",
            "principle": "*.*.principles.*",
            "question": "*.*.questions.*",
        },
        COMPETENCES: {
            "role": "expected.levels.*.* expected.not_relevant.* expected.alternatives.*.*.* "
            "support.*.roles.*",
            "part": "support.*.parts.*",
        },
        SUPPORT: {"part": "part", "competence": "support.*.competence", "role": "support.*.roles.*"},
    }.items()
    for kind, patterns in kinds.items()
    for places in patterns.split()
)

SAME_ID = 'id "{value}" finns redan på rad {there.line}. Skriv ett annat.'
TWICE = '"{value}" står redan på rad {there.line}. Ta bort det ena.'
TWO_LEVELS = 'rollen "{value}" står redan på {parent.name} (rad {there.line}). Låt den stå på en nivå.'
SAME_NAME = 'namnet "{value}" finns redan på rad {there.line}. Skriv ett annat.'
SAME_TEXT = "{here.name} har samma text som {there.name} (rad {there.line}). Skriv vad som skiljer dem åt."
SAME_QUESTION = "frågan finns redan på rad {there.line}. Skriv en annan, eller ta bort den ena."
AGAIN = 'texten "{value}" finns redan på rad {there.line}. Skriv en annan, eller ta bort den ena.'
# What a slide or a passage of the workshop shows of the framework.
_SHOWN = " ".join(
    f"{group}.*.{field}/*"
    for group in ("slides", "guide", "preparation", "manager")
    for field in ("sections", "principles", "questions")
)
SAME_URL = "adressen finns redan på rad {there.line}. Ta bort den ena."
# By file, then by the message: patterns "group/values". Inside each group the values must all differ.
DISTINCT = {
    "site.yml": {SAME_NAME: "learning/*.name"},
    "areas.yml": {SAME_ID: "/*.id", SAME_NAME: "/*.name", TWICE: "*.roles/*"},
    "questions.yml": {SAME_ID: "/*.id", SAME_QUESTION: "/*.question", AGAIN: "/*.answer"},
    "roles.yml": {
        SAME_ID: "parts/*.id roles/*.id",
        SAME_NAME: "parts/*.name roles/*.name",
        AGAIN: "roles/*.note",
        TWICE: "roles.*.keywords/*",
    },
    "framework.yml": {
        SAME_ID: "principles/*.id process/*.id sections/*.id links/*.id",
        SAME_NAME: "principles/*.name process/*.name sections/*.title",
        SAME_URL: "links/*.url",
        AGAIN: "links/*.text introduction/* principles/*.text process/*.text sections/*.text.* "
        "sections.*.points/* sections.*.points/*.text sections.*.points.*.points/*",
        TWICE: "sections.*.links/* motivation.scale/* principles.*.terms/* sections.*.terms/*",
    },
    "sources.yml": {
        SAME_ID: "documents/*.id",
        SAME_NAME: "documents/*.name origins/*.part",
        AGAIN: "notes/*.text",
        TWICE: "origins.*.documents/*",
    },
    "workshop.yml": {
        SAME_ID: "slides/*.id exercises/*.id guide/*.id preparation/*.id manager/*.id",
        SAME_NAME: "slides/*.title exercises/*.title guide/*.title preparation/*.title manager/*.title",
        AGAIN: "talk/*.ask.* slides.*.script/* exercises.*.steps/* guide/*.text.* guide/*.points.* "
        "preparation/*.text.* preparation/*.points.* manager/*.text.* manager/*.points.*",
        TWICE: f"agendas/* talk/*.area {_SHOWN}",
    },
    COMPETENCES: {
        SAME_TEXT: "levels/*",
        TWO_LEVELS: "expected.levels/*.* expected.alternatives.*/*.*",
        AGAIN: "support/*.text",
        SAME_URL: "support.*.links/*.url",
        TWICE: "expected.not_relevant/* support.*.parts/* digcomp/* keywords/* support.*.levels/* "
        "support.*.terms/* support.*.roles/*",
    },
    SUPPORT: {
        AGAIN: "support/*.text",
        SAME_URL: "support.*.links/*.url",
        TWICE: "support.*.levels/* support.*.terms/* support.*.roles/*",
    },
}
LEAST = {"questions.yml /*.answer": 25}  # letters: shorter texts may be equal

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
        for source, place, value in files.find(row.file, row.places) if row.kind == kind else ():
            if folded(value):
                used[value].append((source, place))
    return used


def _blame_unknown(files: Files, kind: str, ids: list[str], value: str, used: Used) -> None:
    """Report the places that reference an unknown id, or the one definition where it is misspelt."""
    (noun, home, field), places, word = IDS[kind], used[value], shown(value)
    unused = [own for own in ids if own not in used]
    near = nearest(value, unused) or (unused[0] if len(unused) == 1 else None)
    if len(words := BETWEEN.split(value.strip())) > 1 and set(words) <= set(ids):
        message = f'ett komma saknas i "{word}". Skriv {", ".join(words)}.'
    elif near and len(places) > 1 and home != COMPETENCES:
        at = ids.index(near)  # misspelt once, in its definition
        message = f'"{near}" används inte, men "{word}" används {len(places)} gånger. Ska det stå "{word}"?'
        places = [(files[home], (field, at, "id") if field else (at, "id"))]
        ids[at] = value
    else:
        message = f'{noun} "{word}" finns inte. {hint(value, ids, f" (framework/{home})")}'
    for source, place in places:
        source.blame(place, message)


def check_distinct(files: Files) -> None:
    """Record in the files which values are equal but must differ."""
    for file, rows in DISTINCT.items():
        for says, patterns in rows.items():
            for pattern in patterns.split():
                group, values = pattern.split("/")
                for source, start, _ in files.find(file, group):
                    _check_group(source, start, values, says, LEAST.get(f"{file} {pattern}", 0))


def _check_group(source: Source, start: Place, values: str, says: str, least: int) -> None:
    seen: dict[str | int, Place] = {}
    for place, value in source.find(values, start):
        if not isinstance(value, str | int) or value == "" or len(str(value)) < least:
            continue
        first = seen.setdefault(folded(value) if isinstance(value, str) else value, place)
        if first != place:
            here, there, parent = (source.spot(at) for at in (place, first, first[:-1]))
            # A line of a list that is doubled is one mistake.
            at = here.line if says == TWICE else place
            source.blame(at, says.format(value=shown(str(value)), here=here, there=there, parent=parent))

"""What one part of the framework says against another, or leaves empty.

To add a rule, write a `_check_…` and call it in `check_contents`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

from macros.check.addresses import wrong_address
from macros.check.files import FOLDERS, SUPPORT, Files
from macros.check.references import Known
from macros.check.source import Place, Source, day, members
from macros.check.words import folded, hint, listed, shown
from macros.support import LocalText, Support
from macros.versions import Kept, numbers

# Texts of competences that no other competence should have.
OWN_TEXTS = ("definition", "levels.*", "support.*.text")
SHORT = 20  # letters; what is shorter may well be the same in two places
# Lists that may be written out as empty.
MAY_BE_EMPTY = {"support", "mends", "links"}
# What a passage must have one of, by the list it is in.
CONTENTS = {
    "sections": ("text", "points", "links"),
    **dict.fromkeys(
        ("guide", "preparation", "manager"), ("text", "points", "sections", "principles", "questions")
    ),
}
URLS = {"framework.yml": "links.*.url", **dict.fromkeys(FOLDERS, "support.*.links.*.url")}
NUMERALS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_NUMBER = rf"(?:\d+|{'|'.join(NUMERALS[1:])})"
_BETWEEN = r"(?: ?[-–+/,] ?| och | eller | till | samt | och på nivå )"
NAMED_LEVELS = re.compile(rf"(?i)\bnivå(?:n|er|erna)? ({_NUMBER}(?:{_BETWEEN}{_NUMBER})*)\b")


def check_contents(files: Files, known: Known, levels: list[int], kept: Sequence[Kept]) -> None:
    """Record in the files what is empty, unused or contradicts itself or the versions that are kept."""
    _check_version(files["framework.yml"], kept)
    _check_dates(files)
    _check_parts(files["roles.yml"], known["part"])
    _check_own_texts(files.competences, kept)
    _check_motivations(files["areas.yml"])
    _check_local(files)
    for source in (*files.competences.values(), *files.local.values()):
        _check_levels_said(source, levels)
    for source in files.competences.values():
        _check_empty_levels(source, levels)
    for source in files.sources.values():
        _check_passages(source)
        _check_empty_lists(source, (), source.data)
    _check_where(files["sources.yml"], known, levels)
    for file, pattern in URLS.items():
        for source, place, url in files.find(file, pattern):
            # The model refuses other ones.
            formed = isinstance(url, str) and re.fullmatch(r"https?://\S+", url)
            if formed and (told := wrong_address(url, '"url"')):
                source.blame(place, told)


def _check_version(source: Source, kept: Sequence[Kept]) -> None:
    """Version and date follow those of the last published version."""
    version, since = source.at(("version",)), day(source.at(("date",)))
    if not kept or not isinstance(version, str) or not re.fullmatch(r"\d+\.\d+(\.\d+)?", version):
        return
    last, own = kept[-1], numbers(version)
    major, minor, patch = last.number
    following = (f"{major + 1}.0", f"{major}.{minor + 1}", f"{major}.{minor}.{patch + 1}")
    message = ""
    if own < last.number:
        message = f"version är lägre än den förra ({last.version}). Skriv den eller en högre."
    elif own > last.number and own not in map(numbers, following):
        choices = listed(following, "eller")
        message = f"version är {version}, men den förra är {last.version}. Skriv {choices}."
    if message:
        source.blame(("version",), message)
    if since and since < last.date:
        what = "beslutet" if len(kept) == 1 else f"version {last.version}"
        source.blame(("date",), f"date är tidigare än {what} ({last.date}). Rätta dagen.")
    elif since and since > last.date and own == last.number:
        message = f"date är {since}, men version {last.version} började gälla {last.date}."
        source.blame(("date",), f"{message} Skriv den dagen, eller höj version.")


def _check_dates(files: Files) -> None:
    """Dates are of our time: a year is easily mistyped."""
    latest = (date.today() + timedelta(days=366)).year
    for file, pattern in (("framework.yml", "date"), ("sources.yml", "documents.*.date"), (SUPPORT, "date")):
        for source, place, value in files.find(file, pattern):
            if (found := day(value)) and not 1990 <= found.year <= latest:
                source.blame(place, f"år {found.year} ser fel ut. Rätta årtalet.")


def _check_parts(source: Source, parts: list[str] | None) -> None:
    """Each part of the organisation has a role."""
    used = [part for _, part in source.find("roles.*.part")]
    every = len(used) == len(list(source.find("roles.*")))  # else one without its part may be missing here
    if parts is None or source.doubled_in(("roles",)) or not every or not {*map(str, used)} <= {*parts}:
        return
    for place, part in source.find("parts.*.id"):
        if part not in used:
            advice = f"Lägg till en roll med part: {part}, eller ta bort delen."
            source.blame(place, f'delen "{part}" har ingen roll. {advice}')


def _check_own_texts(competences: dict[str, Source], kept: Sequence[Kept]) -> None:
    """No competence has a text of another, unless a kept version has the two alike there.

    Without any version only definitions are compared.
    """
    homes: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for number, kind, same in chain.from_iterable(version.texts() for version in kept):
        homes[same].add((number, kind))
    twins = {(kind, one, other) for found in homes.values() for one, kind in found for other, _ in found}
    places: defaultdict[str, list[tuple[str, Source, Place]]] = defaultdict(list)
    for number, source in competences.items():
        # A copy of a file is reported as that.
        for pattern in (OWN_TEXTS if kept else OWN_TEXTS[:1]) if source.at(("id",)) == number else ():
            for place, text in source.find(pattern):
                if len(same := folded(text)) > SHORT:
                    places[same].append((number, source, place))
    for same, found in places.items():
        owners = {number for number, _ in homes[same]}
        first, *others = sorted(found, key=lambda one: one[0] not in owners)
        for number, source, place in others:
            kind = " ".join(map(str, place[:2])) if place[0] == "levels" else str(place[0])
            if source is not first[1] and (kind, first[0], number) not in twins:
                where = f"kompetens {first[0]} ({first[1].path}, rad {first[1].spot(first[2]).line})"
                source.blame(place, f"texten är samma som i {where}. Skriv kompetensens egen.")


def _check_local(files: Files) -> None:
    """A file of local support is about the part in its name, and its texts are nowhere else."""
    first = {
        folded(text): (source, place)
        for source in files.competences.values()
        for place, text in source.find("support.*.text")
    }
    for name, source in files.local.items():
        part = source.at(("part",))
        if isinstance(part, str) and part != name:
            advice = f'Skriv "{name}", eller byt namn på filen.'
            source.blame(("part",), f'part är "{shown(part)}" men filen heter {name}.yml. {advice}')
        for place, text in source.find("support.*.text"):
            other, at = first.setdefault(folded(text), (source, place))
            if other is not source and len(folded(text)) > SHORT:
                where = f"{other.path}, rad {other.spot(at).line}"
                source.blame(place, f"texten finns redan ({where}). Skriv delens egen, eller ta bort den.")


def _check_motivations(source: Source) -> None:
    """No area has the statement of another: wrong is the one whose name is not in it."""
    first: dict[str, tuple[Place, int]] = {}
    for place, text in source.texts("*.motivation"):
        same, name = folded(text), folded(source.at((place[0], "name")))
        match = sum(word[:6] in same for word in re.findall(r"\w{4,}", name))
        other, fits = first.setdefault(same, (place, match))
        if same and other != place:
            wrong, right = (other, place) if match > fits else (place, other)
            area, line = source.at((right[0], "id")), source.spot(right).line
            says = f"påståendet om motivation är samma som för område {area} (rad {line})."
            source.blame(wrong, f"{says} Skriv områdets eget.")


def levels_said(text: str) -> list[int]:
    """Return the levels that a text names in words or figures: «nivå 2», «nivå 3–5», «nivå två och tre»."""
    found: set[int] = set()
    for group in NAMED_LEVELS.findall(text):
        previous, span = 0, False
        for number, sign in re.findall(rf"(?i)({_NUMBER})(?: ?([-–]| till )?)", group):
            level = int(number) if number.isdigit() else NUMERALS.index(number.casefold())
            found.update(range(previous, level + 1) if span else (level,))
            previous, span = level, bool(sign)
    return sorted(found - {0})


def _check_levels_said(source: Source, levels: list[int]) -> None:
    """A support text is on the levels that its own words name."""
    for place, text in source.texts("support.*.text") if levels else ():
        item, at = source.at(place[:-1]), (*place[:-1], "levels")
        given, said = item.get("levels"), levels_said(text)
        well = isinstance(given, list) and all(type(level) is int and level in levels for level in given)
        if strange := [level for level in said if level not in levels]:
            message = f"texten talar om nivå {listed(strange)}, som inte finns. Välj bland {listed(levels)}."
            source.blame(place, message)
        # A field that does not exist may be `levels`, misspelt.
        elif "levels" not in item and said and {*item} <= {*Support.model_fields, *LocalText.model_fields}:
            message = f"texten talar om nivå {listed(said)}, men levels saknas. Skriv levels: {said}."
            source.blame(place, message)
        elif well and given and not said:
            message = f"levels säger {listed(given)}, men texten nämner ingen nivå. Skriv det i texten, "
            example = f'till exempel "Exempel på nivå {given[0]} är …"'
            source.blame(at, f"{message}{example}, eller ta bort levels.")
        elif well and given and sorted(set(given)) != said:
            message = f"levels säger {listed(given)}, men texten talar om nivå {listed(said)}."
            source.blame(at, f"{message} Ändra det ena.")


def _check_empty_levels(source: Source, levels: list[int]) -> None:
    """Each level under `expected` has a role; one message where none of them has."""
    written = [roles for _, roles in source.find("expected.levels.*")]
    if source.at(("expected", "levels")) == {} or (not any(written) and len(written) == len(levels) > 1):
        message = '"levels" har ingen roll. Skriv rollerna på de nivåer som förväntas av dem.'
        source.blame(("expected", "levels"), message)
        return
    for pattern in ("expected.levels.*", "expected.alternatives.*.*"):
        for place, roles in source.find(pattern):
            if roles == []:
                name = source.spot(place).name
                source.blame(place, f"{name} har ingen roll. Skriv en roll, eller ta bort raden.")


def _check_passages(source: Source) -> None:
    """A passage has contents, and points where they are to be numbered."""
    for group, fields in CONTENTS.items():
        for place, item in source.find(f"{group}.*"):
            if not isinstance(item, dict) or source.doubled_in(place):
                continue
            name = shown(str(item.get("id") or item.get("title") or source.spot(place).name))
            if not any(map(item.get, fields)):
                if set(item) <= {"id", "group", "title", "source", "numbered", "terms", *fields}:
                    *most, last = fields
                    source.blame(place, f'texten "{name}" har varken {", ".join(most)} eller {last}.')
            elif item.get("numbered") is True and not item.get("points"):
                message = f'texten "{name}" har inga points att numrera. Ta bort raden numbered.'
                source.blame((*place, "numbered"), message)


def _check_empty_lists(source: Source, place: Place, value: object) -> None:
    """No list is written out without anything in it."""
    for key, below in members(value):
        at = (*place, key)
        top = not place and key not in ("keywords", "notes")  # a file that is empty, or a list it must have
        if below == [] and isinstance(key, str) and key not in MAY_BE_EMPTY and not top:
            source.blame(at, f'"{shown(key)}" är en tom lista. Skriv något i den, eller ta bort raden.')
        _check_empty_lists(source, at, below)


def _check_where(source: Source, known: Known, levels: list[int]) -> None:
    """What is mended or noted is in a competence, an area and on a level that exists."""
    nouns = (
        ("kompetensen", known["competence"], r"(?i)\bkompetens (\d+\.\d+)"),
        ("området", known["area"], r"(?i)\bområde (\d+)(?![.\d])"),
    )
    for pattern in ("mends.*.where", "notes.*.where"):
        for place, where in source.texts(pattern):
            for noun, ids, words in nouns:
                for number in re.findall(words, where):
                    if ids and number not in ids:
                        source.blame(place, f'{noun} "{number}" finns inte. {hint(number, ids)}')
            for level in re.findall(r"(?i)\bnivå (\d+)", where) if levels else ():
                if int(level) not in levels:
                    source.blame(place, f"nivå {level} finns inte. Välj bland {listed(levels)}.")

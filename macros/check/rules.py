"""The rules between places that no table can express: what one part of the framework requires of another.

To add a rule, write a `_check_…` and call it in `check`; a rule about ids goes to a table in `references`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from macros.check.files import ROLES, Files
from macros.check.references import BETWEEN, NUMBER, Known, check_distinct, check_references
from macros.check.source import Place, Problem, Source
from macros.check.statement import check_statement
from macros.check.words import folded, hint, listed, nearest, shown


def named_levels(files: Files) -> list[int]:
    """Return the levels of the framework, lowest first; none where that cannot be known.

    They are what `framework.yml` names, unless that is out of order or fewer than most competences have.
    """
    source = files["framework.yml"]
    named = [value for _, value in source.find("levels.*.level")]
    staircases = [[level for (_, level), _ in item.find("levels.*")] for item in files.competences.values()]
    whole = Counter(len(levels) for levels in staircases if _in_order(levels))
    most, times = whole.most_common(1)[0] if whole else (0, 0)
    listed_well = _in_order(named) and not source.doubled_in(("levels",))
    if listed_well and (len(named) >= most or times <= len(staircases) / 2):
        most = len(named)
    return list(range(1, most + 1))


def _in_order(levels: Sequence[object]) -> bool:
    return bool(levels) and [*levels] == list(range(1, len(levels) + 1))


def check(files: Files, known: Known, levels: list[int]) -> None:
    """Note in the files what is wrong between places."""
    check_references(files, known)
    check_distinct(files)
    _check_level_names(files["framework.yml"], levels)
    _check_general(files["roles.yml"])
    everyone, for_whom = known["role"] or [], _check_areas(files, known)
    must_have = {area: _usual_roles(files, area, own) if own else everyone for area, own in for_whom.items()}
    for number, source in files.competences.items():
        _check_number(number, source, known["area"])
        _check_level_texts(source, levels)
        _check_reading(source)
        if (area := _area(number)) in for_whom and everyone and known["area"]:
            _check_roles(source, everyone, area, for_whom[area], must_have[area])
    _check_titles(files.competences)
    check_statement(files["accessibility.yml"])
    for source in files.sources.values():
        _check_links(source)
        _check_terms(source)


def _area(number: str) -> str:
    return number.partition(".")[0]


def needed(files: Files) -> dict[str, list[Place]]:
    """Return what files lack that they must have, since the framework has roles or motivation: by file.

    Motivation is needed everywhere as soon as it is anywhere.
    """
    found: dict[str, list[Place]] = {}
    if ROLES in files.sources:
        for number, source in files.competences.items():
            if isinstance(source.data, dict) and "expected" not in source.data:
                found[f"competences/{number}.yml"] = [("expected",)]
    basics, areas = files["framework.yml"], files["areas.yml"]
    rated = [at[:1] for at, _ in areas.find("*.motivation")]
    if _rates_motivation(files):
        if isinstance(basics.data, dict) and "motivation" not in basics.data:
            found["framework.yml"] = [("motivation",)]
        found["areas.yml"] = [
            (*at, "motivation") for at, area in areas.find("*") if isinstance(area, dict) and at not in rated
        ]
    return found


def _rates_motivation(files: Files) -> bool:
    """Return whether motivation is rated: whether the scale or any statement is there."""
    found = (files["framework.yml"].find("motivation"), files["areas.yml"].find("*.motivation"))
    return any(True for places in found for _ in places)


def _check_level_names(source: Source, levels: list[int]) -> None:
    seen: dict[str, Place] = {}
    for place, name in source.find("levels.*.name"):
        first = seen.setdefault(folded(str(name)), place)
        if first != place and isinstance(name, str) and name.strip():
            number, other = (source.at((*at[:-1], "level")) for at in (place, first))
            same = f"nivå {number} har samma namn som nivå {other} (rad {source.spot(first).line})."
            source.blame(place, f"{same} Skriv ett annat.")
    named = [value for _, value in source.find("levels.*.level")]
    complete = len(named) == len(list(source.find("levels.*"))) and not source.doubled_in(("levels",))
    if named and complete and named != levels and all(level in levels for level in named):
        pairs = enumerate(zip(named, levels, strict=False))
        at = next((at for at, (level, right) in pairs if level != right), len(named) - 1)
        right, numbers = (", ".join(map(str, row)) for row in (levels, named))
        message = f"nivåerna ska vara {right} i den ordningen, men är {numbers}. Rätta listan."
        source.blame(("levels", at, "level"), message)


def _check_general(source: Source) -> None:
    general = [place for place, value in source.find("roles.*.general") if value is True]
    for place in general[1:]:
        where = f'"{source.written((*general[0][:-1], "name"))}" (rad {source.spot(general[0]).line})'
        source.blame(place, f"den allmänna rollen är redan {where}. Ta bort general på det ena stället.")


def _check_areas(files: Files, known: Known) -> dict[str, list[str]]:
    """Each area has competences, and the roles of most of them; return whom each area is for."""
    for_whom: dict[str, list[str]] = {}
    source, roles = files["areas.yml"], known["role"] or []
    numbers = [*files.competences, *(str(own.at(("id",))) for own in files.competences.values())]
    used = set(map(_area, numbers))
    for place, area in source.texts("*.id"):
        if re.fullmatch(r"\d+", area) and area not in used:
            advice = f"Skapa framework/competences/{area}.1.yml, eller ta bort området."
            source.blame(place, f"området {area} har ingen kompetens. {advice}")
        at = (place[0], "roles")
        named = source.at(at) or []
        meant = [nearest(str(role), roles) for role in named] if isinstance(named, list) else [None]
        if None in meant:
            continue
        for_whom[area] = list(filter(None, meant))
        own = _in_area(files, area)
        placed = [{role for _, role in item.find("expected.levels.*.*") if role in roles} for item in own]
        for role in roles if named and known["area"] else ():
            times = sum(role in item for item in placed)
            if role not in for_whom[area] and times > max(1, len(own) / 2):
                message = f'rollen "{role}" saknas, men har en nivå i {times} kompetenser i område {area}.'
                source.blame(at, f"{message} Skriv den här, eller ta bort den där.")
                for_whom[area].append(role)
    return for_whom


def _in_area(files: Files, area: str) -> list[Source]:
    return [source for number, source in files.competences.items() if _area(number) == area]


def _check_titles(competences: dict[str, Source]) -> None:
    first: dict[str, Source] = {}
    for number, source in competences.items():
        title = source.at(("title",))
        if folded(title) and source.at(("id",)) == number:
            other = first.setdefault(folded(title), source)
            if other is not source:
                where = f"{other.path}, rad {other.spot(('title',)).line}"
                source.blame(("title",), f'titeln "{shown(title)}" finns redan ({where}). Skriv en annan.')


def _check_terms(source: Source) -> None:
    """The terms listed for a text are in it; their endings may differ."""
    for pattern in ("support.*", "principles.*", "sections.*"):
        for place, _ in source.find(pattern):
            fields = ("name", "title", "text", "text.*")
            whole = " ".join(text for key in fields for _, text in source.texts(key, place)).casefold()
            for at, term in source.find("terms.*", place):
                stems = [word[: max(4, len(word) - 3)] for word in str(term).casefold().split()]
                if whole and not any(stem in whole for stem in stems):
                    word = shown(str(term))
                    source.blame(
                        at, f'ordet "{word}" finns inte i texten. Skriv ett ord som texten förklarar.'
                    )


def _check_number(number: str, source: Source, areas: list[str] | None) -> None:
    """A competence has the number in its file's name, and an existing area."""
    own, area = source.at(("id",)), _area(number)
    if isinstance(own, str) and own != number:
        advice = f'Skriv "{number}", eller byt' if NUMBER.fullmatch(number) else "Byt"
        source.blame(("id",), f'id är "{shown(own)}" men filen heter {number}.yml. {advice} namn på filen.')
    elif own == number and NUMBER.fullmatch(number) and areas is not None and area not in areas:
        source.blame(("id",), f'området "{area}" finns inte. {hint(area, areas, " (framework/areas.yml)")}')


def _check_level_texts(source: Source, levels: list[int]) -> None:
    written = source.repeated.get(("levels",), [])
    wrong = [at for at, (key, _) in enumerate(written[: len(levels)]) if key != str(levels[at])]
    if len(written) == len(levels) and len(wrong) == 1:
        (key, line), right = written[wrong[0]], levels[wrong[0]]
        others = [other for own, other in written if own == key and other != line]
        last = max([line, *others])  # where the reader found the second of them
        where, which = (f"också på rad {others[0]}", "raden") if others else ("två gånger", "den ena")
        message = f"nivå {key} finns {where}, och nivå {right} saknas. Ska {which} heta {right}?"
        source.problems[last] = Problem(source.path, line, message)
    if isinstance(texts := source.at(("levels",)), dict):
        missing = [level for level in levels if level not in texts]
        if len(missing) > len(set(texts) - set(levels)) and ("levels",) not in source.doubled:
            advice = f'Skriv en rad som börjar med "{missing[0]}:".'
            source.blame(("levels",), f"text saknas för nivå {listed(missing)}. {advice}")


def _check_links(source: Source) -> None:
    """The words of each link are in the support text, and in no other link's words."""
    for support, _ in source.find("support.*"):
        whole, last, end = source.at((*support, "text")), support, 0
        links = source.find("links.*.text", support)
        found = [(str(whole).find(str(text)), at, text) for at, text in links]
        for start, at, text in sorted(found, key=itemgetter(0)):
            if start < 0 and isinstance(text, str) and isinstance(whole, str):
                words, length = whole.split(), len(text.split())
                parts = [" ".join(words[n : n + length]).strip(".,:;!?()") for n in range(len(words))]
                near = nearest(text, parts)
                advice = f'Menade du "{near}"?' if near else "Skriv av de ord i texten som ska bli länk."
                source.blame(at, f'länktexten "{shown(text)}" finns inte i stödtexten. {advice}')
            elif 0 <= start < end:
                other = f'"{source.written(last)}" (rad {source.spot(last).line})'
                same = f'länktexten "{shown(str(text))}" står i samma ord som {other}.'
                source.blame(at, f"{same} Låt länkarna ha egna ord.")
            elif start >= 0:
                last, end = at, start + len(str(text))


def _check_reading(source: Source) -> None:
    """An unsure row of expected levels has its alternative readings."""
    reading, alternatives = (source.at(("expected", field)) for field in ("reading", "alternatives"))
    if reading in ("clear", "confirmed") and alternatives:
        message = f'en läsning som är "{reading}" kan inte läsas på annat sätt.'
        advice = 'Ta bort "alternatives", eller ändra "reading".'
        source.blame(("expected", "alternatives"), f"{message} {advice}")
    if reading == "uncertain" and not alternatives:
        message = 'en läsning som är "uncertain" ska ha "alternatives", som säger hur raden annars kan läsas.'
        advice = 'Lägg till det, eller skriv till exempel "probable".'
        source.blame(("expected", "reading"), f"{message} {advice}")


def _usual_roles(files: Files, area: str, for_whom: list[str]) -> list[str]:
    """Return those of an area's roles that most of its competences mention: the others should, too."""
    own = _in_area(files, area)
    mentioned = [
        {role for at in ("levels.*.*", "not_relevant.*") for _, role in item.texts(f"expected.{at}")}
        for item in own
        if str(item.at(("id",))) in files.competences
    ]
    return [role for role in for_whom if sum(role in item for item in mentioned) > max(1, len(own) / 2)]


def _check_roles(source: Source, roles: list[str], area: str, for_whom: list[str], needed: list[str]) -> None:
    """Each role is where it should be.

    `for_whom` is the area's roles, everyone when empty; `needed` those that should be mentioned.
    """
    placed = {role: place for place, role in source.texts("expected.levels.*.*")}
    for place, role in source.texts("expected.not_relevant.*"):
        if role in placed:
            level, line = source.spot(placed[role][:-1]).name, source.spot(placed[role]).line
            message = f'rollen "{role}" står också på {level} (rad {line}).'
            source.blame(place, f"{message} Låt den stå på ett ställe.")
    mentioned = [
        found
        for pattern in ("levels.*", "levels.*.*", "not_relevant", "not_relevant.*", "alternatives.*.*.*")
        for found in source.texts(f"expected.{pattern}")
    ]
    for place, role in mentioned if for_whom else ():
        if role in roles and role not in for_whom:
            who = f"område {area}, som är för {listed(for_whom)}"
            source.blame(place, f'rollen "{role}" hör inte till {who}. Ta bort den.')
    at = ("expected", "levels")
    written = [value for _, value in source.find("expected.levels.*")]
    unsure = None in written or [] in written
    if isinstance(source.at(at), dict) and not (unsure and (any(written) or for_whom)):
        words = [BETWEEN.split(value) for place, value in mentioned if place[1] != "alternatives"]
        meant = [word if word in roles else nearest(word, roles) for part in words for word in part]
        missing = [role for role in needed if role not in meant]
        if len(missing) > meant.count(None) and at not in source.doubled:
            noun = "rollen" if len(missing) == 1 else "rollerna"
            advice = "Skriv på vilken nivå, eller under not_relevant."
            source.blame(at, f"{noun} {listed(missing)} saknas. {advice}")


def check_workshop(files: Files) -> None:
    """Slides have titles and what they show, minutes fill the agendas, cases exist.

    Comes after the models, for a competence that does not fit its own is no proof that an example is missing.
    """
    source, rated = files["workshop.yml"], _rates_motivation(files)
    for place, slide in source.find("slides.*"):
        if not isinstance(slide, dict):
            continue
        if slide.get("show") == "motivation":
            if not rated:
                message = "framework.yml har ingen skala för motivation. Ta bort bilden."
                source.blame((*place, "show"), message)
        elif not {"title", "sections", "exercise"} & {*slide}:
            source.blame(place, "bilden har ingen rubrik. Lägg till title.")
    _check_minutes(source)
    for place, number in source.texts("cases.*.competence"):
        if number in files.competences:
            own, level = files.competences[number], source.at((*place[:-1], "level"))
            texts = [own.at(at[:2]) for at, value in own.find("support.*.levels.*") if value == level]
            shared = [text.get("kind") for text in texts if not text.get("parts") and not text.get("roles")]
            if not own.problems and "exempel" not in shared:
                advice = f"kompetens {number} har inget exempel på nivå {level}. Välj ett annat."
                source.blame(place[:-1], advice)


def _check_minutes(source: Source) -> None:
    agendas = [value for _, value in source.find("agendas.*")]
    parts = list(source.find("slides.*.minutes.*"))
    keyed = [*parts, *source.find("slides.*.silence.*")]
    strange = {at[-1]: at for at, _ in reversed(keyed) if at[-1] not in agendas}
    for length, place in strange.items():
        if isinstance(length, int) and agendas:
            source.blame(place, f'{length} är ingen längd i "agendas". Välj bland {listed(agendas)}.')
    maps = all(isinstance(value, dict) for _, value in source.find("slides.*.minutes"))
    formed = maps and not strange and all(type(value) is int and value >= 0 for _, value in parts)
    for place, agenda in source.find("agendas.*"):
        total = sum(value for at, value in parts if at[-1] == agenda) if formed else agenda
        if type(agenda) is int and not source.doubled_in(("slides",)) and total != agenda:
            message = f"bildernas minuter blir {total}, inte {agenda}."
            source.blame(place, f"{message} Ändra {agenda}: under minutes.")

"""Add a role, a competence or a part's own support texts to the framework, in every file concerned.

    python -m macros.add role NAME="Kommunikatör" LIKE=medarbetare
    python -m macros.add competence AREA=5 TITLE="Felsöka"
    python -m macros.add support PART=kulturskolan DOCUMENT="Exempel från Kulturskolan"

`make role`, `make competence` and `make support` do the same. What people must decide, such as a definition,
is left empty, and what the check says of it is printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from macros.check.files import Files, read_files
from macros.check.references import NUMBER
from macros.check.rules import named_levels
from macros.check.source import Place, Source
from macros.check.words import hint, listed, shown, slug
from macros.edit import CannotEditError, Draft, scalar
from macros.load import FrameworkErrors, load

Ask = Callable[[str], str]
Answer = TypeVar("Answer")

FIELDS = {
    "role": ("NAME", "LIKE", "LEVELS", "PART", "ID"),
    "competence": ("AREA", "TITLE", "LIKE", "LEVELS"),
    "support": ("PART", "DOCUMENT"),
}
NEEDED = {"role": ("NAME",), "competence": ("AREA", "TITLE"), "support": ("PART", "DOCUMENT")}
EXAMPLES = {
    "role": 'make role NAME="Kommunikatör" LIKE=medarbetare',
    "competence": 'make competence AREA=5 TITLE="Namnet på kompetensen"',
    "support": 'make support PART=kulturskolan DOCUMENT="Namnet på dokumentet"',
}
NOT_RELEVANT = "-"


class Refused(Exception):  # noqa: N818 - not an error of the program
    """Why nothing was added, and what to write instead."""


class Named(NamedTuple):
    """An entry of a list: its id, its name, its index."""

    id: str
    name: str
    at: int


class Project:
    """What is there already; it need not be in order."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: Files = read_files(root / "framework")
        problems = [problem for source in self.files.sources.values() for problem in source.problems.values()]
        if problems:
            raise FrameworkErrors(problems)
        self.levels = named_levels(self.files)
        self.roles = self._entries("roles.yml", "roles.*")
        self.parts = self._entries("roles.yml", "parts.*")
        self.areas = self._entries("areas.yml", "*")
        self.competences = [
            Named(number, str(source.at(("title",))), at)
            for at, (number, source) in enumerate(self.files.competences.items())
            if NUMBER.fullmatch(number)
        ]

    def _entries(self, file: str, pattern: str) -> list[Named]:
        return [
            Named(str(entry.get("id")), str(entry.get("name")), int(place[-1]))
            for place, entry in self.files[file].find(pattern)
            if isinstance(entry, dict)
        ]

    def part(self, word: str) -> Named:
        """Return the part of the organisation of this id or name, or refuse it."""
        return _find("PART", word, self.parts, "delen")

    def level(self, text: str) -> str:
        """Return a level as it was given, or refuse it."""
        if text not in (*map(str, self.levels), NOT_RELEVANT):
            choices = listed(self.levels, "eller")
            raise Refused(f'"{shown(text)}" är ingen nivå. Skriv {choices}, eller - där den inte är aktuell.')
        return text


def for_whom(files: Files, number: str) -> list[str]:
    """Return the roles that an area (or a competence's area) is for; none where it is for everyone."""
    areas = files["areas.yml"]
    places = [at for at, own in areas.find("*.id") if str(own) == _area(number)]
    return [str(role) for at in places for _, role in areas.find("roles.*", at[:1])]


def placed(source: Source) -> dict[str, str]:
    """Return role id → its expected level in a competence, or NOT_RELEVANT."""
    levels = {str(role): str(at[2]) for at, role in source.find("expected.levels.*.*")}
    return levels | {str(role): NOT_RELEVANT for _, role in source.find("expected.not_relevant.*")}


def add_role(root: Path, given: dict[str, str], ask: Ask | None = None) -> str:
    """Add a role in every file; return what was done. `ask` asks for what is not given."""
    project = _with_roles(root)
    name = given["NAME"]
    own = given.get("ID") or slug(name)
    _refuse_taken(name, own, project.roles)
    like = _find("LIKE", given["LIKE"], project.roles, "rollen") if "LIKE" in given else None
    levels = {
        item.id: level
        for item in project.competences
        if like and (level := placed(project.files.competences[item.id]).get(like.id))
    } | _pairs(project, given.get("LEVELS", ""), project.competences, "kompetensen", "1.1=3 1.2=4")
    if not like and not levels:
        if not ask:
            raise Refused(
                f"nivåerna saknas. Utgå från en roll som finns: {EXAMPLES['role']}. "
                'Eller skriv dem: LEVELS="1.1=3 1.2=4" och så vidare.'
            )
        levels = _ask_levels(project, ask)
    everyone = [item.id for item in project.competences if not for_whom(project.files, item.id)]
    if missing := [number for number in everyone if number not in levels]:
        example = " ".join(f"{number}={project.levels[0]}" for number in missing[:2])
        raise Refused(
            f'nivå saknas för {listed(missing)}. Lägg till dem i LEVELS, så här: LEVELS="{example}".'
        )
    part = _part(project, given, like, ask)
    drafts = [
        _draft_role(project, {"id": own, "name": scalar(name), "part": part.id}),
        *_draft_areas(project, own, like, {_area(number) for number in levels}),
        *(_draft_level(project, own, like, number, level) for number, level in levels.items()),
    ]
    for draft in drafts:
        draft.save()
    source = f" Nivåerna är de som {like.name} har. Gå igenom dem." if like else ""
    return f'Rollen "{name}" ({own}) är tillagd i {len(drafts)} filer i framework/.{source}'


def add_competence(root: Path, given: dict[str, str]) -> str:
    """Write the file of a new competence, last in its area; return what was done."""
    project = Project(root)
    area = _find("AREA", given["AREA"], project.areas, "området")
    title = given["TITLE"]
    if same := [item for item in project.competences if item.name.casefold() == title.casefold()]:
        raise Refused(f'titeln "{shown(title)}" finns redan (kompetens {same[0].id}). Skriv en annan.')
    beside = [item for item in project.competences if _area(item.id) == area.id]
    last = max((int(item.id.partition(".")[2]) for item in beside), default=0)
    number = f"{area.id}.{last + 1}"
    like = _find("LIKE", given["LIKE"], project.competences, "kompetensen") if "LIKE" in given else None
    like = like or (beside[-1] if beside else None)
    roles = for_whom(project.files, area.id) or [role.id for role in project.roles]
    known = placed(project.files.competences[like.id]) if like else {}
    levels = {role: level for role, level in known.items() if role in roles}
    levels |= _pairs(project, given.get("LEVELS", ""), project.roles, "rollen", "medarbetare=2 chef=3")
    path = f"framework/competences/{number}.yml"
    _write(root / path, _competence_lines(project, number, title, levels, like))
    return (
        f'Kompetensen "{title}" har fått numret {number} och filen {path}. '
        "Inledningen i framework.yml säger hur många kompetenser det finns. Se över den i samma beslut."
    )


def add_support(root: Path, given: dict[str, str]) -> str:
    """Write the file of a part's own support texts, the first left empty; return what was done."""
    project = _with_roles(root)
    part = project.part(given["PART"])
    path = f"framework/support/{part.id}.yml"
    if part.id in project.files.local:
        raise Refused(f"{part.name} har redan en fil: {path}. Lägg till texterna i den.")
    lines = (
        "# yaml-language-server: $schema=../schemas/support.json",
        f"part: {part.id}",
        f"document: {scalar(given['DOCUMENT'])}",
        f"date: {date.today()}",
        "support:",
        f'  - competence: "{project.competences[0].id}"',
        "    kind: exempel",
        "    text: >-",
    )
    _write(root / path, lines)
    return f"{part.name} har fått filen {path}. Skriv den första texten, och välj dess kompetens."


def _with_roles(root: Path) -> Project:
    project = Project(root)
    if not project.roles:
        raise Refused("ramverket har inga roller. Skapa framework/roles.yml först, se framework/README.md.")
    return project


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("\n".join((*lines, "")).encode())


def _competence_lines(
    project: Project, number: str, title: str, levels: dict[str, str], like: Named | None
) -> Iterable[str]:
    """Yield the lines of a new competence, with what is to be decided left empty."""
    yield "# yaml-language-server: $schema=../schemas/competence.json"
    yield from (f'id: "{number}"', f"title: {scalar(title)}", "definition: >-", "", "levels:")
    yield from (f"  {level}: >-" for level in project.levels)
    if project.roles:
        yield from _expected_lines(project, levels, like)
    yield from ("", "support: []")


def _expected_lines(project: Project, levels: dict[str, str], like: Named | None) -> Iterable[str]:
    yield from ("", "expected:")
    if like:
        yield f"  # Nivåerna kommer från {like.id}. Ändra dem."
    else:
        yield "  # Skriv rollernas id inom hakparenteserna."
    yield "  # Skriv confirmed efter reading när nivåerna är beslutade. Ta då bort de här två raderna."
    yield from ("  reading:", "  levels:")
    for level in map(str, project.levels):
        roles = [role for role, own in levels.items() if own == level]
        if roles or not levels:
            yield f"    {level}: [{', '.join(roles)}]"
    if absent := [role for role, own in levels.items() if own == NOT_RELEVANT]:
        yield f"  not_relevant: [{', '.join(absent)}]"


def _draft_role(project: Project, fields: dict[str, str]) -> Draft:
    """Add the role after the last one of its part."""
    draft = Draft(project.root, project.files["roles.yml"].path)
    parts = project.files["roles.yml"].find("roles.*.part")
    same = [int(place[1]) for place, part in parts if part == fields["part"]]
    draft.add_item(("roles",), fields, max(same, default=-1))
    return draft


def _draft_areas(project: Project, own: str, like: Named | None, areas: set[str]) -> list[Draft]:
    """Add the role to those of its areas that are for some roles only."""
    draft = Draft(project.root, project.files["areas.yml"].path)
    chosen = [area for area in project.areas if area.id in areas and for_whom(project.files, area.id)]
    for area in chosen:
        draft.add_item((area.at, "roles"), own, _index(for_whom(project.files, area.id), like))
    return [draft] if chosen else []


def _draft_level(project: Project, own: str, like: Named | None, number: str, level: str) -> Draft:
    """Add the role to a competence, after the one that it is like if on the same level."""
    source = project.files.competences[number]
    draft = Draft(project.root, source.path)
    place: Place = (
        ("expected", "levels", int(level)) if level != NOT_RELEVANT else ("expected", "not_relevant")
    )
    if source.node(place):
        draft.add_item(place, own, _index([role for _, role in source.find("*", place)], like))
    elif level == NOT_RELEVANT:
        draft.add_entry(place[:-1], "not_relevant", f"[{own}]", "levels")
    else:
        there = [at[-1] for at, _ in source.find("expected.levels.*")]
        lower = [other for other in there if isinstance(other, int) and other < int(level)]
        draft.add_entry(place[:-1], int(level), f"[{own}]", lower[-1] if lower else None)
    return draft


def _index(roles: list[str], like: Named | None) -> int:
    """Return the index of the role that the new one comes after: the one it is like, or the last."""
    return roles.index(like.id) if like and like.id in roles else -1


def _refuse_taken(name: str, own: str, roles: list[Named]) -> None:
    if not own or own != slug(own):
        raise Refused(
            f'id "{shown(own)}" får bara ha små bokstäver (a-z), siffror och bindestreck. Skriv till exempel '
            f"ID={slug(own) or 'ny-roll'}."
        )
    for role in roles:
        if role.name.casefold() == name.casefold():
            raise Refused(f'namnet "{role.name}" finns redan ({role.id}). Skriv ett annat namn.')
        if role.id == own:
            raise Refused(f'id "{own}" har redan rollen {role.name}. Skriv ett annat, så här: ID={own}-2.')


def _find(field: str, word: str, entries: list[Named], noun: str) -> Named:
    """Return the entry with this id or name, or refuse it."""
    for entry in entries:
        if word.casefold() in (entry.id.casefold(), entry.name.casefold()):
            return entry
    ids = [entry.id for entry in entries]
    raise Refused(f'{noun} "{shown(word)}" ({field}) finns inte. {hint(word, ids)}')


def _part(project: Project, given: dict[str, str], like: Named | None, ask: Ask | None) -> Named:
    ids = [part.id for part in project.parts]
    if "PART" in given:
        return project.part(given["PART"])
    if like:
        return project.part(str(project.files["roles.yml"].at(("roles", like.at, "part"))))
    if len(ids) == 1:
        return project.parts[0]
    if not ask:
        raise Refused(f"vilken del av organisationen hör rollen till? Skriv PART={ids[0]}. {hint('', ids)}")
    return _asked(ask, f"Vilken del av organisationen hör rollen till ({', '.join(ids)})? ", project.part)


def _pairs(project: Project, text: str, entries: list[Named], noun: str, example: str) -> dict[str, str]:
    """Return id → level from LEVELS, written as `example`."""
    pairs = {}
    for word in re.split(r"[\s,;]+", text) if text else ():
        key, equals, level = word.partition("=")
        if not equals:
            raise Refused(f'"{shown(word)}" i LEVELS är inte helt. Skriv så här: LEVELS="{example}".')
        pairs[_find("LEVELS", key, entries, noun).id] = project.level(level)
    return pairs


def _ask_levels(project: Project, ask: Ask) -> dict[str, str]:
    """Ask for the level in each competence; areas for some roles only can be skipped."""
    levels = {}
    for area in project.areas:
        if for_whom(project.files, area.id):
            answer = ask(f"Gäller område {area.id} {area.name} rollen (ja eller nej)? ")
            if not answer.strip().casefold().startswith("j"):
                continue
        for item in project.competences:
            if _area(item.id) == area.id:
                choices = listed(project.levels, "eller")
                question = f"{item.id} {item.name}: {choices}, eller - där den inte är aktuell? "
                levels[item.id] = _asked(ask, question, project.level)
    return levels


def _asked(ask: Ask, question: str, read: Callable[[str], Answer]) -> Answer:
    while True:
        try:
            return read(ask(question).strip())
        except Refused as reason:
            question = f"{reason} "


def _area(number: str) -> str:
    return number.partition(".")[0]


# What adds each kind from what was given, without asking more.
ADD: dict[str, Callable[..., str]] = {"role": add_role, "competence": add_competence, "support": add_support}


def main(arguments: list[str], root: Path = Path(), ask: Ask | None = None) -> int:
    """Add what the arguments say, and print what is left to do; return the exit status."""
    kind, *words = arguments or [""]
    try:
        if kind not in FIELDS:
            raise Refused(f"skriv {' eller '.join(EXAMPLES.values())}.")
        given = _given(kind, words)
        print(add_role(root, given, ask) if kind == "role" else ADD[kind](root, given))
    except (Refused, CannotEditError, FrameworkErrors) as reason:
        print(f"Inget är ändrat. Rätta det här:\n{reason}", file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nInget är ändrat.", file=sys.stderr)
        return 1
    try:
        load(root)
    except FrameworkErrors as errors:
        print(f"Kvar att fylla i eller rätta:\n{errors}")
    else:
        print("make check: allt stämmer.")
    return 0


def _given(kind: str, words: list[str]) -> dict[str, str]:
    """Return field → value from words such as `NAME=Kommunikatör`."""
    fields, given = FIELDS[kind], {}
    for word in words:
        key, _, value = word.partition("=")
        if key not in fields:
            raise Refused(f'"{shown(key)}" finns inte. {hint(key, fields)}')
        if value := " ".join(value.split()):
            given[key] = value
    for key in NEEDED[kind]:
        if key not in given:
            raise Refused(f"{key} saknas. Skriv så här: {EXAMPLES[kind]}")
    return given


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], ask=input if sys.stdin.isatty() else None))

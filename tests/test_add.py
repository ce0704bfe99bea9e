"""A new role or competence: what is written where, and that nothing else in the files changes."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.add import main
from macros.check.source import Place
from macros.edit import CannotEditError, Draft, scalar
from macros.load import FrameworkErrors, load
from macros.model import Competence, Framework

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the real framework."""
    shutil.copytree(ROOT / "framework", tmp_path / "framework")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def problems(root: Path) -> list[str]:
    """Return the problems that the check reports in the framework's own files."""
    try:
        load(root)
    except FrameworkErrors as errors:
        return [str(problem) for problem in errors.problems if problem.path.startswith("framework/")]
    return []


def data(root: Path, name: str) -> Any:
    """Return a file of the framework as plain data."""
    return yaml.safe_load((root / "framework" / name).read_text("utf-8"))


def changes(root: Path) -> dict[str, list[str]]:
    """Return file → its changed lines: what was there with "-", what is there now with "+"."""
    found = {}
    for path in sorted((root / "framework").rglob("*.yml")):
        name = path.relative_to(root / "framework").as_posix()
        old = ROOT / "framework" / name
        before = old.read_bytes().decode().split("\n") if old.is_file() else []
        rows = difflib.ndiff(before, path.read_bytes().decode().split("\n"))
        if changed := [row[0] + row[2:] for row in rows if row[0] in "+-"]:
            found[name] = changed
    return found


@pytest.mark.slow
def test_role_like_another_has_its_levels_everywhere(framework: Framework, project: Path) -> None:
    """For each role: one like it is on the same levels, is not relevant where it is not, and in its areas."""
    for number, like in enumerate(framework.roles):
        assert main(["role", f"NAME=Prov {number}", f"LIKE={like.name}"], project) == 0
    assert problems(project) == []
    new = {role.id: f"prov-{number}" for number, role in enumerate(framework.roles)}
    roster = {role["id"]: role for role in data(project, "roles.yml")["roles"]}
    areas = {area["id"]: area.get("roles", []) for area in data(project, "areas.yml")}
    for like in framework.roles:
        assert roster[new[like.id]] == {
            "id": new[like.id],
            "name": f"Prov {new[like.id][5:]}",
            "part": like.part,
        }
        for area in framework.areas:
            assert (new[like.id] in areas[area.id]) == (like.id in area.roles)
    for competence in framework.competences:
        expected = data(project, f"competences/{competence.id}.yml")["expected"]
        placed = {role: level for level, roles in expected["levels"].items() for role in roles}
        for like in framework.roles:
            assert placed.get(new[like.id]) == competence.expected.by_role.get(like.id), competence.id
            absent = new[like.id] in expected.get("not_relevant", ())
            assert absent == (like.id in competence.expected.not_relevant), competence.id


def test_role_changes_only_the_lines_that_must_change(framework: Framework, project: Path) -> None:
    """A role like the system owner: three lines among the roles, a word in one line of each other file."""
    assert main(["role", "NAME=Ägare av data", "LIKE=systemagare"], project) == 0
    changed = changes(project)
    assert changed.pop("roles.yml") == [
        "+  - id: agare-av-data",
        "+    name: Ägare av data",
        "+    part: systemroller",
    ]
    (area,) = (area for area in framework.areas if area.roles)
    before = ", ".join(area.roles)
    assert changed.pop("areas.yml") == [
        f"-  roles: [{before}]",
        f"+  roles: [{before.replace('systemagare', 'systemagare, agare-av-data')}]",
    ]
    assert set(changed) == {f"competences/{item.id}.yml" for item in framework.competences}
    for name, (before, after) in changed.items():
        assert after[1:].replace(", agare-av-data", "") == before[1:], name


def for_everyone(framework: Framework) -> list[Competence]:
    """Return the competences of the areas that are for every role."""
    return [item for item in framework.competences if not framework.area[item.area_id].roles]


def next_number(framework: Framework, area: str) -> str:
    """Return the number that a new competence in an area gets."""
    return f"{area}.{len(framework.by_area[area]) + 1}"


def test_levels_can_be_given(framework: Framework, project: Path) -> None:
    """LEVELS goes before LIKE; a level without roles gets a line in its place, and so does "not relevant"."""
    lowest, highest = framework.levels[0], framework.levels[-1]
    common = for_everyone(framework)
    first = next(item for item in common if lowest not in item.expected.levels)
    last = next(item for item in common if item is not first and highest not in item.expected.levels)
    never = next(item for item in common if item not in (first, last) and not item.expected.not_relevant)
    some = [item for item in framework.competences if item not in common]
    absent = next(item for item in some if item.expected.not_relevant)
    level, also = next(
        (level, item)
        for item in some
        for level in framework.levels
        if item is not absent and level not in item.expected.levels
    )
    levels = f"{first.id}={lowest} {last.id}={highest}, {also.id}={level} {absent.id}=-  {never.id}=-"
    assert main(["role", "NAME=Provroll", "LIKE=chef", f"LEVELS={levels}"], project) == 0
    changed = changes(project)
    assert changed[f"competences/{first.id}.yml"] == [f"+    {lowest}: [provroll]"]
    assert changed[f"competences/{last.id}.yml"] == [f"+    {highest}: [provroll]"]
    assert changed[f"competences/{never.id}.yml"] == ["+  not_relevant: [provroll]"]
    assert changed[f"competences/{also.id}.yml"] == [f"+    {level}: [provroll]"]
    others = ", ".join(absent.expected.not_relevant)
    assert changed[f"competences/{absent.id}.yml"] == [
        f"-  not_relevant: [{others}]",
        f"+  not_relevant: [{others}, provroll]",
    ]
    for item, new in ((first, lowest), (last, highest), (also, level)):
        placed = data(project, f"competences/{item.id}.yml")["expected"]["levels"]
        assert list(placed) == sorted({*item.expected.levels, new})
    assert problems(project) == []


def test_role_without_a_model_needs_every_level(
    framework: Framework, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without LIKE, each competence that is for everyone needs its level; those for some roles do not."""
    common = [item.id for item in for_everyone(framework)]
    words = ["role", "NAME=Lots", "PART=Kulturskolan", "ID=lotsen"]
    assert main([*words, "LEVELS=" + " ".join(f"{number}=2" for number in common[:-2])], project) == 1
    last, very_last = common[-2:]
    assert f'nivå saknas för "{last}" och "{very_last}". Lägg till dem i LEVELS' in capsys.readouterr().err
    assert changes(project) == {}
    assert main([*words, "LEVELS=" + " ".join(f"{number}=2" for number in common)], project) == 0
    assert changes(project)["roles.yml"] == ["+  - id: lotsen", "+    name: Lots", "+    part: kulturskolan"]
    assert len(changes(project)) == 1 + len(common)
    assert problems(project) == []


def answers(*given: str) -> tuple[list[str], Callable[[str], str]]:
    """Return a list of what was asked, and what answers it with the words in order."""
    asked: list[str] = []
    words: Iterator[str] = iter(given)

    def ask(question: str) -> str:
        asked.append(question)
        return next(words)

    return asked, ask


def in_turn(framework: Framework, everyone: str, some: list[str]) -> list[str]:
    """Return an answer for each competence, and what is answered where an area is for some roles."""
    return [
        word
        for area in framework.areas
        for word in (some if area.roles else [everyone] * len(framework.by_area[area.id]))
    ]


def test_levels_are_asked_for(framework: Framework, project: Path) -> None:
    """At a terminal there is a question for each competence, and again where the answer is no level."""
    first, *_, last = for_everyone(framework)
    some = next(area for area in framework.areas if area.roles)
    given = in_turn(framework, "3", ["nej"])
    end = len(given) - 1 - given[::-1].index("3")
    asked, ask = answers("9", *given[:end], "-", *given[end + 1 :], "kulturen", "kulturskolan")
    assert main(["role", "NAME=Lots"], project, ask) == 0
    assert asked[0] == f"{first.id} {first.title}: 1, 2, 3, 4 eller 5, eller - där den inte är aktuell? "
    assert asked[1] == '"9" är ingen nivå. Skriv 1, 2, 3, 4 eller 5, eller - där den inte är aktuell. '
    assert f"Gäller område {some.id} {some.name} rollen (ja eller nej)? " in asked
    assert asked[-1].startswith('delen "kulturen" (PART) finns inte. Menade du "kulturskolan"?')
    (new,) = (role for role in data(project, "roles.yml")["roles"] if role["id"] == "lots")
    assert new == {"id": "lots", "name": "Lots", "part": "kulturskolan"}
    assert "lots" in data(project, f"competences/{last.id}.yml")["expected"]["not_relevant"]
    assert "lots" in data(project, f"competences/{first.id}.yml")["expected"]["levels"][3]
    assert problems(project) == []


def test_area_for_some_roles_is_asked_about(framework: Framework, project: Path) -> None:
    """After a yes to an area for some roles its competences are asked too, and the role is added to it."""
    (area,) = (area for area in framework.areas if area.roles)
    yes = ["ja", *["2"] * len(framework.by_area[area.id])]
    _, ask = answers(*in_turn(framework, "3", yes), "systemroller")
    assert main(["role", "NAME=Lots"], project, ask) == 0
    (written,) = (entry for entry in data(project, "areas.yml") if entry["id"] == area.id)
    assert written["roles"] == [*area.roles, "lots"]
    assert problems(project) == []


def test_nothing_is_changed_by_who_stops_answering(project: Path) -> None:
    """The end of input leaves all files as they were."""

    def ask(question: str) -> str:
        raise EOFError

    assert main(["role", "NAME=Lots"], project, ask) == 1
    assert changes(project) == {}


REFUSED = {
    "nothing": ([], 'skriv make role NAME="Kommunikatör" LIKE=medarbetare eller make competence AREA=5'),
    "no name": (["role"], 'NAME saknas. Skriv så här: make role NAME="Kommunikatör" LIKE=medarbetare'),
    "empty name": (["role", "NAME= "], "NAME saknas."),
    "unknown field": (["role", "NAMN=Lots"], '"NAMN" finns inte. Menade du "NAME"?'),
    "name taken": (
        ["role", "NAME=chef", "LIKE=chef"],
        'namnet "Chef" finns redan (chef). Skriv ett annat namn.',
    ),
    "id taken": (
        ["role", "NAME=Bibliotekarié", "LIKE=chef"],
        'id "bibliotekarie" har redan rollen Bibliotekarie. Skriv ett annat, så här: ID=bibliotekarie-2.',
    ),
    "no id": (["role", "NAME=?", "LIKE=chef"], "Skriv till exempel ID=ny-roll."),
    "id with capitals": (["role", "NAME=Ö", "LIKE=chef", "ID=Ö 2"], "Skriv till exempel ID=o-2."),
    "unknown model": (
        ["role", "NAME=Lots", "LIKE=medarbetar"],
        'rollen "medarbetar" (LIKE) finns inte. Menade du "medarbetare"?',
    ),
    "no model": (["role", "NAME=Lots"], "nivåerna saknas. Utgå från en roll som finns: make role NAME="),
    "unknown part": (
        ["role", "NAME=Lots", "LIKE=chef", "PART=x"],
        'delen "x" (PART) finns inte. Välj bland "alla"',
    ),
    "no level": (
        ["role", "NAME=Lots", "LIKE=chef", "LEVELS=1.1=6"],
        '"6" är ingen nivå. Skriv 1, 2, 3, 4 eller 5',
    ),
    "half a level": (["role", "NAME=Lots", "LIKE=chef", "LEVELS=1.1"], '"1.1" i LEVELS är inte helt.'),
    "unknown competence": (
        ["role", "NAME=Lots", "LIKE=chef", "LEVELS=9.9=1"],
        'kompetensen "9.9" (LEVELS) finns inte.',
    ),
    "no area": (["competence", "TITLE=Ny"], "AREA saknas. Skriv så här: make competence AREA=5"),
    "unknown area": (
        ["competence", "AREA=99", "TITLE=Ny"],
        'området "99" (AREA) finns inte. Välj bland "1", "2"',
    ),
    "title taken": (
        ["competence", "AREA=5", "TITLE=Lösa tekniska problem"],
        'titeln "Lösa tekniska problem" finns redan (kompetens 5.1). Skriv en annan.',
    ),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_added_is_explained(
    project: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what is missing or wrong and what to write; no file changes."""
    assert main(words, project) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.split("\n")[0]) == ("", "Inget är ändrat. Rätta det här:")
    assert said in told.err
    assert changes(project) == {}


def test_broken_file_is_mended_first(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unreadable file is reported with its line, and no other file changes."""
    file = project / "framework/competences/1.2.yml"
    file.write_text(file.read_text("utf-8").replace("title: ", "title "), "utf-8")
    assert main(["role", "NAME=Lots", "LIKE=chef"], project) == 1
    assert "framework/competences/1.2.yml:3: " in capsys.readouterr().err
    assert set(changes(project)) == {"competences/1.2.yml"}
    assert len(changes(project)["competences/1.2.yml"]) == 2


def test_competence_is_one_file(
    framework: Framework, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All fields are there, the levels those of the competence before it; the check reports what is empty."""
    number, before = next_number(framework, "5"), framework.by_area["5"][-1]
    assert (
        main(["competence", "AREA=5", "TITLE=Felsöka: i drift", "LEVELS=chef=5 koordinator=-"], project) == 0
    )
    assert list(changes(project)) == [f"competences/{number}.yml"]
    path = f"framework/competences/{number}.yml"
    placed = {
        level: [role for role in roles if role not in ("chef", "koordinator")]
        for level, roles in before.expected.levels.items()
    }
    placed[5] = [role.id for role in framework.roles if role.id == "chef" or role.id in placed.get(5, ())]
    lines = [f"    {level}: [{', '.join(roles)}]\n" for level, roles in sorted(placed.items()) if roles]
    assert (project / path).read_text("utf-8") == (
        "# yaml-language-server: $schema=../schemas/competence.json\n"
        f'id: "{number}"\ntitle: "Felsöka: i drift"\ndefinition: >-\n\n'
        "levels:\n  1: >-\n  2: >-\n  3: >-\n  4: >-\n  5: >-\n\n"
        f"expected:\n  # Nivåerna kommer från {before.id}. Ändra dem.\n"
        "  # Skriv confirmed efter reading när nivåerna är beslutade. Ta då bort de här två raderna.\n"
        f"  reading:\n  levels:\n{''.join(lines)}"
        "  not_relevant: [koordinator]\n\nsupport: []\n"
    )
    left = [
        f'{path}:4: "definition" är tom. Skriv en text.',
        *(f"{path}:{level + 6}: nivå {level} är tom. Skriv en text." for level in framework.levels),
        f'{path}:16: "reading" är tom. Välj bland "confirmed", "clear", "probable" och "uncertain".',
    ]
    assert problems(project) == left
    told = capsys.readouterr().out
    assert "Kvar att fylla i eller rätta:\n" in told
    assert all(line in told for line in left)


def test_filled_in_competence_passes_the_check(framework: Framework, project: Path) -> None:
    """Texts where the file has room for them, and the word of a decided reading, are all that is needed."""
    number, before = next_number(framework, "6"), framework.by_area["6"][-1]
    assert main(["competence", "AREA=Digitalisering", "TITLE=Ny"], project) == 0
    file = project / f"framework/competences/{number}.yml"
    text = file.read_text("utf-8").replace("definition: >-\n", "definition: >-\n  Att kunna.\n")
    for level in framework.levels:
        text = text.replace(f"  {level}: >-\n", f"  {level}: >-\n    Kan {level}.\n")
    file.write_text(text.replace("reading:", "reading: confirmed"), "utf-8")
    assert problems(project) == []
    expected = data(project, f"competences/{number}.yml")["expected"]
    assert expected["levels"] == {
        level: list(roles) for level, roles in before.expected.levels.items() if roles
    }
    assert expected["not_relevant"] == list(before.expected.not_relevant)


@pytest.mark.parametrize("number", ['"6"', "6"], ids=["quoted", "unquoted"])
def test_competence_takes_over_only_the_roles_of_its_area(
    framework: Framework, project: Path, number: str
) -> None:
    """A competence for some roles, like one that is for all, has the levels of those alone."""
    areas = project / "framework/areas.yml"
    areas.write_text(areas.read_text("utf-8").replace('id: "6"', f"id: {number}"), "utf-8")
    like, some = framework.competence["1.1"], framework.area["6"].roles
    assert main(["competence", "AREA=6", "TITLE=Ny", f"LIKE={like.id}"], project) == 0
    levels = data(project, f"competences/{next_number(framework, '6')}.yml")["expected"]["levels"]
    kept = {level: [role for role in roles if role in some] for level, roles in like.expected.levels.items()}
    assert levels == {level: roles for level, roles in kept.items() if roles}


def test_role_can_be_added_before_a_competence_is_filled_in(framework: Framework, project: Path) -> None:
    """The commands work one after the other, in any order."""
    number = next_number(framework, "5")
    assert main(["competence", "AREA=5", "TITLE=Ny"], project) == 0
    before = problems(project)
    assert main(["role", "NAME=Lots", "LIKE=chef"], project) == 0
    assert problems(project) == before
    level = framework.by_area["5"][-1].expected.by_role["chef"]
    roles = data(project, f"competences/{number}.yml")["expected"]["levels"][level]
    assert roles[roles.index("chef") :][:2] == ["chef", "lots"]


def test_first_competence_of_an_area(framework: Framework, project: Path) -> None:
    """An area written into `areas.yml` gets its first competence, with every role still to be placed."""
    area = str(len(framework.areas) + 1)
    with (project / "framework/areas.yml").open("a", encoding="utf-8") as file:
        file.write(f'\n- id: "{area}"\n  name: Hållbarhet\n  motivation: Jag vill.\n')
    assert any(f"området {area} har ingen kompetens" in line for line in problems(project))
    assert main(["competence", f"AREA={area}", "TITLE=Välja"], project) == 0
    text = (project / f"framework/competences/{area}.1.yml").read_text("utf-8")
    assert "    1: []\n    2: []\n    3: []\n    4: []\n    5: []\n" in text
    roles = ", ".join(f'"{role.id}"' for role in framework.roles[:2])
    assert any(f"{area}.1.yml:17: rollerna {roles}, " in line for line in problems(project))
    assert not any("har ingen kompetens" in line for line in problems(project))
    assert main(["competence", f"AREA={area}", "TITLE=Vårda", "LIKE=1.1"], project) == 0
    assert not any(f"{area}.2.yml" in line and "saknas" in line for line in problems(project))


Add = Callable[[Draft], None]


def _item(place: Place, after: int = -1, item: str | dict[str, str] = "ny") -> Add:
    return lambda draft: draft.add_item(place, item, after)


def _entry(place: Place, key: int, after: int | None) -> Add:
    return lambda draft: draft.add_entry(place, key, "[ny]", after)


A: Place = ("a",)

# What it is, a file, what is added to it, how the file is then.
LAYOUTS = (
    ("brackets, last", "a: [b, c] # k\n", _item(A), "a: [b, c, ny] # k\n"),
    ("brackets, after one", "a: [b,c]\n", _item(A, 0), "a: [b, ny,c]\n"),
    ("brackets, comma last", "a: [b, c, ]\n", _item(A), "a: [b, c, ny, ]\n"),
    ("brackets, empty", "a: [] # k\n", _item(A), "a: [ny] # k\n"),
    ("nothing", "a: # k\nb: 1\n", _item(A), "a: [ny] # k\nb: 1\n"),
    ("no last line ending", "a:\n  - b", _item(A), "a:\n  - b\n  - ny"),
    ("list", "a:\n  - b # k\n\n# l\nc: 1\n", _item(A), "a:\n  - b # k\n  - ny\n\n# l\nc: 1\n"),
    ("list, after one", "a:\n- b\n# k\n- c\n", _item(A, 0), "a:\n- b\n- ny\n# k\n- c\n"),
    ("list, wide", "a:\n   -  b\n", _item(A), "a:\n   -  b\n   -  ny\n"),
    (
        "list, after a long text",
        "a:\n  - >-\n    b\n    c\n\n",
        _item(A),
        "a:\n  - >-\n    b\n    c\n  - ny\n\n",
    ),
    (
        "groups",
        "a:\n  - id: b\n    t: >-\n      c\n\n  # k\n  - id: d\n",
        _item(A, 0, {"id": "ny", "name": "Ny"}),
        "a:\n  - id: b\n    t: >-\n      c\n  - id: ny\n    name: Ny\n\n  # k\n  - id: d\n",
    ),
    (
        "groups, a blank line between",
        "a:\n  - id: b\n\n  - id: d\n",
        _item(A, 1, {"id": "ny", "name": "Ny"}),
        "a:\n  - id: b\n\n  - id: d\n\n  - id: ny\n    name: Ny\n",
    ),
    ("groups in brackets", "a: [{id: b}]\n", _item(A, 0, {"id": "ny"}), "a: [{id: b}, {id: ny}]\n"),
    ("one a line", "a: [\n  b, # k\n  c # l\n]\n", _item(A), "a: [\n  b, # k\n  c, # l\n  ny\n]\n"),
    ("one a line, after one", "a: [b, # k\n    c]\n", _item(A, 0), "a: [b, # k\n    ny,\n    c]\n"),
    ("one a line, comma last", "a: [\n  b,\n  c,\n]\n", _item(A), "a: [\n  b,\n  c,\n  ny,\n]\n"),
    ("wrapped, room", "a: [bbb, ccc, d,\n  e, f]\n", _item(A), "a: [bbb, ccc, d,\n  e, f, ny]\n"),
    ("wrapped, no room", "a: [bb, cc,\n    dd, ee]\n", _item(A), "a: [bb, cc,\n    dd, ee,\n    ny]\n"),
    ("group, last", "a:\n  1: [b] # k\nc: 1\n", _entry(A, 2, 1), "a:\n  1: [b] # k\n  2: [ny]\nc: 1\n"),
    ("group, first", "a:\n  # k\n  2: [b]\n", _entry(A, 1, None), "a:\n  # k\n  1: [ny]\n  2: [b]\n"),
    (
        "group, between",
        "a:\n  1:\n    - b\n\n  3: [c]\n",
        _entry(A, 2, 1),
        "a:\n  1:\n    - b\n  2: [ny]\n\n  3: [c]\n",
    ),
    ("braces, last", "a: {1: [b]}\n", _entry(A, 2, 1), "a: {1: [b], 2: [ny]}\n"),
    ("braces, first", "a: {2: [b]}\n", _entry(A, 1, None), "a: {1: [ny], 2: [b]}\n"),
    ("braces, empty", "a: {}\n", _entry(A, 1, None), "a: {1: [ny]}\n"),
    ("group of nothing", "a:\nb: 1\n", _entry(A, 1, None), "a: {1: [ny]}\nb: 1\n"),
    ("Windows", "\ufeffa:\r\n  - b\r\n", _item(A), "\ufeffa:\r\n  - b\r\n  - ny\r\n"),
    ("old Mac", "a:\r  - b\rc: å\r", _item(A), "a:\r  - b\r  - ny\rc: å\r"),
)


@pytest.mark.parametrize(
    ("before", "add", "after"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS]
)
def test_layout_is_kept(tmp_path: Path, before: str, add: Add, after: str) -> None:
    """What is new is written as its neighbours are; every other byte stays."""
    (tmp_path / "a.yml").write_bytes(before.encode())
    draft = Draft(tmp_path, "a.yml")
    add(draft)
    assert (tmp_path / "a.yml").read_bytes() == before.encode()
    draft.save()
    assert (tmp_path / "a.yml").read_bytes().decode() == after


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (_item(("a", "b")), 'a.yml:2: "b" ska vara en lista. Rätta det först (make check).'),
        (_item(("a", "x")), 'a.yml:1: "x" ska vara en lista. Rätta det först (make check).'),
        (_entry(("a", "b"), 1, None), 'a.yml:2: "b" ska vara en grupp. Rätta det först (make check).'),
    ],
)
def test_nothing_is_added_to_a_text(tmp_path: Path, add: Add, said: str) -> None:
    """A text in place of a list or a group is reported with its line."""
    (tmp_path / "a.yml").write_text("a:\n  b: text\n", "utf-8")
    with pytest.raises(CannotEditError, match="^" + said.replace("(", r"\(").replace(")", r"\)")):
        add(Draft(tmp_path, "a.yml"))


@pytest.mark.parametrize(
    "text", ["Kommunikatör", "IT, drift", "a: b", "no", "1.1", "- a", '"a" b', "a #b", "å]", "'"]
)
def test_names_are_quoted_where_yaml_needs_it(text: str) -> None:
    """A name is read back as it was given, on its own and between brackets."""
    assert yaml.safe_load(f"a: {scalar(text)}") == {"a": text}
    assert yaml.safe_load(f"[{scalar(text)}]") == [text]
    assert scalar("Kommunikatör") == "Kommunikatör"


def test_make_hands_over_what_was_given_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names with blanks and quotation marks arrive whole; a variable of the environment is not meant."""
    monkeypatch.setenv("NAME", "datorns namn")
    for name, words in (("Lots på 'D'", ["NAME=Lots på 'D'"]), (None, [])):
        done = subprocess.run(
            ["make", "-n", "role", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        )
        # A make that runs the tests says more, such as the folder that it enters.
        command = next(line for line in done.stdout.splitlines() if "macros.add role" in line)
        expected = r"'NAME=Lots på '\''D'\'''" if name else ""
        assert command.partition("macros.add role")[2].strip() == expected

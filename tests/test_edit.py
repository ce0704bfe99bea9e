"""Editing a YAML file in place: what is not changed stays byte for byte."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.add import add_competence
from macros.check.files import read_files
from macros.check.source import Place, Source
from macros.edit import Draft
from macros.editor import labels
from macros.editor.change import apply
from macros.editor.form import Field, Form
from macros.editor.labels import explanations
from macros.load import load
from macros.model import Framework
from tests.project import ROOT, local_example

Forms = dict[str, tuple[Field, ...]]
Explained = dict[tuple[str, str], str]

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILES = sorted((ROOT / "framework").rglob("*.yml"))
COMPETENCES = sorted((ROOT / "framework" / "competences").glob("*.yml"))
# Each file; without much time those with few texts, and one of the competences, which are alike.
EACH = [
    pytest.param(file, id=file.name, marks=[pytest.mark.slow] if slow else [])
    for file in FILES
    for slow in [file.stat().st_size > 12_000 or file in COMPETENCES[1:]]
]
# What a text may become: longer, shorter, with what YAML reads otherwise, with two paragraphs, nothing.
CHANGES: list[Callable[[str], str]] = [
    lambda text: f"{text} Och så en mening till som inte fick plats på samma rad som den förra meningen.",
    lambda text: f"Nytt: {text}",
    lambda text: f"{text[:1]} ord {text[1:]}".replace("  ", " "),
    lambda text: "# 1.10, 'kort' \"text\": [och] {mer}",
    lambda text: "Första stycket.\nAndra stycket.",
    lambda text: "",
]


def texts(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every text in a file with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(below, (*place, key))


def put(value: Any, place: Place, text: str) -> Any:
    """Return the contents of a file with another text at a place."""
    if not place:
        return text
    copy = value.copy()
    copy[place[0]] = put(value[place[0]], place[1:], text)
    return copy


def edited(draft: Draft, place: Place, text: str) -> bytes:
    """Return a file with another text at a place."""
    draft._changes.clear()  # a new draft would be read anew
    draft.set_text(place, text)
    return draft.content()


@pytest.mark.parametrize("file", EACH)
def test_each_text_changes_its_own_lines_alone(file: Path) -> None:
    """A text set to what it was leaves the file as it is; another is read back, and all else is the same."""
    draft = Draft(file.parent, file.name)
    source = Source(file.name, file.read_bytes())
    data = yaml.load(file.read_bytes(), LOADER)
    before = file.read_text("utf-8").splitlines()
    for number, (place, text) in enumerate(texts(data)):
        assert edited(draft, place, text) == file.read_bytes(), place
        new = CHANGES[number % len(CHANGES)](text)
        content = edited(draft, place, new).decode()
        assert yaml.load(content, LOADER) == put(data, place, new), place
        node = source.node(place)
        assert node
        begin, end = source.spot(place).line - 1, node.end_mark.line + (node.end_mark.column > 0)
        after = content.splitlines()
        assert after != before, place
        assert after[:begin] == before[:begin], place
        # The rest of the file is the same, counted from its end.
        assert before[end + 1 :] == after[len(after) - len(before[end + 1 :]) :], place


def test_untouched_lines_of_a_folded_text_stay(tmp_path: Path) -> None:
    """A word that is changed changes its line alone, where the words still fit there."""
    (tmp_path / "a.yml").write_bytes(b"text: >-\r\n  one two\r\n  three four\r\n  five\r\n# end\r\n")
    assert edited(Draft(tmp_path, "a.yml"), ("text",), "one two three FOUR five") == (
        b"text: >-\r\n  one two\r\n  three FOUR\r\n  five\r\n# end\r\n"
    )


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("a: [x, y, z]\n", ("a", 0), "a: [y, z]\n"),
        ("a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
        ("a: [x, y, z]\n", ("a", 2), "a: [x, y]\n"),
        ("a: [x]\n", ("a", 0), "a: []\n"),
        ("a: {x: 1, y: 2}\n", ("a", "y"), "a: {x: 1}\n"),
        ("a:\n  - x\n  - >-\n    y\n    z\nb: 1\n", ("a", 1), "a:\n  - x\nb: 1\n"),
        ("a:\n  - x: 1\n    y: 2\n\n  - x: 3\n\n  - x: 4\n", ("a", 0), "a:\n  - x: 3\n\n  - x: 4\n"),
        ("a:\n  - x: 1\n\n  - x: 3\n\n  - x: 4\n\nb: 1\n", ("a", 2), "a:\n  - x: 1\n\n  - x: 3\n\nb: 1\n"),
        ("a:\n  - x: 1\nb: 1\n", ("a", 0), "a: []\nb: 1\n"),
        ("a:\n  - x: 1\n    y: 2\n", ("a", 0, "y"), "a:\n  - x: 1\n"),
        ("a:\n  - x: 1\n    y: 2\n", ("a", 0, "x"), "a:\n  - y: 2\n"),
        ("a: 1\nb: 2 # c\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a: 1\n# about b\nb: 2\n", ("a",), "# about b\nb: 2\n"),
    ],
)
def test_removed(tmp_path: Path, text: str, place: Place, left: str) -> None:
    """A field or an item goes with its lines and its comma; of the last item an empty list remains."""
    (tmp_path / "a.yml").write_text(text, "utf-8")
    draft = Draft(tmp_path, "a.yml")
    draft.remove(place)
    draft.save()
    assert (tmp_path / "a.yml").read_text("utf-8") == left


def changed_lines(name: str, change: dict[str, Any], root: Path) -> tuple[list[str], list[str]]:
    """Return which lines a change of the form takes from a copy of a real file, and puts into it."""
    path = root / "framework" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    before = (ROOT / "framework" / name).read_text("utf-8")
    path.write_bytes(before.encode())
    apply(root, name, change)
    lines = list(ndiff(before.splitlines(), path.read_text("utf-8").splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


C11, ROLES, QUESTIONS = "competences/1.1.yml", "roles.yml", "questions.yml"
BASICS, WORKSHOP = "framework.yml", "workshop.yml"
NOW = load(ROOT).basics
# Level → its line among the expected levels of competence 1.1.
LINES = {
    int(line[4]): line
    for line in (ROOT / "framework" / C11).read_text("utf-8").splitlines()
    if re.fullmatch(r"    \d: \[.*\]", line)
}


def without(line: str, role: str) -> list[str]:
    """Return the line of a level without a role; no line where it was alone."""
    level, _, roles = line.rstrip("]").partition("[")
    left = [other for other in roles.split(", ") if other != role]
    return [f"{level}[{', '.join(left)}]"] if left else []


# File, operation, place, value; the lines that go and the lines that come; None for any.
FORM_CHANGES: list[tuple[str, str, list[Any], Any, list[str] | None, list[str] | None]] = [
    (
        *(C11, "level", ["expected", "biblioteksvard"], "3"),
        [LINES[2], LINES[3]],
        [*without(LINES[2], "biblioteksvard"), LINES[3].replace("]", ", biblioteksvard]")],
    ),
    (
        *(C11, "level", ["expected", "medarbetare"], "1"),
        [LINES[3]],
        ["    1: [medarbetare]", *without(LINES[3], "medarbetare")],
    ),
    (
        *(C11, "level", ["expected", "medarbetare"], "-"),
        [LINES[3]],
        [*without(LINES[3], "medarbetare"), "  not_relevant: [medarbetare]"],
    ),
    (
        *(C11, "set", ["expected", "reading"], "confirmed"),
        ["  reading: probable"],
        ["  reading: confirmed"],
    ),
    (C11, "add", ["support"], "", [], ["  - kind: förtydligande", '    text: ""']),
    (
        *(C11, "set", ["support", 3, "text"], "Gå en kurs."),
        [
            "      Exempel på läraktivitet inom kompetensen är fördjupad utbildning inom",
            "      olika verksamhetssystem.",
        ],
        ["      Gå en kurs."],
    ),
    (C11, "set", ["support", 1, "way"], "gör själv", [], ["    way: gör själv"]),
    (C11, "set", ["support", 3, "way"], "", ["    way: kurs eller läsning"], []),
    (C11, "tick", ["support", 2, "levels"], ("5", True), ["    levels: [4]"], ["    levels: [4, 5]"]),
    (C11, "tick", ["support", 2, "levels"], ("4", False), ["    levels: [4]"], []),
    (C11, "tick", ["support", 1, "levels"], ("2", True), [], ["    levels: [2]"]),
    (C11, "add", ["support", 1, "links"], "", [], ['    links: [{text: "", url: ""}]']),
    (C11, "words", ["support", 0, "terms"], "", ["    terms: [digital information]"], []),
    (
        *(C11, "words", ["support", 0, "terms"], "digital information, diariet"),
        ["    terms: [digital information]"],
        ["    terms: [digital information, diariet]"],
    ),
    (ROLES, "flag", ["roles", 1, "general"], ("", True), None, None),
    (
        *(QUESTIONS, "add", [], "Vad kostar det?"),
        [],
        ["", "- id: vad-kostar-det", "  question: Vad kostar det?", '  answer: ""'],
    ),
    (BASICS, "set", ["version"], "9.0.1", [f'version: "{NOW.version}"'], ['version: "9.0.1"']),
    (BASICS, "set", ["date"], "2099-12-01", [f"date: {NOW.date}"], ["date: 2099-12-01"]),
    (WORKSHOP, "set", ["example"], "2.1", None, ['example: "2.1"']),
]


@pytest.mark.parametrize(("name", "op", "place", "value", "out", "new"), FORM_CHANGES)
def test_form_changes_the_lines_of_its_field(
    name: str,
    op: str,
    place: list[Any],
    value: Any,
    out: list[str] | None,
    new: list[str] | None,
    tmp_path: Path,
) -> None:
    """What is changed in the form goes into its own lines, as an editor would have written it."""
    text, on = value if isinstance(value, tuple) else (value, None)
    found = changed_lines(name, {"op": op, "place": place, "value": text, "on": on}, tmp_path)
    assert out in (None, found[0])
    assert new in (None, found[1])
    assert any(found)


@pytest.mark.parametrize("file", EACH)
def test_form_has_every_text_and_takes_it_back(file: Path, forms: Forms, tmp_path: Path) -> None:
    """Every text of a file is in its form, and changes nothing when it is handed back as it is."""
    name = file.relative_to(ROOT / "framework").as_posix()
    fields = list(every(forms[name]))
    shown = {field.at for field in fields if field.kind not in ("group", "list", "items", "item")}
    grid = {("expected", "alternatives"), ("expected", "levels"), ("expected", "not_relevant")}
    for place, _ in texts(yaml.load(file.read_bytes(), LOADER)):
        assert place[:2] in grid or {place, place[:-1]} & shown, place
    path = tmp_path / "framework" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(file.read_bytes())
    for field in fields:
        if field.kind in ("text", "line", "choice", "words"):
            op = "words" if field.kind == "words" else "set"
            apply(tmp_path, name, {"op": op, "place": field.at, "value": field.value})
    assert path.read_bytes() == file.read_bytes()


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Yield all fields of a form."""
    for field in fields:
        yield field
        yield from every(field.fields)


@pytest.fixture(scope="module")
def explained() -> Explained:
    """What the guide says of each field."""
    return explanations((ROOT / "framework" / "README.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def forms(explained: Explained, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """The form of each file, with one of each kind, also of those that need not be there."""
    folder = tmp_path_factory.mktemp("forms") / "framework"
    shutil.copytree(ROOT / "framework", folder)
    (folder / "support").mkdir(exist_ok=True)
    (folder / "support" / "kulturskolan.yml").write_text(local_example(), "utf-8")
    files = read_files(folder)
    return {name: Form(files, name, explained).fields() for name in files.sources}


def test_every_field_has_a_swedish_name_and_is_explained(forms: Forms, explained: Explained) -> None:
    """No field of the form is called by its English name, and what the guide says of a field is shown."""
    fields = [field for form in forms.values() for field in every(form) if field.kind != "item"]
    assert [field.at for field in fields if field.label in labels.FIELDS] == []
    shown = {field.help for field in fields}
    named = {key: (text, labels.FIELDS.get(key[1], key[1])) for key, text in explained.items()}
    wanted = {key: said for key, given in named.items() if (said := labels.for_the_form(*given))}
    # The grid and the choices show these in their own way; some are only in the file's text.
    own = {("Expected", name) for name in ("reading", "levels", "not_relevant", "alternatives")}
    own |= {
        ("Workshop", "agendas"),
        ("WorkshopSlide", "show"),
        ("SupportText", "kind"),
        ("SupportText", "way"),
    }
    assert [key for key, text in wanted.items() if text not in shown and key not in own] == []
    assert len(wanted) > 30


def test_new_competence_is_filled_in(framework: Framework, tmp_path: Path) -> None:
    """What `make competence` leaves empty can be filled in by the form."""
    for path in FILES:
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    add_competence(tmp_path, {"AREA": "5", "TITLE": "Felsöka"})
    name = f"competences/5.{len(framework.by_area['5']) + 1}.yml"
    places: list[tuple[Any, ...]] = [("definition",), *(("levels", level) for level in framework.levels)]
    long = "Kan hitta fel i program och maskiner, och kan säga vad som är fel med ord som andra förstår."
    for place in places:
        apply(tmp_path, name, {"op": "set", "place": place, "value": f"{long} {place[-1]}."})
    apply(tmp_path, name, {"op": "set", "place": ["expected", "reading"], "value": "confirmed"})
    apply(tmp_path, name, {"op": "add", "place": ["support"], "value": ""})
    data = yaml.load((tmp_path / "framework" / name).read_bytes(), LOADER)
    assert data["definition"] == f"{long} definition."
    assert data["levels"] == {level: f"{long} {level}." for level in framework.levels}
    assert data["expected"]["reading"] == "confirmed"
    assert data["support"] == [{"kind": "förtydligande", "text": ""}]


@pytest.mark.parametrize("file", EACH)
def test_text_that_is_put_back_is_what_it_was(file: Path, forms: Forms, tmp_path: Path) -> None:
    """A text that is changed and then changed back leaves the file as it was published, with its folding."""
    name = file.relative_to(ROOT / "framework").as_posix()
    path = tmp_path / "framework" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(file.read_bytes())
    published = file.read_bytes().decode()
    fields = [field for field in every(forms[name]) if field.kind == "text" and field.value]
    for field in fields[:: max(1, len(fields) // 12)]:
        for value in (f"Nya ord framför. {field.value}", "Kort.", field.value):
            apply(tmp_path, name, {"op": "set", "place": field.at, "value": value}, published)
        assert path.read_bytes() == file.read_bytes(), field.at


@pytest.mark.parametrize("name", ["competences/2.2.yml", "competences/3.1.yml", "competences/6.1.yml"])
def test_level_that_is_put_back_leaves_the_file_as_it_was(name: str, tmp_path: Path) -> None:
    """Each role is moved to each other level and back; nothing of the file is another then."""
    shutil.copytree(ROOT / "framework", tmp_path / "framework")
    path = tmp_path / "framework" / name
    published = path.read_text("utf-8")
    levels = Source(name, published.encode()).find("levels.*.*", ("expected",))
    for (_, _, level, _), role in list(levels):
        for other in ("1", "2", "4", "-"):
            for value in (other, str(level)):
                change = {"op": "level", "place": ["expected", role], "value": value}
                apply(tmp_path, name, change, published)
            assert path.read_text("utf-8") == published, (role, other)

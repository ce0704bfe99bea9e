"""What changed, in words, since the last commit and version; and where build servers show problems."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.changes import Weight, changes, misspelt, needed_version
from macros.check.report import GITLAB_REPORT
from macros.load import load, main
from macros.model import Framework
from macros.versions import FOLDER, keep, plain, read_versions
from tests.mutants import MOST, outcomes
from tests.project import ROOT, changed, write_framework


@pytest.fixture
def project(decided: Framework, tmp_path: Path) -> Path:
    """The project with version 1.0 of the framework, in a repository, committed."""
    write_framework(decided, tmp_path / "framework")
    keep(decided, tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for command in (
        ("init", "--quiet"),
        ("add", "."),
        ("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "A"),
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def told(project: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what `make check` prints of changes: all after its first line but what it asks to think of."""
    assert main([str(project)]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    return [line for line in lines if not line.startswith("Att tänka på: ")]


def different(framework: Framework) -> Iterator[tuple[str, Framework, str, Weight]]:
    """Yield what is changed, the framework after it, the words for it, and what it asks of people."""
    item, *others = framework.competences
    question = framework.questions[0]

    def with_item(**fields: object) -> Framework:
        return changed(framework, competences=(changed(item, **fields), *others))

    yield (
        "definition",
        with_item(definition=item.definition.replace("Kompetens", "En kompetens")),
        "Kompetens 1.1, definitionen: «Kompetens att",
        Weight.CLARIFIES,
    )
    yield (
        "spelling",
        with_item(definition=item.definition.replace("Kompetens", "Kompettens")),
        "Kompetens 1.1, definitionen",
        Weight.MENDS,
    )
    role, level = next(iter(item.expected.by_role.items()))
    levels = {n: tuple(one for one in roles if one != role) for n, roles in item.expected.levels.items()}
    other = 5 if level != 5 else 4
    levels[other] = (*levels.get(other, ()), role)
    yield (
        "expected level",
        with_item(expected=changed(item.expected, levels=levels)),
        f"förväntad nivå för {framework.role[role].name}: «nivå {level}» blir «nivå {other}»",
        Weight.ASKS,
    )
    yield (
        "support removed",
        with_item(support=item.support[1:]),
        "Borttaget: Kompetens 1.1, stödtext «",
        Weight.CLARIFIES,
    )
    yield "keywords", with_item(keywords=()), "sökorden", Weight.NONE
    yield (
        "question",
        changed(framework, questions=(*framework.questions, changed(question, id="ny", question="Vad?"))),
        "Tillagt: Frågan «Vad?»",
        Weight.CLARIFIES,
    )
    yield (
        "role removed",
        changed(framework, roles=framework.roles[:-1]),
        f"Borttaget: Rollen «{framework.roles[-1].name}»",
        Weight.ASKS,
    )


def test_changes_are_said_in_words_and_weighed(decided: Framework) -> None:
    """Each kind of change has its words, and asks for the version that the guide says."""
    before = plain(decided)
    assert changes(before, before) == []
    for what, after, words, weight in different(decided):
        found = changes(before, plain(after))
        assert any(words in str(one) for one in found), f"{what}: {[*map(str, found)]}"
        assert max(one.weight for one in found) is weight, what


def test_versions_are_numbered_as_the_guide_says(decided: Framework) -> None:
    """2.0 asks something new, 1.1 clarifies, 1.0.1 mends, and what no reader sees asks for none."""
    before = plain(decided)
    needed = {
        what: needed_version("1.0", changes(before, plain(after))) for what, after, _, _ in different(decided)
    }
    numbers = {what: version[0] if version else None for what, version in needed.items()}
    assert numbers == {
        "definition": "1.1",
        "spelling": "1.0.1",
        "expected level": "2.0",
        "support removed": "1.1",
        "keywords": None,
        "question": "1.1",
        "role removed": "2.0",
    }
    assert "eller 2.0" in str(needed["definition"])


def test_spelling_is_told_from_meaning() -> None:
    """A letter or a full stop is spelling; another word, a word more and another number are not."""
    assert misspelt("Kan söka data", "Kan söka data.")
    assert misspelt("Kan sökka data.", "Kan söka data.")
    assert not misspelt("Kan söka data.", "Ska söka data.")
    assert not misspelt("Kan söka data.", "Kan inte söka data.")
    assert not misspelt("Inom 30 dagar.", "Inom 31 dagar.")


def test_check_ends_with_what_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is said of a clean copy; then the change, in words, and the version that it asks for."""
    assert told(project, capsys) == []
    with (project / "framework" / "questions.yml").open("a", encoding="utf-8") as file:
        file.write("\n- id: ny\n  question: Får jag fråga mer?\n  answer: Ja, fråga din chef.\n")
    assert told(project, capsys) == [
        "Ändrat sedan den senaste incheckningen:",
        "  - Tillagt: Frågan «Får jag fråga mer?»",
        "Det som skiljer sig från version 1.0 förtydligar eller lägger till: "
        "höj version till 1.1 när ändringen är klar.",
    ]
    basics = project / "framework" / "framework.yml"
    basics.write_text(basics.read_text("utf-8").replace("version: '1.0'", "version: '1.1'"), "utf-8")
    assert told(project, capsys)[1:] == ["  - Tillagt: Frågan «Får jag fråga mer?»"]


def test_check_is_quiet_without_git(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no Git, or no repository, nothing is said of changes."""
    with (project / "framework" / "roles.yml").open("a", encoding="utf-8") as file:
        file.write("# en kommentar\n")
    monkeypatch.setenv("PATH", "")
    assert told(project, capsys) == []


def test_problems_are_shown_where_build_servers_show_them(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub gets a line for each problem, GitLab a report; without problems the report is empty."""
    monkeypatch.setenv("GITLAB_CI", "true")
    assert main([str(project)]) == 0
    assert json.loads((project / GITLAB_REPORT).read_bytes()) == []
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    areas = project / "framework" / "areas.yml"
    text = areas.read_text("utf-8").replace("  name: ", "  namn: ", 1)
    areas.write_text(text, "utf-8")
    number = text[: text.index("  namn: ")].count("\n") + 1
    capsys.readouterr()
    assert main([str(project)]) == 1
    line = 'fältet "namn" finns inte. Menade du "name"?'
    assert capsys.readouterr().out == f"::error file=framework/areas.yml,line={number}::{line}\n"
    (entry,) = json.loads((project / GITLAB_REPORT).read_bytes())
    assert entry["description"] == line
    assert entry["location"] == {"path": "framework/areas.yml", "lines": {"begin": number}}


@pytest.mark.slow
def test_version_and_date_follow_the_kept_ones(project: Path) -> None:
    """A version is kept once; the files may claim it or the next, and no earlier day."""
    framework = load(project)
    assert keep(framework, project) is None
    higher = changed(framework, basics=changed(framework.basics, version="1.1"))
    assert keep(higher, project) == project / FOLDER / "1.1.json"
    assert [kept.version for kept in read_versions(project)] == ["1.0", "1.1"]
    with pytest.raises(Exception, match=r"version är lägre än den förra \(1\.1\)"):
        load(project)
    basics = project / "framework" / "framework.yml"
    text = basics.read_text("utf-8")
    for version, says in (("1.3", 'Skriv "2.0", "1.2" eller "1.1.1"'), ("99.0", "men den förra är 1.1")):
        basics.write_text(text.replace("'1.0'", f"'{version}'"), "utf-8")
        with pytest.raises(Exception, match=says):
            load(project)
    basics.write_text(text.replace("'1.0'", "'1.2'").replace("date: 2024", "date: 2020"), "utf-8")
    with pytest.raises(Exception, match=r"date är tidigare än version 1\.1"):
        load(project)


@pytest.mark.slow
def test_mutants_give_few_messages_and_no_traceback() -> None:
    """One mistake gives at most three messages; `python -m tests.mutants` tries 700."""
    found = list(outcomes(21, 7))
    assert [one for one in found if one.error] == []
    assert len([one for one in found if len(one.messages) > MOST]) <= 1  # the texts may have been edited

"""The code of levels: each state there and back, every slip refused, no text of the reader in it."""

from __future__ import annotations

import copy
import json
from itertools import combinations
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.load import load
from macros.site.publish import framework_json
from quiz import code, words
from quiz.ladder import Answer, asked
from quiz.profile import applies, areas_of
from quiz.protocol.framework import FrameworkData
from tests.conftest import ROOT

REAL = cast(FrameworkData, json.loads(framework_json(load(ROOT))))


def with_levels(count: int) -> FrameworkData:
    """The framework with another number of levels."""
    framework = copy.deepcopy(REAL)
    framework["levels"] = [{"level": level, "name": f"Steg {level}"} for level in range(1, count + 1)]
    for item in framework["competences"]:
        item["levels"] = [f"Text {level}" for level in range(1, count + 1)]
    return framework


FRAMEWORKS = {4: with_levels(4), 5: REAL, 6: with_levels(6)}


@st.composite
def answers(draw: st.DrawFn, framework: FrameworkData) -> Answer:
    """An answer in any state, with a text of the reader's."""
    none = draw(st.sampled_from([None, None, None, *words.NO_LEVEL]))
    pick = None if none else draw(st.sampled_from([None, *range(1, len(framework["levels"]) + 1)]))
    met = draw(st.dictionaries(st.sampled_from([2, 3, 4, 5]), st.booleans()))
    return Answer(pick, none, {level: met[level] for level in asked(pick or 0) if level in met}, "Hemligt")


@st.composite
def readers(draw: st.DrawFn) -> tuple[int, list[str], str, dict[str, Answer], dict[str, int]]:
    """Everything that a reader can have said, of the framework with so many levels."""
    levels = draw(st.sampled_from(list(FRAMEWORKS)))  # not itself: a failure is told with what was drawn
    framework = FRAMEWORKS[levels]
    roles = [role["id"] for role in framework["roles"] if draw(st.booleans())]
    scope = draw(st.sampled_from(["all", *(area["id"] for area in framework["areas"])]))
    competences = applies(framework, roles, scope)
    given_answers = {item["id"]: draw(answers(framework)) for item in competences if draw(st.booleans())}
    places = st.integers(1, len(framework["motivation"]["scale"]))
    motivation = {
        area["id"]: draw(places) for area in areas_of(framework, competences) if draw(st.booleans())
    }
    return levels, roles, scope, given_answers, motivation


@given(readers())
def test_every_state_comes_back(reader: tuple[int, list[str], str, Any, Any]) -> None:
    """Roles, area, picks, levels, kinds of no level and motivation survive; texts are not taken along."""
    levels, roles, scope, said, motivation = reader
    framework = FRAMEWORKS[levels]
    text = code.make(framework, roles, scope, said, motivation)
    taken = code.read(framework, text)
    assert (taken.roles, taken.scope, taken.motivation) == (roles, scope, motivation)
    answered = {key: answer for key, answer in said.items() if answer.state != "unanswered"}
    assert taken.answers.keys() == answered.keys()
    for key, answer in answered.items():
        back = taken.answers[key]
        assert (back.pick, back.none, back.level, back.state) == (
            answer.pick,
            answer.none,
            answer.level,
            answer.state,
        )
        assert back.example == ""
    assert code.make(framework, taken.roles, taken.scope, taken.answers, taken.motivation) == text
    assert set(text) <= {*code.SIGNS, " "}
    assert all(len(group) == code.GROUP for group in text.split()[:-1])


@settings(max_examples=25)
@given(readers())
def test_every_slip_is_refused(reader: tuple[int, list[str], str, Any, Any]) -> None:
    """One wrong sign, or any two that changed places, are reported as a slip."""
    framework = FRAMEWORKS[reader[0]]
    signs = code.make(framework, *reader[1:]).replace(" ", "")
    for at, sign in enumerate(signs):
        for other in code.SIGNS.replace(sign, ""):
            with pytest.raises(code.CodeError):
                code.read(framework, signs[:at] + other + signs[at + 1 :])
    for first, second in combinations(range(len(signs)), 2):
        swapped = list(signs)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        if "".join(swapped) != signs:
            with pytest.raises(code.CodeError):
                code.read(framework, "".join(swapped))


def test_no_code_is_longer_than_32_signs() -> None:
    """The state that gives the largest number, for all roles; 12 competences and one role are shorter."""
    last = Answer(5, None, {2: True, 3: True, 4: True})
    assert code._decisive(last) == code._states(REAL)[-1]
    everything = {item["id"]: last for item in REAL["competences"]}
    motivation = {area["id"]: 5 for area in REAL["areas"]}
    longest = code.make(REAL, [role["id"] for role in REAL["roles"]], "all", everything, motivation)
    assert len(longest.replace(" ", "")) <= 30
    usual = code.make(REAL, ["bibliotekarie"], "all", everything, motivation)
    assert len(usual.replace(" ", "")) <= 24


@pytest.mark.parametrize(
    "written", [str.lower, lambda text: text.replace(" ", "-"), lambda text: f"\n{text}\t"]
)
def test_reading_is_generous(written: Any) -> None:
    """Small letters, hyphens for spaces and white space around make no difference."""
    text = code.make(REAL, ["chef"], "6", {"6.1": Answer(2)}, {})
    assert code.read(REAL, written(text)).answers == {"6.1": Answer(2)}


def test_what_is_wrong_is_said() -> None:
    """Each kind of mistake has its sentence, and another version is named."""
    text = code.make(REAL, ["chef"], "all", {}, {})
    newer = {**REAL, "version": f"{REAL['version']}.1"}
    next_one = f"version {newer['version']}"
    other = {**REAL, "roles": REAL["roles"][1:]}
    for framework, typed, sentence in (
        (REAL, " ", "Skriv koden i rutan."),
        (REAL, text.replace(text[1], "Ö", 1), "Tecknet Ö finns inte i någon kod."),
        (REAL, text + "A", "Koden stämmer inte."),
        (REAL, "A" * 99, "Koden stämmer inte."),
        (
            newer,
            text,
            f"Koden är gjord med version {REAL['version']} av ramverket. Nu gäller {next_one}",
        ),
        (other, text, "Koden är gjord innan ramverket ändrades"),
    ):
        with pytest.raises(code.CodeError, match=sentence):
            code.read(cast(FrameworkData, framework), typed)

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


def grown() -> FrameworkData:
    """The framework with each competence three times: its codes have far more than 30 signs."""
    framework = copy.deepcopy(REAL)
    framework["competences"] = [
        {**item, "id": f"{item['id']}{copied}"} for item in REAL["competences"] for copied in ("", "x", "y")
    ]
    return framework


FRAMEWORKS = {"four": with_levels(4), "real": REAL, "six": with_levels(6), "grown": grown()}


@st.composite
def answers(draw: st.DrawFn, framework: FrameworkData) -> Answer:
    """An answer in any state, with a text of the reader's."""
    none = draw(st.sampled_from([None, None, None, *words.NO_LEVEL]))
    pick = None if none else draw(st.sampled_from([None, *range(1, len(framework["levels"]) + 1)]))
    met = draw(st.dictionaries(st.sampled_from([2, 3, 4, 5]), st.booleans()))
    return Answer(pick, none, {level: met[level] for level in asked(pick or 0) if level in met}, "Hemligt")


@st.composite
def readers(draw: st.DrawFn) -> tuple[str, list[str], str, dict[str, Answer], dict[str, int]]:
    """Everything that a reader can have said, of the framework of that name."""
    name = draw(st.sampled_from(list(FRAMEWORKS)))  # not itself: a failure is told with what was drawn
    framework = FRAMEWORKS[name]
    roles = [role["id"] for role in framework["roles"] if draw(st.booleans())]
    scope = draw(st.sampled_from(["all", *(area["id"] for area in framework["areas"])]))
    competences = applies(framework, roles, scope)
    given_answers = {item["id"]: draw(answers(framework)) for item in competences if draw(st.booleans())}
    places = st.integers(1, len(framework["motivation"]["scale"]))
    motivation = {
        area["id"]: draw(places) for area in areas_of(framework, competences) if draw(st.booleans())
    }
    return name, roles, scope, given_answers, motivation


@given(readers())
def test_every_state_comes_back(reader: tuple[str, list[str], str, Any, Any]) -> None:
    """Roles, area, picks, levels, kinds of no level and motivation survive; texts are not taken along."""
    name, roles, scope, said, motivation = reader
    framework = FRAMEWORKS[name]
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
def test_every_slip_is_refused(reader: tuple[str, list[str], str, Any, Any]) -> None:
    """One wrong sign, or any two that changed places, are reported as a slip."""
    framework = FRAMEWORKS[reader[0]]
    refuses_every_slip(framework, code.make(framework, *reader[1:]).replace(" ", ""))


def refuses_every_slip(framework: FrameworkData, signs: str) -> None:
    """Try every wrong sign, and every two that changed places but those 30 apart, which weigh the same."""
    for at, sign in enumerate(signs):
        for other in code.SIGNS.replace(sign, ""):
            with pytest.raises(code.CodeError):
                code.read(framework, signs[:at] + other + signs[at + 1 :])
    for first, second in combinations(range(len(signs)), 2):
        swapped = list(signs)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        if "".join(swapped) != signs and second - first != 30:
            with pytest.raises(code.CodeError):
                code.read(framework, "".join(swapped))


LAST = Answer(5, None, {2: True, 3: True, 4: True})
MOTIVATION = {area["id"]: 5 for area in REAL["areas"]}


def longest(framework: FrameworkData, roles: list[str]) -> str:
    """The state that gives the largest number, for these roles."""
    everything = {item["id"]: LAST for item in framework["competences"]}
    return code.make(framework, roles, "all", everything, MOTIVATION)


def test_no_code_is_longer_than_32_signs() -> None:
    """20 competences, 6 areas and all roles have fewer; 12 competences and one role are shorter."""
    assert code._decisive(LAST) == code._states(REAL)[-1]
    framework: FrameworkData = {**REAL, "competences": REAL["competences"][:20]}
    assert len(longest(framework, [role["id"] for role in REAL["roles"]]).replace(" ", "")) <= 30
    assert len(longest(framework, ["bibliotekarie"]).replace(" ", "")) <= 24


def test_a_grown_framework_has_longer_codes() -> None:
    """A code of more signs than there are weights is read back, and its slips are refused."""
    framework, roles = FRAMEWORKS["grown"], [role["id"] for role in REAL["roles"]]
    text = longest(framework, roles)
    signs = text.replace(" ", "")
    assert 60 < len(signs) < len(text) < code.LONGEST
    taken = code.read(framework, text)
    assert taken.roles == roles
    assert taken.answers == {item["id"]: LAST for item in framework["competences"]}
    assert taken.motivation == MOTIVATION
    refuses_every_slip(framework, signs)


def test_a_code_on_paper_is_still_read() -> None:
    """Readers have codes on their papers: within a version of the framework they are made in one way."""
    framework = {
        "version": "1.2",
        "levels": [{}] * 5,
        "roles": [{"id": "chef"}, {"id": "bibliotekarie"}],
        "areas": [{"id": "1"}, {"id": "2"}],
        "motivation": {"scale": [""] * 5},
        "competences": [
            {
                "id": key,
                "area": key[0],
                "support": [],
                "expected": {"chef": {"level": 3}, "bibliotekarie": {"level": 4}},
            }
            for key in ("1.1", "1.2", "2.1")
        ],
    }
    said = {"1.1": Answer(4, None, {2: True, 3: False}), "1.2": LAST, "2.1": Answer(none="unclear")}
    decided, motivation = cast(FrameworkData, framework), {"1": 5, "2": 3}
    paper = "7F92 7NZY 4"
    assert code.make(decided, ["chef"], "all", said, motivation) == paper
    assert code.read(decided, paper) == code.Taken(["chef"], "all", said, motivation)


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

"""Requests that nobody thought of: what the page could send, damaged in every way, and any text at all."""

from __future__ import annotations

import json
from typing import Any, cast

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from quiz import code
from quiz.ladder import Answer
from quiz.protocol.framework import FrameworkData
from tests.vectors import every_suggestion, every_tick

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LEVELS = st.sampled_from(["1", "2", "3", "4", "5"])


def forms(quiz: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Requests as the page could send them."""
    competences = [item["id"] for item in quiz["competences"]]
    keys = st.sampled_from(competences)
    areas = st.sampled_from([area["id"] for area in quiz["areas"]])
    met = st.dictionaries(LEVELS, st.sampled_from([True, False, None]))
    rated = st.fixed_dictionaries({"pick": st.integers(1, 5), "met": met}, optional={"example": st.text()})
    none = st.fixed_dictionaries({"none": st.sampled_from(["unknown", "unclear", "not_relevant"])})
    texts = {"questions": st.sampled_from(["", "Hur då?"])}
    talk = st.lists(
        st.sampled_from([*every_suggestion(quiz), *(item["id"] for item in quiz["competences"])]), max_size=7
    )
    levels = {item["id"]: Answer(1 + at % 2) for at, item in enumerate(quiz["competences"])}
    roles = [role["id"] for role in quiz["roles"]]
    taken = code.make(cast("FrameworkData", quiz), roles, "all", levels, {})
    return st.fixed_dictionaries(
        {
            "kind": st.just("state"),
            "roles": st.lists(st.sampled_from(roles), max_size=4),
            "scope": st.sampled_from(["all", "all", "1", "6"]),
            "answers": st.dictionaries(keys, rated | none | st.just({})),
            "motivation": st.dictionaries(areas, st.integers(1, 5)),
            "sheet": st.fixed_dictionaries(
                {
                    "mode": st.sampled_from(["main", "all", "own"]),
                    "ticked": st.lists(st.sampled_from(every_tick(quiz)), unique=True),
                },
                optional=texts,
            ),
        },
        optional={"talk": st.none() | talk, "earlier": st.just(taken)},
    )


def requests(quiz: dict[str, Any]) -> st.SearchStrategy[str]:
    """Requests of every kind, as JSON text or what is none."""
    form = forms(quiz)
    field = st.sampled_from(
        ["id", "kind", "roles", "scope", "answers", "motivation", "today", "talk", "earlier", "code", "sheet"]
    )
    damaged = st.builds(lambda form, part, value: {**form, part: value}, form, field, JSON)
    answer = JSON | st.dictionaries(LEVELS, JSON)
    keys = st.sampled_from([item["id"] for item in quiz["competences"]])
    answered = st.builds(
        lambda form, key, value: {**form, "answers": {**form["answers"], key: value}}, form, keys, answer
    )
    codes = st.text(alphabet=code.SIGNS + code.SPACES, max_size=40) | st.text(max_size=40)
    asked = st.fixed_dictionaries({"kind": st.just("code"), "code": codes})
    anything = st.text() | st.text(alphabet='[]{}":,\\ue19n')
    return (form | damaged | answered | asked | JSON).map(json.dumps) | anything


def fuzzed(quiz: dict[str, Any], count: int, number: int) -> list[str]:
    """Return so many requests of every kind, always the same for the same number."""
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(quiz))
    def collect(request: str) -> None:
        found.append(request)

    collect()
    return found

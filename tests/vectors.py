"""Requests that the self-check must answer alike wherever it runs.

The same list goes through `quiz.bridge.handle` in CPython and in the browser,
where every reply must be equal byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from quiz import code
from quiz.ladder import Answer

NONE = ("unknown", "unclear", "not_relevant")
NOT_ASKED_FOR = (
    "",
    " ",
    "null",
    "17",
    '"text"',
    "[]",
    "{",
    "{}",
    '{"kind":"state"',
    '{"kind":"state"}',
    '{"kind":"ping","id":-1}',
    '{"kind":"other","id":1}',
    '{"kind":["state"],"id":1}',
    '{"id":NaN,"kind":"state"}',
    '{"id":1e999,"kind":"state","roles":[Infinity]}',
    '{"id":true,"kind":"state","roles":"chef","answers":[],"motivation":7,"sheet":"x","scope":{},"today":0}',
    '{"id":' + "9" * 5000 + ',"kind":"state"}',
    '{"id":3,"kind":"state","roles":["chef","finns inte",1,null,["chef"],{}],"scope":"99"}',
    '{"id":4,"kind":"state","answers":{"9.9":{"pick":3},"1.1":{"pick":2},"\\ud800":{},"":null}}',
    # What a random request once needed, and no other: names of every width, which are sorted; long numbers.
    '{"id":4,"kind":"state","roles":["chef"],"answers":{"\\u0083": 3.160270728777175e+302,'
    '"\\uda9e\\udc9e\\u0006\\uda04\\udd24":true,"3B":-655179213,'
    '"\\ud802\\udcd0\\uda52\\udf73\\u00b7J\\u00fb!\\r ":null}}',
    '{"id":5,"kind":"state","answers":{"1.1":{"pick":6},"1.2":{"pick":"3"},"2.1":{"pick":3.0},"2.2":{"pick":true}}}',
    '{"id":6,"kind":"state","answers":{"1.1":{"pick":4,"none":"unknown"},"1.2":{"none":"annat"},"2.1":7}}',
    '{"id":7,"kind":"state","answers":{"1.1":{"pick":4,"met":{"2":1,"3":"true","4":true,"9":true}}}}',
    '{"id":8,"kind":"state","answers":{"1.1":{"pick":4,"met":[true,true]}},"motivation":{"1":0,"2":6,"x":3}}',
    '{"id":9,"kind":"state","sheet":{"ticked":["roles",5],"questions":"\\ud83d\\ude00 \\udc00 \\u0000"}}',
    '{"id":10,"kind":"state","today":"2023-02-29"}',
    '{"id":11,"kind":"state","today":"2024-02-29"}',
    '{"id":12,"kind":"state","today":"２０２４-０１-０１"}',
    '{"id":13,"kind":"code"}',
    '{"id":14,"kind":"code","code":17}',
    '{"id":15,"kind":"code","code":" - "}',
    '{"id":16,"kind":"code","code":"ABCD Ö"}',
    '{"id":17,"kind":"state","talk":7,"earlier":"ABCD","sheet":{"mode":"some","ticked":7,"questions":[]}}',
    '{"id":18,"kind":"state","talk":["1.1","1.1",null,"9.9"],"earlier":"","sheet":{"mode":null}}',
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"kind":"state","answers":' + "[" * 3_000 + "]" * 3_000 + "}",
    '{"kind":"state","sheet":{"questions":"' + "[{" * 3_000 + '\\\\\\""}}',
    '{"kind":"state","sheet":{"questions":"' + "å" * 300_000 + '"}}',
)


def vectors(framework: dict[str, Any]) -> list[str]:
    """Return the requests for the framework of `framework.json`, each as JSON text, always the same."""
    asked = [json.dumps({"id": at, **request}) for at, request in enumerate(_requests(framework))]
    return [*asked, *NOT_ASKED_FOR]


def _requests(framework: dict[str, Any]) -> Iterator[dict[str, Any]]:
    roles = [role["id"] for role in framework["roles"]]
    areas = [area["id"] for area in framework["areas"]]
    competences = [competence["id"] for competence in framework["competences"]]
    everything = every_tick(framework)

    yield {"kind": "ping"}
    for scope in ("all", *areas):
        yield _state([], scope, {})
    for at, role in enumerate(roles):
        yield _state([role], "all", {})
        yield _state([role], "all", _answers(competences, at), motivation=_motivation(areas, at))
    for at, pair in enumerate(combinations(roles, 2)):
        yield _state(pair, "all", _answers(competences, at), motivation=_motivation(areas, at))
    yield _state(roles, "all", _answers(competences, 3), motivation=_motivation(areas, 3))
    for at, (role, area) in enumerate(product(roles, areas)):
        yield _state([role], area, _answers(competences, at))
    for pick in (1, 2, 3, 4, 5):
        for said in product((True, False, None), repeat=max(0, pick - 2)):
            met = {str(level): value for level, value in enumerate(said, start=2)}
            yield _state(["chef"], "1", {"1.1": {"pick": pick, "met": met}})
    for none in NONE:
        yield _state(["systemagare"], "all", {key: {"none": none, "example": none} for key in competences})
    for pick in (1, 3, 5):
        answers = {key: {"pick": pick, "met": {"2": True, "3": True, "4": True}} for key in competences}
        yield _state(["medarbetare"], "all", answers)
    for at, role in enumerate(roles):
        form = _state([role], "all", _answers(competences, at), motivation=_motivation(areas, at))
        earlier = _code(framework, [role], _answers(competences, at + 1), _motivation(areas, at + 1))
        sheet = {"ticked": everything, "questions": "Hur då? <b>&amp;\r\nRad två."}
        yield {**form, "sheet": sheet, "earlier": earlier}
        yield {**form, "sheet": {**sheet, "mode": "all"}, "talk": []}
        # Every second and every seventh item ticked, and without a date.
        for step in (2, 7):
            some = {**sheet, "mode": "own", "ticked": everything[at % step :: step]}
            yield {**form, "sheet": some, "talk": _talk(framework, at, step), "today": None}
        yield {"kind": "code", "code": earlier}
    yield from _codes(framework)


def _codes(framework: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield codes that cannot be read."""
    competences = [competence["id"] for competence in framework["competences"]]
    good = _code(framework, ["chef"], _answers(competences, 1), {"1": 2})
    for wrong in (good[:-1], f"{good}2", good[1] + good[0] + good[2:], good.replace(" ", "_")):
        yield {"kind": "code", "code": wrong}
    for other in ({"version": "5.15.7"}, {"roles": framework["roles"][1:]}):
        yield {"kind": "code", "code": _code({**framework, **other}, ["chef"], {}, {})}
    yield {"kind": "code", "code": good.lower().replace(" ", "-")}


def _code(
    framework: Any, roles: list[str], answers: dict[str, dict[str, Any]], motivation: dict[str, int]
) -> str:
    """Return the code of these answers, which are those of a request."""
    taken = {
        key: Answer(
            answer.get("pick"),
            answer.get("none"),
            {int(level): met for level, met in answer.get("met", {}).items()},
        )
        for key, answer in answers.items()
    }
    return code.make(framework, roles, "all", taken, motivation)


def _talk(framework: dict[str, Any], shift: int, step: int) -> list[str]:
    """Return some of what can be chosen to talk about, sometimes more than there is room for."""
    competences = [competence["id"] for competence in framework["competences"]]
    return [*every_suggestion(framework)[shift % step :: step], *competences[:: step + shift]]


def _state(
    roles: Any, scope: str, answers: dict[str, Any], motivation: dict[str, int] | None = None
) -> dict[str, Any]:
    return {
        "kind": "state",
        "roles": list(roles),
        "scope": scope,
        "answers": answers,
        "motivation": motivation or {},
        "today": "2026-11-23",
        "sheet": {"ticked": []},
    }


def _answers(competences: list[str], shift: int) -> dict[str, Any]:
    """Return answers of every kind, spread differently for every `shift`."""
    answers: dict[str, Any] = {}
    for at, key in enumerate(competences):
        kind = (at * 5 + shift * 3) % 11
        if kind < 3:
            answers[key] = {"none": NONE[kind]}
        elif kind < 10:
            met = {
                str(level): (at + level + shift) % 4 > 0 for level in (2, 3, 4) if (at + level * shift) % 5
            }
            answers[key] = {"pick": kind % 5 + 1, "met": met, "example": f"Exempel till {key} 😀"}
    return answers


def _motivation(areas: list[str], shift: int) -> dict[str, int]:
    return {area: (at + shift) % 5 + 1 for at, area in enumerate(areas) if (at + shift) % 6}


def every_suggestion(framework: dict[str, Any]) -> list[str]:
    """Return every id that a suggestion can have."""
    groups = ("below", "unclear", "above", "unknown", "not_relevant")
    return [
        *("onward", *NONE),
        *(f"motivation:{area['id']}" for area in framework["areas"]),
        *(f"{group}:{item['id']}" for group in groups for item in framework["competences"]),
    ]


def every_tick(framework: dict[str, Any]) -> list[str]:
    """Return every id that a box for the sheet can have."""
    competences = [competence["id"] for competence in framework["competences"]]
    return [
        "roles",
        *(f"{section}:{key}" for section in ("level", "next", "example") for key in competences),
        *(f"list:{none}" for none in NONE),
        *(f"motivation:{area['id']}" for area in framework["areas"]),
        *(f"suggestion:{suggestion}" for suggestion in every_suggestion(framework)),
    ]

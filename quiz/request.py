"""Reading a request: from JSON text to what the reader has said, checked against the framework.

What cannot be understood is ignored and listed, and costs nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from quiz import code, words
from quiz.ladder import Answer, asked

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData
    from quiz.protocol.reply import ErrorCode
    from quiz.protocol.request import SheetMode

LONGEST_TEXT = 2_000
LONGEST_REQUEST = 20_000_000
DEEPEST_REQUEST = 20
MOST_IGNORED = 50

Value = TypeVar("Value")


class RequestError(Exception):
    """A request that cannot be answered: why, and a word for developers."""

    def __init__(self, code: ErrorCode, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Form:
    """What the reader has said; `ignored` and `notices` tell what of it was not understood, or cut.

    `talk` is None until the reader has chosen what to talk about.
    """

    roles: list[str]
    scope: str
    answers: dict[str, Answer]
    motivation: dict[str, int]
    earlier: dict[str, Answer]
    today: str
    talk: list[str] | None
    mode: SheetMode
    ticked: list[str]
    questions: str
    ignored: list[str]
    notices: list[str]


def parse(text: str) -> dict[str, Any]:
    """Return the JSON object of a request.

    Raises RequestError when it is none, or too large or deep to read safely.
    """
    if not isinstance(text, str):
        raise RequestError("not_json", type(text).__name__)
    if len(text) > LONGEST_REQUEST:
        raise RequestError("too_large")
    if _too_deep(text):
        raise RequestError("not_json", "nesting")
    try:
        # Python refuses to read very long whole numbers; here they only count as not understood.
        request = json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 17 else inf)
    except ValueError as fault:
        raise RequestError("not_json", type(fault).__name__) from None
    if not isinstance(request, dict):
        raise RequestError("not_object", type(request).__name__)
    return request


def _too_deep(text: str) -> bool:
    """Whether lists and objects in JSON `text` are nested too deep.

    Python's own parser cannot be trusted with this in a browser: there the stack
    of the browser ends before Python notices, and that cannot be caught.
    """
    outside_strings = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    depths = accumulate((sign in "[{") - (sign in "]}") for sign in outside_strings)
    return any(depth > DEEPEST_REQUEST for depth in depths)


class _Remarks:
    """What was ignored or cut while reading."""

    def __init__(self) -> None:
        self.ignored: list[str] = []
        self.notices: list[str] = []

    def ignore(self, place: str) -> None:
        if len(self.ignored) < MOST_IGNORED:
            self.ignored.append(clean(place[:60]))

    def like(self, value: object, place: str, default: Value) -> Value:
        """Return `value` when it has the type of `default`, else `default`; ignored is what is not None."""
        if isinstance(value, type(default)):
            return value
        if value is not None:
            self.ignore(place)
        return default

    def one_of(self, value: object, place: str, choices: Iterable[Value]) -> Value | None:
        """Return the choice that `value` is, or None."""
        found = next((choice for choice in choices if choice == value), None)
        if found is None and value is not None:
            self.ignore(place)
        return found

    def text(self, value: object, place: str, name: str) -> str:
        """Return the reader's text without white space around it, cut when too long."""
        kept = self.like(value, place, "").replace("\r\n", "\n").strip()
        if len(kept) > LONGEST_TEXT:
            self.notices.append(words.cut(name, LONGEST_TEXT))
        return clean(kept[:LONGEST_TEXT])

    def strings(self, value: object, place: str, known: Container[str] | None = None) -> list[str]:
        """Return the strings of a list, each once, and `known` where that is given."""
        items: list[object] = self.like(value, place, [])
        found: dict[str, None] = {}
        for at, item in enumerate(items):
            if isinstance(item, str) and (known is None or item in known):
                found[item] = None
            else:
                self.ignore(f"{place}[{at}]")
        return list(found)


def clean(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def whole(value: object, lowest: float = -inf, highest: float = inf) -> int | None:
    """Return `value` when it is a whole number within the bounds, else None."""
    # True is an int too.
    return value if type(value) is int and lowest <= value <= highest else None


def read(framework: FrameworkData, request: dict[str, Any]) -> Form:
    """Return what the reader has said; roles and competences in the framework's order."""
    remarks = _Remarks()
    role_ids = [role["id"] for role in framework["roles"]]
    area_ids = [area["id"] for area in framework["areas"]]
    chosen = remarks.strings(request.get("roles"), "roles", role_ids)
    scope = remarks.one_of(request.get("scope"), "scope", ["all", *area_ids])
    today = request.get("today")
    if not isinstance(today, str) or words.swedish_date(today) is None:
        if today is not None:
            remarks.ignore("today")
        today = ""
    on_sheet: dict[str, Any] = remarks.like(request.get("sheet"), "sheet", {})
    talk = request.get("talk")
    if not isinstance(talk, list | None):
        remarks.ignore("talk")
        talk = None
    mode = remarks.one_of(on_sheet.get("mode"), "sheet.mode", words.SHEET_MODES)
    return Form(
        roles=[role for role in role_ids if role in chosen],
        scope=scope or "all",
        answers=_answers(framework, request.get("answers"), remarks),
        motivation=_motivation(framework, area_ids, request.get("motivation"), remarks),
        earlier=_earlier(framework, request.get("earlier"), remarks),
        today=today,
        talk=None if talk is None else remarks.strings(talk, "talk"),
        mode=mode or "main",
        ticked=remarks.strings(on_sheet.get("ticked"), "sheet.ticked"),
        questions=remarks.text(on_sheet.get("questions"), "sheet.questions", words.QUESTIONS_TEXT),
        ignored=remarks.ignored,
        notices=remarks.notices,
    )


def _earlier(framework: FrameworkData, value: object, remarks: _Remarks) -> dict[str, Answer]:
    """Return the answers of the code that the reader compares with."""
    try:
        if text := remarks.like(value, "earlier", ""):
            return code.read(framework, text).answers
    except code.CodeError:
        remarks.ignore("earlier")
    return {}


def _answers(framework: FrameworkData, value: object, remarks: _Remarks) -> dict[str, Answer]:
    given: dict[str, object] = remarks.like(value, "answers", {})
    known = [competence["id"] for competence in framework["competences"]]
    for key in sorted(given.keys() - set(known)):
        remarks.ignore(f"answers.{key}")
    top = len(framework["levels"])
    return {key: _one_answer(key, given[key], top, remarks) for key in known if key in given}


def _one_answer(key: str, value: object, top: int, remarks: _Remarks) -> Answer:
    place = f"answers.{key}"
    given: dict[str, Any] = remarks.like(value, place, {})
    none = remarks.one_of(given.get("none"), f"{place}.none", words.NO_LEVEL)
    pick = whole(given.get("pick"), 1, top)
    if given.get("pick") is not None and (pick is None or none is not None):
        remarks.ignore(f"{place}.pick")
        pick = None
    said: dict[str, object] = remarks.like(given.get("met"), f"{place}.met", {})
    met = {}
    for level in asked(pick or 0):
        answer = said.get(str(level))
        if isinstance(answer, bool):
            met[level] = answer
        elif answer is not None:
            remarks.ignore(f"{place}.met.{level}")
    example = remarks.text(given.get("example"), f"{place}.example", words.example_text(key))
    return Answer(pick, none, met, example)


def _motivation(
    framework: FrameworkData, area_ids: Container[str], value: object, remarks: _Remarks
) -> dict[str, int]:
    given: dict[str, object] = remarks.like(value, "motivation", {})
    places = len(framework["motivation"]["scale"])
    rated = {}
    for key, said in sorted(given.items()):
        place = whole(said, 1, places) if key in area_ids else None
        if place is not None:
            rated[key] = place
        elif said is not None:
            remarks.ignore(f"motivation.{key}")
    return rated

"""Reading a request: from JSON text to what the reader has said, checked against the framework.

What cannot be understood is ignored and listed; it costs nothing else of the request.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any

from quiz import code, words
from quiz.ladder import Answer, asked

if TYPE_CHECKING:
    from quiz.protocol.framework import FrameworkData
    from quiz.protocol.reply import ErrorCode
    from quiz.protocol.request import NoLevel, SheetMode

LONGEST_TEXT = 2_000
LONGEST_REQUEST = 20_000_000
DEEPEST_REQUEST = 20
MOST_IGNORED = 50


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

    Raises RequestError when it is none, or too large or deep to be read safely.
    """
    if not isinstance(text, str):
        raise RequestError("not_json", type(text).__name__)
    if len(text) > LONGEST_REQUEST:
        raise RequestError("too_large")
    if _depth_exceeds(text, DEEPEST_REQUEST):
        raise RequestError("not_json", "nesting")
    try:
        # Python refuses to read very long whole numbers; here they only count as not understood.
        request = json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < 17 else inf)
    except ValueError as fault:
        raise RequestError("not_json", type(fault).__name__) from None
    if not isinstance(request, dict):
        raise RequestError("not_object", type(request).__name__)
    return request


def _depth_exceeds(text: str, limit: int) -> bool:
    """Whether lists and objects in JSON `text` are nested deeper than `limit`.

    Python's own parser cannot be trusted with this in a browser: there the stack
    of the browser ends before Python notices, and that cannot be caught.
    """
    if text.count("[") + text.count("{") <= limit:
        return False
    outside_strings = text.replace("\\\\", "").replace('\\"', "").split('"')[::2]
    depth = 0
    for part in outside_strings:
        for character in part:
            if character in "[{":
                depth += 1
                if depth > limit:
                    return True
            elif character in "]}":
                depth -= 1
    return False


@dataclass(frozen=True)
class _Remarks:
    """What was ignored or cut while reading."""

    ignored: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def ignore(self, place: str) -> None:
        """Note that what is at `place` was not understood."""
        if len(self.ignored) < MOST_IGNORED:
            self.ignored.append(clean(place[:60]))

    def text(self, value: object, place: str, name: str) -> str:
        """Return the reader's text, without white space around it; cut when it is too long."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.ignore(place)
            return ""
        kept = value.replace("\r\n", "\n").strip()
        if len(kept) > LONGEST_TEXT:
            self.notices.append(words.cut(name, LONGEST_TEXT))
        return clean(kept[:LONGEST_TEXT])

    def mapping(self, value: object, place: str) -> dict[str, Any]:
        """Return `value` when it is a JSON object, else an empty one."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.ignore(place)
        return {}

    def strings(self, value: object, place: str, known: Callable[[str], bool]) -> list[str]:
        """Return the known strings of a list, each once."""
        if value is not None and not isinstance(value, list):
            self.ignore(place)
        found: dict[str, None] = {}
        for at, item in enumerate(value if isinstance(value, list) else []):
            if isinstance(item, str) and known(item):
                found[item] = None
            else:
                self.ignore(f"{place}[{at}]")
        return list(found)


def clean(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which no UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def whole(value: object, lowest: float = -inf, highest: float = inf) -> int | None:
    """Return `value` when it is a whole number within the bounds, else None."""
    if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
        return value
    return None


def read(framework: FrameworkData, request: dict[str, Any]) -> Form:
    """Return what the reader has said; roles and competences in the framework's order."""
    remarks = _Remarks()
    role_ids = {role["id"] for role in framework["roles"]}
    area_ids = {area["id"] for area in framework["areas"]}
    chosen = set(remarks.strings(request.get("roles"), "roles", role_ids.__contains__))
    scope = request.get("scope")
    if not isinstance(scope, str) or scope not in {"all", *area_ids}:
        if scope is not None:
            remarks.ignore("scope")
        scope = "all"
    today = request.get("today")
    if not isinstance(today, str) or words.swedish_date(today) is None:
        if today is not None:
            remarks.ignore("today")
        today = ""
    sheet_request = remarks.mapping(request.get("sheet"), "sheet")
    if request.get("talk") is not None and not isinstance(request["talk"], list):
        remarks.ignore("talk")
    mode = next((mode for mode in words.SHEET_MODES if mode == sheet_request.get("mode")), None)
    if mode is None and sheet_request.get("mode") is not None:
        remarks.ignore("sheet.mode")
    return Form(
        roles=[role["id"] for role in framework["roles"] if role["id"] in chosen],
        scope=scope,
        answers=_answers(framework, request.get("answers"), remarks),
        motivation=_motivation(framework, area_ids, request.get("motivation"), remarks),
        earlier=_earlier(framework, request.get("earlier"), remarks),
        today=today,
        talk=remarks.strings(talk, "talk", lambda _: True)
        if isinstance(talk := request.get("talk"), list)
        else None,
        mode=mode or "main",
        ticked=remarks.strings(sheet_request.get("ticked"), "sheet.ticked", lambda _: True),
        questions=remarks.text(sheet_request.get("questions"), "sheet.questions", words.QUESTIONS_TEXT),
        ignored=remarks.ignored,
        notices=remarks.notices,
    )


def _earlier(framework: FrameworkData, value: object, remarks: _Remarks) -> dict[str, Answer]:
    """Return the answers of the code that the reader compares with."""
    if value is None or value == "":
        return {}
    try:
        if isinstance(value, str):
            return code.read(framework, value).answers
    except code.CodeError:
        pass
    remarks.ignore("earlier")
    return {}


def _answers(framework: FrameworkData, value: object, remarks: _Remarks) -> dict[str, Answer]:
    given = remarks.mapping(value, "answers")
    known = [competence["id"] for competence in framework["competences"]]
    for key in sorted(given.keys() - set(known)):
        remarks.ignore(f"answers.{key}")
    top = len(framework["levels"])
    return {key: _one_answer(key, given[key], top, remarks) for key in known if key in given}


def _one_answer(key: str, value: object, top: int, remarks: _Remarks) -> Answer:
    place = f"answers.{key}"
    given = remarks.mapping(value, place)
    none: NoLevel | None = next((kind for kind in words.NO_LEVEL if kind == given.get("none")), None)
    if given.get("none") is not None and none is None:
        remarks.ignore(f"{place}.none")
    pick = whole(given.get("pick"), 1, top)
    if given.get("pick") is not None and (pick is None or none is not None):
        remarks.ignore(f"{place}.pick")
        pick = None
    met_given = remarks.mapping(given.get("met"), f"{place}.met")
    met = {}
    for level in asked(pick or 0):
        said = met_given.get(str(level))
        if isinstance(said, bool):
            met[level] = said
        elif said is not None:
            remarks.ignore(f"{place}.met.{level}")
    example = remarks.text(given.get("example"), f"{place}.example", words.example_text(key))
    return Answer(pick, none, met, example)


def _motivation(
    framework: FrameworkData, area_ids: set[str], value: object, remarks: _Remarks
) -> dict[str, int]:
    given = remarks.mapping(value, "motivation")
    places = len(framework["motivation"]["scale"])
    rated = {key: whole(given[key], 1, places) for key in sorted(area_ids & given.keys())}
    for key in sorted(given):
        if rated.get(key) is None and given[key] is not None:
            remarks.ignore(f"motivation.{key}")
    return {key: place for key, place in rated.items() if place is not None}

"""A request: all that the reader has said."""

from typing import Literal, NotRequired, TypedDict

NoLevel = Literal["unknown", "unclear", "not_relevant"]
SheetMode = Literal["main", "all", "own"]


class AnswerRequest(TypedDict):
    """The answer to one competence."""

    pick: NotRequired[int | None]
    none: NotRequired[NoLevel | None]  # goes before a pick
    met: NotRequired[dict[str, bool | None]]  # level → answer about it
    example: NotRequired[str]


class SheetRequest(TypedDict):
    """What the reader wants on the sheet."""

    mode: NotRequired[SheetMode]
    ticked: NotRequired[list[str]]  # ids from the reply's `sheet.groups`; others are ignored
    questions: NotRequired[str]


class Request(TypedDict):
    """All that the reader has said; a code; or a ping, which only asks whether Python is ready.

    What cannot be understood is ignored, listed in the reply, and costs nothing else of the request.
    """

    kind: Literal["state", "ping", "code"]
    code: NotRequired[str]  # with the kind "code"
    id: NotRequired[int]  # comes back in the reply
    roles: NotRequired[list[str]]  # ids, in any order
    scope: NotRequired[str]  # "all" or an area id
    answers: NotRequired[dict[str, AnswerRequest]]  # by competence id
    motivation: NotRequired[dict[str, int | None]]  # area id → place on the scale, from 1
    earlier: NotRequired[str]  # a code to compare with
    today: NotRequired[str]  # yyyy-mm-dd, for the sheet
    talk: NotRequired[list[str] | None]  # ids from the reply's `talk`, the latest last; null before any
    sheet: NotRequired[SheetRequest]

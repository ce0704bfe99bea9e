"""A reply. Its Swedish texts are for the reader; the scripts add none of their own."""

from typing import Literal, TypedDict

from quiz.protocol.rating import AreaDone, CompetenceReply, MotivationReply, Plan
from quiz.protocol.request import AnswerRequest
from quiz.protocol.result import Details, Entries, Result, Sheet, Talk, TickGroup

ErrorCode = Literal["not_ready", "too_large", "not_json", "not_object", "unknown_kind", "internal"]


class Version(TypedDict):
    """Which framework answers."""

    title: str
    version: str
    date: str  # "2 september 2024"


class State(TypedDict):
    """The reply to the kind "state". Any text in it is empty when there is nothing to say."""

    id: int | None
    ok: Literal[True]
    kind: Literal["state"]
    framework: Version
    ignored: list[str]  # places of what was not understood: "answers.9.9", "roles[0]"
    notices: list[str]  # about texts that were cut
    plan: Plan
    competences: list[CompetenceReply]  # those to rate, in order
    motivation: list[MotivationReply]  # one for each area
    result: Result
    talk: Talk
    details: Details
    sheet: Sheet
    entries: Entries
    code: str  # to take along; empty while nothing is answered


class Said(TypedDict):
    """What a code says, as a request would."""

    roles: list[str]
    scope: str
    answers: dict[str, AnswerRequest]
    motivation: dict[str, int]


class CodeReply(TypedDict):
    """The reply to the kind "code"."""

    id: int | None
    ok: Literal[True]
    kind: Literal["code"]
    message: str  # what is wrong
    said: Said | None


class Pong(TypedDict):
    """The reply to a ping."""

    id: int | None
    ok: Literal[True]
    kind: Literal["ping"]
    framework: Version


class Error(TypedDict):
    """Why a request was not answered."""

    code: ErrorCode
    message: str  # a sentence for the reader
    detail: str  # for developers, never what the reader wrote


class Refusal(TypedDict):
    """The reply when there is no answer."""

    id: int | None
    ok: Literal[False]
    error: Error


Reply = State | CodeReply | Pong | Refusal


class Templates(TypedDict):
    """What each <template> is filled with; "time" is that with the id `t-time`."""

    time: State
    answered: CompetenceReply
    done: AreaDone
    code: str
    result: State
    choose: Talk
    details: Details
    ticks: list[TickGroup]
    sheet: Sheet
    entries: Entries

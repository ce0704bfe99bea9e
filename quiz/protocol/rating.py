"""What a reply says while the reader rates."""

from typing import Literal, TypedDict

AnswerState = Literal["unanswered", "pending", "level", "unknown", "unclear", "not_relevant"]


class RoleName(TypedDict):
    """A chosen role."""

    id: str
    name: str


class NotRelevant(TypedDict):
    """A competence that the framework says is not relevant."""

    id: str
    title: str
    text: str  # "Ej relevant för systemägare"


class Outside(TypedDict):
    """Answers kept although roles and scope leave them out."""

    ids: list[str]
    text: str


class Plan(TypedDict):
    """What there is to rate."""

    ready: bool
    missing: str  # a sentence when there is no role, or nothing to rate
    roles: list[RoleName]  # in the framework's order
    scope: str  # "all" or an area id
    time: str  # "ungefär 18–21 minuter"
    not_relevant: list[NotRelevant]
    outside: Outside


class StairQuestion(TypedDict):
    """A level below the one picked."""

    level: int
    question: str  # "Uppfyller du också nivå 2?"
    text: str  # its descriptor
    met: bool | None  # null when unanswered


class Ladder(TypedDict):
    """What the staircase makes of a pick."""

    text: str  # "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står ..."
    questions: list[StairQuestion]  # lowest first; none for picks 1 and 2
    unanswered: list[int]  # levels whose answers still decide the outcome


class CompetenceReply(TypedDict):
    """A competence while it is rated. What is expected is in the result only."""

    id: str
    title: str
    state: AnswerState
    state_text: str  # "Nivå 2", "Inte besvarad", "Jag vet inte"
    pick: int | None
    level: int | None  # only in the state "level"
    ladder: Ladder
    earlier: str  # "Förra gången: nivå 3." once there is an answer to compare


class AreaDone(TypedDict):
    """The end of an area."""

    title: str  # "Klart med område 1."
    text: str


class MotivationReply(TypedDict):
    """Motivation in an area."""

    area: str
    name: str
    answer: int | None  # place on the scale, from 1
    text: str  # the scale's own words, or "Inte besvarad"
    done: AreaDone

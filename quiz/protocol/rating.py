"""What a reply says while the reader rates: what there is to rate, and each answer."""

from typing import Literal, TypedDict

AnswerState = Literal["unanswered", "pending", "level", "unknown", "unclear", "not_relevant"]


class RoleName(TypedDict):
    """A chosen role."""

    id: str
    name: str


class NotRelevant(TypedDict):
    """A competence that the framework says is not relevant for the roles."""

    id: str
    title: str
    text: str  # "Ej relevant för systemägare"


class Outside(TypedDict):
    """Answers that are kept although roles and scope leave their competences out."""

    ids: list[str]
    text: str  # empty when there are none


class Plan(TypedDict):
    """What there is to rate."""

    ready: bool  # whether there is anything
    missing: str  # a sentence when there is no role, or nothing to rate; else empty
    roles: list[RoleName]  # in the framework's order
    scope: str  # "all" or an area id
    time: str  # "ungefär 18–21 minuter"
    not_relevant: list[NotRelevant]
    outside: Outside


class StairQuestion(TypedDict):
    """Whether the reader meets a level below the one picked."""

    level: int
    question: str  # "Uppfyller du också nivå 2?"
    text: str  # the level's descriptor
    met: bool | None  # null when unanswered


class Ladder(TypedDict):
    """What the staircase makes of a pick."""

    text: str  # "Du valde nivå 4, men nivå 3 är inte uppfylld än. Du står ..."
    questions: list[StairQuestion]  # lowest first; none for picks 1 and 2
    unanswered: list[int]  # levels whose answer still decides the outcome


class CompetenceReply(TypedDict):
    """A competence while it is rated. What is expected is in the result only."""

    id: str
    title: str
    state: AnswerState
    state_text: str  # "Nivå 2", "Inte besvarad", "Jag vet inte"
    pick: int | None  # the level picked
    level: int | None  # the level that the staircase carries; only in the state "level"
    ladder: Ladder
    earlier: str  # "Förra gången: nivå 3." once there is an answer to compare; else empty


class AreaDone(TypedDict):
    """What is said at the end of an area."""

    title: str  # "Klart med område 1."
    text: str


class MotivationReply(TypedDict):
    """The motivation question of an area."""

    area: str
    name: str
    answer: int | None  # place on the scale, from 1
    text: str  # the scale's own words, or "Inte besvarad"
    done: AreaDone
